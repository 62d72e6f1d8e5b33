//! Shares, VAT and the lines to post. Pure.

use super::entity::{line, settlement};
use crate::api::SettlementLineDraft;
use openapi::choice::Choice;
use openapi::finance::open_item::OpenItemId;
use openapi::finance::settlement::{
    Settlement, SettlementAction, SettlementLine, SettlementLineKind, SettlementRow, SettlementShare,
};
use openapi::finance::{Account, JournalLineDraft, PartyId, Payer};
use openapi::{Money, Quantity, UnitPrice};
use platform::doc::lifecycle::stored;
use platform::{Failure, Result};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a settlement adds up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// All lines, VAT included.
    pub total: Money,
    /// The customer's lines, VAT included.
    pub customer: Money,
    /// The VAT in the customer's lines.
    pub vat: Money,
    /// The customer's labour and service items, without VAT.
    pub labour: Money,
    /// The customer's parts, without VAT.
    pub parts: Money,
}

/// Adds the lines up. Labour, parts and VAT together are the customer's total, to the fen: the VAT is rounded once for
/// each line and the rest of the line is income.
pub fn totals(lines: &[SettlementLineDraft]) -> Result<Totals> {
    if lines.iter().any(|line| line.amount < Money::ZERO || !(0..=10_000).contains(&line.vat_rate)) {
        return Err(Failure::Internal("a settlement line has a negative amount or an impossible VAT rate".to_owned()));
    }
    let customer = || lines.iter().filter(|line| line.payer == Payer::Customer);
    let net = |line: &SettlementLineDraft| line.amount - vat(line);
    let is_part = |line: &&SettlementLineDraft| line.kind == SettlementLineKind::Part;
    Ok(Totals {
        total: lines.iter().map(|line| line.amount).sum(),
        customer: customer().map(|line| line.amount).sum(),
        vat: customer().map(vat).sum(),
        labour: customer().filter(|line| !is_part(line)).map(net).sum(),
        parts: customer().filter(is_part).map(net).sum(),
    })
}

/// The VAT in the amount of a line.
pub fn vat(line: &SettlementLineDraft) -> Money {
    line.amount.tax_included(line.vat_rate)
}

/// Receivable against labour income, parts income and VAT.
pub fn posting(party: PartyId, totals: &Totals) -> Vec<JournalLineDraft> {
    vec![
        JournalLineDraft::debit(Account::Receivable, totals.customer).of(party),
        JournalLineDraft::credit(Account::LabourIncome, totals.labour),
        JournalLineDraft::credit(Account::PartsIncome, totals.parts),
        JournalLineDraft::credit(Account::Vat, totals.vat),
    ]
}

/// Rows of the lines.
pub fn line_rows(settlement: Uuid, lines: Vec<SettlementLineDraft>) -> Vec<line::Model> {
    let row = |(line_no, draft): (i32, SettlementLineDraft)| {
        let vat = vat(&draft);
        let SettlementLineDraft { payer, kind, description, item_id, quantity, unit_price, amount, vat_rate: _ } =
            draft;
        line::Model {
            id: platform::new_id(),
            settlement_id: settlement,
            line_no,
            payer: payer.as_str().to_owned(),
            kind: kind.as_str().to_owned(),
            description,
            item_id,
            quantity: quantity.0,
            unit_price: unit_price.0,
            amount: amount.0,
            vat: vat.0,
        }
    };
    (0..).zip(lines).map(row).collect()
}

/// The lines of the mirror: quantity and amounts in red.
pub fn mirror_lines(mirror: Uuid, lines: Vec<line::Model>) -> Vec<line::Model> {
    let row = |line: line::Model| line::Model {
        id: platform::new_id(),
        settlement_id: mirror,
        quantity: -line.quantity,
        amount: -line.amount,
        vat: -line.vat,
        ..line
    };
    lines.into_iter().map(row).collect()
}

/// What surrounds a settlement in its detail.
pub struct Around {
    /// Name of the customer.
    pub party_name: String,
    /// What the caller may do.
    pub allowed: Vec<SettlementAction>,
    /// The open item and how much of it is settled and open.
    pub open_item: Option<(OpenItemId, Money, Money)>,
    /// The settlement that takes it back.
    pub reversed_by: Option<Uuid>,
}

/// The detail.
pub fn detail(row: settlement::Model, lines: Vec<line::Model>, around: Around) -> Result<Settlement> {
    let settlement::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        org_id,
        number,
        state,
        party_id,
        source_kind,
        source_id,
        source_number,
        effective_at: _,
        effective_on,
        posted_at,
        total,
        customer_total,
        vat_total,
        reversal_of,
        reason,
    } = row;
    let Around { party_name, allowed, open_item, reversed_by } = around;
    let lines: Vec<SettlementLine> = lines.into_iter().map(shown_line).collect::<Result<_>>()?;
    Ok(Settlement {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        org_id: org_id.into(),
        number,
        state: stored(&state)?,
        allowed,
        party_id: party_id.into(),
        party_name,
        source_kind: stored(&source_kind)?,
        source_id: source_id.into(),
        source_number,
        effective_on: effective_on.into(),
        posted_at: posted_at.into(),
        shares: shares(&lines),
        lines,
        total: Money(total),
        customer_total: Money(customer_total),
        vat_total: Money(vat_total),
        settled: open_item.map_or(Money::ZERO, |(_, settled, _)| settled),
        open: open_item.map_or(Money::ZERO, |(_, _, open)| open),
        open_item_id: open_item.map(|(id, _, _)| id),
        reversal_of: reversal_of.map(Into::into),
        reversed_by: reversed_by.map(Into::into),
        reason,
    })
}

fn shares(lines: &[SettlementLine]) -> Vec<SettlementShare> {
    let mut shares = BTreeMap::<Payer, Money>::new();
    for line in lines {
        *shares.entry(line.payer).or_default() += line.amount;
    }
    shares.into_iter().map(|(payer, amount)| SettlementShare { payer, amount }).collect()
}

fn shown_line(row: line::Model) -> Result<SettlementLine> {
    let line::Model {
        id: _,
        settlement_id: _,
        line_no: _,
        payer,
        kind,
        description,
        item_id,
        quantity,
        unit_price,
        amount,
        vat,
    } = row;
    Ok(SettlementLine {
        payer: stored(&payer)?,
        kind: stored(&kind)?,
        description,
        item_id: item_id.map(Into::into),
        quantity: Quantity(quantity),
        unit_price: UnitPrice(unit_price),
        amount: Money(amount),
        vat: Money(vat),
    })
}

/// The line in a list.
pub fn list_row(row: settlement::Model, party_name: String, open: Money) -> Result<SettlementRow> {
    Ok(SettlementRow {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        org_id: row.org_id.into(),
        number: row.number,
        state: stored(&row.state)?,
        party_id: row.party_id.into(),
        party_name,
        source_id: row.source_id.into(),
        source_number: row.source_number,
        effective_on: row.effective_on.into(),
        total: Money(row.total),
        customer_total: Money(row.customer_total),
        open,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::model::Balanced;
    use proptest::prelude::*;

    fn line(payer: Payer, kind: SettlementLineKind, amount: i64, vat_rate: i64) -> SettlementLineDraft {
        SettlementLineDraft {
            payer,
            kind,
            description: "更换屏幕".to_owned(),
            item_id: None,
            quantity: Quantity::ONE,
            unit_price: Money(amount).per(Quantity::ONE),
            amount: Money(amount),
            vat_rate,
        }
    }

    #[test]
    fn only_the_customer_part_is_posted_and_vat_is_taken_out_of_it() {
        use SettlementLineKind::{Labour, Part, Service};
        let lines = [
            line(Payer::Customer, Labour, 10_000, 600),
            line(Payer::Customer, Part, 33_900, 1300),
            line(Payer::Customer, Service, 1, 600),
            line(Payer::Manufacturer, Part, 50_000, 1300),
        ];
        let totals = totals(&lines).unwrap();
        assert_eq!(totals.total, Money(93_901));
        assert_eq!(totals.customer, Money(43_901));
        assert_eq!((totals.labour, totals.parts, totals.vat), (Money(9435), Money(30_000), Money(4466)));
    }

    #[test]
    fn a_repair_in_warranty_posts_nothing() {
        let totals = totals(&[line(Payer::Manufacturer, SettlementLineKind::Labour, 8000, 600)]).unwrap();
        let lines = posting(Uuid::from_u128(1).into(), &totals);
        assert_eq!(Balanced::new(lines).unwrap(), None);
    }

    proptest! {
        #[test]
        fn every_settlement_ties_to_the_fen(drafts in proptest::collection::vec((0..5_usize, 0..3_usize, 0..10_000_000_i64, 0..3000_i64), 0..30)) {
            let lines: Vec<_> = drafts
                .into_iter()
                .map(|(p, k, amount, rate)| line(Payer::ALL[p], SettlementLineKind::ALL[k], amount, rate))
                .collect();
            let totals = totals(&lines).unwrap();
            prop_assert_eq!(totals.labour + totals.parts + totals.vat, totals.customer);
            let entry = Balanced::new(posting(Uuid::from_u128(1).into(), &totals)).unwrap();
            prop_assert_eq!(entry.map_or(Money::ZERO, |e| e.total()), totals.customer);
            let rows = line_rows(Uuid::nil(), lines);
            let back = mirror_lines(Uuid::nil(), rows.clone());
            prop_assert_eq!(rows.iter().chain(&back).map(|r| r.amount + r.vat + r.quantity).sum::<i64>(), 0);
        }
    }
}

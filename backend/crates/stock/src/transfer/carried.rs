//! The goods of another document that travel from station to station, in whatever condition: that document ships them, signs
//! for them and takes them back. Whoever may do that to the document needs no right of its own for the transfer.

use super::entity::{line, transfer};
use super::model::{self, Ends};
use super::receipt;
use crate::document::for_document::{MoveLine, PlaceRef, PostingDraft, post_for, reverse_postings};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::master::warehouse::WarehouseKind;
use openapi::stock::document::{StockDocSource, StockReason};
use openapi::stock::transfer::{TransferAction, TransferState};
use openapi::stock::{Condition, Owner, PlaceKind, STOCK_BELONGS_TO_DOCUMENT};
use openapi::{Money, Note, Quantity};
use platform::doc::document;
use platform::doc::lifecycle::stored;
use platform::{Failure, Result, Tx};
use uuid::Uuid;

type Head = transfer::Entity;

/// Goods of another document that leave a station for another one.
#[derive(Clone, Debug)]
pub struct Consignment {
    /// The document: kind, id, number.
    pub source: (DocKind, Uuid, String),
    /// Station that sends.
    pub org: Uuid,
    /// Warehouse that sends.
    pub warehouse: Uuid,
    /// Station that receives.
    pub to_org: Uuid,
    /// Courier.
    pub courier: Option<String>,
    /// Number of the parcel.
    pub tracking_number: Option<String>,
    /// Goods, at least one line.
    pub lines: Vec<ConsignmentLine>,
}

/// One line of them.
#[derive(Clone, Debug)]
pub struct ConsignmentLine {
    /// Product.
    pub product: Uuid,
    /// Serial, where there is one.
    pub serial: Option<String>,
    /// Condition.
    pub condition: Condition,
    /// Whose they are.
    pub owner: Owner,
    /// Quantity, more than zero.
    pub quantity: Quantity,
}

/// What came of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Quantity that came; the rest is lost.
    pub received: Quantity,
    /// Whether it turned out to be good: it then lies in the warehouse for good parts, without value.
    pub is_good: bool,
}

/// Refuses to do to a transfer what only its document may do.
pub fn refuse(row: &transfer::Model) -> Result<()> {
    match &row.source_number {
        Some(number) => Err(Failure::new(STOCK_BELONGS_TO_DOCUMENT).with("document", number)),
        None => Ok(()),
    }
}

/// The document whose goods a transfer carries.
pub fn source_of(row: &transfer::Model) -> Result<Option<StockDocSource>> {
    let (Some(kind), Some(id), Some(number)) = (&row.source_kind, row.source_id, &row.source_number) else {
        return Ok(None);
    };
    Ok(Some(StockDocSource { kind: stored(kind)?, id: id.into(), number: number.clone() }))
}

/// Writes a transfer and ships it; its id and number.
pub async fn send(tx: &Tx, goods: Consignment) -> Result<(Uuid, String)> {
    let Consignment { source, org, warehouse, to_org, courier, tracking_number, lines } = goods;
    let id = platform::new_id();
    let total: Quantity = lines.iter().map(|l| l.quantity).sum();
    let rows = (0_i32..).zip(lines).map(|(line_no, of)| line::Model {
        id: platform::new_id(),
        transfer_id: id,
        line_no,
        product_id: of.product,
        serial: of.serial,
        quantity: of.quantity.0,
        condition: of.condition.as_str().to_owned(),
        owner: of.owner.as_str().to_owned(),
        ..Default::default()
    });
    let rows: Vec<line::Model> = rows.collect();
    let head = transfer::Model {
        id,
        number: tx.number(DocKind::Transfer).await?,
        state: TransferState::Draft.as_str().to_owned(),
        org_id: org,
        warehouse_id: warehouse,
        to_org_id: to_org,
        courier,
        tracking_number,
        sign_within_days: model::SIGN_WITHIN_DAYS,
        total_quantity: total.0,
        source_kind: Some(source.0.as_str().to_owned()),
        source_id: Some(source.1),
        source_number: Some(source.2),
        ..Default::default()
    };
    let before = document::open::<Head, line::Entity>(tx, head, rows.clone()).await?;
    let after = document::followed::<Head>(tx, &before, TransferAction::Ship, None)?;
    let posting = PostingDraft {
        kind: DocKind::TransferOut,
        reason: StockReason::Transfer,
        org,
        warehouse: Some(warehouse),
        source: (DocKind::Transfer, before.id, before.number.clone()),
        effective_at: None,
        moves: model::shipment(Ends::of(&before), &rows),
    };
    post_for(tx, posting).await?;
    let row = tx.save::<Head>(&before, transfer::Model { shipped_at: Some(tx.now()), ..after }).await?;
    Ok((row.id, row.number))
}

/// Signs for a transfer: what came of each line, in their order. Good goods and bad ones go into the first warehouse of
/// their kind; what did not come is lost.
pub async fn arrive(tx: &Tx, id: Uuid, came: &[Arrived]) -> Result<()> {
    let before = tx.lock_other::<Head>(id).await?;
    let after = document::followed::<Head>(tx, &before, TransferAction::Sign, None)?;
    let to = before.to_org_id;
    let bad = receipt::first_of(tx, to, WarehouseKind::Bad).await?;
    let good = match came.iter().any(|a| a.is_good && a.received.is_positive()) {
        true => receipt::first_of(tx, to, WarehouseKind::Good).await?,
        false => bad,
    };
    let mut moves = Vec::new();
    for (line, came) in document::lines_of::<line::Entity>(tx, id).await?.into_iter().zip(came) {
        moves.extend(arrival(Ends::of(&before), (bad, good), &line, *came));
        let line = line::Model { received: Some(came.received.0), damaged: Some(0), ..line };
        document::save_line::<line::Entity>(tx, line).await?;
    }
    let after = transfer::Model { to_warehouse_id: Some(bad.holder), signed_at: Some(tx.now()), ..after };
    receipt::post(tx, &after, moves).await?;
    tx.save::<Head>(&before, after).await?;
    Ok(())
}

/// The moves of one line: what is good changes its condition where it was in transit.
fn arrival(ends: Ends, (bad, good): (PlaceRef, PlaceRef), line: &line::Model, came: Arrived) -> Vec<MoveLine> {
    let mut moves = Vec::new();
    let (received, lost) = (came.received.0, line.quantity - came.received.0);
    if received > 0 && came.is_good && line.condition != Condition::Good.as_str() {
        let between = PlaceRef::outside(PlaceKind::Scrapped, ends.transit.org);
        moves.push(model::moved(line, received, ends.transit, between, Account::ScrapLoss));
        let kept = model::moved(line, received, between, good, Account::ScrapLoss);
        moves.push(MoveLine { condition: Condition::Good, value: Some(Money::ZERO), ..kept });
    } else if received > 0 {
        moves.push(model::moved(line, received, ends.transit, bad, Account::InTransit));
    }
    if lost > 0 {
        let nowhere = PlaceRef::outside(PlaceKind::Difference, ends.transit.org);
        moves.push(model::moved(line, lost, ends.transit, nowhere, Account::CountDifference));
    }
    moves
}

/// Takes the signature back: the goods are on their way again.
pub async fn unarrive(tx: &Tx, id: Uuid, reason: &Note<500>) -> Result<()> {
    let before = tx.lock_other::<Head>(id).await?;
    let after = document::followed::<Head>(tx, &before, TransferAction::Unsign, Some(reason))?;
    receipt::uncounted(tx, &before, after, reason).await?;
    Ok(())
}

/// Takes the shipment back: the goods are in the warehouse that sent them.
pub async fn take_back(tx: &Tx, id: Uuid, reason: &Note<500>) -> Result<()> {
    let before = tx.lock_other::<Head>(id).await?;
    let after = document::followed::<Head>(tx, &before, TransferAction::Recall, Some(reason))?;
    reverse_postings(tx, id, &[DocKind::TransferOut], reason).await?;
    tx.save::<Head>(&before, after).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_goes_where_it_belongs_and_the_rest_is_lost() {
        let row = transfer::Model { id: Uuid::from_u128(1), ..Default::default() };
        let line = line::Model {
            quantity: 3000,
            condition: Condition::Bad.as_str().to_owned(),
            owner: Owner::Maker.as_str().to_owned(),
            ..Default::default()
        };
        let place = |holder| PlaceRef::warehouse(Uuid::nil(), Uuid::from_u128(holder));
        let ends = (place(8), place(9));
        let seen = |is_good, received| {
            let came = Arrived { received: Quantity(received), is_good };
            let moves = arrival(Ends::of(&row), ends, &line, came);
            moves.iter().map(|m| (m.to.holder.as_u128(), m.condition, m.quantity.0, m.owner)).collect::<Vec<_>>()
        };
        assert_eq!(seen(false, 3000), [(8, Condition::Bad, 3000, Owner::Maker)]);
        assert_eq!(
            seen(false, 1000),
            [(8, Condition::Bad, 1000, Owner::Maker), (0, Condition::Bad, 2000, Owner::Maker)]
        );
        assert_eq!(
            seen(true, 3000),
            [(0, Condition::Bad, 3000, Owner::Maker), (9, Condition::Good, 3000, Owner::Maker)]
        );
        assert_eq!(seen(false, 0), [(0, Condition::Bad, 3000, Owner::Maker)]);
    }
}

//! Until when a part must be back, what a return may take along, what is kept back for what was found, and who bears it.
//! Pure.

use super::entity::{back, line, owed};
use chrono::{Days, NaiveDate};
use openapi::choice::Choice;
use openapi::finance::{Account, JournalLineDraft, PartyId, Payer};
use openapi::problem::field;
use openapi::service::owed_part::{OwedPartAction, PartReturnPolicyDraft};
use openapi::service::part_return::{DeclaredCondition, PartFinding, PartReturnLineDraft, PartVerdict};
use openapi::service::{PART_OF_OTHER_STATION, PART_QUANTITY};
use openapi::{Issue, Money, Quantity, UnitPrice};
use std::collections::{HashMap, HashSet};
use stock::api::OldPart;
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// Whether headquarters wants a part back whose replacement somebody paid for: what customers and insurers pay for is theirs
/// to decide on.
pub const fn is_owed(payer: Payer) -> bool {
    matches!(payer, Payer::Manufacturer | Payer::Company | Payer::Internal)
}

/// The first of the old parts that headquarters wants for which nothing is left of the ticket's, when those before it are
/// served.
pub fn lacking<'a>(left: &[OldPart], wanted: &'a [owed::Model]) -> Option<&'a owed::Model> {
    let mut there: HashMap<(Uuid, Option<&str>, &str), i64> = HashMap::new();
    for part in left {
        *there.entry((part.product, part.serial.as_deref(), &part.owner)).or_default() += part.open.0;
    }
    wanted.iter().find(|of| {
        let rest = there.entry((of.product_id, of.serial.as_deref(), &of.owner)).or_default();
        *rest -= of.quantity;
        *rest < 0
    })
}

/// The last days of a part whose repair was finished on a day, as bad and as good.
pub fn last_days(finished_on: NaiveDate, rules: &PartReturnPolicyDraft) -> (NaiveDate, NaiveDate) {
    let after = |days: u16| finished_on.checked_add_days(Days::new(days.into())).unwrap_or(finished_on);
    (after(rules.due_days), after(rules.good_days))
}

/// The last day of a part, as what it is declared.
pub fn due_on(of: &owed::Model, declared: &str) -> NaiveDate {
    if declared == DeclaredCondition::Good.as_str() { of.good_until } else { of.due_on }
}

/// Days between the last day and the day on which a part left, none when it was in time.
pub fn days_late(due_on: NaiveDate, shipped_on: NaiveDate) -> i64 {
    shipped_on.signed_duration_since(due_on).num_days().max(0)
}

/// The lines of a draft, or everything that is wrong with it. `known` are the parts that it may name, all of `org`.
pub fn chosen(
    back: Uuid,
    org: Uuid,
    known: &HashMap<Uuid, owed::Model>,
    drafts: Vec<PartReturnLineDraft>,
) -> Result<Vec<line::Model>, Issues> {
    let (mut issues, mut rows, mut seen) = (Issues::new(), Vec::new(), HashSet::new());
    for (line_no, draft) in (0_i32..).zip(drafts) {
        let PartReturnLineDraft { owed_part_id, declared, quantity, remark } = draft;
        let id = owed_part_id.uuid();
        let mut wrong = |name: &str, issue: Issue| issues.push((format!("/lines/{line_no}/{name}"), issue));
        let Some(of) = known.get(&id) else {
            wrong("owed_part_id", Issue::new(field::REFERENCE_NOT_FOUND));
            continue;
        };
        let sent = quantity.map_or(of.quantity, |quantity| quantity.0);
        if of.org_id != org {
            wrong("owed_part_id", Issue::new(PART_OF_OTHER_STATION));
        } else if !seen.insert(id) {
            wrong("owed_part_id", Issue::new(field::DUPLICATE));
        } else if !(0..=of.quantity).contains(&sent) {
            wrong("quantity", Issue::new(PART_QUANTITY).with("max", Quantity(of.quantity)));
        } else if of.serial.is_some() && !Quantity(sent).is_whole() {
            wrong("quantity", Issue::new(field::TOO_MANY_DECIMALS).with("max", 0));
        }
        rows.push(line::Model {
            id: platform::new_id(),
            return_id: back,
            line_no,
            owed_part_id: id,
            declared: declared.unwrap_or(DeclaredCondition::Bad).as_str().to_owned(),
            quantity: sent,
            remark: remark.map(Into::into),
            ..Default::default()
        });
    }
    if issues.is_empty() { Ok(rows) } else { Err(issues) }
}

/// The lines with what was found of each. Of what is not named all that was sent came and matches.
pub fn found(lines: Vec<line::Model>, findings: Vec<PartFinding>) -> Result<Vec<line::Model>, Issues> {
    let mut issues = Issues::new();
    let mut by_line: HashMap<Uuid, PartFinding> = HashMap::new();
    for (at, finding) in findings.into_iter().enumerate() {
        let mut wrong = |name: &str, issue: Issue| issues.push((format!("/lines/{at}/{name}"), issue));
        let id = finding.line_id.uuid();
        match lines.iter().find(|line| line.id == id) {
            None => wrong("line_id", Issue::new(field::REFERENCE_NOT_FOUND)),
            Some(line) if finding.received.0 > line.quantity => {
                wrong("received", Issue::new(PART_QUANTITY).with("max", Quantity(line.quantity)));
            }
            Some(_) if by_line.insert(id, finding).is_some() => wrong("line_id", Issue::new(field::DUPLICATE)),
            Some(_) => {}
        }
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let seen = |line: line::Model| {
        let (verdict, received, remark) = match by_line.remove(&line.id) {
            Some(PartFinding { line_id: _, verdict, received, remark }) => (verdict, received.0, remark),
            None => (PartVerdict::Matched, line.quantity, None),
        };
        let remark = remark.map(Into::into).or(line.remark);
        line::Model { verdict: Some(verdict.as_str().to_owned()), received: Some(received), remark, ..line }
    };
    Ok(lines.into_iter().map(seen).collect())
}

/// A line with what is kept back for it, by its parts: what is missing, what is wrong with what came, how late that was.
pub fn judged(
    line: line::Model,
    of: &owed::Model,
    shipped_on: NaiveDate,
    rules: &PartReturnPolicyDraft,
) -> line::Model {
    let received = line.received.unwrap_or_default();
    let worth = |quantity: i64| UnitPrice(of.unit_price).times(Quantity(quantity));
    let of_came = |rate: i64| worth(received).basis_points(rate).0;
    let verdict_rate = match line.verdict.as_deref().and_then(PartVerdict::parse) {
        Some(PartVerdict::Mismatched) => rules.mismatch_rate.into(),
        Some(PartVerdict::Misdeclared) => rules.false_rate.into(),
        Some(PartVerdict::Matched) | None => 0,
    };
    let days = days_late(due_on(of, &line.declared), shipped_on);
    let late_rate = i64::from(rules.late_rate).saturating_mul(days).min(rules.late_most.into());
    line::Model {
        missing_amount: worth(of.quantity - received).basis_points(rules.missing_rate.into()).0,
        verdict_amount: of_came(verdict_rate),
        late_amount: of_came(late_rate),
        ..line
    }
}

/// What is kept back for a line.
pub const fn deduction(line: &line::Model) -> i64 {
    line.missing_amount + line.verdict_amount + line.late_amount
}

/// How an old part ends by what was found: what is missing weighs most.
pub fn ending(line: &line::Model, of: &owed::Model) -> OwedPartAction {
    if line.received.unwrap_or_default() < of.quantity {
        return OwedPartAction::Lack;
    }
    match line.verdict.as_deref().and_then(PartVerdict::parse) {
        Some(PartVerdict::Mismatched) => OwedPartAction::Mismatch,
        Some(PartVerdict::Misdeclared) => OwedPartAction::Misdeclare,
        Some(PartVerdict::Matched) | None => OwedPartAction::Match,
    }
}

/// Whether what came of a line is good: declared so and found so, or found so against what was declared.
pub fn is_good(line: &line::Model) -> bool {
    let is_false = line.verdict.as_deref() == Some(PartVerdict::Misdeclared.as_str());
    (line.declared == DeclaredCondition::Good.as_str()) != is_false
}

/// What is kept back in the books: by station, the lines of its entry. The party that runs the station owes it to
/// headquarters; without one the books of the station bear it.
pub fn posting(row: &back::Model) -> Vec<(Uuid, Vec<JournalLineDraft>)> {
    let amount = Money(row.deduction);
    let gain = JournalLineDraft::credit(Account::Goodwill, amount);
    match row.party_id {
        Some(party) => {
            let owes = JournalLineDraft::debit(Account::Receivable, amount).of(PartyId::from(party));
            vec![(row.to_org_id, vec![owes, gain])]
        }
        None => {
            let here = |account| JournalLineDraft::debit(account, amount);
            let owes = JournalLineDraft::credit(Account::InterStation, amount);
            vec![
                (row.to_org_id, vec![here(Account::InterStation), gain]),
                (row.org_id, vec![here(Account::Goodwill), owes]),
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::stock::Owner;

    fn day(on: &str) -> NaiveDate {
        on.parse().unwrap()
    }

    fn part(quantity: i64) -> owed::Model {
        let (due_on, good_until) = last_days(day("2026-01-10"), &PartReturnPolicyDraft::preset());
        // 60.00 yuan a piece
        owed::Model { quantity, unit_price: 600_000, due_on, good_until, ..Default::default() }
    }

    fn came(verdict: PartVerdict, received: i64, declared: DeclaredCondition) -> line::Model {
        line::Model {
            declared: declared.as_str().to_owned(),
            quantity: 2000,
            verdict: Some(verdict.as_str().to_owned()),
            received: Some(received),
            ..Default::default()
        }
    }

    fn kept(line: line::Model, shipped_on: &str) -> (i64, i64, i64) {
        let line = judged(line, &part(2000), day(shipped_on), &PartReturnPolicyDraft::preset());
        (line.missing_amount, line.verdict_amount, line.late_amount)
    }

    #[test]
    fn what_is_left_of_a_ticket_serves_what_headquarters_wants_of_the_same_goods_and_owner() {
        let left = |serial: Option<&str>, owner: Owner, count: i64| OldPart {
            product: Uuid::nil(),
            serial: serial.map(str::to_owned),
            owner: owner.as_str().to_owned(),
            payer: None,
            open: Quantity(count),
        };
        let wanted = |serial: Option<&str>, count: i64| owed::Model {
            number: format!("{serial:?}"),
            serial: serial.map(str::to_owned),
            owner: Owner::Maker.as_str().to_owned(),
            quantity: count,
            ..Default::default()
        };
        let all = [wanted(None, 1000), wanted(Some("A"), 1000), wanted(None, 1000)];
        let lacks = |left: &[OldPart]| lacking(left, &all).map(|of| of.number.clone());
        let plain = left(None, Owner::Maker, 2000);
        let serial = left(Some("A"), Owner::Maker, 1000);
        assert_eq!(lacks(&[plain.clone(), serial.clone()]), None);
        assert_eq!(lacks(&[left(None, Owner::Maker, 1999), serial.clone()]), Some("None".to_owned()));
        assert_eq!(lacks(&[plain.clone(), left(Some("B"), Owner::Maker, 1000)]), Some("Some(\"A\")".to_owned()));
        assert_eq!(lacks(&[left(None, Owner::Company, 9000), serial]), Some("None".to_owned()));
    }

    #[test]
    fn forty_days_for_what_is_bad_and_a_hundred_and_eighty_for_what_is_good() {
        let of = part(1000);
        assert_eq!((of.due_on, of.good_until), (day("2026-02-19"), day("2026-07-09")));
        assert_eq!((days_late(of.due_on, day("2026-02-19")), days_late(of.due_on, day("2026-02-22"))), (0, 3));
        assert_eq!(due_on(&of, "good"), of.good_until);
    }

    #[test]
    fn what_is_kept_back_follows_from_what_was_found() {
        use DeclaredCondition::{Bad, Good};
        use PartVerdict as V;
        assert_eq!(kept(came(V::Matched, 2000, Bad), "2026-02-19"), (0, 0, 0));
        assert_eq!(kept(came(V::Matched, 2000, Bad), "2026-02-22"), (0, 0, 360), "three days at one per cent of 120");
        assert_eq!(kept(came(V::Matched, 2000, Bad), "2026-12-31"), (0, 0, 6000), "half of it at most");
        assert_eq!(kept(came(V::Matched, 2000, Good), "2026-02-22"), (0, 0, 0), "good parts have longer");
        assert_eq!(kept(came(V::Matched, 1000, Bad), "2026-02-19"), (6000, 0, 0), "one of two is missing");
        assert_eq!(kept(came(V::Mismatched, 2000, Bad), "2026-02-19"), (0, 12_000, 0));
        assert_eq!(kept(came(V::Misdeclared, 1000, Good), "2026-02-19"), (6000, 18_000, 0), "three times its price");
        assert_eq!(kept(came(V::Misdeclared, 0, Good), "2026-12-31"), (12_000, 0, 0), "nothing came: nothing is late");
    }

    #[test]
    fn a_part_ends_by_what_was_found_of_it() {
        use DeclaredCondition::{Bad, Good};
        use OwedPartAction as A;
        use PartVerdict as V;
        let end = |line: line::Model| (ending(&line, &part(2000)), is_good(&line));
        assert_eq!(end(came(V::Matched, 2000, Bad)), (A::Match, false));
        assert_eq!(end(came(V::Matched, 2000, Good)), (A::Match, true));
        assert_eq!(end(came(V::Misdeclared, 2000, Bad)), (A::Misdeclare, true));
        assert_eq!(end(came(V::Misdeclared, 2000, Good)), (A::Misdeclare, false));
        assert_eq!(end(came(V::Mismatched, 1000, Bad)), (A::Lack, false));
    }

    #[test]
    fn every_book_balances_whoever_bears_it() {
        for party_id in [None, Some(Uuid::from_u128(7))] {
            let row = back::Model { deduction: 18_360, party_id, ..Default::default() };
            for (_, lines) in posting(&row) {
                let sum = |of: fn(&JournalLineDraft) -> Money| lines.iter().map(of).sum::<Money>();
                assert_eq!((sum(|l| l.debit), sum(|l| l.credit)), (Money(18_360), Money(18_360)));
            }
        }
    }
}

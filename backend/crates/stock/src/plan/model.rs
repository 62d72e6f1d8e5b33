//! What a plan may say, what a suggestion does to it, and how it is granted. Pure.

use super::entity::{line, plan};
use super::supply::Supply;
use crate::facts;
use chrono::{Months, NaiveDate};
use openapi::choice::Choice;
use openapi::problem::field;
use openapi::stock::PARTS_PLAN_MONTH_OVER;
use openapi::stock::plan::{PartsPlanBasis, PartsPlanDraft, PartsPlanKind, PartsPlanLineDraft};
use openapi::{Issue, Month, Quantity};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// The most lines of a plan.
pub const LINES: usize = 200;

/// Writes a draft into a row and lines, or says everything that is wrong with it. A line of a product that was there
/// keeps its suggestion.
pub fn filled(
    row: plan::Model,
    before: &[line::Model],
    draft: PartsPlanDraft,
    products: &HashMap<Uuid, facts::Product>,
    today: NaiveDate,
) -> Result<(plan::Model, Vec<line::Model>), Issues> {
    let PartsPlanDraft { kind, month, needed_on, reason, remark, lines } = draft;
    let mut issues = Issues::new();
    let is_urgent = kind == PartsPlanKind::Urgent;
    for (name, is_missing) in [
        ("/month", !is_urgent && month.is_none()),
        ("/needed_on", is_urgent && needed_on.is_none()),
        ("/reason", is_urgent && reason.is_none()),
    ] {
        if is_missing {
            issues.push((name.to_owned(), Issue::new(field::REQUIRED)));
        }
    }
    let day = needed_on.map(NaiveDate::from);
    let month = if is_urgent { day.map(Month::of) } else { month }.unwrap_or(Month::of(today));
    if is_over(month, day, today) {
        let name = if is_urgent || day.is_some_and(|day| day < today) { "/needed_on" } else { "/month" };
        issues.push((name.to_owned(), Issue::new(PARTS_PLAN_MONTH_OVER)));
    }
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(lines.len());
    for (line_no, PartsPlanLineDraft { product_id, quantity, remark }) in (0_i32..).zip(lines) {
        let id = product_id.uuid();
        issues.extend(facts::stands_once(products, &mut seen, line_no, id));
        let known = before.iter().find(|line| line.product_id == id).cloned().unwrap_or_default();
        rows.push(line::Model {
            id: platform::new_id(),
            plan_id: row.id,
            line_no,
            product_id: id,
            quantity: quantity.0,
            is_by_hand: known.suggested != Some(quantity.0) || (known.is_by_hand && known.quantity == quantity.0),
            approved: None,
            remark: remark.map(Into::into),
            suggested: known.suggested,
            basis: known.basis,
        });
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let row = plan::Model {
        kind: kind.as_str().to_owned(),
        month: month.number(),
        needed_on: day,
        reason: reason.map(Into::into),
        remark: remark.map(Into::into),
        total_quantity: total(&rows),
        ..row
    };
    Ok((row, rows))
}

/// The sum of what is wanted.
pub fn total(lines: &[line::Model]) -> i64 {
    lines.iter().map(|line| line.quantity).sum()
}

/// Whether a plan comes too late, or too early to mean anything.
pub fn is_over(month: Month, day: Option<NaiveDate>, today: NaiveDate) -> bool {
    let present = Month::of(today);
    let last = present.first_day().checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX);
    month < present || month > Month::of(last) || day.is_some_and(|day| day < today)
}

/// What the stock analysis says about one product.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub product: Uuid,
    pub quantity: i64,
    pub basis: PartsPlanBasis,
}

/// The lines after a suggestion, `all` being every product of the station, the most urgent first. What somebody chose
/// stays; what followed a suggestion follows the new one, and goes with it. As many lines as a plan holds.
pub fn refreshed(plan: Uuid, lines: Vec<line::Model>, all: &[Suggestion]) -> Vec<line::Model> {
    let mut left: HashMap<Uuid, &Suggestion> = all.iter().map(|one| (one.product, one)).collect();
    let basis = |one: &Suggestion| serde_json::to_string(&one.basis).ok();
    let mut rows = Vec::new();
    for line in lines {
        let found = left.remove(&line.product_id);
        let (suggested, basis) = (found.map(|one| one.quantity), found.and_then(basis));
        match suggested {
            _ if line.is_by_hand => rows.push(line::Model { suggested, basis, ..line }),
            Some(quantity) if quantity > 0 => rows.push(line::Model { quantity, suggested, basis, ..line }),
            _ => {}
        }
    }
    let new = all.iter().filter(|one| one.quantity > 0 && left.contains_key(&one.product));
    let room = LINES.saturating_sub(rows.len());
    rows.extend(new.take(room).map(|one| line::Model {
        product_id: one.product,
        quantity: one.quantity,
        suggested: Some(one.quantity),
        basis: basis(one),
        ..Default::default()
    }));
    let numbered = (0_i32..).zip(rows);
    numbered.map(|(line_no, row)| line::Model { id: platform::new_id(), plan_id: plan, line_no, ..row }).collect()
}

/// A quantity for one line, and where it stands in the body.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    pub at: usize,
    pub line: Uuid,
    pub quantity: i64,
}

/// The lines as they are decided: never more than is wanted, never less than is in requisitions already. With
/// `in_full`, what is not named and not decided yet is approved in full.
pub fn decided(
    lines: Vec<line::Model>,
    supply: &HashMap<Uuid, Supply>,
    grants: &[Grant],
    in_full: bool,
) -> Result<Vec<line::Model>, Issues> {
    let mut issues = Issues::new();
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let grant = grants.iter().find(|grant| grant.line == line.id);
        let least = supply.get(&line.id).map_or(0, |supply| supply.requisitioned);
        if let Some(grant) = grant.filter(|grant| !(least..=line.quantity).contains(&grant.quantity)) {
            let issue =
                Issue::new(field::OUT_OF_RANGE).with("min", Quantity(least)).with("max", Quantity(line.quantity));
            issues.push((format!("/lines/{}/quantity", grant.at), issue));
        }
        let whole = (in_full || line.quantity == 0).then_some(line.quantity);
        rows.push(line::Model { approved: grant.map(|grant| grant.quantity).or(line.approved).or(whole), ..line });
    }
    if in_full && issues.is_empty() && rows.iter().all(|line| line.approved == Some(0)) {
        issues.push(("/lines".to_owned(), Issue::new(field::REQUIRED)));
    }
    if issues.is_empty() { Ok(rows) } else { Err(issues) }
}

/// Whether everything that was approved has come in good condition. Where nothing was approved nothing can come.
pub fn is_supplied(lines: &[line::Model], supply: &HashMap<Uuid, Supply>) -> bool {
    let received = |line: &line::Model| supply.get(&line.id).map_or(0, |supply| supply.received);
    lines.iter().any(|line| line.approved > Some(0))
        && lines.iter().all(|line| line.approved.is_some_and(|approved| received(line) >= approved))
}

/// Shares what is there among what is open, in order.
pub fn shared(mut there: i64, open: impl IntoIterator<Item = i64>) -> Vec<i64> {
    let one = |open: i64| {
        let share = Ord::min(open, there).max(0);
        there -= share;
        share
    };
    open.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: u128, quantity: i64, suggested: Option<i64>) -> line::Model {
        let (id, is_by_hand) = (Uuid::from_u128(id), suggested != Some(quantity));
        line::Model { id, product_id: id, quantity, suggested, is_by_hand, ..Default::default() }
    }

    fn suggestion(id: u128, quantity: i64) -> Suggestion {
        Suggestion { product: Uuid::from_u128(id), quantity, basis: PartsPlanBasis::default() }
    }

    #[test]
    fn a_new_suggestion_leaves_alone_what_somebody_chose() {
        let lines = vec![line(1, 5, Some(5)), line(2, 7, Some(3)), line(3, 9, Some(9)), line(4, 2, None)];
        let all = [suggestion(5, 8), suggestion(1, 6), suggestion(2, 4), suggestion(3, 0), suggestion(6, 0)];
        let seen: Vec<_> = refreshed(Uuid::nil(), lines, &all)
            .iter()
            .map(|l| (l.product_id.as_u128(), l.quantity, l.suggested, l.line_no))
            .collect();
        assert_eq!(seen, [(1, 6, Some(6), 0), (2, 7, Some(4), 1), (4, 2, None, 2), (5, 8, Some(8), 3)]);
    }

    #[test]
    fn a_plan_holds_no_more_lines_than_it_may_and_the_most_urgent_are_in_it() {
        let all: Vec<_> = (1..=300).map(|id| suggestion(id, 1)).collect();
        let lines = refreshed(Uuid::nil(), vec![line(299, 4, None)], &all);
        assert_eq!((lines.len(), lines.last().unwrap().product_id.as_u128()), (LINES, 199));
    }

    #[test]
    fn more_than_wanted_and_less_than_requisitioned_is_refused() {
        let supply = HashMap::from([(Uuid::from_u128(1), Supply { requisitioned: 2, ..Default::default() })]);
        let grant = |quantity| [Grant { at: 3, line: Uuid::from_u128(1), quantity }];
        for quantity in [1, 6] {
            let refused = decided(vec![line(1, 5, None)], &supply, &grant(quantity), false).unwrap_err();
            assert_eq!(refused[0].0, "/lines/3/quantity");
        }
        let lines = decided(vec![line(1, 5, None), line(2, 4, None)], &supply, &grant(2), false).unwrap();
        assert_eq!(lines.iter().map(|l| l.approved).collect::<Vec<_>>(), [Some(2), None]);
        let lines = decided(lines, &supply, &[], true).unwrap();
        assert_eq!(lines.iter().map(|l| l.approved).collect::<Vec<_>>(), [Some(2), Some(4)]);
    }

    #[test]
    fn supplied_is_what_came_in_good_condition() {
        let came = |received| HashMap::from([(Uuid::from_u128(1), Supply { received, ..Default::default() })]);
        let granted = |id, approved| line::Model { approved, ..line(id, 9, None) };
        assert!(is_supplied(&[granted(1, Some(3)), granted(2, Some(0))], &came(3)));
        assert!(!is_supplied(&[granted(1, Some(3)), granted(2, Some(0))], &came(2)));
        assert!(!is_supplied(&[granted(1, Some(3)), granted(2, None)], &came(3)), "not decided");
        assert!(!is_supplied(&[granted(1, Some(0))], &came(0)), "nothing was approved");
    }

    #[test]
    fn what_is_there_goes_to_the_first_in_line() {
        assert_eq!(shared(7, [5, 5, 0, 3]), [5, 2, 0, 0]);
        assert_eq!(shared(-4, [5]), [0]);
    }

    #[test]
    fn past_months_days_and_far_years_are_over() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (today, month) = (day("2026-11-28"), |text: &str| text.parse::<Month>().unwrap());
        for (of, needed, over) in [
            ("2026-11", None, false),
            ("2026-10", None, true),
            ("2027-11", None, false),
            ("2027-12", None, true),
            ("2026-11", Some("2026-11-27"), true),
            ("2026-11", Some("2026-11-28"), false),
        ] {
            assert_eq!(is_over(month(of), needed.map(day), today), over, "{of} {needed:?}");
        }
    }
}

//! What a document may say. Pure.

use super::entity::{doc, line};
use super::old_part::{self, OldPart};
use crate::facts;
use openapi::document::DocKind;
use openapi::problem::field;
use openapi::stock::document::{StockDocDraft, StockLineDraft, StockReason};
use openapi::stock::{
    BAD_PARTS_ONLY, Condition, MADE_BY_TICKETS_ONLY, NOT_OF_TICKET, NOTHING_CHANGES, Owner, SERIAL_NOT_TRACKED,
    SERIAL_REQUIRED, WITNESS_IS_WRITER,
};
use openapi::{Code, Issue, Quantity};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values of a draft: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// The reason of a document: the one that fits its kind, and whether goods change their condition.
pub fn reason_of(kind: DocKind, asked: Option<StockReason>, regrades: bool) -> Result<StockReason, Issue> {
    use StockReason as R;
    match (kind, asked) {
        (DocKind::OpeningStock, None | Some(R::Opening)) => Ok(R::Opening),
        (DocKind::StockIn, None) => Ok(R::Purchase),
        (DocKind::StockIn, Some(reason @ (R::Purchase | R::Other))) => Ok(reason),
        (DocKind::StockOut, None) => Ok(R::Other),
        (DocKind::StockOut, Some(reason @ (R::Other | R::Scrap))) => Ok(reason),
        (DocKind::EngineerIssue | DocKind::EngineerReturn, None | Some(R::Repair)) => Ok(R::Repair),
        (DocKind::BadPartReturn, None | Some(R::Repair)) => Ok(R::Repair),
        (DocKind::Destruction, None | Some(R::Scrap)) => Ok(R::Scrap),
        (DocKind::WarehouseMove, None) => Ok(if regrades { R::Regrade } else { R::Relocation }),
        _ => Err(Issue::new(field::UNKNOWN_VALUE)),
    }
}

/// Whether people write such documents by hand.
pub fn is_written_by_hand(kind: DocKind) -> bool {
    use DocKind as K;
    matches!(kind, K::OpeningStock | K::StockIn | K::StockOut | K::EngineerIssue | K::EngineerReturn)
        || matches!(kind, K::WarehouseMove | K::Destruction | K::BadPartReturn)
}

/// Whether an engineer draws or returns the goods.
pub fn needs_engineer(kind: DocKind) -> bool {
    matches!(kind, DocKind::EngineerIssue | DocKind::EngineerReturn)
}

/// Whether the goods come in at a cost that is typed in.
pub fn needs_cost(kind: DocKind) -> bool {
    matches!(kind, DocKind::OpeningStock | DocKind::StockIn)
}

/// Whether only bad parts go this way.
fn is_for_bad_parts(kind: DocKind) -> bool {
    matches!(kind, DocKind::Destruction | DocKind::BadPartReturn)
}

/// What a draft is checked against.
pub struct Known {
    /// Station of the warehouse.
    pub org: Uuid,
    pub products: HashMap<Uuid, facts::Product>,
    /// The old parts of the ticket that may go back.
    pub old_parts: Vec<OldPart>,
    /// Who writes the document.
    pub writer: Uuid,
}

/// Writes a draft into a row and lines, or says everything that is wrong with it.
pub fn filled(
    row: doc::Model,
    draft: StockDocDraft,
    mut known: Known,
) -> Result<(doc::Model, Vec<line::Model>), Issues> {
    let StockDocDraft {
        kind,
        reason,
        warehouse_id,
        to_warehouse_id,
        engineer_id,
        witness_id,
        ticket_id,
        effective_at,
        reference,
        remark,
        lines,
        post: _,
    } = draft;
    let mut issues = Issues::new();
    if !is_written_by_hand(kind) {
        return Err(vec![("/kind".to_owned(), Issue::new(MADE_BY_TICKETS_ONLY))]);
    }
    let mut wrong = |name: &str, code: Code| issues.push((format!("/{name}"), Issue::new(code)));
    for (name, is_needed, is_there) in [
        ("engineer_id", needs_engineer(kind), engineer_id.is_some()),
        ("to_warehouse_id", kind == DocKind::WarehouseMove, to_warehouse_id.is_some()),
        ("witness_id", kind == DocKind::Destruction, witness_id.is_some()),
        ("ticket_id", kind == DocKind::BadPartReturn, ticket_id.is_some()),
    ] {
        match (is_needed, is_there) {
            (true, false) => wrong(name, field::REQUIRED),
            (false, true) => wrong(name, field::UNKNOWN_VALUE),
            _ => {}
        }
    }
    if witness_id.is_some_and(|id| id.uuid() == known.writer) {
        wrong("witness_id", WITNESS_IS_WRITER);
    }
    let stays = to_warehouse_id == Some(warehouse_id);
    let total: Quantity = lines.iter().map(|l| l.quantity).sum();
    let lines = filled_lines(Head { id: row.id, kind, stays }, lines, &mut known, &mut issues);
    let regrades = lines.iter().any(|line| line.to_condition.is_some());
    if regrades && remark.is_none() {
        issues.push(("/remark".to_owned(), Issue::new(field::REQUIRED)));
    }
    let reason = reason_of(kind, reason, regrades).map_err(|issue| issues.push(("/reason".to_owned(), issue)));
    let (Ok(reason), true) = (reason, issues.is_empty()) else { return Err(issues) };
    let row = doc::Model {
        org_id: known.org,
        kind: kind.to_string(),
        reason: reason.to_string(),
        warehouse_id: Some(warehouse_id.uuid()),
        to_warehouse_id: to_warehouse_id.map(Into::into),
        engineer_id: engineer_id.map(Into::into),
        witness_id: witness_id.map(Into::into),
        ticket_id: ticket_id.map(Into::into),
        effective_at: effective_at.map(Into::into),
        reference: reference.map(Into::into),
        remark: remark.map(Into::into),
        total_quantity: total.0,
        ..row
    };
    Ok((row, lines))
}

/// What the lines must know of their document.
#[derive(Clone, Copy)]
struct Head {
    id: Uuid,
    kind: DocKind,
    /// Whether the goods stay in their warehouse.
    stays: bool,
}

fn filled_lines(head: Head, drafts: Vec<StockLineDraft>, known: &mut Known, issues: &mut Issues) -> Vec<line::Model> {
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(drafts.len());
    for (line_no, draft) in (0_i32..).zip(drafts) {
        let product_id = draft.product_id.uuid();
        let product = known.products.get(&product_id).filter(|p| p.is_goods());
        let mut found = line_issues(head, &draft, product);
        if draft.serial.as_ref().is_some_and(|text| !seen.insert((product_id, text.to_string()))) {
            found.push(("serial", Issue::new(field::DUPLICATE)));
        }
        let old_part = match head.kind {
            DocKind::BadPartReturn => {
                let taken =
                    old_part::take(&mut known.old_parts, product_id, draft.serial.as_deref(), None, draft.quantity);
                taken.map_err(|open| found.push(("quantity", Issue::new(NOT_OF_TICKET).with("open", open)))).ok()
            }
            _ => None,
        };
        issues.extend(found.into_iter().map(|(name, issue)| (format!("/lines/{line_no}/{name}"), issue)));
        let StockLineDraft { product_id, serial, condition, to_condition, owner, quantity, unit_cost, remark } = draft;
        let condition = condition_of(head.kind, condition);
        rows.push(line::Model {
            id: platform::new_id(),
            doc_id: head.id,
            line_no,
            product_id: product_id.uuid(),
            serial: serial.map(Into::into),
            condition: condition.to_string(),
            to_condition: to_condition.filter(|to| *to != condition).map(|to| to.to_string()),
            owner: old_part
                .as_ref()
                .map_or_else(|| owner.unwrap_or(Owner::Company).to_string(), |part| part.owner.clone()),
            quantity: quantity.0,
            unit_cost: unit_cost.map(|cost| cost.0),
            ticket_part_id: None,
            payer: old_part.and_then(|part| part.payer),
            remark: remark.map(Into::into),
        });
    }
    rows
}

fn condition_of(kind: DocKind, typed: Option<Condition>) -> Condition {
    typed.unwrap_or(if is_for_bad_parts(kind) { Condition::Bad } else { Condition::Good })
}

/// What is wrong with a line by itself: field and issue.
fn line_issues(head: Head, line: &StockLineDraft, product: Option<&facts::Product>) -> Vec<(&'static str, Issue)> {
    use DocKind as K;
    let mut found = Vec::new();
    let mut wrong = |name, code: Code| found.push((name, Issue::new(code)));
    // an old piece may have come without a readable serial
    let is_old = head.kind == K::BadPartReturn;
    match (product.map(|p| p.is_serial_tracked), &line.serial) {
        (None, _) => wrong("product_id", field::REFERENCE_NOT_FOUND),
        (Some(true), None) if !is_old => wrong("serial", SERIAL_REQUIRED),
        (Some(true), Some(_)) if line.quantity != Quantity::ONE => wrong("quantity", SERIAL_REQUIRED),
        (Some(false), Some(_)) if !is_old => wrong("serial", SERIAL_NOT_TRACKED),
        _ => {}
    }
    let condition = condition_of(head.kind, line.condition);
    let changes = line.to_condition.is_some_and(|to| to != condition);
    if is_for_bad_parts(head.kind) && condition != Condition::Bad {
        wrong("condition", BAD_PARTS_ONLY);
    }
    match head.kind {
        K::WarehouseMove if head.stays && !changes => wrong("to_condition", NOTHING_CHANGES),
        K::WarehouseMove => {}
        _ if line.to_condition.is_some() => wrong("to_condition", field::UNKNOWN_VALUE),
        _ => {}
    }
    if line.owner.is_some() && !matches!(head.kind, K::WarehouseMove | K::Destruction) {
        wrong("owner", field::UNKNOWN_VALUE);
    }
    let turns_bad = changes && line.to_condition == Some(Condition::Bad);
    match (needs_cost(head.kind), line.unit_cost) {
        (true, None) => wrong("unit_cost", field::REQUIRED),
        (false, Some(_)) if !turns_bad => wrong("unit_cost", field::UNKNOWN_VALUE),
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::master::product::ProductKind;

    fn part(is_serial_tracked: bool) -> facts::Product {
        facts::Product {
            code: "PA-1".to_owned(),
            name: "屏幕".to_owned(),
            kind: ProductKind::Part,
            is_serial_tracked,
            is_active: true,
            brand: None,
            model: None,
        }
    }

    fn draft(kind: DocKind, line: serde_json::Value) -> StockDocDraft {
        serde_json::from_value(serde_json::json!({
            "kind": kind, "warehouse_id": Uuid::from_u128(9), "lines": [line],
        }))
        .unwrap()
    }

    fn codes(kind: DocKind, tracked: bool, line: serde_json::Value) -> Vec<(String, &'static str)> {
        let products = HashMap::from([(Uuid::from_u128(1), part(tracked))]);
        let known = Known { org: Uuid::nil(), products, old_parts: Vec::new(), writer: Uuid::from_u128(3) };
        let filled = filled(doc::Model::default(), draft(kind, line), known);
        filled.err().unwrap_or_default().into_iter().map(|(at, issue)| (at, issue.code.code)).collect()
    }

    #[test]
    fn a_line_names_the_serial_exactly_when_the_product_is_tracked_by_it() {
        let plain = serde_json::json!({"product_id": Uuid::from_u128(1), "quantity": "1", "unit_cost": "5"});
        let serial = serde_json::json!({"product_id": Uuid::from_u128(1), "quantity": "1", "unit_cost": "5", "serial": "SN-0001"});
        let two = serde_json::json!({"product_id": Uuid::from_u128(1), "quantity": "2", "unit_cost": "5", "serial": "SN-0001"});
        assert_eq!(codes(DocKind::StockIn, false, plain.clone()), []);
        assert_eq!(codes(DocKind::StockIn, true, serial.clone()), []);
        assert_eq!(codes(DocKind::StockIn, true, plain), [("/lines/0/serial".to_owned(), "serial_required")]);
        assert_eq!(codes(DocKind::StockIn, false, serial), [("/lines/0/serial".to_owned(), "serial_not_tracked")]);
        assert_eq!(codes(DocKind::StockIn, true, two), [("/lines/0/quantity".to_owned(), "serial_required")]);
    }

    #[test]
    fn goods_come_in_at_a_cost_and_leave_at_the_average() {
        let with = serde_json::json!({"product_id": Uuid::from_u128(1), "quantity": "1", "unit_cost": "5"});
        let without = serde_json::json!({"product_id": Uuid::from_u128(1), "quantity": "1"});
        assert_eq!(codes(DocKind::OpeningStock, false, without), [("/lines/0/unit_cost".to_owned(), "required")]);
        assert_eq!(codes(DocKind::StockOut, false, with), [("/lines/0/unit_cost".to_owned(), "unknown_value")]);
    }

    #[test]
    fn tickets_alone_make_consumptions() {
        let line = serde_json::json!({"product_id": Uuid::from_u128(1), "quantity": "1"});
        assert_eq!(codes(DocKind::RepairConsumption, false, line), [("/kind".to_owned(), "made_by_tickets_only")]);
    }

    fn moved(
        to: u128,
        line: serde_json::Value,
        remark: Option<&str>,
    ) -> Result<(doc::Model, Vec<line::Model>), Issues> {
        let draft = serde_json::json!({"kind": "warehouse_move", "warehouse_id": Uuid::from_u128(9),
            "to_warehouse_id": Uuid::from_u128(to), "remark": remark, "lines": [line]});
        let products = HashMap::from([(Uuid::from_u128(1), part(false))]);
        let known = Known { org: Uuid::nil(), products, old_parts: Vec::new(), writer: Uuid::from_u128(3) };
        filled(doc::Model::default(), serde_json::from_value(draft).unwrap(), known)
    }

    #[test]
    fn a_move_changes_the_warehouse_or_the_condition_with_a_reason() {
        let line = |to: Option<&str>| serde_json::json!({"product_id": Uuid::from_u128(1), "quantity": "1", "to_condition": to});
        let issue = |answer: Result<(doc::Model, Vec<line::Model>), Issues>| {
            answer.err().unwrap_or_default().into_iter().map(|(at, issue)| (at, issue.code.code)).collect::<Vec<_>>()
        };
        let (head, lines) = moved(8, line(None), None).unwrap();
        assert_eq!((head.reason.as_str(), lines[0].to_condition.as_deref()), ("relocation", None));
        assert_eq!(issue(moved(9, line(None), None)), [("/lines/0/to_condition".to_owned(), "nothing_changes")]);
        assert_eq!(
            issue(moved(9, line(Some("good")), None)),
            [("/lines/0/to_condition".to_owned(), "nothing_changes")]
        );
        assert_eq!(issue(moved(8, line(Some("bad")), None)), [("/remark".to_owned(), "required")]);
        let (head, _) = moved(9, line(Some("bad")), Some("进水")).unwrap();
        assert_eq!(head.reason, "regrade");
    }
}

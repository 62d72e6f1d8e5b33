//! What a document may say, and which way its goods go. Pure.

use super::entity::{doc, line};
use crate::facts;
use crate::ledger::model::Place;
use chrono::{DateTime, Utc};
use openapi::document::DocKind;
use openapi::finance::{Account, Payer};
use openapi::master::product::ProductKind;
use openapi::problem::field;
use openapi::stock::document::{StockDocDraft, StockLineDraft, StockReason};
use openapi::stock::{
    Condition, EFFECTIVE_IN_FUTURE, MADE_BY_TICKETS_ONLY, Owner, PlaceKind, SERIAL_NOT_TRACKED, SERIAL_REQUIRED,
};
use openapi::{Issue, Quantity};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values of a draft: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// Where the goods of a document come from and go to, and the account of the side that lies outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    pub from: PlaceKind,
    pub to: PlaceKind,
    pub outside: Account,
}

/// The way of the goods, by kind and reason; the account of a repair follows from who pays.
pub fn route(kind: DocKind, reason: StockReason, payer: Option<Payer>) -> Option<Route> {
    use PlaceKind as P;
    let repair = cost_account(payer);
    let (from, to, outside) = match (kind, reason) {
        (DocKind::OpeningStock, _) => (P::Opening, P::Warehouse, Account::OpeningEquity),
        (DocKind::StockIn, StockReason::Purchase) => (P::Supplier, P::Warehouse, Account::GoodsReceived),
        (DocKind::StockIn, _) => (P::Difference, P::Warehouse, Account::CountDifference),
        (DocKind::StockOut, StockReason::Scrap) => (P::Warehouse, P::Scrapped, Account::ScrapLoss),
        (DocKind::StockOut, _) => (P::Warehouse, P::Difference, Account::CountDifference),
        (DocKind::EngineerIssue, _) => (P::Warehouse, P::Custody, Account::EngineerCustody),
        (DocKind::EngineerReturn, _) => (P::Custody, P::Warehouse, Account::EngineerCustody),
        (DocKind::RepairConsumption, _) => (P::Custody, P::Consumed, repair),
        (DocKind::OldPartIn, _) => (P::Customer, P::Warehouse, repair),
        // what is the customer's has no value here: the account is never written to
        (DocKind::CustodyIn, _) => (P::Customer, P::Counter, Account::Units),
        (DocKind::CustodyOut, _) => (P::Counter, P::Customer, Account::Units),
        _ => return None,
    };
    Some(Route { from, to, outside })
}

/// What a repair costs goes to the repairs that are paid for, or to those in warranty.
fn cost_account(payer: Option<Payer>) -> Account {
    match payer {
        Some(Payer::Customer | Payer::Insurer) => Account::CostPaidRepair,
        Some(Payer::Manufacturer | Payer::Company | Payer::Internal) | None => Account::CostWarrantyRepair,
    }
}

/// The reason of a document: the one that fits its kind.
pub fn reason_of(kind: DocKind, asked: Option<StockReason>) -> Result<StockReason, Issue> {
    use StockReason as R;
    match (kind, asked) {
        (DocKind::OpeningStock, None | Some(R::Opening)) => Ok(R::Opening),
        (DocKind::StockIn, None) => Ok(R::Purchase),
        (DocKind::StockIn, Some(reason @ (R::Purchase | R::Other))) => Ok(reason),
        (DocKind::StockOut, None) => Ok(R::Other),
        (DocKind::StockOut, Some(reason @ (R::Other | R::Scrap))) => Ok(reason),
        (DocKind::EngineerIssue | DocKind::EngineerReturn, None | Some(R::Repair)) => Ok(R::Repair),
        _ => Err(Issue::new(field::UNKNOWN_VALUE)),
    }
}

/// Whether people write such documents by hand.
pub fn is_written_by_hand(kind: DocKind) -> bool {
    use DocKind as K;
    matches!(kind, K::OpeningStock | K::StockIn | K::StockOut | K::EngineerIssue | K::EngineerReturn)
}

/// Whether an engineer draws or returns the goods.
pub fn needs_engineer(kind: DocKind) -> bool {
    matches!(kind, DocKind::EngineerIssue | DocKind::EngineerReturn)
}

/// Whether the goods come in at a cost that is typed in.
pub fn needs_cost(kind: DocKind) -> bool {
    matches!(kind, DocKind::OpeningStock | DocKind::StockIn)
}

/// Writes a draft into a row and lines, or says everything that is wrong with it.
pub fn filled(
    row: doc::Model,
    draft: StockDocDraft,
    org: Uuid,
    products: &HashMap<Uuid, facts::Product>,
    now: DateTime<Utc>,
) -> Result<(doc::Model, Vec<line::Model>), Issues> {
    let StockDocDraft { kind, reason, warehouse_id, engineer_id, effective_at, reference, remark, lines } = draft;
    let mut issues = Issues::new();
    if !is_written_by_hand(kind) {
        return Err(vec![("/kind".to_owned(), Issue::new(MADE_BY_TICKETS_ONLY))]);
    }
    let reason = reason_of(kind, reason).map_err(|issue| issues.push(("/reason".to_owned(), issue)));
    match (needs_engineer(kind), engineer_id) {
        (true, None) => issues.push(("/engineer_id".to_owned(), Issue::new(field::REQUIRED))),
        (false, Some(_)) => issues.push(("/engineer_id".to_owned(), Issue::new(field::UNKNOWN_VALUE))),
        _ => {}
    }
    if effective_at.is_some_and(|at| at.utc() > now) {
        issues.push(("/effective_at".to_owned(), Issue::new(EFFECTIVE_IN_FUTURE)));
    }
    let total: Quantity = lines.iter().map(|l| l.quantity).sum();
    let lines = filled_lines(row.id, kind, lines, products, &mut issues);
    let (Ok(reason), true) = (reason, issues.is_empty()) else { return Err(issues) };
    let row = doc::Model {
        org_id: org,
        kind: kind.to_string(),
        reason: reason.to_string(),
        warehouse_id: Some(warehouse_id.uuid()),
        engineer_id: engineer_id.map(Into::into),
        effective_at: effective_at.map(Into::into),
        reference: reference.map(Into::into),
        remark: remark.map(Into::into),
        total_quantity: total.0,
        ..row
    };
    Ok((row, lines))
}

fn filled_lines(
    doc: Uuid,
    kind: DocKind,
    drafts: Vec<StockLineDraft>,
    products: &HashMap<Uuid, facts::Product>,
    issues: &mut Issues,
) -> Vec<line::Model> {
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(drafts.len());
    for (line_no, draft) in (0_i32..).zip(drafts) {
        let StockLineDraft { product_id, serial, condition, quantity, unit_cost, remark } = draft;
        let mut wrong = |name: &str, code| issues.push((format!("/lines/{line_no}/{name}"), Issue::new(code)));
        let product = products.get(&product_id.uuid()).filter(|p| p.is_active && p.kind != ProductKind::Service);
        match (product.map(|p| p.is_serial_tracked), &serial) {
            (None, _) => wrong("product_id", field::REFERENCE_NOT_FOUND),
            (Some(true), None) => wrong("serial", SERIAL_REQUIRED),
            (Some(true), Some(_)) if quantity != Quantity::ONE => wrong("quantity", SERIAL_REQUIRED),
            (Some(false), Some(_)) => wrong("serial", SERIAL_NOT_TRACKED),
            _ => {}
        }
        if serial.as_ref().is_some_and(|text| !seen.insert((product_id.uuid(), text.to_string()))) {
            wrong("serial", field::DUPLICATE);
        }
        match (needs_cost(kind), unit_cost) {
            (true, None) => wrong("unit_cost", field::REQUIRED),
            (false, Some(_)) => wrong("unit_cost", field::UNKNOWN_VALUE),
            _ => {}
        }
        rows.push(line::Model {
            id: platform::new_id(),
            doc_id: doc,
            line_no,
            product_id: product_id.uuid(),
            serial: serial.map(Into::into),
            condition: condition.unwrap_or(Condition::Good).to_string(),
            owner: Owner::Company.to_string(),
            quantity: quantity.0,
            unit_cost: unit_cost.map(|cost| cost.0),
            ticket_part_id: None,
            payer: None,
            remark: remark.map(Into::into),
        });
    }
    rows
}

/// The two places of a document.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    pub from: Place,
    pub to: Place,
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::choice::Choice;

    #[test]
    fn every_kind_of_stock_document_has_a_route_that_touches_stock() {
        let stock = [
            DocKind::OpeningStock,
            DocKind::StockIn,
            DocKind::StockOut,
            DocKind::EngineerIssue,
            DocKind::EngineerReturn,
            DocKind::RepairConsumption,
            DocKind::OldPartIn,
            DocKind::CustodyIn,
            DocKind::CustodyOut,
        ];
        for kind in DocKind::ALL.iter().copied() {
            let route = route(kind, StockReason::Other, None);
            assert_eq!(route.is_some(), stock.contains(&kind), "{kind}");
            assert!(route.is_none_or(|r| r.from.holds_goods() || r.to.holds_goods()), "{kind}");
        }
    }

    #[test]
    fn a_repair_costs_whoever_pays_for_it() {
        let account = |payer| route(DocKind::RepairConsumption, StockReason::Repair, Some(payer)).map(|r| r.outside);
        assert_eq!(account(Payer::Customer), Some(Account::CostPaidRepair));
        assert_eq!(account(Payer::Manufacturer), Some(Account::CostWarrantyRepair));
    }

    fn part(is_serial_tracked: bool) -> facts::Product {
        facts::Product {
            code: "PA-1".to_owned(),
            name: "屏幕".to_owned(),
            kind: ProductKind::Part,
            is_serial_tracked,
            is_active: true,
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
        let filled = filled(doc::Model::default(), draft(kind, line), Uuid::nil(), &products, Utc::now());
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
}

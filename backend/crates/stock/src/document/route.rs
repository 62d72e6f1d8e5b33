//! Which way the goods of a document go, and what they are worth when they turn into others. Pure.

use crate::ledger::cost::{Share, WHOLE};
use crate::ledger::model::{MoveDraft, Place};
use openapi::Money;
use openapi::document::DocKind;
use openapi::finance::{Account, Payer};
use openapi::stock::document::StockReason;
use openapi::stock::{Condition, PlaceKind};

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
        // where the condition changes, what the goods lose on the way
        (DocKind::WarehouseMove, _) => (P::Warehouse, P::Warehouse, Account::ScrapLoss),
        (DocKind::Destruction, _) => (P::Warehouse, P::Scrapped, Account::ScrapLoss),
        (DocKind::BadPartReturn, _) => (P::Warehouse, P::Customer, repair),
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

/// The places of a document.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    pub from: Place,
    pub to: Place,
    /// Where goods turn into others, in documents that may change their condition.
    pub through: Option<Place>,
}

/// Goods that change their condition on the way: out of the one cell, into the other. What turns bad is worth what the
/// draft says, at most what it was, else nothing; anything else keeps its value.
pub fn regraded(draft: MoveDraft, to: Condition, through: Place) -> [MoveDraft; 2] {
    let share = Some(Share { of: draft.line, basis_points: WHOLE });
    let worth = (to == Condition::Bad).then(|| draft.value.unwrap_or(Money::ZERO));
    let out = MoveDraft { to: through, value: None, share, ..draft.clone() };
    [out, MoveDraft { from: through, condition: to, value: worth, share, ..draft }]
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
            DocKind::WarehouseMove,
            DocKind::Destruction,
            DocKind::BadPartReturn,
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
}

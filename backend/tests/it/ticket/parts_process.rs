//! Parts from the plan of a station to the books: asked for, approved, shipped, signed for, used, returned as old parts, and
//! reconciled; and what people ask about them on the way.

use super::part_return::{Parts, read};
use crate::support::client::version;
use openapi::finance::Account;
use openapi::master::customer::{CreateCustomer, CustomerId};
use openapi::master::product::GetProduct;
use openapi::service::owed_part::{OwedPartFilter, OwedPartState};
use openapi::service::part_return::{CreatePartReturn, PartReturn, PartReturnState, RecallPartReturn, ShipPartReturn};
use openapi::stock::PlaceKind;
use openapi::stock::document::{CreateStockDoc, PostStockDoc};
use openapi::stock::movement::{ListStockMoves, StockMoveFilter};
use openapi::stock::requisition::{
    ApproveRequisition, CreateRequisition, ListRequisitions, RequisitionFilter, RequisitionState, SubmitRequisition,
};
use openapi::stock::transfer::{CreateTransfer, ShipTransfer, SignTransfer, TransferState};
use openapi::{ById, Listing, Money, Nothing, Quantity};
use serde_json::json;

impl Parts {
    /// Headquarters has so many screens at 40.00.
    async fn central(&self, pieces: &str) {
        let line = json!({"product_id": self.shop.screen, "quantity": pieces, "unit_cost": "40.00"});
        let draft =
            json!({"kind": "stock_in", "reason": "purchase", "warehouse_id": self.office_good, "lines": [line]});
        let doc = self.office.call::<CreateStockDoc>(Nothing, Nothing, read(draft)).await.unwrap();
        let path = ById { id: doc.id };
        self.office.call_with::<PostStockDoc>(path, Nothing, Nothing, version(doc.version)).await.unwrap();
    }
}

/// Proves: S1e-1.4.6, S1e-4.3.6
#[actix_web::test]
async fn parts_go_from_the_plan_to_the_books_and_every_question_about_them_is_answered() {
    let parts = Parts::open().await;
    let (shop, office, keeper) = (&parts.shop, &parts.office, &parts.keeper);
    parts.central("10").await;
    let root = shop.world.app.headquarters().await;
    let near = shop.world.near.id;

    // plan, approve, ship, sign for
    let plan = json!({"supplier_id": root, "priority": "normal", "purpose": "月度计划",
        "lines": [{"product_id": shop.screen, "quantity": "3"}]});
    let plan = keeper.call::<CreateRequisition>(Nothing, Nothing, read(plan)).await.unwrap();
    let plan = keeper.call::<SubmitRequisition>(ById { id: plan.id }, Nothing, Nothing).await.unwrap();
    let grant = read(json!({"lines": [{"line_id": plan.lines[0].id, "quantity": "3"}]}));
    let plan = office.call::<ApproveRequisition>(ById { id: plan.id }, Nothing, grant).await.unwrap();
    let goods = json!([{"product_id": shop.screen, "quantity": "3", "requisition_line_id": plan.lines[0].id}]);
    let goods =
        json!({"warehouse_id": parts.office_good, "to_org_id": near, "requisition_id": plan.id, "lines": goods});
    let sent = office.call::<CreateTransfer>(Nothing, Nothing, read(goods)).await.unwrap();
    let path = || ById { id: sent.id };
    let sent = office.call_with::<ShipTransfer>(path(), Nothing, Nothing, version(sent.version)).await.unwrap();
    assert_eq!(parts.books(Account::InterStation).await, (0, 0), "what is on its way is still headquarters'");
    let signed = read(json!({"warehouse_id": shop.store}));
    let signed = keeper.call_with::<SignTransfer>(path(), Nothing, signed, version(sent.version)).await.unwrap();
    assert_eq!(signed.state, TransferState::Signed);
    assert_eq!(parts.held(shop.store).await, Quantity::pieces(8));
    assert_eq!(parts.books(Account::InterStation).await, (-12_000, 12_000), "the station has three at 40.00");

    // used in warranty: the old part is owed, sent back and found in order
    let ticket = shop.finished("861234567890127", "in").await;
    let id = parts.of_ticket(&ticket).await;
    let back = parts.shipped(json!([{"owed_part_id": id}])).await;
    let seen = parts.examine(&back, json!([])).await.unwrap();
    assert_eq!((seen.state, seen.deduction), (PartReturnState::Examined, Money::ZERO));

    // what people ask: stock, moves, plans, what is owed, the price
    assert_eq!(
        (parts.held(shop.store).await, parts.held(parts.office_bad).await),
        (Quantity::pieces(7), Quantity::ONE)
    );
    let filter = StockMoveFilter { product_id: Some(shop.screen), ..Default::default() };
    let moves =
        keeper.call::<ListStockMoves>(Nothing, Listing { filter, ..Listing::default() }, Nothing).await.unwrap();
    let kinds: std::collections::BTreeSet<String> = moves.items.iter().map(|m| m.document_kind.to_string()).collect();
    for kind in ["stock_in", "transfer_in", "engineer_issue", "repair_consumption", "old_part_in"] {
        assert!(kinds.contains(kind), "{kind} is missing in {kinds:?}");
    }
    let filter = RequisitionFilter { state: "fulfilled".parse().ok(), ..Default::default() };
    let plans =
        keeper.call::<ListRequisitions>(Nothing, Listing { filter, ..Listing::default() }, Nothing).await.unwrap();
    assert_eq!(
        plans.items.iter().map(|row| (row.id, row.state)).collect::<Vec<_>>(),
        [(plan.id, RequisitionState::Fulfilled)]
    );
    let owed = parts.owed(OwedPartFilter::default()).await;
    assert_eq!(owed.iter().map(|row| (row.id, row.state)).collect::<Vec<_>>(), [(id, OwedPartState::Matched)]);
    let product = keeper.call::<GetProduct>(ById { id: shop.screen }, Nothing, Nothing).await.unwrap();
    assert_eq!(product.retail_price.to_string(), "100.00");

    // reconciled: both stations say the same of each other, and nothing of the old part was kept back
    assert_eq!(parts.books(Account::InterStation).await, (-12_000, 12_000));
    parts.is_clean().await;
}

#[actix_web::test]
async fn old_parts_go_straight_to_their_maker_and_headquarters_writes_down_what_was_found() {
    let parts = Parts::open().await;
    let (office, keeper) = (&parts.office, &parts.keeper);
    let maker = json!({"name": "星澜科技售后部", "kind": "company", "phone": "13500135011", "roles": ["maker"]});
    let maker = office.call::<CreateCustomer>(Nothing, Nothing, read(maker)).await.unwrap().id;
    let other = json!({"name": "路人甲", "kind": "person", "phone": "13500135012"});
    let other = office.call::<CreateCustomer>(Nothing, Nothing, read(other)).await.unwrap().id;
    let one = parts.of_ticket(&parts.shop.finished("861234567890127", "in").await).await;
    let two = parts.of_ticket(&parts.shop.finished("861234567890135", "in").await).await;
    let draft = |to: CustomerId| json!({"maker_id": to, "lines": [{"owed_part_id": one}, {"owed_part_id": two}]});
    let wrong = keeper.call::<CreatePartReturn>(Nothing, Nothing, read(draft(other))).await.unwrap_err();
    assert_eq!(wrong.errors().first().map(|fault| fault.0), Some("/maker_id"));
    let made = keeper.call::<CreatePartReturn>(Nothing, Nothing, read(draft(maker))).await.unwrap();
    assert_eq!(made.maker_name.as_ref().map(ToString::to_string).as_deref(), Some("星澜科技售后部"));
    let ship = async |of: &PartReturn| {
        keeper.call_with::<ShipPartReturn>(ById { id: of.id }, Nothing, Nothing, version(of.version)).await.unwrap()
    };
    // they leave the store at once, lie nowhere, and cost nothing
    let sent = ship(&made).await;
    assert_eq!((sent.state, sent.transfer_id), (PartReturnState::Shipped, None));
    assert_eq!(parts.part(one).await.state, OwedPartState::UnderWay);
    let filter = StockMoveFilter { document_kind: "stock_out".parse().ok(), ..Default::default() };
    let left = keeper.call::<ListStockMoves>(Nothing, Listing { filter, ..Listing::default() }, Nothing).await.unwrap();
    assert_eq!(
        left.items.iter().map(|m| (m.to.kind, m.quantity)).collect::<Vec<_>>(),
        [(PlaceKind::Supplier, Quantity::ONE); 2]
    );
    parts.is_clean().await;

    // recalled, they lie in the store again and are owed; then they go for good
    let why = read(json!({"reason": "厂家拒收"}));
    let back = office.call_with::<RecallPartReturn>(ById { id: sent.id }, Nothing, why, version(sent.version)).await;
    assert_eq!(back.unwrap().state, PartReturnState::Recalled);
    assert_eq!(parts.part(one).await.state, OwedPartState::Open);
    parts.is_clean().await;
    let made = keeper.call::<CreatePartReturn>(Nothing, Nothing, read(draft(maker))).await.unwrap();
    let sent = ship(&made).await;
    let found = json!([{"line_id": sent.lines[0].id, "verdict": "mismatched", "received": "1"}]);
    let seen = parts.examine(&sent, found).await.unwrap();
    // the price once for the wrong model
    assert_eq!((seen.state, seen.deduction), (PartReturnState::Examined, Money(6_000)));
    assert_eq!(parts.books(Account::Goodwill).await, (6_000, -6_000));
    assert_eq!(parts.held(parts.office_bad).await, Quantity::ZERO, "headquarters never had them");
    parts.is_clean().await;
    let again = parts.reopen(&seen).await.unwrap();
    assert_eq!((again.state, parts.books(Account::Goodwill).await), (PartReturnState::Shipped, (0, 0)));
    parts.is_clean().await;
}

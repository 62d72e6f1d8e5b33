//! What the consolidation of plans says of purchase orders, and a month that has a second plan.

use super::plan::{Network, pieces, read};
use super::{price, product};
use openapi::stock::plan::{
    ApprovePartsPlan, CreatePartsPlan, PartsPlan, PartsPlanState, SubmitPartsPlan, UpdatePartsPlan,
};
use openapi::stock::transfer::{GetTransfer, UnsignTransfer};
use openapi::trade::purchase::order::{
    ApprovePurchaseOrder, CreatePurchaseOrder, PurchaseOrder, SubmitPurchaseOrder, VoidPurchaseOrder,
};
use openapi::trade::purchase::plan::OrderPlanShortage;
use openapi::{ById, Date, Nothing};
use serde_json::{Value, json};

/// Proves: S1e-4.3.3
#[actix_web::test]
async fn orders_that_are_not_placed_count_until_they_are_and_the_latest_price_is_that_of_the_latest_order() {
    let net = Network::open().await;
    let office = &net.store.headquarters;
    let plan = net.urgent(&net.other, 9).await;
    office.call::<ApprovePartsPlan>(ById { id: plan.id }, Nothing, read(json!({}))).await.unwrap();
    let seen = async || {
        let part = net.part().await;
        (part.drafted, part.ordered, part.to_order, part.last_price)
    };
    assert_eq!(seen().await, (pieces(0), pieces(0), pieces(9), None), "nothing was ever ordered");
    let order = async |lines: Value| -> PurchaseOrder {
        let draft = json!({"party_id": net.supplier, "warehouse_id": net.central, "lines": lines});
        office.call::<CreatePurchaseOrder>(Nothing, Nothing, read(draft)).await.unwrap()
    };
    let (part, board) = (net.store.part, net.store.board);
    let first = order(json!([{"product_id": part, "quantity": "2", "unit_price": "11.00"},
        {"product_id": board, "quantity": "40", "unit_price": "99.00"}]))
    .await;
    let second = order(json!([{"product_id": part, "quantity": "3", "unit_price": "10.50"}])).await;
    office.call::<SubmitPurchaseOrder>(ById { id: second.id }, Nothing, Nothing).await.unwrap();
    order(json!([{"product_id": board, "quantity": "7", "unit_price": "98.00"}])).await;
    assert_eq!(seen().await, (pieces(5), pieces(0), pieces(4), Some(price("10.50"))), "of this part alone");

    // placed it is ordered; void it never was
    net.store.accountant.call::<ApprovePurchaseOrder>(ById { id: second.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(seen().await, (pieces(2), pieces(3), pieces(4), Some(price("10.50"))));
    let third = order(json!([{"product_id": part, "quantity": "1", "unit_price": "12.00"}])).await;
    assert_eq!(seen().await, (pieces(3), pieces(3), pieces(3), Some(price("12.00"))));
    for made in [&third, &first] {
        let why = read(json!({"reason": "重复"}));
        office.call::<VoidPurchaseOrder>(ById { id: made.id }, Nothing, why).await.unwrap();
    }
    assert_eq!(seen().await, (pieces(0), pieces(3), pieces(6), Some(price("10.50"))));
}

/// The order for what is short asks for everything at once, however many parts it names.
#[actix_web::test]
async fn an_order_for_shortages_takes_as_many_statements_for_eight_parts_as_for_one() {
    let net = Network::open().await;
    let office = &net.store.headquarters;
    let mut counts = Vec::new();
    for (round, size) in [1, 1, 8].into_iter().enumerate() {
        let mut parts = Vec::new();
        for at in 0..size {
            parts.push(product(&net.store.app, &format!("PX-{round}{at}"), "排线", false).await);
        }
        let lines: Vec<Value> = parts.iter().map(|id| json!({"product_id": id, "quantity": "2"})).collect();
        let today = Date::from(net.store.app.clock_today());
        let draft = json!({"kind": "urgent", "needed_on": today, "reason": "批量故障", "lines": lines});
        let plan = net.other.call::<CreatePartsPlan>(Nothing, Nothing, read(draft)).await.unwrap();
        let path = || ById { id: plan.id };
        net.other.call::<SubmitPartsPlan>(path(), Nothing, Nothing).await.unwrap();
        office.call::<ApprovePartsPlan>(path(), Nothing, read(json!({}))).await.unwrap();
        let lines: Vec<Value> =
            parts.iter().map(|id| json!({"product_id": id, "quantity": "2", "unit_price": "3.00"})).collect();
        let draft =
            json!({"month": net.month(), "party_id": net.supplier, "warehouse_id": net.central, "lines": lines});
        let db = &net.store.app.app.db;
        let before = db.statements();
        let made = office.call::<OrderPlanShortage>(Nothing, Nothing, read(draft)).await.unwrap();
        counts.push(db.statements() - before);
        assert_eq!(made.lines.len(), size);
    }
    // the first one finds out what is known from then on
    assert_eq!(counts[1], counts[2], "{counts:?}");
}

/// Proves: S1e-4.3.3
#[actix_web::test]
async fn a_month_has_another_plan_once_the_one_before_has_ended() {
    let net = Network::open().await;
    let (keeper, office) = (&net.store.keeper, &net.store.headquarters);
    net.store.came(net.central, 9, 30).await;
    let draft =
        || json!({"kind": "monthly", "month": net.month(), "lines": [{"product_id": net.store.part, "quantity": "4"}]});
    let is_taken = async || match net.drafted(keeper, draft()).await {
        Err(refused) => (refused.status, refused.code() == "parts_plan_of_month_exists") == (409, true),
        Ok(_) => false,
    };
    let both = futures::future::join_all((0..3).map(|_| net.drafted(keeper, draft()))).await;
    assert!(both.iter().filter_map(|made| made.as_ref().err()).all(|e| e.code() == "parts_plan_of_month_exists"));
    let mut both: Vec<PartsPlan> = both.into_iter().filter_map(Result::ok).collect();
    let first = both.remove(0);
    assert!(both.is_empty() && is_taken().await, "one draft");
    let path = || ById { id: first.id };
    keeper.call::<SubmitPartsPlan>(path(), Nothing, Nothing).await.unwrap();
    assert!(is_taken().await, "handed in");
    office.call::<ApprovePartsPlan>(path(), Nothing, read(json!({}))).await.unwrap();
    assert!(is_taken().await, "approved");
    // a plan of another month does not become one of this month either
    let next = openapi::Month::of(net.month().end());
    let mut other = draft();
    other["month"] = json!(next);
    let other = net.drafted(keeper, other).await.unwrap();
    let moved = keeper
        .call_with::<UpdatePartsPlan>(
            ById { id: other.id },
            Nothing,
            read(draft()),
            crate::support::client::version(other.version),
        )
        .await;
    assert_eq!(moved.unwrap_err().code(), "parts_plan_of_month_exists");
    let made = net.requisitioned(json!([{"line_id": first.lines[0].id, "quantity": "4"}])).await.unwrap();
    let transfer = net.delivered(&made, 0, keeper).await;
    assert_eq!(net.plan(&first).await.state, PartsPlanState::Supplied);

    let second = net.drafted(keeper, draft()).await.unwrap();
    assert_eq!((second.month, second.state), (net.month(), PartsPlanState::Draft));
    // the goods did not come after all: the first waits again beside the second
    let path = || ById { id: transfer };
    let signed = office.call::<GetTransfer>(path(), Nothing, Nothing).await.unwrap();
    let (why, at) = (read(json!({"reason": "签错"})), crate::support::client::version(signed.version));
    office.call_with::<UnsignTransfer>(path(), Nothing, why, at).await.unwrap();
    assert_eq!(net.plan(&first).await.state, PartsPlanState::Approved);
    keeper.call::<SubmitPartsPlan>(ById { id: second.id }, Nothing, Nothing).await.unwrap();
    office.call::<ApprovePartsPlan>(ById { id: second.id }, Nothing, read(json!({}))).await.unwrap();
    assert_eq!(net.part().await.approved, pieces(8), "both are wanted");
}

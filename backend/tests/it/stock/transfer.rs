//! Goods from station to station: asked for, approved, shipped, signed for, settled; and all of it taken back.

use super::{Store, price, product, warehouse};
use crate::support::client::{Client, Refused, version};
use openapi::document::DocKind;
use openapi::identity::OrgId;
use openapi::master::product::ProductId;
use openapi::master::warehouse::{WarehouseId, WarehouseKind};
use openapi::stock::document::{ListStockDocs, ReverseStockDoc, StockDocFilter, StockReversal};
use openapi::stock::requisition::{
    ApproveRequisition, CreateRequisition, GetRequisition, Requisition, RequisitionState, SubmitRequisition,
};
use openapi::stock::transfer::{
    CreateTransfer, GetTransfer, RecallTransfer, ResolveTransfer, ShipTransfer, SignTransfer, Transfer, TransferAction,
    TransferState, UnsignTransfer,
};
use openapi::{ById, Listing, Nothing, Quantity, Role};
use serde_json::{Value, json};

/// The place of what a transfer has on its way bears its number.
fn in_transit(sent: &Transfer) -> String {
    sent.number.to_string()
}

/// Headquarters with a warehouse full of parts, and the station of [`Store`].
struct Network {
    store: Store,
    central: WarehouseId,
    central_org: OrgId,
    sender: Client,
    manager: Client,
}

impl Network {
    async fn open() -> Self {
        let store = Store::open().await;
        let root = store.app.headquarters().await;
        let central = warehouse(&store.app, root, "CW", WarehouseKind::Good).await;
        let (_, sender) = store.app.person("sender", &[Role::Storekeeper], root).await;
        let (_, manager) = store.app.person("manager", &[Role::StationManager], store.station).await;
        let network = Network { store, central, central_org: root.into(), sender, manager };
        network.stock_up(network.store.part, 20, "7.00", None).await;
        network
    }

    async fn stock_up(&self, product: ProductId, count: i64, cost: &str, serial: Option<&str>) {
        let draft = json!({"kind": "stock_in", "reason": "purchase", "warehouse_id": self.central, "lines": [
            {"product_id": product, "quantity": count.to_string(), "unit_cost": price(cost), "serial": serial},
        ]});
        self.store.post(serde_json::from_value(draft).unwrap()).await.unwrap();
    }

    async fn asked(&self, count: i64) -> Requisition {
        let draft = json!({"supplier_id": self.central_org, "priority": "urgent", "purpose": "月度计划",
            "lines": [{"product_id": self.store.part, "quantity": count.to_string()}]});
        let draft = serde_json::from_value(draft).unwrap();
        let made = self.store.keeper.call::<CreateRequisition>(Nothing, Nothing, draft).await.unwrap();
        self.store.keeper.call::<SubmitRequisition>(ById { id: made.id }, Nothing, Nothing).await.unwrap()
    }

    async fn approved(&self, asked: &Requisition, lines: Value) -> Result<Requisition, Refused> {
        let body = serde_json::from_value(json!({ "lines": lines })).unwrap();
        self.store.headquarters.call::<ApproveRequisition>(ById { id: asked.id }, Nothing, body).await
    }

    async fn drafted(&self, lines: Value, requisition: Option<&Requisition>) -> Transfer {
        let draft = json!({"warehouse_id": self.central, "to_org_id": self.store.station,
            "requisition_id": requisition.map(|r| r.id), "courier": "顺丰", "tracking_number": "SF1001", "lines": lines});
        let draft = serde_json::from_value(draft).unwrap();
        self.sender.call::<CreateTransfer>(Nothing, Nothing, draft).await.unwrap()
    }

    async fn shipped(&self, draft: &Transfer) -> Result<Transfer, Refused> {
        let path = ById { id: draft.id };
        self.sender.call_with::<ShipTransfer>(path, Nothing, Nothing, version(draft.version)).await
    }

    async fn sent(&self, count: i64) -> Transfer {
        let draft = self.drafted(json!([{"product_id": self.store.part, "quantity": count.to_string()}]), None).await;
        self.shipped(&draft).await.unwrap()
    }

    /// Runs the job that signs for what is overdue.
    async fn run_overdue(&self) {
        let app = &self.store.app.app;
        self.store.app.as_system(async |tx| tx.enqueue("transfer.sign", &json!({})).await).await;
        let (_stopper, stop) = platform::stop::stop();
        while platform::job::one(app, "test", &stop).await.unwrap() {}
    }

    async fn signed(&self, by: &Client, transfer: &Transfer, body: Value) -> Result<Transfer, Refused> {
        let (path, body) = (ById { id: transfer.id }, serde_json::from_value(body).unwrap());
        by.call_with::<SignTransfer>(path, Nothing, body, version(transfer.version)).await
    }

    async fn resolved(&self, transfer: &Transfer, lines: Value) -> Result<Transfer, Refused> {
        let body = serde_json::from_value(json!({ "lines": lines })).unwrap();
        let path = ById { id: transfer.id };
        self.store.headquarters.call_with::<ResolveTransfer>(path, Nothing, body, version(transfer.version)).await
    }
}

fn faults<T: std::fmt::Debug>(answer: Result<T, Refused>) -> Vec<(String, String)> {
    let errors = answer.unwrap_err().problem.errors;
    errors.into_iter().map(|error| (error.pointer.to_string(), error.code.to_string())).collect()
}

fn pieces(count: i64) -> Quantity {
    Quantity(count * 1000)
}

/// Proves: S4-8.1, S4-8.2, S1e-4.3.4
#[actix_web::test]
pub async fn what_a_station_asks_for_comes_short_and_every_piece_is_accounted_for() {
    let net = Network::open().await;
    let asked = net.asked(10).await;
    let line = asked.lines[0].id;
    let approved = net.approved(&asked, json!([{"line_id": line, "quantity": "8"}])).await.unwrap();
    assert_eq!(approved.state, RequisitionState::Approved);
    assert!(approved.is_partly_approved);

    let wanted = json!([{"product_id": net.store.part, "quantity": "8", "requisition_line_id": line}]);
    let draft = net.drafted(wanted, Some(&approved)).await;
    assert_eq!(net.store.stock(net.store.part).await, [("CW".to_owned(), 20, 0, 14_000)], "a draft moves nothing");
    let sent = net.shipped(&draft).await.unwrap();
    assert_eq!(sent.state, TransferState::InTransit);
    let requisition = net.store.keeper.call::<GetRequisition>(ById { id: asked.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(requisition.state, RequisitionState::Fulfilled);
    assert_eq!(
        net.store.stock(net.store.part).await,
        [("CW".to_owned(), 12, 0, 8_400), (in_transit(&sent), 8, 0, 5_600)]
    );
    net.store.books_are_clean().await;

    let counted = json!({"lines": [{"line_id": sent.lines[0].id, "received": "5", "damaged": "1"}]});
    let signed = net.signed(&net.store.keeper, &sent, counted).await.unwrap();
    assert_eq!(signed.state, TransferState::Different);
    assert_eq!(signed.lines[0].missing, pieces(2));
    let stock = net.store.stock(net.store.part).await;
    assert!(stock.contains(&("G1".to_owned(), 5, 0, 3_500)), "{stock:?}");
    assert!(stock.contains(&("B1".to_owned(), 1, 0, 0)), "{stock:?}");
    assert!(stock.contains(&(in_transit(&sent), 2, 0, 1_400)), "what is missing stays in transit: {stock:?}");
    net.store.books_are_clean().await;

    let id = signed.lines[0].id;
    let too_much = json!([{"line_id": id, "resolution": "lost", "quantity": "3"}]);
    assert_eq!(net.resolved(&signed, too_much).await.unwrap_err().code(), "invalid");
    let one = json!([{"line_id": id, "resolution": "found", "quantity": "1"}]);
    let half = net.resolved(&signed, one).await.unwrap();
    assert_eq!(half.state, TransferState::Different);
    let rest = json!([{"line_id": id, "resolution": "lost", "quantity": "1"}]);
    let done = net.resolved(&half, rest).await.unwrap();
    assert_eq!((done.state, done.lines[0].received), (TransferState::Signed, Some(pieces(6))));
    let stock = net.store.stock(net.store.part).await;
    assert!(
        stock.contains(&("G1".to_owned(), 6, 0, 4_200)) && stock.contains(&(in_transit(&sent), 0, 0, 0)),
        "{stock:?}"
    );
    net.store.books_are_clean().await;
}

/// Proves: S4-8.2
#[actix_web::test]
pub async fn a_signature_and_a_shipment_are_taken_back_by_their_mirrors() {
    let net = Network::open().await;
    let sent = net.sent(6).await;
    let counted = json!({"lines": [{"line_id": sent.lines[0].id, "received": "4", "damaged": "1"}]});
    let signed = net.signed(&net.store.keeper, &sent, counted).await.unwrap();
    let verdict = json!([{"line_id": signed.lines[0].id, "resolution": "returned", "quantity": "1"}]);
    let done = net.resolved(&signed, verdict).await.unwrap();
    assert_eq!(done.state, TransferState::Signed);

    let reason = || serde_json::from_value(json!({"reason": "签错单"})).unwrap();
    let head = &net.store.headquarters;
    let (path, at) = (ById { id: done.id }, version(done.version));
    let open = head.call_with::<UnsignTransfer>(path, Nothing, reason(), at).await.unwrap();
    assert_eq!((open.state, open.lines[0].received), (TransferState::InTransit, None));
    assert_eq!(open.postings.len(), 1, "only the shipment stands");
    let stock = net.store.stock(net.store.part).await;
    assert!(
        stock.contains(&(in_transit(&sent), 6, 0, 4_200)) && stock.contains(&("CW".to_owned(), 14, 0, 9_800)),
        "{stock:?}"
    );
    net.store.books_are_clean().await;

    let (path, at) = (ById { id: open.id }, version(open.version));
    let back = head.call_with::<RecallTransfer>(path, Nothing, reason(), at).await.unwrap();
    assert_eq!(back.state, TransferState::Recalled);
    let stock = net.store.stock(net.store.part).await;
    assert!(stock.contains(&("CW".to_owned(), 20, 0, 14_000)), "{stock:?}");
    net.store.books_are_clean().await;
}

#[actix_web::test]
async fn a_recalled_shipment_lets_its_requisition_wait_again() {
    let net = Network::open().await;
    let asked = net.asked(4).await;
    let approved = net.approved(&asked, json!([])).await.unwrap();
    let line = approved.lines[0].id;
    let wanted = |count: &str| json!([{"product_id": net.store.part, "quantity": count, "requisition_line_id": line}]);
    let first = net.drafted(wanted("4"), Some(&approved)).await;
    let second = net.drafted(wanted("1"), Some(&approved)).await;
    let sent = net.shipped(&first).await.unwrap();
    assert_eq!(net.shipped(&second).await.unwrap_err().code(), "requisition_not_open");
    let reason = serde_json::from_value(json!({"reason": "发错仓"})).unwrap();
    let path = ById { id: sent.id };
    net.store.headquarters.call_with::<RecallTransfer>(path, Nothing, reason, version(sent.version)).await.unwrap();
    let waits = net.store.keeper.call::<GetRequisition>(ById { id: asked.id }, Nothing, Nothing).await.unwrap();
    assert_eq!((waits.state, waits.lines[0].shipped), (RequisitionState::Approved, Quantity::ZERO));
    net.shipped(&second).await.unwrap();
    let third = net.drafted(wanted("4"), Some(&approved)).await;
    assert_eq!(net.shipped(&third).await.unwrap_err().code(), "requisition_exceeded");
    net.store.books_are_clean().await;
}

/// Proves: S4-8.2
#[actix_web::test]
async fn two_people_sign_for_the_same_shipment_and_one_of_them_does() {
    let net = Network::open().await;
    let sent = net.sent(3).await;
    let (keeper, manager) = (&net.store.keeper, &net.manager);
    let (one, two) = tokio::join!(net.signed(keeper, &sent, json!({})), net.signed(manager, &sent, json!({})));
    assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|ok| **ok).count(), 1);
    let refused = one.err().or(two.err()).unwrap();
    assert!(["stale", "state_conflict"].contains(&refused.code()), "{refused:?}");
    let stock = net.store.stock(net.store.part).await;
    assert!(stock.contains(&("G1".to_owned(), 3, 0, 2_100)), "{stock:?}");
    net.store.books_are_clean().await;
}

#[actix_web::test]
async fn each_end_does_its_part_and_only_that() {
    let net = Network::open().await;
    let draft = net.drafted(json!([{"product_id": net.store.part, "quantity": "1"}]), None).await;
    let path = || ById { id: draft.id };
    let by_receiver =
        net.store.keeper.call_with::<ShipTransfer>(path(), Nothing, Nothing, version(draft.version)).await;
    assert_eq!(by_receiver.unwrap_err().code(), "forbidden");
    let sent = net.shipped(&draft).await.unwrap();
    assert_eq!(sent.allowed, [], "the sender waits");
    assert_eq!(net.signed(&net.sender, &sent, json!({})).await.unwrap_err().code(), "forbidden");
    let seen = net.store.keeper.call::<GetTransfer>(path(), Nothing, Nothing).await.unwrap();
    assert_eq!(seen.allowed, [TransferAction::Sign]);

    let asked = net.asked(1).await;
    let body = serde_json::from_value(json!({})).unwrap();
    let own = net.manager.call::<ApproveRequisition>(ById { id: asked.id }, Nothing, body).await;
    assert_eq!(own.unwrap_err().code(), "forbidden", "a station does not approve what it asks for itself");
}

/// Proves: S4-8.2
#[actix_web::test]
async fn a_serial_is_in_one_place_all_the_way() {
    let net = Network::open().await;
    net.stock_up(net.store.board, 1, "300.00", Some("BD-SN-01")).await;
    let lines = json!([{"product_id": net.store.board, "quantity": "1", "serial": "BD-SN-01"}]);
    let draft = net.drafted(lines.clone(), None).await;
    let again = net.drafted(lines, None).await;
    let sent = net.shipped(&draft).await.unwrap();
    assert_eq!(net.shipped(&again).await.unwrap_err().code(), "stock_serial_elsewhere");
    let half = json!({"lines": [{"line_id": sent.lines[0].id, "received": "0.5"}]});
    assert_eq!(net.signed(&net.store.keeper, &sent, half).await.unwrap_err().code(), "invalid");
    let damaged = json!({"lines": [{"line_id": sent.lines[0].id, "received": "0", "damaged": "1"}]});
    let signed = net.signed(&net.store.keeper, &sent, damaged).await.unwrap();
    assert_eq!(signed.state, TransferState::Signed, "damaged is not missing");
    let stock = net.store.stock(net.store.board).await;
    assert!(stock.contains(&("B1".to_owned(), 1, 0, 0)), "{stock:?}");
    net.store.books_are_clean().await;
}

#[actix_web::test]
async fn bad_input_names_the_field_and_moves_nothing() {
    let net = Network::open().await;
    let draft = |to: Value, lines: Value| {
        serde_json::from_value(json!({"warehouse_id": net.central, "to_org_id": to, "lines": lines})).unwrap()
    };
    let part = json!([{"product_id": net.store.part, "quantity": "1"}]);
    let own = net.sender.call::<CreateTransfer>(Nothing, Nothing, draft(json!(net.central_org), part.clone())).await;
    assert_eq!(faults(own), [("/to_org_id".to_owned(), "same_station".to_owned())]);
    let unknown = product(&net.store.app, "PA-9", "停用件", true).await;
    let without = json!([{"product_id": unknown, "quantity": "1"}]);
    let serial = net.sender.call::<CreateTransfer>(Nothing, Nothing, draft(json!(net.store.station), without)).await;
    assert_eq!(faults(serial), [("/lines/0/serial".to_owned(), "serial_required".to_owned())]);
    let much = net.drafted(json!([{"product_id": net.store.part, "quantity": "21"}]), None).await;
    assert_eq!(net.shipped(&much).await.unwrap_err().code(), "stock_insufficient");
    assert_eq!(net.store.stock(net.store.part).await, [("CW".to_owned(), 20, 0, 14_000)]);
    let sent = net.sent(2).await;
    let id = sent.lines[0].id;
    let more = json!({"lines": [{"line_id": id, "received": "2", "damaged": "1"}]});
    let answer = net.signed(&net.store.keeper, &sent, more).await;
    assert_eq!(faults(answer), [("/lines/0/received".to_owned(), "transfer_count_exceeded".to_owned())]);
    for (name, count) in
        [("received", "999999999.999"), ("damaged", "-1"), ("surplus", "1000001"), ("damaged", "1000000.001")]
    {
        let mut line = json!({"line_id": id, "received": "0"});
        line[name] = json!(count);
        let answer = net.signed(&net.store.keeper, &sent, json!({ "lines": [line] })).await;
        assert_eq!(faults(answer), [(format!("/lines/0/{name}"), "out_of_range".to_owned())], "{name} {count}");
    }
}

#[actix_web::test]
async fn nobody_approves_the_own_request_and_what_a_transfer_posted_is_undone_there() {
    let net = Network::open().await;
    let (app, headquarters) = (&net.store.app, &net.store.headquarters);
    let (_, chief) = app.person("chief", &[Role::StationManager], app.headquarters().await).await;
    let draft = json!({"supplier_id": net.store.station, "priority": "normal",
        "lines": [{"product_id": net.store.part, "quantity": "1"}]});
    let draft = serde_json::from_value(draft).unwrap();
    let asked = chief.call::<CreateRequisition>(Nothing, Nothing, draft).await.unwrap();
    chief.call::<SubmitRequisition>(ById { id: asked.id }, Nothing, Nothing).await.unwrap();
    let all = serde_json::from_value(json!({})).unwrap();
    let own = chief.call::<ApproveRequisition>(ById { id: asked.id }, Nothing, all).await.unwrap_err();
    assert_eq!((own.status, own.code()), (409, "own_requisition"));

    let bare = app.station("SH01").await;
    let draft = json!({"warehouse_id": net.central, "to_org_id": bare,
        "lines": [{"product_id": net.store.part, "quantity": "1"}]});
    let draft = net.sender.call::<CreateTransfer>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await;
    let sent = net.shipped(&draft.unwrap()).await.unwrap();
    let (_, there) = app.person("there", &[Role::Storekeeper], bare).await;
    let nowhere = net.signed(&there, &sent, json!({})).await.unwrap_err();
    assert_eq!((nowhere.status, nowhere.code()), (409, "no_warehouse_of_kind"));

    let query = Listing { filter: StockDocFilter::default(), ..Listing::default() };
    let docs = headquarters.call::<ListStockDocs>(Nothing, query, Nothing).await.unwrap().items;
    let out = docs.iter().find(|doc| doc.kind == DocKind::TransferOut).unwrap();
    let why = StockReversal { reason: "误操作".parse().unwrap(), with: Vec::new() };
    let past = headquarters.call_with::<ReverseStockDoc>(ById { id: out.id }, Nothing, why, version(out.version)).await;
    assert_eq!(past.unwrap_err().code(), "stock_belongs_to_document");
    net.store.books_are_clean().await;
}

/// Proves: S1e-4.3.4
#[actix_web::test]
async fn what_nobody_signs_for_in_time_the_system_signs_for_once() {
    let net = Network::open().await;
    let sent = net.sent(2).await;
    let due = sent.sign_by.unwrap();
    assert_eq!(due.utc() - sent.shipped_at.unwrap().utc(), chrono::TimeDelta::days(7));
    net.run_overdue().await;
    let path = || ById { id: sent.id };
    let waits = net.sender.call::<GetTransfer>(path(), Nothing, Nothing).await.unwrap();
    assert_eq!(waits.state, TransferState::InTransit, "there is still time");
    net.store.app.clock.advance(chrono::TimeDelta::days(8));
    net.run_overdue().await;
    net.run_overdue().await;
    let (_, later) = net.store.app.person("later", &[Role::Headquarters], net.central_org.uuid()).await;
    let signed = later.call::<GetTransfer>(path(), Nothing, Nothing).await.unwrap();
    assert!(signed.is_auto_signed && signed.state == TransferState::Signed);
    assert_eq!(signed.postings.len(), 2);
    net.store.books_are_clean().await;
}

//! What dealers do themselves.

use super::{BOOKS, Selling, faults};
use crate::import::book;
use crate::support::client::{Client, version};
use openapi::finance::Account;
use openapi::master::customer::CreateCustomer;
use openapi::master::import::{ImportDataset, ImportQuery, ImportReport, StartImport};
use openapi::system::operation::{GetOperation, OperationState};
use openapi::trade::wholesale::back::{RejectSalesReturn, SalesReturnAction, SalesReturnState};
use openapi::trade::wholesale::order::{
    AcceptSalesOrder, CreateSalesOrder, GetSalesOrder, ListSalesOrders, SalesAction, SalesSource, SalesState,
    SignSalesOrder, UpdateSalesOrder, UploadSalesOrder,
};
use openapi::trade::wholesale::shipment::{GetSalesShipment, ListSalesShipments};
use openapi::{ById, Listing, Nothing, Plain, Quantity, Role};
use serde_json::{Value, json};

/// Proves: S1h-3, S1h-4
#[actix_web::test]
async fn a_dealer_orders_for_itself_sees_nothing_else_and_confirms_what_arrived() {
    let selling = Selling::open().await;
    let (store, dealer) = (&selling.store, &selling.dealer_login);
    let other = selling.uploaded("1", "50").await;
    let stranger = json!({"name": "北方通讯", "kind": "company", "phone": "13500135002", "roles": ["dealer"]});
    let stranger = serde_json::from_value(stranger).unwrap();
    let stranger = store.headquarters.call::<CreateCustomer>(Nothing, Nothing, stranger).await.unwrap().id;
    let (_, north) = store.app.outsider("north", &[Role::Dealer], store.station, Some(stranger.uuid())).await;

    let order = async |by: &Client, body: Value| {
        by.call::<CreateSalesOrder>(Nothing, Nothing, serde_json::from_value(body).unwrap()).await
    };
    let lines = |price: Value| json!([{"product_id": store.part, "quantity": "2", "unit_price": price}]);
    let mine = order(dealer, json!({"customer_ref": "PO-77", "lines": lines(Value::Null)})).await.unwrap();
    assert_eq!((mine.source, mine.party_id, mine.credit.is_none()), (SalesSource::Dealer, selling.dealer, true));
    let at = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    let cheap = order(dealer, json!({"lines": lines(json!("0.01"))})).await;
    assert_eq!(faults(cheap), at("/lines/0/unit_price", "price_not_agreed"));
    let for_other = order(dealer, json!({"party_id": stranger, "lines": lines(Value::Null)})).await;
    assert_eq!(faults(for_other), at("/party_id", "reference_not_found"));
    let looks = order(dealer, json!({"warehouse_id": store.good, "lines": lines(Value::Null)})).await;
    assert_eq!(faults(looks), at("/warehouse_id", "reference_not_found"));

    // the dealer sees its two, another dealer none of them, and neither sees the other's by its address
    let listed =
        async |by: &Client| by.call::<ListSalesOrders>(Nothing, Listing::default(), Nothing).await.unwrap().items.len();
    assert_eq!((listed(dealer).await, listed(&north).await, listed(&selling.clerk).await), (2, 0, 2));
    let path = || ById { id: mine.id };
    let read = async |by: &Client| by.call::<GetSalesOrder>(path(), Nothing, Nothing).await.map_err(|e| e.status);
    assert_eq!((read(&north).await.unwrap_err(), read(dealer).await.unwrap().id), (404, mine.id));
    let body = || serde_json::from_value(json!({"lines": lines(Value::Null)})).unwrap();
    let steals = north.call_with::<UpdateSalesOrder>(path(), Nothing, body(), version(1)).await.unwrap_err();
    assert_eq!(steals.status, 404);

    let uploaded = dealer.call::<UploadSalesOrder>(path(), Nothing, Nothing).await.unwrap();
    assert_eq!((uploaded.state, uploaded.allowed.clone()), (SalesState::Uploaded, vec![SalesAction::Void]));
    let own = dealer.call::<AcceptSalesOrder>(path(), Nothing, serde_json::from_value(json!({})).unwrap()).await;
    assert_eq!(own.unwrap_err().status, 403);
    let homeless = selling.accepted(&store.headquarters, &mine, json!({})).await;
    assert_eq!(faults(homeless), at("/warehouse_id", "required"));
    selling.accepted(&store.headquarters, &mine, json!({"warehouse_id": store.good})).await.unwrap();
    selling.shipped(&mine, "2").await.unwrap();
    let sent = dealer.call::<ListSalesShipments>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    assert_eq!((sent.len(), sent[0].tracking_no.as_deref()), (1, Some("SF-1")));
    assert_eq!(north.call::<ListSalesShipments>(Nothing, Listing::default(), Nothing).await.unwrap().items.len(), 0);
    let arrived = dealer.call::<SignSalesOrder>(path(), Nothing, Nothing).await.unwrap();
    assert_eq!((arrived.state, arrived.allowed.len()), (SalesState::Received, 0));
    assert_eq!(read(&selling.clerk).await.unwrap().state, SalesState::Received);
    assert_ne!(other.id, mine.id);
    store.books_are_clean().await;
}

/// Proves: S4-6.2
#[actix_web::test]
async fn a_dealer_asks_to_send_goods_back_and_nothing_moves_before_they_are_approved_and_here() {
    let selling = Selling::open().await;
    let (store, dealer) = (&selling.store, &selling.dealer_login);
    let order = selling.uploaded("4", "113.00").await;
    selling.accepted(&store.headquarters, &order, json!({})).await.unwrap();
    selling.shipped(&order, "4").await.unwrap();
    let shipment = selling.shipment(&order).await;
    let lines = |quantity: &str, condition: &str| json!([{"line_id": shipment.lines[0].id, "quantity": quantity, "condition": condition}]);
    let read =
        async |by: &Client| by.call::<GetSalesShipment>(ById { id: shipment.id }, Nothing, Nothing).await.unwrap();
    assert!(
        read(dealer).await.is_returnable && !read(&store.accountant).await.is_returnable,
        "who may ask is offered it"
    );
    let exceeds = [("/lines/0/quantity".to_owned(), "return_exceeds".to_owned())];
    assert_eq!(faults(selling.asked(dealer, &shipment, &lines("5", "good")).await), exceeds);
    let asked = selling.asked(dealer, &shipment, &lines("3", "good")).await.unwrap();
    assert_eq!((asked.state, asked.allowed.clone()), (SalesReturnState::Asked, vec![SalesReturnAction::Void]));
    assert_eq!((asked.credit.0, asked.set_off.0, asked.postings.len()), (33_900, 0, 0));
    let before = selling.nets(BOOKS).await;
    let stranger = json!({"name": "北方通讯", "kind": "company", "phone": "13500135002", "roles": ["dealer"]});
    let stranger = serde_json::from_value(stranger).unwrap();
    let stranger = store.headquarters.call::<CreateCustomer>(Nothing, Nothing, stranger).await.unwrap().id;
    let (_, north) = store.app.outsider("north", &[Role::Dealer], store.station, Some(stranger.uuid())).await;
    let strange = [("/shipment_id".to_owned(), "reference_not_found".to_owned())];
    assert_eq!(faults(selling.asked(&north, &shipment, &lines("1", "good")).await), strange);
    assert_eq!(selling.approved(dealer, &asked).await.unwrap_err().status, 403);
    let early = selling.taken_in(&asked, &lines("3", "good")).await.unwrap_err();
    assert_eq!((early.status, early.code()), (409, "state_conflict"), "nobody has approved it");
    let own = selling.asked(&store.headquarters, &shipment, &lines("1", "good")).await.unwrap();
    assert!(!own.allowed.contains(&SalesReturnAction::Approve));
    let refused = selling.approved(&store.headquarters, &own).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "own_document"));

    // three are approved; two come, one of them bad
    let approved = selling.approved(&store.headquarters, &asked).await.unwrap();
    assert_eq!(selling.nets(BOOKS).await, before, "an approval moves nothing");
    assert_eq!(faults(selling.taken_in(&approved, &lines("4", "good")).await), exceeds);
    let came = json!([{"line_id": shipment.lines[0].id, "quantity": "1", "condition": "good"},
        {"line_id": shipment.lines[0].id, "quantity": "1", "condition": "bad"}]);
    let back = selling.taken_in(&approved, &came).await.unwrap();
    assert_eq!((back.state, back.lines.len(), back.credit.0), (SalesReturnState::Posted, 2, 22_600));
    assert_eq!(selling.nets([Account::Receivable]).await, [22_600]);
    store.books_are_clean().await;
    // of what is left no more comes back than was shipped, whoever approved more
    let rest = selling.asked(dealer, &shipment, &lines("2", "good")).await.unwrap();
    let also = selling.asked(dealer, &shipment, &lines("2", "good")).await.unwrap();
    let rest = selling.approved(&store.accountant, &rest).await.unwrap();
    let also = selling.approved(&store.accountant, &also).await.unwrap();
    let two = lines("2", "good");
    let (first, second) = tokio::join!(selling.taken_in(&rest, &two), selling.taken_in(&also, &two));
    let lost = if first.is_ok() { second } else { first };
    assert_eq!(faults(lost), exceeds);
    store.books_are_clean().await;
    let reason = || serde_json::from_value(json!({"reason": "已超过退货期限"})).unwrap();
    let path = ById { id: own.id };
    let rejected = store.accountant.call::<RejectSalesReturn>(path, Nothing, reason()).await.unwrap();
    assert_eq!((rejected.state, rejected.reason.as_deref()), (SalesReturnState::Rejected, Some("已超过退货期限")));
}

/// Proves: S1h-4, S1h-5
#[actix_web::test]
async fn a_dealer_uploads_a_workbook_and_every_wrong_cell_says_how_to_mend_it() {
    let selling = Selling::open().await;
    let (store, dealer) = (&selling.store, &selling.dealer_login);
    let headings = ["客户订单号*", "物料编码*", "数量*", "含税单价", "备注"];
    let upload = async |rows: &[&[&str]]| {
        let query = ImportQuery {
            dataset: ImportDataset::SalesOrder,
            is_dry_run: false,
            file_name: "po.xlsx".parse().unwrap(),
        };
        let queued = dealer.call::<StartImport>(Nothing, Plain(query), book(&headings, rows)).await.unwrap();
        let (_stopper, stop) = platform::stop::stop();
        while platform::job::one(&store.app.app, "test", &stop).await.unwrap() {}
        let done = dealer.call::<GetOperation>(ById { id: queued.id }, Nothing, Nothing).await.unwrap();
        assert_eq!(done.state, OperationState::Done, "{:?}", done.error);
        serde_json::from_str::<ImportReport>(done.result.as_deref().unwrap()).unwrap()
    };
    let wrong =
        upload(&[&["PO-1", "XX-9", "1", "", ""], &["", "PA-1001", "0", "", ""], &["PO-1", "PA-1001", "1", "0.01", ""]])
            .await;
    assert_eq!((wrong.rows, wrong.imported), (3, 0));
    let cells: Vec<_> = wrong.faults.iter().map(|f| (f.row, f.column.trim_end_matches('*'))).collect();
    assert_eq!(cells, [(2, "物料编码"), (3, "客户订单号"), (3, "数量"), (4, "含税单价")]);
    let priced = upload(&[&["PO-1", "PA-1001", "1", "0.01", ""]]).await;
    assert_eq!((priced.faults[0].row, priced.faults[0].column.as_str()), (2, "含税单价"));
    assert!(priced.faults[0].message.contains("请改为该价格或留空"), "{}", priced.faults[0].message);

    let good = upload(&[
        &["PO-1", "PA-1001", "2", "", "急"],
        &["PO-2", "PA-1001", "1", "", ""],
        &["PO-1", "BD-2001", "1", "", ""],
    ])
    .await;
    assert_eq!((good.rows, good.imported), (3, 3));
    let orders = dealer.call::<ListSalesOrders>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    let mut seen: Vec<_> =
        orders.iter().map(|o| (o.customer_ref.as_deref().unwrap(), o.total_quantity, o.source)).collect();
    seen.sort_unstable_by_key(|row| row.0);
    assert_eq!(
        seen,
        [("PO-1", Quantity::pieces(3), SalesSource::Dealer), ("PO-2", Quantity::ONE, SalesSource::Dealer)]
    );
}

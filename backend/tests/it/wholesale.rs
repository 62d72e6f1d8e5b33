//! Wholesale: ordered by staff and by dealers, accepted within the credit, shipped in parts, paid, sent back, taken back.

use crate::import::book;
use crate::stock::Store;
use crate::support::base;
use crate::support::client::{Client, Refused, version};
use crate::support::given;
use openapi::finance::Account;
use openapi::finance::receipt::{CreateReceipt, Receipt};
use openapi::master::customer::{CreateCustomer, CustomerId};
use openapi::master::import::{ImportDataset, ImportQuery, ImportReport, StartImport};
use openapi::system::operation::{GetOperation, OperationState};
use openapi::trade::retail::sale::{FindRetailGoods, RetailGoodsQuery};
use openapi::trade::wholesale::back::{
    CreateSalesReturn, ListSalesReturns, ReverseSalesReturn, SalesReturn, SalesReturnState,
};
use openapi::trade::wholesale::order::{
    AcceptSalesOrder, CloseSalesOrder, CreateSalesOrder, GetSalesOrder, ListSalesOrders, RejectSalesOrder,
    ReviseSalesOrder, SalesAction, SalesOrder, SalesSource, SalesState, SignSalesOrder, UpdateSalesOrder,
    UploadSalesOrder,
};
use openapi::trade::wholesale::price::{CreatePrice, DeletePrice, ListPrices, PriceFilter};
use openapi::trade::wholesale::shipment::{
    GetSalesShipment, ListSalesShipments, ReverseSalesShipment, SalesShipment, SalesShipmentState, ShipSalesOrder,
};
use openapi::{ById, Listing, Nothing, Plain, Quantity, Role};
use serde_json::{Value, json};
use uuid::Uuid;

/// A store with ten parts at 60, somebody who sells, and a dealer with a credit of 3,000 and terms of thirty days.
struct Selling {
    store: Store,
    clerk: Client,
    dealer: CustomerId,
    dealer_login: Client,
}

impl Selling {
    async fn open() -> Self {
        let store = Store::open().await;
        let (_, clerk) = store.app.person("clerk", &[Role::Clerk], store.station).await;
        let dealer = json!({"name": "华南通讯", "kind": "company", "phone": "13500135001", "address": "深南大道 1 号",
            "roles": ["dealer"], "terms_days": 30, "price_level": "wholesale",
            "credit_limit": {"amount": "3000.00", "currency": "CNY"}});
        let dealer = serde_json::from_value(dealer).unwrap();
        let dealer = store.headquarters.call::<CreateCustomer>(Nothing, Nothing, dealer).await.unwrap().id;
        let roles = &[Role::Dealer];
        let (_, dealer_login) = store.app.outsider("dealer", roles, store.station, Some(dealer.uuid())).await;
        store.buy(10, "60").await;
        Selling { store, clerk, dealer, dealer_login }
    }

    async fn drafted(&self, quantity: &str, price: &str) -> SalesOrder {
        let draft = json!({"party_id": self.dealer, "warehouse_id": self.store.good, "customer_ref": "PO-1",
            "lines": [{"product_id": self.store.part, "quantity": quantity, "unit_price": price}]});
        self.clerk.call::<CreateSalesOrder>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await.unwrap()
    }

    async fn uploaded(&self, quantity: &str, price: &str) -> SalesOrder {
        let made = self.drafted(quantity, price).await;
        self.clerk.call::<UploadSalesOrder>(ById { id: made.id }, Nothing, Nothing).await.unwrap()
    }

    async fn accepted(&self, by: &Client, order: &SalesOrder, body: Value) -> Result<SalesOrder, Refused> {
        by.call::<AcceptSalesOrder>(ById { id: order.id }, Nothing, serde_json::from_value(body).unwrap()).await
    }

    async fn shipped(&self, order: &SalesOrder, quantity: &str) -> Result<SalesOrder, Refused> {
        let order = self.order(order).await;
        let body = json!({"courier": "顺丰", "tracking_no": "SF-1",
            "lines": [{"line_id": order.lines[0].id, "quantity": quantity}]});
        let body = serde_json::from_value(body).unwrap();
        let path = ById { id: order.id };
        self.store.keeper.call_with::<ShipSalesOrder>(path, Nothing, body, version(order.version)).await
    }

    async fn order(&self, order: &SalesOrder) -> SalesOrder {
        self.store.headquarters.call::<GetSalesOrder>(ById { id: order.id }, Nothing, Nothing).await.unwrap()
    }

    async fn shipment(&self, order: &SalesOrder) -> SalesShipment {
        let id = self.order(order).await.shipments.last().unwrap().id;
        self.store.keeper.call::<GetSalesShipment>(ById { id }, Nothing, Nothing).await.unwrap()
    }

    async fn unshipped(&self, shipment: &SalesShipment) -> Result<SalesShipment, Refused> {
        let now = self.store.keeper.call::<GetSalesShipment>(ById { id: shipment.id }, Nothing, Nothing).await.unwrap();
        let body = serde_json::from_value(json!({"reason": "客户拒收"})).unwrap();
        let (path, of) = (ById { id: now.id }, version(now.version));
        self.store.headquarters.call_with::<ReverseSalesShipment>(path, Nothing, body, of).await
    }

    async fn sent_back(&self, shipment: &SalesShipment, lines: Value) -> Result<SalesReturn, Refused> {
        let draft = json!({"shipment_id": shipment.id, "remark": "型号不符", "lines": lines});
        self.store.keeper.call::<CreateSalesReturn>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    }

    async fn kept(&self, back: &SalesReturn) -> Result<SalesReturn, Refused> {
        let body = serde_json::from_value(json!({"reason": "误退"})).unwrap();
        let (path, of) = (ById { id: back.id }, version(back.version));
        self.store.headquarters.call_with::<ReverseSalesReturn>(path, Nothing, body, of).await
    }

    /// The dealer pays so much for a document, out of an account and out of an advance.
    async fn paid(
        &self,
        account: Uuid,
        source: Uuid,
        cash: &str,
        advance: Option<(Uuid, &str)>,
    ) -> Result<Receipt, Refused> {
        let yuan = |text: &str| json!({"amount": text, "currency": "CNY"});
        let owed = given::open_item(&self.store.accountant, source).await;
        let payments = json!([{"method": "transfer", "bank_account_id": account, "amount": yuan(cash)}]);
        let mut draft = json!({"party_id": self.dealer, "payments": payments,
            "allocations": [{"open_item_id": owed, "amount": yuan(cash)}]});
        if let Some((item, amount)) = advance {
            draft["payments"] = json!([]);
            draft["deposits"] = json!([{"open_item_id": item, "amount": yuan(amount)}]);
        }
        self.store.accountant.call::<CreateReceipt>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    }

    /// Debit less credit of some accounts, in fen.
    async fn nets<const N: usize>(&self, accounts: [Account; N]) -> [i64; N] {
        let mut nets = [0; N];
        for (net, account) in nets.iter_mut().zip(accounts) {
            *net = self.store.app.as_system(async |tx| finance::api::account_total(tx, account).await).await.0;
        }
        nets
    }
}

const BOOKS: [Account; 6] = [
    Account::Receivable,
    Account::WholesaleIncome,
    Account::Vat,
    Account::CostWholesale,
    Account::PartsGood,
    Account::Deposits,
];

fn faults<T: std::fmt::Debug>(answer: Result<T, Refused>) -> Vec<(String, String)> {
    let refused = answer.unwrap_err();
    refused.errors().into_iter().map(|(at, code)| (at.to_owned(), code.to_owned())).collect()
}

/// Proves: S4-6.1
#[actix_web::test]
async fn an_order_is_reserved_shipped_in_two_parts_owed_to_the_fen_and_taken_back() {
    let selling = Selling::open().await;
    let store = &selling.store;
    let draft = selling.drafted("3", "113.00").await;
    assert_eq!(
        (draft.total_amount.0, draft.total_tax.0, draft.address.as_deref()),
        (33_900, 3_900, Some("深南大道 1 号"))
    );
    assert_eq!(draft.allowed, [SalesAction::Upload, SalesAction::Void]);
    let order = selling.clerk.call::<UploadSalesOrder>(ById { id: draft.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(selling.shipped(&order, "1").await.unwrap_err().code(), "state_conflict", "nobody has accepted it");
    let accepted = selling.accepted(&store.headquarters, &order, json!({})).await.unwrap();
    assert_eq!((accepted.state, accepted.lines[0].reserved), (SalesState::Accepted, Quantity::pieces(3)));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 10, 3, 60_000)]);
    // what is reserved is nobody else's
    assert_eq!(store.post(store.stock_out(8)).await.unwrap_err().code(), "stock_insufficient");

    let first = selling.shipped(&order, "1").await.unwrap();
    assert_eq!(
        (first.state, first.lines[0].open, first.lines[0].reserved),
        (SalesState::PartlyShipped, Quantity::pieces(2), Quantity::pieces(2))
    );
    assert_eq!(
        faults(selling.shipped(&order, "3").await),
        [("/lines/0/quantity".to_owned(), "shipment_exceeds_order".to_owned())]
    );
    let whole = selling.shipped(&order, "2").await.unwrap();
    assert_eq!((whole.state, whole.shipments.len()), (SalesState::Shipped, 2));
    assert_eq!(selling.nets(BOOKS).await, [33_900, -30_000, -3_900, 18_000, 42_000, 0]);
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 7, 0, 42_000)]);
    let second = selling.shipment(&order).await;
    assert_eq!((second.amount.0, second.open.0), (22_600, 22_600));
    assert_eq!(second.due_on.naive(), store.app.clock_today() + chrono::TimeDelta::days(30));
    store.books_are_clean().await;

    // paid in part it stands; when the receipt is gone it is taken back and the order waits again
    let bank = base::bank_account(&store.accountant, "bank", "BANK").await;
    let paid = selling.paid(bank, second.id.uuid(), "100.00", None).await.unwrap();
    let refused = selling.unshipped(&second).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "reversal_blocked"));
    assert!(refused.problem.detail.contains(&paid.number), "{}", refused.problem.detail);
    let all: Vec<_> = whole.shipments.iter().map(|link| link.id).collect();
    let first = store.keeper.call::<GetSalesShipment>(ById { id: all[0] }, Nothing, Nothing).await.unwrap();
    let back = selling.unshipped(&first).await.unwrap();
    assert_eq!((back.state, back.open.0, back.allowed.len()), (SalesShipmentState::Reversed, 0, 0));
    let late = json!([{"line_id": first.lines[0].id, "quantity": "1", "condition": "good"}]);
    let late = selling.sent_back(&first, late).await.unwrap_err();
    assert_eq!((late.status, late.code()), (409, "shipment_not_returnable"));
    let waiting = selling.order(&order).await;
    assert_eq!(
        (waiting.state, waiting.lines[0].open, waiting.lines[0].reserved),
        (SalesState::PartlyShipped, Quantity::ONE, Quantity::ONE)
    );
    assert_eq!(selling.nets(BOOKS).await, [12_600, -20_000, -2_600, 12_000, 48_000, 0]);
    store.books_are_clean().await;

    // closed, what is reserved is free again
    let why = serde_json::from_value(json!({"reason": "客户不要了"})).unwrap();
    let closed = store.headquarters.call::<CloseSalesOrder>(ById { id: order.id }, Nothing, why).await.unwrap();
    assert_eq!((closed.state, closed.lines[0].reserved), (SalesState::Closed, Quantity::ZERO));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 8, 0, 48_000)]);
    store.books_are_clean().await;
}

/// Proves: S4-6.1
#[actix_web::test]
async fn credit_and_overdue_stand_in_the_way_until_somebody_with_the_right_gives_a_reason() {
    let selling = Selling::open().await;
    let (store, boss) = (&selling.store, &selling.store.headquarters);
    let one = selling.uploaded("2", "1000").await;
    let two = selling.uploaded("2", "1000").await;
    selling.accepted(boss, &one, json!({})).await.unwrap();
    let seen = selling.order(&two).await.credit.unwrap();
    assert_eq!([seen.limit, seen.owed, seen.ordered, seen.free].map(|m| m.0), [300_000, 0, 200_000, 100_000]);
    let refused = selling.accepted(boss, &two, json!({})).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "credit_exceeded"));
    assert!(
        refused.problem.detail.contains("4000.00") || refused.problem.detail.contains("4,000.00"),
        "{}",
        refused.problem.detail
    );
    let refused = selling.accepted(boss, &two, json!({"credit_reason": "老客户"})).await.unwrap_err();
    assert_eq!(refused.status, 403, "headquarters does not release beyond the credit");
    let released = selling.accepted(&store.accountant, &two, json!({"credit_reason": "老客户"})).await.unwrap();
    assert_eq!(released.credit_reason.as_deref(), Some("老客户"));
    selling.shipped(&one, "2").await.unwrap();

    // 31 days later something is overdue, however little is ordered
    store.app.clock.advance(chrono::TimeDelta::days(31));
    let (_, clerk) = store.app.person("late-clerk", &[Role::Clerk], store.station).await;
    let (_, boss) = store.app.person("late-boss", &[Role::Headquarters], store.app.headquarters().await).await;
    let draft = json!({"party_id": selling.dealer, "warehouse_id": store.good,
        "lines": [{"product_id": store.part, "quantity": "1", "unit_price": "1"}]});
    let draft = serde_json::from_value(draft).unwrap();
    let small = clerk.call::<CreateSalesOrder>(Nothing, Nothing, draft).await.unwrap();
    clerk.call::<UploadSalesOrder>(ById { id: small.id }, Nothing, Nothing).await.unwrap();
    let refused = selling.accepted(&boss, &small, json!({})).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "credit_overdue"));
    let why = || serde_json::from_value(json!({"reason": "逾期未付"})).unwrap();
    let again = boss.call::<ReviseSalesOrder>(ById { id: small.id }, Nothing, why()).await.unwrap();
    assert_eq!(again.state, SalesState::Draft);
    clerk.call::<UploadSalesOrder>(ById { id: small.id }, Nothing, Nothing).await.unwrap();
    let rejected = boss.call::<RejectSalesOrder>(ById { id: small.id }, Nothing, why()).await.unwrap();
    assert_eq!((rejected.state, rejected.allowed.len()), (SalesState::Rejected, 0));
    store.books_are_clean().await;
}

#[actix_web::test]
async fn of_two_orders_that_fit_the_credit_one_by_one_only_one_is_accepted_at_once() {
    let selling = Selling::open().await;
    let (boss, books) = (&selling.store.headquarters, &selling.store.accountant);
    let (one, two) = (selling.uploaded("2", "1000").await, selling.uploaded("2", "1000").await);
    let (first, second) =
        tokio::join!(selling.accepted(boss, &one, json!({})), selling.accepted(books, &two, json!({})));
    let (won, lost) = if first.is_ok() { (first, second) } else { (second, first) };
    assert_eq!(won.unwrap().state, SalesState::Accepted);
    assert_eq!(lost.unwrap_err().code(), "credit_exceeded");
    selling.store.books_are_clean().await;
}

/// Proves: S4-6.2
#[actix_web::test]
async fn what_comes_back_reduces_what_is_owed_and_becomes_an_advance_where_it_was_paid() {
    let selling = Selling::open().await;
    let store = &selling.store;
    let order = selling.uploaded("4", "113.00").await;
    selling.accepted(&store.headquarters, &order, json!({})).await.unwrap();
    selling.shipped(&order, "4").await.unwrap();
    let shipment = selling.shipment(&order).await;
    let line = |quantity: &str, condition: &str| json!({"line_id": shipment.lines[0].id, "quantity": quantity, "condition": condition});
    let before = selling.nets(BOOKS).await;
    assert_eq!(before, [45_200, -40_000, -5_200, 24_000, 36_000, 0]);

    // one good, one bad: the good one at its cost, the bad one worth nothing by the rules
    let back = selling.sent_back(&shipment, json!([line("1", "good"), line("1", "bad")])).await.unwrap();
    assert_eq!([back.credit, back.tax, back.set_off, back.open].map(|m| m.0), [22_600, 2_600, 22_600, 0]);
    assert_eq!(selling.nets(BOOKS).await, [22_600, -20_000, -2_600, 12_000, 42_000, 0]);
    assert_eq!(selling.nets([Account::ScrapLoss]).await, [6_000]);
    assert_eq!(store.stock(store.part).await, [("B1".to_owned(), 1, 0, 0), ("G1".to_owned(), 7, 0, 42_000)]);
    store.books_are_clean().await;
    let exceeds = |at: &str| (at.to_owned(), "return_exceeds".to_owned());
    let more = selling.sent_back(&shipment, json!([line("3", "good")])).await;
    assert_eq!(faults(more), [exceeds("/lines/0/quantity")]);
    let refused = selling.unshipped(&shipment).await.unwrap_err();
    assert!(refused.problem.detail.contains(&back.number), "{}", refused.problem.detail);

    // the rest is paid, one more comes back: the dealer has an advance, and uses it
    let bank = base::bank_account(&store.accountant, "bank", "BANK").await;
    selling.paid(bank, shipment.id.uuid(), "226.00", None).await.unwrap();
    let late = selling.sent_back(&shipment, json!([line("1", "good")])).await.unwrap();
    assert_eq!([late.credit, late.set_off, late.open].map(|m| m.0), [11_300, 0, 11_300]);
    assert_eq!(selling.nets([Account::Receivable, Account::Deposits]).await, [0, -11_300]);
    store.books_are_clean().await;
    let next = selling.uploaded("1", "113.00").await;
    selling.accepted(&store.headquarters, &next, json!({})).await.unwrap();
    selling.shipped(&next, "1").await.unwrap();
    let owed = selling.shipment(&next).await;
    let advance = given::open_item(&store.accountant, late.id.uuid()).await;
    let used = selling.paid(bank, owed.id.uuid(), "113.00", Some((advance, "113.00"))).await.unwrap();
    let refused = selling.kept(&late).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "reversal_blocked"));
    assert!(refused.problem.detail.contains(&used.number), "{}", refused.problem.detail);

    let kept = selling.kept(&back).await.unwrap();
    assert_eq!(kept.state, SalesReturnState::Reversed);
    assert_eq!(selling.nets([Account::ScrapLoss, Account::Receivable]).await, [0, 22_600]);
    store.books_are_clean().await;
    let found = selling.clerk.call::<ListSalesReturns>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    assert_eq!(found.len(), 2);
}

#[actix_web::test]
async fn prices_follow_their_level_and_their_day_in_wholesale_and_at_the_counter() {
    let selling = Selling::open().await;
    let (store, books) = (&selling.store, &selling.store.accountant);
    let set = async |level: &str, from: &str, price: &str| {
        let draft = json!({"product_id": store.part, "level": level, "from_on": from, "unit_price": price});
        books.call::<CreatePrice>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    };
    let today = store.app.clock_today();
    let (now, later) = (today.to_string(), (today + chrono::TimeDelta::days(5)).to_string());
    let first = set("wholesale", &now, "95").await.unwrap();
    assert!(first.is_in_force && !first.is_removable && first.until_on.is_none());
    let ahead = set("wholesale", &later, "90").await.unwrap();
    assert!(!ahead.is_in_force && ahead.is_removable);
    set("retail", &now, "130").await.unwrap();
    let twice = set("wholesale", &later, "91").await;
    assert_eq!(faults(twice), [("/from_on".to_owned(), "price_day_taken".to_owned())]);
    let past = set("wholesale", "2026-01-01", "1").await;
    assert_eq!(faults(past), [("/from_on".to_owned(), "out_of_range".to_owned())]);
    let refused =
        books.call_with::<DeletePrice>(ById { id: first.id }, Nothing, Nothing, version(1)).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "price_in_force"));

    let price_of = async |by: &Client| {
        let draft = json!({"party_id": selling.dealer, "warehouse_id": store.good,
            "lines": [{"product_id": store.part, "quantity": "1"}]});
        let draft = serde_json::from_value(draft).unwrap();
        by.call::<CreateSalesOrder>(Nothing, Nothing, draft).await.unwrap().lines[0].unit_price.0 / 10_000
    };
    assert_eq!(price_of(&selling.clerk).await, 95);
    let query = Plain(RetailGoodsQuery { warehouse_id: store.good, code: "PA-1001".parse().unwrap() });
    let goods = store.reception.call::<FindRetailGoods>(Nothing, query, Nothing).await.unwrap().items;
    assert_eq!(goods[0].retail_price.0, 1_300_000);
    let prices = async |filter| {
        books.call::<ListPrices>(Nothing, Listing { filter, ..Listing::default() }, Nothing).await.unwrap().items
    };
    let level = Some("wholesale".parse().unwrap());
    let in_force = prices(PriceFilter { level: level.clone(), is_in_force: Some(true), ..Default::default() }).await;
    assert_eq!(
        in_force.iter().map(|p| (p.unit_price.0, p.until_on.map(|d| d.to_string()))).collect::<Vec<_>>(),
        [(950_000, Some((today + chrono::TimeDelta::days(4)).to_string()))]
    );
    let on = Some(later.parse().unwrap());
    let then = prices(PriceFilter { level, on, ..Default::default() }).await;
    assert_eq!(then.iter().map(|p| p.id).collect::<Vec<_>>(), [ahead.id]);
    store.app.clock.advance(chrono::TimeDelta::days(5));
    let (_, later) = store.app.person("late-clerk", &[Role::Clerk], store.station).await;
    assert_eq!(price_of(&later).await, 90);
}

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

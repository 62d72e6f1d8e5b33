//! Refurbished units are sold, over the counter and wholesale: at a price of their own, under the same serial, with a warranty
//! that starts again; and all of it taken back.

use crate::stock::{Store, draft, line, price, warehouse};
use crate::support::base;
use crate::support::client::{Client, Refused, version};
use crate::support::given::customer;
use crate::support::money::bank_account;
use openapi::document::DocKind;
use openapi::finance::BankAccountId;
use openapi::master::customer::CreateCustomer;
use openapi::master::product::{ProductId, ProductKind};
use openapi::master::unit::{
    CreateUnit, GetSerialHistory, GetUnit, SerialQuery, Unit, UnitEventKind, UnitId, UnitStatus,
};
use openapi::master::warehouse::{WarehouseId, WarehouseKind};
use openapi::master::warranty::{WarrantyRule, WarrantyVerdict};
use openapi::stock::document::StockLineDraft;
use openapi::trade::retail::SaleCondition;
use openapi::trade::retail::back::{CreateRetailReturn, ReverseRetailReturn};
use openapi::trade::retail::sale::{
    CreateRetailSale, FindRetailGoods, GetRetailSale, RetailGoodsQuery, RetailSale, ReverseRetailSale,
};
use openapi::trade::wholesale::back::{ApproveSalesReturn, CreateSalesReturn, ReceiveSalesReturn};
use openapi::trade::wholesale::order::{
    AcceptSalesOrder, CloseSalesOrder, CreateSalesOrder, GetSalesOrder, UploadSalesOrder,
};
use openapi::trade::wholesale::price::{CreatePrice, ListPrices, PriceFilter};
use openapi::trade::wholesale::shipment::{GetSalesShipment, ReverseSalesShipment, ShipSalesOrder};
use openapi::{ById, Listing, Nothing, Plain, Quantity, Role};
use serde_json::{Value, json};
use uuid::Uuid;

/// A store with two refurbished phones, one of them sold years ago with a warranty that is void.
struct Shelf {
    store: Store,
    phone: ProductId,
    shelf: WarehouseId,
    till: BankAccountId,
    manager: Client,
    clerk: Client,
    known: UnitId,
    buyer: Uuid,
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

impl Shelf {
    async fn open() -> Self {
        let store = Store::open().await;
        let clerk = store.app.person("clerk", &[Role::Clerk], store.station).await.1;
        let manager = store.app.person("manager", &[Role::StationManager], store.station).await.1;
        let phone = base::product(&clerk, ProductKind::Unit, "PH-100").await.id;
        let shelf = warehouse(&store.app, store.station, "R1", WarehouseKind::Refurb).await;
        let till = bank_account(&store.app, store.station, "TILL").await;
        for serial in ["RF-1", "RF-2"] {
            let again = StockLineDraft {
                serial: Some(serial.parse().unwrap()),
                unit_cost: Some(price("300")),
                condition: Some(openapi::stock::Condition::Refurbished),
                ..line(phone, 1)
            };
            store.post(draft(DocKind::StockIn, shelf, again)).await.unwrap();
        }
        let owner = customer(&store.reception, "13800138001").await;
        let unit = json!({"serial": "RF-1", "product_id": phone, "customer_id": owner, "sold_on": "2023-03-01",
            "void_reason": "进水"});
        let known = store.reception.call::<CreateUnit>(Nothing, Nothing, read(unit)).await.unwrap().id;
        let buyer = customer(&store.reception, "13800138002").await;
        Shelf { store, phone, shelf, till, manager, clerk, known, buyer }
    }

    fn sale(&self, serial: &str, unit_price: Option<&str>, paid: &str) -> Value {
        let amount = json!({"amount": paid, "currency": "CNY"});
        json!({"warehouse_id": self.shelf, "customer_id": self.buyer,
            "lines": [{"product_id": self.phone, "serial": serial, "quantity": "1", "condition": "refurb",
                "unit_price": unit_price}],
            "payments": [{"method": "cash", "bank_account_id": self.till, "amount": amount}]})
    }

    async fn sell(&self, draft: Value) -> Result<RetailSale, Refused> {
        self.store.reception.call::<CreateRetailSale>(Nothing, Nothing, read(draft)).await
    }

    async fn unit(&self, id: UnitId) -> Unit {
        self.store.headquarters.call::<GetUnit>(ById { id }, Nothing, Nothing).await.unwrap()
    }

    /// The condition in which the shelf holds pieces, with their serials.
    async fn offered(&self, code: &str) -> Vec<(SaleCondition, Vec<String>, String)> {
        let query = RetailGoodsQuery { warehouse_id: self.shelf, code: code.parse().unwrap() };
        let found = self.store.reception.call::<FindRetailGoods>(Nothing, Plain(query), Nothing).await.unwrap().items;
        let one = |goods: openapi::trade::retail::sale::RetailGoods| {
            let serials = goods.serials.iter().map(ToString::to_string).collect();
            (goods.condition, serials, goods.retail_price.to_string())
        };
        found.into_iter().map(one).collect()
    }

    async fn history(&self, serial: &str) -> Vec<UnitEventKind> {
        let query = Plain(SerialQuery { serial: serial.parse().unwrap() });
        let seen = self.store.headquarters.call::<GetSerialHistory>(Nothing, query, Nothing).await.unwrap();
        seen.events.into_iter().map(|event| event.kind).collect()
    }
}

/// Proves: S1d-7
#[actix_web::test]
async fn a_refurbished_unit_is_sold_over_the_counter_and_its_warranty_starts_again() {
    let shop = Shelf::open().await;
    assert_eq!(shop.unit(shop.known).await.warranty.verdict, WarrantyVerdict::Expired);
    // nobody has set a price: it is entered; new goods are offered beside, of which there are none
    let bare = shop.sell(shop.sale("RF-1", None, "800.00")).await.unwrap_err();
    assert_eq!(bare.errors(), [("/lines/0/unit_price", "required")]);
    let listed = json!({"product_id": shop.phone, "level": "retail", "condition": "refurb", "from_on": "2026-11-21",
        "unit_price": "800"});
    shop.store.headquarters.call::<CreatePrice>(Nothing, Nothing, read(listed.clone())).await.unwrap();
    let twice = shop.store.headquarters.call::<CreatePrice>(Nothing, Nothing, read(listed)).await.unwrap_err();
    assert_eq!(twice.errors(), [("/from_on", "price_day_taken")]);
    let filter = PriceFilter { product_id: Some(shop.phone), is_in_force: Some(true), ..Default::default() };
    let query = Listing { filter, ..Listing::default() };
    let prices = shop.store.headquarters.call::<ListPrices>(Nothing, query, Nothing).await.unwrap().items;
    assert_eq!(prices.iter().map(|p| p.condition).collect::<Vec<_>>(), [SaleCondition::Refurbished]);
    let seen = shop.offered("PH-100").await;
    let again = (SaleCondition::Refurbished, vec!["RF-1".to_owned(), "RF-2".to_owned()], "800.00".to_owned());
    assert_eq!(seen, [(SaleCondition::Good, Vec::new(), "480.00".to_owned()), again]);
    assert_eq!(
        shop.offered("RF-2").await.iter().map(|goods| goods.0).collect::<Vec<_>>(),
        [SaleCondition::Refurbished]
    );
    let as_new = {
        let mut draft = shop.sale("RF-1", None, "480.00");
        draft["lines"][0]["condition"] = json!("good");
        shop.sell(draft).await.unwrap_err()
    };
    assert_eq!(as_new.status, 409, "a refurbished piece is not sold as new");

    let sold = shop.sell(shop.sale("RF-1", None, "800.00")).await.unwrap();
    assert_eq!((sold.lines[0].condition, sold.total.to_string().as_str()), (SaleCondition::Refurbished, "800.00"));
    let unit = shop.unit(shop.known).await;
    assert_eq!((unit.status, unit.customer_id.map(|id| id.uuid())), (UnitStatus::InUse, Some(shop.buyer)));
    assert_eq!(unit.sold_on.map(|on| on.to_string()).as_deref(), Some("2023-03-01"), "the first sale stays on file");
    let warranty = &unit.warranty;
    assert_eq!((warranty.verdict, unit.resold_on), (WarrantyVerdict::Covered, warranty.starts_on));
    assert_eq!(warranty.ends_on.map(|on| on.to_string()).as_deref(), Some("2027-02-21"), "three months");
    assert_eq!(warranty.lines[0].rule, WarrantyRule::Resale);
    shop.store.books_are_clean().await;

    // brought back, it is what it was; that taken back, it is sold again; the sale taken back, nothing of it is left
    let lines = json!([{"line_id": sold.lines[0].id, "quantity": "1", "condition": "good"}]);
    let money = json!([{"method": "cash", "bank_account_id": shop.till,
        "amount": {"amount": "800.00", "currency": "CNY"}}]);
    let back = json!({"sale_id": sold.id, "lines": lines, "payments": money, "remark": "不满意"});
    let back = shop.store.reception.call::<CreateRetailReturn>(Nothing, Nothing, read(back)).await.unwrap();
    let before = shop.unit(shop.known).await;
    assert_eq!((before.warranty.verdict, before.resold_on), (WarrantyVerdict::Expired, None));
    assert_eq!(before.void_reason.as_ref().map(ToString::to_string).as_deref(), Some("进水"));
    assert_eq!(shop.offered("RF-1").await[0].0, SaleCondition::Refurbished, "it lies there refurbished as before");
    let why = || read(json!({"reason": "录错"}));
    let path = ById { id: back.id };
    shop.manager.call_with::<ReverseRetailReturn>(path, Nothing, why(), version(back.version)).await.unwrap();
    assert_eq!(shop.unit(shop.known).await.warranty.verdict, WarrantyVerdict::Covered);
    let path = || ById { id: sold.id };
    let now = shop.manager.call::<GetRetailSale>(path(), Nothing, Nothing).await.unwrap();
    let why = read(json!({"reason": "录错", "with": []}));
    shop.manager.call_with::<ReverseRetailSale>(path(), Nothing, why, version(now.version)).await.unwrap();
    assert_eq!(shop.unit(shop.known).await.resold_on, None);
    use UnitEventKind::{Reversed, Sold};
    let seen = shop.history("RF-1").await;
    let told: Vec<_> = seen.into_iter().filter(|kind| matches!(kind, Sold | Reversed)).collect();
    assert_eq!(told, [Sold, Sold, Reversed, Sold, Reversed], "the whole life stands under the serial");
    shop.store.books_are_clean().await;
}

/// Proves: S1d-7
#[actix_web::test]
async fn a_refurbished_unit_goes_wholesale_under_its_serial_and_is_put_on_file_with_its_warranty() {
    let shop = Shelf::open().await;
    let dealer = json!({"name": "华南通讯", "kind": "company", "phone": "13500135001", "roles": ["dealer"],
        "price_level": "wholesale", "credit_limit": {"amount": "9000.00", "currency": "CNY"}});
    let dealer = shop.store.headquarters.call::<CreateCustomer>(Nothing, Nothing, read(dealer)).await.unwrap().id;
    let draft = |price: Option<&str>| {
        json!({"party_id": dealer, "warehouse_id": shop.shelf,
            "lines": [{"product_id": shop.phone, "quantity": "1", "condition": "refurb", "unit_price": price}]})
    };
    let bare = shop.clerk.call::<CreateSalesOrder>(Nothing, Nothing, read(draft(None))).await.unwrap_err();
    assert_eq!(bare.errors(), [("/lines/0/unit_price", "required")]);
    let order = shop.clerk.call::<CreateSalesOrder>(Nothing, Nothing, read(draft(Some("650")))).await.unwrap();
    assert_eq!(order.lines[0].condition, SaleCondition::Refurbished);
    let path = || ById { id: order.id };
    shop.clerk.call::<UploadSalesOrder>(path(), Nothing, Nothing).await.unwrap();
    let office = &shop.store.headquarters;
    let order = office.call::<AcceptSalesOrder>(path(), Nothing, read(json!({}))).await.unwrap();
    let line = json!({"line_id": order.lines[0].id, "quantity": "1", "serials": ["RF-2"]});
    let body = read(json!({ "lines": [line] }));
    let keeper = &shop.store.keeper;
    let order = keeper.call_with::<ShipSalesOrder>(path(), Nothing, body, version(order.version)).await.unwrap();
    let id = order.shipments[0].id;
    let sent = keeper.call::<GetSalesShipment>(ById { id }, Nothing, Nothing).await.unwrap();
    assert_eq!((sent.lines[0].condition, sent.amount.to_string().as_str()), (SaleCondition::Refurbished, "650.00"));
    let seen = shop.store.app.as_system(async |tx| master::api::look_up_unit(tx, "RF-2".parse().unwrap()).await).await;
    let unit = &seen.matches[0].unit;
    assert_eq!((unit.customer_id, unit.warranty.verdict), (Some(dealer), WarrantyVerdict::Covered));
    shop.store.books_are_clean().await;

    // what comes back bad lies among the bad; without that the shipment is taken back as a whole
    let lines = json!([{"line_id": sent.lines[0].id, "quantity": "1", "condition": "bad"}]);
    let back = json!({"shipment_id": id, "remark": "屏幕不良", "lines": lines});
    let asked = keeper.call::<CreateSalesReturn>(Nothing, Nothing, read(back)).await.unwrap();
    let path = || ById { id: asked.id };
    let agreed = office.call::<ApproveSalesReturn>(path(), Nothing, Nothing).await.unwrap();
    let came = read(json!({ "lines": lines }));
    keeper.call_with::<ReceiveSalesReturn>(path(), Nothing, came, version(agreed.version)).await.unwrap();
    let unit = shop.unit(unit.id).await;
    assert_eq!(unit.resold_on, None);
    shop.store.books_are_clean().await;
    let why = read(json!({"reason": "误发"}));
    let blocked = office.call_with::<ReverseSalesShipment>(ById { id }, Nothing, why, version(sent.version)).await;
    assert_eq!(blocked.unwrap_err().code(), "reversal_blocked");
}

#[actix_web::test]
async fn an_order_that_names_a_refurbished_piece_holds_it_until_it_is_shipped_or_closed() {
    let shop = Shelf::open().await;
    let (office, keeper) = (&shop.store.headquarters, &shop.store.keeper);
    let dealer = json!({"name": "华南通讯", "kind": "company", "phone": "13500135001", "roles": ["dealer"],
        "price_level": "wholesale", "credit_limit": {"amount": "9000.00", "currency": "CNY"}});
    let dealer = office.call::<CreateCustomer>(Nothing, Nothing, read(dealer)).await.unwrap().id;
    let write = async |lines: Value| {
        let draft = json!({"party_id": dealer, "warehouse_id": shop.shelf, "lines": lines});
        shop.clerk.call::<CreateSalesOrder>(Nothing, Nothing, read(draft)).await
    };
    let line = |serial: &str, quantity: &str| {
        json!({"product_id": shop.phone, "quantity": quantity, "condition": "refurb", "unit_price": "650",
            "serial": serial})
    };
    let accepted = async |serial: &str| {
        let order = write(json!([line(serial, "1")])).await.unwrap();
        let path = || ById { id: order.id };
        shop.clerk.call::<UploadSalesOrder>(path(), Nothing, Nothing).await.unwrap();
        office.call::<AcceptSalesOrder>(path(), Nothing, read(json!({}))).await
    };
    let two = write(json!([line("RF-1", "2")])).await.unwrap_err();
    assert_eq!(two.errors(), [("/lines/0/quantity", "out_of_range")]);
    let twice = write(json!([line("RF-1", "1"), line("RF-1", "1")])).await.unwrap_err();
    assert_eq!(twice.errors(), [("/lines/1/serial", "duplicate")]);
    let plain = json!([{"product_id": shop.store.part, "quantity": "1", "unit_price": "10", "serial": "RF-1"}]);
    assert_eq!(write(plain).await.unwrap_err().errors(), [("/lines/0/serial", "serial_not_tracked")]);
    assert_eq!(accepted("RF-9").await.unwrap_err().code(), "stock_serial_elsewhere");

    // accepted, it is held: neither another order nor the counter gets it, and no other piece leaves in its place
    let order = accepted("RF-1").await.unwrap();
    assert_eq!((order.lines[0].reserved, order.lines[0].open), (Quantity::ONE, Quantity::ONE));
    assert_eq!(accepted("RF-1").await.unwrap_err().code(), "stock_serial_reserved");
    let sold = shop.sell(shop.sale("RF-1", Some("800"), "800.00")).await.unwrap_err();
    assert_eq!(sold.code(), "stock_serial_reserved");
    shop.store.books_are_clean().await;
    let path = || ById { id: order.id };
    let pack =
        |serials: Value| read(json!({"lines": [{"line_id": order.lines[0].id, "quantity": "1", "serials": serials}]}));
    let other = pack(json!(["RF-2"]));
    let other = keeper.call_with::<ShipSalesOrder>(path(), Nothing, other, version(order.version)).await.unwrap_err();
    assert_eq!(other.errors(), [("/lines/0/serials", "order_names_serial")]);
    let sent = pack(json!([]));
    let sent = keeper.call_with::<ShipSalesOrder>(path(), Nothing, sent, version(order.version)).await.unwrap();
    assert_eq!((sent.lines[0].reserved, sent.lines[0].open), (Quantity::ZERO, Quantity::ZERO));
    let shipment = || ById { id: sent.shipments[0].id };
    let left = keeper.call::<GetSalesShipment>(shipment(), Nothing, Nothing).await.unwrap();
    assert_eq!(left.lines[0].serial.as_ref().map(ToString::to_string).as_deref(), Some("RF-1"));
    shop.store.books_are_clean().await;

    // the shipment taken back, the piece is held again; the order closed, everybody may have it
    let why = read(json!({"reason": "误发"}));
    office.call_with::<ReverseSalesShipment>(shipment(), Nothing, why, version(left.version)).await.unwrap();
    let again = office.call::<GetSalesOrder>(path(), Nothing, Nothing).await.unwrap();
    assert_eq!(again.lines[0].reserved, Quantity::ONE);
    shop.store.books_are_clean().await;
    let why = read(json!({"reason": "客户取消"}));
    office.call_with::<CloseSalesOrder>(path(), Nothing, why, version(again.version)).await.unwrap();
    shop.sell(shop.sale("RF-1", Some("800"), "800.00")).await.unwrap();
    shop.store.books_are_clean().await;
}

//! Wholesale: ordered by staff and by dealers, accepted within the credit, shipped in parts, paid, sent back, taken back.

mod dealer;
mod order;
mod shipment;

use crate::stock::Store;
use crate::support::client::{Client, Refused, version};
use crate::support::given;
use openapi::finance::Account;
use openapi::finance::receipt::{CreateReceipt, Receipt};
use openapi::master::customer::{CreateCustomer, CustomerId};
use openapi::trade::wholesale::back::{
    ApproveSalesReturn, CreateSalesReturn, ReceiveSalesReturn, ReverseSalesReturn, SalesReturn,
};
use openapi::trade::wholesale::order::{
    AcceptSalesOrder, CreateSalesOrder, GetSalesOrder, SalesOrder, UploadSalesOrder,
};
use openapi::trade::wholesale::shipment::{GetSalesShipment, ReverseSalesShipment, SalesShipment, ShipSalesOrder};
use openapi::{ById, Nothing, Role};
use serde_json::{Value, json};
use uuid::Uuid;

/// A store with ten parts at 60, somebody who sells, and a dealer with a credit of 3,000 and terms of thirty days.
pub struct Selling {
    pub store: Store,
    pub clerk: Client,
    pub dealer: CustomerId,
    pub dealer_login: Client,
}

impl Selling {
    pub async fn open() -> Self {
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

    pub async fn drafted(&self, quantity: &str, price: &str) -> SalesOrder {
        let draft = json!({"party_id": self.dealer, "warehouse_id": self.store.good, "customer_ref": "PO-1",
            "lines": [{"product_id": self.store.part, "quantity": quantity, "unit_price": price}]});
        self.clerk.call::<CreateSalesOrder>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await.unwrap()
    }

    pub async fn uploaded(&self, quantity: &str, price: &str) -> SalesOrder {
        let made = self.drafted(quantity, price).await;
        self.clerk.call::<UploadSalesOrder>(ById { id: made.id }, Nothing, Nothing).await.unwrap()
    }

    pub async fn accepted(&self, by: &Client, order: &SalesOrder, body: Value) -> Result<SalesOrder, Refused> {
        by.call::<AcceptSalesOrder>(ById { id: order.id }, Nothing, serde_json::from_value(body).unwrap()).await
    }

    pub async fn shipped(&self, order: &SalesOrder, quantity: &str) -> Result<SalesOrder, Refused> {
        let order = self.order(order).await;
        let body = json!({"courier": "顺丰", "tracking_no": "SF-1",
            "lines": [{"line_id": order.lines[0].id, "quantity": quantity}]});
        let body = serde_json::from_value(body).unwrap();
        let path = ById { id: order.id };
        self.store.keeper.call_with::<ShipSalesOrder>(path, Nothing, body, version(order.version)).await
    }

    pub async fn order(&self, order: &SalesOrder) -> SalesOrder {
        self.store.headquarters.call::<GetSalesOrder>(ById { id: order.id }, Nothing, Nothing).await.unwrap()
    }

    pub async fn shipment(&self, order: &SalesOrder) -> SalesShipment {
        let id = self.order(order).await.shipments.last().unwrap().id;
        self.store.keeper.call::<GetSalesShipment>(ById { id }, Nothing, Nothing).await.unwrap()
    }

    pub async fn unshipped(&self, shipment: &SalesShipment) -> Result<SalesShipment, Refused> {
        let now = self.store.keeper.call::<GetSalesShipment>(ById { id: shipment.id }, Nothing, Nothing).await.unwrap();
        let body = serde_json::from_value(json!({"reason": "客户拒收"})).unwrap();
        let (path, of) = (ById { id: now.id }, version(now.version));
        self.store.headquarters.call_with::<ReverseSalesShipment>(path, Nothing, body, of).await
    }

    /// Asks to send goods back.
    pub async fn asked(&self, by: &Client, shipment: &SalesShipment, lines: &Value) -> Result<SalesReturn, Refused> {
        let draft = json!({"shipment_id": shipment.id, "remark": "型号不符", "lines": lines});
        by.call::<CreateSalesReturn>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    }

    pub async fn approved(&self, by: &Client, back: &SalesReturn) -> Result<SalesReturn, Refused> {
        by.call::<ApproveSalesReturn>(ById { id: back.id }, Nothing, Nothing).await
    }

    /// Takes the goods of an approved return in.
    pub async fn taken_in(&self, back: &SalesReturn, lines: &Value) -> Result<SalesReturn, Refused> {
        let body = serde_json::from_value(json!({"lines": lines})).unwrap();
        let (path, of) = (ById { id: back.id }, version(back.version));
        self.store.keeper.call_with::<ReceiveSalesReturn>(path, Nothing, body, of).await
    }

    /// Asked for by the keeper, approved by the accountant, taken in.
    pub async fn sent_back(&self, shipment: &SalesShipment, lines: Value) -> Result<SalesReturn, Refused> {
        let asked = self.asked(&self.store.keeper, shipment, &lines).await?;
        let approved = self.approved(&self.store.accountant, &asked).await?;
        self.taken_in(&approved, &lines).await
    }

    pub async fn kept(&self, back: &SalesReturn) -> Result<SalesReturn, Refused> {
        let body = serde_json::from_value(json!({"reason": "误退"})).unwrap();
        let (path, of) = (ById { id: back.id }, version(back.version));
        self.store.headquarters.call_with::<ReverseSalesReturn>(path, Nothing, body, of).await
    }

    /// The dealer pays so much for a document, out of an account and out of an advance.
    pub async fn paid(
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
    pub async fn nets<const N: usize>(&self, accounts: [Account; N]) -> [i64; N] {
        let mut nets = [0; N];
        for (net, account) in nets.iter_mut().zip(accounts) {
            *net = self.store.app.as_system(async |tx| finance::api::account_total(tx, account).await).await.0;
        }
        nets
    }
}

pub const BOOKS: [Account; 6] = [
    Account::Receivable,
    Account::WholesaleIncome,
    Account::Vat,
    Account::CostWholesale,
    Account::PartsGood,
    Account::Deposits,
];

pub fn faults<T: std::fmt::Debug>(answer: Result<T, Refused>) -> Vec<(String, String)> {
    let refused = answer.unwrap_err();
    refused.errors().into_iter().map(|(at, code)| (at.to_owned(), code.to_owned())).collect()
}

//! What is bought: ordered, approved by somebody else, received in parts, charged, paid, sent back, taken back.

mod back;
pub mod invoice;
mod order;
mod payment;

use crate::stock::Store;
use crate::support::client::{Client, Refused, version};
use crate::support::given;
use openapi::finance::Account;
use openapi::finance::payment::{CreatePayment, Payment};
use openapi::master::customer::{CreateCustomer, CustomerId};
use openapi::trade::purchase::back::{
    ApprovePurchaseReturn, CreatePurchaseReturn, PurchaseReturn, ReversePurchaseReturn, ShipPurchaseReturn,
    SubmitPurchaseReturn,
};
use openapi::trade::purchase::invoice::{CreateSupplierInvoice, ReverseSupplierInvoice, SupplierInvoice, ToInvoice};
use openapi::trade::purchase::order::{
    ApprovePurchaseOrder, CreatePurchaseOrder, GetPurchaseOrder, PurchaseOrder, SubmitPurchaseOrder,
};
use openapi::trade::purchase::receipt::{GetGoodsReceipt, GoodsReceipt, ReceivePurchaseOrder, ReverseGoodsReceipt};
use openapi::{ById, Nothing, Role};
use serde_json::{Value, json};
use uuid::Uuid;

/// A store with somebody who buys, and a supplier.
pub struct Buying {
    pub store: Store,
    pub clerk: Client,
    pub supplier: CustomerId,
}

impl Buying {
    pub async fn open() -> Self {
        let store = Store::open().await;
        let (_, clerk) = store.app.person("clerk", &[Role::Clerk], store.station).await;
        let supplier = json!({"name": "华强北联创电子", "kind": "company", "phone": "13500135000", "roles": ["supplier"], "terms_days": 30});
        let supplier = serde_json::from_value(supplier).unwrap();
        let supplier = store.headquarters.call::<CreateCustomer>(Nothing, Nothing, supplier).await.unwrap().id;
        Buying { store, clerk, supplier }
    }

    /// Ten parts at 11.30 and two boards at 226.00, VAT of 13 % included.
    pub async fn drafted(&self) -> PurchaseOrder {
        let draft = json!({"party_id": self.supplier, "warehouse_id": self.store.good, "expected_on": "2026-12-01", "lines": [
            {"product_id": self.store.part, "quantity": "10", "unit_price": "11.30"},
            {"product_id": self.store.board, "quantity": "2", "unit_price": "226.00", "vat_rate": 1300},
        ]});
        self.clerk.call::<CreatePurchaseOrder>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await.unwrap()
    }

    pub async fn placed(&self) -> PurchaseOrder {
        let made = self.drafted().await;
        let path = || ById { id: made.id };
        self.clerk.call::<SubmitPurchaseOrder>(path(), Nothing, Nothing).await.unwrap();
        self.store.accountant.call::<ApprovePurchaseOrder>(path(), Nothing, Nothing).await.unwrap()
    }

    pub async fn received(&self, by: &Client, order: &PurchaseOrder, body: Value) -> Result<PurchaseOrder, Refused> {
        let body = serde_json::from_value(body).unwrap();
        by.call_with::<ReceivePurchaseOrder>(ById { id: order.id }, Nothing, body, version(order.version)).await
    }

    pub async fn receipt(&self, order: &PurchaseOrder) -> GoodsReceipt {
        let id = order.receipts.last().unwrap().id;
        self.store.keeper.call::<GetGoodsReceipt>(ById { id }, Nothing, Nothing).await.unwrap()
    }

    pub async fn reversed(&self, receipt: &GoodsReceipt) -> Result<GoodsReceipt, Refused> {
        let body = serde_json::from_value(json!({"reason": "点错数量"})).unwrap();
        let (path, of) = (ById { id: receipt.id }, version(receipt.version));
        self.store.headquarters.call_with::<ReverseGoodsReceipt>(path, Nothing, body, of).await
    }

    pub async fn order(&self, order: &PurchaseOrder) -> PurchaseOrder {
        self.clerk.call::<GetPurchaseOrder>(ById { id: order.id }, Nothing, Nothing).await.unwrap()
    }

    /// Charges what is not invoiced yet of an order, each line at its price.
    pub async fn charged(
        &self,
        order: &PurchaseOrder,
        number: &str,
        prices: &[&str],
    ) -> Result<SupplierInvoice, Refused> {
        let order = self.order(order).await;
        let line = |(of, price): (&ToInvoice, &&str)| json!({"receipt_line_id": of.receipt_line_id, "quantity": of.quantity, "unit_price": price});
        let lines: Vec<Value> = order.to_invoice.iter().zip(prices).map(line).collect();
        let draft =
            json!({"party_id": self.supplier, "invoice_no": number, "invoiced_on": "2026-11-02", "lines": lines});
        let draft = serde_json::from_value(draft).unwrap();
        self.store.accountant.call::<CreateSupplierInvoice>(Nothing, Nothing, draft).await
    }

    pub async fn uncharged(&self, invoice: &SupplierInvoice) -> Result<SupplierInvoice, Refused> {
        let body = serde_json::from_value(json!({"reason": "发票作废"})).unwrap();
        self.store
            .headquarters
            .call_with::<ReverseSupplierInvoice>(ById { id: invoice.id }, Nothing, body, version(invoice.version))
            .await
    }

    pub async fn paid(&self, invoice: &SupplierInvoice, account: Uuid, amount: &str) -> Result<Payment, Refused> {
        let owed = given::open_item(&self.store.accountant, invoice.id.uuid()).await;
        let draft = json!({"party_id": self.supplier, "method": "transfer", "bank_account_id": account, "reference": "TX-1",
            "allocations": [{"open_item_id": owed, "amount": {"amount": amount, "currency": "CNY"}}]});
        self.store.accountant.call::<CreatePayment>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    }

    /// Writes a return and has it approved by somebody else.
    pub async fn sent_back(&self, receipt: &GoodsReceipt, lines: Value) -> PurchaseReturn {
        let (keeper, boss) = (&self.store.keeper, &self.store.accountant);
        let draft = json!({"receipt_id": receipt.id, "reason": "来料不良", "lines": lines});
        let draft = serde_json::from_value(draft).unwrap();
        let made = keeper.call::<CreatePurchaseReturn>(Nothing, Nothing, draft).await.unwrap();
        let path = || ById { id: made.id };
        keeper.call::<SubmitPurchaseReturn>(path(), Nothing, Nothing).await.unwrap();
        boss.call::<ApprovePurchaseReturn>(path(), Nothing, Nothing).await.unwrap()
    }

    pub async fn shipped(&self, back: &PurchaseReturn) -> Result<PurchaseReturn, Refused> {
        let body = serde_json::from_value(json!({"credit_no": "31300999"})).unwrap();
        let (path, of) = (ById { id: back.id }, version(back.version));
        self.store.keeper.call_with::<ShipPurchaseReturn>(path, Nothing, body, of).await
    }

    pub async fn unshipped(&self, back: &PurchaseReturn) -> Result<PurchaseReturn, Refused> {
        let body = serde_json::from_value(json!({"reason": "供应商拒收"})).unwrap();
        let (path, of) = (ById { id: back.id }, version(back.version));
        self.store.headquarters.call_with::<ReversePurchaseReturn>(path, Nothing, body, of).await
    }

    /// Debit less credit of some accounts, in fen.
    pub async fn nets<const N: usize>(&self, accounts: [Account; N]) -> [i64; N] {
        let mut nets = [0; N];
        for (net, account) in nets.iter_mut().zip(accounts) {
            *net = self.net(account).await;
        }
        nets
    }

    /// Debit less credit of an account, in fen.
    pub async fn net(&self, account: Account) -> i64 {
        self.store.app.as_system(async |tx| finance::api::account_total(tx, account).await).await.0
    }
}

pub fn faults<T: std::fmt::Debug>(answer: Result<T, Refused>) -> Vec<(String, String)> {
    let refused = answer.unwrap_err();
    refused.errors().into_iter().map(|(at, code)| (at.to_owned(), code.to_owned())).collect()
}

//! What is bought: ordered, approved by somebody else, received in parts, taken back.

use crate::stock::Store;
use crate::support::base;
use crate::support::client::{Client, Refused, version};
use crate::support::given;
use openapi::finance::Account;
use openapi::finance::payment::{CreatePayment, GetPayables, Payment, PaymentState, ReversePayment};
use openapi::finance::period::{ClosePeriod, PeriodDraft};
use openapi::finance::receipt::CreateReceipt;
use openapi::master::customer::{CreateCustomer, CustomerId};
use openapi::trade::purchase::back::{
    ApprovePurchaseReturn, CreatePurchaseReturn, ListPurchaseReturns, PurchaseReturn, PurchaseReturnAction,
    PurchaseReturnFilter, PurchaseReturnState, ReversePurchaseReturn, ShipPurchaseReturn, SubmitPurchaseReturn,
};
use openapi::trade::purchase::invoice::{
    CreateSupplierInvoice, GetSupplierInvoice, ReverseSupplierInvoice, SupplierInvoice, SupplierInvoiceState, ToInvoice,
};
use openapi::trade::purchase::order::{
    ApprovePurchaseOrder, CancelPurchaseOrder, ClosePurchaseOrder, CreatePurchaseOrder, GetPurchaseOrder,
    ListPurchaseOrders, PurchaseAction, PurchaseOrder, PurchaseOrderFilter, PurchaseState, SubmitPurchaseOrder,
};
use openapi::trade::purchase::receipt::{
    GetGoodsReceipt, GoodsReceipt, GoodsReceiptState, ReceivePurchaseOrder, ReverseGoodsReceipt,
};
use openapi::{ById, Listing, Nothing, Plain, Quantity, Role};
use serde_json::{Value, json};
use uuid::Uuid;

/// A store with somebody who buys, and a supplier.
struct Buying {
    store: Store,
    clerk: Client,
    supplier: CustomerId,
}

impl Buying {
    async fn open() -> Self {
        let store = Store::open().await;
        let (_, clerk) = store.app.person("clerk", &[Role::Clerk], store.station).await;
        let supplier = json!({"name": "华强北联创电子", "kind": "company", "phone": "13500135000", "roles": ["supplier"], "terms_days": 30});
        let supplier = serde_json::from_value(supplier).unwrap();
        let supplier = store.headquarters.call::<CreateCustomer>(Nothing, Nothing, supplier).await.unwrap().id;
        Buying { store, clerk, supplier }
    }

    /// Ten parts at 11.30 and two boards at 226.00, VAT of 13 % included.
    async fn drafted(&self) -> PurchaseOrder {
        let draft = json!({"party_id": self.supplier, "warehouse_id": self.store.good, "expected_on": "2026-12-01", "lines": [
            {"product_id": self.store.part, "quantity": "10", "unit_price": "11.30"},
            {"product_id": self.store.board, "quantity": "2", "unit_price": "226.00", "vat_rate": 1300},
        ]});
        self.clerk.call::<CreatePurchaseOrder>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await.unwrap()
    }

    async fn placed(&self) -> PurchaseOrder {
        let made = self.drafted().await;
        let path = || ById { id: made.id };
        self.clerk.call::<SubmitPurchaseOrder>(path(), Nothing, Nothing).await.unwrap();
        self.store.accountant.call::<ApprovePurchaseOrder>(path(), Nothing, Nothing).await.unwrap()
    }

    async fn received(&self, by: &Client, order: &PurchaseOrder, body: Value) -> Result<PurchaseOrder, Refused> {
        let body = serde_json::from_value(body).unwrap();
        by.call_with::<ReceivePurchaseOrder>(ById { id: order.id }, Nothing, body, version(order.version)).await
    }

    async fn receipt(&self, order: &PurchaseOrder) -> GoodsReceipt {
        let id = order.receipts.last().unwrap().id;
        self.store.keeper.call::<GetGoodsReceipt>(ById { id }, Nothing, Nothing).await.unwrap()
    }

    async fn reversed(&self, receipt: &GoodsReceipt) -> Result<GoodsReceipt, Refused> {
        let body = serde_json::from_value(json!({"reason": "点错数量"})).unwrap();
        let (path, of) = (ById { id: receipt.id }, version(receipt.version));
        self.store.headquarters.call_with::<ReverseGoodsReceipt>(path, Nothing, body, of).await
    }

    async fn order(&self, order: &PurchaseOrder) -> PurchaseOrder {
        self.clerk.call::<GetPurchaseOrder>(ById { id: order.id }, Nothing, Nothing).await.unwrap()
    }

    /// Charges what is not invoiced yet of an order, each line at its price.
    async fn charged(&self, order: &PurchaseOrder, number: &str, prices: &[&str]) -> Result<SupplierInvoice, Refused> {
        let order = self.order(order).await;
        let line = |(of, price): (&ToInvoice, &&str)| json!({"receipt_line_id": of.receipt_line_id, "quantity": of.quantity, "unit_price": price});
        let lines: Vec<Value> = order.to_invoice.iter().zip(prices).map(line).collect();
        let draft =
            json!({"party_id": self.supplier, "invoice_no": number, "invoiced_on": "2026-11-02", "lines": lines});
        let draft = serde_json::from_value(draft).unwrap();
        self.store.accountant.call::<CreateSupplierInvoice>(Nothing, Nothing, draft).await
    }

    async fn uncharged(&self, invoice: &SupplierInvoice) -> Result<SupplierInvoice, Refused> {
        let body = serde_json::from_value(json!({"reason": "发票作废"})).unwrap();
        self.store
            .headquarters
            .call_with::<ReverseSupplierInvoice>(ById { id: invoice.id }, Nothing, body, version(invoice.version))
            .await
    }

    async fn paid(&self, invoice: &SupplierInvoice, account: Uuid, amount: &str) -> Result<Payment, Refused> {
        let owed = given::open_item(&self.store.accountant, invoice.id.uuid()).await;
        let draft = json!({"party_id": self.supplier, "method": "transfer", "bank_account_id": account, "reference": "TX-1",
            "allocations": [{"open_item_id": owed, "amount": {"amount": amount, "currency": "CNY"}}]});
        self.store.accountant.call::<CreatePayment>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    }

    /// Writes a return and has it approved by somebody else.
    async fn sent_back(&self, receipt: &GoodsReceipt, lines: Value) -> PurchaseReturn {
        let (keeper, boss) = (&self.store.keeper, &self.store.accountant);
        let draft = json!({"receipt_id": receipt.id, "reason": "来料不良", "lines": lines});
        let draft = serde_json::from_value(draft).unwrap();
        let made = keeper.call::<CreatePurchaseReturn>(Nothing, Nothing, draft).await.unwrap();
        let path = || ById { id: made.id };
        keeper.call::<SubmitPurchaseReturn>(path(), Nothing, Nothing).await.unwrap();
        boss.call::<ApprovePurchaseReturn>(path(), Nothing, Nothing).await.unwrap()
    }

    async fn shipped(&self, back: &PurchaseReturn) -> Result<PurchaseReturn, Refused> {
        let body = serde_json::from_value(json!({"credit_no": "31300999"})).unwrap();
        let (path, of) = (ById { id: back.id }, version(back.version));
        self.store.keeper.call_with::<ShipPurchaseReturn>(path, Nothing, body, of).await
    }

    async fn unshipped(&self, back: &PurchaseReturn) -> Result<PurchaseReturn, Refused> {
        let body = serde_json::from_value(json!({"reason": "供应商拒收"})).unwrap();
        let (path, of) = (ById { id: back.id }, version(back.version));
        self.store.headquarters.call_with::<ReversePurchaseReturn>(path, Nothing, body, of).await
    }

    /// Debit less credit of some accounts, in fen.
    async fn nets<const N: usize>(&self, accounts: [Account; N]) -> [i64; N] {
        let mut nets = [0; N];
        for (net, account) in nets.iter_mut().zip(accounts) {
            *net = self.net(account).await;
        }
        nets
    }

    /// Debit less credit of an account, in fen.
    async fn net(&self, account: Account) -> i64 {
        self.store.app.as_system(async |tx| finance::api::account_total(tx, account).await).await.0
    }
}

fn faults<T: std::fmt::Debug>(answer: Result<T, Refused>) -> Vec<(String, String)> {
    let refused = answer.unwrap_err();
    refused.errors().into_iter().map(|(at, code)| (at.to_owned(), code.to_owned())).collect()
}

/// Proves: S4-5.1
#[actix_web::test]
async fn an_order_is_received_in_two_parts_and_every_fen_of_it_is_owed() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let draft = buying.drafted().await;
    assert_eq!((draft.total_amount.0, draft.total_tax.0), (56_500, 6_500));
    assert_eq!((draft.lines[0].vat_rate, draft.lines[0].amount.0), (1300, 11_300));
    assert_eq!(draft.allowed, [PurchaseAction::Submit, PurchaseAction::Void]);
    let refused = buying
        .received(
            &store.keeper,
            &draft,
            json!({"lines": [
        {"line_id": draft.lines[0].id, "quantity": "1"}]}),
        )
        .await
        .unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "state_conflict"), "a draft is not received");

    let order = buying.placed().await;
    assert_eq!(order.state, PurchaseState::Placed);
    let (parts, boards) = (order.lines[0].id, order.lines[1].id);
    let first = buying
        .received(
            &store.keeper,
            &order,
            json!({"reference": "SF-77", "lines": [
                {"line_id": parts, "quantity": "3"},
                {"line_id": boards, "quantity": "1", "serials": ["BRD-0001"]},
            ]}),
        )
        .await
        .unwrap();
    assert_eq!(
        (first.state, first.lines[0].open, first.receipts.len()),
        (PurchaseState::PartlyReceived, Quantity::pieces(7), 1)
    );
    let receipt = buying.receipt(&first).await;
    // 3 × 11.30 and 226.00 without 13 %: 30.00 and 200.00
    assert_eq!(receipt.lines.iter().map(|l| l.value.0).collect::<Vec<_>>(), [3_000, 20_000]);
    assert_eq!((receipt.postings.len(), receipt.reference.as_deref()), (1, Some("SF-77")));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 3, 0, 3_000)]);
    assert_eq!(buying.net(Account::GoodsReceived).await, -23_000);

    let over = buying.received(&store.keeper, &first, json!({"lines": [{"line_id": parts, "quantity": "8"}]})).await;
    assert_eq!(faults(over), [("/lines/0/quantity".to_owned(), "receipt_exceeds_order".to_owned())]);
    let nameless =
        buying.received(&store.keeper, &first, json!({"lines": [{"line_id": boards, "quantity": "1"}]})).await;
    assert_eq!(faults(nameless), [("/lines/0/serials".to_owned(), "serials_differ".to_owned())]);
    let second = buying
        .received(
            &store.keeper,
            &first,
            json!({"lines": [
                {"line_id": parts, "quantity": "7"},
                {"line_id": boards, "quantity": "1", "serials": ["BRD-0002"]},
            ]}),
        )
        .await
        .unwrap();
    assert_eq!(second.state, PurchaseState::Received);
    assert_eq!((buying.net(Account::GoodsReceived).await, buying.net(Account::PartsGood).await), (-50_000, 50_000));
    store.books_are_clean().await;

    // the first delivery is taken back: goods, debt and order follow
    let back = buying.reversed(&receipt).await.unwrap();
    assert_eq!((back.state, back.postings.len(), back.allowed.len()), (GoodsReceiptState::Reversed, 0, 0));
    let reopened = buying.order(&order).await;
    assert_eq!((reopened.state, reopened.lines[0].received), (PurchaseState::PartlyReceived, Quantity::pieces(7)));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 7, 0, 7_000)]);
    assert_eq!(buying.net(Account::GoodsReceived).await, -27_000);
    let twice = buying.reversed(&back).await.unwrap_err();
    assert_eq!((twice.status, twice.code()), (409, "state_conflict"));
    let rest = buying.receipt(&second).await;
    buying.reversed(&rest).await.unwrap();
    let empty = buying.order(&order).await;
    assert_eq!((empty.state, buying.net(Account::GoodsReceived).await), (PurchaseState::Placed, 0));
    store.books_are_clean().await;
}

#[actix_web::test]
async fn goods_that_were_used_stand_in_the_way_of_taking_their_receipt_back() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let order = buying.placed().await;
    let body = json!({"lines": [{"line_id": order.lines[0].id, "quantity": "4"}]});
    let order = buying.received(&store.keeper, &order, body).await.unwrap();
    let out = store.post(store.stock_out(3)).await.unwrap();
    let receipt = buying.receipt(&order).await;
    let refused = buying.reversed(&receipt).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "stock_reversal_blocked"));
    assert!(refused.problem.detail.contains(&out.number), "{}", refused.problem.detail);
    store.reverse(&out).await.unwrap();
    buying.reversed(&receipt).await.unwrap();
    store.books_are_clean().await;
}

#[actix_web::test]
async fn two_people_who_receive_the_last_piece_at_once_receive_it_once() {
    let buying = Buying::open().await;
    let order = buying.placed().await;
    let body = || serde_json::from_value(json!({"lines": [{"line_id": order.lines[0].id, "quantity": "6"}]})).unwrap();
    let path = || ById { id: order.id };
    let (keeper, boss) = (&buying.store.keeper, &buying.store.headquarters);
    let (one, two) = tokio::join!(
        keeper.call_with::<ReceivePurchaseOrder>(path(), Nothing, body(), version(order.version)),
        boss.call_with::<ReceivePurchaseOrder>(path(), Nothing, body(), version(order.version)),
    );
    let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
    assert_eq!(won.unwrap().lines[0].received, Quantity::pieces(6));
    let lost = lost.unwrap_err();
    assert_eq!((lost.status, lost.code()), (412, "stale"), "the order is not what the second one saw");
    let now = buying.order(&order).await;
    let again = buying.received(boss, &now, json!({"lines": [{"line_id": order.lines[0].id, "quantity": "6"}]})).await;
    assert_eq!(faults(again), [("/lines/0/quantity".to_owned(), "receipt_exceeds_order".to_owned())]);
    assert_eq!(buying.store.stock(buying.store.part).await, [("G1".to_owned(), 6, 0, 6_000)]);
    buying.store.books_are_clean().await;
}

#[actix_web::test]
async fn who_writes_an_order_does_not_approve_it_and_nothing_comes_of_a_cancelled_one() {
    let buying = Buying::open().await;
    let boss = &buying.store.headquarters;
    let draft = json!({"party_id": buying.supplier, "warehouse_id": buying.store.good, "lines": [
        {"product_id": buying.store.part, "quantity": "1", "unit_price": "1"}]});
    let own = boss
        .call::<CreatePurchaseOrder>(Nothing, Nothing, serde_json::from_value(draft.clone()).unwrap())
        .await
        .unwrap();
    let own = boss.call::<SubmitPurchaseOrder>(ById { id: own.id }, Nothing, Nothing).await.unwrap();
    assert!(!own.allowed.contains(&PurchaseAction::Approve));
    let refused = boss.call::<ApprovePurchaseOrder>(ById { id: own.id }, Nothing, Nothing).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "own_purchase_order"));

    let why = || serde_json::from_value(json!({"reason": "供应商缺货"})).unwrap();
    let order = buying.placed().await;
    let came = json!({"lines": [{"line_id": order.lines[0].id, "quantity": "2"}]});
    let partly = buying.received(&buying.store.keeper, &order, came.clone()).await.unwrap();
    let refused = boss.call::<CancelPurchaseOrder>(ById { id: order.id }, Nothing, why()).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "state_conflict"), "what has come is not cancelled");
    let closed = boss.call::<ClosePurchaseOrder>(ById { id: order.id }, Nothing, why()).await.unwrap();
    assert_eq!(closed.state, PurchaseState::Closed);
    let refused = buying.received(&buying.store.keeper, &closed, came).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "state_conflict"));
    assert_eq!(buying.receipt(&partly).await.total_value.0, 2_000);

    let other = buying.placed().await;
    let other = boss.call::<CancelPurchaseOrder>(ById { id: other.id }, Nothing, why()).await.unwrap();
    assert_eq!(other.state, PurchaseState::Cancelled);
    let filter = PurchaseOrderFilter { state: Some("cancelled".parse().unwrap()), ..Default::default() };
    let query = Listing { filter, ..Listing::default() };
    let found = buying.clerk.call::<ListPurchaseOrders>(Nothing, query, Nothing).await.unwrap().items;
    assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [other.id]);
}

#[actix_web::test]
async fn goods_are_not_received_into_a_closed_month_nor_from_somebody_who_is_no_supplier() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let customer = json!({"name": "李雷", "kind": "person", "phone": "13800138000"});
    let customer = serde_json::from_value(customer).unwrap();
    let customer = buying.clerk.call::<CreateCustomer>(Nothing, Nothing, customer).await.unwrap().id;
    let draft = json!({"party_id": customer, "warehouse_id": store.good, "lines": [
        {"product_id": store.part, "quantity": "1", "unit_price": "1"}]});
    let refused =
        buying.clerk.call::<CreatePurchaseOrder>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await;
    assert_eq!(faults(refused), [("/party_id".to_owned(), "party_role_missing".to_owned())]);

    let order = buying.placed().await;
    let period = json!({"org_id": store.station, "month": "2026-10", "book": "stock"});
    let period: PeriodDraft = serde_json::from_value(period).unwrap();
    store.accountant.call::<ClosePeriod>(Nothing, Nothing, period).await.unwrap();
    let body =
        json!({"effective_at": "2026-10-15T02:00:00.000Z", "lines": [{"line_id": order.lines[0].id, "quantity": "1"}]});
    let refused = buying.received(&store.keeper, &order, body).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (423, "period_closed"));
    assert_eq!(buying.order(&order).await.lines[0].received, Quantity::ZERO);
}

/// Proves: S4-5.1
#[actix_web::test]
pub async fn an_invoice_at_another_price_is_owed_paid_and_all_of_it_taken_back() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let bank = base::bank_account(&store.accountant, "bank", "BANK").await;
    let order = buying.placed().await;
    let order = buying
        .received(
            &store.keeper,
            &order,
            json!({"lines": [
                {"line_id": order.lines[0].id, "quantity": "3"},
                {"line_id": order.lines[1].id, "quantity": "1", "serials": ["BRD-0001"]},
            ]}),
        )
        .await
        .unwrap();
    let line = json!({"receipt_line_id": order.to_invoice[0].receipt_line_id, "quantity": "4", "unit_price": "11.30"});
    let more =
        json!({"party_id": buying.supplier, "invoice_no": "31300916", "invoiced_on": "2026-11-02", "lines": [line]});
    let more = serde_json::from_value(more).unwrap();
    let more = store.accountant.call::<CreateSupplierInvoice>(Nothing, Nothing, more).await;
    assert_eq!(faults(more), [("/lines/0/quantity".to_owned(), "invoice_exceeds_receipt".to_owned())]);
    // 3 × 12.43 instead of 11.30, and the board as ordered: 263.29 with 30.29 VAT for goods received at 230.00
    let invoice = buying.charged(&order, "31300917", &["12.43", "226.00"]).await.unwrap();
    let sums = [invoice.amount, invoice.tax, invoice.accrued, invoice.difference, invoice.open];
    assert_eq!(sums.map(|money| money.0), [26_329, 3_029, 23_000, 300, 26_329]);
    assert_eq!(invoice.due_on.to_string(), "2026-12-02", "thirty days after the invoice");
    let books = async || {
        let accounts =
            [Account::GoodsReceived, Account::Vat, Account::PriceDifference, Account::Payable, Account::Bank];
        let mut nets = Vec::new();
        for account in accounts {
            nets.push(buying.net(account).await);
        }
        nets
    };
    assert_eq!(books().await, [0, 3_029, 300, -26_329, 0]);
    store.books_are_clean().await;

    let again = buying.charged(&order, "31300918", &[]).await;
    assert!(again.is_err(), "nothing is left to invoice");
    let receipt = buying.receipt(&order).await;
    let refused = buying.reversed(&receipt).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "goods_receipt_used"));
    assert!(refused.problem.detail.contains(&invoice.number));

    let first = buying.paid(&invoice, bank, "100.00").await.unwrap();
    assert_eq!((first.amount.0, first.allocations[0].source_number.as_str()), (10_000, &*invoice.number));
    assert_eq!(books().await, [0, 3_029, 300, -16_329, -10_000]);
    let over = buying.paid(&invoice, bank, "163.30").await.unwrap_err();
    assert_eq!((over.status, over.code()), (409, "open_item_exceeded"));
    let query = Plain(Default::default());
    let owed = store.accountant.call::<GetPayables>(Nothing, query, Nothing).await.unwrap();
    assert_eq!((owed.open.0, owed.overdue.0, owed.items[0].not_due.0), (16_329, 0, 16_329));
    let rest = buying.paid(&invoice, bank, "163.29").await.unwrap();
    let read = store.accountant.call::<GetSupplierInvoice>(ById { id: invoice.id }, Nothing, Nothing).await.unwrap();
    assert_eq!((read.open.0, buying.net(Account::Payable).await), (0, 0));
    store.books_are_clean().await;

    // all of it back: payments by somebody else, then the invoice, then the goods
    let refused = buying.uncharged(&invoice).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "reversal_blocked"));
    assert!(refused.problem.detail.contains(&first.number) && refused.problem.detail.contains(&rest.number));
    let why = || serde_json::from_value(json!({"reason": "重复付款"})).unwrap();
    let own = store
        .accountant
        .call_with::<ReversePayment>(ById { id: rest.id }, Nothing, why(), version(1))
        .await
        .unwrap_err();
    assert_eq!((own.status, own.code()), (409, "payer_cannot_reverse"));
    for payment in [&rest, &first] {
        let back = store
            .headquarters
            .call_with::<ReversePayment>(ById { id: payment.id }, Nothing, why(), version(1))
            .await
            .unwrap();
        assert_eq!(back.state, PaymentState::Reversed);
    }
    assert_eq!(books().await, [0, 3_029, 300, -26_329, 0]);
    let back = buying.uncharged(&invoice).await.unwrap();
    assert_eq!((back.state, back.open.0), (SupplierInvoiceState::Reversed, 0));
    assert_eq!(books().await, [-23_000, 0, 0, 0, 0]);
    // the number is free again, and only for one of two invoices
    let other = buying.charged(&order, "31300917", &["11.30"]).await.unwrap();
    assert_eq!(other.difference.0, 0);
    let twice = buying.charged(&order, "31300917", &["226.00"]).await;
    assert_eq!(faults(twice), [("/invoice_no".to_owned(), "invoice_no_taken".to_owned())]);
    buying.uncharged(&other).await.unwrap();
    buying.reversed(&receipt).await.unwrap();
    assert_eq!(books().await, [0, 0, 0, 0, 0]);
    store.books_are_clean().await;
}

/// Proves: S4-5.2
#[actix_web::test]
async fn what_goes_back_reduces_the_accrual_first_then_the_payable_and_all_of_it_can_be_undone() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let order = buying.placed().await;
    let (parts, boards) = (order.lines[0].id, order.lines[1].id);
    let came = json!({"lines": [{"line_id": parts, "quantity": "5"},
        {"line_id": boards, "quantity": "1", "serials": ["BRD-0001"]}]});
    let order = buying.received(&store.keeper, &order, came).await.unwrap();
    // the three parts of five that are charged are charged at 12.43; the board is charged as ordered
    let line = |of: &ToInvoice, quantity: &str, price: &str| json!({"receipt_line_id": of.receipt_line_id, "quantity": quantity, "unit_price": price});
    let lines = [line(&order.to_invoice[0], "3", "12.43"), line(&order.to_invoice[1], "1", "226.00")];
    let draft =
        json!({"party_id": buying.supplier, "invoice_no": "31300917", "invoiced_on": "2026-11-02", "lines": lines});
    let draft = serde_json::from_value(draft).unwrap();
    let invoice = store.accountant.call::<CreateSupplierInvoice>(Nothing, Nothing, draft).await.unwrap();
    let accounts = [
        Account::PartsGood,
        Account::GoodsReceived,
        Account::Vat,
        Account::PriceDifference,
        Account::Payable,
        Account::Receivable,
    ];
    assert_eq!(buying.nets(accounts).await, [25_000, -2_000, 3_029, 300, -26_329, 0]);

    // four parts and the board go back: two parts off the accrual, two and the board credited as they were charged
    let receipt = buying.receipt(&order).await;
    assert!(receipt.is_returnable);
    let back = json!([{"receipt_line_id": receipt.lines[0].id, "quantity": "4"},
        {"receipt_line_id": receipt.lines[1].id, "quantity": "1"}]);
    let back = buying.sent_back(&receipt, back).await;
    assert_eq!((back.state, back.allowed.len()), (PurchaseReturnState::Approved, 1), "the accountant may void it");
    let gone = buying.shipped(&back).await.unwrap();
    assert_eq!(
        (gone.state, gone.lines[0].released, gone.accrued.0),
        (PurchaseReturnState::Posted, Quantity::pieces(2), 2_000)
    );
    // 2 × 12.43 and 226.00
    assert_eq!([gone.credit, gone.tax, gone.set_off, gone.open].map(|m| m.0), [25_086, 2_886, 25_086, 0]);
    assert_eq!(gone.lines[1].serial.as_deref(), Some("BRD-0001"));
    assert_eq!(buying.nets(accounts).await, [1_000, 0, 143, 100, -1_243, 0]);
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 1, 0, 1_000)]);
    assert_eq!(store.stock(store.board).await, [("G1".to_owned(), 0, 0, 0)]);
    store.books_are_clean().await;

    // one of five is left to go back, nothing is left to invoice, and what follows from the invoice stands in its way
    let receipt = buying.receipt(&order).await;
    assert_eq!((receipt.lines[0].returned, receipt.returns.len()), (Quantity::pieces(4), 1));
    assert!(buying.order(&order).await.to_invoice.is_empty());
    let more = json!({"receipt_id": receipt.id, "reason": "再退", "lines": [
        {"receipt_line_id": receipt.lines[0].id, "quantity": "2"}, {"receipt_line_id": receipt.lines[1].id, "quantity": "1"}]});
    let more = serde_json::from_value(more).unwrap();
    let more = store.keeper.call::<CreatePurchaseReturn>(Nothing, Nothing, more).await;
    let exceeds = |at: &str| (at.to_owned(), "return_exceeds".to_owned());
    assert_eq!(faults(more), [exceeds("/lines/0/quantity"), exceeds("/lines/1/quantity")]);
    let refused = buying.uncharged(&invoice).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "reversal_blocked"));
    assert!(refused.problem.detail.contains(&gone.number), "{}", refused.problem.detail);
    let refused = buying.reversed(&receipt).await.unwrap_err();
    assert!(refused.problem.detail.contains(&gone.number), "{}", refused.problem.detail);

    let undone = buying.unshipped(&gone).await.unwrap();
    assert_eq!((undone.state, undone.postings.len()), (PurchaseReturnState::Reversed, 0));
    assert_eq!(buying.nets(accounts).await, [25_000, -2_000, 3_029, 300, -26_329, 0]);
    assert_eq!(buying.order(&order).await.to_invoice[0].quantity, Quantity::pieces(2));
    store.books_are_clean().await;
    buying.uncharged(&invoice).await.unwrap();
    buying.reversed(&receipt).await.unwrap();
    assert_eq!(buying.nets(accounts).await, [0; 6]);
    store.books_are_clean().await;
}

/// Proves: S4-5.2
#[actix_web::test]
async fn what_is_paid_already_the_supplier_owes_and_a_return_waits_for_somebody_else() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let bank = base::bank_account(&store.accountant, "bank", "BANK").await;
    let order = buying.placed().await;
    let came = json!({"lines": [{"line_id": order.lines[0].id, "quantity": "3"}]});
    let order = buying.received(&store.keeper, &order, came).await.unwrap();
    let invoice = buying.charged(&order, "31300920", &["11.30"]).await.unwrap();
    buying.paid(&invoice, bank, "20.00").await.unwrap();
    let receipt = buying.receipt(&order).await;
    let line = |quantity: &str| json!([{"receipt_line_id": receipt.lines[0].id, "quantity": quantity}]);

    let own = json!({"receipt_id": receipt.id, "reason": "来料不良", "lines": line("1")});
    let own = serde_json::from_value(own).unwrap();
    let own = store.headquarters.call::<CreatePurchaseReturn>(Nothing, Nothing, own).await.unwrap();
    let own = store.headquarters.call::<SubmitPurchaseReturn>(ById { id: own.id }, Nothing, Nothing).await.unwrap();
    assert!(!own.allowed.contains(&PurchaseReturnAction::Approve));
    let refused = store.headquarters.call::<ApprovePurchaseReturn>(ById { id: own.id }, Nothing, Nothing).await;
    assert_eq!(refused.unwrap_err().code(), "own_document");
    assert_eq!(buying.shipped(&own).await.unwrap_err().code(), "state_conflict", "nobody has approved it");

    // 22.60 is credited: 13.90 of the invoice is not paid, 8.70 is paid back
    let back = buying.sent_back(&receipt, line("2")).await;
    let also = buying.sent_back(&receipt, line("2")).await;
    let gone = buying.shipped(&back).await.unwrap();
    assert_eq!([gone.credit, gone.set_off, gone.open].map(|m| m.0), [2_260, 1_390, 870]);
    assert_eq!(buying.nets([Account::Payable, Account::Receivable]).await, [0, 870]);
    assert_eq!(faults(buying.shipped(&also).await), [("/lines/0/quantity".to_owned(), "return_exceeds".to_owned())]);
    store.books_are_clean().await;

    // the supplier pays it back, which stands in the way of undoing the return
    let owed = given::open_item(&store.accountant, gone.id.uuid()).await;
    let amount = json!({"amount": "8.70", "currency": "CNY"});
    let paid = json!({"party_id": buying.supplier, "payments": [{"method": "transfer", "bank_account_id": bank, "amount": amount}],
        "allocations": [{"open_item_id": owed, "amount": amount}]});
    let paid = serde_json::from_value(paid).unwrap();
    let paid = store.accountant.call::<CreateReceipt>(Nothing, Nothing, paid).await.unwrap();
    assert_eq!(buying.net(Account::Receivable).await, 0);
    let refused = buying.unshipped(&gone).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "reversal_blocked"));
    assert!(refused.problem.detail.contains(&paid.number), "{}", refused.problem.detail);
    store.books_are_clean().await;

    let filter = PurchaseReturnFilter { state: Some("posted".parse().unwrap()), ..Default::default() };
    let found =
        store.keeper.call::<ListPurchaseReturns>(Nothing, Listing { filter, ..Listing::default() }, Nothing).await;
    assert_eq!(found.unwrap().items.iter().map(|row| row.id).collect::<Vec<_>>(), [gone.id]);
}

#[actix_web::test]
async fn two_people_who_send_the_same_goods_back_at_once_send_them_once() {
    let buying = Buying::open().await;
    let order = buying.placed().await;
    let came = json!({"lines": [{"line_id": order.lines[0].id, "quantity": "3"}]});
    let order = buying.received(&buying.store.keeper, &order, came).await.unwrap();
    let receipt = buying.receipt(&order).await;
    let all = json!([{"receipt_line_id": receipt.lines[0].id, "quantity": "3"}]);
    let (one, two) = (buying.sent_back(&receipt, all.clone()).await, buying.sent_back(&receipt, all).await);
    let (first, second) = tokio::join!(buying.shipped(&one), buying.shipped(&two));
    let lost = if first.is_ok() { second } else { first };
    assert_eq!(faults(lost), [("/lines/0/quantity".to_owned(), "return_exceeds".to_owned())]);
    assert_eq!(buying.nets([Account::GoodsReceived, Account::PartsGood]).await, [0, 0]);
    buying.store.books_are_clean().await;
}

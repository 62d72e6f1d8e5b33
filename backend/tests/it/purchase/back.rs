//! What goes back to suppliers.

use super::{Buying, faults};
use crate::support::base;
use crate::support::given;
use openapi::finance::Account;
use openapi::finance::receipt::CreateReceipt;
use openapi::trade::purchase::back::{
    ApprovePurchaseReturn, CreatePurchaseReturn, ListPurchaseReturns, PurchaseReturnAction, PurchaseReturnFilter,
    PurchaseReturnState, SubmitPurchaseReturn,
};
use openapi::trade::purchase::invoice::{CreateSupplierInvoice, ToInvoice};
use openapi::{ById, Listing, Nothing, Quantity};
use serde_json::json;

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

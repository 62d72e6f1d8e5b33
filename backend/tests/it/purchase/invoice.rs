//! What suppliers charge, and what is paid.

use super::{Buying, faults};
use crate::support::base;
use crate::support::client::version;
use openapi::finance::Account;
use openapi::finance::payment::{GetPayables, PaymentState, ReversePayment};
use openapi::trade::purchase::invoice::{CreateSupplierInvoice, GetSupplierInvoice, SupplierInvoiceState};
use openapi::{ById, Nothing, Plain};
use serde_json::json;

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

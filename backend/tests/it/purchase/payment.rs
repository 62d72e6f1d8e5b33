//! Money that goes to suppliers before there is anything to pay, and what is set off instead of being paid.

use super::{Buying, faults};
use crate::support::base;
use crate::support::client::{Client, Refused, version};
use crate::support::given;
use openapi::finance::Account;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::payment::{CreatePayment, GetPayables, Payment, PaymentState, ReversePayment};
use openapi::trade::purchase::invoice::SupplierInvoice;
use openapi::trade::purchase::order::PurchaseOrder;
use openapi::{ById, Nothing, Plain};
use serde_json::{Value, json};
use uuid::Uuid;

const BOOKS: [Account; 4] = [Account::Payable, Account::Prepaid, Account::Receivable, Account::Bank];

fn yuan(amount: &str) -> Value {
    json!({"amount": amount, "currency": "CNY"})
}

fn part(item: Uuid, amount: &str) -> Value {
    json!({"open_item_id": item, "amount": yuan(amount)})
}

impl Buying {
    async fn pay(&self, rest: Value) -> Result<Payment, Refused> {
        let mut draft = json!({"party_id": self.supplier});
        draft.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        self.store.accountant.call::<CreatePayment>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    }

    /// Ten parts at 11.30 came and were charged.
    async fn owing(&self) -> (PurchaseOrder, SupplierInvoice) {
        let order = self.placed().await;
        let came = json!({"lines": [{"line_id": order.lines[0].id, "quantity": "10"}]});
        let order = self.received(&self.store.keeper, &order, came).await.unwrap();
        let invoice = self.charged(&order, "31300950", &["11.30"]).await.unwrap();
        (order, invoice)
    }
}

async fn take_back(by: &Client, payment: &Payment, with: &[&str]) -> Result<Payment, Refused> {
    let why = serde_json::from_value(json!({"reason": "重复付款", "with": with})).unwrap();
    by.call_with::<ReversePayment>(ById { id: payment.id }, Nothing, why, version(payment.version)).await
}

/// Proves: S4-10.4
#[actix_web::test]
async fn what_was_prepaid_pays_a_later_invoice_and_both_payments_go_back_in_one_command() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let bank = base::bank_account(&store.accountant, "bank", "BANK").await;
    let money = |more: Value| {
        let mut all = json!({"method": "transfer", "bank_account_id": bank});
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    let first = buying.pay(money(json!({"advance": yuan("50.00"), "org_id": store.station}))).await.unwrap();
    assert_eq!([first.amount, first.advance, first.set_off].map(|m| m.0), [5_000, 5_000, 0]);
    assert_eq!(buying.nets(BOOKS).await, [0, 5_000, 0, -5_000]);

    let (_, invoice) = buying.owing().await;
    let (owed, prepaid) = (
        given::open_item(&store.accountant, invoice.id.uuid()).await,
        given::open_item(&store.accountant, first.id.uuid()).await,
    );
    let ages = store.accountant.call::<GetPayables>(Nothing, Plain(Default::default()), Nothing).await.unwrap();
    assert_eq!([ages.open, ages.prepaid, ages.items[0].prepaid].map(|m| m.0), [11_300, 5_000, 5_000]);

    // 113.00 are owed: 50.00 were prepaid, 63.00 are paid, and 7.00 more in advance
    let over = json!({"allocations": [part(owed, "40.00")], "credits": [part(prepaid, "50.00")]});
    let over = buying.pay(money(over)).await;
    assert_eq!(faults(over), [("/credits".to_owned(), "credit_not_used".to_owned())]);
    let wrong = buying.pay(money(json!({"allocations": [part(prepaid, "1.00")]}))).await;
    assert_eq!(faults(wrong), [("/allocations/0/open_item_id".to_owned(), "wrong_side".to_owned())]);
    let nowhere = buying.pay(json!({"allocations": [part(owed, "1.00")]})).await;
    let required = |at: &str| (at.to_owned(), "required".to_owned());
    assert_eq!(faults(nowhere), [required("/method"), required("/bank_account_id")]);
    let body =
        json!({"allocations": [part(owed, "113.00")], "credits": [part(prepaid, "50.00")], "advance": yuan("7.00")});
    let second = buying.pay(money(body)).await.unwrap();
    assert_eq!([second.amount, second.advance, second.set_off].map(|m| m.0), [7_000, 700, 5_000]);
    let sides: Vec<OpenItemSide> = second.allocations.iter().map(|a| a.side).collect();
    assert_eq!(sides, [OpenItemSide::Payable, OpenItemSide::Prepaid]);
    assert_eq!(buying.nets(BOOKS).await, [0, 700, 0, -12_000]);
    let again = buying.pay(money(json!({"allocations": [part(owed, "1.00")]}))).await.unwrap_err();
    assert_eq!(again.code(), "open_item_exceeded");
    store.books_are_clean().await;

    // the advance that the second one used stands in the way of the first; named, both go back together
    let refused = take_back(&store.headquarters, &first, &[]).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "reversal_blocked"));
    assert!(refused.problem.detail.contains(&second.number), "{}", refused.problem.detail);
    let back = take_back(&store.headquarters, &first, &[&*second.number]).await.unwrap();
    assert_eq!((back.state, back.allocations.len()), (PaymentState::Reversed, 0));
    assert_eq!(buying.nets(BOOKS).await, [-11_300, 0, 0, 0]);
    store.books_are_clean().await;
}

/// Proves: S4-10.4
#[actix_web::test]
async fn what_a_supplier_owes_is_set_off_without_money_and_money_of_another_station_stands_between_them() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let bank = base::bank_account(&store.accountant, "bank", "BANK").await;
    // ten parts are paid, four go back: 45.20 is owed by the supplier
    let (first, invoice) = buying.owing().await;
    buying.paid(&invoice, bank, "113.00").await.unwrap();
    let receipt = buying.receipt(&first).await;
    let line = json!([{"receipt_line_id": receipt.lines[0].id, "quantity": "4"}]);
    let gone = buying.sent_back(&receipt, line).await;
    let gone = buying.shipped(&gone).await.unwrap();
    assert_eq!(gone.open.0, 4_520);
    // boards for 226.00 are charged
    let order = buying.placed().await;
    let came = json!({"lines": [{"line_id": order.lines[1].id, "quantity": "1", "serials": ["BRD-0009"]}]});
    let order = buying.received(&store.keeper, &order, came).await.unwrap();
    let board = buying.charged(&order, "31300951", &["226.00"]).await.unwrap();
    let (owed, credit) = (
        given::open_item(&store.accountant, board.id.uuid()).await,
        given::open_item(&store.accountant, gone.id.uuid()).await,
    );
    let body = json!({"method": "transfer", "bank_account_id": bank, "reference": "TX-9",
        "allocations": [part(owed, "45.20")], "credits": [part(credit, "45.20")]});
    let set_off = buying.pay(body).await.unwrap();
    assert_eq!((set_off.amount.0, set_off.method, set_off.bank_account_id), (0, None, None));
    assert_eq!(set_off.reference, None);
    assert_eq!(buying.nets(BOOKS).await, [-18_080, 0, 0, -11_300]);
    store.books_are_clean().await;
    let refused = buying.unshipped(&gone).await.unwrap_err();
    assert!(refused.problem.detail.contains(&set_off.number), "{}", refused.problem.detail);

    // headquarters paid for the station: the station owes it to headquarters, and the books of each balance
    let between = async || {
        let totals = store.app.as_system(async |tx| finance::api::account_totals(tx).await).await;
        let of = |station: Uuid| totals.get(&(station, Account::InterStation)).map_or(0, |net| net.0);
        [of(store.station), of(store.app.headquarters().await)]
    };
    assert_eq!(between().await, [-11_300, 11_300]);
    let money = json!({"method": "transfer", "bank_account_id": bank, "allocations": [part(owed, "80.80")]});
    let rest = buying.pay(money).await.unwrap();
    assert_eq!(between().await, [-19_380, 19_380]);
    take_back(&store.headquarters, &rest, &[]).await.unwrap();
    assert_eq!(between().await, [-11_300, 11_300]);
    let back = take_back(&store.headquarters, &set_off, &[]).await.unwrap();
    assert_eq!(back.state, PaymentState::Reversed);
    assert_eq!(buying.nets(BOOKS).await, [-22_600, 0, 4_520, -11_300]);
    store.books_are_clean().await;
}

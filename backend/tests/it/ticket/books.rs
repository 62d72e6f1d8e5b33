//! What other books tell a ticket: the tax rates of the day, receipts that were entered in finance, and units that base
//! data has put right.

use super::shop::{Shop, act, paid};
use crate::support::client::version;
use openapi::document::DocKind;
use openapi::finance::open_item::{ListOpenItems, OpenItemFilter};
use openapi::finance::receipt::{CreateReceipt, ReceiptDraft, ReversalDraft, ReverseReceipt};
use openapi::finance::vat::{GetVatRates, SetVatRate, VatKind, VatRateDraft};
use openapi::master::bank_account::{BankAccountFilter, ListBankAccounts};
use openapi::master::unit::{GetUnit, UnitDraft, UpdateUnit, VerifyUnit};
use openapi::service::closing::{ChargeKind, PayMethod};
use openapi::service::ticket::*;
use openapi::service::work::Remark;
use openapi::{ById, Date, Listing, Money, Nothing, Role};
use serde_json::json;

fn rate(kind: VatKind, rate: u16, on: &str) -> VatRateDraft {
    VatRateDraft { kind, rate, effective_on: on.parse::<Date>().unwrap(), remark: None }
}

fn rates_of(ticket: &Ticket) -> Vec<(ChargeKind, i64)> {
    ticket.charges.lines.iter().map(|line| (line.kind, line.tax_rate)).collect()
}

#[actix_web::test]
async fn tax_rates_apply_from_their_day_on_and_posted_bills_keep_theirs() {
    let shop = Shop::open().await;
    let (accountant, desk) = (shop.who(Role::Accountant), shop.who(Role::Reception));
    let settled = shop.passed("861234567890127", "out").await;
    assert_eq!(rates_of(&settled), [(ChargeKind::Labour, 1300), (ChargeKind::Part, 1300)], "the preset");
    let settled = act::<SettleTicket>(desk, &settled, Remark::default()).await.unwrap();
    let open = shop.passed("861234567890128", "out").await;

    let refused = desk.call::<SetVatRate>(Nothing, Nothing, rate(VatKind::Labour, 600, "2026-11-21")).await;
    assert_eq!(refused.unwrap_err().status, 403);
    let past = accountant.call::<SetVatRate>(Nothing, Nothing, rate(VatKind::Labour, 600, "2026-11-20")).await;
    assert_eq!(past.unwrap_err().errors(), [("/effective_on", "vat_in_past")]);
    let wild = accountant.call::<SetVatRate>(Nothing, Nothing, rate(VatKind::Labour, 10_001, "2026-11-21")).await;
    assert_eq!(wild.unwrap_err().status, 422);
    for draft in [
        rate(VatKind::Labour, 900, "2026-11-21"),
        // a later entry of the same day takes the place of the first
        rate(VatKind::Labour, 600, "2026-11-21"),
        rate(VatKind::Part, 100, "2026-12-01"),
    ] {
        accountant.call::<SetVatRate>(Nothing, Nothing, draft).await.unwrap();
    }
    let rates = accountant.call::<GetVatRates>(Nothing, Nothing, Nothing).await.unwrap();
    assert_eq!((rates.labour, rates.part, rates.items.len()), (600, 1300, 3));
    assert_eq!(rates.items.iter().filter(|item| item.is_current).count(), 1);

    let read = async |id| desk.call::<GetTicket>(ById { id }, Nothing, Nothing).await.unwrap();
    let (kept, new) = (read(settled.id).await, read(open.id).await);
    assert_eq!(rates_of(&kept), [(ChargeKind::Labour, 1300), (ChargeKind::Part, 1300)]);
    assert_eq!(rates_of(&new), [(ChargeKind::Labour, 600), (ChargeKind::Part, 1300)]);
    assert_eq!(kept.charges.total, new.charges.total, "prices include the tax");
    act::<SettleTicket>(desk, &new, Remark::default()).await.unwrap();
    shop.is_clean().await;
}

#[actix_web::test]
async fn a_receipt_that_was_entered_in_finance_shows_on_the_ticket_that_it_pays() {
    let shop = Shop::open().await;
    let (accountant, desk) = (shop.who(Role::Accountant), shop.who(Role::Reception));
    let ticket = shop.passed("861234567890127", "out").await;
    let ticket = act::<SettleTicket>(desk, &ticket, Remark::default()).await.unwrap();
    let ticket = act::<CollectTicket>(desk, &ticket, paid(&[(PayMethod::Cash, 8000)])).await.unwrap();
    assert_eq!(ticket.receipts.iter().map(|r| r.amount).collect::<Vec<_>>(), [Money(8000)]);

    let filter = OpenItemFilter { origin_id: Some(ticket.id.cast()), ..OpenItemFilter::default() };
    let items = accountant.call::<ListOpenItems>(Nothing, Listing { filter, ..Listing::default() }, Nothing).await;
    let item = items.unwrap().items.remove(0);
    let filter = BankAccountFilter { org_id: Some(shop.world.near.id.into()), ..BankAccountFilter::default() };
    let accounts = Listing { filter, ..Listing::default() };
    let till = accountant.call::<ListBankAccounts>(Nothing, accounts, Nothing).await.unwrap().items[0].id;
    let draft: ReceiptDraft = serde_json::from_value(json!({
        "party_id": ticket.customer_id,
        "payments": [{"method": "transfer", "bank_account_id": till, "amount": {"amount": "150.00", "currency": "CNY"}}],
        "allocations": [{"open_item_id": item.id, "amount": {"amount": "100.00", "currency": "CNY"}}],
    }))
    .unwrap();
    let receipt = accountant.call::<CreateReceipt>(Nothing, Nothing, draft).await.unwrap();

    let seen = desk.call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
    assert_eq!((seen.received, seen.open), (Money(18_000), Money::ZERO));
    let amounts: Vec<_> = seen.receipts.iter().map(|r| (r.amount, r.methods.clone())).collect();
    assert_eq!(amounts, [(Money(8000), vec![PayMethod::Cash]), (Money(10_000), vec![PayMethod::Transfer])]);
    let receipts = seen.documents.iter().filter(|document| document.kind == DocKind::Receipt).count();
    assert_eq!(receipts, 2, "it is among the documents of the ticket too");

    let back = ReversalDraft { reason: "付款方式有误".parse().unwrap(), with: Vec::new() };
    let other = shop.world.far.people[&Role::Accountant].clone();
    other.call_with::<ReverseReceipt>(ById { id: receipt.id }, Nothing, back, version(receipt.version)).await.unwrap();
    let seen = desk.call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
    assert_eq!((seen.received, seen.open, seen.receipts.len()), (Money(8000), Money(10_000), 1));
    shop.is_clean().await;
}

#[actix_web::test]
async fn base_data_that_confirms_or_corrects_a_unit_clears_the_mark_of_its_open_tickets() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let read = async |id| desk.call::<GetTicket>(ById { id }, Nothing, Nothing).await.unwrap();
    // confirmed as it is
    let ticket = shop.assigned("SN-UNKNOWN-1", "out").await;
    assert!(ticket.is_abnormal);
    let unit = ById { id: ticket.unit_id.unwrap().cast() };
    let found = desk.call::<GetUnit>(unit, Nothing, Nothing).await.unwrap();
    desk.call_with::<VerifyUnit>(ById { id: found.id }, Nothing, Nothing, version(found.version)).await.unwrap();
    let cleared = read(ticket.id).await;
    assert!(!cleared.is_abnormal && cleared.version > ticket.version);
    // the serial was misread: the ticket shows the right one
    let ticket = shop.assigned("SN-MISREAD-1", "out").await;
    let found = desk.call::<GetUnit>(ById { id: ticket.unit_id.unwrap().cast() }, Nothing, Nothing).await.unwrap();
    let draft: UnitDraft = serde_json::from_value(json!({
        "serial": "SN-READ-1", "product_id": found.product_id, "customer_id": found.customer_id, "sold_on": found.sold_on,
    }))
    .unwrap();
    let path = ById { id: found.id };
    let corrected = desk.call_with::<UpdateUnit>(path, Nothing, draft, version(found.version)).await.unwrap();
    assert!(!corrected.is_abnormal);
    let ticket = read(ticket.id).await;
    assert_eq!((ticket.serial.as_deref(), ticket.is_abnormal), (Some("SN-READ-1"), false));
    shop.is_clean().await;
}

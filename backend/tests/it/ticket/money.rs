//! At the till: two cashiers, a double click, what is missing at the pickup, and taking it all back.

use super::main_job::satisfied;
use super::shop::{Shop, act, paid, reason};
use crate::support::client::version;
use openapi::document::DocKind;
use openapi::finance::receipt::{ReversalDraft, ReverseReceipt};
use openapi::service::closing::{CallbackOutcome, PayMethod};
use openapi::service::state::{OldPartState, TicketState};
use openapi::service::ticket::*;
use openapi::service::work::{FeeDraft, FeesDraft, FinishDraft, Remark};
use openapi::{ById, Money, Nothing, Quantity, Role};

#[actix_web::test]
async fn of_two_cashiers_one_settles_and_one_collects_and_a_double_click_changes_nothing() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let accountant = shop.who(Role::Accountant);
    let ticket = shop.passed("861234567890127", "out").await;
    let (one, two) = futures::join!(
        act::<SettleTicket>(desk, &ticket, Remark::default()),
        act::<SettleTicket>(accountant, &ticket, Remark::default()),
    );
    let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
    let (ticket, lost) = (won.unwrap(), lost.unwrap_err());
    assert_eq!((lost.status, lost.code()), (412, "stale"));

    let all = [(PayMethod::Cash, ticket.open.0)];
    let click = || version(ticket.version).key("the-same-click");
    let path = || ById { id: ticket.id };
    let first = desk.call_with::<CollectTicket>(path(), Nothing, paid(&all), click()).await.unwrap();
    let again = desk.call_with::<CollectTicket>(path(), Nothing, paid(&all), click()).await.unwrap();
    assert_eq!(first, again);
    let late = act::<CollectTicket>(accountant, &ticket, paid(&all)).await.unwrap_err();
    assert_eq!((late.status, late.code()), (412, "stale"));
    let too_much = act::<CollectTicket>(accountant, &first, paid(&[(PayMethod::Cash, 1)])).await.unwrap_err();
    assert_eq!((too_much.status, too_much.code()), (422, "overpaid"));
    assert_eq!(first.documents.iter().filter(|document| document.kind == DocKind::Receipt).count(), 1);
    shop.is_clean().await;
}

#[actix_web::test]
async fn the_unit_goes_out_only_with_money_or_credit_signature_and_every_accessory() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let ticket = shop.passed("861234567890127", "out").await;
    let early = act::<CollectTicket>(desk, &ticket, paid(&[(PayMethod::Cash, 100)])).await.unwrap_err();
    assert_eq!((early.status, early.code()), (409, "not_settled"));
    let ticket = act::<SettleTicket>(desk, &ticket, Remark::default()).await.unwrap();
    let mut pickup = shop.pickup(&ticket).await;
    pickup.on_credit = true;
    let no_right = act::<PickUpTicket>(desk, &ticket, pickup.clone()).await.unwrap_err();
    assert_eq!((no_right.status, no_right.code()), (409, "not_paid"));
    let manager = shop.who(Role::StationManager);
    let mut forgotten = pickup.clone();
    forgotten.returned_accessory_ids.pop();
    let missing = act::<PickUpTicket>(manager, &ticket, forgotten).await.unwrap_err();
    assert_eq!((missing.status, missing.code()), (409, "accessories_not_returned"));
    let mut unsigned = pickup.clone();
    unsigned.signature_id = platform::new_id().into();
    let unsigned = act::<PickUpTicket>(manager, &ticket, unsigned).await.unwrap_err();
    assert_eq!((unsigned.status, unsigned.code()), (409, "signature_missing"));
    let gone = act::<PickUpTicket>(manager, &ticket, pickup).await.unwrap();
    assert_eq!((gone.state, gone.open), (TicketState::Completed, Money(18_000)));
    // the debt is paid later, and the timeline says so
    let paid_up = act::<CollectTicket>(desk, &gone, paid(&[(PayMethod::Transfer, 18_000)])).await.unwrap();
    assert_eq!((paid_up.state, paid_up.open), (TicketState::Completed, Money::ZERO));
    shop.is_clean().await;
}

#[actix_web::test]
async fn services_are_charged_or_free_by_warranty_and_fixed_by_the_settlement() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let ticket = shop.passed("861234567890127", "in").await;
    let fee = |name: &str, pieces: i64| FeeDraft {
        service_item_id: shop.entry(name),
        quantity: Quantity::pieces(pieces),
        unit_price: None,
    };
    let fees = FeesDraft { lines: vec![fee("inspection", 1), fee("courier", 2)] };
    let ticket = act::<ChargeTicket>(desk, &ticket, fees.clone()).await.unwrap();
    // the inspection is free in warranty, two parcels at 20.00 are the customer's
    assert_eq!(ticket.charges.customer_due, Money(4_000));
    let negative = FeesDraft { lines: vec![FeeDraft { unit_price: Some("-1".parse().unwrap()), ..fee("courier", 1) }] };
    let refused = act::<ChargeTicket>(desk, &ticket, negative).await.unwrap_err();
    assert_eq!(refused.errors(), [("/lines/0/unit_price", "out_of_range")]);
    let ticket = act::<SettleTicket>(desk, &ticket, Remark::default()).await.unwrap();
    let late = act::<ChargeTicket>(desk, &ticket, fees).await.unwrap_err();
    assert_eq!((late.status, late.code()), (409, "already_settled"));
    shop.is_clean().await;
}

/// Proves: S4-1.1s5, S4-1.1s6
#[actix_web::test]
pub async fn a_completed_ticket_is_taken_back_step_by_step_and_every_posting_is_mirrored() {
    let shop = Shop::open().await;
    let headquarters = shop.who(Role::Headquarters);
    let ticket = shop.completed("861234567890127", "out").await;
    let blocked = act::<ReverseTicketCompletion>(headquarters, &ticket, reason("录错")).await.unwrap_err();
    assert_eq!((blocked.status, blocked.code()), (409, "reversal_blocked"));
    let receipt = ticket.documents.iter().find(|document| document.kind == DocKind::Receipt).unwrap();
    assert!(blocked.problem.title.contains(&receipt.number), "the receipt in the way is named");

    let draft = ReversalDraft { reason: "收错".parse().unwrap(), with: Vec::new() };
    let accountant = shop.who(Role::Accountant);
    let path = ById { id: receipt.id.cast() };
    accountant.call_with::<ReverseReceipt>(path, Nothing, draft, version(1)).await.unwrap();
    let ticket = headquarters.call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(ticket.open, Money(18_000));
    assert!(ticket.documents.iter().any(|document| document.id == receipt.id && document.is_reversed));
    shop.is_clean().await;

    let ticket = act::<ReverseTicketCompletion>(headquarters, &ticket, reason("录错")).await.unwrap();
    assert_eq!((ticket.state, ticket.charges.is_settled), (TicketState::PendingPickup, false));
    assert!(ticket.signature_id.is_none() && ticket.accessories.iter().all(|item| !item.is_returned));
    shop.is_clean().await;

    let ticket = act::<ReverseTicketFinish>(headquarters, &ticket, reason("配件用错")).await.unwrap();
    assert_eq!(ticket.state, TicketState::Repairing);
    let part = &ticket.parts[0];
    assert!(!part.is_consumed && part.issued == Quantity::ONE && part.old_part == OldPartState::Owed);
    shop.is_clean().await;

    // and the whole way again
    let engineer = shop.who(Role::Engineer);
    let ticket = act::<FinishTicket>(engineer, &ticket, FinishDraft::default()).await.unwrap();
    let ticket = act::<PassTicket>(shop.who(Role::Inspector), &ticket, Remark::default()).await.unwrap();
    let ticket = act::<SettleTicket>(shop.who(Role::Reception), &ticket, Remark::default()).await.unwrap();
    assert_eq!(ticket.open, Money(18_000));
    shop.is_clean().await;

    // before the pickup the settlement alone is taken back, and asked anew
    let ticket = act::<ReverseTicketSettlement>(headquarters, &ticket, reason("价格有误")).await.unwrap();
    assert_eq!(
        (ticket.state, ticket.charges.is_settled, ticket.open),
        (TicketState::PendingPickup, false, Money::ZERO)
    );
    shop.is_clean().await;
    let ticket = act::<SettleTicket>(shop.who(Role::Reception), &ticket, Remark::default()).await.unwrap();
    assert_eq!(ticket.open, Money(18_000));
    shop.is_clean().await;
}

/// Proves: S4-1.1s6
#[actix_web::test]
async fn a_customer_who_was_not_reached_is_called_again_and_a_bad_answer_needs_a_follow_up() {
    let shop = Shop::open().await;
    let care = shop.who(Role::Care);
    let ticket = shop.completed("861234567890127", "out").await;
    let mut draft = satisfied();
    (draft.outcome, draft.score) = (CallbackOutcome::Unreachable, None);
    let ticket = act::<CallBackTicket>(care, &ticket, draft).await.unwrap();
    assert_eq!(ticket.state, TicketState::Completed);
    assert_eq!(ticket.callback.as_ref().unwrap().outcome, CallbackOutcome::Unreachable);
    let mut draft = satisfied();
    (draft.outcome, draft.score) = (CallbackOutcome::Dissatisfied, Some(2));
    let silent = act::<CallBackTicket>(care, &ticket, draft.clone()).await.unwrap_err();
    assert_eq!(silent.errors(), [("/follow_up", "required")]);
    draft.follow_up = Some("店长致电道歉".parse().unwrap());
    let ticket = act::<CallBackTicket>(care, &ticket, draft).await.unwrap();
    assert_eq!((ticket.state, ticket.callback.unwrap().score), (TicketState::CalledBack, Some(2)));
    shop.is_clean().await;
}

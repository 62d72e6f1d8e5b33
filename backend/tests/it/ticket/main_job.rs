//! A broken phone comes in and goes out repaired, by the hands of six people; then the books tie.

use super::shop::{Shop, act, moves, paid, reason, uses};
use crate::support::faults;
use openapi::document::DocKind;
use openapi::master::unit::{GetSerialHistory, SerialQuery, UnitEventKind};
use openapi::service::closing::{CallbackAnswer, CallbackDraft, CallbackOutcome, ChargeKind, PayMethod};
use openapi::service::state::{OldPartState, Stage, TicketState};
use openapi::service::ticket::*;
use openapi::service::work::{Acceptance, FinishDraft, Remark, TicketPayer};
use openapi::system::{GetJournal, SubjectQuery};
use openapi::{ById, Money, Nothing, Plain, Quantity, Role};

pub fn satisfied() -> CallbackDraft {
    CallbackDraft {
        outcome: CallbackOutcome::Satisfied,
        score: Some(5),
        answers: vec![CallbackAnswer { question: "是否修好？".parse().unwrap(), answer: "是".parse().unwrap() }],
        follow_up: None,
    }
}

/// Proves: S4-1.1, S4-1.1A, S4-1.1s1, S4-1.1s2, S4-1.1s3, S4-1.1s4, S4-1.1s5, S4-1.1s6, S4-1.1s7, S1d-2.1, S1d-2.3, S1d-3.2, S1d-3.3
#[actix_web::test]
pub async fn a_repair_out_of_warranty_goes_through_all_seven_stages_and_the_books_tie() {
    let shop = Shop::open().await;
    let (desk, engineer) = (shop.who(Role::Reception), shop.who(Role::Engineer));

    let mut draft = shop.intake("861234567890127", "out");
    draft.accept = false;
    let ticket = desk.call::<CreateTicket>(Nothing, Nothing, draft).await.unwrap();
    assert_eq!((ticket.state, ticket.stage), (TicketState::PendingAcceptance, Stage::Acceptance));
    let is_next = ticket.number == "RE202611210003" || faults::are_on();
    assert!(is_next && ticket.number.starts_with("RE20261121"), "{}", ticket.number);
    let ticket = act::<AcceptTicket>(desk, &ticket, Acceptance::default()).await.unwrap();
    assert_eq!((ticket.state, ticket.stage), (TicketState::PendingDiagnosis, Stage::Repair));

    let engineer_id = shop.world.near.users[&Role::Engineer].into();
    let assignment = openapi::service::work::Assignment { engineer_id, reason: None };
    let ticket = act::<AssignTicket>(desk, &ticket, assignment).await.unwrap();
    let ticket = act::<DiagnoseTicket>(engineer, &ticket, shop.diagnosis()).await.unwrap();
    assert_eq!(ticket.state, TicketState::Repairing);
    assert_eq!(ticket.faults.iter().filter(|fault| fault.is_confirmed).count(), 2);

    let ticket = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.screen, 2)).await.unwrap();
    assert_eq!((ticket.parts[0].reserved, ticket.parts[0].short), (Quantity::pieces(2), Quantity::ZERO));
    let ticket = act::<IssueTicketParts>(engineer, &ticket, moves(&ticket, 0, 2)).await.unwrap();
    assert_eq!((ticket.parts[0].reserved, ticket.parts[0].issued), (Quantity::ZERO, Quantity::pieces(2)));
    let ticket = act::<UseTicketParts>(engineer, &ticket, uses(&ticket, 0, 1)).await.unwrap();

    let early = act::<FinishTicket>(engineer, &ticket, FinishDraft::default()).await.unwrap_err();
    assert_eq!((early.status, early.code()), (409, "parts_not_balanced"));
    let ticket = act::<ReturnTicketParts>(engineer, &ticket, moves(&ticket, 0, 1)).await.unwrap();
    let ticket = act::<FinishTicket>(engineer, &ticket, FinishDraft::default()).await.unwrap();
    assert_eq!((ticket.state, ticket.stage), (TicketState::PendingQc, Stage::Quality));
    assert!(ticket.parts[0].is_consumed && ticket.parts[0].old_part == OldPartState::Returned);
    assert_eq!(ticket.parts[0].cost, None, "an engineer sees no cost");

    let own = act::<PassTicket>(engineer, &ticket, Remark::default()).await.unwrap_err();
    assert_eq!(own.status, 403);
    let ticket = act::<PassTicket>(shop.who(Role::Inspector), &ticket, Remark::default()).await.unwrap();
    assert_eq!((ticket.state, ticket.stage), (TicketState::PendingPickup, Stage::Pickup));

    let shown = desk.call::<PreviewTicketCharges>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
    // labour of level 2: 80.00, one screen: 100.00
    assert_eq!(shown.customer_due, Money(18_000));
    let ticket = act::<SettleTicket>(desk, &ticket, Remark::default()).await.unwrap();
    assert_eq!((ticket.charges.lines.clone(), ticket.open), (shown.lines, Money(18_000)));
    let unpaid = act::<PickUpTicket>(desk, &ticket, shop.pickup(&ticket).await).await.unwrap_err();
    assert_eq!((unpaid.status, unpaid.code()), (409, "not_paid"));
    let ways = [(PayMethod::Cash, 10_000), (PayMethod::Wechat, 8_000)];
    let ticket = act::<CollectTicket>(desk, &ticket, paid(&ways)).await.unwrap();
    assert_eq!((ticket.received, ticket.open), (Money(18_000), Money::ZERO));
    let ticket = act::<PickUpTicket>(desk, &ticket, shop.pickup(&ticket).await).await.unwrap();
    assert_eq!((ticket.state, ticket.stage), (TicketState::Completed, Stage::Completed));
    assert!(ticket.accessories.iter().all(|item| item.is_returned) && ticket.signature_id.is_some());

    let ticket = act::<CallBackTicket>(shop.who(Role::Care), &ticket, satisfied()).await.unwrap();
    assert_eq!((ticket.stage, ticket.callback.as_ref().unwrap().score), (Stage::CalledBack, Some(5)));
    let headquarters = shop.who(Role::Headquarters);
    let ticket = act::<AuditTicket>(headquarters, &ticket, Remark::default()).await.unwrap();
    assert_eq!((ticket.stage, ticket.cost), (Stage::Audited, Some(Money(4_000))));

    let kinds: Vec<DocKind> = ticket.documents.iter().map(|document| document.kind).collect();
    let wanted = [
        DocKind::CustodyIn,
        DocKind::EngineerIssue,
        DocKind::EngineerReturn,
        DocKind::RepairConsumption,
        DocKind::OldPartIn,
        DocKind::Settlement,
        DocKind::Receipt,
        DocKind::CustodyOut,
    ];
    assert_eq!(kinds, wanted);
    shop.is_clean().await;
}

/// Proves: S4-17.8
#[actix_web::test]
async fn in_warranty_the_maker_pays_and_the_customer_takes_the_unit_without_paying() {
    let shop = Shop::open().await;
    let ticket = shop.passed("861234567890127", "in").await;
    let desk = shop.who(Role::Reception);
    assert_eq!((ticket.payer, ticket.charges.customer_due), (TicketPayer::Manufacturer, Money::ZERO));
    let maker: Vec<_> = ticket.charges.lines.iter().map(|line| (line.kind, line.amount)).collect();
    assert_eq!(maker, [(ChargeKind::Labour, Money(5_000)), (ChargeKind::Part, Money(6_000))]);
    // the pickup settles in the same step
    let ticket = act::<PickUpTicket>(desk, &ticket, shop.pickup(&ticket).await).await.unwrap();
    assert!(ticket.charges.is_settled && ticket.state == TicketState::Completed);
    shop.is_clean().await;
}

#[actix_web::test]
async fn every_step_stands_in_the_timeline_and_in_the_history_of_the_serial() {
    let shop = Shop::open().await;
    let ticket = shop.completed("861234567890127", "out").await;
    let desk = shop.who(Role::Reception);
    let query = SubjectQuery { subject_kind: "ticket".parse().unwrap(), subject_id: ticket.id.cast() };
    let journal = desk.call::<GetJournal>(Nothing, Plain(query), Nothing).await.unwrap().items;
    let actions: Vec<&str> = journal.iter().map(|entry| entry.action.as_str()).collect();
    let wanted = [
        "created", "accept", "assign", "diagnose", "parts", "parts", "parts", "finish", "pass_qc", "settle", "collect",
        "paid", "pick_up",
    ];
    assert_eq!(actions, wanted);
    assert!(journal.iter().all(|entry| !entry.by_name.is_empty()));
    let query = SerialQuery { serial: "861234567890127".parse().unwrap() };
    let history = desk.call::<GetSerialHistory>(Nothing, Plain(query), Nothing).await.unwrap();
    let events: Vec<UnitEventKind> =
        history.events.iter().filter(|event| event.document.is_some()).map(|event| event.kind).collect();
    use UnitEventKind as K;
    assert_eq!(events, [K::Intake, K::PartReplaced, K::Repaired, K::PickedUp]);
}

#[actix_web::test]
async fn each_role_is_offered_its_own_next_step_and_nothing_else() {
    let shop = Shop::open().await;
    let ticket = shop.finished("861234567890127", "out").await;
    assert_eq!(shop.offered(Role::Inspector, &ticket).await, ["pass_qc", "fail_qc"]);
    assert_eq!(shop.offered(Role::Storekeeper, &ticket).await, [] as [&str; 0]);
    let ticket = act::<PassTicket>(shop.who(Role::Inspector), &ticket, Remark::default()).await.unwrap();
    assert_eq!(shop.offered(Role::Reception, &ticket).await, ["settle", "pick_up", "charge"]);
    assert_eq!(shop.offered(Role::Headquarters, &ticket).await, ["reverse_finish"]);
}

/// Proves: S4-1.1s7
#[actix_web::test]
async fn an_audited_ticket_is_frozen_until_the_audit_is_reversed_with_a_reason() {
    let shop = Shop::open().await;
    let ticket = shop.completed("861234567890127", "out").await;
    let headquarters = shop.who(Role::Headquarters);
    let ticket = act::<WaiveTicketCallback>(shop.who(Role::Care), &ticket, reason("同行客户")).await.unwrap();
    let ticket = act::<SendTicketBack>(headquarters, &ticket, reason("缺少照片")).await.unwrap();
    assert_eq!(ticket.state, TicketState::Completed);
    let ticket = act::<WaiveTicketCallback>(shop.who(Role::Care), &ticket, reason("已补照片")).await.unwrap();
    let ticket = act::<AuditTicket>(headquarters, &ticket, Remark::default()).await.unwrap();
    let frozen = act::<RemarkOnTicket>(shop.who(Role::Reception), &ticket, reason("补记")).await.unwrap_err();
    assert_eq!((frozen.status, frozen.code()), (409, "state_conflict"));
    let no_right = act::<ReverseTicketAudit>(shop.who(Role::Reception), &ticket, reason("x")).await.unwrap_err();
    assert_eq!(no_right.status, 403);
    let ticket = act::<ReverseTicketAudit>(headquarters, &ticket, reason("审计有误")).await.unwrap();
    assert_eq!(ticket.state, TicketState::CalledBack);
    shop.is_clean().await;
}

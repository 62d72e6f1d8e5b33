//! At the bench: parts that are short, work that fails the inspection, and the wrong hands.

use super::shop::{Shop, act, moves, reason, uses};
use openapi::service::state::{OldPartState, TicketState};
use openapi::service::ticket::*;
use openapi::service::work::{FinishDraft, MethodDraft, PartMove, PartMoves, PartUse, PartUses, Remark};
use openapi::{Quantity, Role};

/// Proves: S4-1.1s2, S1d-3.2
#[actix_web::test]
async fn what_is_not_in_stock_makes_the_ticket_wait_until_it_arrives() {
    let shop = Shop::open().await;
    let engineer = shop.who(Role::Engineer);
    let ticket = shop.diagnosed("861234567890127", "out").await;
    let ticket = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.rare, 2)).await.unwrap();
    assert_eq!((ticket.state, ticket.parts[0].short), (TicketState::AwaitingParts, Quantity::pieces(2)));
    let early = act::<ResumeTicket>(engineer, &ticket, Remark::default()).await.unwrap_err();
    assert_eq!((early.status, early.code()), (409, "parts_short"));
    shop.stock_in(serde_json::json!([{"product_id": shop.rare, "quantity": "2", "unit_cost": "10.00"}])).await;
    let ticket = act::<ResumeTicket>(engineer, &ticket, Remark::default()).await.unwrap();
    assert_eq!((ticket.state, ticket.parts[0].reserved), (TicketState::Repairing, Quantity::pieces(2)));
    // what is reserved here is not there for anybody else
    let other = shop.diagnosed("861234567890135", "out").await;
    let other = act::<AddTicketParts>(engineer, &other, shop.parts(shop.rare, 1)).await.unwrap();
    assert_eq!(other.parts[0].short, Quantity::ONE);
    shop.is_clean().await;
}

/// Proves: S4-1.1s3
#[actix_web::test]
async fn a_failed_inspection_sends_the_ticket_back_and_counts_as_rework() {
    let shop = Shop::open().await;
    let (engineer, inspector) = (shop.who(Role::Engineer), shop.who(Role::Inspector));
    let ticket = shop.finished("861234567890127", "out").await;
    let ticket = act::<FailTicket>(inspector, &ticket, reason("触摸仍失灵")).await.unwrap();
    assert_eq!((ticket.state, ticket.rework_count), (TicketState::Repairing, 1));
    // a second screen; the first one stays used
    let ticket = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.screen, 1)).await.unwrap();
    let ticket = act::<IssueTicketParts>(engineer, &ticket, moves(&ticket, 1, 1)).await.unwrap();
    let ticket = act::<UseTicketParts>(engineer, &ticket, uses(&ticket, 1, 1)).await.unwrap();
    let ticket = act::<FinishTicket>(engineer, &ticket, FinishDraft::default()).await.unwrap();
    let ticket = act::<PassTicket>(inspector, &ticket, Remark::default()).await.unwrap();
    assert_eq!((ticket.state, ticket.rework_count), (TicketState::PendingPickup, 1));
    assert!(ticket.parts.iter().all(|part| part.is_consumed && part.used == Quantity::ONE));
    shop.is_clean().await;
}

#[actix_web::test]
async fn nobody_inspects_the_own_work_and_nobody_does_the_work_of_another() {
    let shop = Shop::open().await;
    let app = &shop.world.app;
    let (both, client) = app.person("near-both", &[Role::Engineer, Role::Inspector], shop.world.near.id).await;
    let desk = shop.who(Role::Reception);
    let made =
        desk.call::<CreateTicket>(openapi::Nothing, openapi::Nothing, shop.intake("861234567890127", "out")).await;
    let assignment = openapi::service::work::Assignment { engineer_id: both.into(), reason: None };
    let ticket = act::<AssignTicket>(desk, &made.unwrap(), assignment).await.unwrap();
    // the station manager may repair, but this is another one's ticket
    let manager = shop.who(Role::StationManager);
    let refused = act::<DiagnoseTicket>(manager, &ticket, shop.diagnosis()).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "not_the_engineer"));
    let ticket = act::<DiagnoseTicket>(&client, &ticket, shop.diagnosis()).await.unwrap();
    let ticket = act::<FinishTicket>(&client, &ticket, FinishDraft::default()).await.unwrap();
    let own = act::<PassTicket>(&client, &ticket, Remark::default()).await.unwrap_err();
    assert_eq!((own.status, own.code()), (409, "inspector_is_engineer"));
    let passed = act::<PassTicket>(manager, &ticket, Remark::default()).await.unwrap();
    assert_eq!(passed.inspector_id.map(|id| id.uuid()), Some(shop.world.near.users[&Role::StationManager]));
}

#[actix_web::test]
async fn a_ticket_without_engineer_or_method_goes_no_further() {
    let shop = Shop::open().await;
    let (desk, engineer) = (shop.who(Role::Reception), shop.who(Role::Engineer));
    let draft = shop.intake("861234567890127", "out");
    let made = desk.call::<CreateTicket>(openapi::Nothing, openapi::Nothing, draft).await.unwrap();
    let nobody = act::<DiagnoseTicket>(shop.who(Role::StationManager), &made, shop.diagnosis()).await.unwrap_err();
    assert_eq!((nobody.status, nobody.code()), (409, "no_engineer"));
    let ticket = shop.assigned("861234567890135", "out").await;
    let mut diagnosis = shop.diagnosis();
    diagnosis.methods = Vec::new();
    let ticket = act::<DiagnoseTicket>(engineer, &ticket, diagnosis).await.unwrap();
    let early = act::<FinishTicket>(engineer, &ticket, FinishDraft::default()).await.unwrap_err();
    assert_eq!((early.status, early.code()), (409, "method_missing"));
    let mut diagnosis = shop.diagnosis();
    diagnosis.methods = vec![MethodDraft { method_id: shop.entry("swap"), level_id: Some(shop.entry("level3")) }];
    let ticket = act::<DiagnoseTicket>(engineer, &ticket, diagnosis).await.unwrap();
    assert_eq!(ticket.charges.customer_due, openapi::Money(15_000), "the chosen level decides the labour");
    act::<FinishTicket>(engineer, &ticket, FinishDraft::default()).await.unwrap();
}

#[actix_web::test]
async fn parts_by_serial_are_issued_by_serial_and_quantities_stay_within_what_is_there() {
    let shop = Shop::open().await;
    let engineer = shop.who(Role::Engineer);
    let ticket = shop.diagnosed("861234567890127", "in").await;
    let two = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.board, 2)).await.unwrap_err();
    assert_eq!(two.errors(), [("/lines/0/quantity", "part_quantity")]);
    let unit = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.phone, 1)).await.unwrap_err();
    assert_eq!(unit.errors(), [("/lines/0/product_id", "reference_not_found")]);
    let none = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.screen, 0)).await.unwrap_err();
    assert_eq!(none.errors(), [("/lines/0/quantity", "out_of_range")]);
    let ticket = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.board, 1)).await.unwrap();
    let blind = act::<IssueTicketParts>(engineer, &ticket, moves(&ticket, 0, 1)).await.unwrap_err();
    assert_eq!(blind.errors(), [("/lines/0/serial", "part_needs_serial")]);
    let line_id = ticket.parts[0].id;
    let serial = Some("BRD-0001".parse().unwrap());
    let one = PartMoves { lines: vec![PartMove { line_id, quantity: Quantity::ONE, serial }] };
    let ticket = act::<IssueTicketParts>(engineer, &ticket, one).await.unwrap();
    let too_many = act::<UseTicketParts>(engineer, &ticket, uses(&ticket, 0, 2)).await.unwrap_err();
    assert_eq!(too_many.errors(), [("/lines/0/quantity", "part_quantity")]);
    let keep = PartUse {
        line_id,
        quantity: Quantity::ONE,
        old_serial: Some("OLD-0001".parse().unwrap()),
        old_part: Some(OldPartState::CustomerKept),
    };
    let makers = act::<UseTicketParts>(engineer, &ticket, PartUses { lines: vec![keep.clone()] }).await.unwrap_err();
    assert_eq!(makers.errors(), [("/lines/0/old_part", "unknown_value")], "the maker wants the old board");
    let uses = PartUses { lines: vec![PartUse { old_part: None, ..keep }] };
    let ticket = act::<UseTicketParts>(engineer, &ticket, uses).await.unwrap();
    let ticket = act::<FinishTicket>(engineer, &ticket, FinishDraft::default()).await.unwrap();
    assert_eq!(ticket.parts[0].serial.as_deref(), Some("BRD-0001"));
    assert_eq!(ticket.parts[0].old_part, OldPartState::Returned);
    shop.is_clean().await;
}

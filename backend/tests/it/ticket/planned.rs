//! Parts that are planned when the unit is taken in: reserved on acceptance, issued and used by the finish.

use super::shop::{Shop, act, reason};
use openapi::document::DocKind;
use openapi::service::intake::IntakeDraft;
use openapi::service::shortage::{GetShortage, ShortageState};
use openapi::service::state::{OldPartState, TicketAction, TicketState};
use openapi::service::ticket::*;
use openapi::service::work::{Acceptance, FinishDraft, PartChoice, PartDraft, PartsDraft};
use openapi::{ById, Listing, Nothing, Quantity, Role};
use serde_json::json;

const ONE: Quantity = Quantity::ONE;

impl Shop {
    /// A ticket with planned parts that waits for its acceptance.
    async fn planned(&self, serial: &str, parts: Vec<PartDraft>) -> Ticket {
        let mut draft = self.intake(serial, "out");
        (draft.accept, draft.parts) = (false, parts);
        self.who(Role::Reception).call::<CreateTicket>(Nothing, Nothing, draft).await.unwrap()
    }

    fn to_engineer(&self) -> Acceptance {
        Acceptance { engineer_id: Some(self.world.near.users[&Role::Engineer].into()), remark: None }
    }

    fn one_of(&self, product: openapi::service::ProductId) -> PartDraft {
        self.parts(product, 1).lines.remove(0)
    }
}

fn as_planned() -> FinishDraft {
    FinishDraft { use_parts: true, remark: None }
}

/// Proves: S4-1.1s2
#[actix_web::test]
async fn planned_parts_are_reserved_on_acceptance_and_used_by_the_finish() {
    let shop = Shop::open().await;
    let (desk, engineer) = (shop.who(Role::Reception), shop.who(Role::Engineer));
    let plan = vec![shop.one_of(shop.screen), shop.one_of(shop.rare)];
    let ticket = shop.planned("861234567890127", plan).await;
    let line =
        |ticket: &Ticket, at: usize| (ticket.parts[at].required, ticket.parts[at].reserved, ticket.parts[at].short);
    assert_eq!(ticket.state, TicketState::PendingAcceptance);
    assert_eq!(
        [line(&ticket, 0), line(&ticket, 1)],
        [(ONE, Quantity::ZERO, Quantity::ZERO); 2],
        "nothing is asked yet"
    );

    let ticket = act::<AcceptTicket>(desk, &ticket, shop.to_engineer()).await.unwrap();
    assert_eq!(ticket.state, TicketState::PendingDiagnosis);
    assert_eq!(ticket.engineer_id.map(|id| id.uuid()), Some(shop.world.near.users[&Role::Engineer]));
    assert_eq!([line(&ticket, 0), line(&ticket, 1)], [(ONE, ONE, Quantity::ZERO), (ONE, Quantity::ZERO, ONE)]);
    let shortage = ticket.parts[1].shortage_id.unwrap();
    shop.is_clean().await;

    // what is not there stops the repair before it begins, and the engineer sees it
    let ticket = act::<DiagnoseTicket>(engineer, &ticket, shop.diagnosis()).await.unwrap();
    assert_eq!(ticket.state, TicketState::AwaitingParts);
    shop.stock_in(json!([{"product_id": shop.rare, "quantity": "1", "unit_cost": "10.00"}])).await;
    while platform::outbox::deliver(&shop.world.app.app, "test").await.unwrap() > 0 {}
    let path = ById { id: ticket.id };
    let ticket = engineer.call::<GetTicket>(path, Nothing, Nothing).await.unwrap();
    assert_eq!((ticket.state, line(&ticket, 1)), (TicketState::Repairing, (ONE, ONE, Quantity::ZERO)));

    let ticket = act::<FinishTicket>(engineer, &ticket, as_planned()).await.unwrap();
    assert_eq!(ticket.state, TicketState::PendingQc);
    assert!(
        ticket
            .parts
            .iter()
            .all(|part| part.is_consumed && (part.issued, part.used, part.reserved) == (ONE, ONE, Quantity::ZERO))
    );
    assert_eq!(ticket.parts[0].old_part, OldPartState::Returned, "the screen leaves an old part behind");
    let kinds: Vec<DocKind> = ticket.documents.iter().map(|d| d.kind).collect();
    for kind in [DocKind::EngineerIssue, DocKind::RepairConsumption, DocKind::OldPartIn] {
        assert_eq!(kinds.iter().filter(|k| **k == kind).count(), 1, "{kinds:?}");
    }
    let keeper = shop.who(Role::Storekeeper);
    let seen = keeper.call::<GetShortage>(ById { id: shortage }, Nothing, Nothing).await.unwrap();
    assert_eq!(seen.state, ShortageState::Issued);
    shop.is_clean().await;

    // undone like any other finish: the parts are in the engineer's hands
    let ticket = act::<ReverseTicketFinish>(shop.who(Role::Headquarters), &ticket, reason("装错")).await.unwrap();
    assert_eq!(ticket.state, TicketState::Repairing);
    assert!(ticket.parts.iter().all(|part| !part.is_consumed && part.issued == ONE));
    shop.is_clean().await;
    let ticket = act::<FinishTicket>(engineer, &ticket, as_planned()).await.unwrap();
    assert!(ticket.parts.iter().all(|part| part.is_consumed));
    shop.is_clean().await;
}

#[actix_web::test]
async fn a_plan_is_corrected_before_the_acceptance_and_lets_go_when_the_ticket_is_cancelled() {
    let shop = Shop::open().await;
    let (desk, manager) = (shop.who(Role::Reception), shop.who(Role::StationManager));
    let ticket = shop.planned("861234567890127", vec![shop.one_of(shop.screen), shop.one_of(shop.rare)]).await;
    let line_id = ticket.parts[1].id;
    let refused = act::<RemoveTicketPart>(desk, &ticket, PartChoice { line_id }).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (403, "forbidden"), "who may not touch parts plans them once");
    let ticket = act::<RemoveTicketPart>(manager, &ticket, PartChoice { line_id }).await.unwrap();
    let ticket = act::<AddTicketParts>(manager, &ticket, shop.parts(shop.screen, 2)).await.unwrap();
    let reserved = |ticket: &Ticket| -> Vec<Quantity> { ticket.parts.iter().map(|part| part.reserved).collect() };
    assert_eq!(reserved(&ticket), [Quantity::ZERO; 2], "nothing is reserved before the acceptance");
    let ticket = act::<AcceptTicket>(desk, &ticket, Acceptance::default()).await.unwrap();
    assert_eq!(reserved(&ticket), [ONE, Quantity::pieces(2)]);
    assert_eq!(ticket.engineer_id, None);
    // five are in the store: three are taken
    let other =
        shop.planned("861234567890135", vec![PartDraft { quantity: Quantity::pieces(3), ..shop.one_of(shop.screen) }]);
    let other = act::<AcceptTicket>(desk, &other.await, Acceptance::default()).await.unwrap();
    assert_eq!((other.parts[0].reserved, other.parts[0].short), (Quantity::pieces(2), ONE));
    act::<CancelTicket>(desk, &ticket, reason("客户不修了")).await.unwrap();
    while platform::outbox::deliver(&shop.world.app.app, "test").await.unwrap() > 0 {}
    let other = manager.call::<GetTicket>(ById { id: other.id }, Nothing, Nothing).await.unwrap();
    assert_eq!((other.parts[0].reserved, other.parts[0].short), (Quantity::pieces(3), Quantity::ZERO));
    assert_eq!(other.state, TicketState::PendingDiagnosis);
    shop.is_clean().await;
}

#[actix_web::test]
async fn taken_in_and_accepted_at_once_the_plan_is_reserved_at_once() {
    let shop = Shop::open().await;
    let mut draft = shop.intake("861234567890127", "out");
    draft.parts = vec![shop.one_of(shop.screen), shop.one_of(shop.rare)];
    let ticket = shop.who(Role::Reception).call::<CreateTicket>(Nothing, Nothing, draft).await.unwrap();
    assert_eq!((ticket.parts[0].reserved, ticket.parts[1].short), (ONE, ONE));
    assert!(ticket.parts[1].shortage_id.is_some());
    let may = shop.who(Role::Storekeeper).call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
    assert!(may.allowed.contains(&TicketAction::Parts), "{:?}", may.allowed);
    shop.is_clean().await;
}

#[actix_web::test]
async fn a_wrong_plan_is_refused_where_it_is_wrong() {
    let shop = Shop::open().await;
    let (desk, engineer) = (shop.who(Role::Reception), shop.who(Role::Engineer));
    let mut draft = shop.intake("861234567890127", "out");
    draft.parts = vec![shop.one_of(shop.screen), shop.one_of(shop.phone)];
    let unit = desk.call::<CreateTicket>(Nothing, Nothing, draft.clone()).await.unwrap_err();
    assert_eq!(unit.errors(), [("/parts/1/product_id", "reference_not_found")]);
    draft.parts = vec![PartDraft { quantity: Quantity::ZERO, ..shop.one_of(shop.screen) }];
    let none = desk.call::<CreateTicket>(Nothing, Nothing, draft.clone()).await.unwrap_err();
    assert_eq!(none.errors(), [("/parts/0/quantity", "out_of_range")]);
    draft.parts = vec![shop.one_of(shop.screen); 51];
    let many = desk.call::<CreateTicket>(Nothing, Nothing, draft).await.unwrap_err();
    assert_eq!(many.errors(), [("/parts", "too_many")]);

    // a board goes by its serial: it is issued before
    let ticket = shop.planned("861234567890135", vec![shop.one_of(shop.board)]).await;
    let stranger = Acceptance { engineer_id: Some(shop.world.far.users[&Role::Engineer].into()), remark: None };
    let refused = act::<AcceptTicket>(desk, &ticket, stranger).await.unwrap_err();
    assert_eq!(refused.errors(), [("/engineer_id", "engineer_unsuitable")]);
    let ticket = act::<AcceptTicket>(desk, &ticket, shop.to_engineer()).await.unwrap();
    let ticket = act::<DiagnoseTicket>(engineer, &ticket, shop.diagnosis()).await.unwrap();
    let blind = act::<FinishTicket>(engineer, &ticket, as_planned()).await.unwrap_err();
    assert_eq!(blind.errors(), [("/use_parts", "part_needs_serial")]);
    let same = engineer.call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
    assert_eq!((same.version, same.state), (ticket.version, TicketState::Repairing), "nothing was posted");
    shop.is_clean().await;
}

/// Proves: S4-1.1s2
#[actix_web::test]
async fn a_unit_is_taken_in_accepted_and_given_to_an_engineer_by_one_request() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let create = |draft| desk.call::<CreateTicket>(Nothing, Nothing, draft);
    let taken_in = async || desk.call::<ListTickets>(Nothing, Listing::default(), Nothing).await.unwrap().items.len();
    let before = taken_in().await;
    let mut draft = shop.intake("861234567890127", "out");
    draft.parts = vec![shop.one_of(shop.screen)];
    let engineer = shop.to_engineer().engineer_id;
    draft.engineer_id = engineer;
    // one that waits has no engineer, and an engineer of another station does not repair here: nothing is taken in
    let waiting = create(IntakeDraft { accept: false, ..draft.clone() }).await.unwrap_err();
    assert_eq!(waiting.errors(), [("/engineer_id", "unknown_value")]);
    let stranger = Some(shop.world.far.users[&Role::Engineer].into());
    let refused = create(IntakeDraft { engineer_id: stranger, ..draft.clone() }).await.unwrap_err();
    assert_eq!(refused.errors(), [("/engineer_id", "engineer_unsuitable")]);
    assert_eq!(taken_in().await, before);

    let ticket = create(draft).await.unwrap();
    assert_eq!((ticket.state, ticket.engineer_id), (TicketState::PendingDiagnosis, engineer));
    assert_eq!(ticket.parts[0].reserved, ONE);
    let ticket = act::<DiagnoseTicket>(shop.who(Role::Engineer), &ticket, shop.diagnosis()).await.unwrap();
    assert_eq!(ticket.state, TicketState::Repairing);
    shop.is_clean().await;
}

/// Proves: S4-1.1s2
#[actix_web::test]
async fn a_part_is_added_and_handed_out_by_one_request() {
    let shop = Shop::open().await;
    let (desk, engineer) = (shop.who(Role::Reception), shop.who(Role::Engineer));
    let at_once = |product, pieces| PartsDraft { issue: true, ..shop.parts(product, pieces) };
    let made = desk.call::<CreateTicket>(Nothing, Nothing, shop.intake("861234567890127", "out")).await.unwrap();
    let nobody =
        act::<AddTicketParts>(shop.who(Role::StationManager), &made, at_once(shop.screen, 1)).await.unwrap_err();
    assert_eq!((nobody.status, nobody.code()), (409, "no_engineer"));
    let ticket = shop.diagnosed("861234567890135", "out").await;
    let by_serial = act::<AddTicketParts>(engineer, &ticket, at_once(shop.board, 1)).await.unwrap_err();
    assert_eq!(by_serial.errors(), [("/issue", "part_needs_serial")]);
    // six are wanted, five are there: those are handed out, the ticket waits for one
    let ticket = act::<AddTicketParts>(engineer, &ticket, at_once(shop.screen, 6)).await.unwrap();
    let line = &ticket.parts[0];
    assert_eq!((line.issued, line.reserved, line.short), (Quantity::pieces(5), Quantity::ZERO, ONE));
    assert_eq!((ticket.state, ticket.parts.len()), (TicketState::AwaitingParts, 1));
    assert_eq!(ticket.documents.iter().filter(|d| d.kind == DocKind::EngineerIssue).count(), 1);
    shop.is_clean().await;
}

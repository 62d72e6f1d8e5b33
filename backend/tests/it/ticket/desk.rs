//! At the desk: what is filled in, what is unknown, what is there already, and who may do it.

use super::shop::{Shop, act, reason};
use crate::print::printed;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::service::board::BoardQuery;
use openapi::service::intake::IntakeQuery;
use openapi::service::state::TicketState;
use openapi::service::ticket::*;
use openapi::service::work::Assignment;
use openapi::system::print::Paper;
use openapi::{ById, Listing, Nothing, PageQuery, Plain, Role};

fn asked(serial: &str, phone: &str) -> Plain<IntakeQuery> {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Plain(IntakeQuery {
        serial: text(serial).map(|s| s.parse().unwrap()),
        phone: text(phone).map(|s| s.parse().unwrap()),
    })
}

/// Proves: S1d-2.4
#[actix_web::test]
async fn an_unknown_serial_is_taken_in_marked_abnormal_and_put_on_file_later() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let before = desk.call::<LookUpIntake>(Nothing, asked("SN-UNKNOWN-1", ""), Nothing).await.unwrap();
    assert!(before.is_unknown_serial && before.unit.is_none() && before.duplicates.is_empty());
    let ticket = desk.call::<CreateTicket>(Nothing, Nothing, shop.intake("SN-UNKNOWN-1", "out")).await.unwrap();
    assert!(ticket.is_abnormal && ticket.unit_id.is_some());
    let counts = desk.call::<CountTickets>(Nothing, Plain(BoardQuery::default()), Nothing).await.unwrap();
    // one more stands there from before
    assert_eq!((counts.abnormal, counts.unassigned, counts.created_today), (1, 2, 2));
    let ticket = act::<RegisterTicketUnit>(desk, &ticket, Nothing).await.unwrap();
    assert!(!ticket.is_abnormal);
    let again = act::<RegisterTicketUnit>(desk, &ticket, Nothing).await.unwrap_err();
    assert_eq!((again.status, again.code()), (409, "unit_already_known"));
}

/// Proves: S1d-2.1, S1d-2.4
#[actix_web::test]
async fn the_serial_fills_in_customer_model_and_warranty_and_shows_the_open_ticket_on_it() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let first = desk.call::<CreateTicket>(Nothing, Nothing, shop.intake("861234567890127", "out")).await.unwrap();
    let first = act::<RegisterTicketUnit>(desk, &first, Nothing).await.unwrap();
    let found = desk.call::<LookUpIntake>(Nothing, asked("861234567890127", "13911112222"), Nothing).await.unwrap();
    let unit = found.unit.unwrap();
    assert_eq!((unit.product_id, unit.is_in_warranty), (shop.phone, true));
    assert!(!unit.warranty_reasons.is_empty() && found.warranty_state_id == Some(shop.entry("in")));
    assert_eq!(found.customers[0].id, first.customer_id);
    assert_eq!(found.duplicates.iter().map(|row| row.id).collect::<Vec<_>>(), [first.id]);

    // the second intake is typed in as found: chosen customer, chosen unit, proposed warranty
    let mut draft = shop.intake("861234567890127", "out");
    (draft.new_customer, draft.customer_id) = (None, Some(first.customer_id));
    (draft.serial, draft.product_id, draft.unit_id) = (None, None, Some(unit.id));
    draft.warranty_state_id = None;
    let second = desk.call::<CreateTicket>(Nothing, Nothing, draft).await.unwrap();
    assert_eq!(second.warranty_state_id, shop.entry("in"));
    assert_eq!(second.duplicates.iter().map(|row| row.id).collect::<Vec<_>>(), [first.id]);
    assert_eq!(second.product_name, "X30 手机");
}

#[actix_web::test]
async fn wrong_intakes_are_refused_at_the_field_and_leave_nothing_behind() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let send = async |change: &dyn Fn(&mut openapi::service::intake::IntakeDraft)| {
        let mut draft = shop.intake("861234567890127", "out");
        change(&mut draft);
        desk.call::<CreateTicket>(Nothing, Nothing, draft).await.unwrap_err()
    };
    let both = send(&|draft| draft.customer_id = Some(platform::new_id().into())).await;
    assert_eq!((both.status, both.code()), (422, "customer_choice"));
    let none = send(&|draft| draft.serial = None).await;
    assert_eq!(none.errors(), [("/serial", "required")]);
    let past = send(&|draft| draft.promised_at = Some("2026-11-20T10:00:00.000Z".parse().unwrap())).await;
    assert_eq!(past.errors(), [("/promised_at", "order")]);
    let future = send(&|draft| draft.sold_on = Some("2027-01-01".parse().unwrap())).await;
    assert_eq!(future.errors(), [("/sold_on", "date_in_future")]);
    let nothing_said = send(&|draft| (draft.fault_ids, draft.fault_text) = (Vec::new(), None)).await;
    assert_eq!(nothing_said.errors(), [("/fault_text", "required")]);
    let absurd = send(&|draft| draft.accessories[0].quantity = "-1".parse().unwrap()).await;
    assert_eq!(absurd.errors(), [("/accessories/0/quantity", "out_of_range")]);
    let elsewhere = send(&|draft| draft.org_id = Some(shop.world.far.id.into())).await;
    assert_eq!(elsewhere.errors(), [("/org_id", "reference_not_found")]);
    let part = send(&|draft| draft.product_id = Some(shop.screen)).await;
    assert_eq!(part.errors(), [("/product_id", "product_not_a_unit")]);
    let page = desk.call::<ListTickets>(Nothing, Listing::default(), Nothing).await.unwrap();
    assert_eq!(page.items.len(), 1, "only the one from before: nothing of a refused intake stays");
    // and the number was not used up
    let made = desk.call::<CreateTicket>(Nothing, Nothing, shop.intake("861234567890127", "out")).await.unwrap();
    assert_eq!(made.number, "RE202611210003");
}

#[actix_web::test]
async fn another_engineer_takes_over_with_a_reason_only_and_strangers_to_the_station_never() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let ticket = shop.assigned("861234567890127", "out").await;
    let (other, helper) = shop.world.app.person("near-engineer-2", &[Role::Engineer], shop.world.near.id).await;
    let to = |id: uuid::Uuid, why: Option<&str>| Assignment {
        engineer_id: id.into(),
        reason: why.map(|text| text.parse().unwrap()),
    };
    let silent = act::<AssignTicket>(desk, &ticket, to(other, None)).await.unwrap_err();
    assert_eq!(silent.errors(), [("/reason", "required")]);
    for stranger in [shop.world.far.users[&Role::Engineer], shop.world.near.users[&Role::Reception]] {
        let refused = act::<AssignTicket>(desk, &ticket, to(stranger, Some("请假"))).await.unwrap_err();
        assert_eq!(refused.errors(), [("/engineer_id", "engineer_unsuitable")]);
    }
    let hidden = helper.call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap_err();
    assert_eq!(hidden.status, 404, "an engineer sees his own tickets only");
    let ticket = act::<AssignTicket>(desk, &ticket, to(other, Some("请假"))).await.unwrap();
    assert_eq!(ticket.engineer_id.map(|id| id.uuid()), Some(other));
    let mine = helper.call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(mine.customer_phone, "13911112222");
    let lost = shop.who(Role::Engineer).call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap_err();
    assert_eq!(lost.status, 404);
    let inspector = shop.who(Role::Inspector);
    let masked = inspector.call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(masked.customer_phone, "139****2222");
}

async fn late(shop: &Shop) -> Vec<TicketId> {
    let filter = TicketFilter { is_overdue: Some(true), ..TicketFilter::default() };
    let listing = Listing { filter, ..Listing::default() };
    let found = shop.who(Role::Reception).call::<ListTickets>(Nothing, listing, Nothing).await.unwrap();
    found.items.iter().map(|row| row.id).collect()
}

/// Proves: S1d-3.1
#[actix_web::test]
async fn tickets_are_found_by_number_customer_serial_and_fault_and_counted_by_stage() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let ticket = shop.assigned("861234567890127", "out").await;
    let find = async |words: &str| {
        let page = PageQuery { q: Some(words.parse().unwrap()), ..PageQuery::default() };
        let found = desk.call::<ListTickets>(Nothing, Listing { page, ..Listing::default() }, Nothing).await.unwrap();
        found.items.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    for words in [ticket.number.as_str(), "韩梅梅", "91111222", "8612345678", "X30", "碎裂", "摔了"] {
        assert_eq!(find(words).await, [ticket.id], "{words}");
    }
    assert!(find("不存在").await.is_empty());
    assert_eq!(late(&shop).await, [] as [TicketId; 0]);
    let mut soon = shop.intake("861234567890135", "out");
    soon.promised_at = Some("2026-11-21T02:05:00.000Z".parse().unwrap());
    let soon = desk.call::<CreateTicket>(Nothing, Nothing, soon).await.unwrap();
    shop.world.app.clock.advance(chrono::Duration::minutes(6));
    assert_eq!(late(&shop).await, [soon.id]);
}

/// Proves: S1d-2.6
#[actix_web::test]
async fn the_slip_carries_number_customer_fault_accessories_and_a_qr_code() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let ticket = shop.assigned("861234567890127", "out").await;
    for paper in Paper::ALL {
        let page = printed(desk, DocKind::Ticket, ticket.id.uuid(), *paper).await.unwrap();
        for text in
            [ticket.number.as_str(), "韩梅梅", "13911112222", "屏幕碎裂", "充电器", "手机壳", "<svg", "861234567890127"]
        {
            assert!(page.contains(text), "{text} is missing");
        }
    }
}

#[actix_web::test]
async fn a_cancelled_ticket_keeps_its_reason_and_frees_what_was_reserved() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let engineer = shop.who(Role::Engineer);
    let ticket = shop.diagnosed("861234567890127", "out").await;
    let ticket = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.screen, 5)).await.unwrap();
    let issued = act::<IssueTicketParts>(engineer, &ticket, super::shop::moves(&ticket, 0, 1)).await.unwrap();
    let held = act::<CancelTicket>(desk, &issued, reason("客户放弃")).await.unwrap_err();
    assert_eq!((held.status, held.code()), (409, "parts_outstanding"));
    let back = act::<ReturnTicketParts>(engineer, &issued, super::shop::moves(&issued, 0, 1)).await.unwrap();
    let gone = act::<CancelTicket>(desk, &back, reason("客户放弃")).await.unwrap();
    assert_eq!((gone.state, gone.allowed.len()), (TicketState::Cancelled, 0));
    // all five are free for the next one
    let next = shop.diagnosed("861234567890135", "out").await;
    let next = act::<AddTicketParts>(engineer, &next, shop.parts(shop.screen, 5)).await.unwrap();
    assert!(next.parts[0].short.is_zero());
    shop.is_clean().await;
}

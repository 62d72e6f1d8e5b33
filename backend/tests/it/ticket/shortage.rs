//! Parts that are not there: registered, allocated to who is due first when they arrive, and the repair goes on by itself.

use super::shop::{Shop, act, moves, reason, uses};
use crate::support::client::version;
use openapi::master::product::ProductId;
use openapi::service::shortage::{
    CancelShortage, GetShortage, ListShortages, Shortage, ShortageAction, ShortageFilter, ShortageId, ShortageRow,
    ShortageState,
};
use openapi::service::state::TicketState;
use openapi::service::ticket::*;
use openapi::service::work::{Assignment, FinishDraft, PartChoice};
use openapi::stock::document::{CreateStockDoc, PostStockDoc};
use openapi::system::notification::{ListNotifications, NotificationFilter};
use openapi::{ById, Listing, Nothing, Quantity, Role};
use serde_json::json;

impl Shop {
    /// A ticket that waits for so many of a part, promised for a day of November.
    async fn waiting(&self, serial: &str, day: u8, product: ProductId, pieces: i64) -> Ticket {
        let (desk, engineer) = (self.who(Role::Reception), self.who(Role::Engineer));
        let mut draft = self.intake(serial, "out");
        draft.promised_at = Some(format!("2026-11-{day}T10:00:00.000Z").parse().unwrap());
        let made = desk.call::<CreateTicket>(Nothing, Nothing, draft).await.unwrap();
        let engineer_id = self.world.near.users[&Role::Engineer].into();
        let made = act::<AssignTicket>(desk, &made, Assignment { engineer_id, reason: None }).await.unwrap();
        let made = act::<DiagnoseTicket>(engineer, &made, self.diagnosis()).await.unwrap();
        act::<AddTicketParts>(engineer, &made, self.parts(product, pieces)).await.unwrap()
    }

    async fn rare_comes(&self, pieces: i64) {
        let line = json!({"product_id": self.rare, "quantity": pieces.to_string(), "unit_cost": "10.00"});
        self.stock_in(json!([line])).await;
    }

    /// Delivers what waits in the outbox.
    async fn told(&self) {
        while platform::outbox::deliver(&self.world.app.app, "test").await.unwrap() > 0 {}
    }

    async fn now(&self, ticket: &Ticket) -> Ticket {
        self.who(Role::StationManager).call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap()
    }

    async fn shortage(&self, id: ShortageId) -> Shortage {
        self.who(Role::Storekeeper).call::<GetShortage>(ById { id }, Nothing, Nothing).await.unwrap()
    }

    async fn shortages(&self, filter: ShortageFilter) -> Vec<ShortageRow> {
        let query = Listing { filter, ..Listing::default() };
        self.who(Role::Storekeeper).call::<ListShortages>(Nothing, query, Nothing).await.unwrap().items
    }
}

fn pieces(count: i64) -> Quantity {
    Quantity::pieces(count)
}

/// Proves: S4-9.10, S4-1.1s2
#[actix_web::test]
async fn what_arrives_goes_to_who_is_due_first_and_the_repair_goes_on() {
    let shop = Shop::open().await;
    let late = shop.waiting("861234567890127", 25, shop.rare, 2).await;
    let soon = shop.waiting("861234567890135", 23, shop.rare, 1).await;
    assert_eq!((late.state, late.parts[0].short), (TicketState::AwaitingParts, pieces(2)));
    let id = late.parts[0].shortage_id.unwrap();
    let seen = shop.shortage(id).await;
    assert_eq!((seen.state, seen.missing, seen.ahead), (ShortageState::Waiting, pieces(2), 1));
    assert_eq!((seen.ticket_number.as_str(), seen.allowed), (late.number.as_str(), vec![ShortageAction::Cancel]));

    // two come: one for the ticket that is due first, one for half of the other
    shop.rare_comes(2).await;
    // before they are shared out, nobody who is due later gets hold of them
    let thief = shop.waiting("861234567890143", 28, shop.rare, 1).await;
    assert_eq!(thief.parts[0].short, pieces(1));
    shop.told().await;
    let soon = shop.now(&soon).await;
    assert_eq!((soon.state, soon.parts[0].reserved), (TicketState::Repairing, pieces(1)));
    let half = shop.now(&late).await;
    assert_eq!(
        (half.state, half.parts[0].reserved, half.parts[0].short),
        (TicketState::AwaitingParts, pieces(1), pieces(1))
    );
    let seen = shop.shortage(id).await;
    assert_eq!(
        (seen.state, seen.allocated, seen.missing, seen.ahead),
        (ShortageState::Waiting, pieces(1), pieces(1), 0)
    );
    let query = Listing { filter: NotificationFilter::default(), ..Listing::default() };
    let bell = shop.who(Role::Engineer).call::<ListNotifications>(Nothing, query, Nothing).await.unwrap().items;
    assert!(bell.iter().any(|n| n.title.contains("缺料已到齐") && n.title.contains(&soon.number)), "{bell:?}");
    shop.is_clean().await;

    // the last one comes, and both go to the end
    shop.rare_comes(1).await;
    shop.told().await;
    let late = shop.now(&late).await;
    assert_eq!((late.state, late.parts[0].reserved), (TicketState::Repairing, pieces(2)));
    assert_eq!(shop.shortage(id).await.state, ShortageState::Allocated);
    let engineer = shop.who(Role::Engineer);
    let late = act::<IssueTicketParts>(engineer, &late, moves(&late, 0, 2)).await.unwrap();
    let issued = shop.shortage(id).await;
    assert!(issued.state == ShortageState::Issued && issued.closed_at.is_some() && issued.allowed.is_empty());
    let late = act::<UseTicketParts>(engineer, &late, uses(&late, 0, 2)).await.unwrap();
    act::<FinishTicket>(engineer, &late, FinishDraft::default()).await.unwrap();
    let open = shop.shortages(ShortageFilter { product_id: Some(shop.rare), ..Default::default() }).await;
    assert_eq!(open.iter().filter(|row| row.state == ShortageState::Waiting).count(), 1, "the one due last");
    shop.is_clean().await;
}

/// Proves: S4-9.10
#[actix_web::test]
async fn two_arrivals_at_once_are_shared_out_once() {
    let shop = Shop::open().await;
    let mut waiting = Vec::new();
    for (n, day) in [25, 23, 27, 24].into_iter().enumerate() {
        waiting.push(shop.waiting(&format!("86000000000012{n}"), day, shop.rare, 2).await);
    }
    let app = &shop.world.app.app;
    tokio::join!(shop.rare_comes(3), shop.rare_comes(2));
    let (one, two) = tokio::join!(platform::outbox::deliver(app, "one"), platform::outbox::deliver(app, "two"));
    assert!(one.unwrap() + two.unwrap() > 0);
    shop.told().await;
    let mut reserved = Vec::new();
    for ticket in &waiting {
        let now = shop.now(ticket).await;
        let goes_on = now.parts[0].short.is_zero();
        assert_eq!(now.state == TicketState::Repairing, goes_on);
        reserved.push(now.parts[0].reserved);
    }
    assert_eq!(reserved, [pieces(1), pieces(2), pieces(0), pieces(2)], "five pieces, by the day that was promised");
    shop.is_clean().await;
}

/// Proves: S4-9.10
#[actix_web::test]
async fn what_a_cancelled_ticket_lets_go_of_goes_to_the_next_one() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    for round in 0..3 {
        let first = shop.waiting(&format!("86000000000021{round}"), 23, shop.rare, 1).await;
        let second = shop.waiting(&format!("86000000000022{round}"), 24, shop.rare, 1).await;
        shop.rare_comes(1).await;
        // the ticket is cancelled while what arrived is being shared out
        let cancel = async {
            loop {
                let now = shop.now(&first).await;
                match act::<CancelTicket>(desk, &now, reason("客户取消")).await {
                    Ok(done) => return done,
                    Err(refused) => assert_eq!(refused.code(), "stale"),
                }
            }
        };
        let (_, cancelled) = tokio::join!(shop.told(), cancel);
        assert_eq!(cancelled.state, TicketState::Cancelled);
        shop.told().await;
        let (first, second) = (shop.now(&first).await, shop.now(&second).await);
        assert_eq!((first.parts[0].reserved, second.parts[0].reserved), (pieces(0), pieces(1)));
        assert_eq!(second.state, TicketState::Repairing);
        shop.is_clean().await;
        // the next round begins without anything in store
        let second = act::<IssueTicketParts>(shop.who(Role::Engineer), &second, moves(&second, 0, 1)).await.unwrap();
        assert_eq!(second.parts[0].issued, pieces(1));
    }
    let ended = shop.shortages(ShortageFilter { product_id: Some(shop.rare), ..Default::default() }).await;
    assert_eq!(ended.iter().filter(|row| row.state == ShortageState::Cancelled).count(), 3);
}

/// Proves: S4-9.10
#[actix_web::test]
async fn what_another_repair_returns_or_does_without_is_shared_out_too() {
    let shop = Shop::open().await;
    let engineer = shop.who(Role::Engineer);
    shop.rare_comes(2).await;
    let rich = shop.waiting("861234567890127", 23, shop.rare, 2).await;
    assert!(rich.parts[0].shortage_id.is_none(), "nothing was short");
    let rich = act::<IssueTicketParts>(engineer, &rich, moves(&rich, 0, 1)).await.unwrap();
    let poor = shop.waiting("861234567890135", 24, shop.rare, 2).await;
    // one comes back from the engineer, one is no longer reserved
    let rich = act::<ReturnTicketParts>(engineer, &rich, moves(&rich, 0, 1)).await.unwrap();
    shop.told().await;
    assert_eq!(shop.now(&poor).await.parts[0].reserved, pieces(1));
    let rich = shop.now(&rich).await;
    act::<CancelTicket>(shop.who(Role::Reception), &rich, reason("不修了")).await.unwrap();
    shop.told().await;
    let poor = shop.now(&poor).await;
    assert_eq!((poor.state, poor.parts[0].reserved), (TicketState::Repairing, pieces(2)));
    shop.is_clean().await;
}

/// Proves: S4-9.10
#[actix_web::test]
async fn a_repair_that_does_without_the_missing_part_goes_on_with_what_it_has() {
    let shop = Shop::open().await;
    shop.rare_comes(1).await;
    let ticket = shop.waiting("861234567890127", 23, shop.rare, 3).await;
    assert_eq!((ticket.state, ticket.parts[0].reserved), (TicketState::AwaitingParts, pieces(1)));
    let id = ticket.parts[0].shortage_id.unwrap();
    let why = || serde_json::from_value(json!({"reason": "改用旧件修复"})).unwrap();
    let keeper = shop.who(Role::Storekeeper);
    let at = version(shop.shortage(id).await.version);
    let done = keeper.call_with::<CancelShortage>(ById { id }, Nothing, why(), at).await.unwrap();
    assert_eq!((done.state, done.missing), (ShortageState::Cancelled, Quantity::ZERO));
    let ticket = shop.now(&ticket).await;
    assert_eq!(
        (ticket.state, ticket.parts[0].required, ticket.parts[0].reserved),
        (TicketState::Repairing, pieces(1), pieces(1))
    );
    let again = keeper.call::<CancelShortage>(ById { id }, Nothing, why()).await.unwrap_err();
    assert_eq!((again.status, again.code()), (409, "state_conflict"));
    // one that has nothing yet loses the line
    let bare = shop.waiting("861234567890135", 23, shop.rare, 1).await;
    let id = bare.parts[0].shortage_id.unwrap();
    keeper.call::<CancelShortage>(ById { id }, Nothing, why()).await.unwrap();
    let bare = shop.now(&bare).await;
    assert_eq!((bare.state, bare.parts.len()), (TicketState::Repairing, 0));
    shop.is_clean().await;
}

/// Proves: S4-9.10, S4-1.1s2
#[actix_web::test]
async fn a_repair_goes_on_by_itself_when_its_last_missing_part_is_taken_off_the_ticket() {
    let shop = Shop::open().await;
    let engineer = shop.who(Role::Engineer);
    let ticket = shop.waiting("861234567890127", 23, shop.rare, 1).await;
    let more = |product: ProductId| {
        serde_json::from_value(json!({"lines": [{"product_id": product, "quantity": "1"}]})).unwrap()
    };
    let ticket = act::<AddTicketParts>(engineer, &ticket, more(shop.screen)).await.unwrap();
    let ticket = act::<AddTicketParts>(engineer, &ticket, more(shop.rare)).await.unwrap();
    assert_eq!((ticket.state, ticket.parts.len()), (TicketState::AwaitingParts, 3));
    let off = |line: usize| PartChoice { line_id: ticket.parts[line].id };
    let first = ticket.parts[0].shortage_id.unwrap();
    // what was there ends no wait, and neither does the first of two that are not
    let now = act::<RemoveTicketPart>(engineer, &ticket, off(1)).await.unwrap();
    assert_eq!(now.state, TicketState::AwaitingParts);
    let now = act::<RemoveTicketPart>(engineer, &now, off(0)).await.unwrap();
    assert_eq!(now.state, TicketState::AwaitingParts);
    let now = act::<RemoveTicketPart>(engineer, &now, off(2)).await.unwrap();
    assert_eq!((now.state, now.parts.len()), (TicketState::Repairing, 0));
    assert_eq!(shop.shortage(first).await.state, ShortageState::Cancelled);
    shop.is_clean().await;
}

/// Proves: S4-9.10
#[actix_web::test]
async fn goods_in_another_store_of_the_station_are_found_and_a_lost_message_is_made_up_for() {
    let shop = Shop::open().await;
    let org = shop.world.near.id;
    let second = json!({"org_id": org, "code": "G2", "name": "二库", "kind": "good"});
    let app = &shop.world.app;
    let second = app
        .as_system(async |tx| master::api::add_warehouse(tx, serde_json::from_value(second.clone()).unwrap()).await)
        .await;
    let ticket = shop.waiting("861234567890127", 23, shop.rare, 1).await;
    let draft = json!({"kind": "stock_in", "reason": "purchase", "warehouse_id": second,
        "lines": [{"product_id": shop.rare, "quantity": "1", "unit_cost": "10.00"}]});
    let keeper = shop.who(Role::Storekeeper);
    let doc = keeper.call::<CreateStockDoc>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await.unwrap();
    keeper.call_with::<PostStockDoc>(ById { id: doc.id }, Nothing, Nothing, version(doc.version)).await.unwrap();
    // nobody delivers the message: the timetable looks after it
    app.as_system(async |tx| tx.enqueue("shortage.allocate", &json!({})).await).await;
    let (_stopper, stop) = platform::stop::stop();
    while platform::job::one(&app.app, "test", &stop).await.unwrap() {}
    let now = shop.now(&ticket).await;
    assert_eq!(
        (now.state, now.parts[0].warehouse_id, now.parts[0].reserved),
        (TicketState::Repairing, second, pieces(1))
    );
    // and the message that comes late does nothing more
    shop.told().await;
    assert_eq!(shop.now(&ticket).await.parts[0].reserved, pieces(1));
    shop.is_clean().await;
}

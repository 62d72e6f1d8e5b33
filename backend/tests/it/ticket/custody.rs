//! The customer's unit while it is with the station.

use super::shop::{Shop, act, reason};
use openapi::document::DocKind;
use openapi::master::unit::{GetSerialHistory, SerialQuery};
use openapi::query::AnyOf;
use openapi::service::state::TicketState;
use openapi::service::ticket::*;
use openapi::stock::balance::{ListStock, StockBalance, StockFilter};
use openapi::stock::{Owner, PlaceKind};
use openapi::{Listing, Nothing, Plain, Quantity, Role};

impl Shop {
    /// The units of customers that the station holds.
    async fn held(&self) -> Vec<StockBalance> {
        let owner = Some(AnyOf(vec![Owner::Customer]));
        let filter = StockFilter { owner, product_id: Some(self.phone), ..StockFilter::default() };
        let query = Listing { filter, ..Listing::default() };
        self.who(Role::Storekeeper).call::<ListStock>(Nothing, query, Nothing).await.unwrap().items
    }

    async fn pieces(&self) -> i64 {
        self.held().await.iter().map(|row| row.on_hand.0).sum::<i64>() / Quantity::ONE.0
    }
}

fn custody(ticket: &Ticket) -> Vec<(DocKind, bool)> {
    let is_custody = |kind: DocKind| matches!(kind, DocKind::CustodyIn | DocKind::CustodyOut);
    ticket.documents.iter().filter(|d| is_custody(d.kind)).map(|d| (d.kind, d.is_reversed)).collect()
}

/// Proves: S4-1.2
#[actix_web::test]
async fn a_unit_is_in_custody_from_the_acceptance_to_the_pickup_and_again_when_that_is_reversed() {
    let shop = Shop::open().await;
    let (desk, hq) = (shop.who(Role::Reception), shop.who(Role::Headquarters));
    let mut draft = shop.intake("861234567890127", "in");
    draft.accept = false;
    let waiting = desk.call::<CreateTicket>(Nothing, Nothing, draft).await.unwrap();
    assert!(custody(&waiting).is_empty() && shop.held().await.is_empty(), "nobody has accepted it yet");
    act::<CancelTicket>(desk, &waiting, reason("客户反悔")).await.unwrap();

    let done = shop.completed("861234567890127", "in").await;
    assert_eq!(custody(&done), [(DocKind::CustodyIn, false), (DocKind::CustodyOut, false)]);
    assert_eq!(shop.pieces().await, 0);
    let back = act::<ReverseTicketCompletion>(hq, &done, reason("签错人")).await.unwrap();
    assert_eq!(back.state, TicketState::PendingPickup);
    let held = shop.held().await;
    assert_eq!((held.len(), held[0].place.kind, held[0].on_hand), (1, PlaceKind::Counter, Quantity::ONE));
    assert_eq!(held[0].value.map(|value| value.0), Some(0), "it has no value in our books");
    let gone = act::<PickUpTicket>(shop.who(Role::StationManager), &back, shop.pickup(&back).await).await.unwrap();
    assert_eq!((gone.state, shop.pieces().await), (TicketState::Completed, 0));
    let out = custody(&gone).into_iter().filter(|(kind, is_reversed)| *kind == DocKind::CustodyOut && !is_reversed);
    assert_eq!(out.count(), 1);
    let asked = Plain(SerialQuery { serial: "861234567890127".parse().unwrap() });
    let history = desk.call::<GetSerialHistory>(Nothing, asked, Nothing).await.unwrap();
    let notes: Vec<_> = history.events.iter().filter_map(|event| event.note.as_deref()).collect();
    assert!(notes.iter().any(|n| n.starts_with("KJ")) && notes.iter().any(|n| n.starts_with("KH")), "{notes:?}");
    shop.is_clean().await;
}

#[actix_web::test]
async fn a_second_ticket_on_the_same_unit_leaves_it_in_the_custody_of_the_first() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let first = shop.assigned("861234567890127", "out").await;
    let second = shop.assigned("861234567890127", "out").await;
    assert_eq!((custody(&first).len(), custody(&second).len(), shop.pieces().await), (1, 0, 1));
    act::<CancelTicket>(desk, &second, reason("重复开单")).await.unwrap();
    assert_eq!(shop.pieces().await, 1);
    act::<CancelTicket>(desk, &first, reason("客户不修了")).await.unwrap();
    assert_eq!(shop.pieces().await, 0);
    shop.is_clean().await;
}

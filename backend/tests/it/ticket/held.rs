//! What engineers hold, and what came in and went out by kind of document.

use super::shop::{Shop, act, moves, uses};
use openapi::document::DocKind;
use openapi::service::custody::{CustodyQuery, HeldPart, ListHeldParts};
use openapi::service::ticket::*;
use openapi::stock::balance::{GetStockTurnover, TurnoverQuery};
use openapi::stock::document::{CreateStockDoc, PostStockDoc};
use openapi::{ById, Nothing, Plain, Quantity, Role};
use serde_json::json;

impl Shop {
    async fn in_hand(&self, role: Role) -> Vec<HeldPart> {
        let query = Plain(CustodyQuery::default());
        self.who(role).call::<ListHeldParts>(Nothing, query, Nothing).await.unwrap().items
    }
}

#[actix_web::test]
async fn an_engineer_sees_what_he_holds_and_the_storekeeper_what_everybody_holds() {
    let shop = Shop::open().await;
    let engineer = shop.who(Role::Engineer);
    assert!(shop.in_hand(Role::Engineer).await.is_empty());
    let ticket = shop.diagnosed("861234567890127", "out").await;
    let ticket = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.screen, 3)).await.unwrap();
    let ticket = act::<IssueTicketParts>(engineer, &ticket, moves(&ticket, 0, 3)).await.unwrap();
    let ticket = act::<UseTicketParts>(engineer, &ticket, uses(&ticket, 0, 1)).await.unwrap();
    let ticket = act::<ReturnTicketParts>(engineer, &ticket, moves(&ticket, 0, 1)).await.unwrap();
    // and one more without a ticket
    let keeper = shop.who(Role::Storekeeper);
    let draft = json!({"kind": "engineer_issue", "warehouse_id": shop.store,
        "engineer_id": shop.world.near.users[&Role::Engineer],
        "lines": [{"product_id": shop.screen, "quantity": "2"}]});
    let draft = serde_json::from_value(draft).unwrap();
    let doc = keeper.call::<CreateStockDoc>(Nothing, Nothing, draft).await.unwrap();
    let at = crate::support::client::version(doc.version);
    keeper.call_with::<PostStockDoc>(ById { id: doc.id }, Nothing, Nothing, at).await.unwrap();

    for role in [Role::Engineer, Role::Storekeeper, Role::StationManager] {
        let held = shop.in_hand(role).await;
        let lines: Vec<_> = held.iter().map(|p| (p.ticket_number.clone(), p.issued.0, p.held.0, p.loose.0)).collect();
        let (one, two, three) = (Quantity::pieces(1).0, Quantity::pieces(2).0, Quantity::pieces(3).0);
        assert_eq!(lines, [(None, two, two, two), (Some(ticket.number.clone()), three, two, one)], "{role}");
    }
    let refused = shop.who(Role::Reception).call::<ListHeldParts>(Nothing, Plain::default(), Nothing).await;
    assert_eq!(refused.unwrap_err().status, 403);
    let far = &shop.world.far.people[&Role::Storekeeper];
    assert!(far.call::<ListHeldParts>(Nothing, Plain::default(), Nothing).await.unwrap().items.is_empty());
}

#[actix_web::test]
async fn turnover_names_the_kinds_of_documents_behind_in_and_out() {
    let shop = Shop::open().await;
    shop.completed("861234567890127", "out").await;
    let today = shop.world.app.clock_today();
    let query = TurnoverQuery {
        from: today.into(),
        to: today.into(),
        org_id: None,
        include_below: None,
        warehouse_id: Some(shop.store),
        product_id: Some(shop.screen),
    };
    let keeper = shop.who(Role::Storekeeper);
    let found = keeper.call::<GetStockTurnover>(Nothing, Plain(query), Nothing).await.unwrap();
    assert_eq!(found.items.len(), 1);
    let row = &found.items[0];
    let kinds: Vec<_> = row.moves.iter().map(|m| (m.kind, m.incoming.0 / 1000, m.outgoing.0 / 1000)).collect();
    assert_eq!(kinds, [(DocKind::EngineerIssue, 0, 1), (DocKind::StockIn, 5, 0)]);
    assert_eq!(row.moves.iter().map(|m| m.incoming).sum::<Quantity>(), row.incoming);
    assert_eq!(row.moves.iter().map(|m| m.outgoing).sum::<Quantity>(), row.outgoing);
    let value = |pick: fn(&openapi::stock::balance::TurnoverMoves) -> Option<openapi::Money>| {
        row.moves.iter().filter_map(pick).map(|money| money.0).sum::<i64>()
    };
    assert_eq!(value(|m| m.incoming_value), row.incoming_value.unwrap().0);
    assert_eq!(value(|m| m.outgoing_value), row.outgoing_value.unwrap().0);
    assert_eq!(row.opening.0 + row.incoming.0 - row.outgoing.0, row.closing.0);
}

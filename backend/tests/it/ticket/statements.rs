//! What operations cost the database, in statements: beginning and ending a transaction is not counted, finding out who
//! asks is. The figures only ever fall; whoever raises one says why.

use super::shop::{Shop, act};
use crate::support::client::version;
use openapi::document::DocKind;
use openapi::service::ticket::*;
use openapi::service::work::*;
use openapi::stock::document::{CreateStockDoc, ListStockDocs, PostStockDoc};
use openapi::{ById, Listing, Nothing, PageQuery, Quantity, Role};
use serde_json::json;

impl Shop {
    /// Does something and counts the statements.
    async fn counted<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let before = self.world.app.app.db.statements();
        let done = work.await;
        (done, self.world.app.app.db.statements() - before)
    }
}

fn first_page() -> PageQuery {
    PageQuery { limit: Some(50), include_total: Some(true), ..PageQuery::default() }
}

#[actix_web::test]
async fn a_list_takes_as_many_statements_for_fifty_rows_as_for_one() {
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let keeper = shop.who(Role::Storekeeper);
    let tickets = || desk.call::<ListTickets>(Nothing, Listing { page: first_page(), ..Listing::default() }, Nothing);
    let docs = || keeper.call::<ListStockDocs>(Nothing, Listing { page: first_page(), ..Listing::default() }, Nothing);
    let (mut seen, mut number) = (Vec::new(), 0);
    // once before, so that base data is known
    docs().await.unwrap();
    for upto in [1, 50] {
        loop {
            number += 1;
            let (page, statements) = shop.counted(tickets()).await;
            let (papers, of_papers) = shop.counted(docs()).await;
            let rows = page.unwrap().items.len();
            if rows >= upto {
                seen.push((statements, of_papers));
                assert!(papers.unwrap().items.len() >= upto);
                break;
            }
            let draft = shop.intake(&format!("86{number:013}"), "out");
            desk.call::<CreateTicket>(Nothing, Nothing, draft).await.unwrap();
        }
    }
    assert_eq!(seen[0], seen[1]);
    // who asks; the page with the total
    assert_eq!(seen[0].0, 2);
    assert!(seen[0].1 <= 3, "{seen:?}");
}

#[actix_web::test]
async fn a_repair_takes_no_more_statements_than_it_did() {
    let shop = Shop::open().await;
    let (desk, engineer) = (shop.who(Role::Reception), shop.who(Role::Engineer));
    // once before, so that everybody's rights and the places of goods are known
    shop.finished("861234567890127", "out").await;
    let mut steps = Vec::new();
    let mut draft = shop.intake("490154203237518", "out");
    draft.accept = false;
    let (ticket, count) = shop.counted(desk.call::<CreateTicket>(Nothing, Nothing, draft)).await;
    steps.push(("create", count));
    let (ticket, count) = shop.counted(act::<AcceptTicket>(desk, &ticket.unwrap(), Acceptance::default())).await;
    steps.push(("accept", count));
    let engineer_id = shop.world.near.users[&Role::Engineer].into();
    let assignment = Assignment { engineer_id, reason: None };
    let (ticket, count) = shop.counted(act::<AssignTicket>(desk, &ticket.unwrap(), assignment)).await;
    steps.push(("assign", count));
    let (ticket, count) = shop.counted(act::<DiagnoseTicket>(engineer, &ticket.unwrap(), shop.diagnosis())).await;
    steps.push(("diagnose", count));
    let parts = shop.parts(shop.screen, 1);
    let (ticket, count) = shop.counted(act::<AddTicketParts>(engineer, &ticket.unwrap(), parts)).await;
    steps.push(("parts", count));
    let ticket = ticket.unwrap();
    let (ticket, count) =
        shop.counted(act::<IssueTicketParts>(engineer, &ticket, super::shop::moves(&ticket, 0, 1))).await;
    steps.push(("issue", count));
    let ticket = ticket.unwrap();
    let (ticket, count) =
        shop.counted(act::<UseTicketParts>(engineer, &ticket, super::shop::uses(&ticket, 0, 1))).await;
    steps.push(("use", count));
    let (ticket, count) = shop.counted(act::<FinishTicket>(engineer, &ticket.unwrap(), FinishDraft::default())).await;
    steps.push(("finish", count));
    let path = ById { id: ticket.unwrap().id };
    let (_, count) = shop.counted(desk.call::<GetTicket>(path, Nothing, Nothing)).await;
    steps.push(("read", count));
    // some base data is asked for here for the first time; PostgreSQL may ask once or twice more
    let most = [
        ("create", 16),
        ("accept", 18),
        ("assign", 6),
        ("diagnose", 12),
        ("parts", 12),
        ("issue", 16),
        ("use", 7),
        ("finish", 27),
        ("read", 3),
    ];
    println!("statements: {steps:?}");
    let over: Vec<_> = steps.iter().zip(most).filter(|(step, most)| step.1 > most.1).collect();
    assert!(over.is_empty(), "{over:?} of {steps:?}");
}

/// Taken in with two parts planned, accepted and assigned, begun, finished with both: four requests.
#[actix_web::test]
async fn a_planned_repair_takes_four_requests_and_no_more_statements_than_it_did() {
    let shop = Shop::open().await;
    let (desk, engineer) = (shop.who(Role::Reception), shop.who(Role::Engineer));
    shop.stock_in(json!([{"product_id": shop.rare, "quantity": "9", "unit_cost": "10.00"}])).await;
    let engineer_id = Some(shop.world.near.users[&Role::Engineer].into());
    let mut steps = [0; 4];
    // twice: the first time makes rights, base data and the places of goods known
    for serial in ["861234567890127", "490154203237518"] {
        let mut draft = shop.intake(serial, "out");
        draft.parts = [shop.screen, shop.rare].into_iter().flat_map(|part| shop.parts(part, 1).lines).collect();
        draft.accept = false;
        let (made, create) = shop.counted(desk.call::<CreateTicket>(Nothing, Nothing, draft)).await;
        let acceptance = Acceptance { engineer_id, remark: None };
        let (taken, accept) = shop.counted(act::<AcceptTicket>(desk, &made.unwrap(), acceptance)).await;
        let taken = taken.unwrap();
        let (begun, start) = shop.counted(act::<DiagnoseTicket>(engineer, &taken, shop.diagnosis())).await;
        let draft = FinishDraft { use_parts: true, remark: None };
        let (done, finish) = shop.counted(act::<FinishTicket>(engineer, &begun.unwrap(), draft)).await;
        assert!(done.unwrap().parts.iter().all(|part| part.is_consumed));
        steps = [create, accept, start, finish];
    }
    println!("statements of a planned repair: {steps:?}");
    let over: Vec<_> = steps.iter().zip([20, 27, 14, 38]).filter(|(step, most)| **step > *most).collect();
    assert!(over.is_empty(), "{over:?} of {steps:?}");
}

#[actix_web::test]
async fn a_move_takes_no_more_statements_than_it_did() {
    let shop = Shop::open().await;
    let org = shop.world.near.id;
    let second = json!({"org_id": org, "code": "G2", "name": "二库", "kind": "good"});
    let second = shop
        .world
        .app
        .as_system(async |tx| master::api::add_warehouse(tx, serde_json::from_value(second.clone()).unwrap()).await);
    let second = second.await;
    let keeper = shop.who(Role::Storekeeper);
    let mut counts = (0, 0);
    for _ in 0..2 {
        let draft = json!({
            "kind": DocKind::WarehouseMove, "warehouse_id": shop.store, "to_warehouse_id": second,
            "lines": [{"product_id": shop.screen, "quantity": Quantity::ONE}],
        });
        let draft = serde_json::from_value(draft).unwrap();
        let (made, create) = shop.counted(keeper.call::<CreateStockDoc>(Nothing, Nothing, draft)).await;
        let made = made.unwrap();
        let post = keeper.call_with::<PostStockDoc>(ById { id: made.id }, Nothing, Nothing, version(made.version));
        let (posted, post) = shop.counted(post).await;
        posted.unwrap();
        counts = (create, post);
    }
    let draft = json!({
        "kind": DocKind::WarehouseMove, "warehouse_id": shop.store, "to_warehouse_id": second,
        "lines": [{"product_id": shop.screen, "quantity": Quantity::ONE}], "post": true,
    });
    let draft = serde_json::from_value(draft).unwrap();
    let (posted, at_once) = shop.counted(keeper.call::<CreateStockDoc>(Nothing, Nothing, draft)).await;
    posted.unwrap();
    println!("statements of a move: {counts:?}, at once {at_once}");
    assert!(counts.0 <= 7 && counts.1 <= 15 && at_once <= 10, "{counts:?}, at once {at_once}");
}

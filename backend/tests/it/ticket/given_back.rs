//! An old part that a customer asks for, and headquarters as well.

use super::part_return::{Parts, read};
use super::shop::{act, reason};
use crate::support::client::{Client, Refused, version};
use openapi::document::DocKind;
use openapi::query::AnyOf;
use openapi::service::owed_part::{OwedPartState, RestoreOwedPart, WaiveOwedPart};
use openapi::service::ticket::{ReverseTicketFinish, Ticket};
use openapi::stock::document::{
    CreateStockDoc, GetStockDoc, ListStockDocs, PostStockDoc, ReverseStockDoc, StockDoc, StockDocFilter, StockDocState,
};
use openapi::{ById, Listing, Nothing, Role};
use serde_json::json;

impl Parts {
    /// Adjustment D: the old part of a ticket goes to its customer.
    async fn given(&self, by: &Client, ticket: &Ticket) -> Result<StockDoc, Refused> {
        let filter = StockDocFilter {
            kind: Some(AnyOf(vec![DocKind::OldPartIn])),
            ticket_id: Some(ticket.id.uuid().into()),
            ..Default::default()
        };
        let came = by.call::<ListStockDocs>(Nothing, Listing { filter, ..Default::default() }, Nothing).await.unwrap();
        let came = by.call::<GetStockDoc>(ById { id: came.items[0].id }, Nothing, Nothing).await.unwrap();
        let draft = json!({"kind": "bad_part_return", "warehouse_id": came.warehouse_id, "ticket_id": ticket.id,
            "lines": [{"product_id": self.shop.screen, "quantity": "1"}]});
        let made = by.call::<CreateStockDoc>(Nothing, Nothing, read(draft)).await?;
        by.call_with::<PostStockDoc>(ById { id: made.id }, Nothing, Nothing, version(made.version)).await
    }
}

/// Proves: S4-9.6D
#[actix_web::test]
async fn a_customer_gets_no_old_part_that_headquarters_wants_unless_it_is_waived() {
    let parts = Parts::open().await;
    let keeper = parts.shop.who(Role::Storekeeper);
    let paid = parts.shop.finished("861234567890135", "out").await;
    let ticket = parts.shop.finished("861234567890127", "in").await;
    let done = parts.given(keeper, &paid).await.unwrap();
    assert_eq!(done.state, StockDocState::Posted, "who paid for the new one may have the old one");

    let id = parts.of_ticket(&ticket).await;
    let number = parts.part(id).await.number;
    let refused = parts.given(keeper, &ticket).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "old_part_owed"));
    assert!(refused.problem.title.contains(&number), "{}", refused.problem.title);

    // waived it may go, and then it cannot be owed again
    let why = || read(json!({"reason": "客户要求带走"}));
    let waive = async || parts.office.call::<WaiveOwedPart>(ById { id }, Nothing, why()).await;
    let restore = async || parts.office.call::<RestoreOwedPart>(ById { id }, Nothing, why()).await;
    waive().await.unwrap();
    let gone = parts.given(keeper, &ticket).await.unwrap();
    parts.is_clean().await;
    let late = restore().await.unwrap_err();
    assert_eq!((late.status, late.code()), (409, "old_part_gone"));
    let body = read(json!({"reason": "客户没有来取"}));
    let path = || ById { id: gone.id };
    parts.office.call_with::<ReverseStockDoc>(path(), Nothing, body, version(gone.version)).await.unwrap();

    // both at once: one of them
    for _ in 0..3 {
        let (given, restored) = tokio::join!(parts.given(keeper, &ticket), restore());
        match (given, restored) {
            (Ok(given), Err(refused)) => {
                assert_eq!(refused.code(), "old_part_gone");
                let body = read(json!({"reason": "退回"}));
                let at = version(given.version);
                let path = ById { id: given.id };
                parts.office.call_with::<ReverseStockDoc>(path, Nothing, body, at).await.unwrap();
            }
            (Err(refused), Ok(open)) => {
                assert_eq!((refused.code(), open.state), ("old_part_owed", OwedPartState::Open));
                waive().await.unwrap();
            }
            both => panic!("{both:?}"),
        }
    }

    // what is on its way to headquarters is not there to be given, whatever else lies in the store
    restore().await.unwrap();
    parts.shop.finished("861234567890143", "out").await;
    parts.shipped(json!([{"owed_part_id": id}])).await;
    assert_eq!(parts.given(keeper, &ticket).await.unwrap_err().code(), "old_part_owed");
    parts.is_clean().await;

    // a repair that is reversed has no old part, for nobody
    let other = parts.shop.finished("861234567890150", "in").await;
    let reader = parts.shop.who(Role::Headquarters);
    let other = act::<ReverseTicketFinish>(reader, &other, reason("配件用错")).await.unwrap();
    let nothing = parts.given(keeper, &other).await.unwrap_err();
    assert_eq!(nothing.errors(), [("/lines/0/quantity", "not_of_ticket")]);
    parts.is_clean().await;
}

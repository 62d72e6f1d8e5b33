//! What tickets do with stock: reserve, issue, return, use up, take old parts in, and back again.

use super::Store;
use openapi::document::DocKind;
use openapi::finance::Payer;
use openapi::stock::Owner;
use openapi::{Money, Quantity};
use platform::{Context, Result, Tx};
use stock::api::{ConsumeDraft, ConsumeLine, IssueDraft, OldPartLine, OldPartsDraft, PartLine, Posted};
use uuid::Uuid;

impl Store {
    /// Does something as the system, and returns the code of a refusal.
    pub async fn attempt<T>(&self, work: impl AsyncFn(&Tx) -> Result<T>) -> Result<T, &'static str> {
        let (org, path) = identity::api::headquarters(&self.app.app).await.unwrap();
        let now = platform::Clock::now(&*self.app.clock);
        let context = Context::internal(platform::Actor::system(org, &path), now, "test");
        let done = platform::http::run::write(&self.app.app, &context, work).await;
        done.inspect_err(|failure| self.app.app.metrics.refused(failure.codes())).map_err(|failure| failure.code().code)
    }

    pub fn part_line(&self, ticket_part: Uuid, count: i64) -> PartLine {
        PartLine { ticket_part, product: self.part, serial: None, quantity: Quantity::pieces(count) }
    }

    pub fn issue_draft(&self, ticket: Uuid, line: PartLine) -> IssueDraft {
        IssueDraft { ticket, engineer: self.engineer_id, warehouse: self.good, lines: vec![line] }
    }

    pub fn consume_draft(&self, ticket: Uuid, part: PartLine, payer: Payer) -> ConsumeDraft {
        let (org, engineer) = (self.station.into(), self.engineer_id);
        ConsumeDraft { ticket, org, engineer, effective_at: None, lines: vec![ConsumeLine { part, payer }] }
    }

    pub async fn consume(&self, ticket: Uuid, part: PartLine, payer: Payer) -> Result<Posted, &'static str> {
        self.attempt(async |tx| stock::api::consume(tx, self.consume_draft(ticket, part.clone(), payer)).await).await
    }

    pub async fn issue(&self, ticket: Uuid, part: PartLine) -> Result<Posted, &'static str> {
        self.attempt(async |tx| stock::api::issue_to_engineer(tx, self.issue_draft(ticket, part.clone())).await).await
    }
}

/// Proves: S4-9.4, S4-9.5
#[actix_web::test]
async fn a_part_goes_from_the_shelf_through_the_engineer_into_the_unit() {
    let store = Store::open().await;
    store.buy(5, "10").await;
    let (ticket, part) = (platform::new_id(), platform::new_id());
    let reserve = async |count| {
        store
            .attempt(async |tx| {
                stock::api::reserve(
                    tx,
                    stock::api::Claim::ticket(part),
                    store.good,
                    store.part,
                    Quantity::pieces(count),
                    None,
                )
                .await
            })
            .await
    };
    reserve(4).await.unwrap();
    assert_eq!(reserve(2).await, Err("stock_insufficient"));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 5, 4, 50_00)]);
    // what is reserved stays for the ticket
    assert_eq!(store.post(store.stock_out(2)).await.unwrap_err().code(), "stock_insufficient");
    let issued = store.issue(ticket, store.part_line(part, 3)).await.unwrap();
    assert_eq!(issued.lines[0].value, Money(30_00));
    let freed = store.attempt(async |tx| stock::api::release(tx, stock::api::Claim::ticket(part)).await).await.unwrap();
    assert_eq!(freed, Quantity::pieces(1));
    let back = store.attempt(async |tx| {
        stock::api::return_from_engineer(tx, store.issue_draft(ticket, store.part_line(part, 1))).await
    });
    back.await.unwrap();
    let used = store.consume(ticket, store.part_line(part, 2), Payer::Customer).await.unwrap();
    assert_eq!(used.lines[0].value, Money(20_00));
    let over = store.consume(ticket, store.part_line(part, 1), Payer::Customer).await;
    assert_eq!(over.err(), Some("stock_insufficient"));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 3, 0, 30_00), ("engineer".to_owned(), 0, 0, 0)]);
    store.books_are_clean().await;
}

/// Proves: S4-9.5, S1e-4.3.7
#[actix_web::test]
async fn old_parts_come_in_without_value_and_everything_of_a_ticket_can_be_taken_back() {
    let store = Store::open().await;
    store.buy(5, "10").await;
    let (ticket, part) = (platform::new_id(), platform::new_id());
    let issued = store.issue(ticket, store.part_line(part, 2)).await.unwrap();
    let used = store.consume(ticket, store.part_line(part, 2), Payer::Manufacturer).await.unwrap();
    let old = store.attempt(async |tx| {
        let line = OldPartLine {
            part: store.part_line(part, 2),
            owner: Owner::Maker,
            value: Money::ZERO,
            payer: Payer::Manufacturer,
        };
        stock::api::old_parts_in(tx, OldPartsDraft { ticket, warehouse: store.bad, lines: vec![line] }).await
    });
    let old = old.await.unwrap();
    assert!(store.stock(store.part).await.contains(&("B1".to_owned(), 2, 0, 0)));
    let reason: openapi::Note<500> = "反完成".parse().unwrap();
    let reverse = async |doc: &Posted| store.attempt(async |tx| stock::api::reverse(tx, doc.id, &reason).await).await;
    assert_eq!(reverse(&issued).await.err(), Some("stock_reversal_blocked"));
    for doc in [&old, &used, &issued] {
        reverse(doc).await.unwrap();
    }
    assert_eq!(reverse(&used).await.err(), Some("stock_already_reversed"));
    let rows = store.stock(store.part).await;
    assert!(rows.contains(&("G1".to_owned(), 5, 0, 50_00)), "{rows:?}");
    let all = store.attempt(async |tx| stock::api::documents_of(tx, ticket).await).await.unwrap();
    assert_eq!(all.len(), 6);
    assert!(all.iter().all(|(_, _, is_undone)| *is_undone));
    assert!(all.iter().any(|(kind, _, _)| *kind == DocKind::RepairConsumption));
    store.books_are_clean().await;
}

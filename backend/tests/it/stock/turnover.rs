//! Opening, in, out and closing (收发存): they tie whatever is written back-dated, and read the same each time.

use super::{Store, draft, line, price, warehouse};
use openapi::document::DocKind;
use openapi::master::warehouse::WarehouseKind;
use openapi::stock::balance::{AsOfQuery, GetStockAsOf, GetStockTurnover, Turnover, TurnoverQuery};
use openapi::stock::document::{StockDoc, StockDocDraft, StockLineDraft};
use openapi::stock::movement::{ListStockMoves, StockMoveFilter};
use openapi::{Listing, Money, Nothing, PageQuery, Plain};

impl Store {
    async fn dated(&self, draft: StockDocDraft, at: &str) -> StockDoc {
        self.post(StockDocDraft { effective_at: Some(super::at(at)), ..draft }).await.unwrap()
    }

    async fn month(&self, from: &str, to: &str) -> Turnover {
        let query = TurnoverQuery {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            org_id: None,
            include_below: None,
            warehouse_id: Some(self.good),
            product_id: None,
        };
        self.headquarters.call::<GetStockTurnover>(Nothing, Plain(query), Nothing).await.unwrap()
    }
}

/// Opening, in, out, closing: pieces and fen of the first row.
fn figures(turnover: &Turnover) -> [(i64, i64); 4] {
    let Some(row) = turnover.items.first() else { return [(0, 0); 4] };
    let fen = |value: Option<Money>| value.unwrap().0;
    [
        (row.opening.0 / 1000, fen(row.opening_value)),
        (row.incoming.0 / 1000, fen(row.incoming_value)),
        (row.outgoing.0 / 1000, fen(row.outgoing_value)),
        (row.closing.0 / 1000, fen(row.closing_value)),
    ]
}

/// Proves: S4-11.5
#[actix_web::test]
async fn months_tie_when_documents_are_written_and_reversed_back_dated() {
    let store = Store::open().await;
    store.dated(store.stock_in(10, "10"), "2026-08-10T02:00:00Z").await;
    store.dated(store.stock_out(2), "2026-09-05T02:00:00Z").await;
    store.dated(store.stock_out(1), "2026-11-03T02:00:00Z").await;
    let months = [
        ("2026-08-01", "2026-08-31"),
        ("2026-09-01", "2026-09-30"),
        ("2026-10-01", "2026-10-31"),
        ("2026-11-01", "2026-11-30"),
    ];
    let told = async || {
        let mut told = Vec::new();
        for (from, to) in months {
            told.push(figures(&store.month(from, to).await));
        }
        told
    };
    let before = told().await;
    assert_eq!(before.iter().map(|m| m[3].0).collect::<Vec<_>>(), [10, 8, 8, 7]);
    // the last instant of September at the business and the first of October, written in November
    let late = store.dated(store.stock_out(3), "2026-09-30T15:59:59.999Z").await;
    store.dated(store.stock_in(4, "10"), "2026-09-30T16:00:00Z").await;
    let after = told().await;
    assert_eq!(
        after.iter().map(|m| m.map(|f| f.0)).collect::<Vec<_>>(),
        [[0, 10, 0, 10], [10, 0, 5, 5], [5, 4, 0, 9], [9, 0, 1, 8]]
    );
    for pair in after.windows(2) {
        assert_eq!(pair[0][3], pair[1][0], "the opening is the closing before");
    }
    for month in &after {
        assert_eq!((month[0].0 + month[1].0 - month[2].0, month[0].1 + month[1].1 - month[2].1), month[3]);
    }
    store.books_are_clean().await;
    store.reverse(&late).await.unwrap();
    assert_eq!(told().await.iter().map(|m| m[3].0).collect::<Vec<_>>(), [10, 8, 12, 11]);
    store.books_are_clean().await;
    let whole = async || serde_json::to_string(&store.month("2026-08-01", "2026-11-30").await).unwrap();
    assert_eq!(whole().await, whole().await);
}

/// Proves: S4-11.5
#[actix_web::test]
async fn the_entries_of_a_row_lead_from_its_opening_to_its_closing() {
    let store = Store::open().await;
    store.dated(store.stock_in(10, "10"), "2026-09-10T02:00:00Z").await;
    store.dated(store.stock_in(6, "16"), "2026-11-02T02:00:00Z").await;
    store.post(store.stock_out(3)).await.unwrap();
    // written last, in the middle of what was there; one of them taken back
    store.dated(store.stock_out(2), "2026-11-05T02:00:00Z").await;
    let mistaken = store.dated(store.stock_in(4, "12"), "2026-10-31T16:00:00Z").await;
    store.reverse(&mistaken).await.unwrap();
    let month = store.month("2026-11-01", "2026-11-30").await;
    let [row] = &month.items[..] else { panic!("{:?}", month.items) };
    let filter = StockMoveFilter {
        product_id: Some(row.product_id),
        place_id: Some(row.place.id),
        condition: Some(openapi::query::AnyOf(vec![row.condition])),
        owner: Some(openapi::query::AnyOf(vec![row.owner])),
        effective_from: Some(super::at("2026-10-31T16:00:00Z")),
        effective_before: Some(super::at("2026-11-30T16:00:00Z")),
        ..Default::default()
    };
    let mut page = PageQuery { limit: Some(2), sort: Some("effective_at".to_owned()), ..Default::default() };
    let mut entries = Vec::new();
    loop {
        let query = Listing { page: page.clone(), filter: filter.clone() };
        let found = store.headquarters.call::<ListStockMoves>(Nothing, query, Nothing).await.unwrap();
        entries.extend(found.items);
        page.cursor = found.next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    let side = |is_in: bool| {
        let of_side = entries.iter().filter(|e| if is_in { e.to.id } else { e.from.id } == row.place.id);
        of_side.fold((0, 0), |sum, e| (sum.0 + e.quantity.0, sum.1 + e.value.unwrap().0))
    };
    let (incoming, outgoing) = (side(true), side(false));
    assert_eq!(incoming, (row.incoming.0, row.incoming_value.unwrap().0));
    assert_eq!(outgoing, (row.outgoing.0, row.outgoing_value.unwrap().0));
    assert_eq!(row.opening.0 + incoming.0 - outgoing.0, row.closing.0);
    assert_eq!(row.opening_value.unwrap().0 + incoming.1 - outgoing.1, row.closing_value.unwrap().0);
    assert!(entries.windows(2).all(|pair| pair[0].effective_at <= pair[1].effective_at), "in the order of time");
    store.books_are_clean().await;
}

/// Proves: S4-11.5, S2-2.3b
#[actix_web::test]
async fn each_figure_leads_to_its_entries_and_a_region_holds_its_stations() {
    let store = Store::open().await;
    store.buy(5, "10").await;
    store.post(store.stock_out(2)).await.unwrap();
    let other = store.app.station("SH01").await;
    let away = warehouse(&store.app, other, "F1", WarehouseKind::Good).await;
    let there = StockLineDraft { unit_cost: Some(price("20")), ..line(store.part, 7) };
    store.post(draft(DocKind::StockIn, away, there)).await.unwrap();
    let root = store.app.headquarters().await;
    let of = async |below: Option<bool>| {
        let query = AsOfQuery {
            on: "2026-11-21".parse().unwrap(),
            org_id: Some(root.into()),
            include_below: below,
            warehouse_id: None,
            product_id: Some(store.part),
        };
        let found = store.headquarters.call::<GetStockAsOf>(Nothing, Plain(query), Nothing).await.unwrap();
        found.items.iter().map(|row| row.quantity.0 / 1000).collect::<Vec<_>>()
    };
    assert_eq!((of(None).await, of(Some(true)).await), (vec![], vec![3, 7]));
    let month = store.month("2026-11-01", "2026-11-30").await;
    let row = &month.items[0];
    for moves in &row.moves {
        let filter = StockMoveFilter {
            product_id: Some(row.product_id),
            place_id: Some(row.place.id),
            document_kind: Some(openapi::query::AnyOf(vec![moves.kind])),
            ..Default::default()
        };
        let query = Listing { page: Default::default(), filter };
        let entries = store.headquarters.call::<ListStockMoves>(Nothing, query, Nothing).await.unwrap().items;
        let sum: i64 = entries.iter().map(|e| e.quantity.0).sum();
        assert_eq!(sum, moves.incoming.0 + moves.outgoing.0, "{:?}", moves.kind);
        assert!(entries.iter().all(|e| e.document_kind == moves.kind));
    }
    assert_eq!(row.moves.len(), 2);
}

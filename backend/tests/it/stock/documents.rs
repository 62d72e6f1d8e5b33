//! Opening stock, stock-in, stock-out: costs, refusals, dates, periods, who may what.

use super::{Store, at, draft, line, price};
use crate::support::client::{Client, version};
use openapi::document::DocKind;
use openapi::finance::period::{ClosePeriod, PeriodDraft};
use openapi::finance::{Account, Book};
use openapi::stock::balance::{AsOfQuery, GetStockAsOf, GetStockTurnover, ListStock, TurnoverQuery};
use openapi::stock::document::{
    ApproveStockDoc, CreateStockDoc, GetStockDoc, ListStockDocs, PostStockDoc, StockDocAction, StockDocDraft,
    StockDocState, StockLineDraft, SubmitStockDoc, UpdateStockDoc,
};
use openapi::stock::movement::{ListStockMoves, StockMoveFilter};
use openapi::{ById, Listing, Money, Nothing, Plain, Quantity, Role};

/// Proves: S4-9.1, S4-9.2, S4-9.6A, S4-9.9
#[actix_web::test]
async fn goods_come_in_at_their_cost_and_leave_at_the_moving_average() {
    let store = Store::open().await;
    let first = StockLineDraft { unit_cost: Some(price("10")), ..line(store.part, 3) };
    let opening = store.post(draft(DocKind::OpeningStock, store.good, first)).await.unwrap();
    assert_eq!(opening.total_value, Some(Money(30_00)));
    let accounts = |doc: &openapi::stock::document::StockDoc| {
        doc.accounts.iter().map(|a| (a.account, a.debit.0, a.credit.0)).collect::<Vec<_>>()
    };
    assert_eq!(accounts(&opening), [(Account::PartsGood, 30_00, 0), (Account::OpeningEquity, 0, 30_00)]);
    store.buy(4, "12.5003").await;
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 7, 0, 80_00)]);
    // 80.00 / 7 = 11.428…: two go out for 22.86, the rest takes what is left, to the fen
    let out = store.post(store.stock_out(2)).await.unwrap();
    assert_eq!(out.lines[0].value, Some(Money(22_86)));
    assert_eq!(accounts(&out), [(Account::PartsGood, 0, 22_86), (Account::CountDifference, 22_86, 0)]);
    let rest = store.post(store.stock_out(5)).await.unwrap();
    assert_eq!(rest.lines[0].value, Some(Money(57_14)));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 0, 0, 0)]);
    store.books_are_clean().await;
}

/// Two warehouses of a station share one average; what comes in dearer raises both.
#[actix_web::test]
async fn the_warehouses_of_a_station_share_one_average() {
    let store = Store::open().await;
    store.buy(10, "10").await;
    let dear = StockLineDraft { unit_cost: Some(price("20")), ..line(store.part, 10) };
    store.post(draft(DocKind::StockIn, store.second, dear)).await.unwrap();
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 10, 0, 150_00), ("G2".to_owned(), 10, 0, 150_00)]);
    assert_eq!(store.post(store.stock_out(1)).await.unwrap().total_value, Some(Money(15_00)));
    store.books_are_clean().await;
}

/// Proves: S4-9.2
#[actix_web::test]
async fn more_than_there_is_cannot_leave_and_the_refusal_says_what_and_where() {
    let store = Store::open().await;
    store.buy(3, "10").await;
    let refused = store.post(store.stock_out(4)).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "stock_insufficient"));
    for word in ["PA-1001", "G1", "4", "3"] {
        assert!(refused.problem.title.contains(word), "{word} is missing in {}", refused.problem.title);
    }
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 3, 0, 30_00)]);
    let absurd = store.post(StockDocDraft { lines: vec![line(store.part, 1_000_001)], ..store.stock_out(1) }).await;
    assert_eq!(absurd.unwrap_err().errors(), [("/lines/0/quantity", "out_of_range")]);
    store.books_are_clean().await;
}

/// Proves: S4-9.6A
#[actix_web::test]
async fn a_cell_is_opened_once_and_by_headquarters() {
    let store = Store::open().await;
    let opening = || {
        let line = StockLineDraft { unit_cost: Some(price("10")), ..line(store.part, 3) };
        draft(DocKind::OpeningStock, store.good, line)
    };
    store.post(opening()).await.unwrap();
    assert_eq!(store.post(opening()).await.unwrap_err().code(), "stock_opened_already");
    let elsewhere = StockDocDraft { warehouse_id: store.second, ..opening() };
    let made = store.keeper.call::<CreateStockDoc>(Nothing, Nothing, elsewhere).await.unwrap();
    assert!(!made.allowed.contains(&StockDocAction::Post), "{:?}", made.allowed);
    let path = ById { id: made.id };
    let refused = store.keeper.call_with::<PostStockDoc>(path, Nothing, Nothing, version(made.version)).await;
    assert_eq!(refused.unwrap_err().status, 403);
}

/// Written and posted by one request, or not at all.
#[actix_web::test]
async fn a_document_may_be_posted_as_it_is_written() {
    let store = Store::open().await;
    store.buy(5, "10").await;
    let at_once = |draft: StockDocDraft| StockDocDraft { post: true, ..draft };
    let create = async |by: &Client, draft| by.call::<CreateStockDoc>(Nothing, Nothing, draft).await;
    let out = create(&store.keeper, at_once(store.stock_out(2))).await.unwrap();
    assert_eq!((out.state, out.moves.len()), (StockDocState::Posted, 1));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 3, 0, 30_00)]);
    let papers = || async {
        let all = store.keeper.call::<ListStockDocs>(Nothing, Listing::default(), Nothing).await;
        all.unwrap().items.len()
    };
    let before = papers().await;
    let nameless = store.keeper.request("POST", "/api/v1/stock/documents").json(&at_once(store.stock_out(1)));
    assert_eq!(nameless.send().await.unwrap().status(), 422, "without a key it could be sent twice");
    let too_much = create(&store.keeper, at_once(store.stock_out(4))).await.unwrap_err();
    assert_eq!(too_much.code(), "stock_insufficient");
    let drawn = StockDocDraft {
        kind: DocKind::EngineerIssue,
        reason: None,
        engineer_id: Some(store.engineer_id),
        ..store.stock_out(1)
    };
    assert_eq!(create(&store.engineer, at_once(drawn.clone())).await.unwrap_err().status, 403, "not theirs to post");
    assert_eq!(papers().await, before, "nothing is left of what was refused");
    // a draft is posted as it is changed
    let written = create(&store.engineer, drawn).await.unwrap();
    let better = at_once(StockDocDraft {
        engineer_id: Some(store.engineer_id),
        reason: None,
        kind: DocKind::EngineerIssue,
        ..store.stock_out(3)
    });
    let path = ById { id: written.id };
    let posted =
        store.keeper.call_with::<UpdateStockDoc>(path, Nothing, better, version(written.version)).await.unwrap();
    assert_eq!((posted.state, posted.moves.len()), (StockDocState::Posted, 1));
    assert_eq!(store.stock(store.part).await.first().map(|cell| (cell.0.as_str(), cell.1)), Some(("G1", 0)));
    store.books_are_clean().await;
}

/// Of two servers one may be ahead of the other: what the one took in does not leave before it came.
#[actix_web::test]
async fn goods_do_not_leave_before_they_came_whatever_the_clocks_say() {
    let store = Store::open().await;
    let now = platform::Clock::now(&*store.app.clock);
    store.app.clock.set(now + chrono::Duration::seconds(10));
    store.buy(5, "10").await;
    store.app.clock.set(now);
    // touches the same cell, earlier
    store.buy(1, "10").await;
    let refused = store.post(store.stock_out(3)).await.unwrap_err();
    assert_eq!(refused.code(), "stock_insufficient_later");
    store.post(store.stock_out(1)).await.unwrap();
    store.app.clock.set(now + chrono::Duration::seconds(10));
    store.post(store.stock_out(3)).await.unwrap();
    store.books_are_clean().await;
}

/// A back-dated document must leave enough for everything that happened later; as-of shows it where it took effect.
#[actix_web::test]
async fn a_back_dated_document_counts_from_its_date() {
    let store = Store::open().await;
    let dated = |draft: StockDocDraft, on: &str| StockDocDraft { effective_at: Some(at(on)), ..draft };
    store.post(dated(store.stock_in(5, "10"), "2026-11-02T02:00:00Z")).await.unwrap();
    store.post(dated(store.stock_out(4), "2026-11-10T02:00:00Z")).await.unwrap();
    store.post(dated(store.stock_in(6, "10"), "2026-11-15T02:00:00Z")).await.unwrap();
    // seven are there now, but only one was left between the 10th and the 15th
    let refused = store.post(dated(store.stock_out(2), "2026-11-05T02:00:00Z")).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "stock_insufficient_later"));
    store.post(dated(store.stock_out(1), "2026-11-05T02:00:00Z")).await.unwrap();
    for (on, left) in [("2026-11-01", 0), ("2026-11-04", 5), ("2026-11-05", 4), ("2026-11-10", 0), ("2026-11-20", 6)] {
        let query = AsOfQuery {
            on: on.parse().unwrap(),
            org_id: None,
            include_below: None,
            warehouse_id: None,
            product_id: Some(store.part),
        };
        let then = store.headquarters.call::<GetStockAsOf>(Nothing, Plain(query), Nothing).await.unwrap();
        let found: i64 = then.items.iter().map(|row| row.quantity.0).sum();
        assert_eq!(found, left * 1000, "{on}");
    }
    let query = TurnoverQuery {
        from: "2026-11-05".parse().unwrap(),
        to: "2026-11-12".parse().unwrap(),
        org_id: None,
        include_below: None,
        warehouse_id: Some(store.good),
        product_id: None,
    };
    let turnover = store.headquarters.call::<GetStockTurnover>(Nothing, Plain(query), Nothing).await.unwrap();
    let row = &turnover.items[0];
    let pieces = [row.opening, row.incoming, row.outgoing, row.closing].map(|q| q.0 / 1000);
    assert_eq!(pieces, [5, 0, 5, 0]);
    let future = store.post(dated(store.stock_in(1, "1"), "2026-11-22T02:00:00Z")).await.unwrap_err();
    assert_eq!(future.errors(), [("/effective_at", "in_the_future")]);
    // nothing is closed here; what is on no page of periods takes nothing all the same
    let slip = store.post(dated(store.stock_in(1, "1"), "2025-10-31T15:59:59Z")).await.unwrap_err();
    assert_eq!(slip.errors(), [("/effective_at", "dated_too_early")]);
    assert!(slip.problem.errors[0].message.contains("2025-11-01"), "{:?}", slip.problem.errors);
    store.post(dated(store.stock_in(1, "1"), "2025-10-31T16:00:00Z")).await.unwrap();
    store.books_are_clean().await;
}

/// Proves: S4-9.6A
#[actix_web::test]
async fn nothing_is_posted_into_a_closed_month() {
    let store = Store::open().await;
    let october = || StockDocDraft { effective_at: Some(at("2026-10-20T02:00:00Z")), ..store.stock_in(5, "10") };
    let early = store.post(october()).await.unwrap();
    let close = PeriodDraft {
        org_id: Some(store.station.into()),
        month: "2026-10".parse().unwrap(),
        book: Book::Stock,
        reason: None,
    };
    store.accountant.call::<ClosePeriod>(Nothing, Nothing, close).await.unwrap();
    let refused = store.post(october()).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (423, "period_closed"));
    // a reversal of what stands in the closed month takes effect today
    let reversed = store.reverse(&early).await.unwrap();
    let mirror = reversed.reversed_by.unwrap();
    let mirror = store.headquarters.call::<GetStockDoc>(ById { id: mirror.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(mirror.effective_at, Some(at("2026-11-21T02:00:00Z")));
    store.books_are_clean().await;
}

/// Proves: S4-9.9
#[actix_web::test]
async fn a_station_sees_its_own_stock_and_cost_is_for_those_who_may_see_it() {
    let store = Store::open().await;
    let bought = store.buy(3, "10").await;
    let far = store.app.station("NB01").await;
    let (_, stranger) = store.app.person("stranger", &[Role::Storekeeper], far).await;
    let all = || Listing::default();
    assert!(stranger.call::<ListStock>(Nothing, all(), Nothing).await.unwrap().items.is_empty());
    assert!(stranger.call::<ListStockDocs>(Nothing, Listing::default(), Nothing).await.unwrap().items.is_empty());
    let path = ById { id: bought.id };
    assert_eq!(stranger.call::<GetStockDoc>(path, Nothing, Nothing).await.unwrap_err().status, 404);
    let foreign = stranger.call::<CreateStockDoc>(Nothing, Nothing, store.stock_out(1)).await.unwrap_err();
    assert_eq!(foreign.errors(), [("/warehouse_id", "reference_not_found")]);
    let seen = store.reception.call::<ListStock>(Nothing, all(), Nothing).await.unwrap();
    assert_eq!((seen.items[0].available, seen.items[0].value), (Quantity::pieces(3), None));
    let kept = store.keeper.call::<ListStock>(Nothing, all(), Nothing).await.unwrap();
    assert_eq!(kept.items[0].value, Some(Money(30_00)));
    let mut by_value = all();
    by_value.page.sort = Some("value".to_owned());
    assert_eq!(store.reception.call::<ListStock>(Nothing, by_value, Nothing).await.unwrap_err().status, 422);
    let mut words = all();
    words.page.q = Some("屏幕".parse().unwrap());
    assert_eq!(store.keeper.call::<ListStock>(Nothing, words.clone(), Nothing).await.unwrap().items.len(), 1);
    words.page.q = Some("电池".parse().unwrap());
    assert!(store.keeper.call::<ListStock>(Nothing, words, Nothing).await.unwrap().items.is_empty());
}

/// Proves: S4-9.4
#[actix_web::test]
async fn an_engineer_asks_for_parts_and_the_storekeeper_hands_them_out() {
    let store = Store::open().await;
    store.buy(5, "10").await;
    let ask = StockDocDraft {
        engineer_id: Some(store.engineer_id),
        ..draft(DocKind::EngineerIssue, store.good, line(store.part, 2))
    };
    let made = store.engineer.call::<CreateStockDoc>(Nothing, Nothing, ask.clone()).await.unwrap();
    assert_eq!(made.allowed, [StockDocAction::Submit, StockDocAction::Void]);
    let path = || ById { id: made.id };
    let sent = store.engineer.call_with::<SubmitStockDoc>(path(), Nothing, Nothing, version(1)).await.unwrap();
    let refused = store.engineer.call_with::<PostStockDoc>(path(), Nothing, Nothing, version(sent.version)).await;
    assert_eq!(refused.unwrap_err().status, 403);
    let good =
        store.keeper.call_with::<ApproveStockDoc>(path(), Nothing, Nothing, version(sent.version)).await.unwrap();
    let done = store.keeper.call_with::<PostStockDoc>(path(), Nothing, Nothing, version(good.version)).await.unwrap();
    assert_eq!(done.state, StockDocState::Posted);
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 3, 0, 30_00), ("engineer".to_owned(), 2, 0, 20_00)]);
    // not for a colleague, and nothing else than parts
    let for_other = StockDocDraft { engineer_id: Some(store.app.headquarters().await.into()), ..ask };
    let refused = store.engineer.call::<CreateStockDoc>(Nothing, Nothing, for_other).await.unwrap_err();
    assert_eq!(refused.errors(), [("/engineer_id", "reference_not_found")]);
    let refused = store.engineer.call::<CreateStockDoc>(Nothing, Nothing, store.stock_in(9, "1")).await.unwrap_err();
    assert_eq!(refused.status, 403);
    store.books_are_clean().await;
}

/// Proves: S2-2.3b
#[actix_web::test]
async fn the_way_of_a_serial_can_be_followed() {
    let store = Store::open().await;
    let board = StockLineDraft {
        serial: Some("SN-0001".parse().unwrap()),
        unit_cost: Some(price("300")),
        ..line(store.board, 1)
    };
    store.post(draft(DocKind::StockIn, store.good, board.clone())).await.unwrap();
    let twice = store.post(draft(DocKind::StockIn, store.second, board.clone())).await.unwrap_err();
    assert_eq!((twice.status, twice.code()), (409, "stock_serial_present"));
    let board = StockLineDraft { unit_cost: None, ..board };
    let elsewhere = store.post(draft(DocKind::StockOut, store.second, board.clone())).await.unwrap_err();
    assert_eq!(elsewhere.code(), "stock_serial_elsewhere");
    store.post(draft(DocKind::StockOut, store.good, board)).await.unwrap();
    let filter = StockMoveFilter { serial: Some("SN-0001".parse().unwrap()), ..Default::default() };
    let query = Listing { page: Default::default(), filter };
    let moves = store.keeper.call::<ListStockMoves>(Nothing, query, Nothing).await.unwrap().items;
    let way: Vec<_> = moves.iter().map(|m| (m.document_kind, m.value)).collect();
    assert_eq!(way, [(DocKind::StockOut, Some(Money(300_00))), (DocKind::StockIn, Some(Money(300_00)))]);
    store.books_are_clean().await;
}

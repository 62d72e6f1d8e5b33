//! Refusals that no other story meets: what is wrong with a request, and what a failing machine looks like from outside.

use crate::import::{book, imported};
use crate::stock::{Store, draft, line};
use crate::support::base;
use crate::support::client::{Client, Options, version};
use crate::support::given::{World, customer};
use crate::support::money::{self, attempt, bank_account, receipt, repair, settled};
use crate::support::{TestApp, database};
use crate::ticket::shop::{Shop, act, moves, uses};
use openapi::document::DocKind;
use openapi::finance::Book;
use openapi::finance::open_item::{ListOpenItems, OpenItemFilter};
use openapi::finance::period::{ClosePeriod, PeriodDraft};
use openapi::finance::receipt::{CreateReceipt, PayMethod};
use openapi::identity::role::{GetRole, ListRoles, RoleDraft, UpdateRole};
use openapi::master::PRODUCT_COST;
use openapi::master::customer::{CreateCustomer, CustomerDraft, GetCustomer, ListCustomers, UpdateCustomer};
use openapi::master::import::ImportDataset;
use openapi::master::product::ProductKind;
use openapi::service::ticket::{AddTicketParts, FinishTicket, IssueTicketParts, RemoveTicketPart, UseTicketParts};
use openapi::service::work::{FinishDraft, PartChoice};
use openapi::stock::document::{
    CreateStockDoc, GetStockDoc, ListStockDocs, ReverseStockDoc, StockDocFilter, StockReason, StockReversal,
};
use openapi::stock::stocktake::CreateStocktake;
use openapi::{ById, Listing, Money, Nothing, Quantity, Role};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::time::Duration;

fn person(phone: &str) -> CustomerDraft {
    serde_json::from_value(json!({"name": "王芳", "kind": "person", "phone": phone})).unwrap()
}

#[actix_web::test]
async fn keys_currencies_and_too_many_choices_are_refused_by_name() {
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let long = Options { key: Some("k".repeat(101)), if_match: None };
    let refused = desk.call_with::<CreateCustomer>(Nothing, Nothing, person("13800000001"), long).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (422, "idempotency_key_invalid"));

    let kinds = vec!["person"; 51].join(",");
    let answer = desk.request("GET", &format!("/api/v1/master/customers?kind={kinds}")).send().await.unwrap();
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(
        (&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]),
        (&json!("?kind"), &json!("too_many"))
    );

    let till = bank_account(&world.app, world.near.id, "TILL-9").await;
    let payer = customer(desk, "13800000002").await;
    let mut body = serde_json::to_value(receipt(payer, &[(PayMethod::Cash, till, 100)], &[])).unwrap();
    body["payments"][0]["amount"]["currency"] = json!("USD");
    let request = desk.request("POST", "/api/v1/finance/receipts").header("idempotency-key", "usd").json(&body);
    let problem: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(problem["errors"][0]["code"], "unsupported_currency", "{problem}");
}

#[actix_web::test]
async fn who_may_not_see_costs_cannot_set_them() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    // every role of the preset that edits products sees costs: a company may decide otherwise
    let roles = world.admin.call::<ListRoles>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    let role = roles.iter().find(|role| role.code == "clerk").unwrap();
    let role = world.admin.call::<GetRole>(ById { id: role.id }, Nothing, Nothing).await.unwrap();
    let grants = role.grants.iter().filter(|grant| *grant.permission != *PRODUCT_COST.code).cloned().collect();
    let draft = RoleDraft {
        code: role.code.parse().unwrap(),
        name_zh: role.name_zh,
        name_en: role.name_en,
        is_station_role: role.is_station_role,
        remark: role.remark,
        grants,
    };
    world.admin.call_with::<UpdateRole>(ById { id: role.id }, Nothing, draft, version(role.version)).await.unwrap();
    let mut draft = base::product_draft(clerk, ProductKind::Part, "PA-77").await;
    draft.standard_cost = Some("12.00".parse().unwrap());
    let refused = clerk.call::<openapi::master::product::CreateProduct>(Nothing, Nothing, draft).await.unwrap_err();
    assert_eq!(refused.errors(), [("/standard_cost", "cost_forbidden")]);
}

/// Proves: S0-2.1c
#[actix_web::test]
async fn workbooks_with_other_columns_too_many_rows_or_too_much_inside_are_refused_whole() {
    // a connection that waits for so much would be closed meanwhile
    let wide: Vec<String> = (0..800).map(|n| format!("{n}{}", "宽".repeat(30_000))).collect();
    let cells: Vec<[&str; 4]> = wide.iter().map(|name| [name.as_str(), "个人", "13800138000", ""]).collect();
    let rows: Vec<&[&str]> = cells.iter().map(|row| row.as_slice()).collect();
    let large = book(&["客户名称*", "客户类型", "手机*", "详细地址"], &rows);
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let send = async |bytes| imported(&world, clerk, ImportDataset::Customer, false, bytes).await.error_code;
    let other = book(&["姓名", "手机*"], &[&["张三", "13800138000"]]);
    assert_eq!(send(other).await.as_deref(), Some("workbook_columns"));
    let row: &[&str] = &["张三", "个人", "13800138000", ""];
    let rows = vec![row; platform::sheet::MAX_ROWS + 1];
    let long = book(&["客户名称*", "客户类型", "手机*", "详细地址"], &rows);
    assert_eq!(send(long).await.as_deref(), Some("workbook_too_long"));
    assert_eq!(send(large).await.as_deref(), Some("workbook_too_large"));
}

#[actix_web::test]
async fn a_month_is_closed_once_and_an_entry_that_does_not_balance_is_refused() {
    let app = TestApp::start().await;
    let org = app.station("HZ01").await;
    let (user, books) = app.person("books-1", &[Role::Accountant], org).await;
    let month =
        || PeriodDraft { org_id: Some(org.into()), month: "2026-10".parse().unwrap(), book: Book::Money, reason: None };
    books.call::<ClosePeriod>(Nothing, Nothing, month()).await.unwrap();
    let again = books.call::<ClosePeriod>(Nothing, Nothing, month()).await.unwrap_err();
    assert_eq!((again.status, again.code()), (409, "period_already_closed"));

    let desk = app.person("desk-1", &[Role::Reception], org).await.1;
    let payer = customer(&desk, "13800000003").await;
    let twice = attempt(&app, user, org, async |tx| {
        let bill = repair(&app, org, payer, 1000, 0);
        finance::api::settle(tx, bill.clone()).await?;
        finance::api::settle(tx, bill).await
    });
    assert_eq!(twice.await.unwrap_err().code().code, "settlement_exists");
    let lopsided = attempt(&app, user, org, async |tx| {
        let bill = repair(&app, org, payer, 1000, 0);
        let lines =
            vec![openapi::finance::account::JournalLineDraft::debit(openapi::finance::Account::Rounding, Money(5))];
        let entry = finance::api::EntryDraft {
            org_id: org,
            effective_at: bill.effective_at,
            source: bill.source,
            origin: None,
            memo: None,
            lines,
        };
        finance::api::post_entry(tx, entry).await
    });
    assert_eq!(lopsided.await.unwrap_err().code().code, "entry_unbalanced");
}

#[actix_web::test]
async fn advances_and_receivables_are_not_mixed_up_nor_those_of_two_stations() {
    let app = TestApp::start().await;
    let (here, there) = (app.station("HZ01").await, app.station("SH01").await);
    let desk = app.person("desk-1", &[Role::Headquarters], app.headquarters().await).await.1;
    let cashier = app.person("desk-2", &[Role::Reception, Role::Accountant], here).await.1;
    let payer = customer(&desk, "13800000004").await;
    let till = bank_account(&app, here, "TILL").await;
    let bill = settled(&app, here, payer, 5000, 0).await.open_item_id.unwrap();
    let elsewhere = settled(&app, there, payer, 5000, 0).await.open_item_id.unwrap();
    let cash = [(PayMethod::Cash, till, 5000)];
    let refused = async |draft| {
        let refused = cashier.call::<CreateReceipt>(Nothing, Nothing, draft).await.unwrap_err();
        refused.problem.errors.first().map_or(refused.problem.code, |e| e.code.clone())
    };
    let both = [(bill, 2000), (elsewhere, 2000)];
    assert_eq!(refused(receipt(payer, &cash, &both)).await, "wrong_station");
    let mut as_advance = receipt(payer, &cash, &[]);
    as_advance.deposits = vec![money::allocation(&(bill, 100))];
    assert_eq!(refused(as_advance.clone()).await, "deposit_not_used");
    as_advance.allocations = vec![money::allocation(&(elsewhere, 100))];
    assert_eq!(refused(as_advance).await, "wrong_side");
    let open = Listing { filter: OpenItemFilter { is_open: Some(true), ..Default::default() }, ..Listing::default() };
    assert_eq!(cashier.call::<ListOpenItems>(Nothing, open, Nothing).await.unwrap().items.len(), 2, "nothing is paid");
}

#[actix_web::test]
async fn parts_in_hand_stay_on_the_ticket_and_old_parts_need_a_place() {
    let shop = Shop::open().await;
    let engineer = shop.who(Role::Engineer);
    let ticket = shop.diagnosed("861234567890127", "out").await;
    let ticket = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.screen, 1)).await.unwrap();
    let ticket = act::<IssueTicketParts>(engineer, &ticket, moves(&ticket, 0, 1)).await.unwrap();
    let line = PartChoice { line_id: ticket.parts[0].id };
    let refused = act::<RemoveTicketPart>(engineer, &ticket, line).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "part_in_use"));
    let ticket = act::<UseTicketParts>(engineer, &ticket, uses(&ticket, 0, 1)).await.unwrap();
    let db = shop.world.app.app.db.maintenance();
    db.execute_unprepared("UPDATE warehouse SET is_active = FALSE WHERE kind = 'bad'").await.unwrap();
    let refused = act::<FinishTicket>(engineer, &ticket, FinishDraft::default()).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "old_part_store_missing"));
    db.execute_unprepared("UPDATE warehouse SET is_active = TRUE WHERE kind = 'bad'").await.unwrap();
    act::<FinishTicket>(engineer, &ticket, FinishDraft::default()).await.unwrap();
    shop.is_clean().await;
    // what a ticket posted is undone on the ticket
    let hq = shop.who(Role::Headquarters);
    let query = Listing { filter: StockDocFilter::default(), ..Listing::default() };
    let docs = hq.call::<ListStockDocs>(Nothing, query, Nothing).await.unwrap().items;
    let used = docs.iter().find(|doc| doc.kind == DocKind::RepairConsumption).unwrap();
    let why = StockReversal { reason: "误操作".parse().unwrap(), with: Vec::new() };
    let path = ById { id: used.id };
    let refused = hq.call_with::<ReverseStockDoc>(path, Nothing, why, version(used.version)).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "stock_belongs_to_ticket"));
}

#[actix_web::test]
async fn a_witness_is_somebody_else_and_a_serial_has_one_ticket_and_one_past() {
    let store = Store::open().await;
    let (keeper_id, second) = store.app.person("keeper-2", &[Role::Storekeeper], store.station).await;
    let mut own = draft(DocKind::Destruction, store.bad, line(store.part, 1));
    own.witness_id = Some(keeper_id.into());
    let refused = second.call::<CreateStockDoc>(Nothing, Nothing, own).await.unwrap_err();
    assert!(refused.errors().contains(&("/witness_id", "witness_is_writer")), "{refused:?}");

    let board = |serial: &str| openapi::stock::document::StockLineDraft {
        serial: Some(serial.parse().unwrap()),
        unit_cost: Some("300.00".parse().unwrap()),
        ..line(store.board, 1)
    };
    let mut bought = draft(DocKind::StockIn, store.good, board("BRD-1"));
    bought.reason = Some(StockReason::Purchase);
    bought.effective_at = Some("2026-11-02T02:00:00Z".parse().unwrap());
    store.post(bought).await.unwrap();
    let mut second_board = draft(DocKind::StockIn, store.good, board("BRD-2"));
    second_board.reason = Some(StockReason::Purchase);
    second_board.effective_at = Some("2026-11-02T02:00:00Z".parse().unwrap());
    store.post(second_board).await.unwrap();
    let serial: openapi::Serial = "BRD-1".parse().unwrap();
    let reserve = async |part| {
        let work = async |tx: &platform::Tx| {
            stock::api::reserve(
                tx,
                stock::api::Claim::ticket(part),
                store.good,
                store.board,
                Quantity::ONE,
                Some(&serial),
            )
            .await
        };
        store.attempt(work).await
    };
    reserve(platform::new_id()).await.unwrap();
    assert_eq!(reserve(platform::new_id()).await.err(), Some("stock_serial_reserved"));
    let mut moved = draft(DocKind::WarehouseMove, store.good, board("BRD-2"));
    moved.lines[0].unit_cost = None;
    moved.to_warehouse_id = Some(store.second);
    moved.effective_at = Some("2026-11-10T02:00:00Z".parse().unwrap());
    store.post(moved).await.unwrap();
    let mut earlier = draft(DocKind::StockOut, store.second, board("BRD-2"));
    earlier.lines[0].unit_cost = None;
    earlier.reason = Some(StockReason::Other);
    earlier.effective_at = Some("2026-11-05T02:00:00Z".parse().unwrap());
    let refused = store.post(earlier).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "stock_serial_moved_later"));
    store.books_are_clean().await;
}

#[actix_web::test]
async fn more_than_one_stocktake_can_hold_is_refused_at_its_start() {
    let store = Store::open().await;
    let most = 5000;
    let mut left = most + 1;
    while left > 0 {
        let count = left.min(200);
        let lines = (0..count).map(|n| openapi::stock::document::StockLineDraft {
            serial: Some(format!("BRD-{:06}", left - n).parse().unwrap()),
            unit_cost: Some("1.00".parse().unwrap()),
            ..line(store.board, 1)
        });
        let bought = openapi::stock::document::StockDocDraft {
            lines: lines.collect(),
            reason: Some(StockReason::Purchase),
            ..draft(DocKind::StockIn, store.good, line(store.board, 1))
        };
        store.post(bought).await.unwrap();
        left -= count;
    }
    let body = serde_json::from_value(json!({ "warehouse_id": store.good })).unwrap();
    let refused = store.keeper.call::<CreateStocktake>(Nothing, Nothing, body).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (422, "stocktake_too_large"));
}

/// What is wrong inside shows as an id and nothing else.
#[actix_web::test]
async fn a_defect_shows_its_request_id_and_neither_table_nor_value() {
    let store = Store::open().await;
    let draft = store.stock_out(1);
    let made = store.keeper.call::<CreateStockDoc>(Nothing, Nothing, draft).await.unwrap();
    // what no command would write
    let db = store.app.app.db.maintenance();
    db.execute_unprepared("UPDATE stock_doc SET reason = 'alien'").await.unwrap();
    let refused = store.keeper.call::<GetStockDoc>(ById { id: made.id }, Nothing, Nothing).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (500, "internal"));
    let text = serde_json::to_string(&refused.problem).unwrap();
    assert!(!refused.problem.request_id.is_empty() && text.contains(&refused.problem.request_id));
    assert!(!text.contains("alien") && !text.contains("stock_doc") && !text.contains("reason"), "{text}");
}

/// A database that is away is said to be away, and the server itself lives.
#[actix_web::test]
async fn a_database_that_is_away_is_503_with_a_time_to_come_back() {
    let app = TestApp::start().await;
    let desk = app.person("desk-1", &[Role::Reception], app.station("HZ01").await).await.1;
    app.app.db.close().await.unwrap();
    let refused = desk.call::<ListCustomers>(Nothing, Listing::default(), Nothing).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (503, "unavailable"));
    assert!(refused.problem.retryable && refused.headers.contains_key("retry-after"));
    assert_eq!(app.anonymous().request("GET", "/healthz").send().await.unwrap().status(), 200);
}

/// A full disk refuses writes by name, reads go on, and so does everything once there is room again.
#[actix_web::test]
async fn a_full_disk_is_said_and_ends_with_the_disk() {
    let app = TestApp::start().await;
    if database::is_postgres() {
        return; // the limit of pages below is SQLite's
    }
    let desk = app.person("desk-1", &[Role::Reception], app.station("HZ01").await).await.1;
    let id = customer(&desk, "13800000006").await;
    let db = app.app.db.maintenance();
    // the file may not grow by a single page
    db.execute_unprepared("PRAGMA max_page_count = 1").await.unwrap();
    let mut full = None;
    for n in 0..200 {
        let filling =
            async |by: &Client| by.call::<CreateCustomer>(Nothing, Nothing, person(&format!("1390000{n:04}"))).await;
        if let Err(refused) = filling(&desk).await {
            full = Some((refused.status, refused.problem.code));
            break;
        }
    }
    assert_eq!(full, Some((503, "storage_full".to_owned())));
    desk.call::<GetCustomer>(ById { id: id.into() }, Nothing, Nothing).await.unwrap();
    // the limit is one of the connection, and that was replaced: its transaction had ended by itself
    db.execute_unprepared("PRAGMA max_page_count = 1000000").await.unwrap();
    // a command that is refused, and so rolled back, takes nothing of what follows with it
    let stale = desk.call_with::<UpdateCustomer>(ById { id: id.into() }, Nothing, person("13800000008"), version(99));
    assert_eq!(stale.await.unwrap_err().status, 412);
    let made = desk.call::<CreateCustomer>(Nothing, Nothing, person("13800000007")).await.unwrap();
    desk.call::<GetCustomer>(ById { id: made.id }, Nothing, Nothing).await.unwrap();
}

/// What another transaction holds is waited for, then said to be busy; the same key is said to be at work.
#[actix_web::test]
async fn what_is_held_too_long_is_busy_and_a_running_request_is_not_run_twice() {
    if !database::is_postgres() {
        return; // SQLite has one writer: whoever comes second waits for the first
    }
    let app = TestApp::start_with(|config| config.statement_seconds = 1).await;
    let desk = app.person("desk-1", &[Role::Reception], app.station("HZ01").await).await.1;
    let made = desk.call::<CreateCustomer>(Nothing, Nothing, person("13800000008")).await.unwrap();
    let outside = sea_orm::Database::connect(app.app.config.database.reveal()).await.unwrap();
    let holding = sea_orm::TransactionTrait::begin(&outside).await.unwrap();
    holding.execute_unprepared("SELECT id FROM customer FOR UPDATE").await.unwrap();
    let change =
        desk.call_with::<UpdateCustomer>(ById { id: made.id }, Nothing, person("13800000009"), version(made.version));
    let refused = change.await.unwrap_err();
    assert_eq!((refused.status, refused.code(), refused.problem.retryable), (409, "busy", true));
    holding.rollback().await.unwrap();

    let holding = sea_orm::TransactionTrait::begin(&outside).await.unwrap();
    let claim = "INSERT INTO idempotency (actor_id, key, fingerprint, created_at, status, media_type, version, content) \
                 SELECT id, 'same', 'x', created_at, 0, '', NULL, '' FROM app_user WHERE login = 'desk-1'";
    holding.execute_unprepared(claim).await.unwrap();
    let same = Options { key: Some("same".to_owned()), if_match: None };
    let refused = desk.call_with::<CreateCustomer>(Nothing, Nothing, person("13800000010"), same).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "idempotency_in_progress"));
    holding.rollback().await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), outside.close()).await.unwrap().unwrap();
}

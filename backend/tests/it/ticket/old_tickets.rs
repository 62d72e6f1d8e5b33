//! Tickets of an older system come in with their numbers.

use super::shop::{Shop, act, reason};
use crate::import::{book, imported, report};
use openapi::choice::Choice;
use openapi::master::import::{ImportDataset, ImportReport};
use openapi::master::unit::{GetSerialHistory, SerialQuery};
use openapi::service::state::{TicketAction, TicketState};
use openapi::service::ticket::*;
use openapi::service::work::{Acceptance, Remark};
use openapi::{ById, Listing, Money, Nothing, Plain, Role};

const HEADINGS: &[&str] = &[
    "单号*",
    "网点编码",
    "接机时间*",
    "客户名称*",
    "手机*",
    "品牌",
    "产品编码或名称*",
    "序列号/IMEI",
    "保修状态",
    "故障描述*",
    "状态",
    "工程师工号",
    "维修结果",
    "已收金额",
    "完成时间",
    "备注",
];

/// A row that is right: number, received, serial, state, money, completed.
fn row([number, at, serial, state, money, done]: [&str; 6]) -> Vec<&str> {
    vec![
        number,
        "",
        at,
        "张三",
        "13811112222",
        "",
        "x30 手机",
        serial,
        "",
        "不开机",
        state,
        "",
        "更换电池",
        money,
        done,
        "旧系统",
    ]
}

impl Shop {
    async fn import(&self, role: Role, is_dry_run: bool, rows: &[Vec<&str>]) -> ImportReport {
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let bytes = book(HEADINGS, &rows);
        report(&imported(&self.world, self.who(role), ImportDataset::Ticket, is_dry_run, bytes).await)
    }

    async fn found(&self, filter: TicketFilter, words: &str) -> Vec<TicketRow> {
        let mut query = Listing { filter, ..Listing::default() };
        query.page.q = (!words.is_empty()).then(|| words.parse().unwrap());
        self.who(Role::StationManager).call::<ListTickets>(Nothing, query, Nothing).await.unwrap().items
    }
}

/// Proves: S0-2.1c, S2-2.1b
#[actix_web::test]
async fn old_tickets_keep_their_numbers_and_post_nothing() {
    let shop = Shop::open().await;
    let manager = shop.who(Role::StationManager);
    let rows = [
        row(["RE20189190043", "2018-09-19 14:30", "490154203237518", "", "120.50", "2018/9/20 10:00"]),
        row(["RE20189190044", "2018-09-19", "OLD-0001", "已审计", "", "2018-09-19"]),
        row(["RE20189190045", "2018-09-19", "", "cancelled", "", ""]),
        row(["RE20189190046", "2026-11-20", "OLD-0002", "待受理", "", ""]),
    ];
    let dry = shop.import(Role::StationManager, true, &rows).await;
    assert_eq!((dry.rows, dry.bad_rows, dry.imported), (4, 0, 0), "{:?}", dry.faults);
    assert!(shop.found(TicketFilter::default(), "RE2018919").await.is_empty(), "a check records nothing");
    assert_eq!(shop.import(Role::StationManager, false, &rows).await.imported, 4);

    let found = shop.found(TicketFilter::default(), "20189190043").await;
    assert_eq!(found.len(), 1, "old numbers are found by search");
    assert!(found[0].is_imported && found[0].customer_name == "张三");
    let ticket = manager.call::<GetTicket>(ById { id: found[0].id }, Nothing, Nothing).await.unwrap();
    assert_eq!(ticket.state, TicketState::Completed);
    assert_eq!(ticket.created_at.to_string(), "2018-09-19T06:30:00.000Z");
    assert_eq!(ticket.completed_at.map(|at| at.to_string()).as_deref(), Some("2018-09-20T02:00:00.000Z"));
    assert_eq!((ticket.imported_received, ticket.received), (Some(Money(12_050)), Money::ZERO));
    assert!(ticket.imported_at.is_some() && ticket.documents.is_empty() && ticket.charges.lines.is_empty());
    assert_eq!(ticket.findings.as_deref(), Some("更换电池"));
    let only = TicketFilter { is_imported: Some(true), ..TicketFilter::default() };
    assert_eq!(shop.found(only, "").await.len(), 4);

    // one customer for all of them, and the serial knows what happened to it
    assert!(
        shop.found(TicketFilter { customer_id: Some(ticket.customer_id), ..Default::default() }, "").await.len() == 4
    );
    let asked = Plain(SerialQuery { serial: "490154203237518".parse().unwrap() });
    let history = manager.call::<GetSerialHistory>(Nothing, asked, Nothing).await.unwrap();
    let kinds: Vec<_> = history.events.iter().map(|event| event.kind.as_str()).collect();
    assert!(kinds.contains(&"intake") && kinds.contains(&"repaired"), "{kinds:?}");
    shop.is_clean().await;
}

#[actix_web::test]
async fn wrong_cells_of_old_tickets_are_marked_and_nothing_is_recorded() {
    let shop = Shop::open().await;
    let taken = shop.assigned("SN-1", "out").await;
    let mut stranger = row(["OLD-6", "2018-09-19", "", "", "", "2018-09-20"]);
    (stranger[1], stranger[5], stranger[6], stranger[8], stranger[11]) = ("FAR", "没有", "没有", "没有", "nobody");
    let rows = [
        row([&taken.number, "2018-09-19", "", "", "", "2018-09-20"]),
        row(["OLD-1", "2018-09-19", "", "", "", "2018-09-20"]),
        row(["OLD-1", "2018-09-19", "", "", "", "2018-09-18"]),
        row(["OLD-2", "2018-09-19", "", "维修中", "", ""]),
        row(["OLD-3", "", "", "", "12.345", ""]),
        row(["OLD-4", "2099-01-01", "", "待受理", "5", "2018-09-20 25:00"]),
        row(["", "下午", "", "外星", "-1", "2018-09-20"]),
        stranger,
    ];
    let found = shop.import(Role::StationManager, false, &rows).await;
    assert_eq!((found.rows, found.bad_rows, found.imported), (8, 7, 0));
    let cells: Vec<_> = found.faults.iter().map(|fault| (fault.row, fault.column.trim_end_matches('*'))).collect();
    let expected = [
        (2, "单号"),
        (4, "单号"),
        (4, "完成时间"),
        (5, "状态"),
        (5, "序列号/IMEI"),
        (6, "接机时间"),
        (6, "完成时间"),
        (6, "已收金额"),
        (7, "完成时间"),
        (7, "完成时间"),
        (7, "接机时间"),
        (7, "已收金额"),
        (7, "序列号/IMEI"),
        (8, "单号"),
        (8, "状态"),
        (8, "接机时间"),
        (8, "已收金额"),
        (9, "网点编码"),
        (9, "品牌"),
        (9, "工程师工号"),
        (9, "保修状态"),
    ];
    assert_eq!(cells, expected, "{:#?}", found.faults);
    assert_eq!(shop.found(TicketFilter::default(), "").await.iter().filter(|row| row.is_imported).count(), 0);
    shop.is_clean().await;
}

#[actix_web::test]
async fn new_numbers_skip_those_that_were_imported() {
    let shop = Shop::open().await;
    // the older system was still used this morning, with the same rule for numbers
    let first = shop.assigned("SN-1", "out").await.number;
    let next = |plus: u32| {
        let (head, last) = first.split_at(first.len() - 4);
        format!("{head}{:04}", last.parse::<u32>().unwrap() + plus)
    };
    let (second, third) = (next(1), next(2));
    let rows =
        [row([&second, "2026-11-21", "", "", "", "2026-11-21"]), row([&third, "2026-11-21", "", "", "", "2026-11-21"])];
    let done = shop.import(Role::StationManager, false, &rows).await;
    assert_eq!(done.imported, 2, "{:?}", done.faults);
    assert_eq!(shop.assigned("SN-2", "out").await.number, next(3));
}

#[actix_web::test]
async fn history_goes_on_to_callback_and_audit_but_cannot_be_reversed() {
    let shop = Shop::open().await;
    let rows = [
        row(["OLD-1", "2018-09-19", "SN-9", "", "", "2018-09-20"]),
        row(["OLD-2", "2026-11-20", "SN-8", "待受理", "", ""]),
    ];
    let done = shop.import(Role::Headquarters, false, &rows).await;
    assert_eq!(done.bad_rows, 0, "{:?}", done.faults);
    let number = |number: &str| TicketFilter { number: Some(number.parse().unwrap()), ..TicketFilter::default() };
    let hq = shop.who(Role::Headquarters);
    let read = async |name: &str| {
        let query = Listing { filter: number(name), ..Listing::default() };
        let id = hq.call::<ListTickets>(Nothing, query, Nothing).await.unwrap().items[0].id;
        hq.call::<GetTicket>(ById { id }, Nothing, Nothing).await.unwrap()
    };
    let old = read("OLD-1").await;
    assert!(!old.allowed.contains(&TicketAction::ReverseCompletion));
    let refused = act::<ReverseTicketCompletion>(hq, &old, reason("错了")).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "nothing_to_reverse"));
    let care = shop.who(Role::Care);
    let called = act::<WaiveTicketCallback>(care, &old, reason("历史工单")).await.unwrap();
    let audited = act::<AuditTicket>(hq, &called, Remark::default()).await.unwrap();
    assert_eq!(audited.state, TicketState::Audited);
    // what was open goes its usual way; nobody knew the serial
    let open = read("OLD-2").await;
    assert!(open.is_abnormal && open.imported_at.is_some());
    let desk = shop.who(Role::Reception);
    let accepted = act::<AcceptTicket>(desk, &open, Acceptance::default()).await.unwrap();
    assert_eq!(accepted.state, TicketState::PendingDiagnosis);
    shop.is_clean().await;
}

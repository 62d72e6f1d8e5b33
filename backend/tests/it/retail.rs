//! The counter: sales, what comes back of them, points of members; both ledgers to the fen.

use crate::stock::{Store, draft, line, price, product};
use crate::support::client::{Client, Options, Refused, version};
use crate::support::given::customer;
use crate::support::money::bank_account;
use openapi::document::DocKind;
use openapi::finance::overview::GetMoneyToday;
use openapi::finance::period::{ClosePeriod, PeriodDraft};
use openapi::finance::{Account, BankAccountId, Book};
use openapi::master::product::ProductId;
use openapi::stock::document::{StockLineDraft, StockReason};
use openapi::trade::retail::RetailState;
use openapi::trade::retail::back::{CreateRetailReturn, GetRetailReturn, RetailReturn, ReverseRetailReturn};
use openapi::trade::retail::member::{GetMemberPoints, SetRetailPolicy};
use openapi::trade::retail::sale::{
    CreateRetailSale, FindRetailGoods, GetRetailSale, ListRetailSales, RetailGoodsQuery, RetailSale, ReverseRetailSale,
};
use openapi::{ById, Listing, Money, Nothing, Plain, Role};
use serde_json::{Value, json};
use uuid::Uuid;

/// A store with goods, two cashiers, a manager, a till and an account at WeChat.
struct Counter {
    store: Store,
    desks: [Client; 2],
    manager: Client,
    member: Uuid,
    till: BankAccountId,
    wechat: BankAccountId,
    cheap: ProductId,
}

fn yuan(text: &str) -> Value {
    json!({"amount": text, "currency": "CNY"})
}

impl Counter {
    /// Ten screens at 60, one board at 50 with a serial; both are sold at 120.
    async fn open() -> Self {
        let store = Store::open().await;
        let second = store.app.person("cashier-2", &[Role::Reception], store.station).await.1;
        let desks = [store.reception.clone(), second];
        let manager = store.app.person("manager", &[Role::StationManager], store.station).await.1;
        let member = customer(&desks[0], "13800138001").await;
        let till = bank_account(&store.app, store.station, "TILL").await;
        let wechat = bank_account(&store.app, store.station, "WECHAT").await;
        store.buy(10, "60").await;
        let board = StockLineDraft {
            unit_cost: Some(price("50")),
            serial: Some("SN-2001".parse().unwrap()),
            ..line(store.board, 1)
        };
        let board = draft(DocKind::StockIn, store.good, board);
        let board = openapi::stock::document::StockDocDraft { reason: Some(StockReason::Purchase), ..board };
        store.post(board).await.unwrap();
        let cheap = product(&store.app, "PA-1009", "保护膜", false).await;
        Counter { store, desks, manager, member, till, wechat, cheap }
    }

    fn pay(&self, ways: &[(&str, &str)]) -> Value {
        let way = |(method, amount): &(&str, &str)| {
            let account = if *method == "cash" { self.till } else { self.wechat };
            json!({"method": method, "bank_account_id": account, "amount": yuan(amount)})
        };
        ways.iter().map(way).collect()
    }

    fn screens(&self, count: &str, ways: &[(&str, &str)]) -> Value {
        json!({
            "warehouse_id": self.store.good, "lines": [{"product_id": self.store.part, "quantity": count}],
            "payments": self.pay(ways),
        })
    }

    async fn sell(&self, by: &Client, draft: Value) -> Result<RetailSale, Refused> {
        by.call::<CreateRetailSale>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    }

    async fn take_back(&self, sale: &RetailSale, lines: Value, ways: &[(&str, &str)]) -> Result<RetailReturn, Refused> {
        let draft = json!({"sale_id": sale.id, "lines": lines, "payments": self.pay(ways), "remark": "不合适"});
        self.desks[0].call::<CreateRetailReturn>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    }

    async fn read(&self, sale: &RetailSale) -> RetailSale {
        self.desks[0].call::<GetRetailSale>(ById { id: sale.id }, Nothing, Nothing).await.unwrap()
    }

    async fn reverse(&self, by: &Client, sale: &RetailSale, with: &[&str]) -> Result<RetailSale, Refused> {
        let sale = self.read(sale).await;
        let reason = serde_json::from_value(json!({"reason": "录错商品", "with": with})).unwrap();
        by.call_with::<ReverseRetailSale>(ById { id: sale.id }, Nothing, reason, version(sale.version)).await
    }

    /// Debit less credit of an account, in fen.
    async fn net(&self, account: Account) -> i64 {
        self.store.app.as_system(async |tx| ::finance::api::account_total(tx, account).await).await.0
    }

    async fn nets<const N: usize>(&self, accounts: [Account; N]) -> [i64; N] {
        let mut nets = [0; N];
        for (net, account) in nets.iter_mut().zip(accounts) {
            *net = self.net(account).await;
        }
        nets
    }

    async fn points(&self) -> i64 {
        let path = ById { id: self.member.into() };
        let points = self.desks[0].call::<GetMemberPoints>(path, Nothing, Nothing).await.unwrap();
        assert_eq!(points.balance, points.entries.iter().map(|entry| entry.points).sum::<i64>());
        points.balance
    }
}

const MONEY: [Account; 4] = [Account::Cash, Account::Bank, Account::RetailIncome, Account::Vat];
const GOODS: [Account; 4] = [Account::PartsGood, Account::PartsBad, Account::CostRetail, Account::ScrapLoss];

/// Proves: S4-7.1
#[actix_web::test]
async fn a_sale_posts_goods_income_tax_cost_money_and_points_at_once() {
    let counter = Counter::open().await;
    let desk = &counter.desks[0];
    let find = async |code: &str| {
        let query = RetailGoodsQuery { warehouse_id: counter.store.good, code: code.parse().unwrap() };
        desk.call::<FindRetailGoods>(Nothing, Plain(query), Nothing).await.unwrap().items
    };
    let by_code = find("pa-1001").await;
    assert_eq!((by_code.len(), by_code[0].available.0, by_code[0].serial.clone()), (1, 10_000, None));
    let by_serial = find("SN-2001").await.remove(0);
    assert_eq!((by_serial.product_id, by_serial.serial.unwrap().to_string()), (counter.store.board, "SN-2001".into()));
    assert_eq!(find("屏幕").await[0].product_id, counter.store.part, "words of the name");

    // 2 × 120 − 10, and 120, less 12 on the whole: 338
    let sold = counter.sell(
        desk,
        json!({
            "warehouse_id": counter.store.good, "customer_id": counter.member, "discount": yuan("12.00"),
            "lines": [
                {"product_id": counter.store.part, "quantity": "2", "discount": yuan("10.00")},
                {"product_id": counter.store.board, "quantity": "1", "serial": "SN-2001"},
            ],
            "payments": counter.pay(&[("cash", "138.00"), ("wechat", "200.00")]), "tendered": yuan("150.00"),
        }),
    );
    let sold = sold.await.unwrap();
    assert!(sold.number.starts_with("LS202611"), "{}", sold.number);
    assert_eq!((sold.gross, sold.discount, sold.total), (Money(360_00), Money(22_00), Money(338_00)));
    assert_eq!((sold.change, sold.points, sold.cost_total), (Money(12_00), 338, None), "a cashier sees no cost");
    let vat: i64 = sold.lines.iter().map(|line| line.vat.0).sum();
    assert_eq!(sold.vat_total, Money(vat));
    assert_eq!(sold.lines.iter().map(|line| line.amount.0).collect::<Vec<_>>(), [222_11, 115_89]);
    assert_eq!(counter.nets(MONEY).await, [138_00, 200_00, -(338_00 - vat), -vat]);
    assert_eq!(counter.nets(GOODS).await, [480_00, 0, 170_00, 0]);
    assert_eq!(counter.points().await, 338);
    let today =
        async || counter.store.accountant.call::<GetMoneyToday>(Nothing, Nothing, Nothing).await.unwrap().received;
    assert_eq!(today().await, Money(338_00), "what came over the counter is today's money");
    let seen = counter.manager.call::<GetRetailSale>(ById { id: sold.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(seen.cost_total, Some(Money(170_00)));
    let listed = desk.call::<ListRetailSales>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    assert_eq!((listed.len(), listed[0].methods.len(), listed[0].total), (1, 2, Money(338_00)));
    counter.store.books_are_clean().await;
}

#[actix_web::test]
async fn a_sale_that_does_not_add_up_is_refused_where_it_is_wrong() {
    let counter = Counter::open().await;
    let desk = &counter.desks[0];
    let refused = async |draft: Value| {
        let refused = counter.sell(desk, draft).await.unwrap_err();
        (
            refused.status,
            refused.errors().first().map(|(at, code)| (at.to_string(), code.to_string())),
            refused.code().to_owned(),
        )
    };
    let wrong = |at: &str, code: &str| Some((at.to_owned(), code.to_owned()));
    assert_eq!(refused(counter.screens("1", &[("cash", "119.99")])).await.1, wrong("/payments", "payment_differs"));
    let mut little = counter.screens("1", &[("cash", "120.00")]);
    little["tendered"] = yuan("100.00");
    assert_eq!(refused(little).await.1, wrong("/tendered", "tendered_too_little"));
    let mut unknown = counter.screens("1", &[("cash", "120.00")]);
    unknown["lines"][0]["product_id"] = json!(counter.store.board);
    assert_eq!(refused(unknown).await.1, wrong("/lines/0/serial", "serial_required"));
    let mut gift = counter.screens("1", &[]);
    gift["discount"] = yuan("120.01");
    assert_eq!(refused(gift).await.1, wrong("/discount", "discount_exceeds"));

    // ten per cent is what everybody may give; more is the manager's
    let cheap = |pay: &str| {
        let mut draft = counter.screens("1", &[("cash", pay)]);
        draft["lines"][0]["unit_price"] = json!(pay);
        draft
    };
    assert_eq!(refused(cheap("100.00")).await.2, "discount_not_allowed");
    counter.sell(desk, cheap("108.00")).await.unwrap();
    counter.sell(&counter.manager, cheap("100.00")).await.unwrap();
    let empty = json!({
        "warehouse_id": counter.store.good, "lines": [{"product_id": counter.cheap, "quantity": "1"}],
        "payments": counter.pay(&[("cash", "120.00")]),
    });
    assert_eq!(refused(empty).await.2, "stock_insufficient");
    counter.store.books_are_clean().await;
}

/// Proves: S4-7.2
#[actix_web::test]
async fn what_comes_back_is_paid_back_at_most_once_and_bad_goods_are_a_loss() {
    let counter = Counter::open().await;
    let rules = json!({"points_per_hundred": 200, "discount_limit": 1000, "bad_value": 2500, "refurb_months": 6});
    let rules = serde_json::from_value(rules).unwrap();
    counter.store.accountant.call::<SetRetailPolicy>(Nothing, Nothing, rules).await.unwrap();
    let mut draft = counter.screens("3", &[("cash", "350.00")]);
    draft["customer_id"] = json!(counter.member);
    draft["discount"] = yuan("10.00");
    let sold = counter.sell(&counter.desks[0], draft).await.unwrap();
    assert_eq!((sold.points, counter.points().await), (700, 700), "two points a yuan");
    let of = sold.lines[0].id;

    let both = json!([
        {"line_id": of, "quantity": "1", "condition": "good"},
        {"line_id": of, "quantity": "1", "condition": "bad", "deduction": yuan("16.67")},
    ]);
    let differs = counter.take_back(&sold, both.clone(), &[("cash", "233.34")]).await.unwrap_err();
    assert_eq!(differs.errors(), [("/payments", "payment_differs")]);
    let back = counter.take_back(&sold, both, &[("cash", "116.67"), ("wechat", "100.00")]).await.unwrap();
    assert_eq!((back.refund, back.loss), (Money(216_67), None));
    let vat = sold.vat_total.0 - back.vat_total.0;
    assert_eq!(counter.nets(MONEY).await, [233_33, -100_00, -(133_33 - vat), -vat]);
    // one good at 60 came back, one bad is worth a quarter; the rest of it is lost
    assert_eq!(counter.nets(GOODS).await, [480_00 + 50_00, 15_00, 60_00, 45_00]);
    assert_eq!(counter.points().await, 700 - 700 * 216_67 / 350_00);
    let stock = counter.store.stock(counter.store.part).await;
    assert!(
        stock.contains(&("G1".to_owned(), 8, 0, 480_00)) && stock.contains(&("B1".to_owned(), 1, 0, 15_00)),
        "{stock:?}"
    );

    let much = json!([{"line_id": of, "quantity": "1", "condition": "good", "deduction": yuan("200.00")}]);
    let refused = counter.take_back(&sold, much, &[]).await.unwrap_err();
    assert_eq!(refused.errors(), [("/lines/0/deduction", "deduction_exceeds")]);
    let more = json!([{"line_id": of, "quantity": "2", "condition": "good"}]);
    let refused = counter.take_back(&sold, more, &[("cash", "233.33")]).await.unwrap_err();
    assert_eq!(refused.errors(), [("/lines/0/quantity", "return_exceeds")]);
    let rest = json!([{"line_id": of, "quantity": "1", "condition": "good"}]);
    counter.take_back(&sold, rest, &[("cash", "116.66")]).await.unwrap();
    let now = counter.read(&sold).await;
    assert_eq!((now.refunded, now.lines[0].returned.0, now.is_returnable), (Money(333_33), 3000, false));
    counter.store.books_are_clean().await;
}

#[actix_web::test]
pub async fn a_sale_is_taken_back_by_somebody_else_together_with_its_returns() {
    let counter = Counter::open().await;
    let (before_money, before_goods) = (counter.nets(MONEY).await, counter.nets(GOODS).await);
    let mut draft = counter.screens("3", &[("wechat", "360.00")]);
    draft["customer_id"] = json!(counter.member);
    let sold = counter.sell(&counter.manager, draft).await.unwrap();
    assert_eq!(counter.reverse(&counter.desks[0], &sold, &[]).await.unwrap_err().status, 403);
    assert_eq!(counter.reverse(&counter.manager, &sold, &[]).await.unwrap_err().code(), "cashier_cannot_take_back");
    let bad = json!([{"line_id": sold.lines[0].id, "quantity": "1", "condition": "bad"}]);
    let back = counter.take_back(&sold, bad.clone(), &[("wechat", "120.00")]).await.unwrap();
    let again = counter.take_back(&sold, bad, &[("cash", "120.00")]).await.unwrap();

    let blocked = counter.reverse(&counter.store.accountant, &sold, &[&back.number]).await.unwrap_err();
    assert_eq!(blocked.code(), "reversal_blocked");
    assert!(blocked.problem.title.contains(&again.number), "{}", blocked.problem.title);

    // one return by itself: what it gave can come back again
    let reason = || serde_json::from_value(json!({"reason": "退错"})).unwrap();
    let undone = counter.manager.call_with::<ReverseRetailReturn>(
        ById { id: back.id },
        Nothing,
        reason(),
        version(back.version),
    );
    let undone = undone.await.unwrap();
    let mirror = counter.manager.call::<GetRetailReturn>(ById { id: undone.reversed_by.unwrap() }, Nothing, Nothing);
    let mirror = mirror.await.unwrap();
    assert_eq!((mirror.state, mirror.refund, mirror.points), (RetailState::Mirror, Money(-120_00), -120));
    let now = counter.read(&sold).await;
    assert_eq!((now.refunded, now.lines[0].returned.0, counter.points().await), (Money(120_00), 1000, 240));

    let done = counter.reverse(&counter.store.accountant, &now, &[&again.number]).await.unwrap();
    assert_eq!((done.state, done.refunded), (RetailState::Reversed, Money::ZERO));
    assert_eq!((counter.nets(MONEY).await, counter.nets(GOODS).await), (before_money, before_goods));
    assert_eq!(counter.points().await, 0);
    assert_eq!(counter.reverse(&counter.store.accountant, &done, &[]).await.unwrap_err().code(), "state_conflict");
    let gone = json!([{"line_id": sold.lines[0].id, "quantity": "1", "condition": "good"}]);
    assert_eq!(counter.take_back(&sold, gone, &[("cash", "120.00")]).await.unwrap_err().code(), "sale_not_returnable");
    counter.store.books_are_clean().await;
}

#[actix_web::test]
async fn of_two_cashiers_who_sell_the_last_piece_one_wins_and_a_double_click_is_one_sale() {
    let counter = Counter::open().await;
    counter.sell(&counter.desks[0], counter.screens("9", &[("cash", "1080.00")])).await.unwrap();
    let last = || counter.screens("1", &[("cash", "120.00")]);
    let (one, two) = futures::join!(counter.sell(&counter.desks[0], last()), counter.sell(&counter.desks[1], last()));
    let lost = match (one, two) {
        (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
        other => panic!("{other:?}"),
    };
    assert_eq!((lost.status, lost.code()), (409, "stock_insufficient"));

    counter.store.buy(2, "60").await;
    let press = async || {
        let draft = serde_json::from_value(last()).unwrap();
        let key = Options::default().key("one-press");
        counter.desks[0].call_with::<CreateRetailSale>(Nothing, Nothing, draft, key).await
    };
    let (one, two) = futures::join!(press(), press());
    let answers: Vec<RetailSale> = [one, two].into_iter().flatten().collect();
    let again = press().await.unwrap();
    assert!(answers.iter().all(|sale| *sale == again), "every answer is the first one");
    assert!(counter.store.stock(counter.store.part).await.contains(&("G1".to_owned(), 1, 0, 60_00)));
    assert_eq!(counter.net(Account::Cash).await, 1080_00 + 120_00 + 120_00);
    counter.store.books_are_clean().await;
}

#[actix_web::test]
async fn a_closed_month_takes_no_sale_and_a_reversal_stands_in_the_present() {
    let counter = Counter::open().await;
    let mut early = counter.store.stock_in(5, "60");
    early.effective_at = Some("2026-10-10T02:00:00.000Z".parse().unwrap());
    counter.store.post(early).await.unwrap();
    let in_october = || {
        let mut draft = counter.screens("1", &[("cash", "120.00")]);
        draft["effective_at"] = json!("2026-10-20T02:00:00.000Z");
        draft
    };
    let sold = counter.sell(&counter.desks[0], in_october()).await.unwrap();
    for book in [Book::Stock, Book::Money] {
        let draft = PeriodDraft {
            org_id: Some(counter.store.station.into()),
            book,
            month: "2026-10".parse().unwrap(),
            reason: None,
        };
        counter.store.accountant.call::<ClosePeriod>(Nothing, Nothing, draft).await.unwrap();
    }
    let refused = counter.sell(&counter.desks[0], in_october()).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (423, "period_closed"));
    let done = counter.reverse(&counter.store.accountant, &sold, &[]).await.unwrap();
    let path = ById { id: done.reversed_by.unwrap() };
    let mirror = counter.manager.call::<GetRetailSale>(path, Nothing, Nothing).await.unwrap();
    assert!(mirror.effective_at > sold.effective_at && mirror.total == Money(-120_00));
    counter.store.books_are_clean().await;
}

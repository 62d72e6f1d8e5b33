//! The money books: settling, taking money in, taking it back, closing months.

use crate::support::TestApp;
use crate::support::client::{Client, Options, Refused, version};
use crate::support::given::customer;
use crate::support::money::{self, attempt, bank_account, receipt, settled, the_books_tie};
use openapi::finance::ledger::{GetTrialBalance, ListLedgerEntries, TrialBalanceQuery};
use openapi::finance::open_item::{GetPartyBalances, GetPartyLedger, ListOpenItems, OpenItemFilter, PartyLedgerQuery};
use openapi::finance::overview::{GetBankBalances, GetMoneyToday};
use openapi::finance::period::{ClosePeriod, PeriodDraft, ReopenPeriod};
use openapi::finance::receipt::{
    CreateReceipt, GetReceipt, ListReceipts, PayMethod, Receipt, ReceiptDraft, ReceiptState, ReversalDraft,
    ReverseReceipt,
};
use openapi::finance::settlement::{GetSettlement, SettlementState};
use openapi::finance::{Account, Book};
use openapi::master::bank_account::BankAccountId;
use openapi::{ById, Listing, Money, Nothing, Plain, Role};
use sea_orm::ConnectionTrait;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A station with two cashiers, two accountants, a customer and two places for money.
struct Shop {
    app: TestApp,
    org: Uuid,
    desks: [Client; 2],
    accountants: [Client; 2],
    boss: Client,
    customer: Uuid,
    till: BankAccountId,
    wechat: BankAccountId,
}

impl Shop {
    async fn open() -> Self {
        let app = TestApp::start().await;
        let org = app.station("HZ01").await;
        let person = async |login: &str, role: Role| app.person(login, &[role], org).await.1;
        let desks = [person("desk-1", Role::Reception).await, person("desk-2", Role::Reception).await];
        let accountants = [person("books-1", Role::Accountant).await, person("books-2", Role::Accountant).await];
        let boss = person("boss-1", Role::Headquarters).await;
        let customer = customer(&desks[0], "13800138001").await;
        let (till, wechat) = (bank_account(&app, org, "TILL").await, bank_account(&app, org, "WECHAT").await);
        Shop { app, org, desks, accountants, boss, customer, till, wechat }
    }

    async fn take(&self, by: &Client, draft: ReceiptDraft) -> Result<Receipt, Refused> {
        by.call::<CreateReceipt>(Nothing, Nothing, draft).await
    }

    async fn reverse(&self, by: &Client, receipt: &Receipt) -> Result<Receipt, Refused> {
        let reason = ReversalDraft { reason: "付款方式有误".parse().unwrap(), with: Vec::new() };
        by.call_with::<ReverseReceipt>(ById { id: receipt.id }, Nothing, reason, version(receipt.version)).await
    }

    async fn owed(&self) -> (Money, Money) {
        let all = self.accountants[0].call::<GetPartyBalances>(Nothing, Plain::default(), Nothing).await.unwrap();
        (all.receivable, all.deposit)
    }
}

/// Proves: S4-10.1, S4-10.3, S4-10.5, S4-10.8, S1i-3.1.7, S0-3.10
#[actix_web::test]
pub async fn a_settlement_is_paid_in_several_ways_and_the_rest_becomes_an_advance() {
    let shop = Shop::open().await;
    let settlement = settled(&shop.app, shop.org, shop.customer, 10_600, 33_900).await;
    assert_eq!((settlement.customer_total, settlement.vat_total), (Money(44_500), Money(4500)));
    assert_eq!(settlement.total, Money(44_500 + 88_800), "the maker's part is noted, not posted");
    assert_eq!(shop.owed().await, (Money(44_500), Money::ZERO));

    let item = settlement.open_item_id.unwrap();
    let ways = [(PayMethod::Cash, shop.till, 20_000), (PayMethod::Wechat, shop.wechat, 25_000)];
    let paid = shop.take(&shop.desks[0], receipt(shop.customer, &ways, &[(item, 44_500)])).await.unwrap();
    assert_eq!((paid.received, paid.allocated, paid.advance), (Money(45_000), Money(44_500), Money(500)));
    assert_eq!(paid.received_in_words, "肆佰伍拾元整");
    assert!(paid.number.starts_with("SK202611"), "{}", paid.number);
    assert_eq!(shop.owed().await, (Money::ZERO, Money(500)));

    let desk = &shop.desks[0];
    let now = desk.call::<GetSettlement>(ById { id: settlement.id }, Nothing, Nothing).await.unwrap();
    assert_eq!((now.settled, now.open), (Money(44_500), Money::ZERO));
    let today = desk.call::<GetMoneyToday>(Nothing, Nothing, Nothing).await.unwrap();
    assert_eq!((today.received, today.settled, today.deposit), (Money(45_000), Money(44_500), Money(500)));

    let books = &shop.accountants[0];
    let banks = books.call::<GetBankBalances>(Nothing, Plain::default(), Nothing).await.unwrap();
    assert_eq!(banks.total, Money(45_000));
    assert!(banks.items.iter().any(|b| b.bank_account_id == shop.till && b.balance == Money(20_000)));
    let query = PartyLedgerQuery { party_id: shop.customer.into(), account: None, org_id: None, from: None, to: None };
    let ledger = books.call::<GetPartyLedger>(Nothing, Plain(query), Nothing).await.unwrap();
    assert_eq!(ledger.lines.iter().map(|l| l.balance).collect::<Vec<_>>(), [Money(44_500), Money::ZERO]);
    assert_eq!((ledger.opening, ledger.closing), (Money::ZERO, Money::ZERO));
    let trial = books.call::<GetTrialBalance>(Nothing, Plain(TrialBalanceQuery::default()), Nothing).await.unwrap();
    assert_eq!((trial.closing_debit, trial.debit), (trial.closing_credit, trial.credit));
    let income = |account| trial.rows.iter().find(|row| row.account == account).unwrap().credit;
    assert_eq!((income(Account::LabourIncome), income(Account::PartsIncome)), (Money(10_000), Money(30_000)));

    // the advance pays for the next repair
    let next = settled(&shop.app, shop.org, shop.customer, 300, 0).await;
    let advances =
        Listing { filter: OpenItemFilter { is_open: Some(true), ..Default::default() }, ..Listing::default() };
    let open = desk.call::<ListOpenItems>(Nothing, advances, Nothing).await.unwrap().items;
    let advance = open.iter().find(|item| item.source_number == paid.number).unwrap();
    let mut draft = receipt(shop.customer, &[], &[(next.open_item_id.unwrap(), 300)]);
    draft.deposits = vec![money::allocation(&(advance.id, 300))];
    let used = shop.take(desk, draft).await.unwrap();
    assert_eq!((used.received, used.deposit_used, used.allocated), (Money::ZERO, Money(300), Money(300)));
    assert_eq!(shop.owed().await, (Money::ZERO, Money(200)));
    the_books_tie(&shop.app).await;
}

#[actix_web::test]
async fn of_two_cashiers_who_settle_the_same_item_one_wins() {
    let shop = Shop::open().await;
    for _ in 0..5 {
        let item = settled(&shop.app, shop.org, shop.customer, 5000, 0).await.open_item_id.unwrap();
        let draft = || receipt(shop.customer, &[(PayMethod::Cash, shop.till, 5000)], &[(item, 5000)]);
        let (one, two) = futures::join!(shop.take(&shop.desks[0], draft()), shop.take(&shop.desks[1], draft()));
        let lost = match (one, two) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            other => panic!("{other:?}"),
        };
        assert_eq!((lost.status, lost.code()), (409, "open_item_exceeded"));
    }
    the_books_tie(&shop.app).await;
}

#[actix_web::test]
async fn a_receipt_is_taken_back_by_somebody_else_and_a_paid_settlement_not_before_it() {
    let shop = Shop::open().await;
    let settlement = settled(&shop.app, shop.org, shop.customer, 5000, 0).await;
    let item = settlement.open_item_id.unwrap();
    let draft = receipt(shop.customer, &[(PayMethod::Card, shop.till, 6000)], &[(item, 5000)]);
    let key = Options::default().key("once");
    let first = &shop.accountants[0];
    let paid = first.call_with::<CreateReceipt>(Nothing, Nothing, draft.clone(), key.clone()).await.unwrap();
    let again = first.call_with::<CreateReceipt>(Nothing, Nothing, draft, key).await.unwrap();
    assert_eq!(paid, again, "a double click takes the money once");
    assert!(paid.allowed.is_empty(), "one's own receipt cannot be taken back");

    let blocked = attempt(&shop.app, Uuid::from_u128(1), shop.org, async |tx| {
        finance::api::reverse_settlement(tx, settlement.id, "金额有误").await
    });
    let blocked = blocked.await.unwrap_err();
    assert_eq!(blocked.code().code, "reversal_blocked");
    assert!(blocked.to_string().contains(&paid.number), "the receipt in the way is named: {blocked}");

    assert_eq!(shop.reverse(&shop.desks[0], &paid).await.unwrap_err().status, 403);
    assert_eq!(shop.reverse(first, &paid).await.unwrap_err().code(), "cashier_cannot_reverse");
    let back = shop.reverse(&shop.accountants[1], &paid).await.unwrap();
    assert_eq!(back.state, ReceiptState::Reversed);
    let mirror = first.call::<GetReceipt>(ById { id: back.reversed_by.unwrap() }, Nothing, Nothing).await.unwrap();
    assert_eq!((mirror.state, mirror.received, mirror.advance), (ReceiptState::Mirror, Money(-6000), Money(-1000)));
    assert_eq!(shop.owed().await, (Money(5000), Money::ZERO));
    let twice = shop.reverse(&shop.accountants[1], &back).await.unwrap_err();
    assert_eq!((twice.status, twice.code()), (409, "state_conflict"));

    let undone = attempt(&shop.app, Uuid::from_u128(1), shop.org, async |tx| {
        finance::api::reverse_settlement(tx, settlement.id, "金额有误").await
    });
    assert_eq!(undone.await.unwrap().state, SettlementState::Reversed);
    assert_eq!(shop.owed().await, (Money::ZERO, Money::ZERO));
    let banks = first.call::<GetBankBalances>(Nothing, Plain::default(), Nothing).await.unwrap();
    assert_eq!(banks.total, Money::ZERO);
    the_books_tie(&shop.app).await;
}

#[actix_web::test]
async fn a_receipt_whose_advance_was_used_names_what_used_it() {
    let shop = Shop::open().await;
    let first = shop.take(&shop.desks[0], receipt(shop.customer, &[(PayMethod::Cash, shop.till, 900)], &[])).await;
    let first = first.unwrap();
    let settlement = settled(&shop.app, shop.org, shop.customer, 900, 0).await;
    let all = shop.desks[0].call::<ListOpenItems>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    let advance = all.iter().find(|item| item.source_number == first.number).unwrap().id;
    let mut draft = receipt(shop.customer, &[], &[(settlement.open_item_id.unwrap(), 900)]);
    draft.deposits = vec![money::allocation(&(advance, 900))];
    let second = shop.take(&shop.desks[1], draft).await.unwrap();
    let blocked = shop.reverse(&shop.accountants[0], &first).await.unwrap_err();
    assert_eq!(blocked.code(), "reversal_blocked");
    assert!(blocked.problem.title.contains(&second.number), "{}", blocked.problem.title);
    shop.reverse(&shop.accountants[0], &second).await.unwrap();
    shop.reverse(&shop.accountants[0], &first).await.unwrap();
    assert_eq!(shop.owed().await, (Money(900), Money::ZERO));
    the_books_tie(&shop.app).await;
}

#[actix_web::test]
async fn what_is_only_an_advance_stands_in_the_books_of_the_station_that_is_named() {
    let shop = Shop::open().await;
    let other = shop.app.station("NB01").await;
    let draft = |org: Uuid| ReceiptDraft {
        org_id: Some(org.into()),
        ..receipt(shop.customer, &[(PayMethod::Cash, shop.till, 900)], &[])
    };
    let refused = shop.take(&shop.desks[0], draft(other)).await.unwrap_err();
    assert_eq!(refused.code(), "forbidden", "a desk takes nothing in for another station");
    let taken = shop.take(&shop.accountants[0], draft(other)).await.unwrap();
    assert_eq!((taken.org_id.uuid(), taken.advance), (other, Money(900)));
    let advances = async |org: Uuid| {
        let filter = OpenItemFilter { org_id: Some(org.into()), ..OpenItemFilter::default() };
        let listing = Listing { filter, ..Listing::default() };
        shop.accountants[0].call::<ListOpenItems>(Nothing, listing, Nothing).await.unwrap().items.len()
    };
    assert_eq!((advances(other).await, advances(shop.org).await), (1, 0));
    // what pays for something stands where that stands, whatever is asked for
    let item = settled(&shop.app, shop.org, shop.customer, 500, 0).await.open_item_id.unwrap();
    let paid = ReceiptDraft {
        org_id: Some(other.into()),
        ..receipt(shop.customer, &[(PayMethod::Cash, shop.till, 500)], &[(item, 500)])
    };
    let paid = shop.take(&shop.accountants[0], paid).await.unwrap();
    assert_eq!(paid.org_id.uuid(), shop.org);
    the_books_tie(&shop.app).await;
}

#[actix_web::test]
async fn a_closed_month_takes_nothing_and_its_reversals_stand_in_the_present() {
    let shop = Shop::open().await;
    let month_ago = platform::Clock::now(&*shop.app.clock) - chrono::Duration::days(30);
    let mut draft = receipt(shop.customer, &[(PayMethod::Cash, shop.till, 700)], &[]);
    draft.effective_at = Some(month_ago.into());
    let old = shop.take(&shop.desks[0], draft).await.unwrap();
    let (books, boss) = (&shop.accountants[0], &shop.boss);
    let month = |month: &str, reason: Option<&str>| PeriodDraft {
        org_id: Some(shop.org.into()),
        month: month.parse().unwrap(),
        book: Book::Money,
        reason: reason.map(|r| r.parse().unwrap()),
    };
    let early = books.call::<ClosePeriod>(Nothing, Nothing, month("2026-11", None)).await.unwrap_err();
    assert_eq!(early.code(), "period_not_over");
    let closed = books.call::<ClosePeriod>(Nothing, Nothing, month("2026-10", None)).await.unwrap();
    assert!(closed.items[1].money.is_closed && !closed.items[0].money.is_closed && !closed.items[1].stock.is_closed);

    let mut draft = receipt(shop.customer, &[(PayMethod::Cash, shop.till, 100)], &[]);
    draft.effective_at = Some(month_ago.into());
    let refused = shop.take(books, draft.clone()).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (423, "period_closed"));

    let back = shop.reverse(books, &old).await.unwrap();
    let mirror = books.call::<GetReceipt>(ById { id: back.reversed_by.unwrap() }, Nothing, Nothing).await.unwrap();
    assert_eq!(mirror.effective_on.to_string(), "2026-11-21");
    the_books_tie(&shop.app).await;

    assert_eq!(
        books.call::<ReopenPeriod>(Nothing, Nothing, month("2026-10", Some("x"))).await.unwrap_err().status,
        403
    );
    let without = boss.call::<ReopenPeriod>(Nothing, Nothing, month("2026-10", None)).await.unwrap_err();
    assert_eq!(without.errors(), [("/reason", "required")]);
    boss.call::<ReopenPeriod>(Nothing, Nothing, month("2026-10", Some("补录单据"))).await.unwrap();
    let taken = shop.take(books, draft).await.unwrap();
    assert_eq!(taken.effective_on.to_string(), "2026-10-22");
    let still = boss.call::<ReopenPeriod>(Nothing, Nothing, month("2026-10", Some("再次"))).await.unwrap_err();
    assert_eq!(still.code(), "period_not_last");
    the_books_tie(&shop.app).await;
}

#[actix_web::test]
async fn posted_rows_refuse_change_even_by_sql() {
    let shop = Shop::open().await;
    shop.take(&shop.desks[0], receipt(shop.customer, &[(PayMethod::Cash, shop.till, 700)], &[])).await.unwrap();
    let db = shop.app.app.db.maintenance();
    for table in ["ledger_entry", "ledger_line", "receipt_payment", "audit", "journal"] {
        for sql in [format!("UPDATE {table} SET id = id"), format!("DELETE FROM {table}")] {
            let refused = db.execute_unprepared(&sql).await.unwrap_err();
            assert!(refused.to_string().contains("append only"), "{sql}: {refused}");
        }
    }
    the_books_tie(&shop.app).await;
}

#[actix_web::test]
async fn numbers_have_no_gap_though_every_fifth_receipt_is_refused() {
    let shop = Shop::open().await;
    let month =
        |book| PeriodDraft { org_id: Some(shop.org.into()), month: "2026-10".parse().unwrap(), book, reason: None };
    shop.accountants[0].call::<ClosePeriod>(Nothing, Nothing, month(Book::Money)).await.unwrap();
    let take = async |i: i64| {
        let mut draft = receipt(shop.customer, &[(PayMethod::Cash, shop.till, 100 + i)], &[]);
        // refused by the ledger after the number was taken: the number must come back with the transaction
        draft.effective_at = (i % 5 == 0).then(|| "2026-10-05T02:00:00Z".parse().unwrap());
        shop.take(&shop.desks[usize::try_from(i % 2).unwrap()], draft).await
    };
    let results = futures::future::join_all((0..40).map(take)).await;
    assert_eq!(results.iter().filter(|r| r.is_ok()).count(), 32);
    let numbers: BTreeSet<String> = results.into_iter().filter_map(|r| r.ok().map(|r| r.number)).collect();
    let wanted: BTreeSet<String> = (1..=32).map(|n| format!("SK202611{n:05}")).collect();
    assert_eq!(numbers, wanted);
    let query = Listing::default();
    assert_eq!(shop.desks[0].call::<ListReceipts>(Nothing, query, Nothing).await.unwrap().items.len(), 32);
    the_books_tie(&shop.app).await;
}

#[actix_web::test]
async fn wrong_receipts_are_named_field_by_field() {
    let shop = Shop::open().await;
    let stranger = customer(&shop.desks[0], "13800138002").await;
    let item = settled(&shop.app, shop.org, shop.customer, 5000, 0).await.open_item_id.unwrap();
    let way = [(PayMethod::Cash, shop.till, 5000)];
    let errors = async |draft: ReceiptDraft| {
        let refused = shop.take(&shop.desks[0], draft).await.unwrap_err();
        let errors = refused.problem.errors.iter().map(|e| format!("{} {}", e.pointer, e.code));
        errors.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(errors(receipt(stranger, &way, &[(item, 5000)])).await, "/allocations/0/open_item_id wrong_party");
    assert_eq!(errors(receipt(shop.customer, &way, &[(item, 5001)])).await, "/allocations over_allocated");
    assert_eq!(errors(receipt(shop.customer, &[], &[])).await, "/payments receipt_empty");
    let nowhere = [(PayMethod::Cash, Uuid::from_u128(3).into(), 5)];
    assert_eq!(errors(receipt(shop.customer, &nowhere, &[])).await, "/payments/0/bank_account_id reference_not_found");
    let elsewhere = |org: Uuid| ReceiptDraft { org_id: Some(org.into()), ..receipt(shop.customer, &way, &[]) };
    assert_eq!(errors(elsewhere(Uuid::from_u128(3))).await, "/org_id reference_not_found");
    let mut later = receipt(shop.customer, &way, &[]);
    later.effective_at = Some("2027-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(errors(later).await, "/effective_at in_the_future");
    let mut long_ago = receipt(shop.customer, &way, &[]);
    long_ago.effective_at = Some("2025-10-31T02:00:00Z".parse().unwrap());
    assert_eq!(errors(long_ago).await, "/effective_at dated_too_early");
    let none = shop.boss.call::<ListLedgerEntries>(Nothing, Listing::default(), Nothing).await.unwrap();
    assert_eq!(none.items.len(), 1, "only the settlement is posted");
    the_books_tie(&shop.app).await;
}

//! Old parts that go back to headquarters: owed by finished repairs, sent, looked at, paid for, and all of it taken back.

use super::shop::{Shop, act, reason};
use crate::support::client::{Client, Refused, version};
use openapi::finance::Account;
use openapi::finance::open_item::{ListOpenItems, OpenItemFilter};
use openapi::finance::receipt::{CreateReceipt, ReverseReceipt};
use openapi::master::customer::{CreateCustomer, CustomerId};
use openapi::master::warehouse::WarehouseId;
use openapi::service::owed_part::{
    GetOwedPart, GetOwedPartSummary, GetPartReturnPolicy, ListOwedParts, OwedPart, OwedPartAction, OwedPartCount,
    OwedPartFilter, OwedPartId, OwedPartRow, OwedPartState, RestoreOwedPart, SetPartReturnPolicy, WaiveOwedPart,
};
use openapi::service::part_return::{
    CreatePartReturn, ExaminePartReturn, ListPartReturns, PartReturn, PartReturnAction, PartReturnFilter, PartReturnId,
    PartReturnState, PartVerdict, RecallPartReturn, ReopenPartReturn, ShipPartReturn, UpdatePartReturn, VoidPartReturn,
};
use openapi::service::ticket::{FinishTicket, GetTicket, ReverseTicketFinish, Ticket};
use openapi::service::work::FinishDraft;
use openapi::stock::balance::{ListStock, StockFilter};
use openapi::stock::transfer::{GetTransfer, SignTransfer, TransferState};
use openapi::{ById, Listing, Money, Nothing, Plain, Quantity, Role};
use serde_json::{Value, json};
use uuid::Uuid;

/// The shop, with the stores of headquarters.
pub struct Parts {
    pub shop: Shop,
    pub office_bad: WarehouseId,
    pub office_good: WarehouseId,
    pub keeper: Client,
    pub office: Client,
}

pub fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

impl Parts {
    pub async fn open() -> Self {
        let shop = Shop::open().await;
        let app = &shop.world.app;
        let root = app.headquarters().await;
        let store = async |code: &str, kind: &str| {
            let draft = json!({"org_id": root, "code": code, "name": code, "kind": kind});
            app.as_system(async |tx| master::api::add_warehouse(tx, read(draft.clone())).await).await
        };
        let (office_bad, office_good) = (store("HQB", "bad").await, store("HQG", "good").await);
        let (keeper, office) = Self::people(&shop, "early").await;
        Parts { shop, office_bad, office_good, keeper, office }
    }

    /// The storekeeper of the station and the one of headquarters, signed in now.
    async fn people(shop: &Shop, name: &str) -> (Client, Client) {
        let (app, near) = (&shop.world.app, shop.world.near.id);
        let keeper = app.person(&format!("keeper-{name}"), &[Role::Storekeeper], near).await.1;
        let root = app.headquarters().await;
        let roles = [Role::Storekeeper, Role::Headquarters, Role::Accountant];
        (keeper, app.person(&format!("office-{name}"), &roles, root).await.1)
    }

    /// So many days later; everybody signs in again.
    async fn later(&mut self, days: i64) {
        self.shop.world.app.clock.advance(chrono::Duration::days(days));
        (self.keeper, self.office) = Self::people(&self.shop, &format!("after-{days}")).await;
    }

    pub async fn owed(&self, filter: OwedPartFilter) -> Vec<OwedPartRow> {
        let query = Listing { filter, ..Listing::default() };
        self.keeper.call::<ListOwedParts>(Nothing, query, Nothing).await.unwrap().items
    }

    /// What the summary says of the station: open, due soon, overdue, on the way, returned, different, waived; kept back.
    async fn counted(&self, by: &Client, query: Value) -> Vec<([i64; 7], Money)> {
        let found = by.call::<GetOwedPartSummary>(Nothing, Plain(read(query)), Nothing).await.unwrap();
        let one = |row: OwedPartCount| {
            let counts = [row.open, row.due_soon, row.overdue, row.under_way, row.returned, row.different, row.waived];
            (counts.map(|count| count.0 / 1000), row.deduction)
        };
        found.items.into_iter().map(one).collect()
    }

    pub async fn of_ticket(&self, ticket: &Ticket) -> OwedPartId {
        self.owed(OwedPartFilter { ticket_id: Some(ticket.id), ..Default::default() }).await[0].id
    }

    pub async fn part(&self, id: OwedPartId) -> OwedPart {
        self.office.call::<GetOwedPart>(ById { id }, Nothing, Nothing).await.unwrap()
    }

    async fn write(&self, lines: Value) -> Result<PartReturn, Refused> {
        let draft = read(json!({ "courier": "顺丰速运", "lines": lines }));
        self.keeper.call::<CreatePartReturn>(Nothing, Nothing, draft).await
    }

    pub async fn shipped(&self, lines: Value) -> PartReturn {
        let made = self.write(lines).await.unwrap();
        let path = ById { id: made.id };
        self.keeper.call_with::<ShipPartReturn>(path, Nothing, Nothing, version(made.version)).await.unwrap()
    }

    pub async fn examine(&self, of: &PartReturn, lines: Value) -> Result<PartReturn, Refused> {
        let found = read(json!({ "lines": lines }));
        self.office.call_with::<ExaminePartReturn>(ById { id: of.id }, Nothing, found, version(of.version)).await
    }

    pub async fn reopen(&self, of: &PartReturn) -> Result<PartReturn, Refused> {
        let why = read(json!({"reason": "看错了"}));
        self.office.call_with::<ReopenPartReturn>(ById { id: of.id }, Nothing, why, version(of.version)).await
    }

    /// What a warehouse holds of the screen.
    pub async fn held(&self, warehouse: WarehouseId) -> Quantity {
        let filter =
            StockFilter { warehouse_id: Some(warehouse), product_id: Some(self.shop.screen), ..Default::default() };
        let query = Listing { filter, ..Listing::default() };
        let rows = self.office.call::<ListStock>(Nothing, query, Nothing).await.unwrap().items;
        rows.iter().map(|row| row.on_hand).sum()
    }

    /// Debit less credit of an account in the books of the station and of headquarters.
    pub async fn books(&self, account: Account) -> (i64, i64) {
        let (app, near) = (&self.shop.world.app, self.shop.world.near.id);
        let root = app.headquarters().await;
        let totals = app.as_system(async |tx| finance::api::account_totals(tx).await).await;
        let of = |org: Uuid| totals.get(&(org, account)).copied().unwrap_or_default().0;
        (of(near), of(root))
    }

    pub async fn is_clean(&self) {
        let checks = self.shop.world.app.as_system(async |tx| backend::modules::invariants(tx).await).await;
        let broken: Vec<_> = checks.iter().filter(|check| !check.violations.is_empty()).collect();
        assert!(broken.is_empty(), "{broken:#?}");
    }
}

/// Proves: S1e-4.3.7
#[actix_web::test]
async fn an_old_part_in_warranty_is_owed_sent_back_late_and_paid_for_by_the_books_of_the_station() {
    let mut parts = Parts::open().await;
    let shop = &parts.shop;
    let ticket = shop.finished("861234567890127", "in").await;
    let paid = shop.finished("861234567890135", "out").await;
    let owed = parts.owed(OwedPartFilter::default()).await;
    assert_eq!(owed.len(), 1, "what the customer pays for is not owed");
    let part = &owed[0];
    assert_eq!((part.ticket_id, part.state, part.quantity), (ticket.id, OwedPartState::Open, Quantity::ONE));
    assert_eq!((part.unit_price.to_string().as_str(), part.is_overdue), ("60.00", false));
    assert_eq!((part.finished_on.to_string().as_str(), part.due_on.to_string().as_str()), ("2026-11-21", "2026-12-31"));
    let far = &shop.world.far.people[&Role::Storekeeper];
    let elsewhere = far.call::<GetOwedPart>(ById { id: part.id }, Nothing, Nothing).await.unwrap_err();
    assert_eq!(elsewhere.status, 404);
    parts.is_clean().await;

    // three days after the last one it is sent
    let id = part.id;
    parts.later(43).await;
    let late = parts.owed(OwedPartFilter { is_overdue: Some(true), ..Default::default() }).await;
    assert!(late.len() == 1 && late[0].is_overdue);
    assert_eq!(parts.counted(&parts.keeper, json!({})).await, [([1, 0, 1, 0, 0, 0, 0], Money::ZERO)]);
    let sent = parts.shipped(json!([{"owed_part_id": id}])).await;
    assert_eq!((sent.state, sent.lines[0].days_late), (PartReturnState::Shipped, Some(3)));
    assert_eq!(parts.part(id).await.state, OwedPartState::UnderWay);
    let path = ById { id: sent.transfer_id.unwrap() };
    let transfer = parts.office.call::<GetTransfer>(path, Nothing, Nothing).await.unwrap();
    assert!(transfer.state == TransferState::InTransit && transfer.allowed.is_empty());
    assert_eq!(transfer.source.as_ref().map(|source| source.number.clone()), Some(sent.number.clone()));
    let body = read(json!({}));
    let path = ById { id: transfer.id };
    let signed = parts.office.call_with::<SignTransfer>(path, Nothing, body, version(transfer.version)).await;
    assert_eq!(signed.unwrap_err().code(), "stock_belongs_to_document");
    parts.is_clean().await;

    // while it travels neither the repair is reversed nor the part sent again
    let now = parts.office.call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
    let blocked = act::<ReverseTicketFinish>(&parts.office, &now, reason("录错")).await.unwrap_err();
    assert_eq!((blocked.status, blocked.code()), (409, "reversal_blocked"));
    assert!(blocked.problem.title.contains(&sent.number), "{}", blocked.problem.title);
    let again = parts.write(json!([{"owed_part_id": id}])).await.unwrap_err();
    assert_eq!((again.status, again.code()), (409, "part_not_owed"));

    // the station does not examine; headquarters finds what was declared, three days late: three per cent of 60
    let own = parts.keeper.call_with::<ExaminePartReturn>(
        ById { id: sent.id },
        Nothing,
        read(json!({})),
        version(sent.version),
    );
    assert!([403, 404].contains(&own.await.unwrap_err().status));
    let seen = parts.examine(&sent, json!([])).await.unwrap();
    assert_eq!((seen.state, seen.deduction, seen.party_id), (PartReturnState::Examined, Money(180), None));
    assert_eq!(parts.part(id).await.state, OwedPartState::Matched);
    assert_eq!(parts.books(Account::Goodwill).await, (180, -180));
    assert_eq!(parts.books(Account::InterStation).await, (-180, 180));
    assert_eq!(
        (parts.held(parts.office_bad).await, parts.held(parts.office_good).await),
        (Quantity::ONE, Quantity::ZERO)
    );
    parts.is_clean().await;

    // looked at again: it is a good part that was declared bad, three times its price on top
    let back = parts.reopen(&seen).await.unwrap();
    assert_eq!((back.state, back.deduction), (PartReturnState::Shipped, Money::ZERO));
    assert_eq!((parts.part(id).await.state, parts.books(Account::Goodwill).await), (OwedPartState::UnderWay, (0, 0)));
    parts.is_clean().await;
    let line = back.lines[0].id;
    let found = json!([{"line_id": line, "verdict": "misdeclared", "received": "1", "remark": "通电正常"}]);
    let seen = parts.examine(&back, found).await.unwrap();
    assert_eq!((seen.lines[0].verdict_amount, seen.deduction), (Money(18_000), Money(18_180)));
    let part = parts.part(id).await;
    assert_eq!((part.state, part.deduction), (OwedPartState::Misdeclared, Money(18_180)));
    assert_eq!(
        (parts.held(parts.office_bad).await, parts.held(parts.office_good).await),
        (Quantity::ZERO, Quantity::ONE)
    );
    assert_eq!(parts.books(Account::Goodwill).await, (18_180, -18_180));
    parts.is_clean().await;
    assert!(paid.parts[0].is_consumed);
    let with = PartReturnFilter { has_deduction: Some(true), ..Default::default() };
    let query = Listing { filter: with, ..Listing::default() };
    assert_eq!(parts.office.call::<ListPartReturns>(Nothing, query, Nothing).await.unwrap().items.len(), 1);
}

/// Proves: S1e-4.3.7
#[actix_web::test]
async fn whoever_runs_the_station_owes_what_is_kept_back_until_it_is_paid_or_taken_back() {
    let mut parts = Parts::open().await;
    let near = parts.shop.world.near.id;
    let desk = parts.shop.who(Role::Reception);
    let runs = json!({"name": "宁波万家电器服务部", "kind": "company", "phone": "13500135009", "runs_org_id": near});
    let refused = desk.call::<CreateCustomer>(Nothing, Nothing, read(runs.clone())).await.unwrap_err();
    assert_eq!(refused.errors(), [("/runs_org_id", "terms_forbidden")]);
    let party: CustomerId = parts.office.call::<CreateCustomer>(Nothing, Nothing, read(runs.clone())).await.unwrap().id;
    let twice = parts.office.call::<CreateCustomer>(Nothing, Nothing, read(runs)).await.unwrap_err();
    assert_eq!(twice.errors(), [("/runs_org_id", "taken")]);
    let rules = parts.office.call::<GetPartReturnPolicy>(Nothing, Nothing, Nothing).await.unwrap();
    assert_eq!((rules.due_days, rules.good_days, rules.false_rate, rules.items.len()), (40, 180, 30_000, 0));
    let strict = json!({"due_days": 10, "good_days": 20, "late_rate": 0, "late_most": 0, "missing_rate": 20000,
        "mismatch_rate": 5000, "false_rate": 30000, "remark": "年底收紧"});
    let rules = parts.office.call::<SetPartReturnPolicy>(Nothing, Nothing, read(strict)).await.unwrap();
    assert_eq!((rules.due_days, rules.items.len()), (10, 1));

    let first = parts.shop.finished("861234567890127", "in").await;
    let second = parts.shop.finished("861234567890135", "in").await;
    let (one, two) = (parts.of_ticket(&first).await, parts.of_ticket(&second).await);
    parts.later(5).await;
    let soon = parts.owed(OwedPartFilter { is_due_soon: Some(true), ..Default::default() }).await;
    assert_eq!(soon.len(), 2);
    assert_eq!(parts.counted(&parts.keeper, json!({})).await, [([2, 2, 0, 0, 0, 0, 0], Money::ZERO)]);
    // what is said of a draft can be changed; of the second piece the station has nothing left to send
    let twice = parts.write(json!([{"owed_part_id": one}, {"owed_part_id": one}])).await.unwrap_err();
    assert_eq!(twice.errors(), [("/lines/1/owed_part_id", "duplicate")]);
    let much = parts.write(json!([{"owed_part_id": one, "quantity": "2"}])).await.unwrap_err();
    assert_eq!(much.errors(), [("/lines/0/quantity", "part_quantity")]);
    let made = parts.write(json!([{"owed_part_id": one}])).await.unwrap();
    let lines = json!([{"owed_part_id": one}, {"owed_part_id": two, "quantity": "0"}]);
    let path = || ById { id: made.id };
    let options = version(made.version);
    let made =
        parts.keeper.call_with::<UpdatePartReturn>(path(), Nothing, read(json!({"lines": lines})), options).await;
    let made = made.unwrap();
    let sent = parts.keeper.call_with::<ShipPartReturn>(path(), Nothing, Nothing, version(made.version)).await.unwrap();
    let found = json!([{"line_id": sent.lines[0].id, "verdict": "mismatched", "received": "1"}]);
    let seen = parts.examine(&sent, found).await.unwrap();
    // half of 60 for the wrong model, twice 60 for the missing one
    assert_eq!((seen.deduction, seen.open, seen.party_id), (Money(15_000), Money(15_000), Some(party)));
    // one came and does not match, one is missing; headquarters sees it too, another station and another month nothing
    let counted = [([0, 0, 0, 0, 1, 2, 0], Money(15_000))];
    assert_eq!(parts.counted(&parts.keeper, json!({})).await, counted);
    assert_eq!(parts.counted(&parts.office, json!({"org_id": near, "finished_until": "2026-11-21"})).await, counted);
    assert_eq!(parts.counted(&parts.office, json!({"finished_from": "2026-11-22"})).await, []);
    let far = parts.shop.world.app.person("keeper-far", &[Role::Storekeeper], parts.shop.world.far.id).await.1;
    assert_eq!(parts.counted(&far, json!({})).await, []);
    assert_eq!(parts.part(one).await.state, OwedPartState::Mismatched);
    assert_eq!(parts.part(two).await.state, OwedPartState::Short);
    assert_eq!(
        (parts.books(Account::Receivable).await.1, parts.books(Account::Goodwill).await),
        (15_000, (0, -15_000))
    );
    parts.is_clean().await;

    // it stands among what the party owes; while some of it is paid the examination stays
    let filter = OpenItemFilter { party_id: Some(party), is_open: Some(true), ..Default::default() };
    let query = || Listing { filter: filter.clone(), ..Listing::default() };
    let open = parts.office.call::<ListOpenItems>(Nothing, query(), Nothing).await.unwrap().items;
    assert_eq!((open.len(), open[0].source_number.clone(), open[0].open), (1, seen.number.clone(), Money(15_000)));
    let app = &parts.shop.world.app;
    let root = app.headquarters().await;
    let bank = json!({"org_id": root, "code": "HQ-BANK", "name": "总部账户", "kind": "bank"});
    let bank = app.as_system(async |tx| master::api::add_bank_account(tx, read(bank.clone())).await).await;
    let fen = |amount: &str| json!({"amount": amount, "currency": "CNY"});
    let receipt = json!({"party_id": party, "allocations": [{"open_item_id": open[0].id, "amount": fen("50.00")}],
        "payments": [{"method": "transfer", "bank_account_id": bank, "amount": fen("50.00")}]});
    let cashier = app.person("cashier", &[Role::Accountant], root).await.1;
    let paid = cashier.call::<CreateReceipt>(Nothing, Nothing, read(receipt)).await.unwrap();
    let blocked = parts.reopen(&seen).await.unwrap_err();
    assert_eq!((blocked.status, blocked.code()), (409, "reversal_blocked"));
    assert!(blocked.problem.title.contains(&paid.number), "{}", blocked.problem.title);
    let why = read(json!({"reason": "收错"}));
    parts.office.call_with::<ReverseReceipt>(ById { id: paid.id }, Nothing, why, version(paid.version)).await.unwrap();

    // taken back and found otherwise, twice over: one item, opened again with what is kept back then
    let mut back = parts.reopen(&seen).await.unwrap();
    for (verdict, owes) in [("matched", 12_000), ("mismatched", 15_000)] {
        let found = json!([{"line_id": back.lines[0].id, "verdict": verdict, "received": "1"}]);
        let seen = parts.examine(&back, found).await.unwrap();
        assert_eq!((seen.deduction, seen.open), (Money(owes), Money(owes)));
        let open = parts.office.call::<ListOpenItems>(Nothing, query(), Nothing).await.unwrap().items;
        assert_eq!((open.len(), open[0].open), (1, Money(owes)));
        parts.is_clean().await;
        back = parts.reopen(&seen).await.unwrap();
        parts.is_clean().await;
    }

    // recalled, the parts are owed again and lie where they lay
    let path = ById { id: back.id };
    let why = || read(json!({"reason": "发错"}));
    let recalled =
        parts.office.call_with::<RecallPartReturn>(path, Nothing, why(), version(back.version)).await.unwrap();
    assert_eq!((recalled.state, recalled.allowed.len()), (PartReturnState::Recalled, 0));
    assert_eq!(parts.part(one).await.state, OwedPartState::Open);
    parts.is_clean().await;
    let draft = parts.write(json!([{"owed_part_id": two}])).await.unwrap();
    assert_eq!(draft.allowed, [PartReturnAction::Ship, PartReturnAction::Void]);
    let void = parts.keeper.call::<VoidPartReturn>(ById { id: draft.id }, Nothing, why()).await.unwrap();
    assert_eq!((void.state, parts.part(two).await.state), (PartReturnState::Void, OwedPartState::Open));
}

/// Proves: S1e-4.3.7
#[actix_web::test]
async fn what_is_waived_or_reversed_is_not_owed_and_a_return_takes_parts_of_one_station() {
    let mut parts = Parts::open().await;
    parts.shop.world = parts.shop.world.short_of_parts().await;
    let near = parts.shop.finished("861234567890127", "in").await;
    let id = parts.of_ticket(&near).await;
    let why = || read(json!({"reason": "客户要求销毁，已拍照"}));
    let at = version(parts.part(id).await.version);
    let refused = parts.keeper.call_with::<WaiveOwedPart>(ById { id }, Nothing, why(), at).await.unwrap_err();
    assert_eq!(refused.status, 403);
    let waived = parts.office.call::<WaiveOwedPart>(ById { id }, Nothing, why()).await.unwrap();
    assert_eq!((waived.state, waived.allowed), (OwedPartState::Waived, vec![OwedPartAction::Restore]));
    assert!(waived.waived_because.is_some());
    let gone = parts.write(json!([{"owed_part_id": id}])).await.unwrap_err();
    assert_eq!(gone.code(), "part_not_owed");
    let open = parts.office.call::<RestoreOwedPart>(ById { id }, Nothing, why()).await.unwrap();
    assert_eq!((open.state, open.waived_because), (OwedPartState::Open, None));

    let other: OwedPartId = parts.shop.world.far.objects["owed_part"].into();
    let mixed = read(json!({"lines": [{"owed_part_id": id}, {"owed_part_id": other}]}));
    let mixed = parts.office.call::<CreatePartReturn>(Nothing, Nothing, mixed).await.unwrap_err();
    assert_eq!(mixed.errors(), [("/lines/1/owed_part_id", "part_of_other_station")]);
    let hidden = parts.write(json!([{"owed_part_id": other}])).await.unwrap_err();
    assert_eq!(hidden.errors(), [("/lines/0/owed_part_id", "reference_not_found")]);

    // two returns of the same part: the second finds that it has gone; nobody examines what he wrote
    let slow = parts.write(json!([{"owed_part_id": id}])).await.unwrap();
    let draft = read(json!({"lines": [{"owed_part_id": id, "declared": "good"}]}));
    let fast = parts.office.call::<CreatePartReturn>(Nothing, Nothing, draft).await.unwrap();
    let path = ById { id: fast.id };
    let fast = parts.office.call_with::<ShipPartReturn>(path, Nothing, Nothing, version(fast.version)).await.unwrap();
    assert!(!fast.allowed.contains(&PartReturnAction::Examine));
    let own = parts.examine(&fast, json!([])).await.unwrap_err();
    assert_eq!((own.status, own.code()), (409, "own_document"));
    let path = ById { id: slow.id };
    let late =
        parts.keeper.call_with::<ShipPartReturn>(path, Nothing, Nothing, version(slow.version)).await.unwrap_err();
    assert_eq!(late.code(), "part_not_owed");
    let reader = parts.shop.who(Role::Headquarters);
    let much = json!({"lines": [{"line_id": fast.lines[0].id, "verdict": "matched", "received": "2"}]});
    let path = || ById::<PartReturn> { id: PartReturnId::from(fast.id.uuid()) };
    let at = || version(fast.version);
    let much = reader.call_with::<ExaminePartReturn>(path(), Nothing, read(much), at()).await.unwrap_err();
    assert_eq!(much.errors(), [("/lines/0/received", "part_quantity")]);
    let seen = reader.call_with::<ExaminePartReturn>(path(), Nothing, read(json!({})), at()).await.unwrap();
    assert_eq!((seen.lines[0].verdict, seen.deduction), (Some(PartVerdict::Matched), Money::ZERO));
    assert_eq!(parts.held(parts.office_good).await, Quantity::ONE, "declared good, found good");
    parts.is_clean().await;

    // a repair that is reversed owes nothing, and owes anew once it is finished again
    let ticket = parts.shop.finished("861234567890143", "in").await;
    let id = parts.of_ticket(&ticket).await;
    let ticket = act::<ReverseTicketFinish>(reader, &ticket, reason("配件用错")).await.unwrap();
    assert_eq!(parts.part(id).await.state, OwedPartState::Cancelled);
    parts.is_clean().await;
    act::<FinishTicket>(parts.shop.who(Role::Engineer), &ticket, FinishDraft::default()).await.unwrap();
    let filter = OwedPartFilter { ticket_id: Some(ticket.id), ..Default::default() };
    let states: Vec<_> = parts.owed(filter).await.iter().map(|row| row.state).collect();
    assert_eq!(states, [OwedPartState::Open, OwedPartState::Cancelled]);
    parts.is_clean().await;
}

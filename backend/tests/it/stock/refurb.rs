//! Refurbishments: applied for, approved by headquarters, worked on, graded by somebody else, sold under the same serial.

use super::{Store, draft, line, price, warehouse};
use crate::support::base;
use crate::support::client::{Client, Refused, version};
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::master::customer::CreateCustomer;
use openapi::master::product::{ProductId, ProductKind};
use openapi::master::warehouse::{WarehouseId, WarehouseKind};
use openapi::stock::balance::{ListStock, StockFilter};
use openapi::stock::document::{GetStockDoc, StockLineDraft};
use openapi::stock::refurb::{
    ApproveRefurb, CreateRefurb, GetRefurb, GradeRefurb, IssueRefurbPart, ListRefurbs, Refurb, RefurbAction,
    RefurbGrade, RefurbState, RejectRefurb, ReturnRefurbPart, ReverseRefurb, SetRefurbLabour, StartRefurb,
    SubmitRefurb, UpdateRefurb, VoidRefurb,
};
use openapi::{Body, ById, Endpoint, Listing, Money, Nothing, Reply, Role};
use serde_json::{Value, json};

/// The store with old units, a bench, an inspector, and a warehouse for what was refurbished.
struct Bench {
    store: Store,
    unit: ProductId,
    refurbished: WarehouseId,
    inspector: Client,
}

impl Bench {
    async fn open() -> Self {
        let store = Store::open().await;
        let (_, clerk) = store.app.person("clerk", &[Role::Clerk], store.station).await;
        let (_, inspector) = store.app.person("inspector", &[Role::Inspector], store.station).await;
        let unit = base::product(&clerk, ProductKind::Unit, "PH-100").await.id;
        let refurbished = warehouse(&store.app, store.station, "R1", WarehouseKind::Refurb).await;
        let bench = Bench { store, unit, refurbished, inspector };
        for serial in ["OLD-1", "OLD-2"] {
            let serial = Some(serial.parse().unwrap());
            let old = StockLineDraft { serial, unit_cost: Some(price("300")), ..line(bench.unit, 1) };
            bench.store.post(draft(DocKind::StockIn, bench.store.good, old)).await.unwrap();
        }
        bench.store.buy(5, "40").await;
        bench
    }

    fn application(&self) -> Value {
        let unit = |serial: &str| json!({"product_id": self.unit, "serial": serial, "condition": "good"});
        json!({"warehouse_id": self.store.good, "reason": "以旧换新收回", "estimate": {"amount": "150.00", "currency": "CNY"},
            "lines": [unit("OLD-1"), unit("OLD-2")]})
    }

    async fn act<E>(&self, by: &Client, of: &Refurb, body: Value) -> Result<Refurb, Refused>
    where
        E: Endpoint<Path = ById<Refurb>, Query = openapi::Nothing>,
        <E::Body as Body>::Data: serde::de::DeserializeOwned,
        E::Reply: Reply<Data = Refurb>,
    {
        let body = serde_json::from_value(body).unwrap();
        let now = by.call::<GetRefurb>(ById { id: of.id }, Nothing, Nothing).await?;
        by.call_with::<E>(ById { id: of.id }, Nothing, body, version(now.version)).await
    }

    async fn step<E>(&self, by: &Client, of: &Refurb) -> Result<Refurb, Refused>
    where
        E: Endpoint<Path = ById<Refurb>, Query = openapi::Nothing>,
        E::Body: Body<Data = openapi::Nothing>,
        E::Reply: Reply<Data = Refurb>,
    {
        let now = by.call::<GetRefurb>(ById { id: of.id }, Nothing, Nothing).await?;
        by.call_with::<E>(ById { id: of.id }, Nothing, Nothing, version(now.version)).await
    }

    async fn approved(&self) -> Refurb {
        let body = serde_json::from_value(self.application()).unwrap();
        let made = self.store.keeper.call::<CreateRefurb>(Nothing, Nothing, body).await.unwrap();
        let asked = self.step::<SubmitRefurb>(&self.store.keeper, &made).await.unwrap();
        self.step::<ApproveRefurb>(&self.store.headquarters, &asked).await.unwrap()
    }

    async fn part(&self, of: &Refurb, at: usize, count: i64) -> Result<Refurb, Refused> {
        let part = json!({"line_id": of.lines[at].id, "product_id": self.store.part, "quantity": count.to_string(),
            "warehouse_id": self.store.good});
        self.act::<IssueRefurbPart>(&self.store.engineer, of, part).await
    }

    fn fen(amount: &str) -> Value {
        json!({"amount": amount, "currency": "CNY"})
    }

    /// What lies of the units: place, condition, value in fen.
    async fn units(&self) -> Vec<(String, &'static str, i64)> {
        use openapi::choice::Choice;
        let filter = StockFilter { product_id: Some(self.unit), ..Default::default() };
        let query = Listing { filter, ..Listing::default() };
        let rows = self.store.headquarters.call::<ListStock>(Nothing, query, Nothing).await.unwrap().items;
        let row = |r: &openapi::stock::balance::StockBalance| {
            (r.place.name.clone().map(String::from).unwrap_or_default(), r.condition.as_str(), r.value.unwrap().0)
        };
        let mut rows: Vec<_> = rows.iter().map(row).collect();
        rows.sort();
        rows
    }
}

/// Proves: S1d-7, S4-9.7r
#[actix_web::test]
async fn an_old_unit_gets_parts_and_labour_and_is_worth_all_of_it_under_the_same_serial() {
    let bench = Bench::open().await;
    let approved = bench.approved().await;
    assert_eq!(approved.state, RefurbState::Approved);
    let begun = bench.step::<StartRefurb>(&bench.store.engineer, &approved).await.unwrap();
    assert_eq!((begun.state, begun.spent), (RefurbState::Working, None), "an engineer sees no costs");
    let seen = bench.store.headquarters.call::<GetRefurb>(ById { id: begun.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(seen.lines.iter().map(|l| l.carrying).collect::<Vec<_>>(), [Some(Money(300_00)); 2]);
    assert_eq!(bench.units().await, [(begun.number.clone(), "good", 600_00)], "work in progress");
    bench.store.books_are_clean().await;

    let worked = bench.part(&begun, 0, 2).await.unwrap();
    let worked = bench.part(&worked, 1, 1).await.unwrap();
    let labour = json!({"line_id": worked.lines[0].id, "amount": Bench::fen("35.50"), "remark": "换壳 1 小时"});
    let worked = bench.act::<SetRefurbLabour>(&bench.store.engineer, &worked, labour).await.unwrap();
    // a part that was not needed goes back
    let back = json!({"part_id": worked.parts[1].id, "reason": "不用换"});
    let worked = bench.act::<ReturnRefurbPart>(&bench.store.engineer, &worked, back).await.unwrap();
    assert!(worked.parts[1].is_taken_back);
    assert!(bench.store.stock(bench.store.part).await.contains(&("G1".to_owned(), 3, 0, 120_00)));

    // nobody grades the own work
    let grades = json!({"lines": [{"line_id": worked.lines[0].id, "grade": "a"}]});
    let (_, both) = bench.store.app.person("both", &[Role::Inspector, Role::Engineer], bench.store.station).await;
    assert_eq!(
        bench.act::<GradeRefurb>(&bench.store.engineer, &worked, grades.clone()).await.unwrap_err().code(),
        "forbidden"
    );
    let graded = bench.act::<GradeRefurb>(&bench.inspector, &worked, grades).await.unwrap();
    assert_eq!((graded.state, graded.lines[0].grade), (RefurbState::Working, Some(RefurbGrade::A)));
    // 300.00 + 2 × 40.00 + 35.50
    let done = (String::from("R1"), "refurb", 415_50);
    assert!(bench.units().await.contains(&done), "{:?}", bench.units().await);
    let scrap = json!({"lines": [{"line_id": worked.lines[1].id, "grade": "scrap"}]});
    let finished = bench.act::<GradeRefurb>(&both, &graded, scrap).await.unwrap();
    assert_eq!(finished.state, RefurbState::Finished);
    assert_eq!(bench.units().await, [done]);
    let last = bench.store.headquarters.call::<GetRefurb>(ById { id: finished.id }, Nothing, Nothing).await.unwrap();
    assert_eq!((last.lines[0].value, last.lines[1].value), (Some(Money(415_50)), Some(Money::ZERO)));
    let mut income = Money::ZERO;
    for posting in &last.postings {
        let doc =
            bench.store.headquarters.call::<GetStockDoc>(ById { id: posting.id }, Nothing, Nothing).await.unwrap();
        let labour = doc.accounts.iter().filter(|j| j.account == Account::LabourIncome);
        income += labour.map(|j| j.credit - j.debit).sum::<Money>();
    }
    assert_eq!(income, Money(35_50), "labour is absorbed");
    bench.store.books_are_clean().await;

    // all of it is taken back by mirrors
    let why = json!({"reason": "误操作"});
    let undone = bench.act::<ReverseRefurb>(&bench.store.headquarters, &last, why).await.unwrap();
    assert_eq!((undone.state, undone.postings.len()), (RefurbState::Reversed, 0));
    assert_eq!(bench.units().await, [("G1".to_owned(), "good", 600_00)]);
    assert!(bench.store.stock(bench.store.part).await.contains(&("G1".to_owned(), 5, 0, 200_00)));
    bench.store.books_are_clean().await;
}

/// Proves: S1d-7
#[actix_web::test]
async fn nobody_approves_the_own_application_or_grades_the_own_work() {
    let bench = Bench::open().await;
    let body = serde_json::from_value(bench.application()).unwrap();
    let office = &bench.store.headquarters;
    let own = office.call::<CreateRefurb>(Nothing, Nothing, body).await.unwrap();
    let own = bench.step::<SubmitRefurb>(office, &own).await.unwrap();
    assert!(!own.allowed.contains(&RefurbAction::Approve));
    let refused = bench.step::<ApproveRefurb>(office, &own).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "own_document"));
    let why = || json!({"reason": "价值太低"});
    let rejected = bench.act::<RejectRefurb>(office, &own, why()).await.unwrap();
    assert_eq!(rejected.state, RefurbState::Rejected);
    let station = bench.step::<ApproveRefurb>(&bench.store.keeper, &rejected).await.unwrap_err();
    assert_eq!(station.code(), "forbidden");

    let approved = bench.approved().await;
    let (_, both) = bench.store.app.person("both", &[Role::Inspector, Role::Engineer], bench.store.station).await;
    let begun = bench.step::<StartRefurb>(&both, &approved).await.unwrap();
    assert!(!begun.allowed.contains(&RefurbAction::Grade));
    let grades = json!({"lines": [{"line_id": begun.lines[0].id, "grade": "b"}]});
    let refused = bench.act::<GradeRefurb>(&both, &begun, grades.clone()).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "own_work"));
    // two grade the same unit at once: one of them does
    let (_, second) = bench.store.app.person("second", &[Role::Inspector], bench.store.station).await;
    let (one, two) = tokio::join!(
        bench.act::<GradeRefurb>(&bench.inspector, &begun, grades.clone()),
        bench.act::<GradeRefurb>(&second, &begun, grades)
    );
    assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|ok| **ok).count(), 1);
    bench.store.books_are_clean().await;
}

/// Proves: S1d-8
#[actix_web::test]
async fn a_dealer_follows_its_own_applications_and_no_others() {
    let bench = Bench::open().await;
    let dealer = async |name: &str, phone: &str| {
        let draft = json!({"name": name, "kind": "company", "phone": phone, "roles": ["dealer"]});
        let draft = serde_json::from_value(draft).unwrap();
        bench.store.headquarters.call::<CreateCustomer>(Nothing, Nothing, draft).await.unwrap().id
    };
    let (ours, other) = (dealer("华东代理", "13600000001").await, dealer("华南代理", "13600000002").await);
    let (user, agent) = bench.store.app.person("agent", &[Role::Dealer], bench.store.station).await;
    let sql = "UPDATE app_user SET party_id = $1 WHERE id = $2";
    bench
        .store
        .app
        .as_system(async |tx| {
            let statement = tx.statement(sql, [ours.uuid().into(), user.into()]);
            sea_orm::ConnectionTrait::execute_raw(tx.conn(), statement).await?;
            Ok(())
        })
        .await;
    let mut made = Vec::new();
    for party in [ours, other] {
        let mut body = bench.application();
        body["agent_id"] = json!(party);
        let body = serde_json::from_value(body).unwrap();
        made.push(bench.store.keeper.call::<CreateRefurb>(Nothing, Nothing, body).await.unwrap());
    }
    let seen = agent.call::<ListRefurbs>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    assert_eq!(seen.iter().map(|row| row.number.clone()).collect::<Vec<_>>(), [made[0].number.clone()]);
    let one = agent.call::<GetRefurb>(ById { id: made[0].id }, Nothing, Nothing).await.unwrap();
    assert!(one.spent.is_none() && one.allowed.is_empty() && one.lines.len() == 2);
    let stranger = agent.call::<GetRefurb>(ById { id: made[1].id }, Nothing, Nothing).await.unwrap_err();
    assert_eq!(stranger.status, 404);
}

#[actix_web::test]
async fn bad_input_names_the_field() {
    let bench = Bench::open().await;
    let keeper = &bench.store.keeper;
    let faults = async |body: Value| {
        let body = serde_json::from_value(body).unwrap();
        let errors = keeper.call::<CreateRefurb>(Nothing, Nothing, body).await.unwrap_err().problem.errors;
        errors.into_iter().map(|e| (e.pointer.to_string(), e.code.to_string())).collect::<Vec<_>>()
    };
    let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    let mut twice = bench.application();
    twice["lines"][1]["serial"] = json!("OLD-1");
    assert_eq!(faults(twice).await, one("/lines/1/serial", "duplicate"));
    let mut part = bench.application();
    part["lines"][0]["product_id"] = json!(bench.store.part);
    assert_eq!(faults(part).await, one("/lines/0/product_id", "reference_not_found"));
    let mut much = bench.application();
    much["estimate"] = Bench::fen("-1");
    assert_eq!(faults(much).await, one("/estimate", "out_of_range"));
    // a unit that is not there is not taken
    let mut absent = bench.application();
    absent["lines"][0]["serial"] = json!("NO-SUCH");
    let body = serde_json::from_value(absent).unwrap();
    let made = keeper.call::<CreateRefurb>(Nothing, Nothing, body).await.unwrap();
    let changed = serde_json::from_value(bench.application()).unwrap();
    let path = ById { id: made.id };
    keeper.call_with::<UpdateRefurb>(path, Nothing, changed, version(made.version)).await.unwrap();
    let void = bench.act::<VoidRefurb>(keeper, &made, json!({"reason": "不做了"})).await.unwrap();
    assert_eq!(void.state, RefurbState::Void);
    let begun = bench.approved().await;
    let begun = bench.step::<StartRefurb>(&bench.store.engineer, &begun).await.unwrap();
    let again = bench.approved().await;
    let gone = bench.step::<StartRefurb>(&bench.store.engineer, &again).await.unwrap_err();
    assert_eq!(gone.code(), "stock_serial_elsewhere");
    let much = bench.part(&begun, 0, 6).await.unwrap_err();
    assert_eq!(much.code(), "stock_insufficient");
    let _ = bench.refurbished;
}

//! Conversions: a unit comes apart and lives on in its parts, parts become a unit, and no fen is lost either way.

use super::{Store, draft, line, price};
use crate::support::base;
use crate::support::client::{Client, Refused, version};
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::master::product::{ProductId, ProductKind};
use openapi::stock::conversion::{
    Conversion, ConversionAction, ConversionState, CreateConversion, PostConversion, ReverseConversion,
    UpdateConversion, VoidConversion,
};
use openapi::stock::document::{GetStockDoc, StockLineDraft};
use openapi::stock::formula::{CreateFormula, Formula, GetFormula, UpdateFormula};
use openapi::{ById, Money, Nothing, Role};
use serde_json::{Value, json};

/// The store with a model that comes apart.
pub struct Bench {
    pub store: Store,
    pub unit: ProductId,
    pub formula: Formula,
}

impl Bench {
    pub async fn open() -> Self {
        let store = Store::open().await;
        let (_, clerk) = store.app.person("clerk", &[Role::Clerk], store.station).await;
        let unit = base::product(&clerk, ProductKind::Unit, "PH-100").await.id;
        let body = formula(unit, &[(store.board, "1", 6667), (store.part, "2", 3333)]);
        let body = serde_json::from_value(body).unwrap();
        let formula = store.headquarters.call::<CreateFormula>(Nothing, Nothing, body).await.unwrap();
        Bench { store, unit, formula }
    }

    /// Brings a unit in.
    pub async fn bring(&self, serial: &str, cost: &str) {
        let serial = Some(serial.parse().unwrap());
        let unit = StockLineDraft { serial, unit_cost: Some(price(cost)), ..line(self.unit, 1) };
        self.store.post(draft(DocKind::StockIn, self.store.bad, unit)).await.unwrap();
    }

    fn draft(&self, way: &str, serial: &str, lines: Value) -> Value {
        json!({"way": way, "formula_id": self.formula.id, "serial": serial, "warehouse_id": self.store.bad,
            "parts_warehouse_id": self.store.second, "lines": lines})
    }

    pub async fn write(&self, body: Value) -> Result<Conversion, Refused> {
        self.store.keeper.call::<CreateConversion>(Nothing, Nothing, serde_json::from_value(body).unwrap()).await
    }

    async fn post_as(&self, by: &Client, of: &Conversion) -> Result<Conversion, Refused> {
        by.call_with::<PostConversion>(ById { id: of.id }, Nothing, Nothing, version(of.version)).await
    }

    async fn converted(&self, body: Value) -> Result<Conversion, Refused> {
        let made = self.write(body).await?;
        self.post_as(&self.store.keeper, &made).await
    }

    /// A unit apart, with a board of that serial.
    pub async fn apart(&self, serial: &str, board: &str) -> Result<Conversion, Refused> {
        let lines = json!([
            {"product_id": self.store.board, "serial": board, "quantity": "1", "share": 6667},
            {"product_id": self.store.part, "quantity": "2", "share": 3333, "condition": "bad"},
        ]);
        self.converted(self.draft("disassembly", serial, lines)).await
    }

    /// Parts together into a unit.
    pub async fn together(&self, serial: &str, board: &str, condition: &str) -> Result<Conversion, Refused> {
        let lines = json!([
            {"product_id": self.store.board, "serial": board, "quantity": "1"},
            {"product_id": self.store.part, "quantity": "2", "condition": condition},
        ]);
        self.converted(self.draft("assembly", serial, lines)).await
    }

    pub async fn back(&self, of: &Conversion) -> Result<Conversion, Refused> {
        let reason = serde_json::from_value(json!({"reason": "拆错了"})).unwrap();
        let path = ById { id: of.id };
        self.store.headquarters.call_with::<ReverseConversion>(path, Nothing, reason, version(of.version)).await
    }
}

fn formula(unit: ProductId, parts: &[(ProductId, &str, u16)]) -> Value {
    let line = |(product, quantity, share): &(ProductId, &str, u16)| json!({"product_id": product, "quantity": quantity, "share": share});
    json!({"product_id": unit, "edition": "2026-1", "lines": parts.iter().map(line).collect::<Vec<_>>()})
}

fn codes<T: std::fmt::Debug>(answer: Result<T, Refused>) -> Vec<(String, String)> {
    let errors = answer.unwrap_err().problem.errors;
    errors.into_iter().map(|error| (error.pointer.to_string(), error.code.to_string())).collect()
}

fn wrong(pointer: &str, code: &str) -> Vec<(String, String)> {
    vec![(pointer.to_owned(), code.to_owned())]
}

/// Proves: S4-9.7A
#[actix_web::test]
pub async fn a_unit_comes_apart_its_serial_ends_and_its_parts_share_its_value_to_the_fen() {
    let bench = Bench::open().await;
    let store = &bench.store;
    bench.bring("PH-SN-1", "100.01").await;
    let done = bench.apart("PH-SN-1", "BD-9").await.unwrap();
    assert_eq!((done.state, done.unit_value), (ConversionState::Posted, Some(Money(100_01))));
    let values: Vec<_> = done.lines.iter().map(|l| l.value.unwrap().0).collect();
    assert_eq!(values, [66_68, 33_33], "the last one takes the rest");
    assert_eq!(store.stock(bench.unit).await, [("B1".to_owned(), 0, 0, 0)]);
    assert_eq!(store.stock(store.board).await, [("G2".to_owned(), 1, 0, 66_68)]);
    assert_eq!(store.stock(store.part).await, [("G2".to_owned(), 2, 0, 33_33)]);
    let doc = ById { id: done.postings[0].id };
    let doc = store.headquarters.call::<GetStockDoc>(doc, Nothing, Nothing).await.unwrap();
    let mut books: Vec<_> = doc.accounts.iter().map(|j| (j.account, j.debit.0, j.credit.0)).collect();
    books.sort_by_key(|(_, debit, credit)| (*debit, *credit));
    let expected = [(Account::Units, 0, 100_01), (Account::PartsBad, 33_33, 0), (Account::PartsGood, 66_68, 0)];
    assert_eq!(books, expected, "the conversion itself neither gains nor loses");
    assert_eq!(bench.apart("PH-SN-1", "BD-10").await.unwrap_err().code(), "stock_serial_elsewhere");
    store.books_are_clean().await;

    let back = bench.back(&done).await.unwrap();
    assert_eq!((back.state, back.postings.len()), (ConversionState::Reversed, 0));
    assert_eq!(store.stock(bench.unit).await, [("B1".to_owned(), 1, 0, 100_01)]);
    assert_eq!(store.stock(store.board).await, [("G2".to_owned(), 0, 0, 0)]);
    store.books_are_clean().await;
}

/// Proves: S4-9.7B
#[actix_web::test]
async fn parts_become_a_unit_with_a_serial_that_may_have_ended_before() {
    let bench = Bench::open().await;
    let store = &bench.store;
    bench.bring("PH-SN-1", "100").await;
    store.app.clock.advance(chrono::Duration::minutes(1));
    let apart = bench.apart("PH-SN-1", "BD-9").await.unwrap();
    store.app.clock.advance(chrono::Duration::minutes(1));
    let made = bench.together("PH-SN-1", "BD-9", "bad").await.unwrap();
    assert_eq!(made.unit_value, Some(Money(100_00)));
    assert_eq!(store.stock(bench.unit).await, [("B1".to_owned(), 1, 0, 100_00)]);
    store.books_are_clean().await;
    // the parts have moved on: the unit must come apart again first
    let refused = bench.back(&apart).await.unwrap_err();
    assert_eq!(refused.code(), "stock_reversal_blocked");
    assert!(refused.problem.detail.to_string().contains(&made.postings[0].number), "{refused:?}");
    store.app.clock.advance(chrono::Duration::minutes(1));
    bench.back(&made).await.unwrap();
    store.app.clock.advance(chrono::Duration::minutes(1));
    bench.back(&apart).await.unwrap();

    let taken = bench.together("PH-SN-1", "BD-9", "good").await.unwrap_err();
    assert!(["stock_serial_elsewhere", "stock_serial_present"].contains(&taken.code()), "{taken:?}");
    store.books_are_clean().await;
}

/// Proves: S4-14.14
#[actix_web::test]
async fn formulas_and_conversions_say_what_is_wrong_with_them() {
    let bench = Bench::open().await;
    let (store, office) = (&bench.store, &bench.store.headquarters);
    let create = async |by: &Client, body: Value| {
        by.call::<CreateFormula>(Nothing, Nothing, serde_json::from_value(body).unwrap()).await
    };
    let short = formula(bench.unit, &[(store.board, "1", 6666), (store.part, "2", 3333)]);
    let refused = create(office, short).await.unwrap_err();
    assert_eq!(refused.problem.errors[0].message, "成本份额合计为 99.99%，必须正好是 100%");
    assert_eq!(codes::<Formula>(Err(refused)), wrong("/lines", "shares_not_whole"));
    let same = formula(bench.unit, &[(store.board, "1", 10000)]);
    assert_eq!(codes(create(office, same.clone()).await), wrong("/edition", "taken"));
    let itself = formula(bench.unit, &[(bench.unit, "1", 10000)]);
    assert_eq!(codes(create(office, itself).await), wrong("/lines/0/product_id", "duplicate"));
    let no_unit = formula(store.part, &[(store.board, "1", 10000)]);
    assert_eq!(codes(create(office, no_unit).await), wrong("/product_id", "reference_not_found"));
    assert_eq!(create(&store.keeper, same).await.unwrap_err().status, 403);

    // without lines those of the formula are taken over; serials are wanted when it is posted
    let made = bench.write(bench.draft("disassembly", "PH-SN-1", json!([]))).await.unwrap();
    assert_eq!(made.lines.iter().map(|l| l.share).collect::<Vec<_>>(), [Some(6667), Some(3333)]);
    assert_eq!(codes(bench.post_as(&store.keeper, &made).await), wrong("/lines/0/serial", "serial_required"));
    let lines = json!([{"product_id": store.board, "serial": "BD-1", "quantity": "1", "share": 9999}]);
    let body = bench.draft("disassembly", "PH-SN-1", lines);
    assert_eq!(codes(bench.write(body).await), wrong("/lines", "shares_not_whole"));
    let lines = json!([{"product_id": store.board, "quantity": "2", "share": 10000}]);
    let body = bench.draft("disassembly", "PH-SN-1", lines);
    assert_eq!(codes(bench.write(body).await), wrong("/lines/0/quantity", "serial_required"));
    // the formula may change or go out of use: what was taken over stays
    let now = office.call::<GetFormula>(ById { id: bench.formula.id }, Nothing, Nothing).await.unwrap();
    let mut off = formula(bench.unit, &[(store.board, "1", 10000)]);
    off["is_active"] = json!(false);
    let off = serde_json::from_value(off).unwrap();
    office.call_with::<UpdateFormula>(ById { id: now.id }, Nothing, off, version(now.version)).await.unwrap();
    let late = bench.write(bench.draft("disassembly", "PH-SN-1", json!([]))).await;
    assert_eq!(codes(late), wrong("/formula_id", "reference_not_found"));
    assert_eq!(made.lines.len(), 2);
    assert_eq!(made.allowed, [ConversionAction::Post, ConversionAction::Void]);
    let reason = serde_json::from_value(json!({"reason": "不拆了"})).unwrap();
    let void = store.keeper.call::<VoidConversion>(ById { id: made.id }, Nothing, reason).await.unwrap();
    let body = serde_json::from_value(bench.draft("assembly", "PH-SN-1", json!([]))).unwrap();
    let stale = store.keeper.call_with::<UpdateConversion>(ById { id: void.id }, Nothing, body, version(void.version));
    assert_eq!(stale.await.unwrap_err().code(), "state_conflict");
}

/// Proves: S4-9.7A
#[actix_web::test]
async fn two_people_take_the_same_unit_apart_and_one_of_them_does() {
    let bench = Bench::open().await;
    bench.bring("PH-SN-1", "100").await;
    let (first, second) = futures::join!(bench.apart("PH-SN-1", "BD-1"), bench.apart("PH-SN-1", "BD-2"));
    assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|done| **done).count(), 1);
    bench.store.books_are_clean().await;
}

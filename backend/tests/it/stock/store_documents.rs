//! Documents of the store room beyond in and out: goods move between warehouses and change their condition, bad parts
//! are destroyed or go back to the customer.

use super::{Store, draft, line, price, warehouse};
use crate::support::client::{Client, Refused, version};
use openapi::document::DocKind;
use openapi::finance::{Account, Payer};
use openapi::master::warehouse::{WarehouseId, WarehouseKind};
use openapi::stock::document::{
    ApproveStockDoc, AuthoriseStockDoc, CreateStockDoc, DeclineStockDoc, GetStockDoc, PostStockDoc, StockDoc,
    StockDocAction, StockDocDraft, StockDocReason, StockDocState, StockLineDraft, StockReason, SubmitStockDoc,
};
use openapi::stock::{Condition, Owner};
use openapi::system::{UploadAttachment, UploadQuery};
use openapi::{ById, Money, Nothing, Plain, Role};
use serde_json::json;
use stock::api::{OldPartLine, OldPartsDraft};
use uuid::Uuid;

impl Store {
    /// A move of plain parts to a warehouse, which may change their condition.
    pub fn move_of(&self, from: WarehouseId, to: WarehouseId, line: StockLineDraft) -> StockDocDraft {
        let remark = Some("拆包发现进水".parse().unwrap());
        StockDocDraft { to_warehouse_id: Some(to), remark, ..draft(DocKind::WarehouseMove, from, line) }
    }

    pub fn turned(&self, count: i64, from: Condition, to: Condition) -> StockLineDraft {
        StockLineDraft { condition: Some(from), to_condition: Some(to), ..line(self.part, count) }
    }

    async fn reread(&self, by: &Client, doc: &StockDoc) -> StockDoc {
        by.call::<GetStockDoc>(ById { id: doc.id }, Nothing, Nothing).await.unwrap()
    }
}

fn faults<T: std::fmt::Debug>(answer: Result<T, Refused>) -> Vec<(String, String)> {
    let errors = answer.unwrap_err().problem.errors;
    errors.into_iter().map(|error| (error.pointer.to_string(), error.code.to_string())).collect()
}

fn accounts(doc: &StockDoc) -> Vec<(Account, Money, Money)> {
    doc.accounts.iter().map(|j| (j.account, j.debit, j.credit)).collect()
}

/// Proves: S4-9.3
#[actix_web::test]
async fn goods_move_between_the_warehouses_of_a_station_at_their_value() {
    let store = Store::open().await;
    store.buy(6, "10").await;
    let moved = store.post(store.move_of(store.good, store.second, line(store.part, 2))).await.unwrap();
    assert_eq!((moved.reason, moved.accounts.len()), (StockReason::Relocation, 0), "the same value, no entry");
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 4, 0, 40_00), ("G2".to_owned(), 2, 0, 20_00)]);
    let create = async |draft| store.keeper.call::<CreateStockDoc>(Nothing, Nothing, draft).await;
    let itself = create(store.move_of(store.good, store.good, line(store.part, 1))).await;
    assert_eq!(faults(itself), [("/lines/0/to_condition".to_owned(), "nothing_changes".to_owned())]);
    let other = store.app.station("SH01").await;
    let foreign = warehouse(&store.app, other, "F1", WarehouseKind::Good).await;
    let away = create(store.move_of(store.good, foreign, line(store.part, 1))).await;
    assert_eq!(faults(away), [("/to_warehouse_id".to_owned(), "other_station".to_owned())]);
    let silent = StockDocDraft {
        remark: None,
        ..store.move_of(store.good, store.bad, store.turned(1, Condition::Good, Condition::Bad))
    };
    assert_eq!(faults(create(silent).await), [("/remark".to_owned(), "required".to_owned())]);
    let much = store.post(store.move_of(store.second, store.good, line(store.part, 3))).await;
    assert_eq!(much.unwrap_err().code(), "stock_insufficient");
    store.reverse(&moved).await.unwrap();
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 6, 0, 60_00), ("G2".to_owned(), 0, 0, 0)]);
    store.books_are_clean().await;
}

/// Proves: S4-9.3
#[actix_web::test]
async fn what_turns_bad_loses_its_value_and_what_turns_good_keeps_it() {
    use Condition::{Bad, Good};
    let store = Store::open().await;
    store.buy(6, "10").await;
    let lost = store.post(store.move_of(store.good, store.bad, store.turned(2, Good, Bad))).await.unwrap();
    assert_eq!((lost.reason, lost.total_value), (StockReason::Regrade, Some(Money(20_00))));
    let expected = [(Account::PartsGood, Money::ZERO, Money(20_00)), (Account::ScrapLoss, Money(20_00), Money::ZERO)];
    assert_eq!(accounts(&lost), expected);

    let worth = StockLineDraft { unit_cost: Some(price("3")), ..store.turned(1, Good, Bad) };
    let part = store.post(store.move_of(store.good, store.bad, worth)).await.unwrap();
    let expected = [
        (Account::PartsGood, Money::ZERO, Money(10_00)),
        (Account::PartsBad, Money(3_00), Money::ZERO),
        (Account::ScrapLoss, Money(7_00), Money::ZERO),
    ];
    assert_eq!(accounts(&part), expected);
    assert_eq!(part.lines[0].value, Some(Money(10_00)), "counted once");

    // never more than it cost
    let dear = StockLineDraft { unit_cost: Some(price("300")), ..store.turned(1, Good, Bad) };
    let same = store.post(store.move_of(store.good, store.bad, dear)).await.unwrap();
    let expected = [(Account::PartsGood, Money::ZERO, Money(10_00)), (Account::PartsBad, Money(10_00), Money::ZERO)];
    assert_eq!(accounts(&same), expected);
    assert!(store.stock(store.part).await.contains(&("B1".to_owned(), 4, 0, 13_00)));

    let good = store.post(store.move_of(store.bad, store.second, store.turned(4, Bad, Good))).await.unwrap();
    assert!(good.accounts.iter().all(|j| j.account != Account::ScrapLoss), "{:?}", good.accounts);
    store.books_are_clean().await;
    let blocked = store.reverse(&same).await.unwrap_err();
    assert_eq!(blocked.code(), "stock_reversal_blocked");
    for doc in [&good, &same, &part, &lost] {
        store.reverse(doc).await.unwrap();
        store.books_are_clean().await;
    }
    let rows = store.stock(store.part).await;
    // what turned good lowered the average meanwhile; that loss stays and is in the books
    let pieces: Vec<_> = rows.iter().map(|(name, count, ..)| (name.as_str(), *count)).collect();
    assert_eq!(pieces, [("B1", 0), ("G1", 6), ("G2", 0)]);
}

/// Proves: S4-9.3
#[actix_web::test]
async fn a_serial_changes_its_condition_and_back_and_is_always_in_one_place() {
    let store = Store::open().await;
    let serial = Some("BD-SN-01".parse().unwrap());
    let board = StockLineDraft { serial: serial.clone(), unit_cost: Some(price("300")), ..line(store.board, 1) };
    store.post(draft(DocKind::StockIn, store.good, board)).await.unwrap();
    let turned = |from, to| StockLineDraft {
        serial: serial.clone(),
        condition: Some(from),
        to_condition: Some(to),
        ..line(store.board, 1)
    };
    let bad = store.move_of(store.good, store.bad, turned(Condition::Good, Condition::Bad));
    let doc = store.post(bad.clone()).await.unwrap();
    assert_eq!(store.post(bad).await.unwrap_err().code(), "stock_serial_elsewhere");
    assert!(store.stock(store.board).await.contains(&("B1".to_owned(), 1, 0, 0)));
    store.books_are_clean().await;
    store.reverse(&doc).await.unwrap();
    assert!(store.stock(store.board).await.contains(&("G1".to_owned(), 1, 0, 300_00)));
    store.books_are_clean().await;
}

impl Store {
    /// Three bad parts that are still worth two yuan each.
    async fn bad_parts(&self) {
        self.buy(5, "10").await;
        let worth = StockLineDraft { unit_cost: Some(price("2")), ..self.turned(3, Condition::Good, Condition::Bad) };
        self.post(self.move_of(self.good, self.bad, worth)).await.unwrap();
    }

    async fn submitted(&self, draft: StockDocDraft) -> StockDoc {
        let made = self.keeper.call::<CreateStockDoc>(Nothing, Nothing, draft).await.unwrap();
        self.keeper.call::<SubmitStockDoc>(ById { id: made.id }, Nothing, Nothing).await.unwrap()
    }

    async fn posted(&self, doc: &StockDoc) -> Result<StockDoc, Refused> {
        self.keeper.call_with::<PostStockDoc>(ById { id: doc.id }, Nothing, Nothing, version(doc.version)).await
    }

    async fn photograph(&self, doc: &StockDoc) {
        let mut photo = std::io::Cursor::new(Vec::new());
        let pixels = image::RgbImage::from_pixel(64, 48, image::Rgb([9, 9, 9]));
        image::DynamicImage::from(pixels).write_to(&mut photo, image::ImageFormat::Jpeg).unwrap();
        let query =
            json!({"subject_kind": "stock_doc", "subject_id": doc.id, "purpose": "document", "file_name": "销毁.jpg"});
        let query: UploadQuery = serde_json::from_value(query).unwrap();
        self.keeper.call::<UploadAttachment>(Nothing, Plain(query), photo.into_inner()).await.unwrap();
    }
}

/// Proves: S4-9.6C
#[actix_web::test]
pub async fn bad_parts_are_destroyed_with_authority_a_witness_and_a_photo() {
    let store = Store::open().await;
    store.bad_parts().await;
    let wanted = StockDocDraft {
        witness_id: Some(store.engineer_id),
        ..draft(DocKind::Destruction, store.bad, line(store.part, 3))
    };
    let alone = StockDocDraft { witness_id: None, ..wanted.clone() };
    let alone = store.keeper.call::<CreateStockDoc>(Nothing, Nothing, alone).await;
    assert_eq!(faults(alone), [("/witness_id".to_owned(), "required".to_owned())]);
    let good = StockLineDraft { condition: Some(Condition::Good), ..line(store.part, 1) };
    let good = StockDocDraft { warehouse_id: store.good, lines: vec![good], ..wanted.clone() };
    let good = store.keeper.call::<CreateStockDoc>(Nothing, Nothing, good).await;
    assert_eq!(faults(good), [("/lines/0/condition".to_owned(), "bad_parts_only".to_owned())]);

    let asked = store.submitted(wanted.clone()).await;
    assert_eq!(asked.allowed, [StockDocAction::Void], "the keeper waits for authority");
    let path = || ById { id: asked.id };
    assert_eq!(store.posted(&asked).await.unwrap_err().code(), "not_authorised");
    let by_station = store.keeper.call::<ApproveStockDoc>(path(), Nothing, Nothing).await;
    assert_eq!(by_station.unwrap_err().code(), "not_authorised");
    let by_keeper = store.keeper.call::<AuthoriseStockDoc>(path(), Nothing, Nothing).await;
    assert_eq!(by_keeper.unwrap_err().code(), "forbidden");
    let why = StockDocReason { reason: "请先拍照".parse().unwrap() };
    let declined = store.accountant.call::<DeclineStockDoc>(path(), Nothing, why).await.unwrap();
    assert_eq!(declined.state, StockDocState::Draft);
    store.keeper.call::<SubmitStockDoc>(path(), Nothing, Nothing).await.unwrap();
    let allowed = store.accountant.call::<AuthoriseStockDoc>(path(), Nothing, Nothing).await.unwrap();
    assert_eq!(allowed.state, StockDocState::Approved);
    let ready = store.reread(&store.keeper, &asked).await;
    assert_eq!(store.posted(&ready).await.unwrap_err().code(), "photo_required");
    store.photograph(&ready).await;
    let gone = store.posted(&ready).await.unwrap();
    let expected = [(Account::PartsBad, Money::ZERO, Money(6_00)), (Account::ScrapLoss, Money(6_00), Money::ZERO)];
    assert_eq!(accounts(&gone), expected);
    assert_eq!(gone.witness_name.as_deref(), Some("engineer"));
    store.books_are_clean().await;
    store.reverse(&gone).await.unwrap();
    assert!(store.stock(store.part).await.contains(&("B1".to_owned(), 3, 0, 6_00)));
    store.books_are_clean().await;
}

/// Proves: S4-9.6C, S4-9.2
#[actix_web::test]
async fn nobody_authorises_what_they_wrote_and_scrap_wants_authority_too() {
    let store = Store::open().await;
    store.bad_parts().await;
    let scrap = StockDocDraft { reason: Some(StockReason::Scrap), ..store.stock_out(1) };
    let made = store.headquarters.call::<CreateStockDoc>(Nothing, Nothing, scrap).await.unwrap();
    let path = || ById { id: made.id };
    let head = &store.headquarters;
    let straight = head.call_with::<PostStockDoc>(path(), Nothing, Nothing, version(made.version)).await;
    assert_eq!(straight.unwrap_err().code(), "not_authorised");
    head.call::<SubmitStockDoc>(path(), Nothing, Nothing).await.unwrap();
    let own = head.call::<AuthoriseStockDoc>(path(), Nothing, Nothing).await;
    assert_eq!(own.unwrap_err().code(), "own_document");
    let allowed = store.accountant.call::<AuthoriseStockDoc>(path(), Nothing, Nothing).await.unwrap();
    head.call_with::<PostStockDoc>(path(), Nothing, Nothing, version(allowed.version)).await.unwrap();
    let plain = store.submitted(store.stock_out(1)).await;
    let plain = store.accountant.call::<AuthoriseStockDoc>(ById { id: plain.id }, Nothing, Nothing).await;
    assert_eq!(plain.unwrap_err().code(), "state_conflict", "nothing is written off there");
    store.books_are_clean().await;
}

impl Store {
    /// Old parts of a ticket, the customer's own.
    async fn old_parts(&self, ticket: Uuid, count: i64) {
        let line = || OldPartLine {
            part: self.part_line(platform::new_id(), count),
            owner: Owner::Customer,
            value: Money::ZERO,
            payer: Payer::Customer,
        };
        let draft = || OldPartsDraft { ticket, warehouse: self.bad, lines: vec![line()] };
        self.attempt(async |tx| stock::api::old_parts_in(tx, draft()).await).await.unwrap();
    }
}

/// Proves: S4-9.6D
#[actix_web::test]
async fn a_customer_gets_back_what_was_taken_out_of_the_unit_and_no_more() {
    let store = Store::open().await;
    let ticket = platform::new_id();
    store.old_parts(ticket, 2).await;
    let back = |ticket: Uuid, count| StockDocDraft {
        ticket_id: Some(ticket.into()),
        ..draft(DocKind::BadPartReturn, store.bad, line(store.part, count))
    };
    let create = async |draft| store.keeper.call::<CreateStockDoc>(Nothing, Nothing, draft).await;
    let nothing = StockDocDraft { ticket_id: None, ..back(ticket, 1) };
    let missing = faults(create(nothing).await);
    assert!(missing.contains(&("/ticket_id".to_owned(), "required".to_owned())), "{missing:?}");
    let of_ticket = [("/lines/0/quantity".to_owned(), "not_of_ticket".to_owned())];
    assert_eq!(faults(create(back(ticket, 3)).await), of_ticket);
    assert_eq!(faults(create(back(platform::new_id(), 1)).await), of_ticket);

    // two write it down, one gives it back
    let (one, two) = (create(back(ticket, 2)).await.unwrap(), create(back(ticket, 1)).await.unwrap());
    let (first, second) = tokio::join!(store.posted(&one), store.posted(&two));
    assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1);
    let (done, refused) = match (first, second) {
        (Ok(done), Err(refused)) | (Err(refused), Ok(done)) => (done, refused),
        both => panic!("{both:?}"),
    };
    assert_eq!(refused.code(), "not_of_ticket");
    assert_eq!((done.lines[0].owner, done.ticket_id.map(|id| id.uuid())), (Owner::Customer, Some(ticket)));
    store.books_are_clean().await;
    store.reverse(&done).await.unwrap();
    assert!(store.stock(store.part).await.contains(&("B1".to_owned(), 2, 0, 0)));
    create(back(ticket, 2)).await.unwrap();
    store.books_are_clean().await;
}

#[actix_web::test]
async fn only_those_who_keep_the_store_write_such_documents() {
    let store = Store::open().await;
    let draft = store.move_of(store.good, store.second, line(store.part, 1));
    let by_desk = store.reception.call::<CreateStockDoc>(Nothing, Nothing, draft.clone()).await;
    assert_eq!(by_desk.unwrap_err().code(), "forbidden");
    let by_engineer = store.engineer.call::<CreateStockDoc>(Nothing, Nothing, draft.clone()).await;
    assert_eq!(by_engineer.unwrap_err().code(), "forbidden");
    let other = store.app.station("SH01").await;
    let (_, stranger) = store.app.person("stranger", &[Role::Storekeeper], other).await;
    let by_stranger = stranger.call::<CreateStockDoc>(Nothing, Nothing, draft).await;
    assert_eq!(faults(by_stranger), [("/warehouse_id".to_owned(), "reference_not_found".to_owned())]);
}

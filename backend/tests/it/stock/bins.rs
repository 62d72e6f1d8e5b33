//! Bins: where a part lies, on the screen, on paper, and in the order of a count.

use super::{Store, draft, line, price};
use crate::import::{book, report};
use crate::print::printed;
use crate::support::client::{Client, version};
use openapi::document::DocKind;
use openapi::master::customer::CreateCustomer;
use openapi::master::import::{ImportDataset, ImportQuery, ImportReport, StartImport};
use openapi::stock::balance::{ListStock, StockFilter};
use openapi::stock::bin::{Bin, BinFilter, CreateBin, DeleteBin, GetBin, ListBins, UpdateBin};
use openapi::stock::document::{CreateStockDoc, PostStockDoc, StockLineDraft};
use openapi::system::operation::GetOperation;
use openapi::system::print::Paper;
use openapi::{ById, Listing, Nothing, Plain, Quantity, Role};
use serde_json::json;

impl Store {
    async fn bin(&self, product: openapi::master::product::ProductId, code: &str) -> Bin {
        let body = json!({"warehouse_id": self.good, "product_id": product, "code": code});
        self.keeper.call::<CreateBin>(Nothing, Nothing, serde_json::from_value(body).unwrap()).await.unwrap()
    }

    async fn bins_of(&self, by: &Client) -> Vec<(String, String, i64)> {
        let query = Listing { page: Default::default(), filter: BinFilter::default() };
        let page = by.call::<ListBins>(Nothing, query, Nothing).await.unwrap();
        page.items.into_iter().map(|b| (b.code.into(), b.product_code.into(), b.on_hand.0 / 1000)).collect()
    }

    async fn import_bins(&self, by: &Client, rows: &[&[&str]]) -> ImportReport {
        let query =
            ImportQuery { dataset: ImportDataset::Bin, is_dry_run: false, file_name: "bins.xlsx".parse().unwrap() };
        let bytes = book(&["仓库编码*", "物料编码*", "库位*", "备注"], rows);
        let queued = by.call::<StartImport>(Nothing, Plain(query), bytes).await.unwrap();
        let (_stopper, stop) = platform::stop::stop();
        while platform::job::one(&self.app.app, "test", &stop).await.unwrap() {}
        report(&by.call::<GetOperation>(ById { id: queued.id }, Nothing, Nothing).await.unwrap())
    }
}

/// Proves: S1j-2.6b
#[actix_web::test]
async fn a_dealers_part_has_its_bin_on_the_screen_on_paper_and_in_the_order_of_a_count() {
    let store = Store::open().await;
    // the station is a dealer's own
    let dealer = json!({"name": "城西授权维修", "kind": "company", "phone": "13600136000", "roles": ["dealer"],
        "runs_org_id": store.station});
    let dealer = serde_json::from_value(dealer).unwrap();
    let dealer = store.headquarters.call::<CreateCustomer>(Nothing, Nothing, dealer).await.unwrap();
    assert_eq!(dealer.runs_org_id, Some(store.station.into()));
    let battery = super::product(&store.app, "BT-3001", "电池", false).await;
    let (far, _) = (store.bin(store.part, "C-02-01").await, store.bin(battery, "B-01-07").await);
    assert_eq!((far.version, &*far.warehouse_name, far.on_hand), (1, "G1", Quantity::ZERO));
    let lines = [(store.part, 5, None), (battery, 3, None), (store.board, 1, Some("BD-7"))];
    for (product, count, serial) in lines {
        let serial = serial.map(|text: &str| text.parse().unwrap());
        let there = StockLineDraft { serial, unit_cost: Some(price("10")), ..line(product, count) };
        store.post(draft(DocKind::StockIn, store.good, there)).await.unwrap();
    }
    let listed = store.bins_of(&store.keeper).await;
    let rows = |rows: &[(&str, &str, i64)]| -> Vec<(String, String, i64)> {
        rows.iter().map(|(bin, part, count)| ((*bin).to_owned(), (*part).to_owned(), *count)).collect()
    };
    assert_eq!(listed, rows(&[("B-01-07", "BT-3001", 3), ("C-02-01", "PA-1001", 5)]));

    // the same stock, with the shelf beside it
    let query = Listing { page: Default::default(), filter: StockFilter::default() };
    let stock = store.keeper.call::<ListStock>(Nothing, query, Nothing).await.unwrap().items;
    let bin_of = |code: &str| stock.iter().find(|row| &*row.product_code == code).and_then(|row| row.bin.clone());
    assert_eq!(bin_of("PA-1001").as_deref(), Some("C-02-01"));
    assert_eq!(bin_of("BD-2001"), None);

    // who fetches goes from shelf to shelf, and last to what has no place
    let mut out = draft(DocKind::StockOut, store.good, line(battery, 1));
    out.lines.extend([
        line(store.part, 2),
        StockLineDraft { serial: Some("BD-7".parse().unwrap()), ..line(store.board, 1) },
    ]);
    let out = store.keeper.call::<CreateStockDoc>(Nothing, Nothing, out).await.unwrap();
    let paper = printed(&store.keeper, DocKind::StockOut, out.id.uuid(), Paper::A4).await.unwrap();
    let at = |text: &str| paper.find(text).unwrap_or_else(|| panic!("{text} is not on {paper}"));
    assert!(at("B-01-07") < at("C-02-01") && at("C-02-01") < at("BD-2001"));

    // and so does who counts
    let counted = store.begin().await;
    let order: Vec<_> = counted.lines.iter().map(|l| (l.bin.clone().map(String::from), &*l.product_code)).collect();
    let (b, c) = (Some("B-01-07".to_owned()), Some("C-02-01".to_owned()));
    assert_eq!(order, [(b, "BT-3001"), (c, "PA-1001")], "what has a serial is scanned, not looked for");
}

#[actix_web::test]
async fn a_part_has_one_bin_in_a_warehouse_which_its_station_changes_and_takes_away() {
    let store = Store::open().await;
    let bin = store.bin(store.part, "A-1").await;
    let body = |code: &str, product| {
        serde_json::from_value(json!({"warehouse_id": store.good, "product_id": product, "code": code})).unwrap()
    };
    let taken = store.keeper.call::<CreateBin>(Nothing, Nothing, body("A-2", store.part)).await.unwrap_err();
    assert_eq!(taken.errors(), [("/product_id", "taken")]);
    let path = || ById { id: bin.id };
    let moved =
        store.keeper.call_with::<UpdateBin>(path(), Nothing, body("A-2", store.part), version(1)).await.unwrap();
    assert_eq!((&*moved.code, moved.version), ("A-2", 2));
    let other = store.keeper.call_with::<UpdateBin>(path(), Nothing, body("A-2", store.board), version(2)).await;
    assert_eq!(other.unwrap_err().errors(), [("/product_id", "unknown_value")]);
    let stale = store.keeper.call_with::<UpdateBin>(path(), Nothing, body("A-3", store.part), version(1)).await;
    assert_eq!(stale.unwrap_err().status, 412);

    // another station neither sees nor fills these shelves
    let away = store.app.station("SH01").await;
    let (_, stranger) = store.app.person("stranger", &[Role::Storekeeper], away).await;
    assert_eq!(stranger.call::<GetBin>(path(), Nothing, Nothing).await.unwrap_err().status, 404);
    assert!(store.bins_of(&stranger).await.is_empty());
    let refused = stranger.call::<CreateBin>(Nothing, Nothing, body("X-1", store.board)).await.unwrap_err();
    assert_eq!(refused.errors(), [("/warehouse_id", "reference_not_found")]);

    store.keeper.call_with::<DeleteBin>(path(), Nothing, Nothing, version(2)).await.unwrap();
    assert_eq!(store.keeper.call::<GetBin>(path(), Nothing, Nothing).await.unwrap_err().status, 404);
    assert_eq!(store.bin(store.part, "A-9").await.version, 1, "free for a new one");
}

#[actix_web::test]
async fn a_workbook_of_bins_fills_the_shelves_and_marks_what_is_unknown() {
    let store = Store::open().await;
    store.bin(store.part, "OLD").await;
    let wrong: &[&[&str]] = &[
        &["G1", "PA-1001", "A-1", ""],
        &["NO", "PA-1001", "A-1", ""],
        &["G1", "NO-SUCH", "A-1", ""],
        &["G1", "pa-1001", "A-2", ""],
        &["G2", "PA-1001", "", ""],
    ];
    let (_, manager) = store.app.person("manager", &[Role::StationManager], store.station).await;
    let refused = store.import_bins(&manager, wrong).await;
    let faults: Vec<_> = refused.faults.iter().map(|fault| (fault.row, &*fault.column)).collect();
    assert_eq!(faults, [(3, "仓库编码*"), (4, "物料编码*"), (5, "物料编码*"), (6, "库位*")]);
    assert_eq!(store.bins_of(&store.keeper).await.len(), 1, "all or nothing");

    let good: &[&[&str]] =
        &[&["G1", "PA-1001", "A-1", "上层"], &["G1", "bd-2001", "A-1", ""], &["G2", "PA-1001", "Z-9", ""]];
    assert_eq!(store.import_bins(&manager, good).await.bad_rows, 0);
    let codes: Vec<_> = store.bins_of(&store.keeper).await.into_iter().map(|(bin, part, _)| (bin, part)).collect();
    let expected = [("A-1", "BD-2001"), ("A-1", "PA-1001"), ("Z-9", "PA-1001")];
    // by bin; of one bin the latest parts come last
    let mut codes = codes;
    codes.sort();
    assert_eq!(codes, expected.map(|(bin, part)| (bin.to_owned(), part.to_owned())), "the old bin was changed");
}

/// Proves: S1o-0
#[actix_web::test]
async fn a_line_without_a_quantity_is_one_piece() {
    let store = Store::open().await;
    let pieces: Vec<_> = (0..10).map(|_| json!({"product_id": store.part, "unit_cost": "8"})).collect();
    let body = json!({"kind": "stock_in", "reason": "other", "warehouse_id": store.good, "lines": pieces});
    let made =
        store.keeper.call::<CreateStockDoc>(Nothing, Nothing, serde_json::from_value(body).unwrap()).await.unwrap();
    assert!(made.lines.iter().all(|line| line.quantity == Quantity::ONE));
    let path = ById { id: made.id };
    let posted = store.keeper.call_with::<PostStockDoc>(path, Nothing, Nothing, version(1)).await.unwrap();
    assert_eq!((posted.lines.len(), posted.moves.len(), posted.total_quantity), (10, 10, Quantity::pieces(10)));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 10, 0, 80_00)]);
    store.books_are_clean().await;
}

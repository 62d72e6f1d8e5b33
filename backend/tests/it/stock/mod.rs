//! Stories of the store room.

mod analysis;
mod bins;
mod concurrency;
pub mod conversion;
mod documents;
mod enquiry;
mod load;
mod plan;
mod plan_orders;
mod refurb;
pub mod revaluation;
pub mod reversal;
mod simulation;
pub mod stocktake;
pub mod store_documents;
mod swap;
mod tickets;
pub mod transfer;
mod turnover;

use crate::support::TestApp;
use crate::support::client::{Client, Refused, version};
use openapi::document::DocKind;
use openapi::identity::UserId;
use openapi::master::product::{ProductDraft, ProductId, ProductKind};
use openapi::master::warehouse::{WarehouseDraft, WarehouseId, WarehouseKind};
use openapi::stock::balance::{ListStock, StockBalance, StockFilter};
use openapi::stock::document::{
    CreateStockDoc, PostStockDoc, ReverseStockDoc, StockDoc, StockDocDraft, StockLineDraft, StockReason, StockReversal,
};
use openapi::{ById, Listing, Nothing, Quantity, Role, Timestamp, UnitPrice};
use uuid::Uuid;

/// One station with two warehouses, a plain part, a part tracked by serial, and the people who handle them.
pub struct Store {
    pub app: TestApp,
    pub station: Uuid,
    pub keeper: Client,
    pub engineer: Client,
    pub engineer_id: UserId,
    pub reception: Client,
    pub accountant: Client,
    pub headquarters: Client,
    pub good: WarehouseId,
    pub second: WarehouseId,
    pub bad: WarehouseId,
    pub part: ProductId,
    pub board: ProductId,
}

impl Store {
    pub async fn open() -> Self {
        let app = TestApp::start().await;
        let station = app.station("HZ01").await;
        let root = app.headquarters().await;
        let (_, keeper) = app.person("keeper", &[Role::Storekeeper], station).await;
        let (engineer_id, engineer) = app.person("engineer", &[Role::Engineer], station).await;
        let (_, reception) = app.person("reception", &[Role::Reception], station).await;
        let (_, accountant) = app.person("accountant", &[Role::Accountant], root).await;
        let (_, headquarters) = app.person("headoffice", &[Role::Headquarters], root).await;
        let good = warehouse(&app, station, "G1", WarehouseKind::Good).await;
        let second = warehouse(&app, station, "G2", WarehouseKind::Good).await;
        let bad = warehouse(&app, station, "B1", WarehouseKind::Bad).await;
        let part = product(&app, "PA-1001", "屏幕总成", false).await;
        let board = product(&app, "BD-2001", "主板", true).await;
        let engineer_id = engineer_id.into();
        Store {
            app,
            station,
            keeper,
            engineer,
            engineer_id,
            reception,
            accountant,
            headquarters,
            good,
            second,
            bad,
            part,
            board,
        }
    }

    /// Writes and posts a document.
    pub async fn post(&self, draft: StockDocDraft) -> Result<StockDoc, Refused> {
        let made = self.headquarters.call::<CreateStockDoc>(Nothing, Nothing, draft).await?;
        let path = ById { id: made.id };
        self.headquarters.call_with::<PostStockDoc>(path, Nothing, Nothing, version(made.version)).await
    }

    /// Brings plain parts in at a cost.
    pub async fn buy(&self, count: i64, cost: &str) -> StockDoc {
        self.post(self.stock_in(count, cost)).await.unwrap()
    }

    pub fn stock_in(&self, count: i64, cost: &str) -> StockDocDraft {
        let line = StockLineDraft { unit_cost: Some(price(cost)), ..line(self.part, count) };
        StockDocDraft { reason: Some(StockReason::Purchase), ..draft(DocKind::StockIn, self.good, line) }
    }

    pub fn stock_out(&self, count: i64) -> StockDocDraft {
        draft(DocKind::StockOut, self.good, line(self.part, count))
    }

    pub async fn reverse(&self, doc: &StockDoc) -> Result<StockDoc, Refused> {
        self.reverse_with(doc, &[]).await
    }

    /// Together with these later documents.
    pub async fn reverse_with(&self, doc: &StockDoc, with: &[&str]) -> Result<StockDoc, Refused> {
        let with = with.iter().map(|number| number.parse().unwrap()).collect();
        let reason = StockReversal { reason: "录入错误".parse().unwrap(), with };
        let path = ById { id: doc.id };
        self.headquarters.call_with::<ReverseStockDoc>(path, Nothing, reason, version(doc.version)).await
    }

    /// What lies of a product, by place name: on hand, reserved, value in fen.
    pub async fn stock(&self, product: ProductId) -> Vec<(String, i64, i64, i64)> {
        let filter = StockFilter { product_id: Some(product), include_empty: Some(true), ..Default::default() };
        let query = Listing { page: Default::default(), filter };
        let page = self.headquarters.call::<ListStock>(Nothing, query, Nothing).await.unwrap();
        let row = |row: StockBalance| {
            let name = row.place.name.map(String::from).unwrap_or_default();
            (name, row.on_hand.0 / 1000, row.reserved.0 / 1000, row.value.unwrap().0)
        };
        let mut rows: Vec<_> = page.items.into_iter().map(row).collect();
        rows.sort();
        rows
    }

    /// Every rule of both ledgers holds.
    pub async fn books_are_clean(&self) {
        let checks = self.app.as_system(async |tx| backend::modules::invariants(tx).await).await;
        let broken: Vec<_> = checks.iter().filter(|check| !check.violations.is_empty()).collect();
        assert!(broken.is_empty(), "{broken:#?}");
    }
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn price(text: &str) -> UnitPrice {
    text.parse().unwrap()
}

pub fn line(product: ProductId, count: i64) -> StockLineDraft {
    let quantity = Quantity::pieces(count);
    StockLineDraft {
        product_id: product,
        serial: None,
        condition: None,
        to_condition: None,
        owner: None,
        quantity,
        unit_cost: None,
        remark: None,
    }
}

pub fn draft(kind: DocKind, warehouse: WarehouseId, line: StockLineDraft) -> StockDocDraft {
    StockDocDraft {
        kind,
        reason: None,
        warehouse_id: warehouse,
        to_warehouse_id: None,
        engineer_id: None,
        witness_id: None,
        ticket_id: None,
        effective_at: None,
        reference: None,
        remark: None,
        lines: vec![line],
        post: false,
    }
}

pub async fn warehouse(app: &TestApp, station: Uuid, code: &str, kind: WarehouseKind) -> WarehouseId {
    let new = || WarehouseDraft {
        org_id: Some(station.into()),
        code: code.parse().unwrap(),
        name: code.parse().unwrap(),
        kind,
        manager_id: None,
        address: None,
        remark: None,
    };
    app.as_system(async |tx| master::api::add_warehouse(tx, new()).await).await
}

pub async fn product(app: &TestApp, code: &str, name: &str, is_serial_tracked: bool) -> ProductId {
    let new = || ProductDraft {
        code: code.parse().unwrap(),
        name: name.parse().unwrap(),
        kind: ProductKind::Part,
        brand_id: None,
        category_id: None,
        model: None,
        uom: "个".parse().unwrap(),
        is_serial_tracked,
        returns_old_part: true,
        is_claimable: true,
        has_three_guarantees: false,
        warranty_months: 3,
        standard_cost: None,
        wholesale_price: price("80"),
        retail_price: price("120"),
        warranty_price: price("70"),
        applicable_models: Vec::new(),
        remark: None,
    };
    app.as_system(async |tx| master::api::add_product(tx, new()).await).await
}

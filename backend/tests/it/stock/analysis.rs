//! What was used, what will be needed, where there is too much; how old and how valuable stock is.

use super::{Store, draft, line, price, warehouse};
use crate::support::client::Client;
use crate::support::workbook::rows_of;
use chrono::Duration;
use openapi::document::DocKind;
use openapi::master::warehouse::{WarehouseId, WarehouseKind};
use openapi::stock::analysis::{
    AgeQuery, AnalysisQuery, DemandPattern, GetStockAge, GetStockAnalysis, GetStockHistory, GetSupplyAdvice, StockNeed,
    StockVerdict,
};
use openapi::stock::document::{StockDocDraft, StockLineDraft};
use openapi::stock::transfer::CreateTransfer;
use openapi::system::export::ExportList;
use openapi::{Money, Nothing, Plain, Quantity};
use serde_json::json;

impl Store {
    fn days_ago(&self, days: i64) -> Option<openapi::Timestamp> {
        Some((platform::Clock::now(&*self.app.clock) - Duration::days(days)).into())
    }

    pub async fn came(&self, at: WarehouseId, count: i64, days: i64) {
        let bought = StockLineDraft { unit_cost: Some(price("10")), ..line(self.part, count) };
        let effective_at = self.days_ago(days);
        self.post(StockDocDraft { effective_at, ..draft(DocKind::StockIn, at, bought) }).await.unwrap();
    }

    pub async fn engineer(&self, kind: DocKind, count: i64, days: i64) -> openapi::stock::document::StockDoc {
        let (effective_at, engineer_id) = (self.days_ago(days), Some(self.engineer_id));
        let new = StockDocDraft { effective_at, engineer_id, ..draft(kind, self.good, line(self.part, count)) };
        self.post(new).await.unwrap()
    }

    async fn needs(&self, by: &Client, query: AnalysisQuery) -> Vec<StockNeed> {
        by.call::<GetStockAnalysis>(Nothing, Plain(query), Nothing).await.unwrap().items
    }
}

/// Proves: S4-11.6, S1h-6
#[actix_web::test]
async fn shortage_and_overstock_follow_from_use_and_become_drafts() {
    let store = Store::open().await;
    store.came(store.good, 122, 364).await;
    for period in 0..12 {
        store.engineer(DocKind::EngineerIssue, 10, 15 + 30 * period).await;
    }
    // what was reversed was no use, and what came back neither
    let wrong = store.engineer(DocKind::EngineerIssue, 2, 10).await;
    store.reverse(&wrong).await.unwrap();
    let need = store.needs(&store.keeper, AnalysisQuery::default()).await.remove(0);
    assert_eq!(need.periods, [Quantity::pieces(10); 12]);
    assert_eq!((need.consumed, need.pattern), (Quantity::pieces(120), DemandPattern::Smooth));
    assert_eq!((need.forecast, need.lasts_days), (Quantity::pieces(10), Some(6)));
    // ten in thirty days: seven days until more comes, forty-five to cover
    assert_eq!((need.least, need.target), (Quantity::pieces(3), Quantity::pieces(18)));
    assert_eq!((need.verdict, need.shortage), (StockVerdict::Shortage, Quantity::pieces(16)));
    assert_eq!(need.value, Some(Money(20_00)));
    let longer = AnalysisQuery { cover_days: Some(90), ..Default::default() };
    assert_eq!(store.needs(&store.keeper, longer).await[0].target, Quantity::pieces(33));
    let absurd = AnalysisQuery { cycle_days: Some(1), ..Default::default() };
    let refused = store.keeper.call::<GetStockAnalysis>(Nothing, Plain(absurd), Nothing).await.unwrap_err();
    assert_eq!(refused.errors(), [("?cycle_days", "out_of_range")]);

    let alone = store.keeper.call::<GetSupplyAdvice>(Nothing, Plain(AnalysisQuery::default()), Nothing).await.unwrap();
    let asked = &alone.items[0];
    assert_eq!((asked.warehouse_id, asked.quantity), (None, Quantity::pieces(16)), "a station asks above");
    assert_eq!(asked.supplier_id.uuid(), store.app.headquarters().await);

    let other = store.app.station("SH01").await;
    let away = warehouse(&store.app, other, "F1", WarehouseKind::Good).await;
    store.came(away, 12, 200).await;
    let idle = AnalysisQuery { org_id: Some(other.into()), ..Default::default() };
    let idle = store.needs(&store.headquarters, idle).await.remove(0);
    assert_eq!((idle.verdict, idle.surplus), (StockVerdict::Idle, Quantity::pieces(12)));
    assert_eq!(store.needs(&store.keeper, AnalysisQuery::default()).await.len(), 1, "a station sees its own");
    let advice = store.headquarters.call::<GetSupplyAdvice>(Nothing, Plain(AnalysisQuery::default()), Nothing).await;
    let advice = advice.unwrap().items;
    let shown: Vec<_> = advice.iter().map(|a| (a.warehouse_id, a.quantity.0 / 1000)).collect();
    assert_eq!(shown, [(Some(away), 12), (None, 4)]);
    let send = json!({"warehouse_id": advice[0].warehouse_id, "to_org_id": advice[0].org_id,
        "lines": [{"product_id": advice[0].product_id, "quantity": advice[0].quantity}]});
    let send = serde_json::from_value(send).unwrap();
    let sent = store.headquarters.call::<CreateTransfer>(Nothing, Nothing, send).await.unwrap();
    assert_eq!(sent.lines[0].quantity, Quantity::pieces(12));
}

/// Proves: S1e-4.3.2
#[actix_web::test]
async fn the_oldest_leaves_first_and_what_stays_has_an_age_and_a_worth() {
    let store = Store::open().await;
    store.came(store.good, 5, 103).await;
    store.came(store.good, 3, 1).await;
    store.post(store.stock_out(2)).await.unwrap();
    let aged = store.keeper.call::<GetStockAge>(Nothing, Plain(AgeQuery::default()), Nothing).await.unwrap().items;
    let row = &aged[0];
    let ages = [row.to_30, row.to_90, row.to_180, row.to_365, row.older].map(|q| q.0 / 1000);
    assert_eq!((row.quantity, ages), (Quantity::pieces(6), [3, 0, 3, 0, 0]));
    assert_eq!(row.value, Some(Money(60_00)));
    let hidden = store.reception.call::<GetStockAge>(Nothing, Plain(AgeQuery::default()), Nothing).await.unwrap();
    assert_eq!(hidden.items[0].value, None);

    let history = store.keeper.call::<GetStockHistory>(Nothing, Plain(AgeQuery::default()), Nothing).await.unwrap();
    let worth: Vec<_> = history.items.iter().map(|w| w.value.unwrap().0).collect();
    assert_eq!(worth, [0, 0, 0, 0, 0, 0, 0, 0, 0, 50_00, 50_00, 50_00, 60_00], "August to now");

    let asked = json!({"operation": "getStockAge", "title": "库龄",
        "columns": [{"field": "product_code", "label": "编码"}, {"field": "to_180", "label": "91–180"}]});
    let file = store.keeper.call::<ExportList>(Nothing, Nothing, serde_json::from_value(asked).unwrap()).await.unwrap();
    assert_eq!(rows_of(&file.bytes).len(), 2, "a heading and a row");
    let forbidden =
        json!({"operation": "getStockAnalysis", "title": "x", "columns": [{"field": "value", "label": "v"}]});
    let forbidden = serde_json::from_value(forbidden).unwrap();
    assert_eq!(store.reception.call::<ExportList>(Nothing, Nothing, forbidden).await.unwrap_err().status, 403);
}

//! Bins from a workbook: a row for each part and warehouse. A part that has its bin is put into the new one.

use super::bin;
use openapi::Issue;
use openapi::master::product::ProductId;
use openapi::master::warehouse::WarehouseId;
use openapi::problem::field;
use openapi::stock::bin::BinDraft;
use platform::sheet::import::Dataset;
use platform::sheet::{Column, Row, Sheet};
use platform::{ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{HashMap, HashSet};

/// The dataset.
pub struct BinBook;

/// What rows refer to.
pub struct Known {
    /// Products by code in capital letters.
    products: HashMap<String, ProductId>,
    /// Warehouses in reach by code; none where several stations use the code.
    warehouses: HashMap<String, Option<WarehouseId>>,
    /// The rows before.
    seen: HashSet<(WarehouseId, ProductId)>,
}

impl Dataset for BinBook {
    const COLUMNS: &'static [Column] = &[
        Column::new("warehouse", "仓库编码", "Warehouse code", "W1").required(),
        Column::new("product", "物料编码", "Item code", "LCD-P60").required(),
        Column::new("code", "库位", "Bin", "A-01-03").required(),
        Column::new("remark", "备注", "Remark", ""),
    ];
    type Draft = BinDraft;
    type Known = Known;

    async fn known(tx: &ReadTx, sheet: &Sheet) -> Result<Known> {
        let codes = |key| sheet.column(Self::COLUMNS, key).map(str::to_owned).collect::<Vec<_>>();
        let found = master::api::products_called(tx, &codes("product")).await?;
        let products = found.into_iter().filter(|p| p.is_active).map(|p| (p.code.to_uppercase(), p.id)).collect();
        let mut warehouses = HashMap::new();
        for (code, id) in master::api::warehouses_coded(tx, &codes("warehouse")).await? {
            warehouses.entry(code).and_modify(|one| *one = None).or_insert(Some(id));
        }
        Ok(Known { products, warehouses, seen: HashSet::new() })
    }

    fn draft(row: &mut Row<'_>, known: &mut Known) -> Option<BinDraft> {
        let found = known.warehouses.get(row.text("warehouse")).copied().flatten();
        let warehouse = named(row, "warehouse", found);
        let found = known.products.get(&row.text("product").to_uppercase()).copied();
        let product = named(row, "product", found);
        let (code, remark) = (row.need("code"), row.may("remark"));
        let draft = BinDraft { warehouse_id: warehouse?, product_id: product?, code: code?, remark };
        if !known.seen.insert((draft.warehouse_id, draft.product_id)) {
            row.blame("product", Issue::new(field::DUPLICATE));
        }
        Some(draft).filter(|_| row.issues.is_empty())
    }

    async fn apply(tx: &Tx, draft: BinDraft) -> Result<()> {
        let there = bin::Entity::find()
            .filter(bin::Column::WarehouseId.eq(draft.warehouse_id.uuid()))
            .filter(bin::Column::ProductId.eq(draft.product_id.uuid()))
            .one(tx.conn())
            .await?;
        match there {
            None => super::add(tx, draft).await.map(|_| ()),
            Some(row) => {
                let before = tx.lock::<bin::Entity>(row.id).await?;
                super::change(tx, before, draft).await.map(|_| ())
            }
        }
    }
}

/// What a cell names; one that names nothing is marked.
fn named<T>(row: &mut Row<'_>, key: &'static str, found: Option<T>) -> Option<T> {
    if found.is_none() {
        let issue = if row.text(key).is_empty() { field::REQUIRED } else { field::REFERENCE_NOT_FOUND };
        row.blame(key, Issue::new(issue));
    }
    found
}

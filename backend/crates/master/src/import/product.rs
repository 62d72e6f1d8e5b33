//! Products and parts.

use crate::{dictionary, product};
use openapi::master::dictionary::{DictionaryEntryId, DictionaryKind};
use openapi::master::product::{ProductDraft, ProductKind};
use openapi::problem::field;
use openapi::{Issue, ItemCode, Text, UnitPrice, check};
use platform::sheet::import::Dataset;
use platform::sheet::{Column, Row, Sheet};
use platform::{ReadTx, Result, Tx};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The dataset.
pub struct Products;

/// What rows refer to.
pub struct Known {
    brands: HashMap<String, Uuid>,
    categories: HashMap<String, Uuid>,
    codes: HashSet<String>,
}

impl Dataset for Products {
    const COLUMNS: &'static [Column] = &[
        Column::new("code", "编码", "Code", "LCD-P60").required(),
        Column::new("name", "名称", "Name", "P60 屏幕总成").required(),
        Column::new("kind", "类型", "Type", "主机 / 主板 / 配件 / 附件 / 耗材 / 服务").required(),
        Column::new("brand", "品牌", "Brand", "华为"),
        Column::new("category", "类别", "Category", "手机"),
        Column::new("model", "型号", "Model", "P60"),
        Column::new("uom", "单位", "Unit", "个"),
        Column::new("is_serial_tracked", "按序列号管理", "Tracked by serial number", "是 / 否"),
        Column::new("returns_old_part", "旧件须返还", "Old part must come back", "是 / 否"),
        Column::new("is_claimable", "厂家可索赔", "Claimable", "是 / 否"),
        Column::new("has_three_guarantees", "适用三包", "Three guarantees apply", "是 / 否"),
        Column::new("warranty_months", "保修月数", "Months of warranty", "12"),
        Column::new("standard_cost", "标准成本", "Standard cost", "260.00"),
        Column::new("wholesale_price", "批发价", "Wholesale price", "300.00"),
        Column::new("retail_price", "零售价", "Retail price", "480.00").required(),
        Column::new("warranty_price", "保内结算价", "Warranty price", "350.00"),
        Column::new("applicable_models", "适用机型", "Fits models", "P60, P60 Pro"),
        Column::new("remark", "备注", "Remark", ""),
    ];
    type Draft = ProductDraft;
    type Known = Known;

    async fn known(tx: &ReadTx, sheet: &Sheet) -> Result<Known> {
        let codes = sheet.column(Self::COLUMNS, "code").map(str::to_uppercase);
        Ok(Known {
            brands: dictionary::queries::spelled(tx, DictionaryKind::Brand).await?,
            categories: dictionary::queries::spelled(tx, DictionaryKind::ProductCategory).await?,
            codes: product::queries::coded(tx, codes).await?.into_keys().collect(),
        })
    }

    fn draft(row: &mut Row<'_>, known: &mut Known) -> Option<ProductDraft> {
        let (code, name, kind): (Option<ItemCode>, _, Option<ProductKind>) =
            (row.need("code"), row.need("name"), row.choice("kind", None));
        let brand_id = entry(row, "brand", &known.brands);
        let category_id = entry(row, "category", &known.categories);
        let retail_price = price(row, "retail_price").or_else(|| missing(row));
        if let Some(code) = code.as_deref()
            && !known.codes.insert(code.to_owned())
        {
            row.blame("code", Issue::new(field::TAKEN));
        }
        Some(ProductDraft {
            brand_id,
            category_id,
            model: row.may("model"),
            uom: row.may("uom").unwrap_or_else(|| Text::stored("个".to_owned())),
            is_serial_tracked: row.yes("is_serial_tracked"),
            returns_old_part: row.yes("returns_old_part"),
            is_claimable: row.yes("is_claimable"),
            has_three_guarantees: row.yes("has_three_guarantees"),
            warranty_months: row.count("warranty_months", 240, 0),
            standard_cost: price(row, "standard_cost"),
            wholesale_price: price(row, "wholesale_price").unwrap_or_default(),
            warranty_price: price(row, "warranty_price").unwrap_or_default(),
            applicable_models: models(row),
            remark: row.may("remark"),
            code: code?,
            name: name?,
            kind: kind?,
            retail_price: retail_price?,
        })
        .filter(|_| row.issues.is_empty())
    }

    async fn apply(tx: &Tx, draft: ProductDraft) -> Result<()> {
        product::add(tx, draft).await.map(|_| ())
    }
}

fn missing(row: &mut Row<'_>) -> Option<UnitPrice> {
    if row.text("retail_price").is_empty() {
        row.blame("retail_price", Issue::new(field::REQUIRED));
    }
    None
}

fn price(row: &mut Row<'_>, key: &str) -> Option<UnitPrice> {
    let price: UnitPrice = row.may(key)?;
    if check::price(&price).is_err() {
        row.blame(key, Issue::new(field::OUT_OF_RANGE).with("min", 0).with("max", check::MAX_PRICE));
    }
    Some(price)
}

/// An entry by code or name.
fn entry(row: &mut Row<'_>, key: &str, known: &HashMap<String, Uuid>) -> Option<DictionaryEntryId> {
    let text = row.text(key).to_lowercase();
    if text.is_empty() {
        return None;
    }
    let found = known.get(&text).map(|id| (*id).into());
    if found.is_none() {
        row.blame(key, Issue::new(field::REFERENCE_NOT_FOUND));
    }
    found
}

fn models(row: &mut Row<'_>) -> Vec<Text<60>> {
    let parts =
        row.text("applicable_models").split([',', '，', '、', ';', '；']).map(str::trim).filter(|m| !m.is_empty());
    let mut models: Vec<Text<60>> = Vec::new();
    for part in parts {
        match part.parse() {
            Ok(model) if !models.contains(&model) => models.push(model),
            Ok(_) => {}
            Err(issue) => row.blame("applicable_models", issue),
        }
    }
    models
}

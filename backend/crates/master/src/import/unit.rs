//! Units.

use crate::{customer, product, unit};
use openapi::master::PRODUCT_NOT_A_UNIT;
use openapi::master::product::ProductKind;
use openapi::master::unit::UnitDraft;
use openapi::problem::field;
use openapi::{Issue, Phone, Serial};
use platform::sheet::import::Dataset;
use platform::sheet::{Column, Row, Sheet};
use platform::{ReadTx, Result, Tx};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The dataset.
pub struct Units;

/// What rows refer to.
pub struct Known {
    /// Code → id, kind and brand.
    products: HashMap<String, (Uuid, String, Option<Uuid>)>,
    /// Phone → customers.
    customers: HashMap<String, Vec<Uuid>>,
    /// Brand and serial of what is recorded, and of the rows before.
    serials: HashSet<(Uuid, String)>,
}

impl Dataset for Units {
    const COLUMNS: &'static [Column] = &[
        Column::new("serial", "序列号/IMEI", "Serial or IMEI", "490154203237518").required(),
        Column::new("product", "产品编码", "Product code", "P60").required(),
        Column::new("customer", "机主手机", "Mobile of the owner", "13800138000"),
        Column::new("sold_on", "售出日期", "Sold on", "2026-03-15"),
        Column::new("manufactured_on", "出厂日期", "Made on", "2026-01-08"),
        Column::new("extended_until", "延保至", "Extended until", "2028-03-15"),
        Column::new("dealer", "经销商", "Dealer", ""),
        Column::new("invoice_no", "发票号", "Invoice number", ""),
        Column::new("colour", "颜色", "Colour", ""),
        Column::new("sw_version", "软件版本", "Software version", ""),
        Column::new("remark", "备注", "Remark", ""),
    ];
    type Draft = UnitDraft;
    type Known = Known;

    async fn known(tx: &ReadTx, sheet: &Sheet) -> Result<Known> {
        let codes = sheet.column(Self::COLUMNS, "product").map(str::to_uppercase);
        let phones = sheet.column(Self::COLUMNS, "customer").filter_map(|text| text.parse::<Phone>().ok());
        let serials: Vec<String> = sheet.column(Self::COLUMNS, "serial").map(str::to_uppercase).collect();
        Ok(Known {
            products: product::queries::coded(tx, codes).await?,
            customers: customer::queries::by_phone(tx, phones.map(String::from)).await?,
            serials: unit::queries::with_serials(tx, &serials).await?.into_keys().collect(),
        })
    }

    fn draft(row: &mut Row<'_>, known: &mut Known) -> Option<UnitDraft> {
        let serial: Option<Serial> = row.need("serial");
        let product = known.products.get(&row.text("product").to_uppercase()).cloned();
        let unit_kind = <ProductKind as openapi::choice::Choice>::as_str(ProductKind::Unit);
        match &product {
            None => row.blame("product", Issue::new(field::REFERENCE_NOT_FOUND)),
            Some((_, kind, _)) if kind != unit_kind => row.blame("product", Issue::new(PRODUCT_NOT_A_UNIT)),
            Some((_, _, brand)) => {
                let key = brand.zip(serial.as_ref().map(|s| s.to_string()));
                if key.is_some_and(|key| !known.serials.insert(key)) {
                    row.blame("serial", Issue::new(field::TAKEN));
                }
            }
        }
        let customer_id = owner(row, known);
        let draft = UnitDraft {
            customer_id: customer_id.map(Into::into),
            sold_on: row.day("sold_on"),
            manufactured_on: row.day("manufactured_on"),
            installed_on: None,
            warranty_months: None,
            extended_until: row.day("extended_until"),
            void_reason: None,
            dealer: row.may("dealer"),
            invoice_no: row.may("invoice_no"),
            colour: row.may("colour"),
            sw_version: row.may("sw_version"),
            location: None,
            remark: row.may("remark"),
            serial: serial?,
            product_id: product?.0.into(),
        };
        row.issues.is_empty().then_some(draft)
    }

    async fn apply(tx: &Tx, draft: UnitDraft) -> Result<()> {
        unit::add(tx, draft).await.map(|_| ())
    }
}

/// The owner by phone; two customers with one phone cannot be told apart here.
fn owner(row: &mut Row<'_>, known: &Known) -> Option<Uuid> {
    let phone: Phone = row.may("customer")?;
    match known.customers.get(&*phone).map(Vec::as_slice) {
        Some([one]) => Some(*one),
        Some(_) => {
            row.blame("customer", Issue::new(field::DUPLICATE));
            None
        }
        None => {
            row.blame("customer", Issue::new(field::REFERENCE_NOT_FOUND));
            None
        }
    }
}

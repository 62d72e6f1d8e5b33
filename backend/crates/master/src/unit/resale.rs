//! Units that were refurbished and sold again: the warranty starts again with the sale, and what was before comes back when
//! the sale is taken back.

use super::commands::add;
use super::entity::{resale, unit};
use super::history::{NewUnitEvent, record};
use chrono::NaiveDate;
use openapi::Serial;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::unit::{DocumentLink, UnitDraft, UnitEventKind, UnitStatus};
use platform::doc::lifecycle::stored;
use platform::{Result, Tx};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// A unit that is sold again.
#[derive(Clone, Debug)]
pub struct Resale {
    /// Its product.
    pub product: Uuid,
    /// Its serial.
    pub serial: Serial,
    /// Who buys it, where that is known.
    pub customer: Option<Uuid>,
    /// The day of the sale.
    pub sold_on: NaiveDate,
    /// Months of warranty from that day on.
    pub months: u16,
    /// The sale.
    pub document: DocumentLink,
}

/// Notes the sale of a unit, which is put on file when it is not.
pub async fn sold(tx: &Tx, sale: Resale) -> Result<()> {
    let Resale { product, serial, customer, sold_on, months, document } = sale;
    let before = match on_file(tx, product, &serial).await? {
        Some(row) => tx.lock_other::<unit::Entity>(row.id).await?,
        None => add(tx, blank(product, serial)).await?,
    };
    let row = resale::Model {
        id: platform::new_id(),
        unit_id: before.id,
        source_kind: document.kind.as_str().to_owned(),
        source_id: document.id,
        source_number: document.number,
        created_at: tx.now(),
        customer_id: customer,
        sold_on,
        months: months.into(),
        stands: true,
        customer_before: before.customer_id,
        status_before: before.status.clone(),
        void_before: before.void_reason.clone(),
        resold_on_before: before.resold_on,
        resold_months_before: before.resold_months,
    };
    tx.insert_all::<resale::Entity>([row.clone()]).await?;
    follow(tx, before, &row).await
}

/// The sale of a unit is taken back, or stands again. Nothing when it was not sold again by this document.
pub async fn stands(tx: &Tx, source: Uuid, product: Uuid, serial: &Serial, stands: bool) -> Result<()> {
    let Some(found) = on_file(tx, product, serial).await? else { return Ok(()) };
    let select = resale::Entity::find()
        .filter(resale::Column::SourceId.eq(source))
        .filter(resale::Column::UnitId.eq(found.id))
        .filter(resale::Column::Stands.ne(stands));
    let Some(row) = select.one(tx.conn()).await? else { return Ok(()) };
    let before = tx.lock_other::<unit::Entity>(found.id).await?;
    let row = resale::Model { stands, ..row };
    resale::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    follow(tx, before, &row).await
}

/// The unit as its sale says, or as it was before.
async fn follow(tx: &Tx, before: unit::Model, by: &resale::Model) -> Result<()> {
    let after = match by.stands {
        true => unit::Model {
            customer_id: by.customer_id,
            status: UnitStatus::InUse.as_str().to_owned(),
            void_reason: None,
            resold_on: Some(by.sold_on),
            resold_months: Some(by.months),
            ..before.clone()
        },
        false => unit::Model {
            customer_id: by.customer_before,
            status: by.status_before.clone(),
            void_reason: by.void_before.clone(),
            resold_on: by.resold_on_before,
            resold_months: by.resold_months_before,
            ..before.clone()
        },
    };
    let row = tx.save::<unit::Entity>(&before, after).await?;
    let kind = if by.stands { UnitEventKind::Sold } else { UnitEventKind::Reversed };
    let document =
        DocumentLink { kind: stored::<DocKind>(&by.source_kind)?, id: by.source_id, number: by.source_number.clone() };
    record(tx, NewUnitEvent { document: Some(document), ..NewUnitEvent::of(&row, kind) }).await
}

async fn on_file(tx: &Tx, product: Uuid, serial: &Serial) -> Result<Option<unit::Model>> {
    let select =
        unit::Entity::find().filter(unit::Column::ProductId.eq(product)).filter(unit::Column::Serial.eq(&**serial));
    Ok(select.one(tx.conn()).await?)
}

/// What is known of a unit that was never on file.
fn blank(product: Uuid, serial: Serial) -> UnitDraft {
    UnitDraft {
        serial,
        product_id: product.into(),
        customer_id: None,
        sold_on: None,
        manufactured_on: None,
        installed_on: None,
        warranty_months: None,
        extended_until: None,
        void_reason: None,
        dealer: None,
        invoice_no: None,
        colour: None,
        sw_version: None,
        location: None,
        remark: None,
    }
}

//! Reads.

use super::entity::unit;
use super::model::{self, Around};
use super::warranty::decide;
use crate::{customer, dictionary, product};
use chrono::NaiveDate;
use openapi::master::CUSTOMER_CONTACT;
use openapi::master::dictionary::{DictionaryEntryId, DictionaryKind};
use openapi::master::unit::{GetUnit, ImeiHint, ListUnits, LookUpUnit, Unit, UnitLookup, UnitMatch, UnitRow};
use openapi::master::warranty::WarrantyDecision;
use openapi::{Page, Serial, ShownPhone};
use platform::db::list::{Shape, page};
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListUnits>) -> Result<Page<UnitRow>> {
    use unit::Column as C;
    let filter = &call.query.filter;
    let mut base = unit::Entity::find();
    let ids = [
        (C::CustomerId, filter.customer_id.map(|id| id.uuid())),
        (C::ProductId, filter.product_id.map(|id| id.uuid())),
        (C::BrandId, filter.brand_id.map(|id| id.uuid())),
    ];
    for (column, id) in ids {
        if let Some(id) = id {
            base = base.filter(column.eq(id));
        }
    }
    if let Some(serial) = &filter.serial {
        base = base.filter(C::Serial.eq(&**serial));
    }
    if let Some(status) = &filter.status {
        base = base.filter(C::Status.is_in(status.0.iter().map(ToString::to_string)));
    }
    if let Some(abnormal) = filter.is_abnormal {
        base = base.filter(C::IsAbnormal.eq(abnormal));
    }
    if let Some(from) = filter.sold_from {
        base = base.filter(C::SoldOn.gte(from.naive()));
    }
    if let Some(to) = filter.sold_to {
        base = base.filter(C::SoldOn.lte(to.naive()));
    }
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("serial", C::Serial)],
        search: &[C::Serial, C::InvoiceNo, C::Dealer],
    };
    let found = page(tx, &call.query, base, &shape).await?;
    let around = around(tx, &found.items).await?;
    found.try_map(|row| model::list_row(row, &around))
}

pub async fn get(tx: &ReadTx, call: Call<GetUnit>) -> Result<Unit> {
    detail(tx, tx.get::<unit::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: unit::Model) -> Result<Unit> {
    let around = around(tx, std::slice::from_ref(&row)).await?;
    model::detail(row, &around)
}

/// What units point at, in a fixed number of statements.
pub async fn around(tx: &ReadTx, rows: &[unit::Model]) -> Result<Around> {
    let product_rows = product::queries::rows(tx, rows.iter().map(|row| row.product_id)).await?;
    let shown = product::queries::products(tx, product_rows.iter().map(|row| row.id)).await?;
    let has_three_guarantees = product_rows.iter().any(|row| row.has_three_guarantees);
    let pair = |row: product::entity::product::Model| shown.get(&row.id).cloned().map(|line| (row.id, (row, line)));
    let mut customers = customer::queries::rows(tx, rows.iter().filter_map(|row| row.customer_id)).await?;
    if !tx.actor().may(CUSTOMER_CONTACT) {
        customers.values_mut().for_each(|row| row.phone = ShownPhone::of(&row.phone, false));
    }
    Ok(Around {
        products: product_rows.into_iter().filter_map(pair).collect(),
        customers,
        components: match has_three_guarantees {
            true => dictionary::queries::in_use(tx, DictionaryKind::Accessory).await?,
            false => Vec::new(),
        },
        today: tx.today(),
    })
}

/// Units in reach with this serial number, one for each brand.
pub async fn with_serial(tx: &ReadTx, serial: &Serial) -> Result<Vec<unit::Model>> {
    Ok(tx
        .select::<unit::Entity>()
        .filter(unit::Column::Serial.eq(&**serial))
        .order_by_asc(unit::Column::Id)
        .limit(50)
        .all(tx.conn())
        .await?)
}

pub async fn look_up(tx: &ReadTx, call: Call<LookUpUnit>) -> Result<UnitLookup> {
    find(tx, call.query.0.serial).await
}

/// A unit, and the warranty state that a ticket on it starts with.
pub async fn with_warranty_state(tx: &ReadTx, row: unit::Model) -> Result<(Unit, Option<DictionaryEntryId>)> {
    let around = around(tx, std::slice::from_ref(&row)).await?;
    let unit = model::detail(row, &around)?;
    let states = dictionary::queries::in_use(tx, DictionaryKind::WarrantyState).await?;
    let code = unit.warranty.verdict.state_code();
    let state = states.iter().find(|state| state.code == code);
    Ok((unit, state.map(|state| state.id.into())))
}

/// What is known about a serial number.
pub async fn find(tx: &ReadTx, serial: Serial) -> Result<UnitLookup> {
    let rows = with_serial(tx, &serial).await?;
    let around = around(tx, &rows).await?;
    let states = dictionary::queries::in_use(tx, DictionaryKind::WarrantyState).await?;
    let mut matches = Vec::new();
    for row in rows {
        let owner = row.customer_id;
        let unit = model::detail(row, &around)?;
        let code = unit.warranty.verdict.state_code();
        let state = states.iter().find(|state| state.code == code);
        matches.push(UnitMatch {
            customer: owner.and_then(|id| around.customers.get(&id).cloned()),
            warranty_state_id: state.map(|state| state.id.into()),
            unit,
        });
    }
    Ok(UnitLookup { imei: ImeiHint::of(&serial), serial, matches })
}

/// Units by id.
pub async fn units(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, UnitRow>> {
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = unit::Entity::find().filter(unit::Column::Id.is_in(ids)).all(tx.conn()).await?;
    let around = around(tx, &rows).await?;
    rows.into_iter().map(|row| Ok((row.id, model::list_row(row, &around)?))).collect()
}

/// The warranty of a unit on a day.
pub async fn warranty_on(tx: &ReadTx, id: Uuid, on: NaiveDate) -> Result<WarrantyDecision> {
    let row = unit::Entity::find_by_id(id).one(tx.conn()).await?.ok_or_else(Failure::not_found)?;
    let around = around(tx, std::slice::from_ref(&row)).await?;
    Ok(decide(&around.terms(&row)?, on))
}

/// Units by brand and serial number.
pub async fn with_serials(tx: &ReadTx, serials: &[String]) -> Result<HashMap<(Uuid, String), Uuid>> {
    let mut found = HashMap::new();
    for part in serials.chunks(500) {
        let rows = unit::Entity::find().filter(unit::Column::Serial.is_in(part)).all(tx.conn()).await?;
        found.extend(rows.into_iter().map(|row| ((row.brand_id, row.serial), row.id)));
    }
    Ok(found)
}

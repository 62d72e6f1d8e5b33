//! Writes.

use super::entity::unit;
use super::history::{NewUnitEvent, record};
use super::{model, queries};
use crate::api::{UnitCorrected, UnitVerified};
use crate::{customer, product};
use openapi::choice::Choice;
use openapi::master::PRODUCT_NOT_A_UNIT;
use openapi::master::customer::CustomerId;
use openapi::master::dictionary::DictionaryEntryId;
use openapi::master::product::{ProductId, ProductKind};
use openapi::master::unit::{
    CreateUnit, PutUnit, Unit, UnitDraft, UnitEventKind, UnitId, UnitStatus, UpdateUnit, VerifyUnit,
};
use openapi::{Date, Issue, Serial};
use platform::doc::external;
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateUnit>) -> Result<Unit> {
    let row = add(tx, call.body).await?;
    queries::detail(tx, row).await
}

/// Adds a unit.
pub(crate) async fn add(tx: &Tx, draft: UnitDraft) -> Result<unit::Model> {
    let brand_id = check(tx, None, &draft).await?;
    insert(tx, brand_id, draft, false).await
}

async fn insert(tx: &Tx, brand_id: Uuid, draft: UnitDraft, is_abnormal: bool) -> Result<unit::Model> {
    let blank = unit::Model {
        org_id: tx.actor().org_id,
        brand_id,
        status: UnitStatus::InUse.as_str().to_owned(),
        is_abnormal,
        ..Default::default()
    };
    let row = tx.create::<unit::Entity>(model::filled(blank, draft)).await?;
    record(tx, NewUnitEvent::of(&row, UnitEventKind::Recorded)).await?;
    note_sale(tx, None, &row).await?;
    Ok(row)
}

pub async fn update(tx: &Tx, call: Call<UpdateUnit>) -> Result<Unit> {
    let before = tx.lock::<unit::Entity>(call.path.id).await?;
    let row = change(tx, before, call.body).await?;
    queries::detail(tx, row).await
}

/// Puts a unit as another system knows it.
pub async fn put(tx: &Tx, call: Call<PutUnit>) -> Result<Unit> {
    let draft = &call.body;
    let make = async || add(tx, draft.clone()).await;
    let row = external::put::<unit::Entity, _>(tx, &call.path, make, async |row| change(tx, row, draft.clone()).await);
    queries::detail(tx, row.await?).await
}

async fn change(tx: &Tx, before: unit::Model, draft: UnitDraft) -> Result<unit::Model> {
    let brand_id = check(tx, Some(&before), &draft).await?;
    let after = unit::Model { brand_id, ..model::filled(before.clone(), draft) };
    let row = tx.save::<unit::Entity>(&before, after).await?;
    let kind = match row.customer_id == before.customer_id {
        true => UnitEventKind::Changed,
        false => UnitEventKind::OwnerChanged,
    };
    let renamed = (row.serial != before.serial).then(|| format!("{} → {}", before.serial, row.serial));
    record(tx, NewUnitEvent { note: renamed, ..NewUnitEvent::of(&row, kind) }).await?;
    note_sale(tx, Some(&before), &row).await?;
    if row.serial == before.serial && row.product_id == before.product_id {
        return Ok(row);
    }
    tell_correction(tx, &row).await?;
    // who puts a serial right has looked at it
    verified(tx, row).await
}

pub async fn verify(tx: &Tx, call: Call<VerifyUnit>) -> Result<Unit> {
    let before = tx.lock::<unit::Entity>(call.path.id).await?;
    let row = verified(tx, before).await?;
    queries::detail(tx, row).await
}

/// Confirms a unit that was recorded from an unknown serial; one that is confirmed stays as it is.
pub async fn confirm(tx: &Tx, id: UnitId) -> Result<()> {
    let before = tx.lock_other::<unit::Entity>(id).await?;
    verified(tx, before).await.map(|_| ())
}

async fn verified(tx: &Tx, before: unit::Model) -> Result<unit::Model> {
    if !before.is_abnormal {
        return Ok(before);
    }
    let row = tx.save::<unit::Entity>(&before, unit::Model { is_abnormal: false, ..before.clone() }).await?;
    record(tx, NewUnitEvent::of(&row, UnitEventKind::Verified)).await?;
    tx.emit(&UnitVerified { unit_id: row.id.into() }).await?;
    Ok(row)
}

/// Tells those who keep serial and product beside the unit.
async fn tell_correction(tx: &Tx, row: &unit::Model) -> Result<()> {
    let product = product::queries::products(tx, [row.product_id]).await?.remove(&row.product_id);
    let event = UnitCorrected {
        unit_id: row.id.into(),
        serial: Serial::stored(row.serial.clone()),
        product_id: row.product_id.into(),
        product_name: product.map(|product| product.name.to_string()).unwrap_or_default(),
    };
    tx.emit(&event).await
}

/// A sale date that is new becomes an event on that day.
async fn note_sale(tx: &Tx, before: Option<&unit::Model>, row: &unit::Model) -> Result<()> {
    let Some(sold) = row.sold_on.filter(|sold| before.and_then(|b| b.sold_on) != Some(*sold)) else { return Ok(()) };
    let at = model::start_of_day(sold, tx.app().config.zone()).unwrap_or_else(|| tx.now());
    record(tx, NewUnitEvent { at: Some(at), ..NewUnitEvent::of(row, UnitEventKind::Sold) }).await
}

/// The dates are possible and what is referred to exists. Returns the brand.
async fn check(tx: &Tx, before: Option<&unit::Model>, draft: &UnitDraft) -> Result<Uuid> {
    let wrong = model::draft_issues(draft, tx.today());
    if !wrong.is_empty() {
        return Err(Failure::fields(wrong));
    }
    let customer = draft.customer_id.map(|id| id.uuid()).filter(|id| before.and_then(|b| b.customer_id) != Some(*id));
    if let Some(id) = customer {
        customer::queries::choose(tx, id, "/customer_id").await?;
    }
    let kept = before.is_some_and(|row| row.product_id == draft.product_id.uuid());
    brand_of(tx, draft.product_id.uuid(), kept).await
}

/// The brand of a main unit in use; `kept` when the unit had this product before.
async fn brand_of(tx: &Tx, product: Uuid, kept: bool) -> Result<Uuid> {
    let found = product::queries::products(tx, [product]).await?.remove(&product);
    let found = found.filter(|p| p.is_active || kept).ok_or_else(|| Failure::not_there("/product_id"))?;
    let brand = found.brand_id.filter(|_| found.kind == ProductKind::Unit);
    brand.map(Into::into).ok_or_else(|| Failure::field("/product_id", Issue::new(PRODUCT_NOT_A_UNIT)))
}

/// What is known of a unit when it is handed in.
#[derive(Clone, Debug)]
pub struct Intake {
    /// Serial number as typed.
    pub serial: Serial,
    /// Product; a main unit.
    pub product_id: ProductId,
    /// Who brings it.
    pub customer_id: CustomerId,
    /// Day of the sale, where the customer can show it.
    pub sold_on: Option<Date>,
    /// Ex-factory date, where it can be read.
    pub manufactured_on: Option<Date>,
}

/// The unit of an intake.
#[derive(Clone, Debug)]
pub struct AtIntake {
    /// The unit.
    pub unit_id: UnitId,
    /// Whether the serial was unknown: the unit was recorded at intake and nobody has verified it yet.
    pub was_unknown: bool,
}

/// The unit of an intake with what a ticket keeps of it.
#[derive(Clone, Debug)]
pub struct HandedIn {
    /// The unit.
    pub unit: Unit,
    /// Whether the serial was unknown.
    pub was_unknown: bool,
    /// The warranty state that fits today.
    pub warranty_state_id: Option<DictionaryEntryId>,
}

/// Finds the unit of an intake, or records it as abnormal; the owner and dates that were missing are filled in.
/// Pointers of its refusals are `/serial`, `/product_id`, `/sold_on`, `/manufactured_on`.
pub async fn at_intake(tx: &Tx, intake: Intake) -> Result<AtIntake> {
    let (row, was_unknown) = taken_in(tx, None, intake).await?;
    Ok(AtIntake { unit_id: row.id.into(), was_unknown })
}

/// The same, and what a ticket keeps of the unit.
pub async fn handed_in(tx: &Tx, intake: Intake) -> Result<HandedIn> {
    let (row, was_unknown) = taken_in(tx, None, intake).await?;
    described(tx, row, was_unknown).await
}

/// The same for a unit that was chosen; `None` when there is no such unit.
pub async fn chosen_in(
    tx: &Tx,
    id: UnitId,
    customer_id: CustomerId,
    sold_on: Option<Date>,
) -> Result<Option<HandedIn>> {
    let Some(before) = locked(tx, Condition::all().add(unit::Column::Id.eq(id.uuid()))).await? else { return Ok(None) };
    let (serial, product_id) = (Serial::stored(before.serial.clone()), before.product_id.into());
    let intake = Intake { serial, product_id, customer_id, sold_on, manufactured_on: None };
    let (row, was_unknown) = taken_in(tx, Some(before), intake).await?;
    described(tx, row, was_unknown).await.map(Some)
}

async fn described(tx: &Tx, row: unit::Model, was_unknown: bool) -> Result<HandedIn> {
    let (unit, warranty_state_id) = queries::with_warranty_state(tx, row).await?;
    Ok(HandedIn { unit, was_unknown, warranty_state_id })
}

async fn locked(tx: &Tx, which: Condition) -> Result<Option<unit::Model>> {
    let select = unit::Entity::find().filter(which);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    Ok(select.one(tx.conn()).await?)
}

async fn taken_in(tx: &Tx, chosen: Option<unit::Model>, intake: Intake) -> Result<(unit::Model, bool)> {
    let brand = brand_of(tx, intake.product_id.uuid(), true).await?;
    let which = || Condition::all().add(unit::Column::BrandId.eq(brand)).add(unit::Column::Serial.eq(&*intake.serial));
    let before = match chosen {
        Some(row) => Some(row),
        None => locked(tx, which()).await?,
    };
    let draft = model::intake_draft(before.as_ref(), intake)?;
    let wrong = model::draft_issues(&draft, tx.today());
    if !wrong.is_empty() {
        return Err(Failure::fields(wrong));
    }
    let Some(before) = before else { return Ok((insert(tx, brand, draft, true).await?, true)) };
    let was_unknown = before.is_abnormal;
    let after = model::filled(before.clone(), draft);
    if after == before {
        return Ok((before, was_unknown));
    }
    let row = tx.save::<unit::Entity>(&before, after).await?;
    note_sale(tx, Some(&before), &row).await?;
    Ok((row, was_unknown))
}

/// Says what became of a unit.
pub async fn set_status(tx: &Tx, id: UnitId, status: UnitStatus) -> Result<()> {
    let before = tx.lock_other::<unit::Entity>(id).await?;
    if before.status != status.as_str() {
        let after = unit::Model { status: status.as_str().to_owned(), ..before.clone() };
        tx.save::<unit::Entity>(&before, after).await?;
    }
    Ok(())
}

//! What other domains may ask of base data. Everything by id comes in batches, so that a list never asks row by row.
//!
//! `choose_*` is for commands: it returns what a document chose, in use (and in reach, where it belongs to a station),
//! or refuses with a wrong value at the given JSON pointer. Products come with their cost and customers with their phones,
//! whoever asks: mask them before they leave the server unless the actor holds [`openapi::master::PRODUCT_COST`] or
//! [`openapi::master::CUSTOMER_CONTACT`].

use crate::bank_account::entity::account;
use crate::warehouse::entity::warehouse as warehouse_row;
use crate::{bank_account, customer, dictionary, product, station_record, unit, warehouse};
use chrono::NaiveDate;
use openapi::identity::OrgId;
use openapi::master::bank_account::{BankAccountDraft, BankAccountId, BankAccountKind, BankAccountRow};
use openapi::master::customer::{CustomerDraft, CustomerId, CustomerRow, PartyRole};
use openapi::master::dictionary::{DictionaryEntry, DictionaryEntryDraft, DictionaryEntryId, DictionaryKind};
use openapi::master::product::{ProductDraft, ProductId, ProductRow};
use openapi::master::unit::{UnitDraft, UnitId, UnitLookup, UnitRow, UnitStatus};
use openapi::master::warehouse::{WarehouseDraft, WarehouseId, WarehouseKind, WarehouseRow};
use openapi::master::warranty::WarrantyDecision;
use openapi::{Phone, Serial};
use platform::{ReadTx, Result, Tx};
use std::collections::HashMap;
use uuid::Uuid;

/// Periods of both ledgers: `effective_at` and `require_open` before posting, close and reopen.
pub use crate::period::{
    close as close_period, closed_months, effective_at, first_open_day, is_open as period_is_open, periods,
    reopen as reopen_period, require_open as require_open_period,
};
pub use crate::unit::history::NewUnitEvent;
pub use crate::unit::resale::Resale;
pub use crate::unit::{AtIntake, HandedIn, Intake};

/// Emitted before kind, unit of measure or serial tracking of a product change: refuse it when the product has moved.
#[derive(Clone, Copy, Debug)]
pub struct ProductIdentityChanging {
    /// The product.
    pub product_id: ProductId,
}

/// Emitted before a warehouse changes its kind or is taken out of use: refuse it when something lies in it.
#[derive(Clone, Copy, Debug)]
pub struct WarehousePurposeChanging {
    /// The warehouse.
    pub warehouse_id: WarehouseId,
}

/// A unit that was recorded from an unknown serial was confirmed. Emitted in the transaction that confirmed it.
#[derive(Clone, Copy, Debug)]
pub struct UnitVerified {
    /// The unit.
    pub unit_id: UnitId,
}

/// The serial of a unit was corrected, or its product. Emitted in the transaction that did it.
#[derive(Clone, Debug)]
pub struct UnitCorrected {
    /// The unit.
    pub unit_id: UnitId,
    /// Its serial now.
    pub serial: Serial,
    /// Its product now.
    pub product_id: ProductId,
    /// The name of that product.
    pub product_name: String,
}

/// Names of customers by id.
pub async fn customer_named(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    customer::queries::named(tx, ids).await
}

/// Customers by id.
pub async fn customers(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, CustomerRow>> {
    customer::queries::rows(tx, ids).await
}

/// The customer that a document chooses.
pub async fn choose_customer(tx: &ReadTx, id: CustomerId, pointer: &str) -> Result<CustomerRow> {
    customer::queries::choose(tx, id.uuid(), pointer).await
}

/// The party that a document chooses because it is any of these, for example a supplier or a maker to buy from.
pub async fn choose_party(tx: &ReadTx, id: CustomerId, roles: &[PartyRole], pointer: &str) -> Result<CustomerRow> {
    customer::queries::choose_as(tx, id.uuid(), roles, pointer).await
}

/// A party with its terms, locked until the transaction ends: what is decided by its credit is decided one by one.
pub async fn hold_party(tx: &Tx, id: Uuid) -> Result<CustomerRow> {
    customer::queries::hold(tx, id).await
}

/// The party that runs a station; none when it is the company's own.
pub async fn party_running(tx: &ReadTx, org: Uuid) -> Result<Option<Uuid>> {
    customer::queries::running(tx, org).await
}

/// Parties by name; names that several have are left out.
pub async fn parties_called(tx: &ReadTx, names: &[String]) -> Result<HashMap<String, Uuid>> {
    customer::queries::called(tx, names).await
}

/// Customers with this mobile phone, the latest first, at most 20.
pub async fn customers_with_phone(tx: &ReadTx, phone: &Phone) -> Result<Vec<CustomerRow>> {
    customer::queries::with_phone(tx, phone).await
}

/// Records a customer (at intake, or by import).
pub async fn add_customer(tx: &Tx, draft: CustomerDraft) -> Result<CustomerId> {
    Ok(customer::add(tx, draft).await?.id.into())
}

/// Dictionary entries by id, in use or not.
pub async fn entries(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, DictionaryEntry>> {
    dictionary::queries::entries(tx, ids).await
}

/// Names of dictionary entries by id.
pub async fn entry_named(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    dictionary::queries::named(tx, ids).await
}

/// The dictionary entry of a list that a document chooses.
pub async fn choose_entry(
    tx: &ReadTx,
    kind: DictionaryKind,
    id: DictionaryEntryId,
    pointer: &str,
) -> Result<DictionaryEntry> {
    dictionary::queries::choose(tx, kind, id.uuid(), pointer).await
}

/// A dictionary entry by its code, in use or not.
pub async fn entry_by_code(tx: &ReadTx, kind: DictionaryKind, code: &str) -> Result<Option<DictionaryEntry>> {
    dictionary::queries::by_code(tx, kind, code).await
}

/// Entries in use of a list by what people call them (code, name, English name), in small letters.
pub async fn entries_spelled(tx: &ReadTx, kind: DictionaryKind) -> Result<HashMap<String, Uuid>> {
    dictionary::queries::spelled(tx, kind).await
}

/// Adds a dictionary entry.
pub async fn add_entry(tx: &Tx, draft: DictionaryEntryDraft) -> Result<DictionaryEntryId> {
    Ok(dictionary::add(tx, draft).await?.id.into())
}

/// Products by id with their cost, in use or not.
pub async fn products(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, ProductRow>> {
    product::queries::products(tx, ids).await
}

/// Products by code or by name, in use or not, with their cost.
pub async fn products_called(tx: &ReadTx, words: &[String]) -> Result<Vec<ProductRow>> {
    product::queries::called(tx, words).await
}

/// The product that a document chooses, with its cost.
pub async fn choose_product(tx: &ReadTx, id: ProductId, pointer: &str) -> Result<ProductRow> {
    product::queries::choose(tx, id.uuid(), pointer).await
}

/// Adds a product.
pub async fn add_product(tx: &Tx, draft: ProductDraft) -> Result<ProductId> {
    Ok(product::add(tx, draft).await?.id.into())
}

/// Warehouses by id, wherever they are.
pub async fn warehouses(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, WarehouseRow>> {
    station_record::by_id::<warehouse_row::Entity>(tx, ids).await
}

/// Warehouses by id, wherever they are: id, station, name, whether it is in use.
pub async fn warehouse_facts(
    tx: &ReadTx,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<(Uuid, Uuid, String, bool)>> {
    let rows = tx.known::<warehouse_row::Entity>(ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.org_id, row.name, row.is_active)).collect())
}

/// Warehouses in use and in reach of the call, by code. Several stations may use the same code.
pub async fn warehouses_coded(tx: &ReadTx, codes: &[String]) -> Result<Vec<(String, WarehouseId)>> {
    let found = station_record::coded::<warehouse_row::Entity>(tx, codes).await?;
    Ok(found.into_iter().map(|row| (row.code, row.id.into())).collect())
}

/// Warehouses in use of a station and kind, by code: their ids.
pub async fn warehouse_ids_of(tx: &ReadTx, org: OrgId, kind: WarehouseKind) -> Result<Vec<WarehouseId>> {
    let read = async || station_record::ids_of_kind::<warehouse_row::Entity>(tx, org.uuid(), kind).await;
    let ids = tx.lasting(format!("warehouses in use of {org}, {kind}"), read).await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// The warehouse that a document chooses, in reach of the call.
pub async fn choose_warehouse(tx: &ReadTx, id: WarehouseId, pointer: &str) -> Result<WarehouseRow> {
    station_record::choose::<warehouse_row::Entity>(tx, id.uuid(), pointer).await
}

/// Warehouses in use of a station and kind, by code.
pub async fn warehouses_of(tx: &ReadTx, org: OrgId, kind: WarehouseKind) -> Result<Vec<WarehouseRow>> {
    station_record::of_kind::<warehouse_row::Entity>(tx, org.uuid(), kind).await
}

/// Adds a warehouse.
pub async fn add_warehouse(tx: &Tx, draft: WarehouseDraft) -> Result<WarehouseId> {
    Ok(warehouse::add(tx, draft).await?.id.into())
}

/// Cash and bank accounts by id, wherever they are.
pub async fn bank_accounts(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, BankAccountRow>> {
    station_record::by_id::<account::Entity>(tx, ids).await
}

/// The cash or bank account that a document chooses, in reach of the call.
pub async fn choose_bank_account(tx: &ReadTx, id: BankAccountId, pointer: &str) -> Result<BankAccountRow> {
    station_record::choose::<account::Entity>(tx, id.uuid(), pointer).await
}

/// Cash and bank accounts in use of a station and kind, by code.
pub async fn bank_accounts_of(tx: &ReadTx, org: OrgId, kind: BankAccountKind) -> Result<Vec<BankAccountRow>> {
    station_record::of_kind::<account::Entity>(tx, org.uuid(), kind).await
}

/// Adds a cash or bank account.
pub async fn add_bank_account(tx: &Tx, draft: BankAccountDraft) -> Result<BankAccountId> {
    Ok(bank_account::add(tx, draft).await?.id.into())
}

/// Units by id, with product, owner and warranty verdict of today.
pub async fn units(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, UnitRow>> {
    unit::queries::units(tx, ids).await
}

/// What is known about a serial number: units, owners, warranty, and the warranty state that a ticket starts with.
pub async fn look_up_unit(tx: &ReadTx, serial: Serial) -> Result<UnitLookup> {
    unit::queries::find(tx, serial).await
}

/// Units by serial number: the unit and its brand.
pub async fn units_with_serials(tx: &ReadTx, serials: &[String]) -> Result<HashMap<(Uuid, String), Uuid>> {
    unit::queries::with_serials(tx, serials).await
}

/// The warranty of a unit on a day, explained line by line.
pub async fn warranty_of(tx: &ReadTx, id: UnitId, on: NaiveDate) -> Result<WarrantyDecision> {
    unit::queries::warranty_on(tx, id.uuid(), on).await
}

/// Finds the unit of an intake, or records it as abnormal; what was missing is filled in, nothing is overruled.
/// The pointers of its refusals are `/serial`, `/product_id`, `/sold_on` and `/manufactured_on`.
pub async fn unit_at_intake(tx: &Tx, intake: Intake) -> Result<AtIntake> {
    unit::at_intake(tx, intake).await
}

/// The same, with what a ticket keeps of the unit.
pub async fn unit_handed_in(tx: &Tx, intake: Intake) -> Result<HandedIn> {
    unit::handed_in(tx, intake).await
}

/// The same for a unit that was chosen; `None` when there is no such unit.
pub async fn chosen_unit_in(
    tx: &Tx,
    id: UnitId,
    customer: CustomerId,
    sold_on: Option<openapi::Date>,
) -> Result<Option<HandedIn>> {
    unit::chosen_in(tx, id, customer, sold_on).await
}

/// Adds a unit.
pub async fn add_unit(tx: &Tx, draft: UnitDraft) -> Result<UnitId> {
    Ok(unit::add(tx, draft).await?.id.into())
}

/// Confirms a unit that was recorded from an unknown serial.
pub async fn verify_unit(tx: &Tx, id: UnitId) -> Result<()> {
    unit::confirm(tx, id).await
}

/// Says what became of a unit.
pub async fn set_unit_status(tx: &Tx, id: UnitId, status: UnitStatus) -> Result<()> {
    unit::set_status(tx, id, status).await
}

/// Adds an event to the history of a serial number.
pub async fn record_unit_event(tx: &Tx, event: NewUnitEvent) -> Result<()> {
    unit::history::record(tx, event).await
}

/// A refurbished unit is sold: it is put on file where it is not, and its warranty starts again.
pub async fn unit_resold(tx: &Tx, sale: Resale) -> Result<()> {
    unit::resale::sold(tx, sale).await
}

/// The sale of a refurbished unit is taken back by its document, or stands again. Nothing for other units.
pub async fn resale_stands(tx: &Tx, sale: Uuid, product: Uuid, serial: &Serial, stands: bool) -> Result<()> {
    unit::resale::stands(tx, sale, product, serial, stands).await
}

//! Units: every machine in the field, known by serial number or IMEI, with its warranty and its history.

mod history;

pub use history::{DocumentLink, SerialHistory, UnitEvent, UnitEventId, UnitEventKind};

use super::customer::{CustomerId, CustomerRow};
use super::dictionary::DictionaryEntryId;
use super::product::ProductId;
use super::warranty::{WarrantyDecision, WarrantyVerdict};
use super::{UNIT_EDIT, UNIT_VIEW};
use crate::query::AnyOf;
use crate::{
    ByExternal, ById, Created, Date, Detail, Id, ItemCode, Json, Note, Page, Resource, Serial, ShownPhone, Text,
    Timestamp, Versioned, choices, endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Id of a unit.
pub type UnitId = Id<Unit>;

choices! {
    /// What became of a unit.
    UnitStatus {
        InUse = "in_use" ("在用", "In use", Success),
        InRepair = "in_repair" ("维修中", "In repair", Info),
        InStock = "in_stock" ("在库", "In stock", Neutral),
        OnLoan = "on_loan" ("借出", "On loan", Info),
        Stopped = "stopped_stored" ("停用存放", "Stopped and stored", Neutral),
        ExchangedOut = "exchanged_out" ("已换下", "Exchanged", Warning),
        Disassembled = "disassembled" ("已拆件", "Disassembled", Warning),
        Refurbished = "refurb_stock" ("翻新在库", "Refurbished, in stock", Neutral),
        Scrapped = "scrapped" ("已报废", "Scrapped", Danger),
    }
    /// What the check digit says about a number that was typed as an IMEI.
    ImeiHint {
        NotImei = "not_imei" ("不是 15 位 IMEI", "Not a 15-digit IMEI", Neutral),
        Sound = "sound" ("IMEI 校验正确", "IMEI check digit is right", Success),
        WrongCheckDigit = "wrong_check_digit" ("IMEI 校验位不符，请核对", "IMEI check digit is wrong, look again", Warning),
    }
}

impl ImeiHint {
    /// Looks at a number.
    pub fn of(serial: &Serial) -> Self {
        match serial.imei_is_sound() {
            None => ImeiHint::NotImei,
            Some(true) => ImeiHint::Sound,
            Some(false) => ImeiHint::WrongCheckDigit,
        }
    }
}

/// What is typed in for a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitDraft {
    /// Serial number, IMEI or VIN, unique within the brand.
    pub serial: Serial,
    /// Product; a main unit.
    pub product_id: ProductId,
    /// Owner.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// Day of the sale to the user; the warranty starts with it.
    #[serde(default)]
    pub sold_on: Option<Date>,
    /// Ex-factory date; the warranty starts 90 days later when the sale is not known.
    #[serde(default)]
    pub manufactured_on: Option<Date>,
    /// Day of the installation.
    #[serde(default)]
    pub installed_on: Option<Date>,
    /// Months of warranty when they differ from the product's, 0 to 240.
    #[serde(default)]
    #[validate(range(max = 240))]
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 240, example = 12))]
    pub warranty_months: Option<u16>,
    /// Last day of an extended warranty.
    #[serde(default)]
    pub extended_until: Option<Date>,
    /// Why the warranty is void (liquid, opened by somebody else); empty when it is not.
    #[serde(default)]
    pub void_reason: Option<Text<200>>,
    /// Dealer or shop that sold it.
    #[serde(default)]
    pub dealer: Option<Text<100>>,
    /// Number of the invoice.
    #[serde(default)]
    pub invoice_no: Option<Text<60>>,
    /// Colour.
    #[serde(default)]
    pub colour: Option<Text<30>>,
    /// Software version.
    #[serde(default)]
    pub sw_version: Option<Text<60>>,
    /// Where it stands.
    #[serde(default)]
    pub location: Option<Text<200>>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<500>>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Unit {
    /// Id.
    pub id: UnitId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Serial number, IMEI or VIN, unique within the brand.
    pub serial: Serial,
    /// Product; a main unit.
    pub product_id: ProductId,
    /// Code of the product.
    pub product_code: ItemCode,
    /// Name of the product.
    pub product_name: Text<120>,
    /// Model of the product.
    pub model: Option<Text<60>>,
    /// Brand.
    pub brand_id: DictionaryEntryId,
    /// Name of the brand.
    pub brand_name: Text<60>,
    /// Owner.
    pub customer_id: Option<CustomerId>,
    /// Name of the owner.
    pub customer_name: Option<Text<100>>,
    /// Phone of the owner.
    pub customer_phone: Option<ShownPhone>,
    /// Day of the sale to the user; the warranty starts with it.
    pub sold_on: Option<Date>,
    /// Ex-factory date; the warranty starts 90 days later when the sale is not known.
    pub manufactured_on: Option<Date>,
    /// Day of the installation.
    pub installed_on: Option<Date>,
    /// Months of warranty when they differ from the product's, 0 to 240.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 240, example = 12))]
    pub warranty_months: Option<u16>,
    /// Last day of an extended warranty.
    pub extended_until: Option<Date>,
    /// Why the warranty is void (liquid, opened by somebody else); empty when it is not.
    pub void_reason: Option<Text<200>>,
    /// Dealer or shop that sold it.
    pub dealer: Option<Text<100>>,
    /// Number of the invoice.
    pub invoice_no: Option<Text<60>>,
    /// Colour.
    pub colour: Option<Text<30>>,
    /// Software version.
    pub sw_version: Option<Text<60>>,
    /// Where it stands.
    pub location: Option<Text<200>>,
    /// Remark.
    pub remark: Option<Note<500>>,
    /// What became of it.
    pub status: UnitStatus,
    /// Recorded at intake from an unknown serial and not verified yet.
    pub is_abnormal: bool,
    /// Its warranty today.
    pub warranty: WarrantyDecision,
}
impl Resource for Unit {
    const NAME: &'static str = "unit";
}
impl Versioned for Unit {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A unit in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitRow {
    /// Id.
    pub id: UnitId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Serial number, IMEI or VIN, unique within the brand.
    pub serial: Serial,
    /// Product; a main unit.
    pub product_id: ProductId,
    /// Code of the product.
    pub product_code: ItemCode,
    /// Name of the product.
    pub product_name: Text<120>,
    /// Model of the product.
    pub model: Option<Text<60>>,
    /// Brand.
    pub brand_id: DictionaryEntryId,
    /// Name of the brand.
    pub brand_name: Text<60>,
    /// Owner.
    pub customer_id: Option<CustomerId>,
    /// Name of the owner.
    pub customer_name: Option<Text<100>>,
    /// Phone of the owner.
    pub customer_phone: Option<ShownPhone>,
    /// Day of the sale to the user; the warranty starts with it.
    pub sold_on: Option<Date>,
    /// Ex-factory date; the warranty starts 90 days later when the sale is not known.
    pub manufactured_on: Option<Date>,
    /// What became of it.
    pub status: UnitStatus,
    /// Recorded at intake from an unknown serial and not verified yet.
    pub is_abnormal: bool,
    /// Whether it is in warranty today.
    pub warranty_verdict: WarrantyVerdict,
    /// Last day of the warranty; null when unknown.
    pub warranty_ends_on: Option<Date>,
}

/// Filter of the unit list. `q` looks in serial, invoice number and dealer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct UnitFilter {
    /// Exactly this serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 40, nullable = false))]
    pub serial: Option<Serial>,
    /// Only units of this customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub customer_id: Option<CustomerId>,
    /// Only this product.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub product_id: Option<ProductId>,
    /// Only this brand.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub brand_id: Option<DictionaryEntryId>,
    /// One status, or several separated by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<UnitStatus>, required = false))]
    pub status: Option<AnyOf<UnitStatus>>,
    /// Only those not verified yet, or only the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_abnormal: Option<bool>,
    /// Sold on or after this day.
    #[serde(rename = "sold_on[gte]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Date, max_length = 10, nullable = false))]
    pub sold_from: Option<Date>,
    /// Sold on or before this day.
    #[serde(rename = "sold_on[lte]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Date, max_length = 10, nullable = false))]
    pub sold_to: Option<Date>,
}
impl crate::page::Filter for UnitFilter {
    const SORTS: &'static [&'static str] = &["created_at", "updated_at", "serial"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

/// What was typed into the box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct SerialQuery {
    /// Serial number, IMEI or VIN.
    #[cfg_attr(feature = "schema", param(value_type = String, min_length = 4, max_length = 40, pattern = "^[0-9A-Za-z-]+$"))]
    pub serial: Serial,
}

/// A unit found at intake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitMatch {
    /// The unit with its warranty.
    pub unit: Unit,
    /// Its owner.
    pub customer: Option<CustomerRow>,
    /// The warranty state that a ticket starts with; null when the dictionary lacks it.
    pub warranty_state_id: Option<DictionaryEntryId>,
}

/// What is known about a serial number at intake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitLookup {
    /// The number as it is kept.
    pub serial: Serial,
    /// What its check digit says.
    pub imei: ImeiHint,
    /// The units with this number, one for each brand; empty when it is unknown, which does not stop the intake.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub matches: Vec<UnitMatch>,
}

endpoints! { "Units";
    /// List units.
    ListUnits: Get "/api/v1/master/units" needs UNIT_VIEW, list UnitFilter => Page<UnitRow>;
    /// Look a serial number up at intake: unit, owner and warranty.
    LookUpUnit: Get "/api/v1/master/units/lookup" needs UNIT_VIEW, query SerialQuery => Json<UnitLookup>;
    /// Read the history of a serial number.
    GetSerialHistory: Get "/api/v1/master/units/history" needs UNIT_VIEW, query SerialQuery => Json<SerialHistory>;
    /// Read a unit with its warranty explained.
    GetUnit: Get "/api/v1/master/units/{id}" needs UNIT_VIEW, path ById<Unit> => Detail<Unit>;
    /// Record a unit.
    CreateUnit: Post "/api/v1/master/units" needs UNIT_EDIT, body UnitDraft => Created<Unit>;
    /// Change a unit.
    UpdateUnit: Put "/api/v1/master/units/{id}" needs UNIT_EDIT, path ById<Unit>, body UnitDraft => Detail<Unit>;
    /// Put a unit under its name in another system.
    ///
    /// Made when `source` has not put it yet, changed otherwise; what is put again as it is changes nothing but its version.
    /// `If-Match` is heeded when it is sent.
    PutUnit: Put "/api/v1/master/units/by-external/{source}/{external_id}" needs UNIT_EDIT, path ByExternal<Unit>, body UnitDraft => Detail<Unit>;
    /// Confirm a unit that was recorded from an unknown serial.
    VerifyUnit: Post "/api/v1/master/units/{id}/verify" needs UNIT_EDIT, path ById<Unit> => Detail<Unit>;
}

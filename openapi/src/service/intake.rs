//! Taking a unit in: what the desk types, and what the system fills in for it.

use super::state::{Channel, ItemCondition, Priority};
use super::ticket::TicketRow;
use super::work::PartDraft;
use super::{AccessoryId, FaultId, ProductId, UnitId, WarrantyStateId};
use crate::identity::{OrgId, UserId};
use crate::master::customer::{CustomerDraft, CustomerId};
use crate::{Date, Note, Phone, Quantity, Serial, ShownPhone, Text, Timestamp};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// An accessory that was left with the unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccessoryDraft {
    /// Kind, from the list of accessories.
    #[serde(default)]
    pub accessory_id: Option<AccessoryId>,
    /// Name; taken from the list when `accessory_id` is given.
    #[serde(default)]
    pub name: Option<Text<60>>,
    /// How many, more than 0.
    pub quantity: Quantity,
    /// Its condition.
    pub condition: ItemCondition,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Text<200>>,
}

/// What the desk types in for one unit of one customer.
///
/// The customer is either chosen (`customer_id`) or entered (`new_customer`). The unit is either chosen (`unit_id`) or
/// named by its serial; a serial that is not on file is taken in all the same and the ticket is marked abnormal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IntakeDraft {
    /// The station that takes the unit in; the own one where it is left out.
    #[serde(default)]
    pub org_id: Option<OrgId>,
    /// A customer on file.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// A customer to put on file.
    #[serde(default)]
    #[validate(nested)]
    pub new_customer: Option<CustomerDraft>,
    /// A unit on file.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// Serial or IMEI, when the unit is not chosen.
    #[serde(default)]
    pub serial: Option<Serial>,
    /// Model; needed when the serial is not on file.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// Date of sale as the customer proves it.
    #[serde(default)]
    pub sold_on: Option<Date>,
    /// Who pays, by warranty; proposed by the system where it is left out.
    #[serde(default)]
    pub warranty_state_id: Option<WarrantyStateId>,
    /// Symptoms from the fault list, at most 20.
    #[serde(default)]
    #[validate(length(max = 20))]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub fault_ids: Vec<FaultId>,
    /// The fault in the customer's words.
    #[serde(default)]
    pub fault_text: Option<Note<1000>>,
    /// Accessories left with the unit; none ticked means none left.
    #[serde(default)]
    #[validate(nested, length(max = 30))]
    #[cfg_attr(feature = "schema", schema(max_items = 30))]
    pub accessories: Vec<AccessoryDraft>,
    /// What the unit looks like. Photos are attachments of the ticket with the purpose `appearance`.
    #[serde(default)]
    pub appearance: Option<Note<1000>>,
    /// When it is promised to be ready.
    #[serde(default)]
    pub promised_at: Option<Timestamp>,
    /// How urgent it is.
    pub priority: Priority,
    /// How it came in.
    pub channel: Channel,
    /// Courier company and number of the parcel that brought it.
    #[serde(default)]
    pub inbound_courier: Option<Text<100>>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<1000>>,
    /// Parts that the repair will need by the looks of it, at most 50. They are reserved once the ticket is accepted, as
    /// far as the station has them; before that nothing is asked of the store.
    #[serde(default)]
    #[validate(nested, length(max = 50))]
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub parts: Vec<PartDraft>,
    /// Accept it at once; otherwise it waits as 待受理.
    pub accept: bool,
    /// The engineer who gets it when it is accepted at once; wants the right to assign. Refused without `accept`.
    #[serde(default)]
    pub engineer_id: Option<UserId>,
}

/// What may be corrected while the repair is going on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TicketEdit {
    /// Date of sale as the customer proves it.
    #[serde(default)]
    pub sold_on: Option<Date>,
    /// Who pays, by warranty.
    pub warranty_state_id: WarrantyStateId,
    /// Symptoms from the fault list, at most 20.
    #[serde(default)]
    #[validate(length(max = 20))]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub fault_ids: Vec<FaultId>,
    /// The fault in the customer's words.
    #[serde(default)]
    pub fault_text: Option<Note<1000>>,
    /// Accessories left with the unit.
    #[serde(default)]
    #[validate(nested, length(max = 30))]
    #[cfg_attr(feature = "schema", schema(max_items = 30))]
    pub accessories: Vec<AccessoryDraft>,
    /// What the unit looks like.
    #[serde(default)]
    pub appearance: Option<Note<1000>>,
    /// When it is promised to be ready.
    #[serde(default)]
    pub promised_at: Option<Timestamp>,
    /// How urgent it is.
    pub priority: Priority,
    /// How it came in.
    pub channel: Channel,
    /// Courier company and number of the parcel that brought it.
    #[serde(default)]
    pub inbound_courier: Option<Text<100>>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<1000>>,
}

/// What the desk has typed so far: a phone, a serial, or both.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct IntakeQuery {
    /// Serial or IMEI.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 40, nullable = false))]
    pub serial: Option<Serial>,
    /// Phone of the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 21, nullable = false))]
    pub phone: Option<Phone>,
}

/// A customer who may be meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct IntakeCustomer {
    /// Id.
    pub id: CustomerId,
    /// Name.
    pub name: Text<100>,
    /// Mobile phone.
    pub phone: ShownPhone,
    /// Province, city and district.
    pub region: Option<Text<100>>,
    /// Street and house.
    pub address: Option<Text<200>>,
}

/// The unit on file with this serial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct IntakeUnit {
    /// Id.
    pub id: UnitId,
    /// Serial or IMEI.
    pub serial: Serial,
    /// Model.
    pub product_id: ProductId,
    /// Name of the model.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "X30 5G 手机"))]
    pub product_name: String,
    /// Date of sale.
    pub sold_on: Option<Date>,
    /// Whether the warranty covers it today.
    pub is_in_warranty: bool,
    /// Last day of the warranty.
    pub warranty_until: Option<Date>,
    /// How the warranty was computed, line by line.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub warranty_reasons: Vec<String>,
}

/// Everything that intake can fill in from a phone or a serial, in one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct IntakeLookup {
    /// The unit; null when the serial is not on file.
    pub unit: Option<IntakeUnit>,
    /// Whether a serial was asked for that is not on file: the ticket will be marked abnormal.
    pub is_unknown_serial: bool,
    /// False when the serial looks like an IMEI but its check digit is wrong; null when it does not look like one.
    pub is_imei_sound: Option<bool>,
    /// The warranty state that fits today.
    pub warranty_state_id: Option<WarrantyStateId>,
    /// Customers with this phone, and the owner of the unit first.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub customers: Vec<IntakeCustomer>,
    /// Open tickets on the same serial.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub duplicates: Vec<TicketRow>,
    /// Earlier tickets on the same serial, newest first.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub history: Vec<TicketRow>,
}

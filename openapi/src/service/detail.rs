//! The repair ticket in full.

use super::closing::{Charges, TicketCallback, TicketDocument, TicketReceipt};
use super::state::{Channel, ItemCondition, OldPartState, Priority, Stage, TicketAction, TicketState};
use super::ticket::TicketRow;
use super::work::TicketPayer;
use super::*;
use crate::identity::{OrgId, UserId};
use crate::master::customer::CustomerId;
use crate::system::AttachmentId;
use crate::{Date, Id, Money, Note, Quantity, Serial, Text, Timestamp, UnitPrice, Versioned};
use serde::{Deserialize, Serialize};

/// Id of a ticket.
pub type TicketId = Id<Ticket>;

/// A symptom on a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketFault {
    /// Symptom.
    pub fault_id: FaultId,
    /// Its name.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "不开机"))]
    pub name: String,
    /// Whether the engineer saw it too.
    pub is_confirmed: bool,
}

/// A method on a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketMethod {
    /// Method.
    pub method_id: MethodId,
    /// Its name.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "更换屏幕总成"))]
    pub name: String,
    /// Level.
    pub level_id: Option<LevelId>,
    /// Its name.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "二级维修"))]
    pub level_name: Option<String>,
}

/// A part on a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketPart {
    /// Id of the line.
    pub id: TicketPartId,
    /// Part.
    pub product_id: ProductId,
    /// Its code.
    #[cfg_attr(feature = "schema", schema(max_length = 40, example = "PA-1001"))]
    pub product_code: String,
    /// Its name.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "X30 屏幕总成"))]
    pub product_name: String,
    /// Whether it is kept by serial.
    pub is_serial_tracked: bool,
    /// Store that it comes from.
    pub warehouse_id: WarehouseId,
    /// How many the repair needs.
    pub required: Quantity,
    /// How many are reserved in the store.
    pub reserved: Quantity,
    /// How many are short; none before the acceptance, which reserves.
    pub short: Quantity,
    /// The shortage that waits for them, or did.
    pub shortage_id: Option<super::shortage::ShortageId>,
    /// How many were handed to the engineer.
    pub issued: Quantity,
    /// How many came back.
    pub returned: Quantity,
    /// How many are in the unit.
    pub used: Quantity,
    /// Whether the use is posted.
    pub is_consumed: bool,
    /// Price, tax included, for the payer.
    pub unit_price: UnitPrice,
    /// Who pays.
    pub payer: TicketPayer,
    /// Cost of what was used; null for those who may not see costs, and before the finish.
    pub cost: Option<Money>,
    /// Serial of the new part.
    pub serial: Option<Serial>,
    /// Serial of the part that was taken out.
    pub old_serial: Option<Serial>,
    /// What became of the part that was taken out.
    pub old_part: OldPartState,
    /// Remark.
    pub remark: Option<Text<200>>,
}

/// A service on a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketFee {
    /// Service item.
    pub service_item_id: ServiceItemId,
    /// Its name.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "检测费"))]
    pub name: String,
    /// How many.
    pub quantity: Quantity,
    /// Price, tax included.
    pub unit_price: UnitPrice,
}

/// An accessory on a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketAccessory {
    /// Id of the line.
    pub id: TicketAccessoryId,
    /// Kind, when it is from the list.
    pub accessory_id: Option<AccessoryId>,
    /// Name.
    pub name: Text<60>,
    /// How many.
    pub quantity: Quantity,
    /// Its condition.
    pub condition: ItemCondition,
    /// Remark.
    pub remark: Option<Text<200>>,
    /// Whether it was given back.
    pub is_returned: bool,
}

/// A repair ticket. Its timeline is read by `GetJournal`, its photos and signature by `ListAttachments`, both with the
/// subject kind `ticket`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Ticket {
    /// Id.
    pub id: TicketId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station.
    pub org_id: OrgId,
    /// Name of the station.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "杭州西湖服务站"))]
    pub org_name: String,
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 40, example = "RE202611210043"))]
    pub number: String,
    /// State.
    pub state: TicketState,
    /// Stage.
    pub stage: Stage,
    /// What the caller may do now.
    #[cfg_attr(feature = "schema", schema(max_items = 30))]
    pub allowed: Vec<TicketAction>,
    /// Customer.
    pub customer_id: CustomerId,
    /// Name of the customer.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李雷"))]
    pub customer_name: String,
    /// Phone of the customer; partly hidden from those who may not see it.
    #[cfg_attr(feature = "schema", schema(max_length = 21, example = "138****8000"))]
    pub customer_phone: String,
    /// Unit, when it is on file.
    pub unit_id: Option<UnitId>,
    /// Serial or IMEI.
    pub serial: Option<Serial>,
    /// Model.
    pub product_id: ProductId,
    /// Name of the model.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "X30 5G 手机"))]
    pub product_name: String,
    /// Whether the serial is not on file.
    pub is_abnormal: bool,
    /// Date of sale.
    pub sold_on: Option<Date>,
    /// Warranty state.
    pub warranty_state_id: WarrantyStateId,
    /// Its name.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "保内"))]
    pub warranty_state_name: String,
    /// Who pays by that state.
    pub payer: TicketPayer,
    /// How urgent it is.
    pub priority: Priority,
    /// How it came in.
    pub channel: Channel,
    /// Courier that brought it.
    pub inbound_courier: Option<Text<100>>,
    /// Courier that took it back.
    pub outbound_courier: Option<Text<100>>,
    /// When it is promised to be ready.
    pub promised_at: Option<Timestamp>,
    /// Whether that time has passed and the unit is still here.
    pub is_overdue: bool,
    /// The fault in the customer's words.
    pub fault_text: Option<Note<1000>>,
    /// What the unit looks like.
    pub appearance: Option<Note<1000>>,
    /// Remark.
    pub remark: Option<Note<1000>>,
    /// Engineer.
    pub engineer_id: Option<UserId>,
    /// Name of the engineer.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李强"))]
    pub engineer_name: Option<String>,
    /// Inspector who passed it.
    pub inspector_id: Option<UserId>,
    /// Name of the inspector.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "周敏"))]
    pub inspector_name: Option<String>,
    /// How often it failed the inspection.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 0))]
    pub rework_count: i32,
    /// Cause.
    pub cause_id: Option<CauseId>,
    /// Its name.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "进液"))]
    pub cause_name: Option<String>,
    /// What the engineer found.
    pub findings: Option<Note<1000>>,
    /// Accepted at.
    pub accepted_at: Option<Timestamp>,
    /// Finished at.
    pub finished_at: Option<Timestamp>,
    /// Handed over at.
    pub completed_at: Option<Timestamp>,
    /// Who took it.
    pub received_by: Option<Text<60>>,
    /// Signature of the customer.
    pub signature_id: Option<AttachmentId>,
    /// Symptoms.
    #[cfg_attr(feature = "schema", schema(max_items = 40))]
    pub faults: Vec<TicketFault>,
    /// Methods.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub methods: Vec<TicketMethod>,
    /// Parts.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub parts: Vec<TicketPart>,
    /// Services.
    #[cfg_attr(feature = "schema", schema(max_items = 30))]
    pub fees: Vec<TicketFee>,
    /// Accessories.
    #[cfg_attr(feature = "schema", schema(max_items = 30))]
    pub accessories: Vec<TicketAccessory>,
    /// What each payer owes: computed while the repair goes on, fixed by the settlement.
    pub charges: Charges,
    /// Cost of the parts; null for those who may not see costs.
    pub cost: Option<Money>,
    /// What the customer has paid of the settlement.
    pub received: Money,
    /// What the customer still owes of the settlement.
    pub open: Money,
    /// The receipts in force that paid it, whether taken here or entered in finance.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub receipts: Vec<TicketReceipt>,
    /// When it was imported from an older system; null for a ticket that was taken in here.
    pub imported_at: Option<Timestamp>,
    /// What the older system had received for it. For information: the money books do not know it.
    pub imported_received: Option<Money>,
    /// Stock and money documents that the ticket caused, oldest first.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub documents: Vec<TicketDocument>,
    /// Callback.
    pub callback: Option<TicketCallback>,
    /// Other open tickets on the same serial.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub duplicates: Vec<TicketRow>,
}
impl Resource for Ticket {
    const NAME: &'static str = "ticket";
}
impl Versioned for Ticket {
    fn version(&self) -> i64 {
        self.version
    }
}

//! What the engineer, the storekeeper and the inspector send.

use super::state::OldPartState;
use super::{CauseId, FaultId, LevelId, MethodId, ProductId, ServiceItemId, TicketPartId, WarehouseId};
use crate::identity::UserId;
use crate::{Note, Quantity, Serial, Text, UnitPrice};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Who pays.
pub use crate::finance::Payer as TicketPayer;

/// A reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Why.
    pub reason: Note<500>,
}

/// A remark that may be left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// Remark.
    pub remark: Option<Note<500>>,
}

/// Accepts a ticket, and gives it to an engineer at once where one is named.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// The engineer who gets it; wants the right to assign.
    #[serde(default)]
    pub engineer_id: Option<UserId>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<500>>,
}

/// The end of a repair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FinishDraft {
    /// Whether the parts went into the unit as planned: what is reserved is issued (wants the right to issue), and all
    /// that the engineer holds counts as used. Parts that are kept by serial are issued one by one before.
    #[serde(default)]
    pub use_parts: bool,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<500>>,
}

/// Gives the ticket to an engineer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The engineer.
    pub engineer_id: UserId,
    /// Why; needed when another engineer had it.
    #[serde(default)]
    pub reason: Option<Note<500>>,
}

/// One method that is applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MethodDraft {
    /// Repair method.
    pub method_id: MethodId,
    /// Its level, which decides the price of the labour. The level of the method where it is left out.
    #[serde(default)]
    pub level_id: Option<LevelId>,
}

/// What the engineer found and will do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Diagnosis {
    /// Cause, from the list.
    #[serde(default)]
    pub cause_id: Option<CauseId>,
    /// What was found.
    #[serde(default)]
    pub findings: Option<Note<1000>>,
    /// Symptoms that were seen by the engineer, 1 to 20.
    #[validate(length(min = 1, max = 20))]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 20))]
    pub fault_ids: Vec<FaultId>,
    /// Methods, at most 20; they may be completed later, but not after the finish.
    #[serde(default)]
    #[validate(nested, length(max = 20))]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub methods: Vec<MethodDraft>,
}

/// A part that the repair needs. It is reserved from the station's stock as far as there is some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PartDraft {
    /// The part.
    pub product_id: ProductId,
    /// How many, more than 0.
    pub quantity: Quantity,
    /// Who pays, where that differs from the warranty state (damage by the customer).
    #[serde(default)]
    pub payer: Option<TicketPayer>,
    /// Store to take it from; the station's good-parts store where it is left out.
    #[serde(default)]
    pub warehouse_id: Option<WarehouseId>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Text<200>>,
}

/// Parts to add to a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PartsDraft {
    /// The parts, 1 to 50.
    #[validate(nested, length(min = 1, max = 50))]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 50))]
    pub lines: Vec<PartDraft>,
    /// Whether they are handed to the engineer at once, as far as they are there. Parts that are kept by serial are
    /// issued by their serial.
    #[serde(default)]
    pub issue: bool,
}

/// A part line to take off the ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PartChoice {
    /// The line.
    pub line_id: TicketPartId,
}

/// So much of one part line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PartMove {
    /// The line.
    pub line_id: TicketPartId,
    /// How many, more than 0.
    pub quantity: Quantity,
    /// Serial of the part; needed for parts that are kept by serial.
    #[serde(default)]
    pub serial: Option<Serial>,
}

/// Parts that move between the store and the engineer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PartMoves {
    /// The moves, 1 to 50.
    #[validate(nested, length(min = 1, max = 50))]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 50))]
    pub lines: Vec<PartMove>,
}

/// How much of an issued part line went into the unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PartUse {
    /// The line.
    pub line_id: TicketPartId,
    /// How many are in the unit now, 0 or more.
    pub quantity: Quantity,
    /// Serial of the part that was taken out.
    #[serde(default)]
    pub old_serial: Option<Serial>,
    /// What becomes of the part that was taken out; decided by the part's file where it is left out.
    #[serde(default)]
    pub old_part: Option<OldPartState>,
}

/// The use of parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PartUses {
    /// The lines, 1 to 50.
    #[validate(nested, length(min = 1, max = 50))]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 50))]
    pub lines: Vec<PartUse>,
}

/// A service that is charged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FeeDraft {
    /// Service item.
    pub service_item_id: ServiceItemId,
    /// How many, more than 0.
    pub quantity: Quantity,
    /// Another price than that of the item, tax included, not negative.
    #[serde(default)]
    pub unit_price: Option<UnitPrice>,
}

/// All services that are charged on the ticket; replaces what was there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FeesDraft {
    /// The services, at most 30.
    #[validate(nested, length(max = 30))]
    #[cfg_attr(feature = "schema", schema(max_items = 30))]
    pub lines: Vec<FeeDraft>,
}

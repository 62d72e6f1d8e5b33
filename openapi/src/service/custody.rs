//! What engineers hold: parts that were issued to them and are neither back in the store nor used up.

use super::TICKET_PARTS;
use super::detail::TicketId;
use crate::identity::{OrgId, UserId};
use crate::master::product::ProductId;
use crate::{ItemCode, Json, Quantity, Text, endpoints};
use serde::{Deserialize, Serialize};

/// Whose custody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct CustodyQuery {
    /// Only this station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Only this engineer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub engineer_id: Option<UserId>,
}

/// A part in the hands of an engineer, for a ticket or without one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HeldPart {
    /// Engineer.
    pub engineer_id: UserId,
    /// Name of the engineer.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李强"))]
    pub engineer_name: String,
    /// Ticket that it is for; null for what was drawn without one.
    pub ticket_id: Option<TicketId>,
    /// Number of the ticket.
    #[cfg_attr(feature = "schema", schema(max_length = 40, example = "RE202611210043"))]
    pub ticket_number: Option<String>,
    /// Part.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: ItemCode,
    /// Its name.
    pub product_name: Text<120>,
    /// How many were issued; for what was drawn without a ticket, what is held.
    pub issued: Quantity,
    /// How many came back to the store.
    pub returned: Quantity,
    /// How many are in the unit, to be used up when the repair is finished.
    pub fitted: Quantity,
    /// How many the engineer answers for: issued − returned − used up.
    pub held: Quantity,
    /// How many must still be fitted or returned: issued − returned − fitted.
    pub loose: Quantity,
}

/// What engineers hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HeldParts {
    /// By engineer, then by ticket.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub items: Vec<HeldPart>,
    /// Whether there is more than is shown.
    pub is_capped: bool,
}

endpoints! { "Tickets";
    /// What engineers hold, ticket by ticket: their own for engineers, the station's for its storekeepers.
    ListHeldParts: Get "/api/v1/service/held-parts" needs TICKET_PARTS, query CustodyQuery => Json<HeldParts>;
}

//! Who has a part: what other stations could send. Never says what it cost.

use super::STOCK_AVAILABILITY;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::{ItemCode, Json, Quantity, Text, choices, endpoints};
use serde::{Deserialize, Serialize};

choices! {
    /// How far a station is from the one that asks, by the tree of stations.
    Nearness {
        Own = "own" ("本网点", "Own station", Success),
        Near = "near" ("同区域", "Same region", Info),
        Far = "far" ("其他区域", "Elsewhere", Neutral),
    }
}

/// Which part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct AvailabilityQuery {
    /// Product.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub product_id: Option<ProductId>,
    /// Words of code, name or model.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 100, nullable = false))]
    pub q: Option<Text<100>>,
}

/// What a station has of a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AvailabilityRow {
    /// Station.
    pub org_id: OrgId,
    /// Its name.
    pub org_name: Text<100>,
    /// Its telephone.
    pub org_phone: Option<Text<30>>,
    /// How far it is.
    pub nearness: Nearness,
    /// Product.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: ItemCode,
    /// Its name.
    pub product_name: Text<120>,
    /// Good, the company's own, in a warehouse and not reserved.
    pub available: Quantity,
    /// On its way to the station.
    pub incoming: Quantity,
}

/// Who has it, the nearest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Availability {
    /// By product, nearness and station.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub items: Vec<AvailabilityRow>,
    /// Whether there is more than is shown.
    pub is_capped: bool,
}

endpoints! { "Stock";
    /// Which stations could send a part, the nearest first.
    ///
    /// For everybody who orders parts: every station, quantities only.
    GetAvailability: Get "/api/v1/stock/availability" needs STOCK_AVAILABILITY, query AvailabilityQuery => Json<Availability>;
}

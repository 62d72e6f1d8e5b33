//! Moves: the ledger itself, append only.

use super::document::StockDocLink;
use super::{Condition, Owner, PlaceKind, STOCK_VIEW};
use crate::document::DocKind;
use crate::finance::Account;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::query::AnyOf;
use crate::{Id, ItemCode, Money, Page, Quantity, Resource, Serial, Text, Timestamp, endpoints};
use serde::{Deserialize, Serialize};

/// Id of a move.
pub type StockMoveId = Id<StockMove>;
/// Id of a place: of a warehouse, an engineer's custody or one of the places outside.
pub type PlaceId = Id<Place>;

/// A place that goods move between.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = StockPlace))]
pub struct Place {
    /// Id.
    pub id: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// Name of the warehouse or of the engineer; null for places outside.
    pub name: Option<Text<60>>,
}

/// One entry of the stock ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockMove {
    /// Id.
    pub id: StockMoveId,
    /// Order of recording.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1204))]
    pub seq: i64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it happened.
    pub effective_at: Timestamp,
    /// Station.
    pub org_id: OrgId,
    /// The document.
    pub document: StockDocLink,
    /// Its kind.
    pub document_kind: DocKind,
    /// Product.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: ItemCode,
    /// Its name.
    pub product_name: Text<120>,
    /// Serial.
    pub serial: Option<Serial>,
    /// Condition.
    pub condition: Condition,
    /// Owner.
    pub owner: Owner,
    /// Where from.
    pub from: Place,
    /// Where to.
    pub to: Place,
    /// Quantity; below zero in a reversal, zero where only value moves.
    pub quantity: Quantity,
    /// Value; null without the right to see cost.
    pub value: Option<Money>,
    /// The entry that this one reverses.
    pub mirror_of: Option<StockMoveId>,
}
impl Resource for StockMove {
    const NAME: &'static str = "stock_move";
}

/// One account of a posting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = StockJournalLine))]
pub struct Journal {
    /// Account.
    pub account: Account,
    /// Debit.
    pub debit: Money,
    /// Credit.
    pub credit: Money,
}

/// Filter of the ledger. `q` looks in serials.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct StockMoveFilter {
    /// Product.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub product_id: Option<ProductId>,
    /// Exactly this serial.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 40, nullable = false))]
    pub serial: Option<Serial>,
    /// Into or out of this warehouse.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub warehouse_id: Option<WarehouseId>,
    /// Into or out of this place, for example the custody of an engineer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub place_id: Option<PlaceId>,
    /// Kinds of document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<DocKind>, required = false))]
    pub document_kind: Option<AnyOf<DocKind>>,
    /// Owners.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<Owner>, required = false))]
    pub owner: Option<AnyOf<Owner>>,
    /// Conditions.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<Condition>, required = false))]
    pub condition: Option<AnyOf<Condition>>,
    /// Only what happened at or after this instant.
    #[serde(rename = "effective_at[gte]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = DateTime, max_length = 40, nullable = false))]
    pub effective_from: Option<Timestamp>,
    /// Only what happened before this instant.
    #[serde(rename = "effective_at[lt]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = DateTime, max_length = 40, nullable = false))]
    pub effective_before: Option<Timestamp>,
}
impl crate::page::Filter for StockMoveFilter {
    const SORTS: &'static [&'static str] = &["seq", "effective_at"];
    const DEFAULT_SORT: &'static str = "-seq";
}

endpoints! { "Stock";
    /// List ledger entries: the moves of a part, of a serial, of a warehouse.
    ListStockMoves: Get "/api/v1/stock/moves" needs STOCK_VIEW, list StockMoveFilter => Page<StockMove>;
}

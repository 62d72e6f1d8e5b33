//! What lies where, now and at any earlier instant.

use super::movement::Place;
use super::{Condition, Owner, PlaceKind, STOCK_VIEW};
use crate::document::DocKind;
use crate::identity::{OrgId, UserId};
use crate::master::dictionary::DictionaryEntryId;
use crate::master::product::{ProductId, ProductKind};
use crate::master::warehouse::WarehouseId;
use crate::query::AnyOf;
use crate::{Date, Id, ItemCode, Json, Money, Page, Quantity, Resource, Text, Timestamp, endpoints};
use serde::{Deserialize, Serialize};

/// Id of a balance.
pub type StockBalanceId = Id<StockBalance>;

/// What lies in one place, of one product, condition and owner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockBalance {
    /// Id.
    pub id: StockBalanceId,
    /// Counts the changes.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// First goods.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station.
    pub org_id: OrgId,
    /// Its name.
    pub org_name: Text<100>,
    /// Warehouse or engineer; of goods in transit, the transfer.
    pub place: Place,
    /// Product.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: ItemCode,
    /// Its name.
    pub product_name: Text<120>,
    /// What it is.
    pub product_kind: ProductKind,
    /// Name of its brand.
    pub brand_name: Option<Text<60>>,
    /// Its model or specification.
    pub model: Option<Text<60>>,
    /// Where in the warehouse it lies.
    pub bin: Option<Text<20>>,
    /// Condition.
    pub condition: Condition,
    /// Owner.
    pub owner: Owner,
    /// On hand.
    pub on_hand: Quantity,
    /// Reserved for tickets.
    pub reserved: Quantity,
    /// On hand and not reserved.
    pub available: Quantity,
    /// On its way to this warehouse, shipped and not yet signed for.
    pub incoming: Quantity,
    /// Ordered from suppliers for this warehouse, and not come yet.
    pub ordered: Quantity,
    /// Value; null without the right to see cost.
    pub value: Option<Money>,
}
impl Resource for StockBalance {
    const NAME: &'static str = "stock_balance";
}

/// Filter of current stock. `q` looks in code and name of the product.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct StockFilter {
    /// Station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Also the stations below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub include_below: Option<bool>,
    /// Warehouse.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub warehouse_id: Option<WarehouseId>,
    /// Custody of this engineer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub engineer_id: Option<UserId>,
    /// Product.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub product_id: Option<ProductId>,
    /// Kinds of product, for example `part`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<ProductKind>, required = false))]
    pub product_kind: Option<AnyOf<ProductKind>>,
    /// Brand.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub brand_id: Option<DictionaryEntryId>,
    /// Category of product.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub category_id: Option<DictionaryEntryId>,
    /// Words of the model or specification.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 60, nullable = false))]
    pub model: Option<Text<60>>,
    /// Kinds of place, for example `transit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<PlaceKind>, required = false))]
    pub place_kind: Option<AnyOf<PlaceKind>>,
    /// Conditions.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<Condition>, required = false))]
    pub condition: Option<AnyOf<Condition>>,
    /// Owners.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<Owner>, required = false))]
    pub owner: Option<AnyOf<Owner>>,
    /// Also the places where nothing is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub include_empty: Option<bool>,
}
impl crate::page::Filter for StockFilter {
    const SORTS: &'static [&'static str] = &["updated_at", "created_at", "on_hand", "value"];
    const DEFAULT_SORT: &'static str = "-updated_at";
}

/// What current stock adds up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockSums {
    /// Places and products that the sums are made of.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 128))]
    pub rows: i64,
    /// On hand.
    pub on_hand: Quantity,
    /// Reserved for tickets.
    pub reserved: Quantity,
    /// On hand and not reserved.
    pub available: Quantity,
    /// Value; null without the right to see cost.
    pub value: Option<Money>,
}

/// Which instant, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct AsOfQuery {
    /// At the end of this day.
    #[cfg_attr(feature = "schema", param(value_type = String, format = Date, max_length = 10))]
    pub on: Date,
    /// Station; left out, every station in reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Also the stations below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub include_below: Option<bool>,
    /// Warehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub warehouse_id: Option<WarehouseId>,
    /// Product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub product_id: Option<ProductId>,
}

/// What lay in one place at the end of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockAsOfRow {
    /// Station.
    pub org_id: OrgId,
    /// Name of the station.
    pub org_name: Text<100>,
    /// Warehouse or engineer.
    pub place: Place,
    /// Product.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: ItemCode,
    /// Its name.
    pub product_name: Text<120>,
    /// Condition.
    pub condition: Condition,
    /// Owner.
    pub owner: Owner,
    /// Quantity.
    pub quantity: Quantity,
    /// Value; null without the right to see cost.
    pub value: Option<Money>,
}

/// What lay where at the end of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockAsOf {
    /// The day.
    pub on: Date,
    /// By place and product.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub items: Vec<StockAsOfRow>,
    /// Whether there is more than is shown; narrow it to a warehouse or a product.
    pub is_capped: bool,
}

/// Which month, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct TurnoverQuery {
    /// First day.
    #[cfg_attr(feature = "schema", param(value_type = String, format = Date, max_length = 10))]
    pub from: Date,
    /// Last day.
    #[cfg_attr(feature = "schema", param(value_type = String, format = Date, max_length = 10))]
    pub to: Date,
    /// Station; left out, every station in reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Also the stations below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub include_below: Option<bool>,
    /// Warehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub warehouse_id: Option<WarehouseId>,
    /// Product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub product_id: Option<ProductId>,
}

/// What documents of one kind moved into and out of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TurnoverMoves {
    /// Kind of the documents.
    pub kind: DocKind,
    /// Quantity that came in.
    pub incoming: Quantity,
    /// Quantity that went out.
    pub outgoing: Quantity,
    /// Value that came in; null without the right to see cost.
    pub incoming_value: Option<Money>,
    /// Value that went out.
    pub outgoing_value: Option<Money>,
}

/// Opening, in, out and closing of one place and product (收发存).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TurnoverRow {
    /// Station.
    pub org_id: OrgId,
    /// Name of the station.
    pub org_name: Text<100>,
    /// Warehouse or engineer.
    pub place: Place,
    /// Product.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: ItemCode,
    /// Its name.
    pub product_name: Text<120>,
    /// Condition.
    pub condition: Condition,
    /// Owner.
    pub owner: Owner,
    /// Quantity before the first day.
    pub opening: Quantity,
    /// Quantity that came in.
    pub incoming: Quantity,
    /// Quantity that went out.
    pub outgoing: Quantity,
    /// Quantity after the last day: opening + in − out.
    pub closing: Quantity,
    /// Value before the first day; values are null without the right to see cost.
    pub opening_value: Option<Money>,
    /// Value that came in.
    pub incoming_value: Option<Money>,
    /// Value that went out.
    pub outgoing_value: Option<Money>,
    /// Value after the last day.
    pub closing_value: Option<Money>,
    /// What came in and went out, by kind of document; their sums are the totals above.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub moves: Vec<TurnoverMoves>,
}

/// Opening, in, out and closing between two days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Turnover {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// By place and product.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub items: Vec<TurnoverRow>,
    /// Whether there is more than is shown.
    pub is_capped: bool,
}

endpoints! { "Stock";
    /// Current stock: on hand, reserved, available and value by place, product and condition.
    ListStock: Get "/api/v1/stock/balances" needs STOCK_VIEW, list StockFilter => Page<StockBalance>;
    /// What current stock adds up to, for the filter of the list.
    SumStock: Get "/api/v1/stock/balances/sums" needs STOCK_VIEW, whole StockFilter => Json<StockSums>;
    /// Stock at the end of an earlier day.
    ///
    /// Computed from the ledger by the time things happened, back-dated documents included.
    GetStockAsOf: Get "/api/v1/stock/as-of" needs STOCK_VIEW, query AsOfQuery => Json<StockAsOf>;
    /// Opening, in, out and closing between two days.
    GetStockTurnover: Get "/api/v1/stock/turnover" needs STOCK_VIEW, query TurnoverQuery => Json<Turnover>;
}

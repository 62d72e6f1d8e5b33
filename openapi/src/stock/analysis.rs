//! What to do about stock: demand from the ledger, forecast, shortage and overstock, what to send where; how old and how
//! valuable stock is.

use super::{Condition, Owner, STOCK_ANALYSIS, STOCK_VIEW};
use crate::identity::OrgId;
use crate::master::product::{ProductId, ProductKind};
use crate::master::warehouse::WarehouseId;
use crate::query::AnyOf;
use crate::stock::movement::Place;
use crate::{Date, ItemCode, Json, Money, Quantity, Text, choices, endpoints};
use serde::{Deserialize, Serialize};

choices! {
    /// How demand was forecast: the method that would have been nearest in the last periods.
    ForecastMethod {
        Croston = "croston" ("Croston", "Croston", Neutral),
        Sba = "sba" ("SBA", "SBA", Neutral),
        Tsb = "tsb" ("TSB", "TSB", Neutral),
        Mean = "mean" ("平均", "Mean", Neutral),
        Nothing = "nothing" ("无需求", "No demand", Neutral),
    }
    /// How demand comes, by its interval (1.32 periods) and the square of its variation (0.49).
    DemandPattern {
        Smooth = "smooth" ("平稳", "Smooth", Success),
        Erratic = "erratic" ("量波动", "Erratic", Warning),
        Intermittent = "intermittent" ("间歇", "Intermittent", Info),
        Lumpy = "lumpy" ("块状", "Lumpy", Warning),
        Nothing = "nothing" ("无需求", "None", Neutral),
    }
    /// Whether there is enough.
    StockVerdict {
        Shortage = "shortage" ("缺货", "Shortage", Danger),
        Enough = "enough" ("适量", "Enough", Success),
        Overstock = "overstock" ("超储", "Overstock", Warning),
        Idle = "idle" ("呆滞", "Idle", Warning),
    }
    /// Share of the value that is used: A the first 80 %, B the next 15 %, C the rest.
    AbcClass {
        A = "a" ("A", "A", Danger),
        B = "b" ("B", "B", Warning),
        C = "c" ("C", "C", Neutral),
    }
}

/// What to analyse, and against which wishes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct AnalysisQuery {
    /// Station; left out, every station in reach.
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
    /// Product.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub product_id: Option<ProductId>,
    /// Kinds of product.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<ProductKind>, required = false))]
    pub product_kind: Option<AnyOf<ProductKind>>,
    /// Only these verdicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<StockVerdict>, required = false))]
    pub verdict: Option<AnyOf<StockVerdict>>,
    /// Days of a consumption period (消耗周期), 7 to 90; 30 when absent. Twelve periods are looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(minimum = 7, maximum = 90, default = 30, nullable = false))]
    pub cycle_days: Option<i64>,
    /// Days that stock should cover (保障周期), 7 to 365; 45 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(minimum = 7, maximum = 365, default = 45, nullable = false))]
    pub cover_days: Option<i64>,
    /// Days until ordered goods come, 0 to 180; 7 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(minimum = 0, maximum = 180, default = 7, nullable = false))]
    pub lead_days: Option<i64>,
    /// Share of demand to be met from stock, in basis points, 5,000 to 9,990; 9,500 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(minimum = 5000, maximum = 9990, default = 9500, nullable = false))]
    pub fill_rate: Option<i64>,
}

/// What a warehouse has of a product and what it needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockNeed {
    /// Station.
    pub org_id: OrgId,
    /// Its name.
    pub org_name: Text<100>,
    /// Warehouse.
    pub warehouse_id: WarehouseId,
    /// Its name.
    pub warehouse_name: Text<60>,
    /// Product.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: ItemCode,
    /// Its name.
    pub product_name: Text<120>,
    /// Good, the company's own and not reserved.
    pub available: Quantity,
    /// On its way to the station; counted for its first warehouse alone.
    pub incoming: Quantity,
    /// Ordered from suppliers and not come yet.
    pub ordered: Quantity,
    /// Used, sold and sent on request in all periods, less what came back.
    pub consumed: Quantity,
    /// The same by period, oldest first.
    #[cfg_attr(feature = "schema", schema(min_items = 12, max_items = 12))]
    pub periods: Vec<Quantity>,
    /// How demand comes.
    pub pattern: DemandPattern,
    /// How the forecast was made.
    pub method: ForecastMethod,
    /// Expected demand of one period.
    pub forecast: Quantity,
    /// For how many days the stock will do, at most 9,999; null without demand.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9999, example = 62))]
    pub lasts_days: Option<i64>,
    /// Order when less than this is there or on its way.
    pub least: Quantity,
    /// Order up to this.
    pub target: Quantity,
    /// What is missing up to the target.
    pub shortage: Quantity,
    /// What could be given away.
    pub surplus: Quantity,
    /// Whether there is enough.
    pub verdict: StockVerdict,
    /// Share of the value that is used.
    pub abc: AbcClass,
    /// When it was last used.
    pub last_used_on: Option<Date>,
    /// Value of what is there; null without the right to see cost.
    pub value: Option<Money>,
}

/// The analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockAnalysis {
    /// First day that was looked at.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// By urgency: shortages first, the largest share of use first.
    #[cfg_attr(feature = "schema", schema(max_items = 2000))]
    pub items: Vec<StockNeed>,
    /// Whether there is more than is shown.
    pub is_capped: bool,
}

/// What a warehouse that has too much could send to a station that lacks it, or what a station should ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SupplyAdvice {
    /// Station that lacks it.
    pub org_id: OrgId,
    /// Its name.
    pub org_name: Text<100>,
    /// Station that gives; in a requisition the one above.
    pub supplier_id: OrgId,
    /// Its name.
    pub supplier_name: Text<100>,
    /// Warehouse that sends; null when it has to be asked for.
    pub warehouse_id: Option<WarehouseId>,
    /// Its name.
    pub warehouse_name: Option<Text<60>>,
    /// Product.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: ItemCode,
    /// Its name.
    pub product_name: Text<120>,
    /// Whether a transfer can send it only serial by serial.
    pub is_serial_tracked: bool,
    /// Quantity.
    pub quantity: Quantity,
}

/// What to move and what to ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SupplyAdvices {
    /// Transfers first, then requisitions; by the two stations and product.
    #[cfg_attr(feature = "schema", schema(max_items = 2000))]
    pub items: Vec<SupplyAdvice>,
    /// Whether there is more than is shown.
    pub is_capped: bool,
}

/// Whose stock.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct AgeQuery {
    /// Station; left out, every station in reach.
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
    /// Product.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub product_id: Option<ProductId>,
}

/// How long what lies in a place has lain there, the oldest leaving first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockAgeRow {
    /// Station.
    pub org_id: OrgId,
    /// Its name.
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
    /// On hand.
    pub quantity: Quantity,
    /// Came in the last 30 days.
    pub to_30: Quantity,
    /// 31 to 90 days ago.
    pub to_90: Quantity,
    /// 91 to 180 days ago.
    pub to_180: Quantity,
    /// 181 to 365 days ago.
    pub to_365: Quantity,
    /// More than 365 days ago.
    pub older: Quantity,
    /// Value; null without the right to see cost.
    pub value: Option<Money>,
}

/// The age of stock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockAge {
    /// The oldest first.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub items: Vec<StockAgeRow>,
    /// Whether there is more than is shown.
    pub is_capped: bool,
}

/// What stock was worth at the end of a month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockWorth {
    /// The last day of the month, or today.
    pub on: Date,
    /// Places and products with something in them.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 128))]
    pub cells: i64,
    /// Quantity of everything.
    pub quantity: Quantity,
    /// Value; null without the right to see cost.
    pub value: Option<Money>,
}

/// What stock was worth at the ends of the last twelve months and is now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockHistory {
    /// Oldest first.
    #[cfg_attr(feature = "schema", schema(max_items = 13))]
    pub items: Vec<StockWorth>,
}

endpoints! { "Stock analysis";
    /// Shortage and overstock by warehouse.
    ///
    /// Demand of a warehouse is what engineers took and did not bring back, what was sold, and what was sent to stations
    /// that asked for it. The forecast is that of Croston, SBA, TSB or the mean, whichever would have been nearest in the
    /// last third of the periods. Levels are such that the wanted share of demand is met from stock.
    GetStockAnalysis: Get "/api/v1/stock/analysis" needs STOCK_ANALYSIS, query AnalysisQuery => Json<StockAnalysis>;
    /// What to send from where there is too much, and what to ask for.
    GetSupplyAdvice: Get "/api/v1/stock/analysis/advice" needs STOCK_ANALYSIS, query AnalysisQuery => Json<SupplyAdvices>;
    /// How old stock is.
    GetStockAge: Get "/api/v1/stock/age" needs STOCK_VIEW, query AgeQuery => Json<StockAge>;
    /// What stock was worth month by month.
    GetStockHistory: Get "/api/v1/stock/history" needs STOCK_VIEW, query AgeQuery => Json<StockHistory>;
}

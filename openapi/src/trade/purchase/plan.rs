//! Consolidation of parts plans (配件计划汇总): what all stations want in a month against what headquarters has and has ordered.

use super::order::PurchaseOrder;
use crate::finance::PartyId;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::stock::PARTS_PLAN_APPROVE;
use crate::stock::plan::{PartsPlanId, PartsPlanKind, PartsPlanLineId};
use crate::{Created, Date, ItemCode, Json, Month, Quantity, Text, UnitPrice, endpoints, parts};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Which plans are consolidated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct ConsolidationQuery {
    /// Month; the present one when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 7, pattern = r"^\d{4}-\d{2}$", example = "2026-11", nullable = false))]
    pub month: Option<Month>,
    /// Product.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub product_id: Option<ProductId>,
}

parts! {
    /// What one station wants of a part.
    shown StationDemand {
        /// The plan.
        plan_id: PartsPlanId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "JH20261100001"))]
        plan_number: String,
        /// Its version, to be sent along with what is decided.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
        version: i64,
        /// For a month or at once.
        kind: PartsPlanKind,
        /// Day by which the part is needed.
        needed_on: Option<Date>,
        /// Station.
        org_id: OrgId,
        /// Its name.
        org_name: Text<100>,
        /// The line of the plan.
        line_id: PartsPlanLineId,
        /// Quantity that is wanted.
        wanted: Quantity,
        /// Quantity that was approved; null before.
        approved: Option<Quantity>,
        /// Whether the whole plan is approved, so that its lines can be requisitioned.
        is_approved: bool,
        /// Quantity in requisitions.
        requisitioned: Quantity,
        /// What headquarters could send of what is open: urgent plans first, then the oldest.
        to_send: Quantity,
    }
    /// What all stations want of a part, and what headquarters has of it.
    shown PartDemand {
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Sum of what is wanted.
        wanted: Quantity,
        /// Sum of what was approved.
        approved: Quantity,
        /// Sum of what is in requisitions.
        requisitioned: Quantity,
        /// Good stock of headquarters that is not reserved.
        available: Quantity,
        /// Of it promised: in requisitions that wait for goods, and open in plans of earlier months.
        promised: Quantity,
        /// On order with suppliers for headquarters and not come yet.
        ordered: Quantity,
        /// In purchase orders of headquarters that are not placed yet.
        drafted: Quantity,
        /// What is missing for everything that is open, what nobody decided yet counted as wanted.
        short: Quantity,
        /// What is missing for what is approved: as much can be ordered.
        to_order: Quantity,
        /// Price in the latest purchase order; null when it was never bought or the caller may not see orders.
        last_price: Option<UnitPrice>,
        /// Station by station: urgent plans first, then the oldest.
        #[cfg_attr(feature = "schema", schema(max_items = 1000))]
        lines: Vec<StationDemand>,
    }
    /// The consolidation of a month.
    shown PlanConsolidation {
        /// The month.
        month: Month,
        /// By product code.
        #[cfg_attr(feature = "schema", schema(max_items = 2000))]
        items: Vec<PartDemand>,
        /// Whether there is more than is shown.
        is_capped: bool,
    }
    /// One part that is ordered because it is short.
    draft ShortageOrderLine {
        /// Product.
        product_id: ProductId,
        /// Quantity, from zero (not from this supplier) to what is missing for what is approved.
        #[validate(custom(function = "crate::check::count"))]
        quantity: Quantity,
        /// Price per unit of measure, VAT included.
        #[validate(custom(function = "crate::check::price"))]
        unit_price: UnitPrice,
    }
    /// A purchase order for what is short.
    draft ShortageOrderDraft {
        /// Month of the plans.
        month: Month,
        /// Supplier.
        party_id: PartyId,
        /// Warehouse of headquarters that the goods are to come to.
        warehouse_id: WarehouseId,
        /// When the goods are expected.
        #[serde(default)]
        expected_on: Option<Date>,
        /// Lines, 1 to 200; a product at most once.
        #[validate(nested, length(min = 1, max = 200))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
        lines: Vec<ShortageOrderLine>,
    }
}

endpoints! { "Consolidation of parts plans";
    /// Sum the plans of all stations in a month, part by part: submitted ones, and approved ones that are not fully supplied.
    GetPlanConsolidation: Get "/api/v1/trade/plan-consolidation" needs PARTS_PLAN_APPROVE, query ConsolidationQuery => Json<PlanConsolidation>;
    /// Draft a purchase order for what is short.
    ///
    /// Refused with `plan_shortage_covered` when more would be ordered than what is approved lacks: somebody else may have
    /// ordered it meanwhile.
    OrderPlanShortage: Post "/api/v1/trade/plan-consolidation/order" needs PARTS_PLAN_APPROVE, body ShortageOrderDraft => Created<PurchaseOrder>;
}

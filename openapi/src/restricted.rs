//! Fields that not everybody sees. A test calls every operation as every role and compares.

use crate::Permission;
use crate::master::{CUSTOMER_CONTACT, PRODUCT_COST, PRODUCT_PRICES};
use crate::service::{TICKET_CONTACT_VIEW, TICKET_COST_VIEW};
use crate::stock::STOCK_COST;
use crate::trade::purchase::PURCHASE_VIEW;

/// What stands in the place of a hidden value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Veil {
    /// Null, or nothing in a list.
    Absent,
    /// The value with `*` for its middle.
    Masked,
}

/// A field that takes a right to see.
#[derive(Clone, Copy, Debug)]
pub struct Restricted {
    /// Name of the schema.
    pub schema: &'static str,
    /// Name of the field.
    pub field: &'static str,
    /// The right.
    pub needs: Permission,
    /// What others see.
    pub veil: Veil,
}

const fn absent(schema: &'static str, field: &'static str, needs: Permission) -> Restricted {
    Restricted { schema, field, needs, veil: Veil::Absent }
}

const fn masked(schema: &'static str, field: &'static str, needs: Permission) -> Restricted {
    Restricted { schema, field, needs, veil: Veil::Masked }
}

/// Every restricted field of a reply.
pub const RESTRICTED: &[Restricted] = &[
    absent("Product", "standard_cost", PRODUCT_COST),
    absent("ProductRow", "standard_cost", PRODUCT_COST),
    absent("Product", "wholesale_price", PRODUCT_PRICES),
    absent("Product", "warranty_price", PRODUCT_PRICES),
    absent("ProductRow", "wholesale_price", PRODUCT_PRICES),
    absent("ProductRow", "warranty_price", PRODUCT_PRICES),
    absent("PartDemand", "last_price", PURCHASE_VIEW),
    absent("StockAsOfRow", "value", STOCK_COST),
    absent("StockBalance", "value", STOCK_COST),
    absent("StockAgeRow", "value", STOCK_COST),
    absent("StockNeed", "value", STOCK_COST),
    absent("StockWorth", "value", STOCK_COST),
    absent("StockSums", "value", STOCK_COST),
    absent("StockDoc", "accounts", STOCK_COST),
    absent("StockDoc", "total_value", STOCK_COST),
    absent("StockDocRow", "total_value", STOCK_COST),
    absent("StockLine", "unit_cost", STOCK_COST),
    absent("StockLine", "value", STOCK_COST),
    absent("StockMove", "value", STOCK_COST),
    absent("ConversionLine", "value", STOCK_COST),
    absent("Conversion", "unit_value", STOCK_COST),
    absent("RefurbLine", "carrying", STOCK_COST),
    absent("RefurbLine", "parts_value", STOCK_COST),
    absent("RefurbLine", "labour", STOCK_COST),
    absent("RefurbLine", "value", STOCK_COST),
    absent("RefurbPart", "value", STOCK_COST),
    absent("Refurb", "spent", STOCK_COST),
    absent("Revaluation", "gain_value", STOCK_COST),
    absent("Revaluation", "loss_value", STOCK_COST),
    absent("RevaluationLine", "old_cost", STOCK_COST),
    absent("RevaluationLine", "new_cost", STOCK_COST),
    absent("RevaluationLine", "old_value", STOCK_COST),
    absent("RevaluationLine", "difference", STOCK_COST),
    absent("RevaluationRow", "difference", STOCK_COST),
    absent("Stocktake", "gain_value", STOCK_COST),
    absent("Stocktake", "loss_value", STOCK_COST),
    absent("StocktakeLine", "difference_value", STOCK_COST),
    absent("TurnoverRow", "opening_value", STOCK_COST),
    absent("TurnoverRow", "incoming_value", STOCK_COST),
    absent("TurnoverRow", "outgoing_value", STOCK_COST),
    absent("TurnoverRow", "closing_value", STOCK_COST),
    absent("TurnoverMoves", "incoming_value", STOCK_COST),
    absent("TurnoverMoves", "outgoing_value", STOCK_COST),
    absent("RetailSale", "cost_total", STOCK_COST),
    absent("RetailLine", "cost", STOCK_COST),
    absent("RetailReturn", "loss", STOCK_COST),
    absent("RetailReturnLine", "cost", STOCK_COST),
    absent("RetailReturnLine", "value", STOCK_COST),
    absent("Ticket", "cost", TICKET_COST_VIEW),
    absent("TicketPart", "cost", TICKET_COST_VIEW),
    masked("Customer", "phone", CUSTOMER_CONTACT),
    masked("Customer", "landline", CUSTOMER_CONTACT),
    masked("Customer", "email", CUSTOMER_CONTACT),
    masked("CustomerRow", "phone", CUSTOMER_CONTACT),
    masked("Contact", "phone", CUSTOMER_CONTACT),
    masked("Unit", "customer_phone", CUSTOMER_CONTACT),
    masked("UnitRow", "customer_phone", CUSTOMER_CONTACT),
    masked("IntakeCustomer", "phone", TICKET_CONTACT_VIEW),
    masked("Ticket", "customer_phone", TICKET_CONTACT_VIEW),
    masked("TicketRow", "customer_phone", TICKET_CONTACT_VIEW),
];

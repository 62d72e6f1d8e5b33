//! Retail sales: goods out, money in, tax, cost and points, all in one command.

use super::{
    RETAIL_REVERSE, RETAIL_SELL, RETAIL_VIEW, RetailAction, RetailPayment, RetailPaymentDraft, RetailState,
    SaleCondition,
};
use crate::document::{DocKind, Lifecycle, Step};
use crate::finance::PayMethod;
use crate::finance::receipt::ReversalDraft;
use crate::identity::{OrgId, UserId};
use crate::master::customer::CustomerId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::stock::document::StockDocLink;
use crate::{
    ById, Created, Detail, Id, ItemCode, Json, Money, Note, Page, Quantity, Serial, Text, Timestamp, UnitPrice,
    document, endpoints, filter, parts,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Id of a line of a retail sale.
pub type RetailLineId = Id<RetailLine>;

impl Lifecycle for RetailSale {
    type State = RetailState;
    type Action = RetailAction;
    const KIND: DocKind = DocKind::RetailSale;
    const STEPS: &'static [Step<RetailState, RetailAction>] = &[Step {
        from: RetailState::Posted,
        action: RetailAction::Reverse,
        to: RetailState::Reversed,
        permission: RETAIL_REVERSE,
    }];
}

parts! {
    /// One line of a sale, as typed.
    draft RetailLineDraft {
        /// Product.
        product_id: ProductId,
        /// Serial; required for products tracked by serial, whose quantity is 1.
        #[serde(default)]
        serial: Option<Serial>,
        /// Quantity, more than zero and at most 1,000,000.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
        /// New when absent. Refurbished goods cost what the price list says of them, or what is entered.
        #[serde(default)]
        condition: Option<SaleCondition>,
        /// Price per unit with tax; the retail price when absent.
        #[serde(default)]
        #[validate(custom(function = "crate::check::price_if_any"))]
        unit_price: Option<UnitPrice>,
        /// What this line is cheaper by, at most its amount.
        #[serde(default)]
        #[validate(custom(function = "crate::check::amount_if_any"))]
        discount: Option<Money>,
    }
    /// A sale, as typed. Everything is posted at once.
    draft RetailSaleDraft {
        /// Warehouse that the goods leave.
        warehouse_id: WarehouseId,
        /// The customer, who collects points; nobody in particular when absent.
        #[serde(default)]
        customer_id: Option<CustomerId>,
        /// When it happened, not in the future, in this month or one of the twelve before, in an open period; now when absent.
        #[serde(default)]
        effective_at: Option<Timestamp>,
        /// Lines, 1 to 100.
        #[validate(nested, length(min = 1, max = 100))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 100))]
        lines: Vec<RetailLineDraft>,
        /// What the whole is cheaper by; it is shared by the lines.
        #[serde(default)]
        #[validate(custom(function = "crate::check::amount_if_any"))]
        discount: Option<Money>,
        /// How it is paid, in at most 10 ways; together exactly the total.
        #[serde(default)]
        #[validate(nested, length(max = 10))]
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        payments: Vec<RetailPaymentDraft>,
        /// The cash that was handed over, at least what is paid in cash; the difference is the change.
        #[serde(default)]
        #[validate(custom(function = "crate::check::amount_if_any"))]
        tendered: Option<Money>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// One line of a sale.
    shown RetailLine {
        /// Id.
        id: RetailLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial.
        serial: Option<Serial>,
        /// Quantity.
        quantity: Quantity,
        /// New or refurbished.
        condition: SaleCondition,
        /// The retail price on that day; zero for refurbished goods that are not on the list.
        list_price: UnitPrice,
        /// The price that was asked.
        unit_price: UnitPrice,
        /// Everything that it is cheaper by, with its part of the discount on the whole.
        discount: Money,
        /// What is paid for it, tax included.
        amount: Money,
        /// The tax in it.
        vat: Money,
        /// What the goods cost; null without the right to see costs.
        cost: Option<Money>,
        /// How much of it came back.
        returned: Quantity,
        /// What was paid back for it.
        refunded: Money,
        /// What can still be paid back for the rest of it.
        refundable: Money,
    }
    /// A return of a sale.
    shown RetailReturnLink {
        /// Id.
        id: super::back::RetailReturnId,
        /// Number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "LT20261100001"))]
        number: String,
        /// What was paid back.
        refund: Money,
    }
    /// What can be sold: a product, or the very piece whose serial was scanned.
    shown RetailGoods {
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Unit of measure.
        uom: Text<10>,
        /// Whether each piece is sold by its serial.
        is_serial_tracked: bool,
        /// Serial of the piece that was scanned.
        serial: Option<Serial>,
        /// New or refurbished.
        condition: SaleCondition,
        /// Serials of the pieces that lie in the warehouse in that condition, at most 50.
        #[cfg_attr(feature = "schema", schema(max_items = 50))]
        serials: Vec<Serial>,
        /// Retail price per unit, tax included; zero for refurbished goods that are not on the list.
        retail_price: UnitPrice,
        /// How much is free to be sold in the warehouse.
        available: Quantity,
    }
    /// What was found for a code, a serial or words.
    shown RetailGoodsFound {
        /// The goods, at most 20; a code or a serial that fits exactly stands alone.
        #[cfg_attr(feature = "schema", schema(max_items = 20))]
        items: Vec<RetailGoods>,
    }
}

/// What to look for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct RetailGoodsQuery {
    /// Warehouse that the goods would leave.
    #[cfg_attr(feature = "schema", param(value_type = String, format = Uuid, max_length = 36))]
    pub warehouse_id: WarehouseId,
    /// A code, a serial, or words of code and name.
    #[cfg_attr(feature = "schema", param(value_type = String, max_length = 60, example = "PA-0001"))]
    pub code: Text<60>,
}

document! {
    /// A retail sale.
    RetailSale: RetailSaleId "retail_sale" in RetailState by RetailAction {
        /// Name of the station.
        org_name: Text<100>,
        /// Warehouse that the goods left.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<100>,
        /// The customer.
        customer_id: Option<CustomerId>,
        /// Name of the customer.
        customer_name: Option<Text<100>>,
        /// Who sold.
        cashier_id: UserId,
        /// Name of who sold.
        cashier_name: Text<100>,
        /// When it happened.
        effective_at: Timestamp,
        /// Sum of price times quantity.
        gross: Money,
        /// Everything that it is cheaper by.
        discount: Money,
        /// What is paid.
        total: Money,
        /// The tax in it.
        vat_total: Money,
        /// What the goods cost; null without the right to see costs.
        cost_total: Option<Money>,
        /// The cash that was handed over.
        tendered: Option<Money>,
        /// What was given back of it.
        change: Money,
        /// Points that the customer earned.
        #[cfg_attr(feature = "schema", schema(example = 48))]
        points: i64,
        /// What was paid back for goods that came back.
        refunded: Money,
        /// Whether something of it can still come back, and the caller may take it.
        is_returnable: bool,
        /// Remark.
        remark: Option<Note<500>>,
        /// The sale that this one takes back.
        reversal_of: Option<RetailSaleId>,
        /// The sale that takes this one back.
        reversed_by: Option<RetailSaleId>,
        /// Why it was taken back.
        reason: Option<Note<500>>,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 100))]
        lines: Vec<RetailLine>,
        /// How it was paid.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        payments: Vec<RetailPayment>,
        /// Returns in force.
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        returns: Vec<RetailReturnLink>,
        /// What it posted to stock.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        postings: Vec<StockDocLink>,
    }
    /// A retail sale in a list.
    RetailSaleRow {
        /// Name of the station.
        org_name: Text<100>,
        /// Name of the customer.
        customer_name: Option<Text<100>>,
        /// Name of who sold.
        cashier_name: Text<100>,
        /// When it happened.
        effective_at: Timestamp,
        /// Ways of payment.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        methods: Vec<PayMethod>,
        /// Number of lines.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 2))]
        line_count: i64,
        /// What is paid.
        total: Money,
        /// What was paid back.
        refunded: Money,
        /// Points that the customer earned.
        #[cfg_attr(feature = "schema", schema(example = 48))]
        points: i64,
        /// Remark.
        remark: Option<Note<500>>,
    }
}

filter! {
    /// Filter of the list of retail sales. `q` looks in number, cashier and remark.
    RetailSaleFilter by "created_at", "updated_at", "effective_at", "number", "total" {
        /// States.
        state: any RetailState,
        /// Ways of payment.
        method: any PayMethod,
        /// Station.
        org_id: id OrgId,
        /// Customer.
        customer_id: id CustomerId,
        /// Exactly this number.
        number: text 60,
        /// First day.
        effective_from: date,
        /// Last day.
        effective_until: date,
    }
}

endpoints! { "Retail sales";
    /// List retail sales.
    ListRetailSales: Get "/api/v1/trade/retail-sales" needs RETAIL_VIEW, list RetailSaleFilter => Page<RetailSaleRow>;
    /// Read a retail sale with its lines.
    GetRetailSale: Get "/api/v1/trade/retail-sales/{id}" needs RETAIL_VIEW, path ById<RetailSale> => Detail<RetailSale>;
    /// Find goods by code, serial or words.
    FindRetailGoods: Get "/api/v1/trade/retail-goods" needs RETAIL_SELL, query RetailGoodsQuery => Json<RetailGoodsFound>;
    /// Sell goods over the counter.
    ///
    /// Goods out, income, tax, cost, money and points are posted at once. Of two sales of the last piece one wins; the
    /// other is told what is left (`stock_insufficient`).
    CreateRetailSale: Post "/api/v1/trade/retail-sales" needs RETAIL_SELL, body RetailSaleDraft => Created<RetailSale> [posts];
    /// Take a sale back by its mirror.
    ///
    /// Refused for who sold it, and while goods of it that came back stand in the way (`reversal_blocked`).
    ReverseRetailSale: Post "/api/v1/trade/retail-sales/{id}/reverse" needs RETAIL_REVERSE, path ById<RetailSale>, body ReversalDraft => Detail<RetailSale> [posts];
}

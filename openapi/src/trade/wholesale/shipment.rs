//! Shipments: what was sent of a sales order. A shipment posts at once: goods out, cost, income and what is owed.

use super::order::{SalesLineId, SalesOrder, SalesOrderId, SalesReason};
use super::{WHOLESALE_REVERSE, WHOLESALE_SHIP, WHOLESALE_VIEW};
use crate::finance::PartyId;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::stock::document::StockDocLink;
use crate::trade::retail::SaleCondition;
use crate::{
    ById, Date, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, Timestamp, UnitPrice, document,
    endpoints, filter, parts, posted,
};
use validator::Validate;

/// Id of a line of a shipment.
pub type SalesShipmentLineId = Id<SalesShipmentLine>;

posted! { SalesShipmentLife of SalesShipment: SalesShipmentState as ("已发货", "Shipped"), SalesShipmentAction needs WHOLESALE_REVERSE }

parts! {
    /// What is shipped of one line of the order.
    draft SalesShipmentLineDraft {
        /// Line of the order.
        line_id: SalesLineId,
        /// Quantity, from zero to what is still open; lines with zero are left out.
        #[validate(custom(function = "crate::check::count"))]
        quantity: Quantity,
        /// Serial numbers of products that are tracked by them, one for each piece; at most 500.
        #[serde(default)]
        #[validate(length(max = 500))]
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        serials: Vec<Serial>,
    }
    /// A shipment, as packed.
    draft SalesShipmentDraft {
        /// When it leaves, not in the future, in this month or one of the twelve before, in an open period; now when absent.
        #[serde(default)]
        effective_at: Option<Timestamp>,
        /// Who carries it.
        #[serde(default)]
        courier: Option<Text<60>>,
        /// Number of the consignment note.
        #[serde(default)]
        tracking_no: Option<Text<60>>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// What leaves, line by line; 1 to 500.
        #[validate(nested, length(min = 1, max = 500))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 500))]
        lines: Vec<SalesShipmentLineDraft>,
    }
    /// A shipment that an order points to.
    shown SalesShipmentLink {
        /// Id.
        id: SalesShipmentId,
        /// Number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "FH20261100001"))]
        number: String,
        /// State.
        state: SalesShipmentState,
        /// When it left.
        effective_at: Timestamp,
        /// Who carries it.
        courier: Option<Text<60>>,
        /// Number of the consignment note.
        tracking_no: Option<Text<60>>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What is owed for it, VAT included.
        amount: Money,
    }
    /// One line of a shipment: one piece, where pieces have serial numbers.
    shown SalesShipmentLine {
        /// Id.
        id: SalesShipmentLineId,
        /// Line of the order.
        order_line_id: SalesLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial number.
        serial: Option<Serial>,
        /// New or refurbished.
        condition: SaleCondition,
        /// Quantity.
        quantity: Quantity,
        /// Price per unit of measure, VAT included.
        unit_price: UnitPrice,
        /// Amount, VAT included.
        amount: Money,
        /// VAT in it.
        tax: Money,
        /// How much of it came back.
        returned: Quantity,
    }
    /// A return that a shipment points to.
    shown SalesReturnLink {
        /// Id.
        id: super::back::SalesReturnId,
        /// Number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "XT20261100001"))]
        number: String,
        /// State.
        state: super::back::SalesReturnState,
        /// What was credited, VAT included.
        credit: Money,
    }
}

document! {
    /// A shipment.
    SalesShipment: SalesShipmentId "sales_shipment" in SalesShipmentState by SalesShipmentAction {
        /// The order.
        order_id: SalesOrderId,
        /// Number of the order.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "XS20261100001"))]
        order_number: String,
        /// Customer.
        party_id: PartyId,
        /// Name of the customer.
        party_name: Text<100>,
        /// Warehouse that the goods left.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// Where they went.
        address: Option<Text<200>>,
        /// When they left.
        effective_at: Timestamp,
        /// When it is to be paid.
        due_on: Date,
        /// Who carries it.
        courier: Option<Text<60>>,
        /// Number of the consignment note.
        tracking_no: Option<Text<60>>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Why it was reversed.
        reason: Option<Note<500>>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What is owed for it, VAT included.
        amount: Money,
        /// VAT in it.
        tax: Money,
        /// What is still to be paid.
        open: Money,
        /// Whether something of it can still come back, and the caller may ask for that.
        is_returnable: bool,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 1000))]
        lines: Vec<SalesShipmentLine>,
        /// Returns of its goods, the first one first.
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        returns: Vec<SalesReturnLink>,
        /// Stock documents that it posted and that stand.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        postings: Vec<StockDocLink>,
    }
    /// A shipment in a list.
    SalesShipmentRow {
        /// Number of the order.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "XS20261100001"))]
        order_number: String,
        /// Name of the customer.
        party_name: Text<100>,
        /// Name of the warehouse.
        warehouse_name: Text<60>,
        /// When the goods left.
        effective_at: Timestamp,
        /// When it is to be paid.
        due_on: Date,
        /// Who carries it.
        courier: Option<Text<60>>,
        /// Number of the consignment note.
        tracking_no: Option<Text<60>>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What is owed for it, VAT included.
        amount: Money,
    }
}

filter! {
    /// Filter of the list of shipments. `q` looks in number, number of the order, consignment note and remark.
    SalesShipmentFilter by "created_at", "updated_at", "number", "effective_at" {
        /// States.
        state: any SalesShipmentState,
        /// Station.
        org_id: id OrgId,
        /// Customer.
        party_id: id PartyId,
        /// Order.
        order_id: id SalesOrderId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Sales shipments";
    /// Ship goods of an order.
    ///
    /// Never more than is still open (`shipment_exceeds_order`). The goods leave the warehouse at what they cost (6401),
    /// what was reserved first; the customer owes the amount (1122 against 6003 and 2221) until it is due. The answer is
    /// the order; its last shipment is the new one.
    ShipSalesOrder: Post "/api/v1/trade/sales-orders/{id}/ship" needs WHOLESALE_SHIP, path ById<SalesOrder>, body SalesShipmentDraft => Detail<SalesOrder> [posts];
    /// List shipments. A dealer sees its own.
    ListSalesShipments: Get "/api/v1/trade/sales-shipments" needs WHOLESALE_VIEW, list SalesShipmentFilter => Page<SalesShipmentRow>;
    /// Read a shipment.
    GetSalesShipment: Get "/api/v1/trade/sales-shipments/{id}" needs WHOLESALE_VIEW, path ById<SalesShipment> => Detail<SalesShipment>;
    /// Take a shipment back by its mirror: the goods come in at what they left at, and the order waits for them again.
    ///
    /// Refused with `reversal_blocked` while some of it is paid or came back; it names the documents.
    ReverseSalesShipment: Post "/api/v1/trade/sales-shipments/{id}/reverse" needs WHOLESALE_REVERSE, path ById<SalesShipment>, body SalesReason => Detail<SalesShipment> [posts];
}

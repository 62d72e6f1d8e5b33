//! Sales orders: what a dealer or another company orders, typed in by staff or by the dealer itself.

use super::shipment::SalesShipmentLink;
use super::{WHOLESALE_ACCEPT, WHOLESALE_EDIT, WHOLESALE_REVERSE, WHOLESALE_SHIP, WHOLESALE_SIGN, WHOLESALE_VIEW};
use crate::finance::PartyId;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::trade::retail::SaleCondition;
use crate::{
    ById, Created, Date, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, UnitPrice, choices, document,
    endpoints, filter, life, parts,
};
use validator::Validate;

/// Id of a line of a sales order.
pub type SalesLineId = Id<SalesLine>;

choices! {
    /// States of a sales order.
    SalesState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Uploaded = "uploaded" ("已提交", "Uploaded", Info),
        Accepted = "accepted" ("已接受", "Accepted", Info),
        PartlyShipped = "partly_shipped" ("部分发货", "Partly shipped", Warning),
        Shipped = "shipped" ("已发货", "Shipped", Success),
        Received = "received" ("已签收", "Received", Success),
        Closed = "closed" ("已关闭", "Closed", Neutral),
        Rejected = "rejected" ("已拒绝", "Rejected", Danger),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a sales order.
    SalesAction {
        Upload = "upload" ("提交", "Upload", Info),
        Accept = "accept" ("接受", "Accept", Success),
        Reject = "reject" ("拒绝", "Reject", Danger),
        Revise = "revise" ("退回修改", "Send back", Warning),
        Ship = "ship" ("发货", "Ship", Success),
        Complete = "complete" ("发齐", "Complete", Success),
        TakeBack = "take_back" ("冲回发货", "Take a shipment back", Warning),
        Clear = "clear" ("冲回全部发货", "Take all shipments back", Warning),
        Sign = "sign" ("确认收货", "Confirm arrival", Success),
        Close = "close" ("关闭", "Close", Warning),
        Void = "void" ("作废", "Void", Danger),
    }
    /// Who wrote an order.
    SalesSource {
        Staff = "staff" ("内部录入", "Staff", Neutral),
        Dealer = "dealer" ("经销商下单", "Dealer", Info),
    }
}

life! {
    /// From draft to arrival. `complete`, `take_back` and `clear` follow from shipments; nobody calls them.
    SalesLife of SalesOrder: SalesState, SalesAction from Draft {
        Draft: Upload => Uploaded needs WHOLESALE_EDIT;
        Draft: Void => Void needs WHOLESALE_EDIT;
        Uploaded: Accept => Accepted needs WHOLESALE_ACCEPT;
        Uploaded: Revise => Draft needs WHOLESALE_ACCEPT;
        Uploaded: Reject => Rejected needs WHOLESALE_ACCEPT;
        Uploaded: Void => Void needs WHOLESALE_EDIT;
        Accepted: Ship => PartlyShipped needs WHOLESALE_SHIP;
        Accepted: Complete => Shipped needs WHOLESALE_SHIP;
        Accepted: Close => Closed needs WHOLESALE_ACCEPT;
        PartlyShipped: Ship => PartlyShipped needs WHOLESALE_SHIP;
        PartlyShipped: Complete => Shipped needs WHOLESALE_SHIP;
        PartlyShipped: TakeBack => PartlyShipped needs WHOLESALE_REVERSE;
        PartlyShipped: Clear => Accepted needs WHOLESALE_REVERSE;
        PartlyShipped: Close => Closed needs WHOLESALE_ACCEPT;
        Shipped: Sign => Received needs WHOLESALE_SIGN;
        Shipped: TakeBack => PartlyShipped needs WHOLESALE_REVERSE;
        Shipped: Clear => Accepted needs WHOLESALE_REVERSE;
        Received: Close => Closed needs WHOLESALE_ACCEPT;
        Received: TakeBack => PartlyShipped needs WHOLESALE_REVERSE;
        Received: Clear => Accepted needs WHOLESALE_REVERSE;
        Closed: TakeBack => PartlyShipped needs WHOLESALE_REVERSE;
        Closed: Clear => Accepted needs WHOLESALE_REVERSE;
    }
}

parts! {
    /// One product that is ordered.
    draft SalesLineDraft {
        /// Product; services are not ordered this way.
        product_id: ProductId,
        /// Quantity, more than zero and at most 1,000,000.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
        /// New when absent.
        #[serde(default)]
        condition: Option<SaleCondition>,
        /// The piece, for products tracked by serial, whose quantity is then 1: it is reserved when the order is accepted,
        /// and nothing else is shipped for the line.
        #[serde(default)]
        serial: Option<Serial>,
        /// Price per unit of measure, VAT included; by the price list when absent. A dealer's must be that of the list.
        #[serde(default)]
        #[validate(custom(function = "crate::check::price_if_any"))]
        unit_price: Option<UnitPrice>,
        /// Remark.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// A sales order, as typed.
    draft SalesOrderDraft {
        /// Who orders: a party that is a dealer or a customer. A dealer orders for itself and leaves it out.
        #[serde(default)]
        party_id: Option<PartyId>,
        /// Warehouse that the goods are to leave; the order belongs to its station. Chosen on acceptance when absent.
        #[serde(default)]
        warehouse_id: Option<WarehouseId>,
        /// Number of the order at the customer.
        #[serde(default)]
        customer_ref: Option<Text<60>>,
        /// Where the goods are to go; the address on file when absent.
        #[serde(default)]
        address: Option<Text<200>>,
        /// When they are wanted.
        #[serde(default)]
        expected_on: Option<Date>,
        /// Remark, printed on the order.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// Lines, 1 to 500.
        #[validate(nested, length(min = 1, max = 500))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 500))]
        lines: Vec<SalesLineDraft>,
    }
    /// The order is accepted.
    draft SalesAcceptance {
        /// Warehouse that the goods leave, at the station of the order; the one of the order when absent.
        #[serde(default)]
        warehouse_id: Option<WarehouseId>,
        /// Why the order is released although it exceeds the credit or something is overdue; takes the right for that.
        #[serde(default)]
        credit_reason: Option<Note<500>>,
    }
    /// Why an order is sent back, rejected, closed or voided, or a shipment taken back.
    draft SalesReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// What the customer may owe and owes, over all stations.
    shown CreditStanding {
        /// What it may owe at most; zero when no credit was agreed.
        limit: Money,
        /// What it owes less what it has paid in advance.
        owed: Money,
        /// What of it is overdue.
        overdue: Money,
        /// What was accepted for it and is not shipped.
        ordered: Money,
        /// What can still be ordered; below zero when the limit is exceeded.
        free: Money,
    }
    /// One line of a sales order.
    shown SalesLine {
        /// Id.
        id: SalesLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Whether each piece leaves with its serial number.
        is_serial_tracked: bool,
        /// New or refurbished.
        condition: SaleCondition,
        /// The piece that was ordered, where the order names one.
        serial: Option<Serial>,
        /// Quantity that was ordered.
        quantity: Quantity,
        /// Price by the price list on the day of the order, VAT included.
        list_price: UnitPrice,
        /// Price per unit of measure, VAT included.
        unit_price: UnitPrice,
        /// Rate of the VAT in the price, in basis points.
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10_000, example = 1300))]
        vat_rate: u16,
        /// Amount, VAT included.
        amount: Money,
        /// Quantity that was shipped.
        shipped: Quantity,
        /// Quantity that is still to be shipped.
        open: Quantity,
        /// How much of that is reserved in the warehouse.
        reserved: Quantity,
        /// Remark.
        remark: Option<Text<200>>,
    }
}

document! {
    /// A sales order.
    SalesOrder: SalesOrderId "sales_order" in SalesState by SalesAction {
        /// Name of the station that ships.
        org_name: Text<100>,
        /// Who ordered.
        party_id: PartyId,
        /// Name of who ordered.
        party_name: Text<100>,
        /// Warehouse that the goods leave.
        warehouse_id: Option<WarehouseId>,
        /// Its name.
        warehouse_name: Option<Text<60>>,
        /// Who wrote it.
        source: SalesSource,
        /// Number of the order at the customer.
        customer_ref: Option<Text<60>>,
        /// Where the goods are to go.
        address: Option<Text<200>>,
        /// When they are wanted.
        expected_on: Option<Date>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Why it was released beyond the credit.
        credit_reason: Option<Note<500>>,
        /// Amount, VAT included.
        total_amount: Money,
        /// VAT in it.
        total_tax: Money,
        /// What the customer may owe and owes, for those who accept orders.
        credit: Option<CreditStanding>,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        lines: Vec<SalesLine>,
        /// What was shipped, the first shipment first.
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        shipments: Vec<SalesShipmentLink>,
    }
    /// A sales order in a list.
    SalesOrderRow {
        /// Name of the station that ships.
        org_name: Text<100>,
        /// Name of who ordered.
        party_name: Text<100>,
        /// Who wrote it.
        source: SalesSource,
        /// Number of the order at the customer.
        customer_ref: Option<Text<60>>,
        /// When the goods are wanted.
        expected_on: Option<Date>,
        /// Sum of what was ordered.
        total_quantity: Quantity,
        /// Sum of what was shipped.
        shipped_quantity: Quantity,
        /// Amount, VAT included.
        total_amount: Money,
    }
}

filter! {
    /// Filter of the list of sales orders. `q` looks in number, number at the customer and remark.
    SalesOrderFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any SalesState,
        /// Who wrote it.
        source: any SalesSource,
        /// Station.
        org_id: id OrgId,
        /// Customer.
        party_id: id PartyId,
        /// Orders with a line of this product.
        product_id: id ProductId,
        /// Exactly this number.
        number: text 60,
        /// Exactly this number at the customer.
        customer_ref: text 60,
    }
}

endpoints! { "Sales orders";
    /// List sales orders. A dealer sees its own.
    ListSalesOrders: Get "/api/v1/trade/sales-orders" needs WHOLESALE_VIEW, list SalesOrderFilter => Page<SalesOrderRow>;
    /// Read a sales order with its lines and shipments.
    GetSalesOrder: Get "/api/v1/trade/sales-orders/{id}" needs WHOLESALE_VIEW, path ById<SalesOrder> => Detail<SalesOrder>;
    /// Write a draft. A dealer writes its own.
    CreateSalesOrder: Post "/api/v1/trade/sales-orders" needs WHOLESALE_EDIT, body SalesOrderDraft => Created<SalesOrder>;
    /// Change a draft.
    UpdateSalesOrder: Put "/api/v1/trade/sales-orders/{id}" needs WHOLESALE_EDIT, path ById<SalesOrder>, body SalesOrderDraft => Detail<SalesOrder>;
    /// Hand it in.
    UploadSalesOrder: Post "/api/v1/trade/sales-orders/{id}/upload" needs WHOLESALE_EDIT, path ById<SalesOrder> => Detail<SalesOrder>;
    /// Accept it: what is free in the warehouse is reserved for it.
    ///
    /// Refused with `credit_exceeded` or `credit_overdue` unless somebody with the right for that gives a reason. Whoever
    /// wrote it cannot accept it (`own_document`).
    AcceptSalesOrder: Post "/api/v1/trade/sales-orders/{id}/accept" needs WHOLESALE_ACCEPT, path ById<SalesOrder>, body SalesAcceptance => Detail<SalesOrder>;
    /// Send it back; it is a draft again.
    ReviseSalesOrder: Post "/api/v1/trade/sales-orders/{id}/revise" needs WHOLESALE_ACCEPT, path ById<SalesOrder>, body SalesReason => Detail<SalesOrder>;
    /// Reject it.
    RejectSalesOrder: Post "/api/v1/trade/sales-orders/{id}/reject" needs WHOLESALE_ACCEPT, path ById<SalesOrder>, body SalesReason => Detail<SalesOrder>;
    /// Confirm that everything has arrived.
    SignSalesOrder: Post "/api/v1/trade/sales-orders/{id}/sign" needs WHOLESALE_SIGN, path ById<SalesOrder> => Detail<SalesOrder>;
    /// Close it: what is not shipped will not be, and what is reserved for it is free again.
    CloseSalesOrder: Post "/api/v1/trade/sales-orders/{id}/close" needs WHOLESALE_ACCEPT, path ById<SalesOrder>, body SalesReason => Detail<SalesOrder>;
    /// Void it before it is accepted.
    VoidSalesOrder: Post "/api/v1/trade/sales-orders/{id}/void" needs WHOLESALE_EDIT, path ById<SalesOrder>, body SalesReason => Detail<SalesOrder>;
}

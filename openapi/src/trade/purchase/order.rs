//! Purchase orders: what a station orders from a supplier, and how much of it has come.

use super::invoice::ToInvoice;
use super::receipt::GoodsReceiptLink;
use super::{GOODS_RECEIPT_REVERSE, GOODS_RECEIVE, PURCHASE_APPROVE, PURCHASE_EDIT, PURCHASE_VIEW};
use crate::finance::PartyId;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::{
    ById, Created, Date, Detail, Id, ItemCode, Money, Note, Page, Quantity, Text, UnitPrice, choices, document,
    endpoints, filter, life, parts,
};
use validator::Validate;

/// Id of a line of a purchase order.
pub type PurchaseLineId = Id<PurchaseLine>;

choices! {
    /// States of a purchase order.
    PurchaseState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Submitted = "submitted" ("待审批", "Submitted", Info),
        Placed = "placed" ("已下达", "Placed", Info),
        PartlyReceived = "partly_received" ("部分到货", "Partly received", Warning),
        Received = "received" ("全部到货", "Received", Success),
        Closed = "closed" ("已关闭", "Closed", Neutral),
        Cancelled = "cancelled" ("已取消", "Cancelled", Danger),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a purchase order.
    PurchaseAction {
        Submit = "submit" ("提交", "Submit", Info),
        Approve = "approve" ("批准", "Approve", Success),
        Reject = "reject" ("退回", "Send back", Warning),
        Receive = "receive" ("收货", "Receive", Success),
        Complete = "complete" ("收齐", "Complete", Success),
        TakeBack = "take_back" ("冲回到货", "Take a receipt back", Warning),
        Clear = "clear" ("冲回全部到货", "Take all receipts back", Warning),
        Close = "close" ("关闭", "Close", Warning),
        Cancel = "cancel" ("取消订单", "Cancel", Danger),
        Void = "void" ("作废", "Void", Danger),
    }
}

life! {
    /// From draft to everything received. `complete`, `take_back` and `clear` follow from receipts; nobody calls them.
    PurchaseLife of PurchaseOrder: PurchaseState, PurchaseAction from Draft {
        Draft: Submit => Submitted needs PURCHASE_EDIT;
        Draft: Void => Void needs PURCHASE_EDIT;
        Submitted: Approve => Placed needs PURCHASE_APPROVE;
        Submitted: Reject => Draft needs PURCHASE_APPROVE;
        Submitted: Void => Void needs PURCHASE_EDIT;
        Placed: Receive => PartlyReceived needs GOODS_RECEIVE;
        Placed: Complete => Received needs GOODS_RECEIVE;
        Placed: Cancel => Cancelled needs PURCHASE_APPROVE;
        PartlyReceived: Receive => PartlyReceived needs GOODS_RECEIVE;
        PartlyReceived: Complete => Received needs GOODS_RECEIVE;
        PartlyReceived: TakeBack => PartlyReceived needs GOODS_RECEIPT_REVERSE;
        PartlyReceived: Clear => Placed needs GOODS_RECEIPT_REVERSE;
        PartlyReceived: Close => Closed needs PURCHASE_APPROVE;
        Received: TakeBack => PartlyReceived needs GOODS_RECEIPT_REVERSE;
        Received: Clear => Placed needs GOODS_RECEIPT_REVERSE;
        Received: Close => Closed needs PURCHASE_APPROVE;
        Closed: TakeBack => PartlyReceived needs GOODS_RECEIPT_REVERSE;
        Closed: Clear => Placed needs GOODS_RECEIPT_REVERSE;
    }
}

parts! {
    /// One product that is ordered.
    draft PurchaseLineDraft {
        /// Product; services are not bought this way.
        product_id: ProductId,
        /// Quantity, more than zero and at most 1,000,000.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
        /// Price per unit of measure, VAT included.
        #[validate(custom(function = "crate::check::price"))]
        unit_price: UnitPrice,
        /// Rate of the VAT in the price, in basis points, 0 to 10,000; the one that applies to parts when absent.
        #[serde(default)]
        #[validate(range(max = 10_000))]
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10_000, example = 1300))]
        vat_rate: Option<u16>,
        /// When it is expected; when the order is, when absent.
        #[serde(default)]
        expected_on: Option<Date>,
        /// Remark.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// A purchase order, as typed.
    draft PurchaseOrderDraft {
        /// Whom it is bought from: a party that is a supplier or a maker.
        party_id: PartyId,
        /// Warehouse that the goods are to come to; the order belongs to its station.
        warehouse_id: WarehouseId,
        /// When the goods are expected.
        #[serde(default)]
        expected_on: Option<Date>,
        /// Remark, printed on the order.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// Lines, 1 to 200.
        #[validate(nested, length(min = 1, max = 200))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
        lines: Vec<PurchaseLineDraft>,
    }
    /// Why an order is sent back, closed, cancelled or voided, or a receipt taken back.
    draft PurchaseReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// One line of a purchase order.
    shown PurchaseLine {
        /// Id.
        id: PurchaseLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Whether each piece comes with its serial number.
        is_serial_tracked: bool,
        /// Quantity that was ordered.
        quantity: Quantity,
        /// Price per unit of measure, VAT included.
        unit_price: UnitPrice,
        /// Rate of the VAT in the price, in basis points.
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10_000, example = 1300))]
        vat_rate: u16,
        /// Amount, VAT included.
        amount: Money,
        /// Quantity that has come.
        received: Quantity,
        /// Quantity that is still to come.
        open: Quantity,
        /// When it is expected.
        expected_on: Option<Date>,
        /// Remark.
        remark: Option<Text<200>>,
    }
}

document! {
    /// A purchase order.
    PurchaseOrder: PurchaseOrderId "purchase_order" in PurchaseState by PurchaseAction {
        /// Name of the station.
        org_name: Text<100>,
        /// Whom it is bought from.
        party_id: PartyId,
        /// Name of the supplier.
        party_name: Text<100>,
        /// Warehouse that the goods are to come to.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// When the goods are expected.
        expected_on: Option<Date>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Amount, VAT included.
        total_amount: Money,
        /// VAT in it.
        total_tax: Money,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<PurchaseLine>,
        /// What has come, receipt by receipt, the first one first.
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        receipts: Vec<GoodsReceiptLink>,
        /// What has come and is not invoiced yet.
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        to_invoice: Vec<ToInvoice>,
    }
    /// A purchase order in a list.
    PurchaseOrderRow {
        /// Name of the station.
        org_name: Text<100>,
        /// Name of the supplier.
        party_name: Text<100>,
        /// Name of the warehouse that the goods are to come to.
        warehouse_name: Text<60>,
        /// When the goods are expected.
        expected_on: Option<Date>,
        /// Whether goods are still to come although they were expected before today.
        is_overdue: bool,
        /// Sum of what was ordered.
        total_quantity: Quantity,
        /// Sum of what has come.
        received_quantity: Quantity,
        /// Amount, VAT included.
        total_amount: Money,
    }
}

filter! {
    /// Filter of the list of purchase orders. `q` looks in number and remark.
    PurchaseOrderFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any PurchaseState,
        /// Station.
        org_id: id OrgId,
        /// Supplier.
        party_id: id PartyId,
        /// Orders with a line of this product.
        product_id: id ProductId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Purchase orders";
    /// List purchase orders.
    ListPurchaseOrders: Get "/api/v1/trade/purchase-orders" needs PURCHASE_VIEW, list PurchaseOrderFilter => Page<PurchaseOrderRow>;
    /// Read a purchase order with its lines and receipts.
    GetPurchaseOrder: Get "/api/v1/trade/purchase-orders/{id}" needs PURCHASE_VIEW, path ById<PurchaseOrder> => Detail<PurchaseOrder>;
    /// Write a draft.
    CreatePurchaseOrder: Post "/api/v1/trade/purchase-orders" needs PURCHASE_EDIT, body PurchaseOrderDraft => Created<PurchaseOrder>;
    /// Change a draft.
    UpdatePurchaseOrder: Put "/api/v1/trade/purchase-orders/{id}" needs PURCHASE_EDIT, path ById<PurchaseOrder>, body PurchaseOrderDraft => Detail<PurchaseOrder>;
    /// Hand it in.
    SubmitPurchaseOrder: Post "/api/v1/trade/purchase-orders/{id}/submit" needs PURCHASE_EDIT, path ById<PurchaseOrder> => Detail<PurchaseOrder>;
    /// Approve it: it is placed with the supplier.
    ///
    /// Whoever wrote it cannot approve it (`own_purchase_order`).
    ApprovePurchaseOrder: Post "/api/v1/trade/purchase-orders/{id}/approve" needs PURCHASE_APPROVE, path ById<PurchaseOrder> => Detail<PurchaseOrder>;
    /// Send it back; it is a draft again.
    RejectPurchaseOrder: Post "/api/v1/trade/purchase-orders/{id}/reject" needs PURCHASE_APPROVE, path ById<PurchaseOrder>, body PurchaseReason => Detail<PurchaseOrder>;
    /// Close it: what has not come will not.
    ClosePurchaseOrder: Post "/api/v1/trade/purchase-orders/{id}/close" needs PURCHASE_APPROVE, path ById<PurchaseOrder>, body PurchaseReason => Detail<PurchaseOrder>;
    /// Cancel an order of which nothing has come.
    CancelPurchaseOrder: Post "/api/v1/trade/purchase-orders/{id}/cancel" needs PURCHASE_APPROVE, path ById<PurchaseOrder>, body PurchaseReason => Detail<PurchaseOrder>;
    /// Void it before it is placed.
    VoidPurchaseOrder: Post "/api/v1/trade/purchase-orders/{id}/void" needs PURCHASE_EDIT, path ById<PurchaseOrder>, body PurchaseReason => Detail<PurchaseOrder>;
}

//! Goods receipts: what came of a purchase order. A receipt posts at once, at the net price of the order.

use super::back::PurchaseReturnLink;
use super::order::{PurchaseLineId, PurchaseOrder, PurchaseOrderId, PurchaseReason};
use super::{GOODS_RECEIPT_REVERSE, GOODS_RECEIVE, PURCHASE_VIEW};
use crate::finance::PartyId;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::stock::document::StockDocLink;
use crate::{
    ById, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, Timestamp, document, endpoints, filter,
    parts, posted,
};
use validator::Validate;

/// Id of a line of a goods receipt.
pub type GoodsReceiptLineId = Id<GoodsReceiptLine>;

posted! { GoodsReceiptLife of GoodsReceipt: GoodsReceiptState, GoodsReceiptAction needs GOODS_RECEIPT_REVERSE }

parts! {
    /// What came of one line of the order.
    draft GoodsReceiptLineDraft {
        /// Line of the order.
        line_id: PurchaseLineId,
        /// Quantity that came, from zero to what is still open; lines with zero are left out.
        #[validate(custom(function = "crate::check::count"))]
        quantity: Quantity,
        /// Serial numbers of products that are tracked by them, one for each piece; at most 500.
        #[serde(default)]
        #[validate(length(max = 500))]
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        serials: Vec<Serial>,
    }
    /// A delivery, as counted.
    draft GoodsReceiptDraft {
        /// Warehouse that the goods come to, at the station of the order; the one of the order when absent.
        #[serde(default)]
        warehouse_id: Option<WarehouseId>,
        /// When they came, not in the future, in this month or one of the twelve before, in an open period; now when absent.
        #[serde(default)]
        effective_at: Option<Timestamp>,
        /// Number of the delivery note.
        #[serde(default)]
        reference: Option<Text<60>>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// What came, line by line; 1 to 200.
        #[validate(nested, length(min = 1, max = 200))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
        lines: Vec<GoodsReceiptLineDraft>,
    }
    /// A receipt that an order points to.
    shown GoodsReceiptLink {
        /// Id.
        id: GoodsReceiptId,
        /// Number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "SH20261100001"))]
        number: String,
        /// State.
        state: GoodsReceiptState,
        /// When the goods came.
        effective_at: Timestamp,
        /// Number of the delivery note.
        reference: Option<Text<60>>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What they cost, without VAT.
        total_value: Money,
    }
    /// One line of a goods receipt: one piece, where pieces have serial numbers.
    shown GoodsReceiptLine {
        /// Id.
        id: GoodsReceiptLineId,
        /// Line of the order.
        order_line_id: PurchaseLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial number.
        serial: Option<Serial>,
        /// Quantity that came.
        quantity: Quantity,
        /// What it cost, without VAT.
        value: Money,
        /// How much of it went back to the supplier.
        returned: Quantity,
    }
}

document! {
    /// A goods receipt.
    GoodsReceipt: GoodsReceiptId "goods_receipt" in GoodsReceiptState by GoodsReceiptAction {
        /// The order.
        order_id: PurchaseOrderId,
        /// Number of the order.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "CG20261100001"))]
        order_number: String,
        /// Supplier.
        party_id: PartyId,
        /// Name of the supplier.
        party_name: Text<100>,
        /// Warehouse that the goods came to.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// When the goods came.
        effective_at: Timestamp,
        /// Number of the delivery note.
        reference: Option<Text<60>>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Why it was reversed.
        #[cfg_attr(feature = "schema", schema(max_length = 500, example = "录入有误"))]
        reason: Option<String>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What they cost, without VAT.
        total_value: Money,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 1000))]
        lines: Vec<GoodsReceiptLine>,
        /// Whether something of it can still go back, and the caller may write that return.
        is_returnable: bool,
        /// Returns of its goods, the first one first.
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        returns: Vec<PurchaseReturnLink>,
        /// Stock documents that it posted and that stand.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        postings: Vec<StockDocLink>,
    }
    /// A goods receipt in a list.
    GoodsReceiptRow {
        /// The order.
        order_id: PurchaseOrderId,
        /// Number of the order.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "CG20261100001"))]
        order_number: String,
        /// Name of the supplier.
        party_name: Text<100>,
        /// Name of the warehouse.
        warehouse_name: Text<60>,
        /// When the goods came.
        effective_at: Timestamp,
        /// Number of the delivery note.
        reference: Option<Text<60>>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What they cost, without VAT.
        total_value: Money,
    }
}

filter! {
    /// Filter of the list of goods receipts. `q` looks in number, number of the order, delivery note and remark.
    GoodsReceiptFilter by "created_at", "updated_at", "number", "effective_at" {
        /// States.
        state: any GoodsReceiptState,
        /// Station.
        org_id: id OrgId,
        /// Supplier.
        party_id: id PartyId,
        /// Order.
        order_id: id PurchaseOrderId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Goods receipts";
    /// Receive goods of an order.
    ///
    /// Never more than is still to come (`receipt_exceeds_order`). The goods enter the warehouse at the net price of the
    /// order (1405 or 1407 against 2203). The answer is the order; its last receipt is the new one.
    ReceivePurchaseOrder: Post "/api/v1/trade/purchase-orders/{id}/receive" needs GOODS_RECEIVE, path ById<PurchaseOrder>, body GoodsReceiptDraft => Detail<PurchaseOrder> [posts];
    /// List goods receipts.
    ListGoodsReceipts: Get "/api/v1/trade/goods-receipts" needs PURCHASE_VIEW, list GoodsReceiptFilter => Page<GoodsReceiptRow>;
    /// Read a goods receipt.
    GetGoodsReceipt: Get "/api/v1/trade/goods-receipts/{id}" needs PURCHASE_VIEW, path ById<GoodsReceipt> => Detail<GoodsReceipt>;
    /// Take a receipt back: the goods leave at what they cost, and the order waits for them again.
    ///
    /// Refused with `stock_reversal_blocked` while later documents use the goods; it names them.
    ReverseGoodsReceipt: Post "/api/v1/trade/goods-receipts/{id}/reverse" needs GOODS_RECEIPT_REVERSE, path ById<GoodsReceipt>, body PurchaseReason => Detail<GoodsReceipt> [posts];
}

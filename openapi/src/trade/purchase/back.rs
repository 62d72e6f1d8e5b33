//! Purchase returns: goods of one receipt that go back to the supplier. What was not invoiced is no longer awaited on an
//! invoice; what was is credited by the supplier.

use super::order::PurchaseReason;
use super::receipt::{GoodsReceiptId, GoodsReceiptLineId};
use super::{
    PURCHASE_RETURN_APPROVE, PURCHASE_RETURN_EDIT, PURCHASE_RETURN_REVERSE, PURCHASE_RETURN_SHIP, PURCHASE_VIEW,
};
use crate::finance::PartyId;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::stock::document::StockDocLink;
use crate::trade::retail::back::ReturnCondition;
use crate::{
    ById, Created, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, Timestamp, choices, document,
    endpoints, filter, life, parts,
};
use validator::Validate;

/// Id of a line of a purchase return.
pub type PurchaseReturnLineId = Id<PurchaseReturnLine>;

choices! {
    /// States of a purchase return.
    PurchaseReturnState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Submitted = "submitted" ("待审批", "Submitted", Info),
        Approved = "approved" ("待出库", "To be sent", Warning),
        Posted = "posted" ("已退货", "Returned", Success),
        Reversed = "reversed" ("已冲销", "Reversed", Danger),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a purchase return.
    PurchaseReturnAction {
        Submit = "submit" ("提交", "Submit", Info),
        Approve = "approve" ("批准", "Approve", Success),
        Reject = "reject" ("退回", "Send back", Warning),
        Ship = "ship" ("退货出库", "Send the goods", Success),
        Reverse = "reverse" ("冲销", "Reverse", Danger),
        Void = "void" ("作废", "Void", Danger),
    }
}

life! {
    /// Somebody else approves it; it posts when the goods leave, and is taken back by its mirror.
    PurchaseReturnLife of PurchaseReturn: PurchaseReturnState, PurchaseReturnAction from Draft {
        Draft: Submit => Submitted needs PURCHASE_RETURN_EDIT;
        Draft: Void => Void needs PURCHASE_RETURN_EDIT;
        Submitted: Approve => Approved needs PURCHASE_RETURN_APPROVE;
        Submitted: Reject => Draft needs PURCHASE_RETURN_APPROVE;
        Submitted: Void => Void needs PURCHASE_RETURN_EDIT;
        Approved: Ship => Posted needs PURCHASE_RETURN_SHIP;
        Approved: Void => Void needs PURCHASE_RETURN_APPROVE;
        Posted: Reverse => Reversed needs PURCHASE_RETURN_REVERSE;
    }
}

parts! {
    /// What goes back of one line of the receipt.
    draft PurchaseReturnLineDraft {
        /// Line of the receipt; at most once.
        receipt_line_id: GoodsReceiptLineId,
        /// Quantity, from zero to what came and has not gone back; lines with zero are left out.
        #[validate(custom(function = "crate::check::count"))]
        quantity: Quantity,
        /// Condition in which the goods lie in the warehouse; good when absent.
        #[serde(default)]
        condition: Option<ReturnCondition>,
    }
    /// A return, as typed.
    draft PurchaseReturnDraft {
        /// The receipt whose goods go back.
        receipt_id: GoodsReceiptId,
        /// Warehouse of the station that they leave; the one that they came to when absent.
        #[serde(default)]
        warehouse_id: Option<WarehouseId>,
        /// Why they go back, printed for the supplier.
        reason: Note<500>,
        /// What goes back, line by line; 1 to 1,000.
        #[validate(nested, length(min = 1, max = 1000))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 1000))]
        lines: Vec<PurchaseReturnLineDraft>,
    }
    /// The goods leave.
    draft PurchaseReturnShipment {
        /// When they leave, not in the future, in this month or one of the twelve before, in an open period; now when absent.
        #[serde(default)]
        effective_at: Option<Timestamp>,
        /// Number of the credit invoice of the supplier, where it is known.
        #[serde(default)]
        credit_no: Option<Text<60>>,
    }
    /// A return that a receipt points to.
    shown PurchaseReturnLink {
        /// Id.
        id: PurchaseReturnId,
        /// Number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "PT20261100001"))]
        number: String,
        /// State.
        state: PurchaseReturnState,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What the supplier credits, VAT included.
        credit: Money,
    }
    /// One line of a return.
    shown PurchaseReturnLine {
        /// Id.
        id: PurchaseReturnLineId,
        /// Line of the receipt.
        receipt_line_id: GoodsReceiptLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial number.
        serial: Option<Serial>,
        /// Condition.
        condition: ReturnCondition,
        /// Quantity.
        quantity: Quantity,
        /// How much of it was not invoiced when it left.
        released: Quantity,
        /// What that was received at, without VAT.
        accrued: Money,
        /// What the supplier credits for the rest, at the price of the invoices, VAT included.
        credit: Money,
        /// VAT in it.
        tax: Money,
    }
}

document! {
    /// A purchase return.
    PurchaseReturn: PurchaseReturnId "purchase_return" in PurchaseReturnState by PurchaseReturnAction {
        /// The receipt whose goods go back.
        receipt_id: GoodsReceiptId,
        /// Number of the receipt.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "SH20261100001"))]
        receipt_number: String,
        /// Supplier.
        party_id: PartyId,
        /// Name of the supplier.
        party_name: Text<100>,
        /// Warehouse that the goods leave.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// When they left.
        effective_at: Option<Timestamp>,
        /// Number of the credit invoice of the supplier.
        credit_no: Option<Text<60>>,
        /// Why they go back.
        reason: Note<500>,
        /// Why it was reversed.
        reversal_reason: Option<Note<500>>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What was not invoiced, at what it was received, without VAT.
        accrued: Money,
        /// What the supplier credits, VAT included.
        credit: Money,
        /// VAT in it.
        tax: Money,
        /// How much of the credit was set off against invoices that were not paid.
        set_off: Money,
        /// What the supplier still has to pay back.
        open: Money,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 1000))]
        lines: Vec<PurchaseReturnLine>,
        /// Stock documents that it posted and that stand.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        postings: Vec<StockDocLink>,
    }
    /// A purchase return in a list.
    PurchaseReturnRow {
        /// Number of the receipt.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "SH20261100001"))]
        receipt_number: String,
        /// Name of the supplier.
        party_name: Text<100>,
        /// Name of the warehouse.
        warehouse_name: Text<60>,
        /// When the goods left.
        effective_at: Option<Timestamp>,
        /// Why they go back.
        reason: Note<500>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What was not invoiced, at what it was received, without VAT.
        accrued: Money,
        /// What the supplier credits, VAT included.
        credit: Money,
    }
}

filter! {
    /// Filter of the list of purchase returns. `q` looks in number, number of the receipt, credit invoice and reason.
    PurchaseReturnFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any PurchaseReturnState,
        /// Station.
        org_id: id OrgId,
        /// Supplier.
        party_id: id PartyId,
        /// Receipt.
        receipt_id: id GoodsReceiptId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Purchase returns";
    /// List purchase returns.
    ListPurchaseReturns: Get "/api/v1/trade/purchase-returns" needs PURCHASE_VIEW, list PurchaseReturnFilter => Page<PurchaseReturnRow>;
    /// Read a purchase return.
    GetPurchaseReturn: Get "/api/v1/trade/purchase-returns/{id}" needs PURCHASE_VIEW, path ById<PurchaseReturn> => Detail<PurchaseReturn>;
    /// Write a draft. Never more than came and has not gone back (`return_exceeds`).
    CreatePurchaseReturn: Post "/api/v1/trade/purchase-returns" needs PURCHASE_RETURN_EDIT, body PurchaseReturnDraft => Created<PurchaseReturn>;
    /// Change a draft.
    UpdatePurchaseReturn: Put "/api/v1/trade/purchase-returns/{id}" needs PURCHASE_RETURN_EDIT, path ById<PurchaseReturn>, body PurchaseReturnDraft => Detail<PurchaseReturn>;
    /// Hand it in.
    SubmitPurchaseReturn: Post "/api/v1/trade/purchase-returns/{id}/submit" needs PURCHASE_RETURN_EDIT, path ById<PurchaseReturn> => Detail<PurchaseReturn>;
    /// Approve it: the goods may leave. Whoever wrote it cannot approve it (`own_document`).
    ApprovePurchaseReturn: Post "/api/v1/trade/purchase-returns/{id}/approve" needs PURCHASE_RETURN_APPROVE, path ById<PurchaseReturn> => Detail<PurchaseReturn>;
    /// Send it back; it is a draft again.
    RejectPurchaseReturn: Post "/api/v1/trade/purchase-returns/{id}/reject" needs PURCHASE_RETURN_APPROVE, path ById<PurchaseReturn>, body PurchaseReason => Detail<PurchaseReturn>;
    /// Let the goods leave.
    ///
    /// They leave at what they cost now. What was not invoiced leaves 2203 at what it was received; the rest is credited at
    /// the price of the invoices: against those that are not paid first (2202), and what is left the supplier owes (1122).
    /// A difference goes to 6605.
    ShipPurchaseReturn: Post "/api/v1/trade/purchase-returns/{id}/ship" needs PURCHASE_RETURN_SHIP, path ById<PurchaseReturn>, body PurchaseReturnShipment => Detail<PurchaseReturn> [posts];
    /// Take a return back by its mirror: the goods come in again at what they left at.
    ///
    /// Refused with `reversal_blocked` while the supplier has paid some of it back; it names the receipts of money.
    ReversePurchaseReturn: Post "/api/v1/trade/purchase-returns/{id}/reverse" needs PURCHASE_RETURN_REVERSE, path ById<PurchaseReturn>, body PurchaseReason => Detail<PurchaseReturn> [posts];
    /// Void it before the goods leave.
    VoidPurchaseReturn: Post "/api/v1/trade/purchase-returns/{id}/void" needs PURCHASE_RETURN_EDIT, path ById<PurchaseReturn>, body PurchaseReason => Detail<PurchaseReturn>;
}

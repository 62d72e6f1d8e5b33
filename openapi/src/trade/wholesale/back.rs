//! Sales returns: goods of one shipment that the customer sends back, and the credit for them.

use super::order::SalesReason;
use super::shipment::{SalesShipmentId, SalesShipmentLineId};
use super::{WHOLESALE_RETURN, WHOLESALE_RETURN_APPROVE, WHOLESALE_RETURN_ASK, WHOLESALE_REVERSE, WHOLESALE_VIEW};
use crate::finance::PartyId;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::stock::document::StockDocLink;
use crate::trade::retail::back::ReturnCondition;
use crate::{
    ById, Created, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, Timestamp, choices, document,
    endpoints, filter, life, parts,
};
use validator::Validate;

/// Id of a line of a sales return.
pub type SalesReturnLineId = Id<SalesReturnLine>;

choices! {
    /// States of a sales return.
    SalesReturnState {
        Asked = "asked" ("待审核", "To be approved", Info),
        Approved = "approved" ("待收货", "To be taken in", Warning),
        Posted = "posted" ("已退货", "Returned", Success),
        Rejected = "rejected" ("已拒绝", "Rejected", Danger),
        Reversed = "reversed" ("已冲销", "Reversed", Danger),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a sales return.
    SalesReturnAction {
        Approve = "approve" ("批准", "Approve", Success),
        Reject = "reject" ("拒绝", "Reject", Danger),
        Receive = "receive" ("退货收货", "Take the goods in", Success),
        Void = "void" ("作废", "Void", Danger),
        Reverse = "reverse" ("冲销", "Reverse", Danger),
    }
}

life! {
    /// The customer or the station asks, somebody else approves; it posts when the goods come, and is taken back by its
    /// mirror.
    SalesReturnLife of SalesReturn: SalesReturnState, SalesReturnAction from Asked {
        Asked: Approve => Approved needs WHOLESALE_RETURN_APPROVE;
        Asked: Reject => Rejected needs WHOLESALE_RETURN_APPROVE;
        Asked: Void => Void needs WHOLESALE_RETURN_ASK;
        Approved: Receive => Posted needs WHOLESALE_RETURN;
        Approved: Void => Void needs WHOLESALE_RETURN_APPROVE;
        Posted: Reverse => Reversed needs WHOLESALE_REVERSE;
    }
}

parts! {
    /// What comes back of one line of the shipment.
    draft SalesReturnLineDraft {
        /// Line of the shipment; at most once in each condition.
        line_id: SalesShipmentLineId,
        /// Quantity, from zero to what was shipped and has not come back; lines with zero are left out.
        #[validate(custom(function = "crate::check::count"))]
        quantity: Quantity,
        /// Condition in which it comes back.
        condition: ReturnCondition,
    }
    /// A return, as it is asked for.
    draft SalesReturnDraft {
        /// The shipment.
        shipment_id: SalesShipmentId,
        /// Why the goods come back.
        remark: Note<500>,
        /// Lines, 1 to 1,000.
        #[validate(nested, length(min = 1, max = 1000))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 1000))]
        lines: Vec<SalesReturnLineDraft>,
    }
    /// What comes, as it is counted. Everything is posted at once.
    draft SalesReturnArrival {
        /// When the goods came, not in the future, in this month or one of the twelve before, in an open period; now when absent.
        #[serde(default)]
        effective_at: Option<Timestamp>,
        /// Number of the credit note, where it has one.
        #[serde(default)]
        credit_no: Option<Text<60>>,
        /// Lines, 1 to 1,000. Of a line of the shipment no more than was approved, in whatever condition it comes.
        #[validate(nested, length(min = 1, max = 1000))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 1000))]
        lines: Vec<SalesReturnLineDraft>,
    }
    /// One line of a return.
    shown SalesReturnLine {
        /// Id.
        id: SalesReturnLineId,
        /// Line of the shipment.
        shipment_line_id: SalesShipmentLineId,
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
        /// What is credited for it, VAT included.
        credit: Money,
        /// VAT in it.
        tax: Money,
    }
}

document! {
    /// A sales return.
    SalesReturn: SalesReturnId "sales_return" in SalesReturnState by SalesReturnAction {
        /// Name of the station.
        org_name: Text<100>,
        /// The shipment.
        shipment_id: SalesShipmentId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "FH20261100001"))]
        shipment_number: String,
        /// Customer.
        party_id: PartyId,
        /// Name of the customer.
        party_name: Text<100>,
        /// When the goods came; before that, when the return was asked for.
        effective_at: Timestamp,
        /// Number of the credit note.
        credit_no: Option<Text<60>>,
        /// Why they come back.
        remark: Note<500>,
        /// Why it was rejected, voided or reversed.
        reason: Option<Note<500>>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What is credited, VAT included; before the goods came, what would be.
        credit: Money,
        /// VAT in it.
        tax: Money,
        /// How much of it was set off against what is owed for the shipment; the rest is an advance of the customer.
        set_off: Money,
        /// What of that advance is not used yet.
        open: Money,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 1000))]
        lines: Vec<SalesReturnLine>,
        /// Stock documents that it posted and that stand.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        postings: Vec<StockDocLink>,
    }
    /// A sales return in a list.
    SalesReturnRow {
        /// Number of the shipment.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "FH20261100001"))]
        shipment_number: String,
        /// Name of the customer.
        party_name: Text<100>,
        /// When the goods came; before that, when the return was asked for.
        effective_at: Timestamp,
        /// Why they come back.
        remark: Note<500>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// What is credited, VAT included.
        credit: Money,
    }
}

filter! {
    /// Filter of the list of sales returns. `q` looks in number, number of the shipment, credit note and remark.
    SalesReturnFilter by "created_at", "updated_at", "number", "effective_at" {
        /// States.
        state: any SalesReturnState,
        /// Station.
        org_id: id OrgId,
        /// Customer.
        party_id: id PartyId,
        /// Shipment.
        shipment_id: id SalesShipmentId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Sales returns";
    /// List sales returns. A dealer sees its own.
    ListSalesReturns: Get "/api/v1/trade/sales-returns" needs WHOLESALE_VIEW, list SalesReturnFilter => Page<SalesReturnRow>;
    /// Read a sales return.
    GetSalesReturn: Get "/api/v1/trade/sales-returns/{id}" needs WHOLESALE_VIEW, path ById<SalesReturn> => Detail<SalesReturn>;
    /// Ask to send goods of a shipment back. Nothing moves yet.
    ///
    /// Never more than was shipped and has not come back (`return_exceeds`).
    CreateSalesReturn: Post "/api/v1/trade/sales-returns" needs WHOLESALE_RETURN_ASK, body SalesReturnDraft => Created<SalesReturn>;
    /// Approve a return. Whoever asked for it cannot (`own_document`).
    ApproveSalesReturn: Post "/api/v1/trade/sales-returns/{id}/approve" needs WHOLESALE_RETURN_APPROVE, path ById<SalesReturn> => Detail<SalesReturn>;
    /// Reject a return, with a reason.
    RejectSalesReturn: Post "/api/v1/trade/sales-returns/{id}/reject" needs WHOLESALE_RETURN_APPROVE, path ById<SalesReturn>, body SalesReason => Detail<SalesReturn>;
    /// Void a return whose goods have not come, with a reason.
    VoidSalesReturn: Post "/api/v1/trade/sales-returns/{id}/void" needs WHOLESALE_VIEW, path ById<SalesReturn>, body SalesReason => Detail<SalesReturn>;
    /// Take the goods of an approved return in.
    ///
    /// Goods come in at what they cost when they left, bad ones at what the rules of retail say they are worth; the rest is
    /// a loss (6602). The credit is set off against what is owed for the shipment; what is left is an advance of the
    /// customer (2205).
    ReceiveSalesReturn: Post "/api/v1/trade/sales-returns/{id}/receive" needs WHOLESALE_RETURN, path ById<SalesReturn>, body SalesReturnArrival => Detail<SalesReturn> [posts];
    /// Take a return back by its mirror.
    ///
    /// Refused while the goods have moved on, or while the advance is used (`reversal_blocked`).
    ReverseSalesReturn: Post "/api/v1/trade/sales-returns/{id}/reverse" needs WHOLESALE_REVERSE, path ById<SalesReturn>, body SalesReason => Detail<SalesReturn> [posts];
}

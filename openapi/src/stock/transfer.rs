//! Transfers between stations (调拨单): shipped from a warehouse, in transit, signed for at another station.

use super::document::{StockDocLink, StockDocSource};
use super::requisition::{RequisitionId, RequisitionLineId};
use super::{
    Condition, TRANSFER_EDIT, TRANSFER_RESOLVE, TRANSFER_REVERSE, TRANSFER_SHIP, TRANSFER_SIGN, TRANSFER_VIEW,
};
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::{
    ById, Created, Detail, Id, ItemCode, Note, Page, Quantity, Serial, Text, Timestamp, choices, document, endpoints,
    filter, life, parts,
};
use validator::Validate;

/// Id of a line of a transfer.
pub type TransferLineId = Id<TransferLine>;

choices! {
    /// States of a transfer.
    TransferState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        InTransit = "in_transit" ("在途", "In transit", Info),
        Different = "different" ("有差异", "With differences", Warning),
        Signed = "signed" ("已签收", "Signed for", Success),
        Recalled = "recalled" ("已撤回", "Recalled", Warning),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a transfer.
    TransferAction {
        Ship = "ship" ("发货", "Ship", Success),
        Sign = "sign" ("签收", "Sign for", Success),
        SignPartly = "sign_partly" ("差异签收", "Sign with differences", Warning),
        Resolve = "resolve" ("处理差异", "Resolve differences", Info),
        Settle = "settle" ("差异结清", "Settle differences", Success),
        Recall = "recall" ("撤回发货", "Recall", Danger),
        Unsign = "unsign" ("撤销签收", "Take the signature back", Danger),
        Void = "void" ("作废", "Void", Danger),
    }
    /// What becomes of goods that are missing or too many.
    TransferResolution {
        Found = "found" ("补收入库", "Found: into the receiving warehouse", Success),
        Returned = "returned" ("退回发货方", "Back to the sender's warehouse", Info),
        Lost = "lost" ("确认损失", "Lost", Danger),
        SentMore = "sent_more" ("发货方多发，补记", "The sender sent more than recorded", Warning),
        SentBack = "sent_back" ("多余已退回，不入账", "The surplus went back; nothing is recorded", Neutral),
    }
}

impl TransferResolution {
    /// Whether it settles what is missing; otherwise what is too many.
    pub const fn is_for_missing(self) -> bool {
        matches!(self, TransferResolution::Found | TransferResolution::Returned | TransferResolution::Lost)
    }
}

life! {
    /// From the draft to the signature. Sign and resolve lead on by what was counted.
    TransferLife of Transfer: TransferState, TransferAction from Draft {
        Draft: Ship => InTransit needs TRANSFER_SHIP;
        Draft: Void => Void needs TRANSFER_EDIT;
        InTransit: Sign => Signed needs TRANSFER_SIGN;
        InTransit: SignPartly => Different needs TRANSFER_SIGN;
        InTransit: Recall => Recalled needs TRANSFER_REVERSE;
        Different: Resolve => Different needs TRANSFER_RESOLVE;
        Different: Settle => Signed needs TRANSFER_RESOLVE;
        Different: Unsign => InTransit needs TRANSFER_REVERSE;
        Signed: Unsign => InTransit needs TRANSFER_REVERSE;
    }
}

parts! {
    /// One product, or one serial, that is sent.
    draft TransferLineDraft {
        /// Product.
        product_id: ProductId,
        /// Serial; required for products tracked by serial, whose quantity is 1.
        #[serde(default)]
        serial: Option<Serial>,
        /// Quantity, more than zero and at most 1,000,000.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
        /// Line of the requisition that it fulfils.
        #[serde(default)]
        requisition_line_id: Option<RequisitionLineId>,
        /// Remark.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// A transfer, as typed.
    draft TransferDraft {
        /// Warehouse that sends.
        warehouse_id: WarehouseId,
        /// Station that receives; another one than that of the warehouse.
        to_org_id: OrgId,
        /// Requisition that it fulfils.
        #[serde(default)]
        requisition_id: Option<RequisitionId>,
        /// Courier.
        #[serde(default)]
        courier: Option<Text<60>>,
        /// Number of the parcel.
        #[serde(default)]
        tracking_number: Option<Text<60>>,
        /// Days after the shipment within which somebody must sign, 1 to 90; 7 when absent. Then the system signs for
        /// everything and marks the transfer.
        #[serde(default)]
        #[validate(range(min = 1, max = 90))]
        #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 90))]
        sign_within_days: Option<i64>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// Lines, 1 to 200.
        #[validate(nested, length(min = 1, max = 200))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
        lines: Vec<TransferLineDraft>,
    }
    /// What was counted of one line.
    draft TransferCount {
        /// The line.
        line_id: TransferLineId,
        /// Quantity that came in good condition, at most 1,000,000 like the other two.
        #[validate(custom(function = "crate::check::count"))]
        received: Quantity,
        /// Quantity that came damaged; it goes into the station's warehouse for bad parts.
        #[serde(default)]
        #[validate(custom(function = "crate::check::count"))]
        damaged: Quantity,
        /// Quantity beyond what was shipped. What is short follows from the other three.
        #[serde(default)]
        #[validate(custom(function = "crate::check::count"))]
        surplus: Quantity,
        /// Remark.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// A signature for goods.
    draft TransferSignature {
        /// Warehouse that takes the goods; the station's first warehouse for good parts when absent.
        #[serde(default)]
        warehouse_id: Option<WarehouseId>,
        /// Lines that did not come exactly as shipped, at most 200; the others are signed for in full.
        #[serde(default)]
        #[validate(nested, length(max = 200))]
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<TransferCount>,
        /// Remark, shown in the timeline.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// What becomes of the difference of one line.
    draft TransferVerdict {
        /// The line.
        line_id: TransferLineId,
        /// What becomes of it.
        resolution: TransferResolution,
        /// Quantity that this settles, more than zero and at most what is still open.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
    }
    /// What becomes of differences.
    draft TransferVerdicts {
        /// Verdicts, 1 to 200. What they leave open stays in transit.
        #[validate(nested, length(min = 1, max = 200))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
        lines: Vec<TransferVerdict>,
        /// Remark, shown in the timeline.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// Why something is recalled, taken back or voided.
    draft TransferReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// One line of a transfer.
    shown TransferLine {
        /// Id.
        id: TransferLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial.
        serial: Option<Serial>,
        /// Condition in which it is sent.
        condition: Condition,
        /// Quantity that is sent.
        quantity: Quantity,
        /// Line of the requisition that it fulfils.
        requisition_line_id: Option<RequisitionLineId>,
        /// Quantity signed for in good condition; null before the signature.
        received: Option<Quantity>,
        /// Quantity signed for as damaged.
        damaged: Option<Quantity>,
        /// Quantity that is missing and not settled: it lies in transit.
        missing: Quantity,
        /// Quantity beyond what was shipped that is not settled.
        surplus: Quantity,
        /// Remark.
        remark: Option<Text<200>>,
    }
}

document! {
    /// A transfer.
    Transfer: TransferId "transfer" in TransferState by TransferAction {
        /// Name of the station that sends.
        org_name: Text<100>,
        /// Warehouse that sends.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// Station that receives.
        to_org_id: OrgId,
        /// Its name.
        to_org_name: Text<100>,
        /// Warehouse that received; null before the signature.
        to_warehouse_id: Option<WarehouseId>,
        /// Its name.
        to_warehouse_name: Option<Text<60>>,
        /// Requisition that it fulfils.
        requisition_id: Option<RequisitionId>,
        /// Other document whose goods it carries: it is signed for and taken back there.
        source: Option<StockDocSource>,
        /// Courier.
        courier: Option<Text<60>>,
        /// Number of the parcel.
        tracking_number: Option<Text<60>>,
        /// When it was shipped.
        shipped_at: Option<Timestamp>,
        /// Days after the shipment within which somebody must sign.
        #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 90))]
        sign_within_days: i64,
        /// Until when; null before the shipment.
        sign_by: Option<Timestamp>,
        /// When it was signed for.
        signed_at: Option<Timestamp>,
        /// Whether nobody signed in time and the system did.
        is_auto_signed: bool,
        /// Remark.
        remark: Option<Note<500>>,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<TransferLine>,
        /// What it did to the stock ledger, oldest first.
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        postings: Vec<StockDocLink>,
    }
    /// A transfer in a list.
    TransferRow {
        /// Name of the station that sends.
        org_name: Text<100>,
        /// Name of the warehouse that sends.
        warehouse_name: Text<60>,
        /// Name of the station that receives.
        to_org_name: Text<100>,
        /// Courier.
        courier: Option<Text<60>>,
        /// Number of the parcel.
        tracking_number: Option<Text<60>>,
        /// When it was shipped.
        shipped_at: Option<Timestamp>,
        /// When it was signed for.
        signed_at: Option<Timestamp>,
        /// Whether nobody signed in time and the system did.
        is_auto_signed: bool,
        /// Sum of the quantities.
        total_quantity: Quantity,
    }
}

filter! {
    /// Filter of the list of transfers. `q` looks in number, parcel number and remark.
    TransferFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any TransferState,
        /// Station that sends.
        org_id: id OrgId,
        /// Station that receives.
        to_org_id: id OrgId,
        /// Requisition that it fulfils.
        requisition_id: id RequisitionId,
        /// Only those that the system signed, or only others.
        is_auto_signed: flag,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Transfers";
    /// List transfers that the station sends or receives.
    ListTransfers: Get "/api/v1/stock/transfers" needs TRANSFER_VIEW, list TransferFilter => Page<TransferRow>;
    /// Read a transfer with its lines.
    GetTransfer: Get "/api/v1/stock/transfers/{id}" needs TRANSFER_VIEW, path ById<Transfer> => Detail<Transfer>;
    /// Write a draft.
    CreateTransfer: Post "/api/v1/stock/transfers" needs TRANSFER_EDIT, body TransferDraft => Created<Transfer>;
    /// Change a draft.
    UpdateTransfer: Put "/api/v1/stock/transfers/{id}" needs TRANSFER_EDIT, path ById<Transfer>, body TransferDraft => Detail<Transfer>;
    /// Ship it: the goods leave the warehouse and lie in transit.
    ///
    /// Refused with `stock_insufficient` when too little is there, and with `requisition_exceeded` when more would be
    /// sent than was approved.
    ShipTransfer: Post "/api/v1/stock/transfers/{id}/ship" needs TRANSFER_SHIP, path ById<Transfer> => Detail<Transfer> [posts];
    /// Sign for it at the receiving station: what came goes into its warehouse, what is missing stays in transit.
    SignTransfer: Post "/api/v1/stock/transfers/{id}/sign" needs TRANSFER_SIGN, path ById<Transfer>, body TransferSignature => Detail<Transfer> [posts];
    /// Say what becomes of differences; nothing disappears by itself.
    ResolveTransfer: Post "/api/v1/stock/transfers/{id}/resolve" needs TRANSFER_RESOLVE, path ById<Transfer>, body TransferVerdicts => Detail<Transfer> [posts];
    /// Take the goods back before they are signed for, by the mirror of the shipment.
    RecallTransfer: Post "/api/v1/stock/transfers/{id}/recall" needs TRANSFER_REVERSE, path ById<Transfer>, body TransferReason => Detail<Transfer> [posts];
    /// Take a signature back with everything that was settled since, by mirrors; the goods lie in transit again.
    UnsignTransfer: Post "/api/v1/stock/transfers/{id}/unsign" needs TRANSFER_REVERSE, path ById<Transfer>, body TransferReason => Detail<Transfer> [posts];
    /// Void a draft.
    VoidTransfer: Post "/api/v1/stock/transfers/{id}/void" needs TRANSFER_EDIT, path ById<Transfer>, body TransferReason => Detail<Transfer>;
}

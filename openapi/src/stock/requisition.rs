//! Requisitions: what a station asks another one, usually headquarters, to send.

use super::{REQUISITION_APPROVE, REQUISITION_EDIT, REQUISITION_VIEW};
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::service::state::Priority;
use crate::{
    ById, Created, Date, Detail, Id, ItemCode, Note, Page, Quantity, Text, choices, document, endpoints, filter, life,
    parts,
};
use validator::Validate;

/// Id of a line of a requisition.
pub type RequisitionLineId = Id<RequisitionLine>;

choices! {
    /// States of a requisition.
    RequisitionState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Submitted = "submitted" ("待审批", "Submitted", Info),
        Approved = "approved" ("已批准", "Approved", Info),
        Rejected = "rejected" ("已驳回", "Rejected", Danger),
        Fulfilled = "fulfilled" ("已满足", "Fulfilled", Success),
        Closed = "closed" ("已关闭", "Closed", Neutral),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a requisition.
    RequisitionAction {
        Submit = "submit" ("提交", "Submit", Info),
        Approve = "approve" ("批准", "Approve", Success),
        Reject = "reject" ("驳回", "Reject", Danger),
        Fulfil = "fulfil" ("满足", "Fulfil", Success),
        Reopen = "reopen" ("恢复待发", "Reopen", Warning),
        Close = "close" ("关闭", "Close", Warning),
        Void = "void" ("作废", "Void", Danger),
    }
}

life! {
    /// From draft to fulfilment. `fulfil` and `reopen` follow from deliveries; nobody calls them.
    RequisitionLife of Requisition: RequisitionState, RequisitionAction from Draft {
        Draft: Submit => Submitted needs REQUISITION_EDIT;
        Draft: Void => Void needs REQUISITION_EDIT;
        Submitted: Approve => Approved needs REQUISITION_APPROVE;
        Submitted: Reject => Rejected needs REQUISITION_APPROVE;
        Submitted: Void => Void needs REQUISITION_EDIT;
        Approved: Fulfil => Fulfilled needs REQUISITION_VIEW;
        Approved: Close => Closed needs REQUISITION_APPROVE;
        Fulfilled: Reopen => Approved needs REQUISITION_VIEW;
    }
}

parts! {
    /// One product that is asked for.
    draft RequisitionLineDraft {
        /// Product; at most once.
        product_id: ProductId,
        /// Quantity, more than zero and at most 1,000,000.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
        /// Remark.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// A requisition, as typed.
    draft RequisitionDraft {
        /// Station that is asked; another one than the own.
        supplier_id: OrgId,
        /// Urgency.
        priority: Priority,
        /// When the goods are needed.
        #[serde(default)]
        needed_on: Option<Date>,
        /// What for: a ticket, a campaign, the monthly plan.
        #[serde(default)]
        purpose: Option<Text<120>>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// Lines, 1 to 200.
        #[validate(nested, length(min = 1, max = 200))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
        lines: Vec<RequisitionLineDraft>,
    }
    /// How much of one line is approved.
    draft RequisitionGrant {
        /// The line.
        line_id: RequisitionLineId,
        /// Quantity, from zero to what was asked.
        quantity: Quantity,
    }
    /// An approval of the whole or of a part.
    draft RequisitionApproval {
        /// Lines of which less than everything is approved, at most 200; the others are approved in full.
        #[serde(default)]
        #[validate(length(max = 200))]
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<RequisitionGrant>,
        /// Remark, shown in the timeline.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// Why something is rejected, closed or voided.
    draft RequisitionReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// One line of a requisition.
    shown RequisitionLine {
        /// Id.
        id: RequisitionLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Quantity that was asked for.
        quantity: Quantity,
        /// Quantity that was approved; null before.
        approved: Option<Quantity>,
        /// Quantity on its way or signed for.
        shipped: Quantity,
        /// Remark.
        remark: Option<Text<200>>,
    }
}

document! {
    /// A requisition.
    Requisition: RequisitionId "requisition" in RequisitionState by RequisitionAction {
        /// Name of the station that asks.
        org_name: Text<100>,
        /// Station that is asked.
        supplier_id: OrgId,
        /// Its name.
        supplier_name: Text<100>,
        /// Urgency.
        priority: Priority,
        /// When the goods are needed.
        needed_on: Option<Date>,
        /// What for.
        purpose: Option<Text<120>>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Whether less than everything was approved.
        is_partly_approved: bool,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<RequisitionLine>,
    }
    /// A requisition in a list.
    RequisitionRow {
        /// Name of the station that asks.
        org_name: Text<100>,
        /// Name of the station that is asked.
        supplier_name: Text<100>,
        /// Urgency.
        priority: Priority,
        /// When the goods are needed.
        needed_on: Option<Date>,
        /// What for.
        purpose: Option<Text<120>>,
        /// Sum of what was asked for.
        total_quantity: Quantity,
    }
}

filter! {
    /// Filter of the list of requisitions. `q` looks in number, purpose and remark.
    RequisitionFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any RequisitionState,
        /// Urgency.
        priority: any Priority,
        /// Station that asks.
        org_id: id OrgId,
        /// Station that is asked.
        supplier_id: id OrgId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Requisitions";
    /// List requisitions.
    ListRequisitions: Get "/api/v1/stock/requisitions" needs REQUISITION_VIEW, list RequisitionFilter => Page<RequisitionRow>;
    /// Read a requisition with its lines.
    GetRequisition: Get "/api/v1/stock/requisitions/{id}" needs REQUISITION_VIEW, path ById<Requisition> => Detail<Requisition>;
    /// Write a draft.
    CreateRequisition: Post "/api/v1/stock/requisitions" needs REQUISITION_EDIT, body RequisitionDraft => Created<Requisition>;
    /// Change a draft.
    UpdateRequisition: Put "/api/v1/stock/requisitions/{id}" needs REQUISITION_EDIT, path ById<Requisition>, body RequisitionDraft => Detail<Requisition>;
    /// Hand it in to the station that is asked.
    SubmitRequisition: Post "/api/v1/stock/requisitions/{id}/submit" needs REQUISITION_EDIT, path ById<Requisition> => Detail<Requisition>;
    /// Approve the whole or a part.
    ///
    /// Whoever wrote it cannot approve it (`own_requisition`).
    ApproveRequisition: Post "/api/v1/stock/requisitions/{id}/approve" needs REQUISITION_APPROVE, path ById<Requisition>, body RequisitionApproval => Detail<Requisition>;
    /// Reject it.
    RejectRequisition: Post "/api/v1/stock/requisitions/{id}/reject" needs REQUISITION_APPROVE, path ById<Requisition>, body RequisitionReason => Detail<Requisition>;
    /// Close it: what has not been sent will not be.
    CloseRequisition: Post "/api/v1/stock/requisitions/{id}/close" needs REQUISITION_APPROVE, path ById<Requisition>, body RequisitionReason => Detail<Requisition>;
    /// Void it before it is approved.
    VoidRequisition: Post "/api/v1/stock/requisitions/{id}/void" needs REQUISITION_EDIT, path ById<Requisition>, body RequisitionReason => Detail<Requisition>;
}

//! Parts plans (配件计划): what a station wants for a month or at once, what headquarters grants of it, and how far the supply is.

use super::requisition::{RequisitionId, RequisitionState};
use super::transfer::{TransferId, TransferState};
use super::{PARTS_PLAN_APPROVE, PARTS_PLAN_EDIT, PARTS_PLAN_VIEW};
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::{
    ById, Created, Date, Detail, Id, ItemCode, Json, Month, Note, Page, Quantity, Text, Timestamp, choices, document,
    endpoints, filter, life, parts,
};
use validator::Validate;

/// Id of a line of a parts plan.
pub type PartsPlanLineId = Id<PartsPlanLine>;

choices! {
    /// Kinds of plan.
    PartsPlanKind {
        Monthly = "monthly" ("月度计划", "Monthly", Info),
        Urgent = "urgent" ("紧急计划", "Urgent", Danger),
    }
    /// States of a parts plan.
    PartsPlanState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Submitted = "submitted" ("待汇总", "Submitted", Info),
        Approved = "approved" ("已批准", "Approved", Success),
        Supplied = "supplied" ("已供齐", "Supplied", Success),
        Closed = "closed" ("已关闭", "Closed", Neutral),
        Cancelled = "cancelled" ("已取消", "Cancelled", Danger),
    }
    /// What can be done to a parts plan.
    PartsPlanAction {
        Submit = "submit" ("提交", "Submit", Info),
        Approve = "approve" ("批准", "Approve", Success),
        Decide = "decide" ("逐行批准", "Decide lines", Info),
        SendBack = "send_back" ("退回", "Send back", Warning),
        Requisition = "requisition" ("生成申请单", "Make requisitions", Info),
        Order = "order" ("起草采购订单", "Draft a purchase order", Info),
        Fulfil = "fulfil" ("供齐", "Supplied in full", Success),
        Reopen = "reopen" ("恢复待供", "Wait again", Warning),
        Close = "close" ("关闭", "Close", Warning),
        Cancel = "cancel" ("取消", "Cancel", Danger),
    }
}

life! {
    /// From the draft to the supply. `decide`, `requisition` and `order` are done for lines of several plans at once;
    /// `fulfil` and `reopen` follow from what is signed for.
    PartsPlanLife of PartsPlan: PartsPlanState, PartsPlanAction from Draft {
        Draft: Submit => Submitted needs PARTS_PLAN_EDIT;
        Draft: Cancel => Cancelled needs PARTS_PLAN_EDIT;
        Submitted: Approve => Approved needs PARTS_PLAN_APPROVE;
        Submitted: Decide => Submitted needs PARTS_PLAN_APPROVE;
        Submitted: SendBack => Draft needs PARTS_PLAN_APPROVE;
        Submitted: Cancel => Cancelled needs PARTS_PLAN_EDIT;
        Approved: Decide => Approved needs PARTS_PLAN_APPROVE;
        Approved: Requisition => Approved needs PARTS_PLAN_APPROVE;
        Approved: Order => Approved needs PARTS_PLAN_APPROVE;
        Approved: Fulfil => Supplied needs PARTS_PLAN_VIEW;
        Approved: Close => Closed needs PARTS_PLAN_APPROVE;
        Supplied: Reopen => Approved needs PARTS_PLAN_VIEW;
        Supplied: Close => Closed needs PARTS_PLAN_APPROVE;
    }
}

parts! {
    /// One part that is wanted.
    draft PartsPlanLineDraft {
        /// Product; at most once.
        product_id: ProductId,
        /// Quantity, from zero (a suggestion that is not wanted) to 1,000,000.
        #[validate(custom(function = "crate::check::count"))]
        quantity: Quantity,
        /// Remark.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// A parts plan, as typed.
    draft PartsPlanDraft {
        /// For a month or at once.
        kind: PartsPlanKind,
        /// Month of a monthly plan, this one or one of the next twelve. An urgent plan counts for the month of its day.
        #[serde(default)]
        month: Option<Month>,
        /// Day by which an urgent plan needs the parts, today or later; a monthly plan may leave it out.
        #[serde(default)]
        needed_on: Option<Date>,
        /// Why; an urgent plan must say so.
        #[serde(default)]
        reason: Option<Text<200>>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// Lines, at most 200; a draft may have none before it is filled from the stock analysis.
        #[validate(nested, length(max = 200))]
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<PartsPlanLineDraft>,
    }
    /// By which wishes the stock analysis suggests lines.
    draft PartsPlanWishes {
        /// Days of a consumption period, 7 to 90; 30 when absent. Twelve periods are looked at.
        #[serde(default)]
        #[validate(range(min = 7, max = 90))]
        #[cfg_attr(feature = "schema", schema(minimum = 7, maximum = 90))]
        cycle_days: Option<i64>,
        /// Days that stock should cover, 7 to 365; 45 when absent.
        #[serde(default)]
        #[validate(range(min = 7, max = 365))]
        #[cfg_attr(feature = "schema", schema(minimum = 7, maximum = 365))]
        cover_days: Option<i64>,
        /// Days until goods come, 0 to 180; 7 when absent.
        #[serde(default)]
        #[validate(range(min = 0, max = 180))]
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 180))]
        lead_days: Option<i64>,
    }
    /// How much of one line is granted or requisitioned.
    draft PartsPlanGrant {
        /// The line.
        line_id: PartsPlanLineId,
        /// Version of its plan when the line was read: a plan that changed since is refused (`parts_plan_changed`).
        #[serde(default)]
        #[validate(range(min = 1))]
        #[cfg_attr(feature = "schema", schema(minimum = 1))]
        version: Option<i64>,
        /// Quantity, from zero to what is wanted, or to what is approved and not requisitioned yet.
        #[validate(custom(function = "crate::check::count"))]
        quantity: Quantity,
    }
    /// An approval of the whole or of a part.
    draft PartsPlanApproval {
        /// Lines of which less than everything is approved, at most 200; the others are approved in full.
        #[serde(default)]
        #[validate(nested, length(max = 200))]
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<PartsPlanGrant>,
        /// Remark, shown in the timeline.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// Lines of one plan or of several.
    draft PartsPlanGrants {
        /// Lines, 1 to 500.
        #[validate(nested, length(min = 1, max = 500))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 500))]
        lines: Vec<PartsPlanGrant>,
    }
    /// Why something is sent back, closed or cancelled.
    draft PartsPlanReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// Why so much was suggested, as it was then.
    #[derive(Default)]
    shown PartsPlanBasis {
        /// Days of a consumption period.
        #[cfg_attr(feature = "schema", schema(minimum = 7, maximum = 90, example = 30))]
        cycle_days: i64,
        /// Consumed in the last of these periods.
        consumed: Quantity,
        /// Expected consumption of one period.
        forecast: Quantity,
        /// Good, the company's own and not reserved.
        available: Quantity,
        /// On the way to the station or ordered for it.
        incoming: Quantity,
        /// Asked for in requisitions and other plans and not sent yet.
        planned: Quantity,
        /// Safety stock: less than this is a shortage.
        least: Quantity,
        /// What should be there.
        target: Quantity,
    }
    /// One line of a parts plan, with its supply as requisitions and transfers tell it now.
    shown PartsPlanLine {
        /// Id.
        id: PartsPlanLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Quantity that the stock analysis suggested; null for a line that somebody added.
        suggested: Option<Quantity>,
        /// Why.
        basis: Option<PartsPlanBasis>,
        /// Quantity that is wanted.
        quantity: Quantity,
        /// Whether somebody chose the quantity: a new suggestion leaves it alone.
        is_by_hand: bool,
        /// Quantity that was approved; null before.
        approved: Option<Quantity>,
        /// Quantity in requisitions.
        requisitioned: Quantity,
        /// Quantity on its way or signed for.
        shipped: Quantity,
        /// Quantity that came in good condition.
        received: Quantity,
        /// Quantity that was approved and has not come.
        outstanding: Quantity,
        /// When the next goods are expected: by when a parcel is to be signed for, else when a supplier delivers to headquarters.
        expected_on: Option<Date>,
        /// Remark.
        remark: Option<Text<200>>,
    }
    /// A requisition that supplies a plan.
    shown PartsPlanRequisition {
        /// Id.
        id: RequisitionId,
        /// Number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "SQ20261100001"))]
        number: String,
        /// State.
        state: RequisitionState,
        /// Name of the station that asks.
        org_name: Text<100>,
    }
    /// A transfer that supplies a plan.
    shown PartsPlanTransfer {
        /// Id.
        id: TransferId,
        /// Number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "DB20261100001"))]
        number: String,
        /// State.
        state: TransferState,
        /// When it was shipped.
        shipped_at: Option<Timestamp>,
    }
    /// The plans whose lines were decided.
    shown PartsPlansDecided {
        /// The plans.
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        items: Vec<PartsPlanName>,
    }
    /// A plan by name.
    shown PartsPlanName {
        /// Id.
        id: PartsPlanId,
        /// Number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "JH20261100001"))]
        number: String,
        /// State.
        state: PartsPlanState,
    }
    /// The requisitions that were made, one for each plan.
    shown PartsPlanRequisitions {
        /// The requisitions.
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        items: Vec<PartsPlanRequisition>,
    }
}

document! {
    /// A parts plan.
    PartsPlan: PartsPlanId "parts_plan" in PartsPlanState by PartsPlanAction {
        /// Name of the station.
        org_name: Text<100>,
        /// For a month or at once.
        kind: PartsPlanKind,
        /// Month.
        month: Month,
        /// Day by which the parts are needed.
        needed_on: Option<Date>,
        /// Why.
        reason: Option<Text<200>>,
        /// Remark.
        remark: Option<Note<500>>,
        /// When lines were last suggested.
        suggested_at: Option<Timestamp>,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<PartsPlanLine>,
        /// Requisitions that supply it, oldest first.
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        requisitions: Vec<PartsPlanRequisition>,
        /// Transfers that supply it, oldest first.
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        transfers: Vec<PartsPlanTransfer>,
    }
    /// A parts plan in a list.
    PartsPlanRow {
        /// Name of the station.
        org_name: Text<100>,
        /// For a month or at once.
        kind: PartsPlanKind,
        /// Month.
        month: Month,
        /// Day by which the parts are needed.
        needed_on: Option<Date>,
        /// Why.
        reason: Option<Text<200>>,
        /// Sum of what is wanted.
        total_quantity: Quantity,
    }
}

filter! {
    /// Filter of the list of parts plans. `q` looks in number, reason and remark.
    PartsPlanFilter by "created_at", "updated_at", "number", "month" {
        /// States.
        state: any PartsPlanState,
        /// Kinds.
        kind: any PartsPlanKind,
        /// Station.
        org_id: id OrgId,
        /// Month.
        month: month,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Parts plans";
    /// List parts plans.
    ListPartsPlans: Get "/api/v1/stock/parts-plans" needs PARTS_PLAN_VIEW, list PartsPlanFilter => Page<PartsPlanRow>;
    /// Read a parts plan with its lines and their supply.
    GetPartsPlan: Get "/api/v1/stock/parts-plans/{id}" needs PARTS_PLAN_VIEW, path ById<PartsPlan> => Detail<PartsPlan>;
    /// Write a draft for the own station.
    ///
    /// A station has one monthly plan of a month at a time (`parts_plan_of_month_exists`): another may follow once it is
    /// supplied, closed or cancelled.
    CreatePartsPlan: Post "/api/v1/stock/parts-plans" needs PARTS_PLAN_EDIT, body PartsPlanDraft => Created<PartsPlan>;
    /// Change a draft. A line keeps its suggestion; a quantity that differs from it counts as chosen by hand.
    UpdatePartsPlan: Put "/api/v1/stock/parts-plans/{id}" needs PARTS_PLAN_EDIT, path ById<PartsPlan>, body PartsPlanDraft => Detail<PartsPlan>;
    /// Fill a draft from the stock analysis, or refresh it: quantities that somebody chose stay.
    ///
    /// Refused with `parts_plan_nothing_short` when nothing is short and the draft holds no suggestion either.
    SuggestPartsPlan: Post "/api/v1/stock/parts-plans/{id}/suggest" needs PARTS_PLAN_EDIT, path ById<PartsPlan>, body PartsPlanWishes => Detail<PartsPlan>;
    /// Hand it in to headquarters.
    SubmitPartsPlan: Post "/api/v1/stock/parts-plans/{id}/submit" needs PARTS_PLAN_EDIT, path ById<PartsPlan> => Detail<PartsPlan>;
    /// Approve the whole or a part. Whoever wrote it cannot approve it (`own_document`).
    ApprovePartsPlan: Post "/api/v1/stock/parts-plans/{id}/approve" needs PARTS_PLAN_APPROVE, path ById<PartsPlan>, body PartsPlanApproval => Detail<PartsPlan>;
    /// Send it back; it is a draft again.
    SendBackPartsPlan: Post "/api/v1/stock/parts-plans/{id}/send-back" needs PARTS_PLAN_APPROVE, path ById<PartsPlan>, body PartsPlanReason => Detail<PartsPlan>;
    /// Close it: what has not been requisitioned will not be.
    ClosePartsPlan: Post "/api/v1/stock/parts-plans/{id}/close" needs PARTS_PLAN_APPROVE, path ById<PartsPlan>, body PartsPlanReason => Detail<PartsPlan>;
    /// Cancel it before it is approved.
    CancelPartsPlan: Post "/api/v1/stock/parts-plans/{id}/cancel" needs PARTS_PLAN_EDIT, path ById<PartsPlan>, body PartsPlanReason => Detail<PartsPlan>;
    /// Approve lines of several plans at once. A plan is approved when its last line is decided.
    DecidePartsPlanLines: Post "/api/v1/stock/parts-plans/decide" needs PARTS_PLAN_APPROVE, body PartsPlanGrants => Json<PartsPlansDecided>;
    /// Make requisitions of approved lines, one for each plan, approved already: what headquarters is to send.
    ///
    /// Refused with `parts_plan_exceeded` when more would be requisitioned than was approved.
    RequisitionPartsPlanLines: Post "/api/v1/stock/parts-plans/requisition" needs PARTS_PLAN_APPROVE, body PartsPlanGrants => Json<PartsPlanRequisitions>;
}

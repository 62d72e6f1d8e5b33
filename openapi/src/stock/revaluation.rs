//! Revaluations (调价单): what lies in the warehouses of a station costs more or less from now on. Written by one person,
//! approved and posted by another.

use super::document::StockDocLink;
use super::{Condition, REVALUATION_APPROVE, REVALUATION_EDIT, REVALUATION_REVERSE, REVALUATION_VIEW};
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::{
    ById, Created, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, Timestamp, UnitPrice, choices,
    document, endpoints, filter, life, parts,
};
use validator::Validate;

/// Id of a line of a revaluation.
pub type RevaluationLineId = Id<RevaluationLine>;

choices! {
    /// States of a revaluation.
    RevaluationState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Submitted = "submitted" ("待审批", "Submitted", Info),
        Posted = "posted" ("已过账", "Posted", Success),
        Reversed = "reversed" ("已冲销", "Reversed", Warning),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a revaluation.
    RevaluationAction {
        Submit = "submit" ("提交", "Submit", Info),
        Approve = "approve" ("审批过账", "Approve and post", Success),
        Reject = "reject" ("退回", "Send back", Warning),
        Reverse = "reverse" ("冲销", "Reverse", Danger),
        Void = "void" ("作废", "Void", Danger),
    }
}

life! {
    /// From the proposal to the posting.
    RevaluationLife of Revaluation: RevaluationState, RevaluationAction from Draft {
        Draft: Submit => Submitted needs REVALUATION_EDIT;
        Draft: Void => Void needs REVALUATION_EDIT;
        Submitted: Approve => Posted needs REVALUATION_APPROVE;
        Submitted: Reject => Draft needs REVALUATION_APPROVE;
        Submitted: Void => Void needs REVALUATION_EDIT;
        Posted: Reverse => Reversed needs REVALUATION_REVERSE;
    }
}

parts! {
    /// Goods that get another cost.
    draft RevaluationLineDraft {
        /// Product; with its condition, and its serial if any, at most once.
        product_id: ProductId,
        /// Condition; good when absent.
        #[serde(default)]
        condition: Option<Condition>,
        /// One piece of a product tracked by serial; every piece when absent.
        #[serde(default)]
        serial: Option<Serial>,
        /// What a piece costs from now on: zero or more.
        #[validate(custom(function = "crate::check::price"))]
        new_cost: UnitPrice,
    }
    /// A revaluation, as typed.
    draft RevaluationDraft {
        /// Station whose stock it is; the own when absent. It cannot be changed later.
        #[serde(default)]
        org_id: Option<OrgId>,
        /// Why: a fall of the market price, a new price list.
        reason: Note<500>,
        /// Lines, 1 to 200.
        #[validate(nested, length(min = 1, max = 200))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
        lines: Vec<RevaluationLineDraft>,
    }
    /// Why a revaluation is sent back, voided or reversed.
    draft RevaluationReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// Goods of a revaluation. Until it is posted, quantity and value are those of the moment of reading; then those
    /// that were posted.
    shown RevaluationLine {
        /// Id.
        id: RevaluationLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial; null for plain goods, and where every piece is meant.
        serial: Option<Serial>,
        /// Condition.
        condition: Condition,
        /// Quantity in the warehouses of the station.
        quantity: Quantity,
        /// What a piece cost on average; null without the right to see cost.
        old_cost: Option<UnitPrice>,
        /// What a piece costs from then on; null without the right to see cost.
        new_cost: Option<UnitPrice>,
        /// What they were worth; null without the right to see cost.
        old_value: Option<Money>,
        /// What they are worth more, or less when below zero; null without the right to see cost.
        difference: Option<Money>,
    }
}

document! {
    /// A revaluation.
    Revaluation: RevaluationId "revaluation" in RevaluationState by RevaluationAction {
        /// Name of the station.
        org_name: Text<100>,
        /// Why.
        reason: Note<500>,
        /// When it was posted.
        posted_at: Option<Timestamp>,
        /// Sum of what goods gain; null without the right to see cost.
        gain_value: Option<Money>,
        /// Sum of what goods lose, below zero; null without the right to see cost.
        loss_value: Option<Money>,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<RevaluationLine>,
        /// What it did to the stock ledger.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        postings: Vec<StockDocLink>,
    }
    /// A revaluation in a list.
    RevaluationRow {
        /// Name of the station.
        org_name: Text<100>,
        /// Why.
        reason: Note<500>,
        /// When it was posted.
        posted_at: Option<Timestamp>,
        /// By how much stock became worth more, or less when below zero; null before posting and without the right to
        /// see cost.
        difference: Option<Money>,
    }
}

filter! {
    /// Filter of the list of revaluations. `q` looks in number and reason.
    RevaluationFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any RevaluationState,
        /// Station.
        org_id: id OrgId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Revaluations";
    /// List revaluations.
    ListRevaluations: Get "/api/v1/stock/revaluations" needs REVALUATION_VIEW, list RevaluationFilter => Page<RevaluationRow>;
    /// Read a revaluation with its lines.
    GetRevaluation: Get "/api/v1/stock/revaluations/{id}" needs REVALUATION_VIEW, path ById<Revaluation> => Detail<Revaluation>;
    /// Write a draft.
    CreateRevaluation: Post "/api/v1/stock/revaluations" needs REVALUATION_EDIT, body RevaluationDraft => Created<Revaluation>;
    /// Change a draft.
    UpdateRevaluation: Put "/api/v1/stock/revaluations/{id}" needs REVALUATION_EDIT, path ById<Revaluation>, body RevaluationDraft => Detail<Revaluation>;
    /// Hand it in.
    SubmitRevaluation: Post "/api/v1/stock/revaluations/{id}/submit" needs REVALUATION_EDIT, path ById<Revaluation> => Detail<Revaluation>;
    /// Approve and post it: the company's own goods in the warehouses of the station are worth their quantity of this
    /// moment at the new cost; the difference is a gain or a loss. What engineers hold and what is in transit keeps its cost.
    ///
    /// Whoever wrote it cannot approve it (`own_document`). Refused with `revaluation_nothing_there` when the station
    /// holds nothing of a line, and with `revaluation_no_change` when no line changes anything.
    ApproveRevaluation: Post "/api/v1/stock/revaluations/{id}/approve" needs REVALUATION_APPROVE, path ById<Revaluation> => Detail<Revaluation> [posts];
    /// Send it back; it is a draft again.
    RejectRevaluation: Post "/api/v1/stock/revaluations/{id}/reject" needs REVALUATION_APPROVE, path ById<Revaluation>, body RevaluationReason => Detail<Revaluation>;
    /// Take the posting back by its mirror, at the same value.
    ///
    /// Refused with `stock_reversal_blocked` once some of the goods have left at their new cost; a new revaluation
    /// changes what is left.
    ReverseRevaluation: Post "/api/v1/stock/revaluations/{id}/reverse" needs REVALUATION_REVERSE, path ById<Revaluation>, body RevaluationReason => Detail<Revaluation> [posts];
    /// Void it before it is posted.
    VoidRevaluation: Post "/api/v1/stock/revaluations/{id}/void" needs REVALUATION_EDIT, path ById<Revaluation>, body RevaluationReason => Detail<Revaluation>;
}

//! How a stock document lives: why it is written, its states, and who may lead it from one to the next.

use super::document::StockDoc;
use super::{STOCK_DOC_APPROVE, STOCK_DOC_EDIT, STOCK_DOC_POST, STOCK_DOC_REVERSE, STOCK_WRITE_OFF};
use crate::document::{DocKind, Lifecycle, Step};
use crate::{Resource, choices};

choices! {
    /// Why goods come in or go out.
    StockReason {
        Purchase = "purchase" ("采购", "Purchase", Info),
        Other = "other" ("其他", "Other", Neutral),
        Scrap = "scrap" ("报废", "Scrap", Danger),
        Repair = "repair" ("维修", "Repair", Info),
        Transfer = "transfer" ("调拨", "Transfer", Info),
        Count = "count" ("盘点", "Stocktake", Info),
        Retail = "retail" ("零售", "Retail", Info),
        Wholesale = "wholesale" ("批发", "Wholesale", Info),
        Revaluation = "revaluation" ("调价", "Revaluation", Warning),
        Conversion = "conversion" ("拆装", "Conversion", Info),
        Refurbish = "refurbish" ("翻新", "Refurbishment", Info),
        Swap = "swap" ("附件对换", "Accessory swap", Info),
        Opening = "opening" ("初始化", "Opening", Neutral),
        Relocation = "relocation" ("移库", "Relocation", Neutral),
        Regrade = "regrade" ("品质变更", "Change of condition", Warning),
    }
    /// States of a stock document.
    StockDocState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Submitted = "submitted" ("已提交", "Submitted", Info),
        Approved = "approved" ("已审核", "Approved", Info),
        Posted = "posted" ("已过账", "Posted", Success),
        Reversed = "reversed" ("已冲销", "Reversed", Warning),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a stock document.
    StockDocAction {
        Submit = "submit" ("提交", "Submit", Info),
        Approve = "approve" ("审核", "Approve", Info),
        Reject = "reject" ("退回", "Send back", Warning),
        Authorise = "authorise" ("核准报废", "Authorise", Success),
        Decline = "decline" ("不予报废", "Decline", Warning),
        Post = "post" ("过账", "Post", Success),
        Reverse = "reverse" ("冲销", "Reverse", Danger),
        Void = "void" ("作废", "Void", Danger),
    }
}

/// Whether goods are written off for good: such a document takes somebody else's authority before it is posted.
pub fn is_write_off(kind: DocKind, reason: StockReason) -> bool {
    kind == DocKind::Destruction || (kind == DocKind::StockOut && reason == StockReason::Scrap)
}

/// The state table of all stock documents. What is written off (see [`is_write_off`]) is authorised instead of approved.
pub struct StockDocLife;
impl Lifecycle for StockDocLife {
    type State = StockDocState;
    type Action = StockDocAction;
    const KIND: DocKind = DocKind::StockIn;
    const STEPS: &'static [Step<StockDocState, StockDocAction>] = {
        use StockDocAction as A;
        use StockDocState as S;
        const fn step(
            from: StockDocState,
            action: StockDocAction,
            to: StockDocState,
            permission: crate::Permission,
        ) -> Step<StockDocState, StockDocAction> {
            Step { from, action, to, permission }
        }
        &[
            step(S::Draft, A::Submit, S::Submitted, STOCK_DOC_EDIT),
            step(S::Draft, A::Post, S::Posted, STOCK_DOC_POST),
            step(S::Draft, A::Void, S::Void, STOCK_DOC_EDIT),
            step(S::Submitted, A::Approve, S::Approved, STOCK_DOC_APPROVE),
            step(S::Submitted, A::Reject, S::Draft, STOCK_DOC_APPROVE),
            step(S::Submitted, A::Authorise, S::Approved, STOCK_WRITE_OFF),
            step(S::Submitted, A::Decline, S::Draft, STOCK_WRITE_OFF),
            step(S::Submitted, A::Post, S::Posted, STOCK_DOC_POST),
            step(S::Submitted, A::Void, S::Void, STOCK_DOC_EDIT),
            step(S::Approved, A::Post, S::Posted, STOCK_DOC_POST),
            step(S::Approved, A::Void, S::Void, STOCK_DOC_EDIT),
            step(S::Posted, A::Reverse, S::Reversed, STOCK_DOC_REVERSE),
        ]
    };
    fn subject() -> &'static str {
        StockDoc::NAME
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_table_is_sound() {
        assert_eq!(crate::document::table_faults::<StockDocLife>(StockDocState::Draft), Vec::<String>::new());
    }
}

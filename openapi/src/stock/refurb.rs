//! Refurbishments (翻新): old units are applied for, approved, worked on with parts and labour, graded by somebody else
//! and come back into stock worth what they were plus what went into them.

use super::document::StockDocLink;
use super::{Condition, REFURB_APPROVE, REFURB_EDIT, REFURB_GRADE, REFURB_REVERSE, REFURB_VIEW, REFURB_WORK};
use crate::finance::PartyId;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::{
    ById, Created, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, Timestamp, choices, document,
    endpoints, filter, life, parts,
};
use validator::Validate;

/// Id of a unit of a refurbishment.
pub type RefurbLineId = Id<RefurbLine>;
/// Id of a part that went into a refurbishment.
pub type RefurbPartId = Id<RefurbPart>;

choices! {
    /// States of a refurbishment.
    RefurbState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Submitted = "submitted" ("待审批", "Submitted", Info),
        Approved = "approved" ("已批准", "Approved", Info),
        Rejected = "rejected" ("已驳回", "Rejected", Danger),
        Working = "working" ("翻新中", "Under way", Info),
        Finished = "finished" ("已完成", "Finished", Success),
        Reversed = "reversed" ("已冲销", "Reversed", Warning),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a refurbishment.
    RefurbAction {
        Submit = "submit" ("提交", "Submit", Info),
        Approve = "approve" ("批准", "Approve", Success),
        Reject = "reject" ("驳回", "Reject", Danger),
        Start = "start" ("领机开工", "Take the units", Success),
        Work = "work" ("用料与工时", "Parts and labour", Neutral),
        Grade = "grade" ("质检定级", "Inspect and grade", Success),
        Finish = "finish" ("全部完成", "All done", Success),
        Reverse = "reverse" ("冲销", "Reverse", Danger),
        Void = "void" ("作废", "Void", Danger),
    }
    /// How good a refurbished unit is.
    RefurbGrade {
        A = "a" ("A 级（近新）", "A, like new", Success),
        B = "b" ("B 级（轻微使用痕迹）", "B, light traces of use", Info),
        C = "c" ("C 级（明显使用痕迹）", "C, plain traces of use", Warning),
        Scrap = "scrap" ("报废", "Scrap", Danger),
    }
}

life! {
    /// From the application to refurbished goods. `finish` follows when the last unit is graded; nobody calls it.
    RefurbLife of Refurb: RefurbState, RefurbAction from Draft {
        Draft: Submit => Submitted needs REFURB_EDIT;
        Draft: Void => Void needs REFURB_EDIT;
        Submitted: Approve => Approved needs REFURB_APPROVE;
        Submitted: Reject => Rejected needs REFURB_APPROVE;
        Submitted: Void => Void needs REFURB_EDIT;
        Approved: Start => Working needs REFURB_WORK;
        Approved: Void => Void needs REFURB_EDIT;
        Working: Work => Working needs REFURB_WORK;
        Working: Grade => Working needs REFURB_GRADE;
        Working: Finish => Finished needs REFURB_GRADE;
        Working: Reverse => Reversed needs REFURB_REVERSE;
        Finished: Reverse => Reversed needs REFURB_REVERSE;
    }
}

parts! {
    /// One unit, as typed.
    draft RefurbLineDraft {
        /// Model.
        product_id: ProductId,
        /// Serial; a unit is refurbished by its serial.
        serial: Serial,
        /// Condition in which it lies in the warehouse; bad when absent.
        #[serde(default)]
        condition: Option<Condition>,
    }
    /// An application, as typed.
    draft RefurbDraft {
        /// Warehouse in which the units lie.
        warehouse_id: WarehouseId,
        /// Dealer whose application it is; who may then follow it.
        #[serde(default)]
        agent_id: Option<PartyId>,
        /// Why, up to 500 characters.
        reason: Note<500>,
        /// What parts and labour are expected to cost, for all units; 0 to 100,000,000.00.
        #[validate(custom(function = "crate::check::amount"))]
        estimate: Money,
        /// Units, 1 to 50.
        #[validate(length(min = 1, max = 50))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 50))]
        lines: Vec<RefurbLineDraft>,
    }
    /// A part that goes into a unit.
    draft RefurbPartDraft {
        /// The unit.
        line_id: RefurbLineId,
        /// Part: a board, a new case, a box.
        product_id: ProductId,
        /// Serial, for parts tracked by it.
        #[serde(default)]
        serial: Option<Serial>,
        /// Quantity, more than zero and at most 1,000,000.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
        /// Warehouse of the station that it comes from.
        warehouse_id: WarehouseId,
    }
    /// A part that was not used after all.
    draft RefurbPartBack {
        /// The part.
        part_id: RefurbPartId,
        /// Why.
        reason: Note<500>,
    }
    /// What the labour on a unit is worth.
    draft RefurbLabour {
        /// The unit.
        line_id: RefurbLineId,
        /// All of its labour, 0 to 100,000,000.00; replaces what was there.
        #[validate(custom(function = "crate::check::amount"))]
        amount: Money,
        /// Remark, shown in the timeline.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// The grade of one unit.
    draft RefurbVerdict {
        /// The unit.
        line_id: RefurbLineId,
        /// Grade, or scrap.
        grade: RefurbGrade,
    }
    /// Grades.
    draft RefurbVerdicts {
        /// Warehouse of the station that refurbished units go to; its first one for refurbished goods when absent.
        #[serde(default)]
        warehouse_id: Option<WarehouseId>,
        /// Units, 1 to 50; each once.
        #[validate(nested, length(min = 1, max = 50))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 50))]
        lines: Vec<RefurbVerdict>,
        /// Remark, shown in the timeline.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// Why a refurbishment is rejected, voided or reversed.
    draft RefurbReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// One unit of a refurbishment.
    shown RefurbLine {
        /// Id.
        id: RefurbLineId,
        /// Model.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial.
        serial: Serial,
        /// Condition before.
        condition: Condition,
        /// What it was worth before; null before the work begins and without the right to see cost.
        carrying: Option<Money>,
        /// What its parts are worth; null without the right to see cost.
        parts_value: Option<Money>,
        /// What its labour is worth; null without the right to see cost.
        labour: Option<Money>,
        /// What it is worth afterwards; null before it is graded and without the right to see cost.
        value: Option<Money>,
        /// Grade; null before it is graded.
        grade: Option<RefurbGrade>,
        /// When it was graded.
        graded_at: Option<Timestamp>,
    }
    /// A part that went into a unit.
    shown RefurbPart {
        /// Id.
        id: RefurbPartId,
        /// The unit.
        line_id: RefurbLineId,
        /// Serial of the unit.
        unit_serial: Serial,
        /// Part.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial.
        serial: Option<Serial>,
        /// Quantity.
        quantity: Quantity,
        /// What it is worth; null without the right to see cost.
        value: Option<Money>,
        /// Whether it went back to the warehouse.
        is_taken_back: bool,
    }
}

document! {
    /// A refurbishment.
    Refurb: RefurbId "refurb" in RefurbState by RefurbAction {
        /// Name of the station.
        org_name: Text<100>,
        /// Warehouse in which the units lie.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// Dealer whose application it is.
        agent_id: Option<PartyId>,
        /// Name of the dealer.
        agent_name: Option<Text<60>>,
        /// Why.
        reason: Note<500>,
        /// What parts and labour were expected to be worth.
        estimate: Money,
        /// What they are worth so far; null without the right to see cost.
        spent: Option<Money>,
        /// When the work began.
        started_at: Option<Timestamp>,
        /// When the last unit was graded.
        finished_at: Option<Timestamp>,
        /// Units.
        #[cfg_attr(feature = "schema", schema(max_items = 50))]
        lines: Vec<RefurbLine>,
        /// Parts that went into them.
        #[cfg_attr(feature = "schema", schema(max_items = 2000))]
        parts: Vec<RefurbPart>,
        /// What it did to the stock ledger.
        #[cfg_attr(feature = "schema", schema(max_items = 2000))]
        postings: Vec<StockDocLink>,
    }
    /// A refurbishment in a list.
    RefurbRow {
        /// Name of the station.
        org_name: Text<100>,
        /// Name of the dealer whose application it is.
        agent_name: Option<Text<60>>,
        /// Why.
        reason: Note<500>,
        /// How many units.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
        units: i64,
        /// How many of them are graded.
        #[cfg_attr(feature = "schema", schema(minimum = 0, example = 1))]
        graded: i64,
        /// What parts and labour were expected to be worth.
        estimate: Money,
        /// When the work began.
        started_at: Option<Timestamp>,
        /// When the last unit was graded.
        finished_at: Option<Timestamp>,
    }
}

filter! {
    /// Filter of the list of refurbishments. `q` looks in number and reason.
    RefurbFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any RefurbState,
        /// Station.
        org_id: id OrgId,
        /// Dealer.
        agent_id: id PartyId,
        /// With this unit.
        serial: text 60,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Refurbishments";
    /// List refurbishments; dealers see their own.
    ListRefurbs: Get "/api/v1/stock/refurbs" needs REFURB_VIEW, list RefurbFilter => Page<RefurbRow>;
    /// Read a refurbishment with its units and parts.
    GetRefurb: Get "/api/v1/stock/refurbs/{id}" needs REFURB_VIEW, path ById<Refurb> => Detail<Refurb>;
    /// Write an application.
    CreateRefurb: Post "/api/v1/stock/refurbs" needs REFURB_EDIT, body RefurbDraft => Created<Refurb>;
    /// Change an application that is not handed in.
    UpdateRefurb: Put "/api/v1/stock/refurbs/{id}" needs REFURB_EDIT, path ById<Refurb>, body RefurbDraft => Detail<Refurb>;
    /// Hand it in to headquarters.
    SubmitRefurb: Post "/api/v1/stock/refurbs/{id}/submit" needs REFURB_EDIT, path ById<Refurb> => Detail<Refurb>;
    /// Approve it.
    ///
    /// Whoever wrote it cannot approve it (`own_document`).
    ApproveRefurb: Post "/api/v1/stock/refurbs/{id}/approve" needs REFURB_APPROVE, path ById<Refurb> => Detail<Refurb>;
    /// Reject it.
    RejectRefurb: Post "/api/v1/stock/refurbs/{id}/reject" needs REFURB_APPROVE, path ById<Refurb>, body RefurbReason => Detail<Refurb>;
    /// Take the units out of the warehouse and begin: what they are worth is work in progress from now on.
    StartRefurb: Post "/api/v1/stock/refurbs/{id}/start" needs REFURB_WORK, path ById<Refurb> => Detail<Refurb> [posts];
    /// Take a part for a unit.
    IssueRefurbPart: Post "/api/v1/stock/refurbs/{id}/parts" needs REFURB_WORK, path ById<Refurb>, body RefurbPartDraft => Detail<Refurb> [posts];
    /// Give a part back that was not used.
    ReturnRefurbPart: Post "/api/v1/stock/refurbs/{id}/parts/return" needs REFURB_WORK, path ById<Refurb>, body RefurbPartBack => Detail<Refurb> [posts];
    /// Say what the labour on a unit is worth.
    SetRefurbLabour: Post "/api/v1/stock/refurbs/{id}/labour" needs REFURB_WORK, path ById<Refurb>, body RefurbLabour => Detail<Refurb>;
    /// Inspect and grade units: refurbished ones go into stock worth what they were plus parts and labour, others are
    /// scrapped with everything that went into them.
    ///
    /// Whoever began the work cannot grade it (`own_work`).
    GradeRefurb: Post "/api/v1/stock/refurbs/{id}/grade" needs REFURB_GRADE, path ById<Refurb>, body RefurbVerdicts => Detail<Refurb> [posts];
    /// Take all of it back by mirrors: the units are what and where they were.
    ///
    /// Refused with `stock_reversal_blocked`, which names the later documents, when a unit has moved on.
    ReverseRefurb: Post "/api/v1/stock/refurbs/{id}/reverse" needs REFURB_REVERSE, path ById<Refurb>, body RefurbReason => Detail<Refurb> [posts];
    /// Void it before the work begins.
    VoidRefurb: Post "/api/v1/stock/refurbs/{id}/void" needs REFURB_EDIT, path ById<Refurb>, body RefurbReason => Detail<Refurb>;
}

//! Old-part returns (旧件返还单): a station sends old parts to headquarters, which looks at each and says what it found. The
//! goods travel by a transfer; what is wrong or late is kept back from the station.

use super::detail::TicketId;
use super::owed_part::OwedPartId;
use super::{OWED_PART_VIEW, PART_RETURN_EDIT, PART_RETURN_EXAMINE, PART_RETURN_REVERSE, PART_RETURN_SHIP};
use crate::finance::PartyId;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::stock::transfer::TransferId;
use crate::{
    ById, Created, Date, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, Timestamp, UnitPrice,
    choices, document, endpoints, filter, life, parts,
};
use validator::Validate;

/// Id of a line of a return.
pub type PartReturnLineId = Id<PartReturnLine>;

choices! {
    /// States of a return.
    PartReturnState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Shipped = "shipped" ("返还途中", "On its way", Info),
        Examined = "examined" ("已核对", "Examined", Success),
        Recalled = "recalled" ("已撤回", "Recalled", Warning),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a return.
    PartReturnAction {
        Ship = "ship" ("发出", "Ship", Success),
        Examine = "examine" ("收货核对", "Receive and examine", Success),
        Recall = "recall" ("撤回", "Recall", Danger),
        Reopen = "reopen" ("撤销核对", "Take the examination back", Danger),
        Void = "void" ("作废", "Void", Danger),
    }
    /// What the station says of a part that it sends.
    DeclaredCondition {
        Bad = "bad" ("坏件", "Bad", Danger),
        Good = "good" ("良品", "Good", Success),
    }
    /// What headquarters found of what came.
    PartVerdict {
        Matched = "matched" ("相符", "Matches", Success),
        Mismatched = "mismatched" ("型号或工单不符", "Not of the order or model", Danger),
        Misdeclared = "misdeclared" ("好坏虚报", "Falsely declared", Danger),
    }
}

life! {
    /// From the draft of the station to the verdict of headquarters. Both ends can be taken back by mirrors.
    PartReturnLife of PartReturn: PartReturnState, PartReturnAction from Draft {
        Draft: Ship => Shipped needs PART_RETURN_SHIP;
        Draft: Void => Void needs PART_RETURN_EDIT;
        Shipped: Examine => Examined needs PART_RETURN_EXAMINE;
        Shipped: Recall => Recalled needs PART_RETURN_REVERSE;
        Examined: Reopen => Shipped needs PART_RETURN_REVERSE;
    }
}

parts! {
    /// One old part that goes back.
    draft PartReturnLineDraft {
        /// The old part that is owed; at most once.
        owed_part_id: OwedPartId,
        /// What the station says of it; bad when absent.
        #[serde(default)]
        declared: Option<DeclaredCondition>,
        /// Quantity that is sent, from zero to what is owed; all of it when absent. What is not sent counts as missing.
        #[serde(default)]
        quantity: Option<Quantity>,
        /// Remark.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// A return, as typed.
    draft PartReturnDraft {
        /// Warehouse that the parts leave; the station's first one for bad parts when absent.
        #[serde(default)]
        warehouse_id: Option<WarehouseId>,
        /// Maker to whom the parts go straight; headquarters when absent.
        #[serde(default)]
        maker_id: Option<PartyId>,
        /// Courier.
        #[serde(default)]
        courier: Option<Text<60>>,
        /// Number of the parcel.
        #[serde(default)]
        tracking_number: Option<Text<60>>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// Parts of one station, 1 to 200.
        #[validate(nested, length(min = 1, max = 200))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
        lines: Vec<PartReturnLineDraft>,
    }
    /// What was found of one line.
    draft PartFinding {
        /// The line.
        line_id: PartReturnLineId,
        /// What came is what it should be, or not.
        verdict: PartVerdict,
        /// Quantity that came, from zero to what was sent. The rest of what is owed is missing.
        #[validate(custom(function = "crate::check::count"))]
        received: Quantity,
        /// Remark.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// What headquarters found.
    draft PartExamination {
        /// Lines on which something is to be said, at most 200; of the others all that was sent came and matches.
        #[serde(default)]
        #[validate(nested, length(max = 200))]
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<PartFinding>,
        /// Remark, shown in the timeline.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// Why something is recalled, taken back or voided.
    draft PartReturnReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// One line of a return.
    shown PartReturnLine {
        /// Id.
        id: PartReturnLineId,
        /// The old part that is owed.
        owed_part_id: OwedPartId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "QJ20261100001"))]
        owed_part_number: String,
        /// Ticket whose repair left it behind.
        ticket_id: TicketId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 40, example = "RE202611210043"))]
        ticket_number: String,
        /// Part.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial of the old piece.
        serial: Option<Serial>,
        /// What the station says of it.
        declared: DeclaredCondition,
        /// Quantity that is owed.
        owed: Quantity,
        /// Quantity that is sent.
        quantity: Quantity,
        /// Last day on which it was to leave the station, as what it is declared.
        due_on: Date,
        /// Days between that day and the shipment; null before the shipment.
        #[cfg_attr(feature = "schema", schema(minimum = 0, example = 3))]
        days_late: Option<i64>,
        /// Price per unit that what is kept back is reckoned from.
        unit_price: UnitPrice,
        /// What was found; null before the examination.
        verdict: Option<PartVerdict>,
        /// Quantity that came.
        received: Option<Quantity>,
        /// Kept back for what is missing.
        missing_amount: Money,
        /// Kept back for what does not match or was falsely declared.
        verdict_amount: Money,
        /// Kept back for being late.
        late_amount: Money,
        /// Remark.
        remark: Option<Text<200>>,
    }
}

document! {
    /// A return of old parts.
    PartReturn: PartReturnId "part_return" in PartReturnState by PartReturnAction {
        /// Name of the station that sends.
        org_name: Text<100>,
        /// Warehouse that the parts leave.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// Headquarters, which receives them or writes down what the maker found.
        to_org_id: OrgId,
        /// Its name.
        to_org_name: Text<100>,
        /// Maker to whom the parts go straight.
        maker_id: Option<PartyId>,
        /// Name of the maker.
        maker_name: Option<Text<100>>,
        /// The transfer by which the parts travel.
        transfer_id: Option<TransferId>,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "DB20261100001"))]
        transfer_number: Option<String>,
        /// Courier.
        courier: Option<Text<60>>,
        /// Number of the parcel.
        tracking_number: Option<Text<60>>,
        /// When it was shipped.
        shipped_at: Option<Timestamp>,
        /// When it was examined.
        examined_at: Option<Timestamp>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Sum of the quantities that are sent.
        total_quantity: Quantity,
        /// What is kept back.
        deduction: Money,
        /// The party that runs the station and owes it; null when the station is the company's own and its books bear it.
        party_id: Option<PartyId>,
        /// Name of that party.
        party_name: Option<Text<100>>,
        /// What that party has not paid of it.
        open: Money,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<PartReturnLine>,
    }
    /// A return in a list.
    PartReturnRow {
        /// Name of the station that sends.
        org_name: Text<100>,
        /// Name of the station that receives.
        to_org_name: Text<100>,
        /// Name of the maker to whom the parts go straight.
        maker_name: Option<Text<100>>,
        /// Courier.
        courier: Option<Text<60>>,
        /// Number of the parcel.
        tracking_number: Option<Text<60>>,
        /// When it was shipped.
        shipped_at: Option<Timestamp>,
        /// When it was examined.
        examined_at: Option<Timestamp>,
        /// Sum of the quantities that are sent.
        total_quantity: Quantity,
        /// What is kept back.
        deduction: Money,
    }
}

filter! {
    /// Filter of the returns. `q` looks in number, parcel number and remark.
    PartReturnFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any PartReturnState,
        /// Station that sends.
        org_id: id OrgId,
        /// Only those for which something is kept back, or only others.
        has_deduction: flag,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Old-part returns";
    /// List returns that the station sends or receives.
    ListPartReturns: Get "/api/v1/service/part-returns" needs OWED_PART_VIEW, list PartReturnFilter => Page<PartReturnRow>;
    /// Read a return with its lines.
    GetPartReturn: Get "/api/v1/service/part-returns/{id}" needs OWED_PART_VIEW, path ById<PartReturn> => Detail<PartReturn>;
    /// Write a draft. Its parts are still owed (`part_not_owed`) and all of one station (`part_of_other_station`).
    CreatePartReturn: Post "/api/v1/service/part-returns" needs PART_RETURN_EDIT, body PartReturnDraft => Created<PartReturn>;
    /// Change a draft.
    UpdatePartReturn: Put "/api/v1/service/part-returns/{id}" needs PART_RETURN_EDIT, path ById<PartReturn>, body PartReturnDraft => Detail<PartReturn>;
    /// Ship it: the parts leave the warehouse by a transfer and lie in transit. Those that go straight to a maker leave the
    /// books of the station at once, in which they have no value.
    ///
    /// Refused with `part_not_owed` when another return was faster, and with `stock_insufficient` when too little is there.
    ShipPartReturn: Post "/api/v1/service/part-returns/{id}/ship" needs PART_RETURN_SHIP, path ById<PartReturn> => Detail<PartReturn> [posts];
    /// Receive it and say what was found; whoever wrote the return cannot (`own_document`).
    ///
    /// Of parts that went straight to a maker it says what the maker found. Otherwise bad parts go into headquarters' warehouse for bad parts, good ones into the one for good parts, without value; what
    /// is missing is lost. By the rules of that day something is kept back for what is missing, wrong or late: the party
    /// that runs the station owes it (1122, 6604), or the books of the station bear it (1221, 6604).
    ExaminePartReturn: Post "/api/v1/service/part-returns/{id}/examine" needs PART_RETURN_EXAMINE, path ById<PartReturn>, body PartExamination => Detail<PartReturn> [posts];
    /// Take it back before it is examined, by the mirror of the shipment: the parts are owed again.
    RecallPartReturn: Post "/api/v1/service/part-returns/{id}/recall" needs PART_RETURN_REVERSE, path ById<PartReturn>, body PartReturnReason => Detail<PartReturn> [posts];
    /// Take the examination back with what was kept back, by mirrors: the parts are on their way again.
    ///
    /// Refused with `reversal_blocked` while some of what is kept back is paid; it names the receipts.
    ReopenPartReturn: Post "/api/v1/service/part-returns/{id}/reopen" needs PART_RETURN_REVERSE, path ById<PartReturn>, body PartReturnReason => Detail<PartReturn> [posts];
    /// Void a draft.
    VoidPartReturn: Post "/api/v1/service/part-returns/{id}/void" needs PART_RETURN_EDIT, path ById<PartReturn>, body PartReturnReason => Detail<PartReturn>;
}

//! Old parts owed (欠返旧件): what was taken out of units in warranty and must be back at headquarters by a day. A finished
//! repair makes them, a return takes them along, and what is found in it ends them.

use super::detail::TicketId;
use super::part_return::PartReturnId;
use super::{OWED_PART_VIEW, OWED_PART_WAIVE, PART_POLICY_EDIT, TicketPartId};
use crate::finance::Payer;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::{
    ById, Date, Detail, ItemCode, Json, Money, Note, Page, Quantity, Serial, Text, UnitPrice, choices, document,
    endpoints, filter, life, parts, rules,
};

choices! {
    /// States of an old part that is owed.
    OwedPartState {
        Open = "open" ("待返还", "To be returned", Warning),
        UnderWay = "under_way" ("返还途中", "On its way", Info),
        Matched = "matched" ("已核销", "Matched", Success),
        Mismatched = "mismatched" ("不符", "Does not match", Danger),
        Misdeclared = "misdeclared" ("好坏虚报", "Falsely declared", Danger),
        Short = "short" ("缺件", "Missing", Danger),
        Waived = "waived" ("免返", "Waived", Neutral),
        Cancelled = "cancelled" ("已撤销", "Cancelled", Neutral),
    }
    /// What happens to an old part that is owed.
    OwedPartAction {
        Send = "send" ("返还发出", "Send", Info),
        Recall = "recall" ("撤回返还", "Recall", Warning),
        Match = "match" ("核对相符", "Found to match", Success),
        Mismatch = "mismatch" ("核对不符", "Found not to match", Danger),
        Misdeclare = "misdeclare" ("判为虚报", "Found falsely declared", Danger),
        Lack = "lack" ("判为缺件", "Found missing", Danger),
        Reopen = "reopen" ("撤销核对", "Take the examination back", Warning),
        Waive = "waive" ("免返", "Waive", Warning),
        Restore = "restore" ("恢复返还", "Owe it again", Info),
        Cancel = "cancel" ("工单反完成", "The repair was reversed", Danger),
    }
}

life! {
    /// From the finished repair to what headquarters found. Only `waive` and `restore` are called by people: the others
    /// follow from the return and from the ticket.
    OwedPartLife of OwedPart: OwedPartState, OwedPartAction from Open {
        Open: Send => UnderWay needs OWED_PART_VIEW;
        Open: Waive => Waived needs OWED_PART_WAIVE;
        Open: Cancel => Cancelled needs OWED_PART_VIEW;
        UnderWay: Recall => Open needs OWED_PART_VIEW;
        UnderWay: Match => Matched needs OWED_PART_VIEW;
        UnderWay: Mismatch => Mismatched needs OWED_PART_VIEW;
        UnderWay: Misdeclare => Misdeclared needs OWED_PART_VIEW;
        UnderWay: Lack => Short needs OWED_PART_VIEW;
        Matched: Reopen => UnderWay needs OWED_PART_VIEW;
        Mismatched: Reopen => UnderWay needs OWED_PART_VIEW;
        Misdeclared: Reopen => UnderWay needs OWED_PART_VIEW;
        Short: Reopen => UnderWay needs OWED_PART_VIEW;
        Waived: Restore => Open needs OWED_PART_WAIVE;
        Waived: Cancel => Cancelled needs OWED_PART_VIEW;
    }
}

rules! {
    /// The rules by which old parts go back to headquarters. Rates are basis points of the price of the part.
    PartReturnPolicy: PartReturnPolicyDraft, PartReturnPolicyChange, PartReturnPolicyChangeId = "part_return_policy" {
        /// Days after the repair within which a bad part must be sent back.
        due_days: 1 to 3650, at first 40;
        /// Days after the repair within which a good part may be sent back as good.
        good_days: 1 to 3650, at first 180;
        /// Kept back for each day that a part is late.
        late_rate: 0 to 10000, at first 100;
        /// Kept back at most for being late.
        late_most: 0 to 10000, at first 5000;
        /// Kept back for a part that is missing.
        missing_rate: 0 to 60000, at first 10000;
        /// Kept back for a part that does not match its order or model.
        mismatch_rate: 0 to 60000, at first 10000;
        /// Kept back for a good part that was declared bad, or a bad one declared good.
        false_rate: 0 to 60000, at first 30000;
    }
}

parts! {
    /// Why a part need not come back, or must after all.
    draft OwedPartReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
}

document! {
    /// An old part that a station owes.
    OwedPart: OwedPartId "owed_part" in OwedPartState by OwedPartAction {
        /// Name of the station.
        org_name: Text<100>,
        /// Ticket whose repair left it behind.
        ticket_id: TicketId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 40, example = "RE202611210043"))]
        ticket_number: String,
        /// Line of the ticket.
        part_id: TicketPartId,
        /// Part.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial of the old piece, where one could be read.
        serial: Option<Serial>,
        /// Quantity.
        quantity: Quantity,
        /// Price per unit that what is kept back is reckoned from.
        unit_price: UnitPrice,
        /// Who paid for the new part.
        payer: Payer,
        /// Day on which the repair was finished.
        finished_on: Date,
        /// Last day on which it may leave the station as bad.
        due_on: Date,
        /// Last day on which it may leave the station as good.
        good_until: Date,
        /// Whether it is still at the station after its last day.
        is_overdue: bool,
        /// The return that it went with.
        return_id: Option<PartReturnId>,
        /// Number of that return.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "FJ20261100001"))]
        return_number: Option<String>,
        /// What was kept back for it.
        deduction: Money,
        /// Why it need not come back.
        waived_because: Option<Note<500>>,
    }
    /// An old part in a list.
    OwedPartRow {
        /// Name of the station.
        org_name: Text<100>,
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
        /// Quantity.
        quantity: Quantity,
        /// Price per unit that what is kept back is reckoned from.
        unit_price: UnitPrice,
        /// Who paid for the new part.
        payer: Payer,
        /// Day on which the repair was finished.
        finished_on: Date,
        /// Last day on which it may leave the station.
        due_on: Date,
        /// Whether it is still at the station after its last day.
        is_overdue: bool,
        /// The return that it went with.
        return_id: Option<PartReturnId>,
        /// Number of that return.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "FJ20261100001"))]
        return_number: Option<String>,
        /// What was kept back for it.
        deduction: Money,
    }
}

filter! {
    /// Filter of the old parts that are owed. `q` looks in number, ticket, return and serial.
    OwedPartFilter by "created_at", "updated_at", "number", "due_on" {
        /// States.
        state: any OwedPartState,
        /// Station.
        org_id: id OrgId,
        /// Part.
        product_id: id ProductId,
        /// Ticket.
        ticket_id: id TicketId,
        /// The return that they went with.
        return_id: id PartReturnId,
        /// Only those still at the station after their last day, or only others.
        is_overdue: flag,
        /// Only those still at the station whose last day is one of the next seven.
        is_due_soon: flag,
        /// Exactly this number.
        number: text 60,
    }
}

filter! {
    /// Which old parts are counted.
    OwedPartQuery by "org_name" {
        /// Station; every one in reach when absent.
        org_id: id OrgId,
        /// Repairs finished from this day on.
        finished_from: date,
        /// Repairs finished until this day.
        finished_until: date,
    }
}

parts! {
    /// The old parts of one station, counted in pieces. What was cancelled with its repair is left out.
    shown OwedPartCount {
        /// Station.
        org_id: OrgId,
        /// Its name.
        org_name: Text<100>,
        /// At the station and to be returned.
        open: Quantity,
        /// Of these, those whose last day is today or one of the next seven.
        due_soon: Quantity,
        /// Of these, those whose last day has passed.
        overdue: Quantity,
        /// On their way to headquarters.
        under_way: Quantity,
        /// Came to headquarters and were examined.
        returned: Quantity,
        /// Of what was examined: does not match, was falsely declared, or is missing.
        different: Quantity,
        /// Need not come back.
        waived: Quantity,
        /// What was kept back.
        deduction: Money,
    }
    /// Old parts by station.
    shown OwedPartSummary {
        /// Stations that owe or owed something, the most overdue first.
        #[cfg_attr(feature = "schema", schema(max_items = 5000))]
        items: Vec<OwedPartCount>,
    }
}

endpoints! { "Old parts owed";
    /// List old parts that stations owe.
    ListOwedParts: Get "/api/v1/service/owed-parts" needs OWED_PART_VIEW, list OwedPartFilter => Page<OwedPartRow>;
    /// Read an old part that is owed.
    GetOwedPart: Get "/api/v1/service/owed-parts/{id}" needs OWED_PART_VIEW, path ById<OwedPart> => Detail<OwedPart>;
    /// Count old parts by station: owed, late, on their way, returned, and what was kept back.
    GetOwedPartSummary: Get "/api/v1/service/owed-parts/summary" needs OWED_PART_VIEW, query OwedPartQuery => Json<OwedPartSummary>;
    /// Say that it need not come back.
    WaiveOwedPart: Post "/api/v1/service/owed-parts/{id}/waive" needs OWED_PART_WAIVE, path ById<OwedPart>, body OwedPartReason => Detail<OwedPart>;
    /// Say that it must come back after all; its last day stays what it was.
    RestoreOwedPart: Post "/api/v1/service/owed-parts/{id}/restore" needs OWED_PART_WAIVE, path ById<OwedPart>, body OwedPartReason => Detail<OwedPart>;
    /// The rules of old parts: last days, and what is kept back.
    GetPartReturnPolicy: Get "/api/v1/service/part-return-policy" needs OWED_PART_VIEW => Json<PartReturnPolicy>;
    /// Set the rules of old parts from now on.
    ///
    /// Last days are fixed when the repair is finished, what is kept back when a return is examined.
    SetPartReturnPolicy: Post "/api/v1/service/part-return-policy" needs PART_POLICY_EDIT, body PartReturnPolicyDraft => Json<PartReturnPolicy>;
}

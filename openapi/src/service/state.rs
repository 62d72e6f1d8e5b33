//! The states of a repair ticket, what can be done in each, and who may do it.

use super::{
    TICKET_ACCEPT, TICKET_ASSIGN, TICKET_AUDIT, TICKET_CALLBACK, TICKET_CANCEL, TICKET_CHARGE, TICKET_INSPECT,
    TICKET_INTAKE, TICKET_PARTS, TICKET_PICKUP, TICKET_REPAIR, TICKET_REVERSE, TICKET_SETTLE,
};
use crate::choices;
use crate::document::{DocKind, Lifecycle, Step};

choices! {
    /// The seven stages of a repair, as people count them, and the side exit.
    Stage {
        Acceptance = "acceptance" ("待受理", "To be accepted", Neutral),
        Repair = "repair" ("待维修", "In repair", Info),
        Quality = "quality" ("待质检", "To be inspected", Info),
        Pickup = "pickup" ("待取机", "To be picked up", Warning),
        Completed = "completed" ("已完成", "Completed", Success),
        CalledBack = "called_back" ("已回访", "Called back", Success),
        Audited = "audited" ("已审计", "Audited", Success),
        Cancelled = "cancelled" ("已取消", "Cancelled", Danger),
    }
    /// State of a ticket; stage 待维修 has three.
    TicketState {
        PendingAcceptance = "pending_acceptance" ("待受理", "To be accepted", Neutral),
        PendingDiagnosis = "pending_diagnosis" ("待检测", "To be diagnosed", Info),
        AwaitingParts = "awaiting_parts" ("待料", "Waiting for parts", Warning),
        Repairing = "repairing" ("维修中", "Under repair", Info),
        PendingQc = "pending_qc" ("待质检", "To be inspected", Info),
        PendingPickup = "pending_pickup" ("待取机", "To be picked up", Warning),
        Completed = "completed" ("已完成", "Completed", Success),
        CalledBack = "called_back" ("已回访", "Called back", Success),
        Audited = "audited" ("已审计", "Audited", Success),
        Cancelled = "cancelled" ("已取消", "Cancelled", Danger),
    }
    /// What can be done to a ticket.
    TicketAction {
        Edit = "edit" ("修改", "Edit", Neutral),
        Accept = "accept" ("受理", "Accept", Success),
        Assign = "assign" ("派工", "Assign", Info),
        Diagnose = "diagnose" ("检测", "Diagnose", Info),
        Parts = "parts" ("配件", "Parts", Info),
        Charge = "charge" ("费用", "Charges", Neutral),
        AwaitParts = "await_parts" ("待料", "Wait for parts", Warning),
        PartsArrived = "parts_arrived" ("到料", "Parts arrived", Info),
        Finish = "finish" ("完工", "Finish", Success),
        PassQc = "pass_qc" ("质检通过", "Pass inspection", Success),
        FailQc = "fail_qc" ("质检不通过", "Fail inspection", Danger),
        Settle = "settle" ("结算", "Settle", Info),
        Collect = "collect" ("收款", "Collect", Info),
        PickUp = "pick_up" ("取机", "Hand over", Success),
        CallBack = "call_back" ("回访", "Call back", Info),
        WaiveCallback = "waive_callback" ("免回访", "Waive the callback", Neutral),
        Audit = "audit" ("审计通过", "Pass the audit", Success),
        SendBack = "send_back" ("退回网点", "Send back to the station", Danger),
        Cancel = "cancel" ("取消工单", "Cancel the ticket", Danger),
        ReverseSettlement = "reverse_settlement" ("反结算", "Reverse the settlement", Danger),
        ReverseFinish = "reverse_finish" ("反完工", "Reverse the finish", Danger),
        ReverseCompletion = "reverse_completion" ("反完成", "Reverse the completion", Danger),
        ReverseAudit = "reverse_audit" ("反审核", "Reverse the audit", Danger),
    }
    /// How urgent it is.
    Priority {
        Normal = "normal" ("普通", "Normal", Neutral),
        Urgent = "urgent" ("加急", "Urgent", Warning),
        Critical = "critical" ("特急", "Critical", Danger),
    }
    /// How the request came in.
    Channel {
        Counter = "counter" ("到店", "At the counter", Neutral),
        Courier = "courier" ("寄修", "By courier", Neutral),
        Phone = "phone" ("电话", "By phone", Neutral),
        Online = "online" ("网上", "Online", Neutral),
        Dealer = "dealer" ("经销商送修", "From a dealer", Neutral),
    }
    /// In which condition something is.
    ItemCondition {
        Good = "good" ("完好", "Good", Success),
        Worn = "worn" ("有磨损", "Worn", Neutral),
        Damaged = "damaged" ("损坏", "Damaged", Danger),
    }
    /// What became of the part that was taken out.
    OldPartState {
        None = "none" ("无旧件", "None", Neutral),
        Owed = "owed" ("待交旧件", "Owed", Warning),
        Returned = "returned" ("旧件已入库", "In the old-part store", Success),
        CustomerKept = "customer_kept" ("客户留存", "Kept by the customer", Neutral),
    }
}

impl TicketState {
    /// The stage that the state belongs to.
    pub const fn stage(self) -> Stage {
        match self {
            TicketState::PendingAcceptance => Stage::Acceptance,
            TicketState::PendingDiagnosis | TicketState::AwaitingParts | TicketState::Repairing => Stage::Repair,
            TicketState::PendingQc => Stage::Quality,
            TicketState::PendingPickup => Stage::Pickup,
            TicketState::Completed => Stage::Completed,
            TicketState::CalledBack => Stage::CalledBack,
            TicketState::Audited => Stage::Audited,
            TicketState::Cancelled => Stage::Cancelled,
        }
    }

    /// Whether the unit is still with the station.
    pub const fn is_open(self) -> bool {
        matches!(self.stage(), Stage::Acceptance | Stage::Repair | Stage::Quality | Stage::Pickup)
    }
}

/// The state table of the repair ticket, mode A (the station repairs itself).
pub struct TicketLifecycle;

macro_rules! steps { ($($from:ident: $($action:ident => $to:ident by $permission:ident),+;)+) => {
    &[$($(Step {
        from: TicketState::$from,
        action: TicketAction::$action,
        to: TicketState::$to,
        permission: $permission,
    }),+),+]
} }

impl Lifecycle for TicketLifecycle {
    type State = TicketState;
    type Action = TicketAction;
    const KIND: DocKind = DocKind::Ticket;
    const STEPS: &'static [Step<TicketState, TicketAction>] = steps! {
        PendingAcceptance:
            Accept => PendingDiagnosis by TICKET_ACCEPT,
            Parts => PendingAcceptance by TICKET_PARTS,
            Edit => PendingAcceptance by TICKET_INTAKE,
            Cancel => Cancelled by TICKET_CANCEL;
        PendingDiagnosis:
            Assign => PendingDiagnosis by TICKET_ASSIGN,
            Diagnose => Repairing by TICKET_REPAIR,
            Parts => PendingDiagnosis by TICKET_PARTS,
            Charge => PendingDiagnosis by TICKET_CHARGE,
            Edit => PendingDiagnosis by TICKET_INTAKE,
            Cancel => Cancelled by TICKET_CANCEL;
        AwaitingParts:
            PartsArrived => Repairing by TICKET_REPAIR,
            Parts => AwaitingParts by TICKET_PARTS,
            Assign => AwaitingParts by TICKET_ASSIGN,
            Edit => AwaitingParts by TICKET_INTAKE,
            Cancel => Cancelled by TICKET_CANCEL;
        Repairing:
            Finish => PendingQc by TICKET_REPAIR,
            Parts => Repairing by TICKET_PARTS,
            Diagnose => Repairing by TICKET_REPAIR,
            AwaitParts => AwaitingParts by TICKET_PARTS,
            Charge => Repairing by TICKET_CHARGE,
            Assign => Repairing by TICKET_ASSIGN,
            Edit => Repairing by TICKET_INTAKE,
            Cancel => Cancelled by TICKET_CANCEL;
        PendingQc:
            PassQc => PendingPickup by TICKET_INSPECT,
            FailQc => Repairing by TICKET_INSPECT,
            Charge => PendingQc by TICKET_CHARGE,
            ReverseFinish => Repairing by TICKET_REVERSE;
        PendingPickup:
            Settle => PendingPickup by TICKET_SETTLE,
            Collect => PendingPickup by TICKET_SETTLE,
            PickUp => Completed by TICKET_PICKUP,
            Charge => PendingPickup by TICKET_CHARGE,
            ReverseSettlement => PendingPickup by TICKET_REVERSE,
            ReverseFinish => Repairing by TICKET_REVERSE;
        Completed:
            CallBack => CalledBack by TICKET_CALLBACK,
            WaiveCallback => CalledBack by TICKET_CALLBACK,
            Collect => Completed by TICKET_SETTLE,
            ReverseCompletion => PendingPickup by TICKET_REVERSE;
        CalledBack:
            Audit => Audited by TICKET_AUDIT,
            SendBack => Completed by TICKET_AUDIT,
            Collect => CalledBack by TICKET_SETTLE;
        Audited:
            ReverseAudit => CalledBack by TICKET_REVERSE;
    };
}

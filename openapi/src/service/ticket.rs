//! The list of repair tickets, and every operation on a ticket.

use super::board::{Board, BoardQuery, Engineers, TicketCounts, Todos};
use super::closing::{CallbackDraft, Charges, CollectDraft, PickupDraft};
use super::intake::{IntakeDraft, IntakeLookup, IntakeQuery, TicketEdit};
use super::state::{Priority, Stage, TicketAction, TicketState};
use super::work::{
    Acceptance, Assignment, Diagnosis, FeesDraft, FinishDraft, PartChoice, PartMoves, PartUses, PartsDraft, Reason,
    Remark, TicketPayer,
};
use super::*;
use crate::identity::{OrgId, UserId};
use crate::master::customer::CustomerId;
use crate::query::AnyOf;
use crate::{ById, Created, Detail, Json, Money, Page, Serial, Text, Timestamp, endpoints};
use serde::{Deserialize, Serialize};

pub use super::detail::{Ticket, TicketAccessory, TicketFault, TicketFee, TicketId, TicketMethod, TicketPart};

/// A ticket in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketRow {
    /// Id.
    pub id: TicketId,
    /// Version.
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station.
    pub org_id: OrgId,
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 40, example = "RE202611210043"))]
    pub number: String,
    /// State.
    pub state: TicketState,
    /// Stage.
    pub stage: Stage,
    /// What the caller may do now.
    #[cfg_attr(feature = "schema", schema(max_items = 30))]
    pub allowed: Vec<TicketAction>,
    /// How urgent it is.
    pub priority: Priority,
    /// When it is promised to be ready.
    pub promised_at: Option<Timestamp>,
    /// Whether that time has passed and the unit is still here.
    pub is_overdue: bool,
    /// Name of the warranty state.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "保内"))]
    pub warranty_state_name: String,
    /// Who pays by that state.
    pub payer: TicketPayer,
    /// Name of the customer.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李雷"))]
    pub customer_name: String,
    /// Phone of the customer; partly hidden from those who may not see it.
    #[cfg_attr(feature = "schema", schema(max_length = 21, example = "13800138000"))]
    pub customer_phone: String,
    /// Name of the model.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "X30 5G 手机"))]
    pub product_name: String,
    /// Serial or IMEI.
    pub serial: Option<Serial>,
    /// Whether the serial is not on file.
    pub is_abnormal: bool,
    /// Symptoms in short.
    #[cfg_attr(feature = "schema", schema(max_length = 1000, example = "不开机"))]
    pub fault_summary: String,
    /// Name of the engineer.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李强"))]
    pub engineer_name: Option<String>,
    /// How often it failed the inspection.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 0))]
    pub rework_count: i32,
    /// What the customer is to pay, as settled; zero before.
    pub customer_due: Money,
    /// Whether it was imported from an older system.
    pub is_imported: bool,
}

/// Filter of the ticket list. `q` looks in number, customer, phone, serial, model and fault.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct TicketFilter {
    /// States.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<TicketState>, required = false))]
    pub state: Option<AnyOf<TicketState>>,
    /// Stages.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<Stage>, required = false))]
    pub stage: Option<AnyOf<Stage>>,
    /// Urgency.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<Priority>, required = false))]
    pub priority: Option<AnyOf<Priority>>,
    /// Station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Engineer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub engineer_id: Option<UserId>,
    /// Whether an engineer is assigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_assigned: Option<bool>,
    /// Customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub customer_id: Option<CustomerId>,
    /// Unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub unit_id: Option<UnitId>,
    /// Exactly this serial.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 40, nullable = false))]
    pub serial: Option<Serial>,
    /// Exactly this number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 40, nullable = false))]
    pub number: Option<Text<40>>,
    /// Warranty state.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub warranty_state_id: Option<WarrantyStateId>,
    /// Whether the serial is not on file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_abnormal: Option<bool>,
    /// Whether it is open and past the promised time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_overdue: Option<bool>,
    /// Whether it is settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_settled: Option<bool>,
    /// Whether it was imported from an older system.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_imported: Option<bool>,
}
impl crate::page::Filter for TicketFilter {
    const SORTS: &'static [&'static str] = &["created_at", "updated_at", "number", "promised_at"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

endpoints! { "Tickets";
    /// List repair tickets.
    ListTickets: Get "/api/v1/service/tickets" needs TICKET_VIEW, list TicketFilter => Page<TicketRow>;
    /// Read a ticket.
    GetTicket: Get "/api/v1/service/tickets/{id}" needs TICKET_VIEW, path ById<Ticket> => Detail<Ticket>;
    /// Count tickets by state.
    CountTickets: Get "/api/v1/service/ticket-counts" needs TICKET_VIEW, query BoardQuery => Json<TicketCounts>;
    /// The board of tickets by state.
    GetTicketBoard: Get "/api/v1/service/ticket-board" needs TICKET_VIEW, query BoardQuery => Json<Board>;
    /// What waits for the caller.
    ListTicketTodos: Get "/api/v1/service/todos" needs TICKET_VIEW => Json<Todos>;
    /// The engineers of a station with their open tickets.
    ListEngineers: Get "/api/v1/service/engineers" needs TICKET_ASSIGN, query BoardQuery => Json<Engineers>;
    /// Find what intake can fill in from a phone or a serial.
    LookUpIntake: Get "/api/v1/service/intake-lookup" needs TICKET_INTAKE, query IntakeQuery => Json<IntakeLookup>;
    /// Take a unit in.
    CreateTicket: Post "/api/v1/service/tickets" needs TICKET_INTAKE, body IntakeDraft => Created<Ticket>;
    /// Correct a ticket.
    UpdateTicket: Put "/api/v1/service/tickets/{id}" needs TICKET_INTAKE, path ById<Ticket>, body TicketEdit => Detail<Ticket>;
    /// Put the unknown serial of a ticket on file.
    RegisterTicketUnit: Post "/api/v1/service/tickets/{id}/register-unit" needs TICKET_INTAKE, path ById<Ticket> => Detail<Ticket>;
    /// Accept a ticket that waits.
    ///
    /// Reserves the parts that were planned when it was taken in. Whoever may assign can name the engineer as well.
    AcceptTicket: Post "/api/v1/service/tickets/{id}/accept" needs TICKET_ACCEPT, path ById<Ticket>, body Acceptance => Detail<Ticket>;
    /// Cancel a ticket.
    ///
    /// Releases reserved parts; parts that were issued must be returned before.
    CancelTicket: Post "/api/v1/service/tickets/{id}/cancel" needs TICKET_CANCEL, path ById<Ticket>, body Reason => Detail<Ticket>;
    /// Give a ticket to an engineer.
    AssignTicket: Post "/api/v1/service/tickets/{id}/assign" needs TICKET_ASSIGN, path ById<Ticket>, body Assignment => Detail<Ticket>;
    /// Record what the engineer found.
    DiagnoseTicket: Post "/api/v1/service/tickets/{id}/diagnose" needs TICKET_REPAIR, path ById<Ticket>, body Diagnosis => Detail<Ticket>;
    /// Add parts; they are reserved in the station's stock as far as there are some.
    ///
    /// With `issue` they are handed to the engineer by the same request.
    AddTicketParts: Post "/api/v1/service/tickets/{id}/parts" needs TICKET_PARTS, path ById<Ticket>, body PartsDraft => Detail<Ticket>;
    /// Take a part off that was not issued.
    RemoveTicketPart: Post "/api/v1/service/tickets/{id}/parts/remove" needs TICKET_PARTS, path ById<Ticket>, body PartChoice => Detail<Ticket>;
    /// Hand parts to the engineer.
    IssueTicketParts: Post "/api/v1/service/tickets/{id}/parts/issue" needs TICKET_PARTS, path ById<Ticket>, body PartMoves => Detail<Ticket> [posts];
    /// Return unused parts to the store.
    ReturnTicketParts: Post "/api/v1/service/tickets/{id}/parts/return" needs TICKET_PARTS, path ById<Ticket>, body PartMoves => Detail<Ticket> [posts];
    /// Note which parts are in the unit.
    UseTicketParts: Post "/api/v1/service/tickets/{id}/parts/use" needs TICKET_REPAIR, path ById<Ticket>, body PartUses => Detail<Ticket>;
    /// Wait for parts.
    AwaitTicketParts: Post "/api/v1/service/tickets/{id}/await-parts" needs TICKET_REPAIR, path ById<Ticket>, body Remark => Detail<Ticket>;
    /// Go on with the repair: every part is reserved now.
    ResumeTicket: Post "/api/v1/service/tickets/{id}/parts-arrived" needs TICKET_REPAIR, path ById<Ticket>, body Remark => Detail<Ticket>;
    /// Replace the services that are charged.
    ChargeTicket: Post "/api/v1/service/tickets/{id}/fees" needs TICKET_CHARGE, path ById<Ticket>, body FeesDraft => Detail<Ticket>;
    /// Finish the repair.
    ///
    /// Needs a method with its level, and parts issued = used + returned. Posts the parts that were used and takes the
    /// old parts into the old-part store. With `use_parts` the reserved parts are issued and used as planned.
    FinishTicket: Post "/api/v1/service/tickets/{id}/finish" needs TICKET_REPAIR, path ById<Ticket>, body FinishDraft => Detail<Ticket> [posts];
    /// Pass the inspection.
    PassTicket: Post "/api/v1/service/tickets/{id}/pass-qc" needs TICKET_INSPECT, path ById<Ticket>, body Remark => Detail<Ticket>;
    /// Fail the inspection: back to the engineer.
    FailTicket: Post "/api/v1/service/tickets/{id}/fail-qc" needs TICKET_INSPECT, path ById<Ticket>, body Reason => Detail<Ticket>;
    /// What will be charged, before it is posted.
    PreviewTicketCharges: Get "/api/v1/service/tickets/{id}/charges" needs TICKET_VIEW, path ById<Ticket> => Json<Charges>;
    /// Settle: fixes the bill and posts it.
    SettleTicket: Post "/api/v1/service/tickets/{id}/settle" needs TICKET_SETTLE, path ById<Ticket>, body Remark => Detail<Ticket> [posts];
    /// Take the customer's money.
    CollectTicket: Post "/api/v1/service/tickets/{id}/collect" needs TICKET_SETTLE, path ById<Ticket>, body CollectDraft => Detail<Ticket> [posts];
    /// Hand the unit over.
    ///
    /// Settles first where that was not done. Needs the customer's money or a right to give credit, every accessory
    /// given back, and the customer's signature.
    PickUpTicket: Post "/api/v1/service/tickets/{id}/pick-up" needs TICKET_PICKUP, path ById<Ticket>, body PickupDraft => Detail<Ticket> [posts];
    /// Record the callback.
    CallBackTicket: Post "/api/v1/service/tickets/{id}/call-back" needs TICKET_CALLBACK, path ById<Ticket>, body CallbackDraft => Detail<Ticket>;
    /// Do without a callback.
    WaiveTicketCallback: Post "/api/v1/service/tickets/{id}/waive-callback" needs TICKET_CALLBACK, path ById<Ticket>, body Reason => Detail<Ticket>;
    /// Pass the audit: the ticket is frozen.
    AuditTicket: Post "/api/v1/service/tickets/{id}/audit" needs TICKET_AUDIT, path ById<Ticket>, body Remark => Detail<Ticket>;
    /// Send the ticket back to the station.
    SendTicketBack: Post "/api/v1/service/tickets/{id}/send-back" needs TICKET_AUDIT, path ById<Ticket>, body Reason => Detail<Ticket>;
    /// Reverse the audit.
    ReverseTicketAudit: Post "/api/v1/service/tickets/{id}/reverse-audit" needs TICKET_REVERSE, path ById<Ticket>, body Reason => Detail<Ticket> [posts];
    /// Reverse the completion: mirrors the settlement, back to 待取机.
    ReverseTicketCompletion: Post "/api/v1/service/tickets/{id}/reverse-completion" needs TICKET_REVERSE, path ById<Ticket>, body Reason => Detail<Ticket> [posts];
    /// Reverse the settlement of a ticket that was not handed over.
    ReverseTicketSettlement: Post "/api/v1/service/tickets/{id}/reverse-settlement" needs TICKET_REVERSE, path ById<Ticket>, body Reason => Detail<Ticket> [posts];
    /// Reverse the finish: mirrors the consumption and the old parts, back to the engineer.
    ReverseTicketFinish: Post "/api/v1/service/tickets/{id}/reverse-finish" needs TICKET_REVERSE, path ById<Ticket>, body Reason => Detail<Ticket> [posts];
    /// Add a remark to the timeline.
    RemarkOnTicket: Post "/api/v1/service/tickets/{id}/remarks" needs TICKET_VIEW, path ById<Ticket>, body Reason => Detail<Ticket>;
}

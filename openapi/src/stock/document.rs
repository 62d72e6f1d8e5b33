//! Stock documents of every kind: one head, lines, one life.

pub use super::life::{StockDocAction, StockDocLife, StockDocState, StockReason, is_write_off};
use super::movement::{Journal, StockMove};
use super::{
    Condition, Owner, STOCK_DOC_APPROVE, STOCK_DOC_EDIT, STOCK_DOC_POST, STOCK_DOC_REVERSE, STOCK_DOC_VIEW,
    STOCK_WRITE_OFF,
};
use crate::document::DocKind;
use crate::finance::Payer;
use crate::identity::{OrgId, UserId};
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::{
    ByExternal, ById, Created, Detail, Id, ItemCode, Money, Note, Page, Quantity, Resource, Serial, Text, Timestamp,
    UnitPrice, Versioned, endpoints, filter,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Id of a stock document.
pub type StockDocId = Id<StockDoc>;
/// Id of a line of a stock document.
pub type StockLineId = Id<StockLine>;
/// Id of the ticket behind a document.
pub type TicketRefId = Id<TicketRef>;

/// A ticket, seen from stock.
#[derive(Clone, Copy, Debug)]
pub struct TicketRef;
impl Resource for TicketRef {
    const NAME: &'static str = "ticket";
}

fn one_piece() -> Quantity {
    Quantity::ONE
}

/// One line of a stock document, as typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StockLineDraft {
    /// Product.
    pub product_id: ProductId,
    /// Serial; required for products tracked by serial, whose quantity is 1.
    #[serde(default)]
    pub serial: Option<Serial>,
    /// Condition; when absent good, and bad where bad parts are destroyed or handed back.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// Condition afterwards, in a move between warehouses; the same when absent.
    #[serde(default)]
    pub to_condition: Option<Condition>,
    /// Whose it is; the company's when absent. Only for moves between warehouses and for destruction.
    #[serde(default)]
    pub owner: Option<Owner>,
    /// Quantity, more than zero and at most 1,000,000; one piece when absent.
    #[serde(default = "one_piece")]
    #[validate(custom(function = "crate::check::quantity"))]
    pub quantity: Quantity,
    /// Cost per unit; required for opening stock and stock-in. For goods that turn bad, what a piece is still worth, at
    /// most its cost; nothing when absent. Not allowed elsewhere.
    #[serde(default)]
    #[validate(custom(function = "crate::check::price"))]
    pub unit_cost: Option<UnitPrice>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Text<200>>,
}

/// A stock document, as typed. Its kind cannot be changed later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StockDocDraft {
    /// Kind: opening stock, stock-in, stock-out, engineer issue, engineer return, move between warehouses, destruction
    /// of bad parts or bad part back to the customer.
    pub kind: DocKind,
    /// Why; `purchase` or `other` for stock-in, `other` or `scrap` for stock-out. Other kinds have a fixed reason.
    #[serde(default)]
    pub reason: Option<StockReason>,
    /// Warehouse that goods enter or leave.
    pub warehouse_id: WarehouseId,
    /// Warehouse of the same station that goods are moved to; required for moves between warehouses.
    #[serde(default)]
    pub to_warehouse_id: Option<WarehouseId>,
    /// Engineer who draws or returns goods; required for issue and return.
    #[serde(default)]
    pub engineer_id: Option<UserId>,
    /// Who watches; required for destruction, and somebody else than who writes the document.
    #[serde(default)]
    pub witness_id: Option<UserId>,
    /// Ticket whose old part goes back to the customer; required for that, not allowed elsewhere.
    #[serde(default)]
    pub ticket_id: Option<TicketRefId>,
    /// When it happened, not in the future, in this month or one of the twelve before, in an open period; the moment of posting when absent.
    #[serde(default)]
    pub effective_at: Option<Timestamp>,
    /// Number of the paper that came with the goods.
    #[serde(default)]
    pub reference: Option<Text<60>>,
    /// Remark; where goods change their condition, the reason, which is then required.
    #[serde(default)]
    pub remark: Option<Note<500>>,
    /// Lines, 1 to 200.
    #[validate(nested, length(min = 1, max = 200))]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
    pub lines: Vec<StockLineDraft>,
    /// Posts it at once, in the same transaction: it is written and posted, or neither. Takes the right to post, and an
    /// `Idempotency-Key` where a new document is written.
    #[serde(default)]
    pub post: bool,
}

/// Why something is sent back, voided or reversed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StockDocReason {
    /// The reason, shown in the timeline.
    pub reason: Note<500>,
}

/// Takes a posted document back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StockReversal {
    /// The reason, shown in the timeline.
    pub reason: Note<500>,
    /// Numbers of later documents that stand in the way and may be taken back along, at most 50. A refusal names what
    /// is missing here.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub with: Vec<Text<60>>,
}

/// A document that another one points to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockDocLink {
    /// Id.
    pub id: StockDocId,
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "RK20261100001"))]
    pub number: String,
}

/// Id of whatever document made a posting.
pub type SourceId = Id<AnyDocument>;

/// Any business document.
#[derive(Clone, Copy, Debug)]
pub struct AnyDocument;

/// The document that a posting belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockDocSource {
    /// Kind.
    pub kind: DocKind,
    /// Id.
    pub id: SourceId,
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "DB20261100001"))]
    pub number: String,
}

/// One line of a stock document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockLine {
    /// Id.
    pub id: StockLineId,
    /// Product.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: ItemCode,
    /// Its name.
    pub product_name: Text<120>,
    /// Serial.
    pub serial: Option<Serial>,
    /// Condition.
    pub condition: Condition,
    /// Condition afterwards; null when it stays.
    pub to_condition: Option<Condition>,
    /// Owner.
    pub owner: Owner,
    /// Quantity; below zero in a reversal.
    pub quantity: Quantity,
    /// Cost per unit as typed; null without the right to see cost.
    pub unit_cost: Option<UnitPrice>,
    /// Value posted; null before posting and without the right to see cost.
    pub value: Option<Money>,
    /// Who bears the cost, on a repair.
    pub payer: Option<Payer>,
    /// Remark.
    pub remark: Option<Text<200>>,
}

/// A stock document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockDoc {
    /// Id.
    pub id: StockDocId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station of the warehouse.
    pub org_id: OrgId,
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "RK20261100001"))]
    pub number: String,
    /// Kind.
    pub kind: DocKind,
    /// Why.
    pub reason: StockReason,
    /// State.
    pub state: StockDocState,
    /// What the caller may do now.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub allowed: Vec<StockDocAction>,
    /// Whether the caller may change it.
    pub is_editable: bool,
    /// Warehouse; null on a consumption, which takes from the engineer's custody.
    pub warehouse_id: Option<WarehouseId>,
    /// Name of the warehouse.
    pub warehouse_name: Option<Text<60>>,
    /// Warehouse that goods are moved to.
    pub to_warehouse_id: Option<WarehouseId>,
    /// Its name.
    pub to_warehouse_name: Option<Text<60>>,
    /// Engineer.
    pub engineer_id: Option<UserId>,
    /// Name of the engineer.
    pub engineer_name: Option<Text<60>>,
    /// Witness of a destruction.
    pub witness_id: Option<UserId>,
    /// Name of the witness.
    pub witness_name: Option<Text<60>>,
    /// Ticket that made it, or whose old part goes back to the customer.
    pub ticket_id: Option<TicketRefId>,
    /// Other document that made it: it is undone there.
    pub source: Option<StockDocSource>,
    /// When it happened; null in a draft that takes the moment of posting.
    pub effective_at: Option<Timestamp>,
    /// When it was posted.
    pub posted_at: Option<Timestamp>,
    /// The document that this one reverses.
    pub reversal_of: Option<StockDocLink>,
    /// The document that reverses this one.
    pub reversed_by: Option<StockDocLink>,
    /// Number of the paper that came with the goods.
    pub reference: Option<Text<60>>,
    /// Remark.
    pub remark: Option<Note<500>>,
    /// Sum of the quantities.
    pub total_quantity: Quantity,
    /// Sum of the values; null before posting and without the right to see cost.
    pub total_value: Option<Money>,
    /// Lines.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub lines: Vec<StockLine>,
    /// Ledger entries, oldest first; empty before posting.
    #[cfg_attr(feature = "schema", schema(max_items = 2000))]
    pub moves: Vec<StockMove>,
    /// What it means for the accounts; empty before posting and without the right to see cost.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub accounts: Vec<Journal>,
}
impl Resource for StockDoc {
    const NAME: &'static str = "stock_doc";
}
impl Versioned for StockDoc {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A stock document in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockDocRow {
    /// Id.
    pub id: StockDocId,
    /// Version.
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station.
    pub org_id: OrgId,
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "RK20261100001"))]
    pub number: String,
    /// Kind.
    pub kind: DocKind,
    /// Why.
    pub reason: StockReason,
    /// State.
    pub state: StockDocState,
    /// Name of the warehouse.
    pub warehouse_name: Option<Text<60>>,
    /// Name of the engineer.
    pub engineer_name: Option<Text<60>>,
    /// Ticket that made it.
    pub ticket_id: Option<TicketRefId>,
    /// When it happened.
    pub effective_at: Option<Timestamp>,
    /// When it was posted.
    pub posted_at: Option<Timestamp>,
    /// Whether it reverses another one.
    pub is_reversal: bool,
    /// Sum of the quantities.
    pub total_quantity: Quantity,
    /// Sum of the values; null before posting and without the right to see cost.
    pub total_value: Option<Money>,
}

filter! {
    /// Filter of the list of stock documents. `q` looks in number, paper number and remark.
    StockDocFilter by "created_at", "updated_at", "number" {
        /// Kinds.
        kind: any DocKind,
        /// States.
        state: any StockDocState,
        /// Station.
        org_id: id OrgId,
        /// Warehouse.
        warehouse_id: id WarehouseId,
        /// Engineer.
        engineer_id: id UserId,
        /// Ticket.
        ticket_id: id TicketRefId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Stock documents";
    /// List stock documents.
    ListStockDocs: Get "/api/v1/stock/documents" needs STOCK_DOC_VIEW, list StockDocFilter => Page<StockDocRow>;
    /// Read a stock document with its lines, ledger entries and accounts.
    GetStockDoc: Get "/api/v1/stock/documents/{id}" needs STOCK_DOC_VIEW, path ById<StockDoc> => Detail<StockDoc>;
    /// Write a draft.
    CreateStockDoc: Post "/api/v1/stock/documents" needs STOCK_DOC_EDIT, body StockDocDraft => Created<StockDoc>;
    /// Change a draft.
    UpdateStockDoc: Put "/api/v1/stock/documents/{id}" needs STOCK_DOC_EDIT, path ById<StockDoc>, body StockDocDraft => Detail<StockDoc>;
    /// Put a draft under its name in another system, for example the number that a warehouse system gave it.
    ///
    /// Made when `source` has not put it yet, changed otherwise, which only a draft lets happen. `If-Match` is heeded when
    /// it is sent. It is posted like any other, or by this very request when it says `post`; put again it is posted
    /// already (`state_conflict`) and nothing moves twice.
    PutStockDoc: Put "/api/v1/stock/documents/by-external/{source}/{external_id}" needs STOCK_DOC_EDIT, path ByExternal<StockDoc>, body StockDocDraft => Detail<StockDoc>;
    /// Hand a draft in.
    SubmitStockDoc: Post "/api/v1/stock/documents/{id}/submit" needs STOCK_DOC_EDIT, path ById<StockDoc> => Detail<StockDoc>;
    /// Approve what was handed in.
    ApproveStockDoc: Post "/api/v1/stock/documents/{id}/approve" needs STOCK_DOC_APPROVE, path ById<StockDoc> => Detail<StockDoc>;
    /// Send back what was handed in.
    RejectStockDoc: Post "/api/v1/stock/documents/{id}/reject" needs STOCK_DOC_APPROVE, path ById<StockDoc>, body StockDocReason => Detail<StockDoc>;
    /// Authorise that goods are written off: scrap and the destruction of bad parts.
    ///
    /// Whoever wrote it cannot authorise it (`own_document`).
    AuthoriseStockDoc: Post "/api/v1/stock/documents/{id}/authorise" needs STOCK_WRITE_OFF, path ById<StockDoc> => Detail<StockDoc>;
    /// Decline to write goods off; it is a draft again.
    DeclineStockDoc: Post "/api/v1/stock/documents/{id}/decline" needs STOCK_WRITE_OFF, path ById<StockDoc>, body StockDocReason => Detail<StockDoc>;
    /// Post it: the goods move, the accounts follow.
    ///
    /// Refused with `stock_insufficient` when a place holds too little, with `stock_insufficient_later` when a
    /// back-dated document would leave too little at a later instant, and with `period_closed`. What is written off must
    /// be authorised first (`not_authorised`), and destruction wants a photo among its attachments (`photo_required`).
    PostStockDoc: Post "/api/v1/stock/documents/{id}/post" needs STOCK_DOC_POST, path ById<StockDoc> => Detail<StockDoc> [posts];
    /// Reverse a posted document by its mirror.
    ///
    /// The mirror carries the same lines below zero at their original value, and the original date when that period is
    /// still open. Refused with `stock_reversal_blocked`, which names the later documents, when they depend on this one.
    ///
    /// Later documents that depend on it are named by the refusal (`errors` with the pointers `/with/0`, ...). Sent
    /// again with their numbers, they are taken back along with it, the latest first, all of them or none; each takes
    /// the same right. What a ticket made is undone on the ticket.
    ReverseStockDoc: Post "/api/v1/stock/documents/{id}/reverse" needs STOCK_DOC_REVERSE, path ById<StockDoc>, body StockReversal => Detail<StockDoc> [posts];
    /// Void a document that is not posted.
    VoidStockDoc: Post "/api/v1/stock/documents/{id}/void" needs STOCK_DOC_EDIT, path ById<StockDoc>, body StockDocReason => Detail<StockDoc>;
}

//! What other domains may ask of stock. Everything runs inside the caller's transaction.

pub use crate::balance::{Available, CustodyLine, available, custody, values};
pub use crate::document::for_document::{MoveLine, PlaceRef, PostingDraft, post_for, postings_of, reverse_postings};
pub use crate::document::old_part::{OldPart, open_of as old_parts_left};
pub use crate::document::{
    ConsumeDraft, ConsumeLine, CustodyDraft, IssueDraft, OldPartLine, OldPartsDraft, PartLine, Posted, PostedLine,
    consume, documents_of, hand_unit_back, issue_to_engineer, old_parts_in, return_from_engineer, reverse, take_unit,
};
pub use crate::expected::{Expected, expect};
pub use crate::find::{Found, find_goods};
pub use crate::guard::{keep_product_identity, keep_warehouse_purpose};
pub use crate::invariant::invariants;
pub use crate::plan::{Held as HeldPlans, demands as plan_demands, hold as hold_plans, ordered as plan_ordered};
pub use crate::reservation::{Claim, Held, hold, hold_all, release, reserve, reserve_piece, reserve_up_to, reserved};
pub use crate::transfer::{Arrived, Consignment, ConsignmentLine, arrive, send, take_back, unarrive, under_way};

use chrono::{DateTime, Utc};
use openapi::Money;
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::identity::OrgId;
use openapi::stock::document::StockDocId;
use std::collections::BTreeSet;
use uuid::Uuid;

/// One account of a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalLine {
    /// The station in whose books it stands.
    pub org_id: OrgId,
    /// The account.
    pub account: Account,
    /// Amount on the debit side.
    pub debit: Money,
    /// Amount on the credit side.
    pub credit: Money,
}

/// Good stock of the company came into a warehouse of a station, or is reserved no more: whoever waits for it may take
/// it. The balances are locked when this is told.
#[derive(Clone, Debug)]
pub struct StockFreed {
    /// The station.
    pub org_id: Uuid,
    /// What became free.
    pub products: BTreeSet<Uuid>,
}

/// Old parts of a ticket are being given to its customer. Whoever wants them elsewhere refuses.
#[derive(Clone, Debug)]
pub struct OldPartsLeaving {
    /// The ticket.
    pub ticket: Uuid,
    /// What would be left of its old parts.
    pub left: Vec<OldPart>,
}

/// A stock document was posted. Whoever keeps the accounts writes its lines into the same transaction.
#[derive(Clone, Debug)]
pub struct StockPosted {
    /// The document.
    pub document: StockDocId,
    /// Its kind.
    pub kind: DocKind,
    /// Its number.
    pub number: String,
    /// When it takes effect.
    pub effective_at: DateTime<Utc>,
    /// The document that it reverses; its lines are then exactly the mirror of that document's lines.
    pub reversal_of: Option<StockDocId>,
    /// The ticket that it belongs to.
    pub ticket_id: Option<Uuid>,
    /// Lines that balance station by station, an account at most once in each; empty when nothing of value moved.
    pub lines: Vec<JournalLine>,
    /// Gains and losses that a reversal uncovers because costs have changed since. They take effect now.
    pub adjustments: Vec<JournalLine>,
}

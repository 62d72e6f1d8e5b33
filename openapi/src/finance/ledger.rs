//! The money ledger: balanced entries that are never changed, and what follows from them.

use super::{Account, BankAccountId, LEDGER_VIEW, PartyId};
use crate::document::DocKind;
use crate::identity::OrgId;
use crate::system::SubjectId;
use crate::{ById, Date, Detail, Id, Json, Money, Month, Page, Resource, Text, Timestamp, Versioned, endpoints};
use serde::{Deserialize, Serialize};

/// Id of an entry of the money ledger.
pub type LedgerEntryId = Id<LedgerEntry>;

/// One line of an entry: an amount on one side of one account. A mirror entry carries the amounts of the entry that it
/// takes back with the sign turned round (红字).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LedgerLine {
    /// The account.
    pub account: Account,
    /// The party, for accounts that are kept by party.
    pub party_id: Option<PartyId>,
    /// Name of the party.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李雷"))]
    pub party_name: Option<String>,
    /// The bank account or cash box, for cash and bank.
    pub bank_account_id: Option<BankAccountId>,
    /// Name of the bank account.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "门店现金"))]
    pub bank_account_name: Option<String>,
    /// Amount on the debit side.
    pub debit: Money,
    /// Amount on the credit side.
    pub credit: Money,
}

/// An entry of the money ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LedgerEntry {
    /// Id.
    pub id: LedgerEntryId,
    /// Always 1: an entry is never changed.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub version: i64,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// Equal to `created_at`.
    pub updated_at: Timestamp,
    /// Station in whose books it stands.
    pub org_id: OrgId,
    /// Number, without a gap within station and month.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "PZ20261100001"))]
    pub number: String,
    /// Business date.
    pub effective_on: Date,
    /// Business time.
    pub effective_at: Timestamp,
    /// Kind of the document that posted it.
    pub source_kind: DocKind,
    /// That document.
    pub source_id: SubjectId,
    /// Number of that document.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "JS20261100001"))]
    pub source_number: String,
    /// What the document belongs to, for example the ticket.
    pub origin_id: Option<SubjectId>,
    /// Number of what the document belongs to.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "RE202611210001"))]
    pub origin_number: Option<String>,
    /// What it is about.
    #[cfg_attr(feature = "schema", schema(max_length = 500, example = "维修结算"))]
    pub memo: Option<String>,
    /// The entry that this one takes back.
    pub mirror_of: Option<LedgerEntryId>,
    /// The entry that takes this one back.
    pub mirrored_by: Option<LedgerEntryId>,
    /// Sum of the debit side, which equals the sum of the credit side.
    pub total: Money,
    /// The lines.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub lines: Vec<LedgerLine>,
}
impl Resource for LedgerEntry {
    const NAME: &'static str = "ledger_entry";
}
impl Versioned for LedgerEntry {
    fn version(&self) -> i64 {
        self.version
    }
}

/// An entry of the money ledger in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LedgerEntryRow {
    /// Id.
    pub id: LedgerEntryId,
    /// Version.
    pub version: i64,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// Equal to `created_at`.
    pub updated_at: Timestamp,
    /// Station in whose books it stands.
    pub org_id: OrgId,
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "PZ20261100001"))]
    pub number: String,
    /// Business date.
    pub effective_on: Date,
    /// Kind of the document that posted it.
    pub source_kind: DocKind,
    /// That document.
    pub source_id: SubjectId,
    /// Number of that document.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "JS20261100001"))]
    pub source_number: String,
    /// Number of what the document belongs to, for example the ticket.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "RE202611210001"))]
    pub origin_number: Option<String>,
    /// What it is about.
    #[cfg_attr(feature = "schema", schema(max_length = 500, example = "维修结算"))]
    pub memo: Option<String>,
    /// Whether it takes another entry back.
    pub is_mirror: bool,
    /// Sum of the debit side.
    pub total: Money,
}

/// Filter of the entries. `q` looks in the numbers and the memo.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct LedgerEntryFilter {
    /// The station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Number of the entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 60, nullable = false))]
    pub number: Option<Text<60>>,
    /// The document that posted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub source_id: Option<SubjectId>,
    /// What the document belongs to: every entry of a ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub origin_id: Option<SubjectId>,
    /// Entries with a line on this account.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = Account, required = false))]
    pub account: Option<Account>,
    /// Entries with a line of this party.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub party_id: Option<PartyId>,
    /// Entries with a line on this bank account.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub bank_account_id: Option<BankAccountId>,
    /// Business date from.
    #[serde(rename = "effective_on[gte]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Date, max_length = 10, nullable = false))]
    pub effective_from: Option<Date>,
    /// Business date until, inclusive.
    #[serde(rename = "effective_on[lte]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Date, max_length = 10, nullable = false))]
    pub effective_until: Option<Date>,
}
impl crate::page::Filter for LedgerEntryFilter {
    const SORTS: &'static [&'static str] = &["created_at", "updated_at", "effective_on", "number"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

/// Which trial balance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct TrialBalanceQuery {
    /// The station; all in reach together when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// First month; the present one when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 7, nullable = false))]
    pub from: Option<Month>,
    /// Last month; the first one when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 7, nullable = false))]
    pub to: Option<Month>,
}

/// One account of a trial balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TrialBalanceRow {
    /// The account.
    pub account: Account,
    /// Balance before the first month, when it stands on the debit side.
    pub opening_debit: Money,
    /// Balance before the first month, when it stands on the credit side.
    pub opening_credit: Money,
    /// Turnover on the debit side.
    pub debit: Money,
    /// Turnover on the credit side.
    pub credit: Money,
    /// Balance after the last month, when it stands on the debit side.
    pub closing_debit: Money,
    /// Balance after the last month, when it stands on the credit side.
    pub closing_credit: Money,
}

/// A trial balance (科目余额表).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TrialBalance {
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// The accounts that have a balance or a turnover, by code.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub rows: Vec<TrialBalanceRow>,
    /// Sum of the openings on the debit side.
    pub opening_debit: Money,
    /// Sum of the openings on the credit side; equal to the other side.
    pub opening_credit: Money,
    /// Turnover on the debit side.
    pub debit: Money,
    /// Turnover on the credit side; equal to the other side.
    pub credit: Money,
    /// Sum of the closings on the debit side.
    pub closing_debit: Money,
    /// Sum of the closings on the credit side; equal to the other side.
    pub closing_credit: Money,
}

endpoints! { "Money ledger";
    /// List the entries of the money ledger.
    ListLedgerEntries: Get "/api/v1/finance/ledger-entries" needs LEDGER_VIEW, list LedgerEntryFilter => Page<LedgerEntryRow>;
    /// Read an entry with its lines.
    GetLedgerEntry: Get "/api/v1/finance/ledger-entries/{id}" needs LEDGER_VIEW, path ById<LedgerEntry> => Detail<LedgerEntry>;
    /// The trial balance of a station over some months.
    GetTrialBalance: Get "/api/v1/finance/trial-balance" needs LEDGER_VIEW, query TrialBalanceQuery => Json<TrialBalance>;
}

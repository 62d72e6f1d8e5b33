//! Open items: what stands open with a party, document by document, and the views of it by party.

use super::{Account, PartyId, RECEIVABLE_VIEW};
use crate::document::DocKind;
use crate::identity::OrgId;
use crate::query::AnyOf;
use crate::system::SubjectId;
use crate::{Date, Id, Json, Money, Page, Resource, Text, Timestamp, choices, endpoints};
use serde::{Deserialize, Serialize};

/// Id of an open item.
pub type OpenItemId = Id<OpenItem>;

choices! {
    /// Which way an item is open.
    OpenItemSide {
        Receivable = "receivable" ("应收", "Receivable", Info),
        Payable = "payable" ("应付", "Payable", Warning),
        Deposit = "deposit" ("预收/押金", "Deposit", Success),
        Prepaid = "prepaid" ("预付", "Prepaid", Success),
        Claim = "claim" ("索赔", "Claim", Neutral),
    }
}

/// An amount that a document left open with a party, and how much of it is settled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OpenItem {
    /// Id.
    pub id: OpenItemId,
    /// Version.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station in whose books it stands.
    pub org_id: OrgId,
    /// Which way it is open.
    pub side: OpenItemSide,
    /// The party.
    pub party_id: PartyId,
    /// Name of the party.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李雷"))]
    pub party_name: String,
    /// Kind of the document that made it.
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
    /// Business date.
    pub effective_on: Date,
    /// When it is due; null when no day was agreed.
    pub due_on: Option<Date>,
    /// Amount.
    pub amount: Money,
    /// How much of it is settled.
    pub settled: Money,
    /// How much is still open.
    pub open: Money,
}
impl Resource for OpenItem {
    const NAME: &'static str = "open_item";
}

/// Filter of the open items. `q` looks in the numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct OpenItemFilter {
    /// The station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Receivable, deposit, or several separated by a comma. Payables and what is prepaid take the right to see payments.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<OpenItemSide>, required = false))]
    pub side: Option<AnyOf<OpenItemSide>>,
    /// The party.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub party_id: Option<PartyId>,
    /// The document that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub source_id: Option<SubjectId>,
    /// What the document belongs to, for example a ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub origin_id: Option<SubjectId>,
    /// Only items with something open (true), or only settled ones (false).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_open: Option<bool>,
}
impl crate::page::Filter for OpenItemFilter {
    const SORTS: &'static [&'static str] = &["created_at", "updated_at", "effective_on", "amount"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

/// Which parties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct PartyBalanceQuery {
    /// The station; all in reach together when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// One party.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub party_id: Option<PartyId>,
}

/// What stands open with one party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartyBalance {
    /// The party.
    pub party_id: PartyId,
    /// Name of the party.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李雷"))]
    pub party_name: String,
    /// What the party owes.
    pub receivable: Money,
    /// What the party has paid in advance.
    pub deposit: Money,
    /// How many items are open.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 2))]
    pub open_items: i64,
    /// Date of the oldest open receivable; null when nothing is owed.
    pub oldest_on: Option<Date>,
}

/// What stands open with all parties.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartyBalances {
    /// The parties with something open, the largest receivable first; at most 1,000.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub items: Vec<PartyBalance>,
    /// Sum of what all parties owe, also those beyond the first thousand.
    pub receivable: Money,
    /// Sum of what all parties have paid in advance.
    pub deposit: Money,
}

/// Which running ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct PartyLedgerQuery {
    /// The party.
    #[cfg_attr(feature = "schema", param(value_type = String, format = Uuid, max_length = 36))]
    pub party_id: PartyId,
    /// The account; receivables when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = Account, required = false))]
    pub account: Option<Account>,
    /// The station; all in reach together when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// First day; the beginning of time when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Date, max_length = 10, nullable = false))]
    pub from: Option<Date>,
    /// Last day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Date, max_length = 10, nullable = false))]
    pub to: Option<Date>,
}

/// One line of a running ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartyLedgerLine {
    /// Business date.
    pub effective_on: Date,
    /// The entry.
    pub entry_id: super::ledger::LedgerEntryId,
    /// Number of the entry.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "PZ20261100001"))]
    pub entry_number: String,
    /// Kind of the document.
    pub source_kind: DocKind,
    /// The document.
    pub source_id: SubjectId,
    /// Number of the document.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "JS20261100001"))]
    pub source_number: String,
    /// What it is about.
    pub memo: Option<Text<500>>,
    /// Debit.
    pub debit: Money,
    /// Credit.
    pub credit: Money,
    /// Balance after this line.
    pub balance: Money,
}

/// The running ledger of one party on one account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartyLedger {
    /// The party.
    pub party_id: PartyId,
    /// Name of the party.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李雷"))]
    pub party_name: String,
    /// The account.
    pub account: Account,
    /// Balance before the first line, on the side where the account usually stands.
    pub opening: Money,
    /// The lines by business date; at most 2,000, the earliest ones.
    #[cfg_attr(feature = "schema", schema(max_items = 2000))]
    pub lines: Vec<PartyLedgerLine>,
    /// Sum of the debit side.
    pub debit: Money,
    /// Sum of the credit side.
    pub credit: Money,
    /// Balance after the last line.
    pub closing: Money,
    /// Whether there were more lines than shown; the sums are those of the lines shown.
    pub is_truncated: bool,
}

endpoints! { "Receivables";
    /// List open items.
    ListOpenItems: Get "/api/v1/finance/open-items" needs RECEIVABLE_VIEW, list OpenItemFilter => Page<OpenItem>;
    /// What stands open, by party.
    GetPartyBalances: Get "/api/v1/finance/party-balances" needs RECEIVABLE_VIEW, query PartyBalanceQuery => Json<PartyBalances>;
    /// The running ledger of a party, with opening and closing balance.
    GetPartyLedger: Get "/api/v1/finance/party-ledger" needs RECEIVABLE_VIEW, query PartyLedgerQuery => Json<PartyLedger>;
}

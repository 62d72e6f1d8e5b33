//! Periods: months of a station's books. A closed month takes no more postings.

use super::{PERIOD_CLOSE, PERIOD_REOPEN, PERIOD_VIEW};
use crate::identity::OrgId;
use crate::{Json, Month, Note, Timestamp, choices, endpoints};
use serde::{Deserialize, Serialize};
use validator::Validate;

choices! {
    /// One of the two ledgers.
    Book {
        Stock = "stock" ("库存账", "Stock", Info),
        Money = "money" ("总账", "Money", Success),
    }
}

/// Which months of which station.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct PeriodQuery {
    /// The station; your own when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// The last month shown; the present one when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 7, nullable = false))]
    pub until: Option<Month>,
}

/// The state of one book in one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BookState {
    /// Whether it is closed.
    pub is_closed: bool,
    /// When it was closed; null for an open month, and for a month that was closed along with a later one.
    pub closed_at: Option<Timestamp>,
    /// Who closed it.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "王芳"))]
    pub closed_by_name: Option<String>,
    /// Whether closing it is the next step, by its date and your rights.
    pub may_close: bool,
    /// Whether it is the last closed month and your rights allow reopening it.
    pub may_reopen: bool,
}

/// One month of a station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Period {
    /// The month.
    pub month: Month,
    /// The stock ledger.
    pub stock: BookState,
    /// The money ledger.
    pub money: BookState,
}

/// The months of a station, latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Periods {
    /// The station.
    pub org_id: OrgId,
    /// Thirteen months, latest first.
    #[cfg_attr(feature = "schema", schema(max_items = 13))]
    pub items: Vec<Period>,
}

/// Which month of which book to close or to reopen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PeriodDraft {
    /// The station; your own when absent.
    #[serde(default)]
    pub org_id: Option<OrgId>,
    /// The month.
    pub month: Month,
    /// The book.
    pub book: Book,
    /// Why; needed for reopening.
    #[serde(default)]
    pub reason: Option<Note<500>>,
}

endpoints! { "Periods";
    /// The months of a station and whether they are closed.
    GetPeriods: Get "/api/v1/finance/periods" needs PERIOD_VIEW, query PeriodQuery => Json<Periods>;
    /// Close a month of a book, and every month before it.
    ///
    /// A month can be closed when it is over.
    ClosePeriod: Post "/api/v1/finance/periods/close" needs PERIOD_CLOSE, body PeriodDraft => Json<Periods>;
    /// Reopen the last closed month of a book. The months before it stay closed.
    ReopenPeriod: Post "/api/v1/finance/periods/reopen" needs PERIOD_REOPEN, body PeriodDraft => Json<Periods>;
}

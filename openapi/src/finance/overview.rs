//! Where the money is, and today's money.

use super::receipt::PayMethod;
use super::{BANK_BALANCE_VIEW, BankAccountId, RECEIPT_VIEW};
use crate::identity::OrgId;
use crate::{Date, Json, Money, endpoints};
use serde::{Deserialize, Serialize};

/// Which bank accounts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct BankBalanceQuery {
    /// The station; all in reach when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// At the end of this day; now when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Date, max_length = 10, nullable = false))]
    pub as_of: Option<Date>,
}

/// The balance of one bank account or cash box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BankBalance {
    /// Station in whose books it stands.
    pub org_id: OrgId,
    /// The account.
    pub bank_account_id: BankAccountId,
    /// Its name.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "门店现金"))]
    pub bank_account_name: String,
    /// Balance, from the postings.
    pub balance: Money,
}

/// The balances of the bank accounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BankBalances {
    /// The accounts that were ever posted to.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub items: Vec<BankBalance>,
    /// All together.
    pub total: Money,
}

/// Money that came in today in one way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MethodTotal {
    /// The way.
    pub method: PayMethod,
    /// The sum; reversals of today are taken off.
    pub amount: Money,
}

/// Today's money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MoneyToday {
    /// Today.
    pub on: Date,
    /// What came in, by method.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub methods: Vec<MethodTotal>,
    /// What came in, all together.
    pub received: Money,
    /// What was settled with customers today.
    pub settled: Money,
    /// What customers owe at present.
    pub receivable: Money,
    /// What customers have paid in advance at present.
    pub deposit: Money,
}

endpoints! { "Money ledger";
    /// The balances of the bank accounts and cash boxes.
    GetBankBalances: Get "/api/v1/finance/bank-balances" needs BANK_BALANCE_VIEW, query BankBalanceQuery => Json<BankBalances>;
    /// Today's money: received by method, receivable open.
    GetMoneyToday: Get "/api/v1/finance/today" needs RECEIPT_VIEW => Json<MoneyToday>;
}

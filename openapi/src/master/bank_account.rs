//! Cash and bank accounts of the stations.

use super::{BANK_ACCOUNT_EDIT, BANK_ACCOUNT_VIEW};
use crate::identity::OrgId;
use crate::query::AnyOf;
use crate::{
    ById, Created, Detail, Id, ItemCode, Note, Page, Resource, Text, Timestamp, Versioned, choices, endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Id of a bank account.
pub type BankAccountId = Id<BankAccount>;

choices! {
    /// Where the money of an account lies.
    BankAccountKind {
        Cash = "cash" ("现金", "Cash", Neutral),
        Bank = "bank" ("银行", "Bank", Info),
        Wechat = "wechat" ("微信", "WeChat", Success),
        Alipay = "alipay" ("支付宝", "Alipay", Info),
        Card = "card" ("刷卡机", "Card terminal", Neutral),
    }
}

/// What is typed in for a bank account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BankAccountDraft {
    /// The station; left out, one's own. It cannot be changed later.
    #[serde(default)]
    pub org_id: Option<OrgId>,
    /// Code, unique within the station.
    pub code: ItemCode,
    /// Name.
    pub name: Text<60>,
    /// Where the money lies.
    pub kind: BankAccountKind,
    /// Bank and branch.
    #[serde(default)]
    pub bank_name: Option<Text<100>>,
    /// Account number.
    #[serde(default)]
    pub account_no: Option<Text<40>>,
    /// Name of the holder.
    #[serde(default)]
    pub holder: Option<Text<100>>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<500>>,
}

/// A bank account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BankAccount {
    /// Id.
    pub id: BankAccountId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// The station.
    pub org_id: OrgId,
    /// Name of the station.
    pub org_name: Text<100>,
    /// Code, unique within the station.
    pub code: ItemCode,
    /// Name.
    pub name: Text<60>,
    /// Where the money lies.
    pub kind: BankAccountKind,
    /// Bank and branch.
    pub bank_name: Option<Text<100>>,
    /// Account number.
    pub account_no: Option<Text<40>>,
    /// Name of the holder.
    pub holder: Option<Text<100>>,
    /// Remark.
    pub remark: Option<Note<500>>,
    /// Whether new documents may choose it.
    pub is_active: bool,
}
impl Resource for BankAccount {
    const NAME: &'static str = "bank_account";
}
impl Versioned for BankAccount {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A bank account in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BankAccountRow {
    /// Id.
    pub id: BankAccountId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// The station.
    pub org_id: OrgId,
    /// Name of the station.
    pub org_name: Text<100>,
    /// Code, unique within the station.
    pub code: ItemCode,
    /// Name.
    pub name: Text<60>,
    /// Where the money lies.
    pub kind: BankAccountKind,
    /// Bank and branch.
    pub bank_name: Option<Text<100>>,
    /// Account number.
    pub account_no: Option<Text<40>>,
    /// Whether new documents may choose it.
    pub is_active: bool,
}

/// Filter of the bank account list. `q` looks in code and name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct BankAccountFilter {
    /// One kind, or several separated by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<BankAccountKind>, required = false))]
    pub kind: Option<AnyOf<BankAccountKind>>,
    /// Only this station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Whether new documents may choose it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_active: Option<bool>,
}
impl crate::page::Filter for BankAccountFilter {
    const SORTS: &'static [&'static str] = &["code", "name", "created_at", "updated_at"];
    const DEFAULT_SORT: &'static str = "code";
}

endpoints! { "Bank accounts";
    /// List cash and bank accounts of the stations in reach.
    ListBankAccounts: Get "/api/v1/master/bank-accounts" needs BANK_ACCOUNT_VIEW, list BankAccountFilter => Page<BankAccountRow>;
    /// Read a bank account.
    GetBankAccount: Get "/api/v1/master/bank-accounts/{id}" needs BANK_ACCOUNT_VIEW, path ById<BankAccount> => Detail<BankAccount>;
    /// Add a bank account.
    CreateBankAccount: Post "/api/v1/master/bank-accounts" needs BANK_ACCOUNT_EDIT, body BankAccountDraft => Created<BankAccount>;
    /// Change a bank account.
    UpdateBankAccount: Put "/api/v1/master/bank-accounts/{id}" needs BANK_ACCOUNT_EDIT, path ById<BankAccount>, body BankAccountDraft => Detail<BankAccount>;
    /// Take a bank account out of use.
    DeactivateBankAccount: Post "/api/v1/master/bank-accounts/{id}/deactivate" needs BANK_ACCOUNT_EDIT, path ById<BankAccount> => Detail<BankAccount>;
    /// Take a bank account back into use.
    ActivateBankAccount: Post "/api/v1/master/bank-accounts/{id}/activate" needs BANK_ACCOUNT_EDIT, path ById<BankAccount> => Detail<BankAccount>;
}

//! Receipts: money that came in, in one or several ways, and what it pays for.

use super::open_item::{OpenItemId, OpenItemSide};
use super::{BankAccountId, PartyId, RECEIPT_CREATE, RECEIPT_REVERSE, RECEIPT_VIEW};
use crate::document::{DocKind, Lifecycle, Step};
use crate::identity::{OrgId, UserId};
use crate::query::AnyOf;
use crate::system::SubjectId;
use crate::{
    ById, Created, Date, Detail, Id, Money, Note, Page, Resource, Text, Timestamp, Versioned, choices, endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Id of a receipt.
pub type ReceiptId = Id<Receipt>;

choices! {
    /// How money was paid.
    PayMethod {
        Cash = "cash" ("现金", "Cash", Success),
        Card = "card" ("刷卡", "Card", Info),
        Transfer = "transfer" ("转账", "Transfer", Info),
        Wechat = "wechat" ("微信", "WeChat", Success),
        Alipay = "alipay" ("支付宝", "Alipay", Info),
    }
    /// State of a receipt.
    ReceiptState {
        Posted = "posted" ("已过账", "Posted", Success),
        Reversed = "reversed" ("已冲销", "Reversed", Danger),
        Mirror = "mirror" ("红字冲销", "Reversal", Warning),
    }
    /// What can be done to a receipt.
    ReceiptAction {
        Reverse = "reverse" ("冲销", "Reverse", Danger),
    }
}

impl Lifecycle for Receipt {
    type State = ReceiptState;
    type Action = ReceiptAction;
    const KIND: DocKind = DocKind::Receipt;
    const STEPS: &'static [Step<ReceiptState, ReceiptAction>] = &[Step {
        from: ReceiptState::Posted,
        action: ReceiptAction::Reverse,
        to: ReceiptState::Reversed,
        permission: RECEIPT_REVERSE,
    }];
}

/// One way in which money came in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReceiptPaymentDraft {
    /// How it was paid.
    pub method: PayMethod,
    /// Where the money is: an account at a bank or payment platform, or a cash box.
    pub bank_account_id: BankAccountId,
    /// Amount, more than zero.
    pub amount: Money,
    /// Number of the slip or of the transfer.
    #[serde(default)]
    pub reference: Option<Text<60>>,
}

/// How much of an open item is meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AllocationDraft {
    /// The open item.
    pub open_item_id: OpenItemId,
    /// Amount, more than zero and at most what is open.
    pub amount: Money,
}

/// Money that came in. What is not allocated becomes an advance of the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReceiptDraft {
    /// Who paid.
    pub party_id: PartyId,
    /// Station in whose books what becomes an advance alone stands; one's own when absent. What pays for something stands
    /// in the books where that stands.
    #[serde(default)]
    pub org_id: Option<OrgId>,
    /// When, not in the future, in this month or one of the twelve before; now when absent.
    #[serde(default)]
    pub effective_at: Option<Timestamp>,
    /// The money, in at most 20 ways.
    #[serde(default)]
    #[validate(nested, length(max = 20))]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub payments: Vec<ReceiptPaymentDraft>,
    /// Advances of the customer that are used up for this, at most 50.
    #[serde(default)]
    #[validate(nested, length(max = 50))]
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub deposits: Vec<AllocationDraft>,
    /// What it pays for, at most 200 open items of one station.
    #[serde(default)]
    #[validate(nested, length(max = 200))]
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub allocations: Vec<AllocationDraft>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<500>>,
}

/// Why something is taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReversalDraft {
    /// The reason.
    pub reason: Note<500>,
    /// Numbers of later documents that stand in the way and may be taken back along, at most 50. A refusal names what
    /// is missing here.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub with: Vec<Text<60>>,
}

/// One way in which money came in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReceiptPayment {
    /// How it was paid.
    pub method: PayMethod,
    /// Where the money is.
    pub bank_account_id: BankAccountId,
    /// Name of that account.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "门店现金"))]
    pub bank_account_name: String,
    /// Amount.
    pub amount: Money,
    /// Number of the slip or of the transfer.
    pub reference: Option<Text<60>>,
}

/// What a receipt paid for, or which advance it used up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReceiptAllocation {
    /// The open item.
    pub open_item_id: OpenItemId,
    /// Receivable: paid by this receipt. Deposit: used up by it.
    pub side: OpenItemSide,
    /// Kind of the document that made the item.
    pub source_kind: DocKind,
    /// That document.
    pub source_id: SubjectId,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "JS20261100001"))]
    pub source_number: String,
    /// What that document belongs to, for example the ticket.
    pub origin_id: Option<SubjectId>,
    /// Number of what that document belongs to, for example the ticket.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "RE202611210001"))]
    pub origin_number: Option<String>,
    /// Amount.
    pub amount: Money,
}

/// A receipt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Id.
    pub id: ReceiptId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station.
    pub org_id: OrgId,
    /// Number, without a gap.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "SK20261100001"))]
    pub number: String,
    /// State.
    pub state: ReceiptState,
    /// What is allowed now.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub allowed: Vec<ReceiptAction>,
    /// Who paid.
    pub party_id: PartyId,
    /// Name of who paid.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李雷"))]
    pub party_name: String,
    /// Business date.
    pub effective_on: Date,
    /// Business time.
    pub effective_at: Timestamp,
    /// When it was posted.
    pub posted_at: Timestamp,
    /// Who took the money.
    pub cashier_id: UserId,
    /// Name of who took the money.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "王芳"))]
    pub cashier_name: String,
    /// The money, way by way.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub payments: Vec<ReceiptPayment>,
    /// What it paid for.
    #[cfg_attr(feature = "schema", schema(max_items = 250))]
    pub allocations: Vec<ReceiptAllocation>,
    /// Sum of the payments.
    pub received: Money,
    /// The sum in capital Chinese numerals (大写金额).
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "壹佰元整"))]
    pub received_in_words: String,
    /// How much of it was allocated to open items, together with the advances used.
    pub allocated: Money,
    /// Advances that were used up.
    pub deposit_used: Money,
    /// What became an advance of the customer.
    pub advance: Money,
    /// Remark.
    pub remark: Option<Note<500>>,
    /// The receipt that this one takes back.
    pub reversal_of: Option<ReceiptId>,
    /// The receipt that takes this one back.
    pub reversed_by: Option<ReceiptId>,
    /// Why it was reversed.
    #[cfg_attr(feature = "schema", schema(max_length = 500, example = "付款方式有误"))]
    pub reason: Option<String>,
}
impl Resource for Receipt {
    const NAME: &'static str = "receipt";
}
impl Versioned for Receipt {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A receipt in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReceiptRow {
    /// Id.
    pub id: ReceiptId,
    /// Version.
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station.
    pub org_id: OrgId,
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "SK20261100001"))]
    pub number: String,
    /// State.
    pub state: ReceiptState,
    /// Who paid.
    pub party_id: PartyId,
    /// Name of who paid.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李雷"))]
    pub party_name: String,
    /// Business date.
    pub effective_on: Date,
    /// Who took the money.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "王芳"))]
    pub cashier_name: String,
    /// The ways in which it was paid.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub methods: Vec<PayMethod>,
    /// Sum of the payments.
    pub received: Money,
    /// How much was allocated to open items.
    pub allocated: Money,
    /// What became an advance.
    pub advance: Money,
}

/// Filter of the receipts. `q` looks in number, cashier and remark.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct ReceiptFilter {
    /// The station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// One state, or several separated by a comma.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<ReceiptState>, required = false))]
    pub state: Option<AnyOf<ReceiptState>>,
    /// Who paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub party_id: Option<PartyId>,
    /// Receipts with a payment in this way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<PayMethod>, required = false))]
    pub method: Option<AnyOf<PayMethod>>,
    /// Exactly this number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 60, nullable = false))]
    pub number: Option<Text<60>>,
    /// Business date from.
    #[serde(rename = "effective_on[gte]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Date, max_length = 10, nullable = false))]
    pub effective_from: Option<Date>,
    /// Business date until, inclusive.
    #[serde(rename = "effective_on[lte]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Date, max_length = 10, nullable = false))]
    pub effective_until: Option<Date>,
}
impl crate::page::Filter for ReceiptFilter {
    const SORTS: &'static [&'static str] = &["created_at", "updated_at", "effective_on", "number"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

endpoints! { "Receipts";
    /// List receipts.
    ListReceipts: Get "/api/v1/finance/receipts" needs RECEIPT_VIEW, list ReceiptFilter => Page<ReceiptRow>;
    /// Read a receipt.
    GetReceipt: Get "/api/v1/finance/receipts/{id}" needs RECEIPT_VIEW, path ById<Receipt> => Detail<Receipt>;
    /// Take money in.
    ///
    /// The receipt is posted at once. Payments and advances used are allocated to open items; what is left becomes an
    /// advance of the customer. An open item that somebody else settled meanwhile is answered 409.
    CreateReceipt: Post "/api/v1/finance/receipts" needs RECEIPT_CREATE, body ReceiptDraft => Created<Receipt> [posts];
    /// Take a receipt back by its mirror.
    ///
    /// Later receipts that used its advance are named by the refusal (`errors` with the pointers `/with/0`, ...). Sent
    /// again with their numbers, they are taken back along with it, all of them or none.
    /// The person who took the money cannot do it. The answer is the receipt itself, with the mirror in `reversed_by`.
    ReverseReceipt: Post "/api/v1/finance/receipts/{id}/reverse" needs RECEIPT_REVERSE, path ById<Receipt>, body ReversalDraft => Detail<Receipt> [posts];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::table_faults;

    #[test]
    fn the_state_table_is_sound_and_a_mirror_is_born_as_one() {
        assert_eq!(table_faults::<Receipt>(ReceiptState::Posted), ["mirror is unreachable"]);
    }
}

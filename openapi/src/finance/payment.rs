//! Payments: money that goes out to suppliers, and the payables that it settles.

use super::open_item::{OpenItemId, OpenItemSide};
use super::receipt::{AllocationDraft, PayMethod, ReversalDraft};
use super::{BankAccountId, PAYMENT_CREATE, PAYMENT_REVERSE, PAYMENT_VIEW, PartyId};
use crate::document::DocKind;
use crate::identity::{OrgId, UserId};
use crate::system::SubjectId;
use crate::{
    ById, Created, Date, Detail, Json, Money, Note, Page, Text, Timestamp, document, endpoints, filter, parts, posted,
};
use validator::Validate;

posted! { PaymentLife of Payment: PaymentState, PaymentAction needs PAYMENT_REVERSE }

parts! {
    /// Money that goes out. It is what its allocations and the advance add up to, less what is set off.
    draft SupplierPaymentDraft {
        /// Who is paid.
        party_id: PartyId,
        /// Station in whose books what is only paid in advance stands; one's own when absent. What pays for or sets off
        /// something stands in the books where that stands.
        #[serde(default)]
        org_id: Option<OrgId>,
        /// When, not in the future, in this month or one of the twelve before; now when absent.
        #[serde(default)]
        effective_at: Option<Timestamp>,
        /// How it is paid. Not kept when everything is set off and no money goes out.
        #[serde(default)]
        method: Option<PayMethod>,
        /// Where the money comes from: an account at a bank or payment platform, or a cash box. What one station pays for
        /// another stands between them (1221). Not kept when no money goes out.
        #[serde(default)]
        bank_account_id: Option<BankAccountId>,
        /// Number of the slip or of the transfer.
        #[serde(default)]
        reference: Option<Text<60>>,
        /// What it pays for: at most 200 payables of one station.
        #[serde(default)]
        #[validate(nested, length(max = 200))]
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        allocations: Vec<AllocationDraft>,
        /// What is set off against them: at most 200 items that were prepaid or that the supplier owes.
        #[serde(default)]
        #[validate(nested, length(max = 200))]
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        credits: Vec<AllocationDraft>,
        /// What is paid in advance, for payables to come.
        #[serde(default)]
        advance: Option<Money>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// What a payment paid for or set off.
    shown PaymentAllocation {
        /// The open item.
        open_item_id: OpenItemId,
        /// Payable: it was paid for. Prepaid or receivable: it was set off.
        side: OpenItemSide,
        /// Kind of the document that made the item.
        source_kind: DocKind,
        /// That document.
        source_id: SubjectId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "GF20261100001"))]
        source_number: String,
        /// When it is due.
        due_on: Option<Date>,
        /// Amount.
        amount: Money,
    }
    /// What is owed to one supplier, by how long it is overdue.
    shown PayableAge {
        /// The supplier.
        party_id: PartyId,
        /// Name of the supplier.
        #[cfg_attr(feature = "schema", schema(max_length = 100, example = "联创电子"))]
        party_name: String,
        /// Everything that is owed.
        open: Money,
        /// What was prepaid and is not used yet.
        prepaid: Money,
        /// Not due yet.
        not_due: Money,
        /// Overdue by 1 to 30 days.
        days_30: Money,
        /// Overdue by 31 to 60 days.
        days_60: Money,
        /// Overdue by 61 to 90 days.
        days_90: Money,
        /// Overdue by more than 90 days.
        older: Money,
        /// How many items are open.
        #[cfg_attr(feature = "schema", schema(minimum = 0, example = 2))]
        open_items: i64,
    }
    /// What is owed to all suppliers.
    shown PayableAges {
        /// The suppliers, the largest amount first; at most 1,000.
        #[cfg_attr(feature = "schema", schema(max_items = 1000))]
        items: Vec<PayableAge>,
        /// What is owed to all of them, also those beyond the first thousand.
        open: Money,
        /// How much of it is overdue.
        overdue: Money,
        /// What was prepaid to all of them and is not used yet.
        prepaid: Money,
    }
}

document! {
    /// A payment.
    Payment: PaymentId "payment" in PaymentState by PaymentAction {
        /// Who is paid.
        party_id: PartyId,
        /// Name of who is paid.
        party_name: Text<100>,
        /// Business time.
        effective_at: Timestamp,
        /// How it is paid; null when no money went out.
        method: Option<PayMethod>,
        /// Where the money comes from.
        bank_account_id: Option<BankAccountId>,
        /// Name of that account.
        bank_account_name: Option<Text<100>>,
        /// Number of the slip or of the transfer.
        reference: Option<Text<60>>,
        /// The money that went out.
        amount: Money,
        /// What was set off instead of being paid.
        set_off: Money,
        /// How much of the amount is paid in advance.
        advance: Money,
        /// The amount in capital Chinese numerals (大写金额).
        #[cfg_attr(feature = "schema", schema(max_length = 100, example = "壹佰元整"))]
        amount_in_words: String,
        /// Who paid.
        payer_id: UserId,
        /// Name of who paid.
        payer_name: Text<100>,
        /// What it paid for and what it set off.
        #[cfg_attr(feature = "schema", schema(max_items = 400))]
        allocations: Vec<PaymentAllocation>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Why it was reversed.
        #[cfg_attr(feature = "schema", schema(max_length = 500, example = "重复付款"))]
        reason: Option<String>,
    }
    /// A payment in a list.
    PaymentRow {
        /// Name of who is paid.
        party_name: Text<100>,
        /// Business time.
        effective_at: Timestamp,
        /// How it is paid; null when no money went out.
        method: Option<PayMethod>,
        /// The money that went out.
        amount: Money,
        /// What was set off instead of being paid.
        set_off: Money,
        /// How much of the amount is paid in advance.
        advance: Money,
        /// Number of the slip or of the transfer.
        reference: Option<Text<60>>,
        /// Name of who paid.
        payer_name: Text<100>,
    }
}

filter! {
    /// Filter of the list of payments. `q` looks in number, reference and remark.
    PaymentFilter by "created_at", "updated_at", "number", "effective_at" {
        /// States.
        state: any PaymentState,
        /// Station.
        org_id: id OrgId,
        /// Who is paid.
        party_id: id PartyId,
        /// Ways of payment.
        method: any PayMethod,
        /// Exactly this number.
        number: text 60,
    }
}

filter! {
    /// Which payables.
    PayableQuery by "created_at" {
        /// The station; all in reach together when absent.
        org_id: id OrgId,
        /// One supplier.
        party_id: id PartyId,
    }
}

endpoints! { "Payables";
    /// What is owed to suppliers, by how long it is overdue.
    GetPayables: Get "/api/v1/finance/payables" needs PAYMENT_VIEW, query PayableQuery => Json<PayableAges>;
    /// List payments.
    ListPayments: Get "/api/v1/finance/payments" needs PAYMENT_VIEW, list PaymentFilter => Page<PaymentRow>;
    /// Read a payment.
    GetPayment: Get "/api/v1/finance/payments/{id}" needs PAYMENT_VIEW, path ById<Payment> => Detail<Payment>;
    /// Pay a supplier.
    ///
    /// Posted at once (2202 and 1123 against 1001 or 1002; what is set off against 1123 or 1122). An item that somebody
    /// else paid or used meanwhile is answered 409 (`open_item_exceeded`).
    CreatePayment: Post "/api/v1/finance/payments" needs PAYMENT_CREATE, body SupplierPaymentDraft => Created<Payment> [posts];
    /// Take a payment back: what it paid is owed again, what it set off stands open again. The person who paid cannot do
    /// it. Later payments that used its advance are in the way (409 `reversal_blocked`) unless `with` names them.
    ReversePayment: Post "/api/v1/finance/payments/{id}/reverse" needs PAYMENT_REVERSE, path ById<Payment>, body ReversalDraft => Detail<Payment> [posts];
}

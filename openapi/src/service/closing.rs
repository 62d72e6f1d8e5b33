//! From the inspection to the audit: charges, money, handing over, calling back.

use super::work::TicketPayer;
use super::{BankAccountId, LinkedDocumentId, TicketAccessoryId};
use crate::document::DocKind;
pub use crate::finance::PayMethod;
use crate::system::AttachmentId;
use crate::{Money, Note, Quantity, Text, Timestamp, UnitPrice, choices};
use serde::{Deserialize, Serialize};
use validator::Validate;

choices! {
    /// What a line charges.
    ChargeKind {
        Labour = "labour" ("工时", "Labour", Info),
        Part = "part" ("配件", "Part", Neutral),
        Service = "service" ("服务", "Service", Neutral),
    }
    /// How a callback ended.
    CallbackOutcome {
        Satisfied = "satisfied" ("满意", "Satisfied", Success),
        Dissatisfied = "dissatisfied" ("不满意", "Dissatisfied", Danger),
        Unreachable = "unreachable" ("无法联系", "Not reached", Warning),
        Waived = "waived" ("免回访", "Waived", Neutral),
    }
}

/// One line of the bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChargeLine {
    /// What it charges.
    pub kind: ChargeKind,
    /// What it is for.
    #[cfg_attr(feature = "schema", schema(max_length = 300, example = "二级维修"))]
    pub description: String,
    /// How many.
    pub quantity: Quantity,
    /// Price, tax included.
    pub unit_price: UnitPrice,
    /// Who pays.
    pub payer: TicketPayer,
    /// Amount, tax included.
    pub amount: Money,
    /// The tax in it.
    pub tax: Money,
    /// Tax rate in basis points.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 1300))]
    pub tax_rate: i64,
    /// Whether it is free by the warranty.
    pub is_free: bool,
}

/// What one payer owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PayerAmount {
    /// Who.
    pub payer: TicketPayer,
    /// Amount, tax included.
    pub amount: Money,
    /// The tax in it.
    pub tax: Money,
}

/// The bill of a ticket: computed while the repair goes on, fixed by the settlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Charges {
    /// The lines.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub lines: Vec<ChargeLine>,
    /// What each payer owes.
    #[cfg_attr(feature = "schema", schema(max_items = 5))]
    pub payers: Vec<PayerAmount>,
    /// All of it.
    pub total: Money,
    /// What the customer is to pay.
    pub customer_due: Money,
    /// Whether it is settled, so that it cannot change any more.
    pub is_settled: bool,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaymentDraft {
    /// How it was paid.
    pub method: PayMethod,
    /// How much, more than 0.
    pub amount: Money,
    /// Till or bank account that it went to; the station's default for the method where it is left out.
    #[serde(default)]
    pub bank_account_id: Option<BankAccountId>,
    /// Number of the slip or transaction.
    #[serde(default)]
    pub reference: Option<Text<100>>,
}

/// Money that the customer pays, in one or several ways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CollectDraft {
    /// The payments, 1 to 10.
    #[validate(nested, length(min = 1, max = 10))]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 10))]
    pub payments: Vec<PaymentDraft>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Text<200>>,
}

/// Hands the unit over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PickupDraft {
    /// The signature: an attachment of the ticket with the purpose `signature`.
    pub signature_id: AttachmentId,
    /// The accessories that were given back; all of them must be.
    #[validate(length(max = 30))]
    #[cfg_attr(feature = "schema", schema(max_items = 30))]
    pub returned_accessory_ids: Vec<TicketAccessoryId>,
    /// Hand over though money is open; takes a right of its own.
    #[serde(default)]
    pub on_credit: bool,
    /// Who took it, when that is not the customer.
    #[serde(default)]
    pub received_by: Option<Text<60>>,
    /// Courier company and number, when it is sent back.
    #[serde(default)]
    pub outbound_courier: Option<Text<100>>,
}

/// An answer to a question of the callback.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallbackAnswer {
    /// The question.
    pub question: Text<200>,
    /// The answer.
    pub answer: Text<500>,
}

/// What the customer said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallbackDraft {
    /// How it ended; `waived` has its own operation.
    pub outcome: CallbackOutcome,
    /// Satisfaction, 1 (bad) to 5 (good); needed when the customer was reached.
    #[serde(default)]
    #[validate(range(min = 1, max = 5))]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 5, example = 5))]
    pub score: Option<i32>,
    /// Questions and answers, at most 20.
    #[serde(default)]
    #[validate(nested, length(max = 20))]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub answers: Vec<CallbackAnswer>,
    /// What is to be done about it; needed when the customer is not satisfied.
    #[serde(default)]
    pub follow_up: Option<Note<1000>>,
}

/// The callback of a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketCallback {
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 40, example = "HF20261100001"))]
    pub number: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "王芳"))]
    pub by_name: String,
    /// How it ended.
    pub outcome: CallbackOutcome,
    /// Satisfaction, 1 to 5.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 5, example = 5))]
    pub score: Option<i32>,
    /// Questions and answers.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub answers: Vec<CallbackAnswer>,
    /// What is to be done about it, or why it was waived.
    pub follow_up: Option<Note<1000>>,
}

/// Money that came in for a ticket, wherever it was entered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketReceipt {
    /// Receipt.
    pub id: LinkedDocumentId,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "SK20261100001"))]
    pub number: String,
    /// When the money came in.
    pub received_at: Timestamp,
    /// The ways in which it was paid.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub methods: Vec<PayMethod>,
    /// How much of it pays for this ticket.
    pub amount: Money,
    /// Who took it.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "王芳"))]
    pub cashier_name: String,
}

/// A stock or money document that the ticket caused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketDocument {
    /// Kind.
    pub kind: DocKind,
    /// Id.
    pub id: LinkedDocumentId,
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 40, example = "LL20261100001"))]
    pub number: String,
    /// When it was posted.
    pub posted_at: Timestamp,
    /// Whether it was reversed since, or is itself a reversal.
    pub is_reversed: bool,
}

//! What a ticket asks of the money ledger: settle, collect, take back, and how much is still open.

use super::entity::{document, ticket};
use super::store::{link, reversed};
use finance::api::{SettlementDraft, SettlementLineDraft, Source};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::receipt::{AllocationDraft, Receipt, ReceiptDraft, ReceiptPaymentDraft};
use openapi::finance::settlement::SettlementLineKind;
use openapi::finance::{BankAccountId, Book, PayMethod};
use openapi::master::bank_account::BankAccountKind;
use openapi::problem::field;
use openapi::service::OVERPAID;
use openapi::service::closing::{ChargeKind, Charges, CollectDraft, PaymentDraft, TicketDocument, TicketReceipt};
use openapi::system::InvariantCheck;
use openapi::{Issue, Money, Note};
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// What the customer has paid of the settlement, and still owes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    /// Paid.
    pub received: Money,
    /// Open.
    pub open: Money,
}

/// How the customer stands with a ticket, and the receipts in force that paid for it.
pub async fn standing(tx: &ReadTx, row: &ticket::Model) -> Result<(Standing, Vec<TicketReceipt>)> {
    let found = match row.settlement_id {
        Some(_) => finance::api::settlement_of(tx, row.id).await?,
        None => None,
    };
    let Some(found) = found else { return Ok(Default::default()) };
    let standing = Standing { received: found.settled, open: found.open };
    if found.settled.is_zero() {
        return Ok((standing, Vec::new()));
    }
    let receipts = finance::api::receipts_of(tx, row.id).await?;
    Ok((standing, receipts.into_iter().map(|receipt| receipt_of(receipt, row.id)).collect()))
}

fn receipt_of(receipt: Receipt, ticket: Uuid) -> TicketReceipt {
    let paid = receipt.allocations.iter().filter(|a| a.origin_id.is_some_and(|origin| origin.uuid() == ticket));
    let mut methods: Vec<PayMethod> = receipt.payments.iter().map(|payment| payment.method).collect();
    methods.dedup();
    TicketReceipt {
        id: receipt.id.cast(),
        received_at: receipt.effective_at,
        methods,
        amount: paid.map(|a| a.amount).sum(),
        number: receipt.number,
        cashier_name: receipt.cashier_name,
    }
}

fn source(row: &ticket::Model) -> Source {
    Source { kind: DocKind::Ticket, id: row.id, number: row.number.clone() }
}

fn line(charge: &openapi::service::closing::ChargeLine) -> SettlementLineDraft {
    SettlementLineDraft {
        payer: charge.payer,
        kind: match charge.kind {
            ChargeKind::Labour => SettlementLineKind::Labour,
            ChargeKind::Part => SettlementLineKind::Part,
            ChargeKind::Service => SettlementLineKind::Service,
        },
        description: charge.description.clone(),
        item_id: None,
        quantity: charge.quantity,
        unit_price: charge.unit_price,
        amount: charge.amount,
        vat_rate: charge.tax_rate,
    }
}

/// Posts the bill; a bill without a line has nothing to post.
pub async fn settle(tx: &Tx, row: &ticket::Model, charges: &Charges) -> Result<Option<Uuid>> {
    if charges.lines.is_empty() {
        return Ok(None);
    }
    let draft = SettlementDraft {
        org_id: row.org_id,
        party_id: row.customer_id.into(),
        source: source(row),
        effective_at: tx.now(),
        lines: charges.lines.iter().map(line).collect(),
    };
    let posted = finance::api::settle(tx, draft).await?;
    link(tx, row.id, DocKind::Settlement, posted.id.uuid(), &posted.number, false).await?;
    Ok(Some(posted.id.into()))
}

/// What was paid, all ways together.
pub fn sum(payments: &[PaymentDraft]) -> Result<Money> {
    for (at, payment) in payments.iter().enumerate() {
        if !payment.amount.is_positive() {
            let issue = Issue::new(field::OUT_OF_RANGE).with("min", "0.01").with("max", "10000000000");
            return Err(Failure::field(format!("/payments/{at}/amount"), issue));
        }
    }
    Ok(payments.iter().map(|payment| payment.amount).sum())
}

/// Where money goes that is paid in this way.
const fn purse(method: PayMethod) -> BankAccountKind {
    match method {
        PayMethod::Cash => BankAccountKind::Cash,
        PayMethod::Card => BankAccountKind::Card,
        PayMethod::Transfer => BankAccountKind::Bank,
        PayMethod::Wechat => BankAccountKind::Wechat,
        PayMethod::Alipay => BankAccountKind::Alipay,
    }
}

/// The account that was chosen, or the station's first one for the method.
async fn account(tx: &Tx, row: &ticket::Model, payment: &PaymentDraft, at: usize) -> Result<BankAccountId> {
    if let Some(id) = payment.bank_account_id {
        return Ok(id);
    }
    for kind in [purse(payment.method), BankAccountKind::Bank] {
        let found = master::api::bank_accounts_of(tx, row.org_id.into(), kind).await?;
        if let Some(account) = found.into_iter().next() {
            return Ok(account.id.cast());
        }
    }
    Err(Failure::field(format!("/payments/{at}/bank_account_id"), Issue::new(field::REQUIRED)))
}

/// Takes the customer's money for the settlement; no more than is open.
pub async fn collect(tx: &Tx, row: &ticket::Model, draft: CollectDraft) -> Result<()> {
    let paid = sum(&draft.payments)?;
    let settlement = finance::api::settlement_of(tx, row.id).await?;
    let open = settlement.as_ref().map_or(Money::ZERO, |found| found.open);
    let item = settlement.and_then(|found| found.open_item_id).filter(|_| paid <= open);
    let item = item.ok_or_else(|| Failure::new(OVERPAID).with("open", open))?;
    let mut payments = Vec::with_capacity(draft.payments.len());
    for (at, payment) in draft.payments.into_iter().enumerate() {
        let bank_account_id = account(tx, row, &payment, at).await?;
        let reference = payment.reference.map(|text| text.parse()).transpose();
        let reference = reference.map_err(|issue| Failure::field(format!("/payments/{at}/reference"), issue))?;
        payments.push(ReceiptPaymentDraft {
            method: payment.method,
            bank_account_id,
            amount: payment.amount,
            reference,
        });
    }
    let receipt = ReceiptDraft {
        party_id: row.customer_id.into(),
        org_id: None,
        effective_at: None,
        payments,
        deposits: Vec::new(),
        allocations: vec![AllocationDraft { open_item_id: item, amount: paid }],
        remark: draft.remark.map(|text| Note::stored(text.into_string())),
    };
    let posted = finance::api::receive(tx, receipt).await?;
    link(tx, row.id, DocKind::Receipt, posted.id.uuid(), &posted.number, false).await
}

/// Takes the settlement back by its mirror. Receipts that paid some of it must be reversed before; they are named.
pub async fn reverse(tx: &Tx, row: &ticket::Model, reason: &str) -> Result<()> {
    let Some(settlement) = row.settlement_id else { return Ok(()) };
    let original = finance::api::reverse_settlement(tx, settlement.into(), reason).await?;
    if let Some(id) = original.reversed_by {
        let mirror = finance::api::settlement(tx, id).await?;
        link(tx, row.id, DocKind::Settlement, id.uuid(), &mirror.number, true).await?;
    }
    let done = document::Entity::find().filter(document::Column::DocumentId.eq(settlement)).one(tx.conn()).await?;
    match done {
        Some(done) => reversed(tx, done).await,
        None => Ok(()),
    }
}

/// The documents that the ticket caused, and the receipts that paid for it though they were entered in finance. What
/// became of a receipt the money books know: one that is not in force was taken back.
pub fn documents(mut rows: Vec<document::Model>, receipts: &[TicketReceipt]) -> Result<Vec<TicketDocument>> {
    for row in rows.iter_mut().filter(|row| row.kind == DocKind::Receipt.as_str()) {
        row.is_reversed = receipts.iter().all(|receipt| receipt.id.uuid() != row.document_id);
    }
    let mut documents = rows.into_iter().map(super::model::document_of).collect::<Result<Vec<_>>>()?;
    let elsewhere = receipts.iter().filter(|r| documents.iter().all(|d| d.id != r.id)).map(|receipt| TicketDocument {
        kind: DocKind::Receipt,
        id: receipt.id,
        number: receipt.number.clone(),
        posted_at: receipt.received_at,
        is_reversed: false,
    });
    let elsewhere: Vec<TicketDocument> = elsewhere.collect();
    documents.extend(elsewhere);
    documents.sort_by_key(|document| document.posted_at);
    Ok(documents)
}

/// Refuses when the month in which the ticket was completed is closed in the money books.
pub async fn require_open(tx: &Tx, row: &ticket::Model) -> Result<()> {
    match row.completed_at {
        Some(at) => master::api::require_open_period(tx, row.org_id, tx.date_of(at), Book::Money).await,
        None => Ok(()),
    }
}

/// Something of a ticket's settlement was paid in full, or is open again: the timeline says so, the engineer is told.
pub async fn settled_or_reopened(tx: &Tx, ticket: Uuid, is_settled: bool) -> Result<()> {
    let Some(row) = ticket::Entity::find_by_id(ticket).one(tx.conn()).await? else { return Ok(()) };
    let (action, note) =
        if is_settled { ("paid", "已付清") } else { ("reopened", "收款已冲销，重新未清") };
    tx.journal(DocKind::Ticket.as_str(), row.id, action, Some(&row.state), &row.state, Some(note));
    if let (true, Some(engineer)) = (is_settled, row.engineer_id) {
        super::names::tell(tx, engineer, &row, super::names::News::Paid)?;
    }
    Ok(())
}

/// Whether tickets and the money books agree on what customers owe.
pub async fn agreement(tx: &ReadTx) -> Result<InvariantCheck> {
    let books = finance::api::settled_totals(tx).await?;
    let settled = ticket::Entity::find().filter(ticket::Column::SettledAt.is_not_null()).all(tx.conn()).await?;
    let mut violations = Vec::new();
    for row in &settled {
        let posted = books.get(&row.id).copied().unwrap_or_default();
        if posted != Money(row.customer_due) {
            violations.push(format!("{}: {} / {posted}", row.number, Money(row.customer_due)));
        }
    }
    let rule =
        "工单应收与往来账一致 / What a settled ticket asks of the customer is what the money books opened for it";
    let checked = i64::try_from(settled.len()).unwrap_or(i64::MAX);
    Ok(InvariantCheck { code: "I5t".to_owned(), rule: rule.to_owned(), checked, violations })
}

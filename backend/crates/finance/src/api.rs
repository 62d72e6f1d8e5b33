//! What other domains may ask of the money books. Everything happens in the caller's transaction.

use crate::{invariants as checks, ledger, open_item, payment, receipt, settlement};
use chrono::{DateTime, NaiveDate, Utc};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::receipt::{Receipt, ReceiptDraft, ReceiptId};
use openapi::finance::settlement::{Settlement, SettlementId, SettlementLineKind};
use openapi::finance::{Account, CREDIT_GRANT, JournalLineDraft, PartyId, Payer, REVERSAL_BLOCKED};
use openapi::system::InvariantCheck;
use openapi::{Money, Quantity, UnitPrice};
use platform::{Failure, ReadTx, Result, Tx};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The rates of value added tax of a day.
pub use crate::vat::{Rates, on as vat_rates_on};

/// A document that posts, or that money belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its kind.
    pub kind: DocKind,
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: String,
}

/// An entry to post.
#[derive(Clone, Debug)]
pub struct EntryDraft {
    /// Station in whose books it stands.
    pub org_id: Uuid,
    /// Business time; its month must be open.
    pub effective_at: DateTime<Utc>,
    /// The document that posts it.
    pub source: Source,
    /// What the document belongs to, for example the ticket: id and number.
    pub origin: Option<(Uuid, String)>,
    /// What it is about.
    pub memo: Option<String>,
    /// The lines; those without an amount are dropped.
    pub lines: Vec<JournalLineDraft>,
}

/// One line of a settlement to make.
#[derive(Clone, Debug, PartialEq)]
pub struct SettlementLineDraft {
    /// Who pays it.
    pub payer: Payer,
    /// Which income it belongs to.
    pub kind: SettlementLineKind,
    /// What it is for.
    pub description: String,
    /// The part or service item.
    pub item_id: Option<Uuid>,
    /// How much.
    pub quantity: Quantity,
    /// Price per unit, VAT included.
    pub unit_price: UnitPrice,
    /// Amount, VAT included, not negative.
    pub amount: Money,
    /// VAT rate in basis points.
    pub vat_rate: i64,
}

/// A settlement to make.
#[derive(Clone, Debug)]
pub struct SettlementDraft {
    /// Station that earns it.
    pub org_id: Uuid,
    /// The customer.
    pub party_id: PartyId,
    /// The document that is settled, for example the ticket. It has one settlement in force at most.
    pub source: Source,
    /// Business time, not in the future; its month must be open.
    pub effective_at: DateTime<Utc>,
    /// The lines of all payers.
    pub lines: Vec<SettlementLineDraft>,
}

/// What a document leaves open with a party.
#[derive(Clone, Debug)]
pub struct OpenItemDraft {
    /// Station in whose books it stands.
    pub org_id: Uuid,
    /// Which way it is open.
    pub side: OpenItemSide,
    /// The party.
    pub party_id: PartyId,
    /// The document; it leaves one item open on a side at most.
    pub source: Source,
    /// Business date.
    pub effective_on: NaiveDate,
    /// When it is due.
    pub due_on: Option<NaiveDate>,
    /// Amount, more than zero.
    pub amount: Money,
}

/// Nothing is open any more of an item. Emitted in the transaction that settled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemSettled {
    /// The document that made the item, for example the settlement.
    pub source_id: Uuid,
    /// What that document belongs to, for example the ticket.
    pub origin_id: Option<Uuid>,
}

/// Something of a settled item is open again, because what settled it was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemReopened {
    /// The document that made the item, for example the settlement.
    pub source_id: Uuid,
    /// What that document belongs to, for example the ticket.
    pub origin_id: Option<Uuid>,
}

/// Posts an entry; `None` when no line carries an amount. 423 when the month is closed.
pub async fn post_entry(tx: &Tx, draft: EntryDraft) -> Result<Option<Uuid>> {
    ledger::commands::post(tx, draft).await
}

/// Takes back every entry that `original` posted, in the name of the document `mirror`.
pub async fn reverse_entry(tx: &Tx, original: Uuid, mirror: &Source) -> Result<Vec<Uuid>> {
    ledger::commands::reverse(tx, original, mirror).await
}

/// Records what a document leaves open; the entry that it posts must carry the same amount on the control account.
pub async fn leave_open(tx: &Tx, draft: OpenItemDraft) -> Result<()> {
    open_item::commands::open(tx, new_item(draft)).await.map(|_| ())
}

/// The same for a document that is taken back and posted again, maybe with another amount: its item, which
/// [`close_item`] closed, is opened again.
pub async fn leave_open_again(tx: &Tx, draft: OpenItemDraft) -> Result<()> {
    open_item::commands::open_again(tx, new_item(draft)).await.map(|_| ())
}

fn new_item(draft: OpenItemDraft) -> open_item::commands::NewItem {
    let OpenItemDraft { org_id, side, party_id, source, effective_on, due_on, amount } = draft;
    let party_id = party_id.into();
    open_item::commands::NewItem { org_id, side, party_id, source, origin: None, effective_on, due_on, amount }
}

/// Closes what a document left open because it is taken back by `mirror`. 409 with the receipts and payments in the way
/// while some of it is settled.
pub async fn close_item(tx: &Tx, document: Uuid, side: OpenItemSide, mirror: &Source) -> Result<()> {
    let Some(item) = open_item::queries::of(tx, document, side).await? else { return Ok(()) };
    let item = open_item::commands::lock(tx, [item.id]).await?.into_values().next().ok_or_else(Failure::not_found)?;
    let later = settled_by(tx, item.id).await?;
    if !later.is_empty() {
        return Err(Failure::blocked(REVERSAL_BLOCKED, "documents", &later));
    }
    open_item::commands::void(tx, &item, mirror).await
}

/// Numbers of the receipts and payments in force that settled some of an item.
pub(crate) async fn settled_by(tx: &ReadTx, item: Uuid) -> Result<Vec<String>> {
    let settling = open_item::queries::settling(tx, item).await?;
    let mut numbers = receipt::queries::numbered(tx, settling.clone()).await?;
    numbers.extend(payment::queries::numbered(tx, settling).await?);
    Ok(numbers)
}

/// What a party owes and has paid in advance, over all stations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What it owes.
    pub receivable: Money,
    /// What it has paid in advance.
    pub deposit: Money,
    /// What of it was due before today.
    pub overdue: Money,
}

/// What a party owes and has paid in advance, over all stations, whoever asks.
pub async fn standing_of(tx: &ReadTx, party: PartyId) -> Result<Standing> {
    open_item::queries::standing(tx, party.uuid()).await
}

/// Settles what some documents left open on one side, in their order and no more than `most`, in the name of `by`; says
/// how much that was. The entry that `by` posts must carry it on the control account.
pub async fn set_off(tx: &Tx, documents: &[Uuid], side: OpenItemSide, by: &Source, most: Money) -> Result<Money> {
    let mut found = Vec::new();
    for document in documents {
        found.extend(open_item::queries::of(tx, *document, side).await?.map(|item| item.id));
    }
    let mut locked = open_item::commands::lock(tx, found.iter().copied()).await?;
    let mut left = most;
    for item in found.iter().filter_map(|id| locked.remove(id)) {
        let part = Ord::min(open_item::model::open(&item), left);
        if part > Money::ZERO {
            open_item::commands::allocate(tx, &item, by, part).await?;
            left -= part;
        }
    }
    Ok(most - left)
}

/// Takes back what a document settled by [`set_off`], in the name of `mirror`.
pub async fn take_set_off_back(tx: &Tx, document: Uuid, mirror: &Source) -> Result<()> {
    open_item::commands::take_back(tx, document, mirror).await
}

/// What is still open of a document on one side; nothing when it left nothing open.
pub async fn open_of(tx: &ReadTx, document: Uuid, side: OpenItemSide) -> Result<Money> {
    let item = open_item::queries::of(tx, document, side).await?;
    Ok(item.map_or(Money::ZERO, |item| open_item::model::open(&item)))
}

/// Settles a document: posts the customer's part and opens it as a receivable. 409 when it is settled already.
pub async fn settle(tx: &Tx, draft: SettlementDraft) -> Result<Settlement> {
    settlement::commands::settle(tx, draft).await
}

/// Takes a settlement back by its mirror. 409 with the receipts in the way while some of it is paid.
pub async fn reverse_settlement(tx: &Tx, id: SettlementId, reason: &str) -> Result<Settlement> {
    settlement::commands::reverse(tx, id.into(), reason).await
}

/// The settlement in force of a document.
pub async fn settlement_of(tx: &ReadTx, source: Uuid) -> Result<Option<Settlement>> {
    match settlement::commands::in_force(tx, source).await? {
        Some(row) => settlement::queries::detail(tx, row).await.map(Some),
        None => Ok(None),
    }
}

/// A settlement by its id, whatever became of it.
pub async fn settlement(tx: &ReadTx, id: SettlementId) -> Result<Settlement> {
    let row = settlement::queries::by_id(tx, id.into()).await?;
    settlement::queries::detail(tx, row).await
}

/// What the customers pay by the settlements in force, by the document that was settled.
pub async fn settled_totals(tx: &ReadTx) -> Result<HashMap<Uuid, Money>> {
    settlement::queries::customer_totals(tx).await
}

/// What the customer still owes for a document (its settlement in force).
pub async fn open_amount(tx: &ReadTx, source: Uuid) -> Result<Money> {
    let Some(settlement) = settlement::commands::in_force(tx, source).await? else { return Ok(Money::ZERO) };
    let item = open_item::queries::of(tx, settlement.id, OpenItemSide::Receivable).await?;
    Ok(item.map_or(Money::ZERO, |item| open_item::model::open(&item)))
}

/// Whether a document may go out: it has a settlement in force of which nothing is open, or the caller, who needs the
/// right for that, releases it on credit.
pub async fn is_settled_or_credit(tx: &ReadTx, source: Uuid, on_credit: bool) -> Result<bool> {
    if settlement::commands::in_force(tx, source).await?.is_none() {
        return Ok(false);
    }
    if open_amount(tx, source).await?.is_zero() {
        return Ok(true);
    }
    if on_credit {
        tx.require(CREDIT_GRANT)?;
    }
    Ok(on_credit)
}

/// Takes money in.
pub async fn receive(tx: &Tx, draft: ReceiptDraft) -> Result<Receipt> {
    receipt::commands::receive(tx, draft).await
}

/// Takes a receipt back by its mirror. 409 for the person who took the money, and while its advance is used.
pub async fn reverse_receipt(tx: &Tx, id: ReceiptId, reason: &str) -> Result<Receipt> {
    let row = tx.lock_other::<receipt::entity::receipt::Entity>(id).await?;
    receipt::commands::take_back(tx, row, reason, &[]).await
}

/// Receipts in force that paid for a document's settlement.
pub async fn receipts_of(tx: &ReadTx, source: Uuid) -> Result<Vec<Receipt>> {
    let Some(settlement) = settlement::commands::in_force(tx, source).await? else { return Ok(Vec::new()) };
    let Some(item) = open_item::queries::of(tx, settlement.id, OpenItemSide::Receivable).await? else {
        return Ok(Vec::new());
    };
    let mut receipts = Vec::new();
    for row in receipt::queries::by_id(tx, open_item::queries::settling(tx, item.id).await?).await? {
        receipts.push(receipt::queries::detail(tx, row).await?);
    }
    Ok(receipts)
}

/// Debit less credit of every account of every station.
pub async fn account_totals(tx: &ReadTx) -> Result<BTreeMap<(Uuid, Account), Money>> {
    ledger::queries::account_totals(tx).await
}

/// Debit less credit of one account over all stations.
pub async fn account_total(tx: &ReadTx, account: Account) -> Result<Money> {
    let totals = account_totals(tx).await?;
    Ok(totals.into_iter().filter(|((_, a), _)| a.as_str() == account.as_str()).map(|(_, net)| net).sum())
}

/// Checks the money books.
pub async fn invariants(tx: &ReadTx) -> Result<Vec<InvariantCheck>> {
    checks::invariants(tx).await
}

//! Reads.

use super::entity::{doc, line};
use super::{model, posting};
use crate::facts;
use crate::ledger::accounts::journal;
use crate::ledger::entity::entry;
use crate::ledger::queries::{described, select_of};
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::stock::document::{
    GetStockDoc, ListStockDocs, StockDoc, StockDocAction, StockDocLife, StockDocLink, StockDocRow, StockDocSource,
    StockDocState, StockLine, is_write_off,
};
use openapi::stock::movement::Journal;
use openapi::stock::{STOCK_COST, STOCK_DOC_EDIT, STOCK_OPENING_POST};
use openapi::{ItemCode, Money, Note, Page, Quantity, Serial, Text, UnitPrice};
use platform::db::list::{Shape, page};
use platform::doc::lifecycle::{self, stored};
use platform::{Call, Failure, ReadTx, Result, narrowed};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListStockDocs>) -> Result<Page<StockDocRow>> {
    use doc::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any kind Kind, any state State, id org_id OrgId, id warehouse_id WarehouseId, id engineer_id EngineerId,
        id ticket_id TicketId, text number Number
    );
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::Reference, C::Remark],
    };
    let found = page(tx, &call.query, doc::Entity::find().filter(all), &shape).await?;
    let warehouses = facts::warehouses(tx, found.items.iter().filter_map(|r| r.warehouse_id)).await?;
    let people = facts::people(tx, found.items.iter().filter_map(|r| r.engineer_id)).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    found.try_map(|row| {
        Ok(StockDocRow {
            id: row.id.into(),
            version: row.version,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
            org_id: row.org_id.into(),
            kind: stored(&row.kind)?,
            reason: stored(&row.reason)?,
            state: stored(&row.state)?,
            warehouse_name: row.warehouse_id.and_then(|id| warehouses.get(&id)).map(|w| Text::stored(w.name.clone())),
            engineer_name: row.engineer_id.and_then(|id| people.get(&id)).cloned().map(Text::stored),
            ticket_id: row.ticket_id.map(Into::into),
            effective_at: row.effective_at.map(Into::into),
            posted_at: row.posted_at.map(Into::into),
            is_reversal: row.reversal_of.is_some(),
            total_quantity: Quantity(row.total_quantity),
            total_value: row.total_value.filter(|_| sees_cost).map(Money),
            number: row.number,
        })
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetStockDoc>) -> Result<StockDoc> {
    detail(tx, tx.get::<doc::Entity>(call.path.id).await?).await
}

/// The posted documents of a ticket, oldest first: kind, id, number, whether it is reversed or reverses another.
pub async fn of_ticket(tx: &ReadTx, ticket: Uuid) -> Result<Vec<(DocKind, StockDocLink, bool)>> {
    let rows = doc::Entity::find()
        .filter(doc::Column::TicketId.eq(ticket))
        .filter(doc::Column::PostedAt.is_not_null())
        .order_by_asc(doc::Column::CreatedAt)
        .order_by_asc(doc::Column::Id)
        .all(tx.conn())
        .await?;
    let one = |row: doc::Model| {
        let is_undone = row.reversal_of.is_some() || stored::<StockDocState>(&row.state)? == StockDocState::Reversed;
        Ok((stored(&row.kind)?, link(&row), is_undone))
    };
    rows.into_iter().map(one).collect()
}

/// The document that a posting belongs to.
fn source(row: &doc::Model) -> Result<Option<StockDocSource>> {
    let (Some(kind), Some(id), Some(number)) = (&row.source_kind, row.source_id, &row.source_number) else {
        return Ok(None);
    };
    Ok(Some(StockDocSource { kind: stored(kind)?, id: id.into(), number: number.clone() }))
}

fn link(row: &doc::Model) -> StockDocLink {
    StockDocLink { id: row.id.into(), number: row.number.clone() }
}

/// A draft that was just written with these lines.
pub async fn fresh(tx: &ReadTx, row: doc::Model, lines: Vec<line::Model>) -> Result<StockDoc> {
    shown(tx, row, Around { lines, ..Around::default() }).await
}

/// What lies around the head of a document.
#[derive(Default)]
struct Around {
    lines: Vec<line::Model>,
    entries: Vec<entry::Model>,
    reversed_by: Option<doc::Model>,
    reversal_of: Option<doc::Model>,
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: doc::Model) -> Result<StockDoc> {
    let mut found = tx
        .gather()
        .and(posting::select_lines(row.id))
        .and(select_of(row.id))
        .and(doc::Entity::find().filter(doc::Column::ReversalOf.eq(row.id)))
        .and(doc::Entity::find_by_id(row.reversal_of.unwrap_or_default()))
        .read_without(row.id)
        .await?;
    let around = Around {
        lines: found.take()?,
        entries: found.take()?,
        reversed_by: found.take()?.pop(),
        reversal_of: found.take()?.pop(),
    };
    shown(tx, row, around).await
}

async fn shown(tx: &ReadTx, row: doc::Model, around: Around) -> Result<StockDoc> {
    let Around { lines, entries, reversed_by, reversal_of } = around;
    let sees_cost = tx.actor().may(STOCK_COST);
    let accounts = if sees_cost { accounts(&entries)? } else { Vec::new() };
    let lines = described_lines(tx, lines, &entries, sees_cost).await?;
    let warehouses = facts::warehouses(tx, [row.warehouse_id, row.to_warehouse_id].into_iter().flatten()).await?;
    let warehouse = |id: Option<Uuid>| id.and_then(|id| warehouses.get(&id)).map(|w| Text::stored(w.name.clone()));
    let people = facts::people(tx, [row.engineer_id, row.witness_id].into_iter().flatten()).await?;
    let person = |id: Option<Uuid>| id.and_then(|id| people.get(&id)).cloned().map(Text::stored);
    let state: StockDocState = stored(&row.state)?;
    Ok(StockDoc {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        org_id: row.org_id.into(),
        kind: stored(&row.kind)?,
        reason: stored(&row.reason)?,
        state,
        allowed: allowed(tx, &row, state)?,
        is_editable: state == StockDocState::Draft && tx.actor().may(STOCK_DOC_EDIT),
        warehouse_id: row.warehouse_id.map(Into::into),
        warehouse_name: warehouse(row.warehouse_id),
        to_warehouse_id: row.to_warehouse_id.map(Into::into),
        to_warehouse_name: warehouse(row.to_warehouse_id),
        engineer_id: row.engineer_id.map(Into::into),
        engineer_name: person(row.engineer_id),
        witness_id: row.witness_id.map(Into::into),
        witness_name: person(row.witness_id),
        ticket_id: row.ticket_id.map(Into::into),
        effective_at: row.effective_at.map(Into::into),
        posted_at: row.posted_at.map(Into::into),
        reversal_of: reversal_of.as_ref().map(link),
        reversed_by: reversed_by.as_ref().map(link),
        source: source(&row)?,
        reference: row.reference.map(Text::stored),
        remark: row.remark.map(Note::stored),
        total_quantity: Quantity(row.total_quantity),
        total_value: row.total_value.filter(|_| sees_cost).map(Money),
        lines,
        moves: described(tx, entries).await?,
        accounts,
        number: row.number,
    })
}

/// What the caller may do: the state table and the rights, less what the document's origin rules out.
fn allowed(tx: &ReadTx, row: &doc::Model, state: StockDocState) -> Result<Vec<StockDocAction>> {
    use StockDocAction as A;
    let kind: DocKind = stored(&row.kind)?;
    let is_write_off = is_write_off(kind, stored(&row.reason)?);
    let is_by_ticket = row.ticket_id.is_some() && kind != DocKind::BadPartReturn;
    let may = |action: &A| match action {
        A::Reverse => row.reversal_of.is_none() && !is_by_ticket && row.source_id.is_none(),
        A::Post if kind == DocKind::OpeningStock => tx.actor().may(STOCK_OPENING_POST),
        A::Post if is_write_off => state == StockDocState::Approved,
        A::Approve | A::Reject => !is_write_off && model::is_written_by_hand(kind),
        A::Authorise => is_write_off && row.created_by != tx.actor().user_id,
        A::Decline => is_write_off,
        _ => model::is_written_by_hand(kind),
    };
    Ok(lifecycle::allowed::<StockDocLife>(tx, state).into_iter().filter(may).collect())
}

/// What the entries mean for the accounts.
fn accounts(entries: &[entry::Model]) -> Result<Vec<Journal>> {
    let side = |row: &entry::Model| -> Result<(Account, Account, Money)> {
        Ok((stored(&row.debit_account)?, stored(&row.credit_account)?, Money(row.value)))
    };
    let sides = entries.iter().map(side).collect::<Result<Vec<_>>>()?;
    let lines = journal(sides).into_iter();
    Ok(lines.map(|(account, debit, credit)| Journal { account, debit, credit }).collect())
}

async fn described_lines(
    tx: &ReadTx,
    lines: Vec<line::Model>,
    entries: &[entry::Model],
    sees_cost: bool,
) -> Result<Vec<StockLine>> {
    let products = facts::products(tx, lines.iter().map(|l| l.product_id).collect::<HashSet<_>>()).await?;
    // goods that turn into others count once, as what they were
    let conditions: HashMap<Uuid, &str> = lines.iter().map(|l| (l.id, l.condition.as_str())).collect();
    let is_own = |e: &&entry::Model| conditions.get(&e.line_id) == Some(&e.condition.as_str());
    let mut values: HashMap<Uuid, Money> = HashMap::new();
    for entry in entries.iter().filter(|e| e.quantity != 0).filter(is_own) {
        *values.entry(entry.line_id).or_default() += Money(entry.value);
    }
    let one = |row: line::Model| {
        let line::Model {
            id,
            doc_id: _,
            line_no: _,
            product_id,
            serial,
            condition,
            to_condition,
            owner,
            quantity,
            unit_cost,
            ticket_part_id: _,
            payer,
            remark,
        } = row;
        let product = products.get(&product_id).ok_or_else(|| Failure::Internal("a line has no product".to_owned()))?;
        Ok(StockLine {
            id: id.into(),
            product_id: product_id.into(),
            product_code: ItemCode::stored(product.code.clone()),
            product_name: Text::stored(product.name.clone()),
            serial: serial.map(Serial::stored),
            condition: stored(&condition)?,
            to_condition: to_condition.as_deref().map(stored).transpose()?,
            owner: stored(&owner)?,
            quantity: Quantity(quantity),
            unit_cost: unit_cost.filter(|_| sees_cost).map(UnitPrice),
            value: values.get(&id).copied().filter(|_| sees_cost),
            payer: payer.as_deref().map(stored).transpose()?,
            remark: remark.map(Text::stored),
        })
    };
    lines.into_iter().map(one).collect()
}

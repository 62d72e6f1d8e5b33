//! Reads.

use super::entity::{payment, receipt};
use super::model::{self, Around};
use crate::open_item;
use openapi::finance::receipt::{
    GetReceipt, ListReceipts, PayMethod, Receipt, ReceiptAction, ReceiptRow, ReceiptState,
};
use openapi::{Money, Page};
use platform::db::list::{Shape, page};
use platform::doc::lifecycle::{self, stored};
use platform::{Call, ReadTx, Result, sorted};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListReceipts>) -> Result<Page<ReceiptRow>> {
    use receipt::Column as C;
    let filter = &call.query.filter;
    let mut base = receipt::Entity::find();
    if let Some(org) = filter.org_id {
        base = base.filter(C::OrgId.eq(org.uuid()));
    }
    if let Some(states) = &filter.state {
        base = base.filter(C::State.is_in(states.0.iter().map(ToString::to_string)));
    }
    if let Some(party) = filter.party_id {
        base = base.filter(C::PartyId.eq(party.uuid()));
    }
    if let Some(methods) = &filter.method {
        let paid = payment::Entity::find()
            .select_only()
            .column(payment::Column::ReceiptId)
            .filter(payment::Column::Method.is_in(methods.0.iter().map(ToString::to_string)));
        base = base.filter(C::Id.in_subquery(paid.into_query()));
    }
    if let Some(number) = &filter.number {
        base = base.filter(C::Number.eq(&**number));
    }
    if let Some(from) = filter.effective_from {
        base = base.filter(C::EffectiveOn.gte(from.naive()));
    }
    if let Some(until) = filter.effective_until {
        base = base.filter(C::EffectiveOn.lte(until.naive()));
    }
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, effective_on EffectiveOn, number Number),
        search: &[C::Number, C::CashierName, C::Remark],
    };
    let page = page(tx, &call.query, base, &shape).await?;
    let parties = crate::names::parties(tx, page.items.iter().map(|row| row.party_id)).await?;
    let mut methods = methods_of(tx, page.items.iter().map(|row| row.id)).await?;
    page.try_map(|row| {
        let name = parties.get(&row.party_id).cloned().unwrap_or_default();
        let methods = methods.remove(&row.id).unwrap_or_default();
        model::list_row(row, name, methods)
    })
}

async fn methods_of(tx: &ReadTx, receipts: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Vec<PayMethod>>> {
    let rows = payment::Entity::find()
        .filter(payment::Column::ReceiptId.is_in(receipts))
        .order_by_asc(payment::Column::LineNo)
        .all(tx.conn())
        .await?;
    let mut methods = HashMap::<Uuid, Vec<PayMethod>>::new();
    for row in rows {
        let method = stored(&row.method)?;
        let of = methods.entry(row.receipt_id).or_default();
        if !of.contains(&method) {
            of.push(method);
        }
    }
    Ok(methods)
}

pub async fn get(tx: &ReadTx, call: Call<GetReceipt>) -> Result<Receipt> {
    detail(tx, tx.get::<receipt::Entity>(call.path.id).await?).await
}

pub async fn detail(tx: &ReadTx, row: receipt::Model) -> Result<Receipt> {
    let payments = payments_of(tx, row.id).await?;
    let made = open_item::commands::of_source(tx, row.id).await?;
    let items = open_item::queries::by_id(tx, made.iter().map(|a| a.open_item_id)).await?;
    // an advance that a mirror voids is not something that the mirror paid for
    let own = |item: &open_item::entity::item::Model| Some(item.source_id) == row.reversal_of;
    let allocations = made.iter().filter_map(|a| Some((items.get(&a.open_item_id)?.clone(), Money(a.amount))));
    let mirror = receipt::Entity::find().filter(receipt::Column::ReversalOf.eq(row.id)).one(tx.conn()).await?;
    let around = Around {
        party_name: crate::names::parties(tx, [row.party_id]).await?.remove(&row.party_id).unwrap_or_default(),
        allowed: allowed(tx, &row)?,
        allocations: allocations.filter(|(item, _)| !own(item)).collect(),
        bank_accounts: crate::names::bank_accounts(tx, payments.iter().map(|p| p.bank_account_id)).await?,
        reversed_by: mirror.map(|m| m.id),
    };
    model::detail(row, payments, around)
}

/// The person who took the money is not offered to take the receipt back.
fn allowed(tx: &ReadTx, row: &receipt::Model) -> Result<Vec<ReceiptAction>> {
    let allowed = lifecycle::allowed::<Receipt>(tx, stored::<ReceiptState>(&row.state)?);
    let own = row.cashier_id == tx.actor().user_id;
    Ok(allowed.into_iter().filter(|action| *action != ReceiptAction::Reverse || !own).collect())
}

/// The payments of a receipt.
pub async fn payments_of(tx: &ReadTx, id: Uuid) -> Result<Vec<payment::Model>> {
    let select = payment::Entity::find().filter(payment::Column::ReceiptId.eq(id));
    Ok(select.order_by_asc(payment::Column::LineNo).all(tx.conn()).await?)
}

/// Those of these documents that are receipts, in order.
pub async fn by_id(tx: &ReadTx, ids: Vec<Uuid>) -> Result<Vec<receipt::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = receipt::Entity::find().filter(receipt::Column::Id.is_in(ids));
    Ok(select.order_by_asc(receipt::Column::Number).all(tx.conn()).await?)
}

/// The numbers of those of these documents that are receipts, in order.
pub async fn numbered(tx: &ReadTx, ids: Vec<Uuid>) -> Result<Vec<String>> {
    Ok(by_id(tx, ids).await?.into_iter().map(|row| row.number).collect())
}

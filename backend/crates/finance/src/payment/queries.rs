//! Reads.

use super::entity::payment;
use super::model;
use crate::open_item::{self, entity::item};
use openapi::choice::Choice;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::payment::{
    GetPayables, GetPayment, ListPayments, PayableAges, Payment, PaymentAction, PaymentAllocation, PaymentRow,
};
use openapi::finance::{PAYMENT_REVERSE, PayMethod, amount_in_words};
use openapi::{Money, Page, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::doc::lifecycle::stored;
use platform::{Call, ReadTx, Result};
use platform::{narrowed, sorted};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

pub async fn payables(tx: &ReadTx, call: Call<GetPayables>) -> Result<PayableAges> {
    use item::Column as C;
    let query = call.query.0;
    let all = sea_orm::Condition::all()
        .add(tx.in_reach::<item::Entity>())
        .add(C::Side.is_in([OpenItemSide::Payable, OpenItemSide::Prepaid].map(|side| side.as_str())))
        .add(Expr::col(C::Settled).lt(Expr::col(C::Amount)))
        .add_option(query.org_id.map(|id| C::OrgId.eq(id.uuid())))
        .add_option(query.party_id.map(|id| C::PartyId.eq(id.uuid())));
    let items = item::Entity::find().filter(all).all(tx.conn()).await?;
    let names = crate::names::parties(tx, items.iter().map(|item| item.party_id)).await?;
    Ok(model::ages(&items, tx.today(), &names))
}

pub async fn list(tx: &ReadTx, call: Call<ListPayments>) -> Result<Page<PaymentRow>> {
    use payment::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, any method Method, id org_id OrgId, id party_id PartyId, text number Number
    );
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, number Number, effective_at EffectiveAt),
        search: &[C::Number, C::Reference, C::Remark],
    };
    let found = page(tx, &call.query, payment::Entity::find().filter(all), &shape).await?;
    let names = crate::names::parties(tx, found.items.iter().map(|row| row.party_id)).await?;
    found.try_map(|row| {
        let party_name = Text::stored(names.get(&row.party_id).cloned().unwrap_or_default());
        let method = method_of(&row)?;
        Ok(shown!(row => PaymentRow {
            id, version, created_at, updated_at, org_id, number, state, effective_at, amount, set_off, advance,
            reference, payer_name,
        } with { party_name, method })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetPayment>) -> Result<Payment> {
    detail(tx, tx.get::<payment::Entity>(call.path.id).await?).await
}

/// The detail. The person who paid is not offered to take the payment back.
pub async fn detail(tx: &ReadTx, row: payment::Model) -> Result<Payment> {
    let made = open_item::commands::of_source(tx, row.id).await?;
    let items = open_item::queries::by_id(tx, made.iter().map(|a| a.open_item_id)).await?;
    let mut allocations = Vec::new();
    for allocation in made.iter().filter(|a| a.mirror_of.is_none()) {
        // its own advance, voided when it was taken back, is not something that it paid for
        let Some(item) = items.get(&allocation.open_item_id).filter(|item| item.source_id != row.id) else { continue };
        allocations.push(PaymentAllocation {
            open_item_id: item.id.into(),
            side: stored(&item.side)?,
            source_kind: stored(&item.source_kind)?,
            source_id: item.source_id.into(),
            source_number: item.source_number.clone(),
            due_on: item.due_on.map(Into::into),
            amount: Money(allocation.amount),
        });
    }
    let may_reverse = row.payer_id != tx.actor().user_id && tx.may_at(PAYMENT_REVERSE, row.org_id).await?;
    let allowed: Vec<PaymentAction> =
        if may_reverse { document::allowed::<payment::Entity>(tx, &row)? } else { Vec::new() };
    let party = crate::names::parties(tx, [row.party_id]).await?.remove(&row.party_id);
    let accounts = crate::names::bank_accounts(tx, row.bank_account_id).await?;
    let bank_account_name = row.bank_account_id.and_then(|id| accounts.get(&id).cloned()).map(Text::stored);
    let party_name = Text::stored(party.unwrap_or_default());
    let method = method_of(&row)?;
    let amount_in_words = amount_in_words(Money(row.amount));
    Ok(shown!(row => Payment {
        id, version, created_at, updated_at, org_id, number, state, party_id, effective_at, bank_account_id,
        reference, amount, set_off, advance, payer_id, payer_name, remark, reason,
    } with { allowed, is_editable: false, method, party_name, bank_account_name, amount_in_words, allocations })?)
}

fn method_of(row: &payment::Model) -> Result<Option<PayMethod>> {
    row.method.as_deref().map(stored).transpose()
}

/// Those of these documents that are payments, in order.
pub async fn by_id(tx: &ReadTx, ids: Vec<Uuid>) -> Result<Vec<payment::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = payment::Entity::find().filter(payment::Column::Id.is_in(ids)).order_by_asc(payment::Column::Number);
    Ok(rows.all(tx.conn()).await?)
}

/// The numbers of those of these documents that are payments, in order.
pub async fn numbered(tx: &ReadTx, ids: Vec<Uuid>) -> Result<Vec<String>> {
    Ok(by_id(tx, ids).await?.into_iter().map(|row| row.number).collect())
}

//! Reads.

use super::entity::{line, settlement};
use super::model::{self, Around};
use crate::open_item::model::open;
use crate::open_item::queries::receivables_of;
use openapi::choice::Choice;
use openapi::finance::settlement::{GetSettlement, ListSettlements, Settlement, SettlementRow, SettlementState};
use openapi::{Money, Page};
use platform::db::list::{Shape, page};
use platform::doc::lifecycle::{self, stored};
use platform::{Call, ReadTx, Result, sorted};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListSettlements>) -> Result<Page<SettlementRow>> {
    use settlement::Column as C;
    let filter = &call.query.filter;
    let mut base = settlement::Entity::find();
    if let Some(org) = filter.org_id {
        base = base.filter(C::OrgId.eq(org.uuid()));
    }
    if let Some(states) = &filter.state {
        base = base.filter(C::State.is_in(states.0.iter().map(ToString::to_string)));
    }
    if let Some(party) = filter.party_id {
        base = base.filter(C::PartyId.eq(party.uuid()));
    }
    if let Some(source) = filter.source_id {
        base = base.filter(C::SourceId.eq(source.uuid()));
    }
    if let Some(number) = &filter.number {
        base = base.filter(C::Number.eq(&**number));
    }
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, effective_on EffectiveOn, number Number),
        search: &[C::Number, C::SourceNumber],
    };
    let page = page(tx, &call.query, base, &shape).await?;
    let parties = crate::names::parties(tx, page.items.iter().map(|row| row.party_id)).await?;
    let items = receivables_of(tx, page.items.iter().map(|row| row.id).collect()).await?;
    page.try_map(|row| {
        let name = parties.get(&row.party_id).cloned().unwrap_or_default();
        let open = items.get(&row.id).map_or(Money::ZERO, open);
        model::list_row(row, name, open)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetSettlement>) -> Result<Settlement> {
    detail(tx, tx.get::<settlement::Entity>(call.path.id).await?).await
}

pub async fn detail(tx: &ReadTx, row: settlement::Model) -> Result<Settlement> {
    let lines = lines_of(tx, row.id).await?;
    let parties = crate::names::parties(tx, [row.party_id]).await?;
    let items = receivables_of(tx, vec![row.id]).await?;
    let mirror = settlement::Entity::find().filter(settlement::Column::ReversalOf.eq(row.id)).one(tx.conn()).await?;
    let around = Around {
        party_name: parties.get(&row.party_id).cloned().unwrap_or_default(),
        allowed: lifecycle::allowed::<Settlement>(tx, stored(&row.state)?),
        open_item: items.get(&row.id).map(|item| (item.id.into(), Money(item.settled), open(item))),
        reversed_by: mirror.map(|m| m.id),
    };
    model::detail(row, lines, around)
}

/// The lines of a settlement.
pub async fn lines_of(tx: &ReadTx, id: Uuid) -> Result<Vec<line::Model>> {
    let select = line::Entity::find().filter(line::Column::SettlementId.eq(id)).order_by_asc(line::Column::LineNo);
    Ok(select.all(tx.conn()).await?)
}

/// A settlement by its id, whatever the reach of the call: for the document that it belongs to.
pub async fn by_id(tx: &ReadTx, id: Uuid) -> Result<settlement::Model> {
    settlement::Entity::find_by_id(id).one(tx.conn()).await?.ok_or_else(platform::Failure::not_found)
}

/// What the customers pay by the settlements in force, by the document that was settled.
pub async fn customer_totals(tx: &ReadTx) -> Result<HashMap<Uuid, Money>> {
    let rows = settlement::Entity::find()
        .filter(settlement::Column::State.eq(SettlementState::Posted.as_str()))
        .select_only()
        .columns([settlement::Column::SourceId, settlement::Column::CustomerTotal])
        .into_tuple::<(Uuid, i64)>()
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|(source, total)| (source, Money(total))).collect())
}

//! Reads.

use super::entity::org;
use super::model;
use crate::user::entity::user;
use openapi::Page;
use openapi::choice::Choice;
use openapi::identity::STATION_EDIT;
use openapi::identity::station::{
    GetStation, GetStationName, GetStationTree, ListStationNames, ListStations, Station, StationName, StationRow,
    StationState, StationTree,
};
use openapi::identity::user::UserState;
use platform::db::list::{Shape, page};
use platform::{Call, ReadTx, Result, sorted};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn tree(tx: &ReadTx, _: Call<GetStationTree>) -> Result<StationTree> {
    let mut rows = tx.select::<org::Entity>().limit(5000).all(tx.conn()).await?;
    // by code on each level, whatever the database's collation makes of the slashes
    rows.sort_by(|a, b| a.path.split('/').cmp(b.path.split('/')));
    let counts = user_counts(tx, None).await?;
    let items = rows.into_iter().map(|row| with_count(row, &counts)).collect::<Result<_>>()?;
    Ok(StationTree { items })
}

pub async fn list(tx: &ReadTx, call: Call<ListStations>) -> Result<Page<StationRow>> {
    use org::Column as C;
    let filter = &call.query.filter;
    let mut base = org::Entity::find();
    if let Some(kinds) = &filter.kind {
        base = base.filter(C::Kind.is_in(kinds.0.iter().map(ToString::to_string)));
    }
    if let Some(states) = &filter.state {
        base = base.filter(C::IsActive.is_in(states.0.iter().map(|state| *state == StationState::Open)));
    }
    if let Some(top) = filter.below {
        base = base.filter(C::Id.in_subquery(below(tx, top.uuid()).await?));
    }
    if let Some(code) = &filter.code {
        base = base.filter(C::Code.eq(&**code));
    }
    let shape = Shape {
        sorts: sorted!(C: path Path, code Code, name Name, created_at CreatedAt, updated_at UpdatedAt),
        search: &[C::Code, C::Name, C::Contact, C::Address],
    };
    let rows = page(tx, &call.query, base, &shape).await?;
    let counts = user_counts(tx, Some(rows.items.iter().map(|row| row.id).collect())).await?;
    rows.try_map(|row| with_count(row, &counts))
}

pub async fn names(tx: &ReadTx, call: Call<ListStationNames>) -> Result<Page<StationName>> {
    use org::Column as C;
    let mut base = org::Entity::find();
    if let Some(states) = &call.query.filter.state {
        base = base.filter(C::IsActive.is_in(states.0.iter().map(|state| *state == StationState::Open)));
    }
    let shape = Shape {
        sorts: &[("code", C::Code), ("name", C::Name), ("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt)],
        search: &[C::Code, C::Name],
    };
    page(tx, &call.query, base, &shape).await?.try_map(model::name)
}

pub async fn name(tx: &ReadTx, call: Call<GetStationName>) -> Result<StationName> {
    model::name(tx.get::<org::Entity>(call.path.id).await?)
}

fn with_count(row: org::Model, counts: &HashMap<Uuid, i64>) -> Result<StationRow> {
    let count = counts.get(&row.id).copied().unwrap_or_default();
    model::list_row(row, count)
}

pub async fn get(tx: &ReadTx, call: Call<GetStation>) -> Result<Station> {
    detail(tx, tx.get::<org::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: org::Model) -> Result<Station> {
    let names = named(tx, row.parent_id).await?;
    let parent_name = row.parent_id.and_then(|id| names.get(&id)).map(|org| org.name.clone());
    let count = user_counts(tx, Some(vec![row.id])).await?.get(&row.id).copied().unwrap_or_default();
    let editable = org::Entity::find_by_id(row.id).filter(tx.in_reach_of::<org::Entity>(STATION_EDIT));
    let allowed = model::allowed(tx.actor(), &row, editable.count(tx.conn()).await? == 1);
    model::detail(row, parent_name, count, allowed)
}

/// Ids of a station and everything below it; nothing when it does not exist.
pub(crate) async fn below(tx: &ReadTx, top: Uuid) -> Result<SelectStatement> {
    let path = org::Entity::find_by_id(top).one(tx.conn()).await?.map(|row| row.path);
    Ok(under(path.as_deref().unwrap_or("/-/")))
}

/// Ids of the stations whose path begins with `path`.
pub(crate) fn under(path: &str) -> SelectStatement {
    org::Entity::find().select_only().column(org::Column::Id).filter(org::Column::Path.starts_with(path)).into_query()
}

/// Stations by id.
pub(crate) async fn named(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, org::Model>> {
    let rows = org::Entity::find().filter(org::Column::Id.is_in(ids)).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Active users per station.
async fn user_counts(tx: &ReadTx, orgs: Option<Vec<Uuid>>) -> Result<HashMap<Uuid, i64>> {
    use user::Column as C;
    let mut select = user::Entity::find().filter(C::State.eq(UserState::Active.as_str()));
    if let Some(orgs) = orgs {
        select = select.filter(C::OrgId.is_in(orgs));
    }
    let select = select.select_only().column(C::OrgId).column_as(C::Id.count(), "count").group_by(C::OrgId);
    let rows: Vec<(Uuid, i64)> = select.into_tuple().all(tx.conn()).await?;
    Ok(rows.into_iter().collect())
}

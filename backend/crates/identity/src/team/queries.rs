//! Reads.

use super::entity::{member, team};
use super::model;
use crate::station::queries as stations;
use crate::user::entity::user;
use openapi::Page;
use openapi::identity::TEAM_EDIT;
use openapi::identity::team::{GetTeam, ListTeams, Team, TeamRow};
use platform::db::list::{Shape, page};
use platform::{Call, ReadTx, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListTeams>) -> Result<Page<TeamRow>> {
    use team::Column as C;
    let filter = &call.query.filter;
    let mut base = team::Entity::find();
    if let Some(org) = filter.org_id {
        base = base.filter(C::OrgId.eq(org.uuid()));
    }
    if let Some(user) = filter.user_id {
        base = base.filter(C::Id.in_subquery(teams_of(user.uuid())));
    }
    if let Some(is_active) = filter.is_active {
        base = base.filter(C::IsActive.eq(is_active));
    }
    let shape = Shape {
        sorts: &[("name", C::Name), ("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt)],
        search: &[C::Name, C::Territory],
    };
    let rows = page(tx, &call.query, base, &shape).await?;
    let orgs = stations::named(tx, rows.items.iter().map(|row| row.org_id)).await?;
    let leaders = user::Entity::find().filter(user::Column::Id.is_in(rows.items.iter().map(|row| row.leader_id)));
    let leaders: HashMap<Uuid, String> =
        leaders.all(tx.conn()).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let members = member::Entity::find().filter(member::Column::TeamId.is_in(rows.items.iter().map(|row| row.id)));
    let mut counts: HashMap<Uuid, i64> = HashMap::new();
    members.all(tx.conn()).await?.into_iter().for_each(|row| *counts.entry(row.team_id).or_default() += 1);
    rows.try_map(|row| {
        let org_name = orgs.get(&row.org_id).map(|org| org.name.clone()).unwrap_or_default();
        let leader_name = leaders.get(&row.leader_id).cloned().unwrap_or_default();
        let count = counts.get(&row.id).copied().unwrap_or_default();
        Ok(model::list_row(row, org_name, leader_name, count))
    })
}

fn teams_of(user: Uuid) -> sea_orm::sea_query::SelectStatement {
    let mine = member::Entity::find().select_only().column(member::Column::TeamId);
    mine.filter(member::Column::UserId.eq(user)).into_query()
}

pub async fn get(tx: &ReadTx, call: Call<GetTeam>) -> Result<Team> {
    detail(tx, tx.get::<team::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: team::Model) -> Result<Team> {
    let org_name = stations::named(tx, [row.org_id]).await?.remove(&row.org_id).map(|org| org.name);
    let members = member::Entity::find().select_only().column(member::Column::UserId);
    let members = members.filter(member::Column::TeamId.eq(row.id)).into_query();
    let people = user::Entity::find().filter(user::Column::Id.in_subquery(members)).order_by_asc(user::Column::Login);
    let people = people.all(tx.conn()).await?;
    let is_editable = tx.may_at(TEAM_EDIT, row.org_id).await?;
    Ok(model::detail(row, org_name.unwrap_or_default(), people, is_editable))
}

/// Who is in a team.
pub(super) async fn member_ids(tx: &ReadTx, team: Uuid) -> Result<BTreeSet<Uuid>> {
    let rows = member::Entity::find().filter(member::Column::TeamId.eq(team)).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| row.user_id).collect())
}

/// The others of the teams that a person is in at a station.
pub(crate) async fn mates<C: ConnectionTrait>(conn: &C, user: Uuid, org: Uuid) -> Result<Vec<Uuid>> {
    let teams = team::Entity::find().select_only().column(team::Column::Id);
    let teams = teams.filter(team::Column::OrgId.eq(org)).filter(team::Column::IsActive.eq(true)).into_query();
    let rows = member::Entity::find()
        .filter(member::Column::TeamId.in_subquery(teams_of(user)))
        .filter(member::Column::TeamId.in_subquery(teams))
        .filter(member::Column::UserId.ne(user))
        .all(conn)
        .await?;
    let mates: BTreeSet<Uuid> = rows.into_iter().map(|row| row.user_id).collect();
    Ok(mates.into_iter().collect())
}

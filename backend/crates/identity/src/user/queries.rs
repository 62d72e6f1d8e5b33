//! Reads.

use super::entity::user;
use super::{credential, model};
use crate::role::entity::{member, role};
use crate::role::model::may_assign;
use crate::role::queries as roles;
use crate::session::entity::guard;
use crate::session::model::locked_until;
use crate::session::store;
use crate::station::queries as stations;
use openapi::choice::Choice;
use openapi::identity::user::{Colleagues, GetUser, ListColleagues, ListUsers, User, UserRow, UserState};
use openapi::identity::{STATION_VIEW, USER_EDIT};
use openapi::{Page, Scope};
use platform::db::list::{Shape, page};
use platform::{Call, ReadTx, Result};
use sea_orm::sea_query::{Condition, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListUsers>) -> Result<Page<UserRow>> {
    use user::Column as C;
    let filter = &call.query.filter;
    let mut base = user::Entity::find();
    if let Some(states) = &filter.state {
        base = base.filter(C::State.is_in(states.0.iter().map(ToString::to_string)));
    }
    if let Some(top) = filter.org_id {
        base = base.filter(C::OrgId.in_subquery(stations::below(tx, top.uuid()).await?));
    }
    if let Some(role) = filter.role_id {
        base = base.filter(C::Id.in_subquery(members_of(member::Column::RoleId.eq(role.uuid()))));
    }
    if let Some(login) = &filter.login {
        base = base.filter(C::Login.eq(&**login));
    }
    let shape = Shape {
        sorts: &[("login", C::Login), ("name", C::Name), ("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt)],
        search: &[C::Login, C::Name, C::Phone, C::Email],
    };
    let rows = page(tx, &call.query, base, &shape).await?;
    let orgs = stations::named(tx, rows.items.iter().map(|row| row.org_id)).await?;
    let held = roles::of_people(tx, rows.items.iter().map(|row| row.id)).await?;
    let locked = locked_logins(tx, rows.items.iter().map(|row| row.login.clone())).await?;
    rows.try_map(|row| {
        let org_name = orgs.get(&row.org_id).map(|org| org.name.clone()).unwrap_or_default();
        let held = held.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let is_locked = locked.contains_key(&row.login);
        model::list_row(row, org_name, held, is_locked, tx.lang())
    })
}

fn members_of(which: impl sea_orm::sea_query::IntoCondition) -> SelectStatement {
    member::Entity::find().select_only().column(member::Column::UserId).filter(which).into_query()
}

/// Which of these employee numbers are locked now, and until when.
pub(crate) async fn locked_logins(
    tx: &ReadTx,
    logins: impl IntoIterator<Item = String>,
) -> Result<HashMap<String, chrono::DateTime<chrono::Utc>>> {
    use guard::Column as C;
    let rows = guard::Entity::find().filter(C::Login.is_in(logins)).filter(C::LockedUntil.gt(tx.now()));
    let rows = rows.all(tx.conn()).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.login, row.locked_until?))).collect())
}

pub async fn get(tx: &ReadTx, call: Call<GetUser>) -> Result<User> {
    detail(tx, tx.get::<user::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: user::Model) -> Result<User> {
    let orgs = stations::named(tx, [row.org_id]).await?;
    let person = model::Person {
        org_name: orgs.get(&row.org_id).map(|org| org.name.clone()).unwrap_or_default(),
        roles: roles::of_people(tx, [row.id]).await?.remove(&row.id).unwrap_or_default(),
        credential: credential::get(tx.conn(), row.id).await?,
        locked_until: locked_until(store::guard(tx.conn(), &row.login).await?.as_ref(), tx.now()),
        row,
    };
    let reach = tx.in_reach_of::<user::Entity>(USER_EDIT);
    let is_in_reach = user::Entity::find_by_id(person.row.id).filter(reach).count(tx.conn()).await? == 1;
    let may_touch = is_in_reach && beyond(tx, &person.roles).await?.is_none();
    let allowed = model::allowed(tx.actor(), &person, may_touch);
    model::detail(person, allowed, tx.lang())
}

/// The first of these roles that the actor may not give or take.
pub(crate) async fn beyond<'a>(tx: &ReadTx, which: &'a [role::Model]) -> Result<Option<&'a role::Model>> {
    let grants = roles::grants_of(tx, which.iter().map(|role| role.id)).await?;
    Ok(which.iter().find(|role| {
        let own: Vec<_> = grants.iter().filter(|grant| grant.role_id == role.id).cloned().collect();
        !may_assign(tx.actor(), role, &own)
    }))
}

pub async fn colleagues(tx: &ReadTx, call: Call<ListColleagues>) -> Result<Colleagues> {
    use user::Column as C;
    let query = &call.query.0;
    if tx.actor().party_id.is_some() {
        // an outside account has no colleagues here
        return Ok(Colleagues { items: Vec::new() });
    }
    let mut select = user::Entity::find().filter(C::State.eq(UserState::Active.as_str()));
    if tx.actor().scope(STATION_VIEW) != Some(Scope::All) {
        select = select.filter(C::OrgId.in_subquery(stations::under(&tx.actor().org_path)));
    }
    if let Some(id) = query.id {
        select = select.filter(C::Id.eq(id.uuid()));
    }
    if let Some(org) = query.org_id {
        select = select.filter(C::OrgId.eq(org.uuid()));
    }
    if let Some(preset) = query.role {
        let roles = role::Entity::find().select_only().column(role::Column::Id);
        let roles = roles.filter(role::Column::Code.eq(preset.as_str())).into_query();
        select = select.filter(C::Id.in_subquery(members_of(member::Column::RoleId.in_subquery(roles))));
    }
    for word in query.q.iter().flat_map(|q| q.split_whitespace()) {
        let word = |column: C| tx.dialect().contains((user::Entity, column), word);
        select = select.filter(Condition::any().add(word(C::Login)).add(word(C::Name)));
    }
    let rows = select.order_by_asc(C::Login).limit(50).all(tx.conn()).await?;
    let orgs = stations::named(tx, rows.iter().map(|row| row.org_id).collect::<HashSet<Uuid>>()).await?;
    let items = rows.into_iter().map(|row| {
        let org_name = orgs.get(&row.org_id).map(|org| org.name.clone()).unwrap_or_default();
        model::colleague(row, org_name)
    });
    Ok(Colleagues { items: items.collect() })
}

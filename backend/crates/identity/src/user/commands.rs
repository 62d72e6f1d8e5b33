//! Writes. Lock order: role, person, credential.

use super::entity::user;
use super::{credential, model, queries};
use crate::role::entity::{member, role};
use crate::role::model as roles;
use crate::role::queries as role_queries;
use crate::session::model::strong_enough;
use crate::session::store;
use crate::station::entity::org;
use openapi::choice::Choice;
use openapi::identity::user::{
    CreateUser, DisableUser, EnableUser, ResetPassword, UnlockUser, UpdateUser, User, UserAction, UserDraft, UserState,
};
use openapi::identity::{LAST_ADMINISTRATOR, OWN_ACCOUNT, RoleId, STATION_CLOSED};
use openapi::problem::{self, field};
use openapi::{Code, Issue, Role};
use platform::auth::password;
use platform::{App, Call, Context, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The hash of a password, made before the transaction.
pub struct Hashed(String);

/// Hashes the first password before the transaction.
pub async fn first_hash(_: &App, _: &Context, call: &Call<CreateUser>) -> Result<Hashed> {
    let first = call.body.first_password.clone();
    let first = first.ok_or_else(|| Failure::field("/first_password", Issue::new(field::REQUIRED)))?;
    strong_enough(&first, &call.body.login).map_err(|issue| Failure::field("/first_password", issue))?;
    password::hash(first.into_string()).await.map(Hashed)
}

pub async fn create(tx: &Tx, call: Call<CreateUser>, hash: &Hashed) -> Result<User> {
    let row = add(tx, call.body, hash.0.clone(), false).await?;
    queries::detail(tx, row).await
}

/// Adds a user. The first password must be changed unless `is_final`.
pub(crate) async fn add(tx: &Tx, draft: UserDraft, hash: String, is_final: bool) -> Result<user::Model> {
    works_at(tx, draft.org_id.uuid(), None).await?;
    let chosen = chosen_roles(tx, &draft.role_ids).await?;
    if let Some(role) = queries::beyond(tx, &chosen).await? {
        return Err(roles::beyond(role, tx.lang()));
    }
    let blank = user::Model { state: UserState::Active.as_str().to_owned(), ..Default::default() };
    let row = tx.create::<user::Entity>(model::filled(blank, draft)).await?;
    credential::first(tx, row.id, hash, is_final).await?;
    let members = chosen.iter().map(|role| member::Model { user_id: row.id, role_id: role.id });
    tx.insert_all::<member::Entity>(members.collect::<Vec<_>>()).await?;
    tx.audit("user_role", row.id, None, Some(roles_json(tx, row.id).await?));
    Ok(row)
}

pub async fn update(tx: &Tx, call: Call<UpdateUser>) -> Result<User> {
    if call.body.first_password.is_some() {
        return Err(Failure::field("/first_password", Issue::new(field::UNKNOWN_FIELD)));
    }
    hold_administrators(tx).await?;
    let before = tx.lock::<user::Entity>(call.path.id).await?;
    let held = touchable(tx, before.id).await?;
    works_at(tx, call.body.org_id.uuid(), Some(before.org_id)).await?;
    let chosen = chosen_roles(tx, &call.body.role_ids).await?;
    let ids = |roles: &[role::Model]| roles.iter().map(|role| role.id).collect::<Vec<_>>();
    let (added, removed) = model::difference(&ids(&held), &ids(&chosen));
    let new: Vec<role::Model> = chosen.into_iter().filter(|role| added.contains(&role.id)).collect();
    if let Some(role) = queries::beyond(tx, &new).await? {
        return Err(roles::beyond(role, tx.lang()));
    }
    let roles_before = roles_json(tx, before.id).await?;
    let row = tx.save::<user::Entity>(&before, model::filled(before.clone(), call.body)).await?;
    if !(added.is_empty() && removed.is_empty()) {
        use member::Column as C;
        let gone = member::Entity::delete_many().filter(C::UserId.eq(row.id)).filter(C::RoleId.is_in(removed));
        gone.exec(tx.conn()).await?;
        let rows = added.into_iter().map(|role_id| member::Model { user_id: row.id, role_id });
        tx.insert_all::<member::Entity>(rows.collect::<Vec<_>>()).await?;
        tx.audit("user_role", row.id, Some(roles_before), Some(roles_json(tx, row.id).await?));
        keep_an_administrator(tx).await?;
    }
    if row.login != before.login {
        store::forgive(tx, &before.login).await?;
    }
    credential::rights_changed(tx, &[row.id]).await?;
    queries::detail(tx, row).await
}

/// The station of a user or a team: in reach, and open unless it stays the same. Locked, so that it is not closed meanwhile.
pub(crate) async fn works_at(tx: &Tx, org: Uuid, until_now: Option<Uuid>) -> Result<()> {
    let at = |code: Code| Failure::field("/org_id", Issue::new(code));
    let select = tx.select::<org::Entity>().filter(org::Column::Id.eq(org));
    let select = if tx.dialect().locks_rows() { select.lock_shared() } else { select };
    let row = select.one(tx.conn()).await?.ok_or_else(|| at(field::REFERENCE_NOT_FOUND))?;
    if row.is_active || until_now == Some(row.id) { Ok(()) } else { Err(at(STATION_CLOSED)) }
}

async fn chosen_roles(tx: &Tx, ids: &[RoleId]) -> Result<Vec<role::Model>> {
    let found = role::Entity::find().filter(role::Column::Id.is_in(ids.iter().map(|id| id.uuid())));
    let found = found.all(tx.conn()).await?;
    let known = |id: &RoleId| found.iter().any(|role| role.id == id.uuid());
    match ids.iter().position(|id| !known(id)) {
        Some(i) => Err(Failure::not_there(format!("/role_ids/{i}"))),
        None => Ok(found),
    }
}

/// The roles of a person whom the actor may change: none of them reaches further than the actor.
async fn touchable(tx: &Tx, user: Uuid) -> Result<Vec<role::Model>> {
    let held = role_queries::of_people(tx, [user]).await?.remove(&user).unwrap_or_default();
    match queries::beyond(tx, &held).await? {
        Some(role) => Err(roles::beyond(role, tx.lang())),
        None => Ok(held),
    }
}

/// Locks the administrator's role, so that two people cannot remove each other at the same moment.
async fn hold_administrators(tx: &Tx) -> Result<()> {
    let role = role::Entity::find().filter(role::Column::Code.eq(Role::Administrator.as_str()));
    let role = if tx.dialect().locks_rows() { role.lock_exclusive() } else { role };
    role.one(tx.conn()).await?;
    Ok(())
}

/// Refuses a change that would leave nobody who can do everything.
pub(crate) async fn keep_an_administrator(tx: &Tx) -> Result<()> {
    let role = role::Entity::find().select_only().column(role::Column::Id);
    let role = role.filter(role::Column::Code.eq(Role::Administrator.as_str())).into_query();
    let people = member::Entity::find().select_only().column(member::Column::UserId);
    let people = people.filter(member::Column::RoleId.in_subquery(role)).into_query();
    let left = user::Entity::find()
        .filter(user::Column::Id.in_subquery(people))
        .filter(user::Column::State.eq(UserState::Active.as_str()))
        .count(tx.conn())
        .await?;
    if left == 0 { Err(Failure::new(LAST_ADMINISTRATOR)) } else { Ok(()) }
}

/// People in reach by id, locked in the order of their ids.
pub(crate) async fn in_reach(tx: &Tx, ids: impl IntoIterator<Item = Uuid>) -> Result<BTreeMap<Uuid, user::Model>> {
    let select = tx.select::<user::Entity>().filter(user::Column::Id.is_in(ids)).order_by_asc(user::Column::Id);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    Ok(select.all(tx.conn()).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The codes of a person's roles, for the audit log.
pub(crate) async fn roles_json(tx: &Tx, user: Uuid) -> Result<String> {
    let held = role_queries::of_people(tx, [user]).await?.remove(&user).unwrap_or_default();
    Ok(serde_json::to_string(&held.iter().map(|role| role.code.as_str()).collect::<Vec<_>>())?)
}

/// Notes that the roles of a person have changed.
pub(crate) async fn touch(tx: &Tx, person: user::Model, roles_before: String) -> Result<()> {
    let row = tx.save::<user::Entity>(&person, person.clone()).await?;
    tx.audit("user_role", row.id, Some(roles_before), Some(roles_json(tx, row.id).await?));
    credential::rights_changed(tx, &[row.id]).await
}

/// Locks a person for an action: the state must fit (409), the roles must not reach further than the actor (403).
async fn act(tx: &Tx, id: Uuid, action: UserAction, fits: impl Fn(&user::Model) -> bool) -> Result<user::Model> {
    hold_administrators(tx).await?;
    let row = tx.lock::<user::Entity>(id).await?;
    touchable(tx, row.id).await?;
    if !fits(&row) {
        let state = UserState::parse(&row.state).map_or("", |state| state.label(tx.lang()));
        let refused = Failure::new(problem::STATE_CONFLICT).with("state", state);
        return Err(refused.with("action", action.label(tx.lang())));
    }
    Ok(row)
}

fn not_oneself(tx: &Tx, row: &user::Model) -> Result<()> {
    if row.id == tx.actor().user_id { Err(Failure::new(OWN_ACCOUNT)) } else { Ok(()) }
}

pub async fn disable(tx: &Tx, call: Call<DisableUser>) -> Result<User> {
    let before = act(tx, call.path.id.uuid(), UserAction::Disable, model::is_active).await?;
    not_oneself(tx, &before)?;
    let after = user::Model { state: UserState::Disabled.as_str().to_owned(), ..before.clone() };
    let row = tx.save::<user::Entity>(&before, after).await?;
    keep_an_administrator(tx).await?;
    credential::expel(tx, row.id).await?;
    store::end_all(tx, row.id, None).await?;
    tx.journal("user", row.id, UserAction::Disable.as_str(), Some(&before.state), &row.state, Some(&call.body.reason));
    queries::detail(tx, row).await
}

pub async fn enable(tx: &Tx, call: Call<EnableUser>) -> Result<User> {
    let before = act(tx, call.path.id.uuid(), UserAction::Enable, |row| !model::is_active(row)).await?;
    works_at(tx, before.org_id, None).await.map_err(|_| Failure::new(STATION_CLOSED))?;
    let after = user::Model { state: UserState::Active.as_str().to_owned(), ..before.clone() };
    let row = tx.save::<user::Entity>(&before, after).await?;
    tx.journal("user", row.id, UserAction::Enable.as_str(), Some(&before.state), &row.state, None);
    queries::detail(tx, row).await
}

pub async fn unlock(tx: &Tx, call: Call<UnlockUser>) -> Result<User> {
    let row = act(tx, call.path.id.uuid(), UserAction::Unlock, |_| true).await?;
    store::forgive(tx, &row.login).await?;
    tx.journal("user", row.id, UserAction::Unlock.as_str(), Some(&row.state), &row.state, None);
    tx.audit("login_guard", row.id, None, None);
    queries::detail(tx, row).await
}

/// Hashes the one-time password before the transaction.
pub async fn reset_hash(_: &App, _: &Context, call: &Call<ResetPassword>) -> Result<Hashed> {
    password::hash(call.body.password.clone().into_string()).await.map(Hashed)
}

pub async fn reset_password(tx: &Tx, call: Call<ResetPassword>, hash: &Hashed) -> Result<()> {
    let row = act(tx, call.path.id.uuid(), UserAction::ResetPassword, model::is_active).await?;
    not_oneself(tx, &row)?;
    strong_enough(&call.body.password, &row.login).map_err(|issue| Failure::field("/password", issue))?;
    let before = credential::locked(tx, row.id).await?;
    credential::replace(tx, before, hash.0.clone(), true).await?;
    store::end_all(tx, row.id, None).await?;
    store::forgive(tx, &row.login).await?;
    tx.journal("user", row.id, UserAction::ResetPassword.as_str(), Some(&row.state), &row.state, None);
    tx.audit("credential", row.id, None, Some("{\"password\":\"reset\"}".to_owned()));
    Ok(())
}

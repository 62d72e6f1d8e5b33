//! Writes.

use super::entity::{grant, member, role};
use super::{model, queries};
use crate::user;
use crate::user::credential;
use openapi::Issue;
use openapi::identity::role::{
    AddRoleMembers, CreateRole, DeleteRole, Grant, RemoveRoleMembers, RoleDetail, RoleMembers, UpdateRole,
};
use openapi::identity::{BEYOND_OWN_RIGHTS, ROLE_FIXED};
use openapi::problem::{self, field};
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateRole>) -> Result<RoleDetail> {
    let (row, grants) = model::filled(role::Model::default(), call.body)?;
    let row = tx.create::<role::Entity>(row).await?;
    grant_anew(tx, &row, Vec::new(), grants).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdateRole>) -> Result<RoleDetail> {
    let before = tx.lock::<role::Entity>(call.path.id).await?;
    let held = queries::grants_of(tx, [before.id]).await?;
    // whoever may not give a role away may not take rights out of it either
    if !model::is_administrator(&before) && !before.is_station_role && !model::may_assign(tx.actor(), &before, &held) {
        return Err(Failure::new(BEYOND_OWN_RIGHTS).with("what", model::name(&before, tx.lang())));
    }
    let (after, grants) = model::filled(before.clone(), call.body)?;
    let row = tx.save::<role::Entity>(&before, after).await?;
    grant_anew(tx, &row, held, grants).await?;
    let members = queries::members(tx, row.id).await?;
    credential::rights_changed(tx, &members).await?;
    queries::detail(tx, row).await
}

/// Puts the rights in place of those before.
async fn grant_anew(tx: &Tx, role: &role::Model, before: Vec<grant::Model>, grants: Vec<Grant>) -> Result<()> {
    if model::is_administrator(role) {
        return Ok(());
    }
    let rows = model::grant_rows(tx.actor(), role.id, grants, tx.lang())?;
    let (old, new) = (as_json(&before)?, as_json(&rows)?);
    if old != new {
        grant::Entity::delete_many().filter(grant::Column::RoleId.eq(role.id)).exec(tx.conn()).await?;
        tx.insert_all::<grant::Entity>(rows).await?;
        tx.audit("role_grant", role.id, Some(old), Some(new));
    }
    Ok(())
}

fn as_json(grants: &[grant::Model]) -> Result<String> {
    let by_code: BTreeMap<&str, &str> = grants.iter().map(|g| (g.permission.as_str(), g.scope.as_str())).collect();
    Ok(serde_json::to_string(&by_code)?)
}

pub async fn delete(tx: &Tx, call: Call<DeleteRole>) -> Result<()> {
    let role = tx.lock::<role::Entity>(call.path.id).await?;
    if role.is_preset {
        return Err(Failure::new(ROLE_FIXED));
    }
    if !queries::members(tx, role.id).await?.is_empty() {
        return Err(Failure::new(problem::IN_USE));
    }
    grant::Entity::delete_many().filter(grant::Column::RoleId.eq(role.id)).exec(tx.conn()).await?;
    role::Entity::delete_by_id(role.id).exec(tx.conn()).await?;
    tx.audit("role", role.id, Some(serde_json::to_string(&role)?), None);
    Ok(())
}

pub async fn add_members(tx: &Tx, call: Call<AddRoleMembers>) -> Result<RoleDetail> {
    change_members(tx, call.path.id.uuid(), call.body, true).await
}

pub async fn remove_members(tx: &Tx, call: Call<RemoveRoleMembers>) -> Result<RoleDetail> {
    change_members(tx, call.path.id.uuid(), call.body, false).await
}

async fn change_members(tx: &Tx, role: Uuid, body: RoleMembers, add: bool) -> Result<RoleDetail> {
    let role = tx.lock_other::<role::Entity>(role).await?;
    if !model::may_assign(tx.actor(), &role, &queries::grants_of(tx, [role.id]).await?) {
        return Err(model::beyond(&role, tx.lang()));
    }
    let wanted: BTreeSet<Uuid> = body.user_ids.iter().map(|id| id.uuid()).collect();
    let people = user::commands::in_reach(tx, wanted.iter().copied()).await?;
    let missing = body.user_ids.iter().enumerate().filter(|(_, id)| !people.contains_key(&id.uuid()));
    let issues = missing.map(|(i, _)| (format!("/user_ids/{i}"), Issue::new(field::REFERENCE_NOT_FOUND)));
    let issues: Vec<_> = issues.collect();
    if !issues.is_empty() {
        return Err(Failure::fields(issues));
    }
    let members: BTreeSet<Uuid> = queries::members(tx, role.id).await?.into_iter().collect();
    for person in people.into_values().filter(|person| members.contains(&person.id) != add) {
        let before = user::commands::roles_json(tx, person.id).await?;
        if add {
            tx.insert_all::<member::Entity>([member::Model { user_id: person.id, role_id: role.id }]).await?;
        } else {
            member::Entity::delete_by_id((person.id, role.id)).exec(tx.conn()).await?;
        }
        user::commands::touch(tx, person, before).await?;
    }
    if !add && model::is_administrator(&role) {
        user::commands::keep_an_administrator(tx).await?;
    }
    queries::detail(tx, role).await
}

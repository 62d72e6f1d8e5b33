//! Writes. Lock order: team, then the rights of its people in the order of their ids.

use super::entity::{member, team};
use super::{model, queries};
use crate::user::commands::works_at;
use crate::user::credential;
use crate::user::entity::user;
use openapi::Issue;
use openapi::identity::team::{CreateTeam, Team, TeamDraft, UpdateTeam};
use openapi::master::NOT_CHANGEABLE;
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::BTreeSet;
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateTeam>) -> Result<Team> {
    let row = add(tx, call.body).await?;
    queries::detail(tx, row).await
}

/// Forms a team.
pub(crate) async fn add(tx: &Tx, draft: TeamDraft) -> Result<team::Model> {
    let org_id = draft.org_id.map_or(tx.actor().org_id, |id| id.uuid());
    works_at(tx, org_id, None).await?;
    let nobody = BTreeSet::new();
    let people = members_of(tx, &draft, org_id, &nobody).await?;
    let blank = team::Model { org_id, ..Default::default() };
    let row = tx.create::<team::Entity>(model::filled(blank, draft)).await?;
    change_members(tx, row.id, &nobody, &people).await?;
    Ok(row)
}

pub async fn update(tx: &Tx, call: Call<UpdateTeam>) -> Result<Team> {
    let before = tx.lock::<team::Entity>(call.path.id).await?;
    if call.body.org_id.is_some_and(|org| org.uuid() != before.org_id) {
        return Err(Failure::field("/org_id", Issue::new(NOT_CHANGEABLE)));
    }
    let were = queries::member_ids(tx, before.id).await?;
    let are = members_of(tx, &call.body, before.org_id, &were).await?;
    let row = tx.save::<team::Entity>(&before, model::filled(before.clone(), call.body)).await?;
    change_members(tx, row.id, &were, &are).await?;
    queries::detail(tx, row).await
}

/// The people that a draft names, checked.
async fn members_of(tx: &Tx, draft: &TeamDraft, org: Uuid, before: &BTreeSet<Uuid>) -> Result<BTreeSet<Uuid>> {
    let people = model::people(draft.leader_id, &draft.member_ids);
    let found = user::Entity::find().filter(user::Column::Id.is_in(people.iter().copied())).all(tx.conn()).await?;
    let known = found.into_iter().map(|person| (person.id, person)).collect();
    let issues = model::strangers(draft, org, &known, before);
    if issues.is_empty() { Ok(people) } else { Err(Failure::fields(issues)) }
}

/// Puts other people into a team; whoever was or is in it sees something else from now on.
async fn change_members(tx: &Tx, team: Uuid, were: &BTreeSet<Uuid>, are: &BTreeSet<Uuid>) -> Result<()> {
    if were != are {
        use member::Column as C;
        let gone = were.difference(are).copied();
        member::Entity::delete_many().filter(C::TeamId.eq(team)).filter(C::UserId.is_in(gone)).exec(tx.conn()).await?;
        let new = are.difference(were).map(|user_id| member::Model { team_id: team, user_id: *user_id });
        tx.insert_all::<member::Entity>(new.collect::<Vec<_>>()).await?;
        tx.audit("team_member", team, Some(serde_json::to_string(were)?), Some(serde_json::to_string(are)?));
    }
    let touched: Vec<Uuid> = were.union(are).copied().collect();
    credential::rights_changed(tx, &touched).await
}

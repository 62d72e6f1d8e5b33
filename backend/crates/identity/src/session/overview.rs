//! Who signed in, when and from where, and who is here now.

use super::entity::{event, session};
use crate::station::queries as stations;
use crate::user::entity::{credential, user};
use crate::user::queries::locked_logins;
use chrono::TimeDelta;
use openapi::identity::login::{ListLoginEvents, ListLogins, LoginEvent, LoginRow};
use openapi::{EmployeeNumber, Page, Text};
use platform::db::list::{Shape, page};
use platform::doc::lifecycle::stored;
use platform::{Call, Head, ReadTx, Result, Stamp};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A browser in use asks for a fresh token every ten minutes.
const ONLINE: TimeDelta = TimeDelta::minutes(15);

/// Listed like a head, though it has no version and never changes.
impl Head for event::Entity {
    const NAME: &'static str = "login_event";
    fn id() -> event::Column {
        event::Column::Id
    }
    fn version() -> event::Column {
        event::Column::Id
    }
    fn created_at() -> event::Column {
        event::Column::CreatedAt
    }
    fn updated_at() -> event::Column {
        event::Column::CreatedAt
    }
    fn org() -> Option<event::Column> {
        Some(event::Column::OrgId)
    }
    fn owners() -> Vec<event::Column> {
        vec![event::Column::UserId]
    }
    fn party() -> Option<event::Column> {
        None
    }
    fn stamp(_: &mut event::Model) -> Stamp<'_> {
        unreachable!("attempts to sign in are never changed")
    }
}

pub async fn list(tx: &ReadTx, call: Call<ListLogins>) -> Result<Page<LoginRow>> {
    use user::Column as C;
    let filter = &call.query.filter;
    let mut base = user::Entity::find();
    if let Some(top) = filter.org_id {
        base = base.filter(C::OrgId.in_subquery(stations::below(tx, top.uuid()).await?));
    }
    base = match filter.is_online {
        Some(true) => base.filter(C::Id.in_subquery(online(tx))),
        Some(false) => base.filter(C::Id.not_in_subquery(online(tx))),
        None => base,
    };
    let ever = credential::Entity::find().select_only().column(credential::Column::UserId);
    let ever = ever.filter(credential::Column::LastLoginAt.is_not_null()).into_query();
    base = match filter.never {
        Some(true) => base.filter(C::Id.not_in_subquery(ever)),
        Some(false) => base.filter(C::Id.in_subquery(ever)),
        None => base,
    };
    let shape = Shape {
        sorts: &[("login", C::Login), ("name", C::Name), ("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt)],
        search: &[C::Login, C::Name],
    };
    let rows = page(tx, &call.query, base, &shape).await?;
    with_sign_ins(tx, rows).await
}

/// Users of devices that were in use a moment ago.
fn online(tx: &ReadTx) -> SelectStatement {
    use session::Column as C;
    let select = session::Entity::find().select_only().column(C::UserId).filter(C::UsedAt.gt(tx.now() - ONLINE));
    select.filter(C::RevokedAt.is_null()).filter(C::ExpiresAt.gt(tx.now())).into_query()
}

async fn with_sign_ins(tx: &ReadTx, rows: Page<user::Model>) -> Result<Page<LoginRow>> {
    let ids: Vec<Uuid> = rows.items.iter().map(|row| row.id).collect();
    let orgs = stations::named(tx, rows.items.iter().map(|row| row.org_id)).await?;
    let locked = locked_logins(tx, rows.items.iter().map(|row| row.login.clone())).await?;
    let here = user::Entity::find().filter(user::Column::Id.is_in(ids.clone()));
    let here = here.filter(user::Column::Id.in_subquery(online(tx))).select_only().column(user::Column::Id);
    let here: Vec<Uuid> = here.into_tuple().all(tx.conn()).await?;
    let here: HashSet<Uuid> = here.into_iter().collect();
    let found = credential::Entity::find().filter(credential::Column::UserId.is_in(ids)).all(tx.conn()).await?;
    let mut credentials: HashMap<Uuid, credential::Model> = found.into_iter().map(|c| (c.user_id, c)).collect();
    rows.try_map(|row| {
        let credential = credentials.remove(&row.id);
        let credential = credential.as_ref();
        Ok(LoginRow {
            id: row.id.into(),
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
            locked_until: locked.get(&row.login).copied().map(Into::into),
            login: EmployeeNumber::stored(row.login),
            name: Text::stored(row.name),
            org_id: row.org_id.into(),
            org_name: orgs.get(&row.org_id).map(|org| org.name.clone()).unwrap_or_default(),
            state: stored(&row.state)?,
            is_online: here.contains(&row.id),
            last_login_at: credential.and_then(|c| c.last_login_at).map(Into::into),
            last_login_ip: credential.and_then(|c| c.last_login_ip.clone()),
            last_login_agent: credential.and_then(|c| c.last_login_agent.clone()),
            login_count: credential.map_or(0, |c| c.login_count),
            failure_count: credential.map_or(0, |c| c.failure_count),
        })
    })
}

pub async fn events(tx: &ReadTx, call: Call<ListLoginEvents>) -> Result<Page<LoginEvent>> {
    use event::Column as C;
    let filter = &call.query.filter;
    let mut base = event::Entity::find();
    if let Some(user) = filter.user_id {
        base = base.filter(C::UserId.eq(user.uuid()));
    }
    if let Some(outcomes) = &filter.outcome {
        base = base.filter(C::Outcome.is_in(outcomes.0.iter().map(ToString::to_string)));
    }
    let shape = Shape { sorts: &[("created_at", C::CreatedAt)], search: &[C::Login, C::Ip] };
    page(tx, &call.query, base, &shape).await?.try_map(|row| {
        let event::Model { id, created_at, org_id: _, user_id, login, outcome, ip, user_agent } = row;
        Ok(LoginEvent {
            id: id.into(),
            created_at: created_at.into(),
            updated_at: created_at.into(),
            user_id: user_id.map(Into::into),
            login,
            outcome: stored(&outcome)?,
            ip,
            user_agent,
        })
    })
}

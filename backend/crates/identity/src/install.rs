//! What a new database needs before anybody can sign in, and what a new release adds.

use crate::role::entity::{grant, known, member, role};
use crate::station::entity::org;
use crate::user::credential;
use crate::user::entity::{credential as credentials, user};
use openapi::choice::Choice;
use openapi::identity::station::StationKind;
use openapi::identity::user::UserState;
use openapi::{Lang, Permission, Role};
use platform::auth::{password, token};
use platform::http::run;
use platform::{Actor, App, Context, Result, Tx};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, PaginatorTrait};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Login of the first administrator.
pub const FIRST_LOGIN: &str = "admin";

/// What a station manager may give to the people of the own stations.
const STATION_ROLES: &[Role] = &[Role::Reception, Role::Engineer, Role::Inspector, Role::Clerk, Role::Storekeeper];

/// Prepares an empty database (headquarters, the twelve roles, the first administrator), and on every start grants
/// the permissions that are new with this release to the pre-installed roles. Several processes may start at once.
pub async fn install(app: &App) -> Result<()> {
    let context = Context::internal(Actor::system(Uuid::nil(), "/"), app.clock.now(), "Install");
    let is_empty = org::Entity::find().count(app.db.latest()).await? == 0;
    let mut made = None;
    let mut hash = None;
    if is_empty {
        let chosen = app.config.admin_password.reveal();
        let secret =
            if chosen.is_empty() { token::random_token().chars().take(16).collect() } else { chosen.to_owned() };
        hash = Some(password::hash(secret.clone()).await?);
        made = chosen.is_empty().then_some(secret);
    }
    let created = run::write(app, &context, async |tx| {
        // the counter row is the lock that lets one process install while the others wait
        tx.next_in("install").await?;
        let is_empty = org::Entity::find().count(tx.conn()).await? == 0;
        let roles = preset_roles(tx).await?;
        grant_new_permissions(tx, &roles).await?;
        match &hash {
            Some(hash) if is_empty => first_administrator(tx, &roles, hash.clone()).await.map(|()| true),
            _ => Ok(false),
        }
    })
    .await?;
    if let (true, Some(secret)) = (created, made) {
        log::warn!("first administrator: login {FIRST_LOGIN}, password {secret} (change it at the first sign-in)");
    }
    Ok(())
}

/// The pre-installed roles by code; those that are missing are created.
async fn preset_roles(tx: &Tx) -> Result<HashMap<String, Uuid>> {
    let found = role::Entity::find().all(tx.conn()).await?;
    let mut roles: HashMap<String, Uuid> = found.into_iter().map(|role| (role.code, role.id)).collect();
    for preset in Role::ALL.iter().filter(|r| !roles.contains_key(r.as_str())).collect::<Vec<_>>() {
        let row = role::Model {
            code: preset.as_str().to_owned(),
            name_zh: preset.label(Lang::Zh).to_owned(),
            name_en: preset.label(Lang::En).to_owned(),
            is_preset: true,
            is_station_role: STATION_ROLES.contains(preset),
            ..Default::default()
        };
        let row = tx.create::<role::Entity>(row).await?;
        roles.insert(row.code, row.id);
    }
    Ok(roles)
}

/// Grants what this database has never met; what the company took away from a role stays away.
async fn grant_new_permissions(tx: &Tx, roles: &HashMap<String, Uuid>) -> Result<()> {
    let met: BTreeSet<String> = known::Entity::find().all(tx.conn()).await?.into_iter().map(|row| row.code).collect();
    let new: Vec<Permission> = openapi::registry::permissions().filter(|p| !met.contains(p.code)).collect();
    if new.is_empty() {
        return Ok(());
    }
    let rows = new.iter().flat_map(|permission| {
        permission.grants.iter().filter_map(|(preset, scope)| {
            let role_id = *roles.get(preset.as_str())?;
            Some(grant::Model { role_id, permission: permission.code.to_owned(), scope: scope.as_str().to_owned() })
        })
    });
    tx.insert_all::<grant::Entity>(rows.collect::<Vec<_>>()).await?;
    tx.insert_all::<known::Entity>(new.iter().map(|p| known::Model { code: p.code.to_owned() })).await?;
    let rights = credentials::Column::Rights;
    credentials::Entity::update_many().col_expr(rights, Expr::col(rights).add(1)).exec(tx.conn()).await?;
    log::info!("{} permissions are new with this release", new.len());
    Ok(())
}

async fn first_administrator(tx: &Tx, roles: &HashMap<String, Uuid>, password_hash: String) -> Result<()> {
    let headquarters = org::Model {
        kind: StationKind::Headquarters.as_str().to_owned(),
        code: "HQ".to_owned(),
        name: "总部".to_owned(),
        path: "/HQ/".to_owned(),
        is_active: true,
        ..Default::default()
    };
    let headquarters = tx.create::<org::Entity>(headquarters).await?;
    let person = user::Model {
        org_id: headquarters.id,
        login: FIRST_LOGIN.to_owned(),
        name: "系统管理员".to_owned(),
        state: UserState::Active.as_str().to_owned(),
        language: Lang::Zh.tag().to_owned(),
        ..Default::default()
    };
    let person = tx.create::<user::Entity>(person).await?;
    credential::first(tx, person.id, password_hash, false).await?;
    let administrator = roles.get(Role::Administrator.as_str()).copied();
    let membership = administrator.map(|role_id| member::Model { user_id: person.id, role_id });
    tx.insert_all::<member::Entity>(membership).await
}

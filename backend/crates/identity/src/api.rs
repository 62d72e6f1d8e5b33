//! What other domains, the command line and the tests may ask about people and places.

use crate::authority::Authority;
use crate::role::entity::{member, role};
use crate::session::store;
use crate::station::entity::org;
use crate::user::credential;
use crate::user::entity::user;
use openapi::choice::Choice;
use openapi::identity::station::StationKind;
use openapi::identity::user::UserState;
use openapi::{EmployeeNumber, Lang, Role, Text};
use platform::{Actor, App, Failure, Result, Tx};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

/// The root of the station tree: id and path.
pub async fn headquarters(app: &App) -> Result<(Uuid, String)> {
    let root = org::Entity::find().filter(org::Column::ParentId.is_null()).one(app.db.latest()).await?;
    root.map(|row| (row.id, row.path)).ok_or_else(Failure::not_found)
}

/// The names of people by id.
pub async fn people_named<C: ConnectionTrait>(
    conn: &C,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>> {
    let rows = user::Entity::find().filter(user::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// A person as actor, for work inside the process.
pub async fn actor_of<C: ConnectionTrait>(conn: &C, user: Uuid) -> Result<Actor> {
    Ok(Authority::of(conn, user).await?.actor(Uuid::nil(), false))
}

/// A station to put into the tree.
pub struct NewStation {
    /// The station above it.
    pub parent: Uuid,
    /// Region or service station.
    pub kind: StationKind,
    /// Code, unique; part of the path.
    pub code: String,
    /// Name.
    pub name: String,
    /// Province, city and district.
    pub region: Option<String>,
    /// Street and house.
    pub address: Option<String>,
    /// Phone.
    pub phone: Option<String>,
}

/// Puts a station into the tree.
pub async fn add_station(tx: &Tx, new: NewStation) -> Result<Uuid> {
    let parent = org::Entity::find_by_id(new.parent).one(tx.conn()).await?.ok_or_else(Failure::not_found)?;
    let row = org::Model {
        parent_id: Some(parent.id),
        kind: new.kind.as_str().to_owned(),
        path: format!("{}{}/", parent.path, new.code),
        code: new.code,
        name: new.name,
        region: new.region,
        address: new.address,
        phone: new.phone,
        is_active: true,
        ..Default::default()
    };
    Ok(tx.create::<org::Entity>(row).await?.id)
}

/// A person to put on file.
pub struct NewPerson<'a> {
    /// Employee number.
    pub login: EmployeeNumber,
    /// Name.
    pub name: Text<100>,
    /// Own station.
    pub station: Uuid,
    /// Pre-installed roles.
    pub roles: &'a [Role],
    /// Hash of the password.
    pub password_hash: String,
    /// Whether the password may stay.
    pub is_final: bool,
}

/// Puts a person on file.
pub async fn add_person(tx: &Tx, new: NewPerson<'_>) -> Result<Uuid> {
    let row = user::Model {
        org_id: new.station,
        login: new.login.into(),
        name: new.name.into(),
        state: UserState::Active.as_str().to_owned(),
        language: Lang::Zh.tag().to_owned(),
        ..Default::default()
    };
    let person = tx.create::<user::Entity>(row).await?;
    credential::first(tx, person.id, new.password_hash, new.is_final).await?;
    let codes = new.roles.iter().map(|role| role.as_str());
    let roles = role::Entity::find().filter(role::Column::Code.is_in(codes)).all(tx.conn()).await?;
    let memberships = roles.into_iter().map(|role| member::Model { user_id: person.id, role_id: role.id });
    tx.insert_all::<member::Entity>(memberships).await?;
    Ok(person.id)
}

/// Begins a session for somebody without a password and returns its access token: for tests and for impersonation
/// by a privileged person.
pub async fn open_session(tx: &Tx, user: Uuid) -> Result<String> {
    let (session, _) = store::open(tx, user).await?;
    let credential = credential::get(tx.conn(), user).await?;
    let (token, _) = tx.app().keys.issue(user, session.id, credential.epoch, tx.now())?;
    Ok(token)
}

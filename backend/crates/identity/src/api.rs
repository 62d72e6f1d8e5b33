//! What other domains, the command line and the tests may ask about people and places.

use crate::authority::Authority;
use crate::role::entity::{member, role};
use crate::session::store;
use crate::station::entity::org;
use crate::user::commands::add;
use crate::user::credential;
use crate::user::entity::user;
use openapi::choice::Choice;
use openapi::identity::station::{StationDraft, StationKind};
use openapi::identity::team::TeamDraft;
use openapi::identity::user::{UserDraft, UserState};
use openapi::{EmployeeNumber, Issue, Lang, Phone, Role, StationCode, Text};
use platform::{Actor, App, Failure, ReadTx, Result, Tx};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::HashMap;
use std::str::FromStr;
use uuid::Uuid;

/// A station as other domains see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Station {
    /// Id.
    pub id: Uuid,
    /// The node above; none for the headquarters.
    pub parent_id: Option<Uuid>,
    /// Code, as in document numbers.
    pub code: String,
    /// Name.
    pub name: String,
    /// Codes from the headquarters down: `/HQ/EAST/HZ01/`.
    pub path: String,
    /// Telephone, for printed slips.
    pub phone: Option<String>,
    /// Address, for printed slips.
    pub address: Option<String>,
    /// Whether it works.
    pub is_open: bool,
}

impl From<org::Model> for Station {
    fn from(row: org::Model) -> Self {
        let org::Model { id, parent_id, code, name, path, phone, region, address, is_active, .. } = row;
        let address = match (region, address) {
            (Some(region), Some(street)) => Some(format!("{region}{street}")),
            (region, street) => region.or(street),
        };
        Station { id, parent_id, code, name, path, phone, address, is_open: is_active }
    }
}

/// The root of the station tree: id and path.
pub async fn headquarters(app: &App) -> Result<(Uuid, String)> {
    let root = org::Entity::find().filter(org::Column::ParentId.is_null()).one(app.db.latest()).await?;
    root.map(|row| (row.id, row.path)).ok_or_else(Failure::not_found)
}

/// The root of the station tree, asked for inside the transaction.
pub async fn root(tx: &ReadTx) -> Result<Station> {
    let root = org::Entity::find().filter(org::Column::ParentId.is_null()).one(tx.conn()).await?;
    root.map(Into::into).ok_or_else(Failure::not_found)
}

/// A station, whatever the reach of the call.
pub async fn station<C: ConnectionTrait>(conn: &C, id: Uuid) -> Result<Option<Station>> {
    Ok(org::Entity::find_by_id(id).one(conn).await?.map(Into::into))
}

/// The same, asked once in each transaction.
pub async fn station_in(tx: &ReadTx, id: Uuid) -> Result<Option<Station>> {
    Ok(tx.known::<org::Entity>([id]).await?.pop().map(Into::into))
}

/// What stands above everything that a station prints: name, telephone and address.
pub async fn letterhead(tx: &ReadTx, id: Uuid) -> Result<String> {
    let station = station(tx.conn(), id).await?.ok_or_else(|| Failure::Internal(format!("station {id} is gone")))?;
    Ok([Some(station.name), station.phone, station.address].into_iter().flatten().collect::<Vec<_>>().join("  "))
}

/// A station by its code, whatever the reach of the call.
pub async fn station_by_code<C: ConnectionTrait>(conn: &C, code: &str) -> Result<Option<Station>> {
    let found = org::Entity::find().filter(org::Column::Code.eq(code.to_ascii_uppercase())).one(conn).await?;
    Ok(found.map(Into::into))
}

/// A station and everything below it, whatever the reach of the call.
pub async fn stations_below<C: ConnectionTrait>(conn: &C, id: Uuid) -> Result<Vec<Uuid>> {
    let Some(top) = station(conn, id).await? else { return Ok(Vec::new()) };
    let below = org::Entity::find().filter(org::Column::Path.starts_with(top.path));
    Ok(below.select_only().column(org::Column::Id).into_tuple().all(conn).await?)
}

/// Stations by id, for lists of other documents.
pub async fn stations_named<C: ConnectionTrait>(
    conn: &C,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Station>> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = org::Entity::find().filter(org::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

/// The names of people by id.
pub async fn people_named<C: ConnectionTrait>(
    conn: &C,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = user::Entity::find().filter(user::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// A person as other domains see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Id.
    pub id: Uuid,
    /// Employee number.
    pub login: String,
    /// Name.
    pub name: String,
    /// Own station.
    pub org_id: Uuid,
    /// Whether the account works.
    pub is_active: bool,
}

impl From<user::Model> for Person {
    fn from(row: user::Model) -> Self {
        let is_active = row.state == UserState::Active.as_str();
        Person { id: row.id, login: row.login, name: row.name, org_id: row.org_id, is_active }
    }
}

/// A person, whatever the reach of the call.
pub async fn person<C: ConnectionTrait>(conn: &C, id: Uuid) -> Result<Option<Person>> {
    Ok(user::Entity::find_by_id(id).one(conn).await?.map(Into::into))
}

/// A person by employee number, whatever the reach of the call.
pub async fn person_by_login<C: ConnectionTrait>(conn: &C, login: &str) -> Result<Option<Person>> {
    Ok(user::Entity::find().filter(user::Column::Login.eq(login)).one(conn).await?.map(Into::into))
}

/// The active people of a station with one of the pre-installed roles, by employee number.
pub async fn people_with_role<C: ConnectionTrait>(conn: &C, station: Uuid, preset: Role) -> Result<Vec<Person>> {
    let rows = user::Entity::find()
        .filter(user::Column::OrgId.eq(station))
        .filter(user::Column::State.eq(UserState::Active.as_str()))
        .filter(user::Column::Id.in_subquery(with_role(preset)))
        .order_by_asc(user::Column::Login)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// An active person of a station with one of the pre-installed roles.
pub async fn holder_at<C: ConnectionTrait>(conn: &C, id: Uuid, station: Uuid, preset: Role) -> Result<Option<Person>> {
    let found = user::Entity::find_by_id(id)
        .filter(user::Column::OrgId.eq(station))
        .filter(user::Column::State.eq(UserState::Active.as_str()))
        .filter(user::Column::Id.in_subquery(with_role(preset)))
        .one(conn)
        .await?;
    Ok(found.map(Into::into))
}

fn with_role(preset: Role) -> SelectStatement {
    let roles = role::Entity::find().select_only().column(role::Column::Id);
    let roles = roles.filter(role::Column::Code.eq(preset.as_str())).into_query();
    let people = member::Entity::find().select_only().column(member::Column::UserId);
    people.filter(member::Column::RoleId.in_subquery(roles)).into_query()
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

/// Puts a station into the tree, by the same command as the API.
pub async fn add_station(tx: &Tx, new: NewStation) -> Result<Uuid> {
    let draft = StationDraft {
        parent_id: Some(new.parent.into()),
        kind: new.kind,
        code: read::<StationCode>("/code", &new.code)?,
        name: read("/name", &new.name)?,
        grade: None,
        region: new.region.as_deref().map(|text| read("/region", text)).transpose()?,
        address: new.address.as_deref().map(|text| read("/address", text)).transpose()?,
        phone: new.phone.as_deref().map(|text| read::<Phone>("/phone", text)).transpose()?,
        contact: None,
        remark: None,
    };
    Ok(crate::station::open(tx, draft).await?.id)
}

fn read<T: FromStr<Err = Issue>>(pointer: &str, text: &str) -> Result<T> {
    text.parse().map_err(|issue| Failure::field(pointer, issue))
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
    /// The dealer or customer whose documents an outside account sees.
    pub party_id: Option<Uuid>,
}

/// Puts a person on file, by the same command as the API.
pub async fn add_person(tx: &Tx, new: NewPerson<'_>) -> Result<Uuid> {
    let ids = preset_roles(tx).await?;
    let draft = UserDraft {
        login: new.login,
        name: new.name,
        org_id: new.station.into(),
        phone: None,
        email: None,
        position: None,
        language: Lang::Zh,
        party_id: new.party_id.map(Into::into),
        role_ids: new.roles.iter().filter_map(|role| ids.get(role)).map(|id| (*id).into()).collect(),
        first_password: None,
    };
    Ok(add(tx, draft, new.password_hash, new.is_final).await?.id)
}

/// Forms a team, by the same command as the API.
pub async fn add_team(tx: &Tx, station: Uuid, name: Text<60>, leader: Uuid, members: &[Uuid]) -> Result<Uuid> {
    let draft = TeamDraft {
        org_id: Some(station.into()),
        name,
        leader_id: leader.into(),
        member_ids: members.iter().map(|id| (*id).into()).collect(),
        territory: None,
        remark: None,
        is_active: true,
    };
    Ok(crate::team::add(tx, draft).await?.id)
}

/// The ids of the pre-installed roles.
pub async fn preset_roles(tx: &ReadTx) -> Result<HashMap<Role, Uuid>> {
    let rows = role::Entity::find().filter(role::Column::IsPreset.eq(true)).all(tx.conn()).await?;
    Ok(rows.into_iter().filter_map(|row| Some((Role::parse(&row.code)?, row.id))).collect())
}

/// Removes sessions that ended a week ago; answers how many.
pub async fn forget_sessions(tx: &Tx) -> Result<u64> {
    store::forget(tx, tx.now() - chrono::TimeDelta::days(7)).await
}

/// Begins a session for somebody without a password and returns its access token: for tests and for impersonation
/// by a privileged person.
pub async fn open_session(tx: &Tx, user: Uuid) -> Result<String> {
    let (session, _) = store::open(tx, user).await?;
    let credential = credential::get(tx.conn(), user).await?;
    let (token, _) = tx.app().keys.issue(user, session.id, credential.epoch, tx.now())?;
    Ok(token)
}

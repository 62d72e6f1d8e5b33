//! What warehouses and bank accounts share: a record of one station with a code and a kind, which documents choose
//! while it is in use.

use openapi::Page;
use openapi::choice::Choice;
use openapi::identity::OrgId;
use openapi::page::{Filter, Listing};
use openapi::query::AnyOf;
use platform::db::list::{self, Shape};
use platform::{Failure, Head, ReadTx, Result};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// The columns that all of them have.
pub struct Columns<C> {
    /// Owning station.
    pub org: C,
    /// Code, unique within the station.
    pub code: C,
    /// Name.
    pub name: C,
    /// What it is for.
    pub kind: C,
    /// Whether documents may choose it.
    pub is_active: C,
}

/// A record of a station.
pub trait StationRecord: Head {
    /// Its line in lists.
    type Row;
    /// Its kind.
    type Kind: Choice;
    /// Its columns.
    fn columns() -> Columns<Self::Column>;
    /// The id of a line.
    fn id_of(row: &Self::Row) -> Uuid;
    /// Lines, with the names behind their ids.
    fn rows(tx: &ReadTx, found: Vec<Self::Model>) -> impl Future<Output = Result<Vec<Self::Row>>>;
}

/// What every list of them can be filtered by.
pub struct Wanted<'a, K> {
    /// Kinds.
    pub kind: Option<&'a AnyOf<K>>,
    /// Station.
    pub org_id: Option<OrgId>,
    /// In use or not.
    pub is_active: Option<bool>,
}

/// One page of the list; `q` looks in code and name.
pub async fn page<E: StationRecord, F: Filter>(
    tx: &ReadTx,
    listing: &Listing<F>,
    wanted: Wanted<'_, E::Kind>,
) -> Result<Page<E::Row>> {
    let of = E::columns();
    let mut base = E::find();
    if let Some(kinds) = wanted.kind {
        base = base.filter(of.kind.is_in(kinds.0.iter().map(|kind| kind.as_str())));
    }
    if let Some(org) = wanted.org_id {
        base = base.filter(of.org.eq(org.uuid()));
    }
    if let Some(is_active) = wanted.is_active {
        base = base.filter(of.is_active.eq(is_active));
    }
    let shape = Shape {
        sorts: &[
            ("code", of.code),
            ("name", of.name),
            ("created_at", E::created_at()),
            ("updated_at", E::updated_at()),
        ],
        search: &[of.code, of.name],
    };
    let Page { items, next_cursor, has_more, total } = list::page(tx, listing, base, &shape).await?;
    Ok(Page { items: E::rows(tx, items).await?, next_cursor, has_more, total })
}

/// By id, wherever the station is.
pub async fn by_id<E: StationRecord>(
    tx: &ReadTx,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, E::Row>> {
    let found = tx.known::<E>(ids).await?;
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(E::rows(tx, found).await?.into_iter().map(|row| (E::id_of(&row), row)).collect())
}

/// The one that a document chooses: in reach of the call and in use; otherwise a wrong value at `pointer`.
pub async fn choose<E: StationRecord>(tx: &ReadTx, id: Uuid, pointer: &str) -> Result<E::Row> {
    let found = tx.select::<E>().filter(E::id().eq(id)).filter(E::columns().is_active.eq(true)).all(tx.conn()).await?;
    let first: Option<E::Row> = E::rows(tx, found).await?.into_iter().next();
    first.ok_or_else(|| -> Failure { Failure::not_there(pointer) })
}

/// Those in use and in reach of the call with these codes.
pub async fn coded<E: StationRecord>(tx: &ReadTx, codes: &[String]) -> Result<Vec<E::Model>> {
    let of = E::columns();
    let select = tx.select::<E>().filter(of.code.is_in(codes)).filter(of.is_active.eq(true));
    Ok(select.all(tx.conn()).await?)
}

/// Those in use of one station and kind, by code; the first is the one to take when nobody chose.
pub async fn of_kind<E: StationRecord>(tx: &ReadTx, org: Uuid, kind: E::Kind) -> Result<Vec<E::Row>> {
    let found = in_use::<E>(org, kind).all(tx.conn()).await?;
    E::rows(tx, found).await
}

/// Their ids.
pub async fn ids_of_kind<E: StationRecord>(tx: &ReadTx, org: Uuid, kind: E::Kind) -> Result<Vec<Uuid>> {
    Ok(in_use::<E>(org, kind).select_only().column(E::id()).into_tuple::<Uuid>().all(tx.conn()).await?)
}

fn in_use<E: StationRecord>(org: Uuid, kind: E::Kind) -> sea_orm::Select<E> {
    let of = E::columns();
    E::find()
        .filter(of.org.eq(org))
        .filter(of.kind.eq(kind.as_str()))
        .filter(of.is_active.eq(true))
        .order_by_asc(of.code)
        .limit(200)
}

//! Stations and people by name, for the records that hang on them.

use platform::{Failure, ReadTx, Result};
use std::collections::HashMap;
use uuid::Uuid;

/// Names of stations.
pub async fn org_names(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let stations = identity::api::stations_named(tx.conn(), ids).await?;
    Ok(stations.into_iter().map(|(id, station)| (id, station.name)).collect())
}

/// Names of people.
pub async fn user_names(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    identity::api::people_named(tx.conn(), ids).await
}

/// The station that a new record belongs to: the one asked for when it exists in reach, else one's own.
pub async fn owning_org(tx: &ReadTx, asked: Option<Uuid>) -> Result<Uuid> {
    let Some(org) = asked else { return Ok(tx.actor().org_id) };
    let known = org_names(tx, [org]).await?.contains_key(&org);
    if known && tx.reaches_org(org).await? { Ok(org) } else { Err(Failure::not_there("/org_id")) }
}

/// A person who exists, or a wrong value.
pub async fn known_user(tx: &ReadTx, user: Option<Uuid>, pointer: &str) -> Result<()> {
    match user {
        Some(id) if !user_names(tx, [id]).await?.contains_key(&id) => Err(Failure::not_there(pointer)),
        _ => Ok(()),
    }
}

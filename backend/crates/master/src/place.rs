//! Stations and people by name, for the records that hang on them.

use openapi::{Issue, problem::field};
use platform::{Failure, ReadTx, Result};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use std::collections::HashMap;
use uuid::Uuid;

/// Names of stations.
pub async fn org_names(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    names(tx, "org", ids).await
}

/// Names of people.
pub async fn user_names(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    names(tx, "app_user", ids).await
}

async fn names(tx: &ReadTx, table: &str, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = Query::select()
        .columns([Alias::new("id"), Alias::new("name")])
        .from(Alias::new(table))
        .and_where(Expr::col(Alias::new("id")).is_in(ids))
        .to_owned();
    let rows = tx.conn().query_all(&query).await?;
    rows.into_iter().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "name")?))).collect()
}

/// The station that a new record belongs to: the one asked for when it exists in reach, else one's own.
pub async fn owning_org(tx: &ReadTx, asked: Option<Uuid>) -> Result<Uuid> {
    let Some(org) = asked else { return Ok(tx.actor().org_id) };
    let known = org_names(tx, [org]).await?.contains_key(&org);
    if known && tx.reaches_org(org).await? { Ok(org) } else { Err(not_there("/org_id")) }
}

/// A person who exists, or a wrong value.
pub async fn known_user(tx: &ReadTx, user: Option<Uuid>, pointer: &str) -> Result<()> {
    match user {
        Some(id) if !user_names(tx, [id]).await?.contains_key(&id) => Err(not_there(pointer)),
        _ => Ok(()),
    }
}

/// The choice does not exist or cannot be used.
pub fn not_there(pointer: &str) -> Failure {
    Failure::field(pointer, Issue::new(field::REFERENCE_NOT_FOUND))
}

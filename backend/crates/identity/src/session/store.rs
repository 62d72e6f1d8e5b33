//! What signing in leaves behind: sessions, refresh tokens, failures, the log of attempts.

use super::entity::{event, guard, session, token};
use super::model;
use chrono::{DateTime, TimeDelta, Utc};
use openapi::choice::Choice;
use openapi::identity::login::LoginOutcome;
use platform::auth::token::{fingerprint, random_token};
use platform::{Result, Tx, new_id};
use sea_orm::sea_query::{Condition, Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

/// Begins a session on the device of this call; returns it with its first refresh token.
pub async fn open(tx: &Tx, user: Uuid) -> Result<(session::Model, String)> {
    let now = tx.now();
    let session = session::Model {
        id: new_id(),
        user_id: user,
        created_at: now,
        used_at: now,
        expires_at: model::expiry(now, now),
        revoked_at: None,
        ip: tx.context().ip.clone(),
        user_agent: tx.context().user_agent.clone(),
    };
    tx.insert_all::<session::Entity>([session.clone()]).await?;
    let token = issue(tx, &session).await?;
    Ok((session, token))
}

/// Gives a session one more refresh token.
pub async fn issue(tx: &Tx, session: &session::Model) -> Result<String> {
    let secret = random_token();
    let row = token::Model {
        fingerprint: fingerprint(secret.as_bytes()),
        session_id: session.id,
        created_at: tx.now(),
        expires_at: model::expiry(session.created_at, tx.now()),
        used_at: None,
    };
    tx.insert_all::<token::Entity>([row]).await?;
    Ok(secret)
}

/// The session of a presented refresh token, locked, and the token as it is then.
pub async fn presented(tx: &Tx, secret: &str) -> Result<Option<(session::Model, token::Model)>> {
    let print = fingerprint(secret.as_bytes());
    let Some(found) = token::Entity::find_by_id(print.clone()).one(tx.conn()).await? else { return Ok(None) };
    let Some(session) = locked(tx, found.session_id).await? else { return Ok(None) };
    // read again under the lock: another tab may have used it meanwhile
    let token = token::Entity::find_by_id(print).one(tx.conn()).await?;
    Ok(token.map(|token| (session, token)))
}

async fn locked(tx: &Tx, id: Uuid) -> Result<Option<session::Model>> {
    let select = session::Entity::find_by_id(id);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    Ok(select.one(tx.conn()).await?)
}

/// Uses a token up and lengthens its session; tokens that can no longer be used are dropped.
pub async fn rotate(tx: &Tx, session: &session::Model, used: &token::Model) -> Result<String> {
    use token::Column as C;
    token::Entity::update_many()
        .col_expr(C::UsedAt, Expr::value(tx.now()))
        .filter(C::Fingerprint.eq(&used.fingerprint))
        .filter(C::UsedAt.is_null())
        .exec(tx.conn())
        .await?;
    token::Entity::delete_many()
        .filter(C::SessionId.eq(session.id))
        .filter(C::ExpiresAt.lte(tx.now()))
        .exec(tx.conn())
        .await?;
    session::Entity::update_many()
        .col_expr(session::Column::UsedAt, Expr::value(tx.now()))
        .col_expr(session::Column::ExpiresAt, Expr::value(model::expiry(session.created_at, tx.now())))
        .col_expr(session::Column::Ip, Expr::value(tx.context().ip.clone()))
        .filter(session::Column::Id.eq(session.id))
        .exec(tx.conn())
        .await?;
    issue(tx, session).await
}

/// Ends one session.
pub async fn end(tx: &Tx, session: Uuid) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(tx.now()))
        .filter(session::Column::Id.eq(session))
        .filter(session::Column::RevokedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Ends every session of a person, but for one.
pub async fn end_all(tx: &Tx, user: Uuid, but: Option<Uuid>) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(tx.now()))
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::Id.ne(but.unwrap_or_else(Uuid::nil)))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Removes sessions that ended before `limit`, with their tokens; answers how many sessions.
pub async fn forget(tx: &Tx, limit: DateTime<Utc>) -> Result<u64> {
    let over = Condition::any().add(session::Column::ExpiresAt.lt(limit)).add(session::Column::RevokedAt.lt(limit));
    let ids = session::Entity::find().select_only().column(session::Column::Id).filter(over.clone());
    let ids = sea_orm::QueryTrait::into_query(ids);
    token::Entity::delete_many().filter(token::Column::SessionId.in_subquery(ids)).exec(tx.conn()).await?;
    Ok(session::Entity::delete_many().filter(over).exec(tx.conn()).await?.rows_affected)
}

/// Drops every refresh token of a session, so that only one issued after this works.
pub async fn drop_tokens(tx: &Tx, session: Uuid) -> Result<()> {
    token::Entity::delete_many().filter(token::Column::SessionId.eq(session)).exec(tx.conn()).await?;
    Ok(())
}

/// The failures of an employee number.
pub async fn guard<C: ConnectionTrait>(conn: &C, login: &str) -> Result<Option<guard::Model>> {
    Ok(guard::Entity::find_by_id(login).one(conn).await?)
}

/// Counts one more failure; entries that everybody has forgotten are dropped.
pub async fn failed(tx: &Tx, login: &str) -> Result<guard::Model> {
    use guard::Column as C;
    let stale = C::FailedAt.lt(tx.now() - TimeDelta::days(2));
    guard::Entity::delete_many().filter(stale).exec(tx.conn()).await?;
    let select = guard::Entity::find_by_id(login);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    let next = model::one_more_failure(select.one(tx.conn()).await?, login, tx.now());
    let again = OnConflict::column(C::Login).update_columns([C::Failures, C::FailedAt, C::LockedUntil]).to_owned();
    let insert = guard::Entity::insert(next.clone().into_active_model().reset_all()).on_conflict(again);
    insert.exec_without_returning(tx.conn()).await?;
    Ok(next)
}

/// Forgives the failures of an employee number.
pub async fn forgive(tx: &Tx, login: &str) -> Result<()> {
    guard::Entity::delete_by_id(login).exec(tx.conn()).await?;
    Ok(())
}

/// Notes an attempt to sign in.
pub async fn note(tx: &Tx, login: &str, user: Option<(Uuid, Uuid)>, outcome: LoginOutcome) -> Result<()> {
    let row = event::Model {
        id: new_id(),
        created_at: tx.now(),
        org_id: user.map(|(_, org)| org),
        user_id: user.map(|(id, _)| id),
        login: login.to_owned(),
        outcome: outcome.as_str().to_owned(),
        ip: tx.context().ip.clone(),
        user_agent: tx.context().user_agent.clone(),
    };
    tx.insert_all::<event::Entity>([row]).await
}

//! How a person gets in: hash, epoch, counts.

use super::entity::{credential, history, user};
use crate::session::model::REMEMBERED_PASSWORDS;
pub use credential::Model;
use platform::{Failure, Result, Tx, new_id};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// A person with credential, by employee number.
pub async fn by_login<C: ConnectionTrait>(conn: &C, login: &str) -> Result<Option<(user::Model, Model)>> {
    let Some(user) = user::Entity::find().filter(user::Column::Login.eq(login)).one(conn).await? else {
        return Ok(None);
    };
    let credential = get(conn, user.id).await?;
    Ok(Some((user, credential)))
}

/// The credential of a person.
pub async fn get<C: ConnectionTrait>(conn: &C, user: Uuid) -> Result<Model> {
    let found = credential::Entity::find_by_id(user).one(conn).await?;
    found.ok_or_else(|| Failure::Internal(format!("user {user} has no credential")))
}

/// The same, locked until the end of the transaction.
pub async fn locked(tx: &Tx, user: Uuid) -> Result<Model> {
    let select = credential::Entity::find_by_id(user);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    let found = select.one(tx.conn()).await?;
    found.ok_or_else(|| Failure::Internal(format!("user {user} has no credential")))
}

/// Hashes of the last passwords.
pub async fn earlier<C: ConnectionTrait>(conn: &C, user: Uuid) -> Result<Vec<String>> {
    use history::Column as C;
    let rows = history::Entity::find()
        .filter(C::UserId.eq(user))
        .order_by_desc(C::CreatedAt)
        .order_by_desc(C::Id)
        .limit(REMEMBERED_PASSWORDS)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.password_hash).collect())
}

/// Gives a new person a first password, which must be changed unless `is_final`.
pub async fn first(tx: &Tx, user: Uuid, password_hash: String, is_final: bool) -> Result<()> {
    let row = Model {
        user_id: user,
        password_hash,
        must_change_password: !is_final,
        epoch: 1,
        rights: 1,
        login_count: 0,
        failure_count: 0,
        last_login_at: None,
        last_login_ip: None,
        last_login_agent: None,
    };
    tx.insert_all::<credential::Entity>([row]).await
}

/// Puts a new password in place of `before`, which goes to the history. Every access token of the person dies.
pub async fn replace(tx: &Tx, before: Model, password_hash: String, must_change: bool) -> Result<Model> {
    let old = history::Model {
        id: new_id(),
        user_id: before.user_id,
        created_at: tx.now(),
        password_hash: before.password_hash.clone(),
    };
    tx.insert_all::<history::Entity>([old]).await?;
    use credential::Column as C;
    let after = Model { password_hash, must_change_password: must_change, epoch: before.epoch + 1, ..before };
    credential::Entity::update_many()
        .col_expr(C::PasswordHash, Expr::value(after.password_hash.clone()))
        .col_expr(C::MustChangePassword, Expr::value(must_change))
        .col_expr(C::Epoch, Expr::value(after.epoch))
        .filter(C::UserId.eq(after.user_id))
        .exec(tx.conn())
        .await?;
    Ok(after)
}

/// Makes every access token of the person die.
pub async fn expel(tx: &Tx, user: Uuid) -> Result<()> {
    raise(tx, credential::Column::Epoch, &[user]).await
}

/// Lets everybody see that the rights or the station of these people changed.
pub async fn rights_changed(tx: &Tx, users: &[Uuid]) -> Result<()> {
    raise(tx, credential::Column::Rights, users).await
}

/// Counts a failed attempt.
pub async fn count_failure(tx: &Tx, user: Uuid) -> Result<()> {
    raise(tx, credential::Column::FailureCount, &[user]).await
}

async fn raise(tx: &Tx, column: credential::Column, users: &[Uuid]) -> Result<()> {
    // sorted and in parts: one lock order for everybody, and fewer parameters than either database allows
    let mut users = users.to_vec();
    users.sort_unstable();
    for part in users.chunks(500) {
        credential::Entity::update_many()
            .col_expr(column, Expr::col(column).add(1))
            .filter(credential::Column::UserId.is_in(part.iter().copied()))
            .exec(tx.conn())
            .await?;
    }
    Ok(())
}

/// Counts a sign-in.
pub async fn count_login(tx: &Tx, user: Uuid) -> Result<()> {
    use credential::Column as C;
    credential::Entity::update_many()
        .col_expr(C::LoginCount, Expr::col(C::LoginCount).add(1))
        .col_expr(C::LastLoginAt, Expr::value(tx.now()))
        .col_expr(C::LastLoginIp, Expr::value(tx.context().ip.clone()))
        .col_expr(C::LastLoginAgent, Expr::value(tx.context().user_agent.clone()))
        .filter(C::UserId.eq(user))
        .exec(tx.conn())
        .await?;
    Ok(())
}

//! Writes.

use super::entity::notification::{ActiveModel, Column, Entity, Model};
use super::{Notice, queries};
use crate::http::run;
use crate::outbox::Message;
use crate::{Actor, App, Call, Context, Failure, Result, Tx};
use openapi::system::notification::{Notification, ReadAllNotifications, ReadNotification, Unread};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// The sink of the topic: one row for each message, however often it comes.
pub async fn store(app: &App, message: &Message) -> Result<()> {
    let Notice { user_id, title_zh, title_en, link } = message.read()?;
    let context = Context::internal(Actor::system(Uuid::nil(), ""), app.clock.now(), "Notify");
    run::write(app, &context, async |tx: &Tx| {
        let row: ActiveModel = Model {
            id: message.id,
            version: 1,
            created_at: message.created_at,
            created_by: Uuid::nil(),
            updated_at: tx.now(),
            updated_by: Uuid::nil(),
            user_id,
            title_zh: title_zh.clone(),
            title_en: title_en.clone(),
            link: link.clone(),
            is_read: false,
        }
        .into_active_model();
        let known = OnConflict::column(Column::Id).do_nothing().to_owned();
        Entity::insert(row.reset_all()).on_conflict(known).try_insert().exec_without_returning(tx.conn()).await?;
        Ok(())
    })
    .await
}

pub(super) async fn read(tx: &Tx, call: Call<ReadNotification>) -> Result<Notification> {
    let row = tx.lock::<Entity>(call.path.id).await?;
    if row.user_id != tx.actor().user_id {
        return Err(Failure::not_found());
    }
    mark(tx, Some(row.id)).await?;
    Ok(queries::shown(Model { is_read: true, ..row }, tx.lang()))
}

pub(super) async fn read_all(tx: &Tx, _: Call<ReadAllNotifications>) -> Result<Unread> {
    mark(tx, None).await?;
    Ok(Unread { count: 0 })
}

/// Reading is not worth an audit row.
async fn mark(tx: &Tx, id: Option<Uuid>) -> Result<()> {
    let mut update = Entity::update_many()
        .col_expr(Column::IsRead, Expr::value(true))
        .col_expr(Column::UpdatedAt, Expr::value(tx.now()))
        .filter(Column::UserId.eq(tx.actor().user_id))
        .filter(Column::IsRead.eq(false));
    if let Some(id) = id {
        update = update.filter(Column::Id.eq(id));
    }
    update.exec(tx.conn()).await?;
    Ok(())
}

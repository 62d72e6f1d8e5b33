//! Reads: always one's own.

use super::entity::notification::{Column, Entity, Model};
use crate::db::list::{Shape, page};
use crate::{Call, ReadTx, Result};
use openapi::system::notification::{CountUnread, ListNotifications, Notification, Unread};
use openapi::{Lang, Page};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

pub(super) async fn list(tx: &ReadTx, call: Call<ListNotifications>) -> Result<Page<Notification>> {
    let mut base = Entity::find().filter(Column::UserId.eq(tx.actor().user_id));
    if let Some(is_read) = call.query.filter.is_read {
        base = base.filter(Column::IsRead.eq(is_read));
    }
    let shape = Shape { sorts: &[("created_at", Column::CreatedAt)], search: &[Column::TitleZh, Column::TitleEn] };
    let lang = tx.lang();
    Ok(page(tx, &call.query, base, &shape).await?.map(|row| shown(row, lang)))
}

pub(super) async fn count(tx: &ReadTx, _: Call<CountUnread>) -> Result<Unread> {
    let unread = Entity::find().filter(Column::UserId.eq(tx.actor().user_id)).filter(Column::IsRead.eq(false));
    let count = unread.count(tx.conn()).await?;
    Ok(Unread { count: i64::try_from(count).unwrap_or(i64::MAX) })
}

pub(super) fn shown(row: Model, lang: Lang) -> Notification {
    let Model {
        id,
        version: _,
        created_at,
        created_by: _,
        updated_at: _,
        updated_by: _,
        user_id: _,
        title_zh,
        title_en,
        link,
        is_read,
    } = row;
    let title = match lang {
        Lang::Zh => title_zh,
        Lang::En => title_en,
    };
    Notification { id: id.into(), created_at: created_at.into(), title, link, is_read }
}

//! Reads.

use super::MAX_PER_RECORD;
use super::entity::{Column, Entity, Model};
use crate::doc::journal;
use crate::doc::subject::Access;
use crate::http::run;
use crate::{App, Call, Context, Failure, ReadTx, Result};
use openapi::FileData;
use openapi::system::{
    Attachment, Attachments, DownloadAttachment, DownloadThumbnail, GetJournal, Journal, ListAttachments,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

pub(super) async fn list(tx: &ReadTx, call: Call<ListAttachments>) -> Result<Attachments> {
    let (kind, id) = (&*call.query.0.subject_kind, call.query.0.subject_id.uuid());
    tx.app().subjects.check(tx, kind, id, Access::View).await?;
    Ok(Attachments { items: of(tx, kind, id).await? })
}

/// The attachments of one record, oldest first.
async fn of(tx: &ReadTx, kind: &str, id: Uuid) -> Result<Vec<Attachment>> {
    let rows = Entity::find()
        .filter(Column::SubjectId.eq(id))
        .filter(Column::SubjectKind.eq(kind))
        .order_by_asc(Column::Id)
        .limit(MAX_PER_RECORD)
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(shown).collect())
}

pub(super) async fn journal(tx: &ReadTx, call: Call<GetJournal>) -> Result<Journal> {
    let (kind, id) = (&*call.query.0.subject_kind, call.query.0.subject_id.uuid());
    tx.app().subjects.check(tx, kind, id, Access::View).await?;
    Ok(Journal { items: journal::of(tx, kind, id).await? })
}

pub(super) async fn download(app: &App, context: &Context, call: Call<DownloadAttachment>) -> Result<FileData> {
    let row = visible(app, context, call.path.id.uuid()).await?;
    let bytes = app.store.get(&row.object).await?;
    // an image was written by us, anything else is only ever saved
    let is_inline = row.thumbnail.is_some();
    Ok(FileData { name: row.file_name, media_type: row.media_type, is_inline, bytes })
}

pub(super) async fn thumbnail(app: &App, context: &Context, call: Call<DownloadThumbnail>) -> Result<FileData> {
    let row = visible(app, context, call.path.id.uuid()).await?;
    let key = row.thumbnail.ok_or_else(Failure::not_found)?;
    let bytes = app.store.get(&key).await?;
    Ok(FileData { name: "thumbnail.jpg".to_owned(), media_type: "image/jpeg".to_owned(), is_inline: true, bytes })
}

/// The row, when the actor may see the record that it belongs to.
async fn visible(app: &App, context: &Context, id: Uuid) -> Result<Model> {
    run::read(app, context, async |tx: &ReadTx| {
        let row = row(tx, id).await?;
        app.subjects.check(tx, &row.subject_kind, row.subject_id, Access::View).await?;
        Ok(row)
    })
    .await
}

async fn row(tx: &ReadTx, id: Uuid) -> Result<Model> {
    Entity::find_by_id(id).one(tx.conn()).await?.ok_or_else(Failure::not_found)
}

/// An attachment of a record that the caller has checked; 404 when it belongs to another one.
pub async fn found(tx: &ReadTx, subject: (&str, Uuid), id: Uuid) -> Result<Attachment> {
    let row = row(tx, id).await?;
    let is_its = (row.subject_kind.as_str(), row.subject_id) == subject;
    if is_its { Ok(shown(row)) } else { Err(Failure::not_found()) }
}

/// Whether a record that the caller has checked has a picture among its attachments.
pub async fn has_picture(tx: &ReadTx, (kind, id): (&str, Uuid)) -> Result<bool> {
    let select = Entity::find()
        .filter(Column::SubjectId.eq(id))
        .filter(Column::SubjectKind.eq(kind))
        .filter(Column::Thumbnail.is_not_null());
    Ok(select.select_only().column(Column::Id).limit(1).into_tuple::<Uuid>().one(tx.conn()).await?.is_some())
}

/// The content of an attachment, for jobs that read what was uploaded.
pub async fn content(app: &App, context: &Context, id: Uuid) -> Result<Vec<u8>> {
    let row = run::read(app, context, async |tx: &ReadTx| row(tx, id).await).await?;
    app.store.get(&row.object).await
}

pub(super) fn shown(model: Model) -> Attachment {
    let Model {
        id,
        created_at,
        created_by: _,
        subject_kind,
        subject_id,
        purpose,
        file_name,
        media_type,
        size,
        object: _,
        thumbnail,
    } = model;
    Attachment {
        id: id.into(),
        version: 1,
        subject_kind,
        subject_id: subject_id.into(),
        purpose,
        file_name,
        media_type,
        size,
        has_thumbnail: thumbnail.is_some(),
        created_at: created_at.into(),
        updated_at: created_at.into(),
    }
}

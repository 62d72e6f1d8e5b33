//! Writes.

use super::content::{self, Kind};
use super::entity::{ActiveModel, Column, Entity, Model};
use super::{MAX_PER_RECORD, queries};
use crate::doc::subject::Access;
use crate::http::run;
use crate::{App, Call, Context, Failure, ReadTx, Result, Tx, new_id};
use openapi::problem;
use openapi::system::{Attachment, TOO_MANY_ATTACHMENTS, UploadAttachment};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use uuid::Uuid;

/// A decoded photo takes a hundred megabytes: they are cleaned one after the other.
static CLEANING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));

/// Content that lies in the object store and waits for the row that names it.
pub struct Incoming {
    object: String,
    thumbnail: Option<String>,
    kind: Kind,
    size: i64,
}

/// Recognises, cleans and stores content; no transaction is open meanwhile.
pub async fn prepare(app: &App, bytes: Vec<u8>) -> Result<Incoming> {
    let busy = |_| Failure::new(problem::UNAVAILABLE);
    let turn = CLEANING.acquire().await.map_err(busy)?;
    let cleaned = tokio::task::spawn_blocking(move || content::clean(bytes)).await;
    drop(turn);
    let content::Clean { kind, bytes, thumbnail } = cleaned.map_err(|e| Failure::Internal(format!("image: {e}")))??;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let thumbnail = match thumbnail {
        Some(small) => Some(app.store.put(small).await?),
        None => None,
    };
    let object = app.store.put(bytes).await?;
    Ok(Incoming { object, thumbnail, kind, size })
}

/// Recognises, cleans and stores content that belongs to no record, and answers its key: a workbook to import.
pub async fn keep(app: &App, bytes: Vec<u8>) -> Result<String> {
    Ok(prepare(app, bytes).await?.object)
}

/// Attaches prepared content to a record. The caller has checked that the actor may change that record.
pub async fn attach(
    tx: &Tx,
    incoming: &Incoming,
    subject: (&str, Uuid),
    purpose: &str,
    file_name: &str,
) -> Result<Attachment> {
    let (kind, id) = subject;
    let present = Entity::find().filter(Column::SubjectId.eq(id)).filter(Column::SubjectKind.eq(kind));
    if present.count(tx.conn()).await? >= MAX_PER_RECORD {
        return Err(Failure::new(TOO_MANY_ATTACHMENTS).with("max", MAX_PER_RECORD));
    }
    let model = Model {
        id: new_id(),
        created_at: tx.now(),
        created_by: tx.actor().user_id,
        subject_kind: kind.to_owned(),
        subject_id: id,
        purpose: purpose.to_owned(),
        file_name: content::file_name(file_name, incoming.kind),
        media_type: incoming.kind.media_type().to_owned(),
        size: incoming.size,
        object: incoming.object.clone(),
        thumbnail: incoming.thumbnail.clone(),
    };
    let row: ActiveModel = model.clone().into_active_model();
    Entity::insert(sea_orm::ActiveModelTrait::reset_all(row)).exec_without_returning(tx.conn()).await?;
    tx.audit("attachment", model.id, None, Some(serde_json::to_string(&model)?));
    Ok(queries::shown(model))
}

/// Before the transaction: may the actor, then clean and store.
pub(super) async fn receive(app: &App, context: &Context, call: &Call<UploadAttachment>) -> Result<Incoming> {
    let subject = &call.query.0;
    run::read(app, context, async |tx: &ReadTx| {
        app.subjects.check(tx, &subject.subject_kind, subject.subject_id.uuid(), Access::Edit).await
    })
    .await?;
    prepare(app, call.body.clone()).await
}

/// In the transaction: may the actor still, then attach.
pub(super) async fn upload(tx: &Tx, call: Call<UploadAttachment>, incoming: &Incoming) -> Result<Attachment> {
    let query = call.query.0;
    let (kind, id) = (&*query.subject_kind, query.subject_id.uuid());
    tx.app().subjects.check(tx, kind, id, Access::Edit).await?;
    attach(tx, incoming, (kind, id), &query.purpose, &query.file_name).await
}

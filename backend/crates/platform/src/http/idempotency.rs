//! Safe retries: the answer is stored in the transaction of the effect, and a unique index decides who was first.

use crate::auth::token::fingerprint;
use crate::{Failure, Result, Tx};
use chrono::Duration;
use flate2::Compression;
use openapi::{Encoded, problem};
use sea_orm::ConnectionTrait;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, IntoActiveModel, TryInsertResult};
use std::io::{Read, Write};

const JSON: &str = "application/json";

/// How long an answer is kept.
pub const KEPT_HOURS: i64 = 72;

/// The table.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// Whose key it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor_id: Uuid,
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Operation, path and body of the first request.
    pub fingerprint: String,
    /// When it was first used.
    pub created_at: DateTimeUtc,
    /// Status of the answer.
    pub status: i32,
    /// Media type of the answer.
    pub media_type: String,
    /// Version for the ETag.
    pub version: Option<i64>,
    /// The answer.
    pub content: Vec<u8>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// What to do with a request that carries a key.
pub enum Claim {
    /// It is the first: do it.
    First,
    /// It was done: give the first answer again.
    Replay(u16, Encoded),
}

/// What makes two requests the same.
pub fn request_fingerprint(operation: &str, path: &str, body: &[u8]) -> String {
    fingerprint(&[operation.as_bytes(), b"\n", path.as_bytes(), b"\n", body].concat())
}

/// Keeps the answer to a request whose key nobody had used when it came. The unique index decides at the end of the
/// transaction: whoever comes second fails as a whole and then finds the first answer.
pub fn keep(tx: &Tx, key: &str, print: &str, status: u16, answer: &Encoded) {
    tx.answer(Model {
        actor_id: tx.actor().user_id,
        key: key.to_owned(),
        fingerprint: print.to_owned(),
        created_at: tx.now(),
        status: i32::from(status),
        media_type: answer.media_type.clone(),
        version: answer.version,
        content: packed(answer),
    });
}

/// The answer that was given under a key, or is about to be.
pub async fn find(tx: &Tx, key: &str, print: &str) -> Result<Option<Claim>> {
    let found = Entity::find_by_id((tx.actor().user_id, key.to_owned())).one(tx.conn()).await?;
    found.map(|row| replay(row, print)).transpose()
}

fn replay(first: Model, print: &str) -> Result<Claim> {
    if first.fingerprint != print {
        return Err(Failure::new(problem::IDEMPOTENCY_MISMATCH));
    }
    let status = u16::try_from(first.status).unwrap_or(200);
    let Model { media_type, version, content, .. } = first;
    let bytes = unpacked(&media_type, content)?;
    Ok(Claim::Replay(status, Encoded { media_type, file_name: None, is_inline: true, bytes, version }))
}

/// Answers that are kept as they are up to this many bytes.
const SHORT: usize = 256;
/// What packed content begins with (RFC 1950), and no JSON does.
const PACKED: u8 = 0x78;

/// An answer as it is kept: JSON is packed to a quarter, which is what the log of the database grows by.
fn packed(answer: &Encoded) -> Vec<u8> {
    if answer.media_type != JSON || answer.bytes.len() <= SHORT {
        return answer.bytes.clone();
    }
    let mut packer = flate2::write::ZlibEncoder::new(Vec::with_capacity(answer.bytes.len() / 3), Compression::fast());
    match packer.write_all(&answer.bytes).and_then(|()| packer.finish()) {
        Ok(packed) => packed,
        Err(_) => answer.bytes.clone(),
    }
}

fn unpacked(media_type: &str, content: Vec<u8>) -> Result<Vec<u8>> {
    if media_type != JSON || content.first() != Some(&PACKED) {
        return Ok(content);
    }
    let mut bytes = Vec::new();
    let read = flate2::read::ZlibDecoder::new(content.as_slice()).read_to_end(&mut bytes);
    read.map_err(|e| Failure::Internal(format!("a kept answer cannot be read: {e}")))?;
    Ok(bytes)
}

/// Claims a key inside the transaction, before anything is done.
pub async fn claim(tx: &Tx, key: &str, print: &str) -> Result<Claim> {
    let row = Model {
        actor_id: tx.actor().user_id,
        key: key.to_owned(),
        fingerprint: print.to_owned(),
        created_at: tx.now(),
        status: 0,
        media_type: String::new(),
        version: None,
        content: Vec::new(),
    };
    let conflict = OnConflict::columns([Column::ActorId, Column::Key]).do_nothing().to_owned();
    let insert = Entity::insert(row.into_active_model().reset_all()).on_conflict(conflict).try_insert();
    match insert.exec_without_returning(tx.conn()).await {
        Ok(TryInsertResult::Inserted(1)) => return Ok(Claim::First),
        Ok(_) => {}
        Err(error) if crate::failure::classify(&error) == crate::failure::DbFault::Locked => {
            return Err(Failure::new(problem::IDEMPOTENCY_IN_PROGRESS).retry_after(1));
        }
        Err(error) => return Err(error.into()),
    }
    let first = Entity::find_by_id((tx.actor().user_id, key.to_owned())).one(tx.conn()).await?;
    let first = first.ok_or_else(|| Failure::new(problem::IDEMPOTENCY_IN_PROGRESS))?;
    if first.created_at + Duration::hours(KEPT_HOURS) < tx.now() {
        Entity::delete_by_id((tx.actor().user_id, key.to_owned())).exec(tx.conn()).await?;
        return Box::pin(claim(tx, key, print)).await;
    }
    replay(first, print)
}

/// Stores the answer beside the effect.
pub async fn settle(tx: &Tx, key: &str, status: u16, answer: &Encoded) -> Result<()> {
    let sql = "UPDATE idempotency SET status = $1, media_type = $2, version = $3, content = $4 WHERE actor_id = $5 AND key = $6";
    let values = [
        i32::from(status).into(),
        answer.media_type.clone().into(),
        answer.version.into(),
        packed(answer).into(),
        tx.actor().user_id.into(),
        key.into(),
    ];
    tx.conn().execute_raw(tx.statement(sql, values)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_back_as_it_was() {
        let long = format!("[{}]", vec!["{\"state\":\"repairing\",\"quantity\":\"1\"}"; 200].join(","));
        for (media_type, text) in
            [(JSON, "{}"), (JSON, long.as_str()), ("text/plain", "x".repeat(900).as_str()), ("", "")]
        {
            let bytes = text.as_bytes().to_vec();
            let answer =
                Encoded { media_type: media_type.to_owned(), file_name: None, is_inline: true, bytes, version: None };
            let kept = packed(&answer);
            assert!(media_type != JSON || kept.len() <= SHORT, "{} bytes", kept.len());
            assert_eq!(unpacked(media_type, kept).unwrap(), answer.bytes);
        }
    }
}

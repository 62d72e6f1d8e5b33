//! What is computed: the hash of an audit row, and the chain of seals over the hashes. Pure.
//!
//! Two layers. Whoever writes an audit row puts the hash of its content beside it, which takes no lock and asks nothing.
//! Once a minute the rows written since are sealed: a seal lists them with their hashes, and its root is keyed and covers
//! the list and the root before. Whoever may write to the database but does not know the key can neither change what a
//! seal lists nor make a seal.

use crate::auth::token::sign;
use crate::doc::audit;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Bytes of a hash and of a root.
pub const HASH: usize = 32;
/// Bytes of an entry of the list: the id of the row and its hash.
const ENTRY: usize = 16 + HASH;
/// Stands for the hash of a row that was gone before it was sealed.
pub const GONE: [u8; HASH] = [0; HASH];

/// The hash of a row's content: every column in turn, each with its length, so that no two rows are written alike.
pub fn content(row: &audit::Model) -> [u8; HASH] {
    let audit::Model {
        id,
        created_at,
        actor_id,
        actor_name,
        operation,
        subject_kind,
        subject_id,
        before,
        after,
        ip,
        request_id,
        hash: _,
    } = row;
    let mut digest = Sha256::new();
    let mut put = |part: Option<&[u8]>| {
        // what is empty and what is missing differ
        let length = part.map_or(u64::MAX, |part| u64::try_from(part.len()).unwrap_or_default());
        digest.update(length.to_be_bytes());
        digest.update(part.unwrap_or_default());
    };
    put(Some(b"audit 1"));
    put(Some(id.as_bytes()));
    put(Some(&created_at.timestamp_micros().to_be_bytes()));
    put(Some(actor_id.as_bytes()));
    for text in [actor_name, operation, subject_kind] {
        put(Some(text.as_bytes()));
    }
    put(Some(subject_id.as_bytes()));
    put(before.as_deref().map(str::as_bytes));
    put(after.as_deref().map(str::as_bytes));
    put(Some(ip.as_bytes()));
    put(Some(request_id.as_bytes()));
    digest.finalize().into()
}

/// A seal before it has a root.
#[derive(Clone, Copy, Debug)]
pub struct Body<'a> {
    /// Counts the seals from 1.
    pub seq: i64,
    /// When it was made, in microseconds.
    pub made_at: i64,
    /// Rows sealed so far, with these.
    pub total: i64,
    /// The list: see [`list`].
    pub content: &'a [u8],
    /// The root before; empty for the first.
    pub before: &'a [u8],
}

/// The root of a seal.
pub fn root(key: &[u8], body: Body<'_>) -> Vec<u8> {
    let Body { seq, made_at, total, content, before } = body;
    sign(key, &[b"seal 1", &seq.to_be_bytes(), &made_at.to_be_bytes(), &total.to_be_bytes(), content, before])
}

/// Writes a list of rows and their hashes.
pub fn list(entries: &[(Uuid, [u8; HASH])]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(entries.len().saturating_mul(ENTRY));
    for (id, hash) in entries {
        bytes.extend_from_slice(id.as_bytes());
        bytes.extend_from_slice(hash);
    }
    bytes
}

/// Reads a list; `None` when it is none.
pub fn entries(list: &[u8]) -> Option<Vec<(Uuid, [u8; HASH])>> {
    let (whole, rest) = list.as_chunks::<ENTRY>();
    let entry = |bytes: &[u8; ENTRY]| {
        let (id, hash) = bytes.split_at(16);
        Some((Uuid::from_slice(id).ok()?, hash.try_into().ok()?))
    };
    if rest.is_empty() { whole.iter().map(entry).collect() } else { None }
}

/// Bytes as people compare them.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> audit::Model {
        audit::Model {
            id: Uuid::from_u128(1),
            created_at: "2026-11-21T02:00:00.123Z".parse().unwrap(),
            actor_id: Uuid::from_u128(2),
            actor_name: "王芳".to_owned(),
            operation: "UpdateCustomer".to_owned(),
            subject_kind: "customer".to_owned(),
            subject_id: Uuid::from_u128(3),
            before: None,
            after: Some("{}".to_owned()),
            ip: "127.0.0.1".to_owned(),
            request_id: "abc".to_owned(),
            hash: None,
        }
    }

    #[test]
    fn every_column_counts_and_none_runs_into_the_next() {
        let of = |change: fn(&mut audit::Model)| {
            let mut changed = row();
            change(&mut changed);
            content(&changed)
        };
        let all = [
            of(|_| ()),
            of(|r| r.id = Uuid::from_u128(9)),
            of(|r| r.created_at += chrono::Duration::milliseconds(1)),
            of(|r| r.actor_id = Uuid::from_u128(9)),
            of(|r| r.actor_name.push('x')),
            of(|r| (r.actor_name, r.operation) = ("王芳U".to_owned(), "pdateCustomer".to_owned())),
            of(|r| r.subject_kind.clear()),
            of(|r| r.subject_id = Uuid::from_u128(9)),
            of(|r| r.before = Some(String::new())),
            of(|r| (r.before, r.after) = (r.after.take(), None)),
            of(|r| r.after = None),
            of(|r| r.ip.push('0')),
            of(|r| r.request_id.push('0')),
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(of(|r| r.hash = Some(vec![1])), all[0], "the hash is not part of what it is of");
        // pinned: rows that were written stay as they are
        assert_eq!(hex(&all[0]), "97fa9f1037dd5a13f6104935dcbb12f4879cc0a8b9e05356829375455498623d");
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let rows = vec![(Uuid::from_u128(1), [7; HASH]), (Uuid::from_u128(2), GONE)];
        let mut bytes = list(&rows);
        assert_eq!(entries(&bytes), Some(rows));
        assert_eq!(entries(&[]), Some(Vec::new()));
        bytes.pop();
        assert_eq!(entries(&bytes), None);
    }

    #[test]
    fn a_root_depends_on_everything_before_and_on_the_key() {
        let body = Body { seq: 1, made_at: 2, total: 3, content: b"list", before: b"" };
        let roots = [
            root(b"key", body),
            root(b"other key", body),
            root(b"key", Body { seq: 2, ..body }),
            root(b"key", Body { made_at: 3, ..body }),
            root(b"key", Body { total: 4, ..body }),
            root(b"key", Body { content: b"lis", before: b"t", ..body }),
            root(b"key", Body { before: b"before", ..body }),
        ];
        let distinct: std::collections::BTreeSet<_> = roots.iter().collect();
        assert_eq!(distinct.len(), roots.len());
        assert!(roots.iter().all(|root| root.len() == HASH));
    }
}

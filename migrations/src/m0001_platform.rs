//! What every document leans on: audit log, timeline, numbers, idempotency keys.

const SQL: &str = "
CREATE TABLE audit (
    id {uuid} NOT NULL PRIMARY KEY,
    created_at {time} NOT NULL,
    actor_id {uuid} NOT NULL,
    actor_name TEXT NOT NULL,
    operation TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id {uuid} NOT NULL,
    before TEXT,
    after TEXT,
    ip TEXT NOT NULL,
    request_id TEXT NOT NULL
);
CREATE INDEX ix_audit_created ON audit (created_at, id);
CREATE INDEX ix_audit_subject ON audit (subject_id, subject_kind, created_at);

CREATE TABLE journal (
    id {uuid} NOT NULL PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject_id {uuid} NOT NULL,
    created_at {time} NOT NULL,
    actor_id {uuid} NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    note TEXT
);
CREATE INDEX ix_journal_subject ON journal (subject_id, subject_kind, id);

CREATE TABLE number_rule (
    kind TEXT NOT NULL PRIMARY KEY,
    pattern TEXT NOT NULL
);
CREATE TABLE number_counter (
    scope TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL CHECK (value >= 0)
);

CREATE TABLE idempotency (
    actor_id {uuid} NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at {time} NOT NULL,
    status INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    version BIGINT,
    content {bytes} NOT NULL,
    PRIMARY KEY (actor_id, key)
);
CREATE INDEX ix_idempotency_created ON idempotency (created_at);
";

crate::kit::migration!("m0001_platform", SQL);

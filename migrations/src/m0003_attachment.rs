//! Files that belong to records. The content lies in the object store under the hash of it.

const SQL: &str = "
CREATE TABLE attachment (
    id {uuid} NOT NULL PRIMARY KEY,
    created_at {time} NOT NULL,
    created_by {uuid} NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id {uuid} NOT NULL,
    purpose TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL CONSTRAINT ck_attachment_size CHECK (size > 0),
    object TEXT NOT NULL,
    thumbnail TEXT
);
CREATE INDEX ix_attachment_subject ON attachment (subject_id, subject_kind, id);
{append_only} attachment;
";

crate::kit::migration!("m0003_attachment", SQL);

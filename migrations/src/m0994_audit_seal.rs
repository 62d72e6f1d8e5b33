//! Audit rows carry the hash of their content, and seals chain them. What is not sealed yet waits in a table of its own,
//! without an index: it is as long as a minute, and writing to it costs next to nothing.

const SQL: &str = "
ALTER TABLE audit ADD COLUMN hash {bytes};

CREATE TABLE audit_unsealed (
    audit_id {uuid} NOT NULL
);
INSERT INTO audit_unsealed (audit_id) SELECT id FROM audit;

CREATE TABLE audit_seal (
    seq BIGINT NOT NULL PRIMARY KEY,
    created_at {time} NOT NULL,
    row_count BIGINT NOT NULL CONSTRAINT ck_audit_seal_row_count CHECK (row_count > 0),
    total BIGINT NOT NULL CONSTRAINT ck_audit_seal_total CHECK (total >= row_count),
    content {bytes} NOT NULL,
    key_name TEXT NOT NULL,
    root {bytes} NOT NULL
);
{append_only} audit_seal;
";

crate::kit::migration!("m0994_audit_seal", SQL);

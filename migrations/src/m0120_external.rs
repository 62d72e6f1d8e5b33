//! What other systems call our records.

const SQL: &str = "
CREATE TABLE external_ref (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    external_id TEXT NOT NULL,
    record_id {uuid},
    created_at {time} NOT NULL,
    PRIMARY KEY (source, kind, external_id),
    CONSTRAINT uq_external_ref_record UNIQUE (kind, record_id, source)
);
";

crate::kit::migration!("m0120_external", SQL);

//! Tickets of an older system: when they came in, and what that system had received for them.

const SQL: &str = "
ALTER TABLE ticket ADD COLUMN imported_at {time};
ALTER TABLE ticket ADD COLUMN imported_received BIGINT CONSTRAINT ck_ticket_imported_received CHECK (imported_received >= 0);
CREATE INDEX ix_ticket_imported ON ticket (imported_at, id);
";

crate::kit::migration!("m0710_ticket_import", SQL);

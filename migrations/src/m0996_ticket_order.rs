//! The indexes that lists of tickets go by end in the id, as the lists do: no page has to be sorted again.

const SQL: &str = "
DROP INDEX ix_ticket_state;
DROP INDEX ix_ticket_org;
CREATE INDEX ix_ticket_state ON ticket (state, org_id, created_at, id);
CREATE INDEX ix_ticket_org ON ticket (org_id, created_at, id);
";

crate::kit::migration!("m0996_ticket_order", SQL);

//! The list of tickets in one state, newest first, reads as many rows as it shows, however many tickets there are.

const SQL: &str = "
CREATE INDEX ix_ticket_state_created ON ticket (state, created_at, id);
";

crate::kit::migration!("m0740_ticket_lists", SQL);

//! Indexes for filters that few rows pass: without them a list would read the whole table to find a page.

const SQL: &str = "
CREATE INDEX ix_ticket_warranty_state ON ticket (warranty_state_id, created_at, id);
CREATE INDEX ix_ticket_abnormal ON ticket (created_at, id) WHERE is_abnormal;
CREATE INDEX ix_ticket_settled ON ticket (created_at, id) WHERE settled_at IS NOT NULL;
CREATE INDEX ix_ticket_history ON ticket (created_at, id) WHERE imported_at IS NOT NULL;
CREATE INDEX ix_stock_move_serials ON stock_move (seq, id) WHERE serial IS NOT NULL;
";

crate::kit::migration!("m0991_rare_filters", SQL);

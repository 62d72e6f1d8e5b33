//! Stocktakes notice goods that move between the counts of two shelves: which entry of the ledger was the last one when a
//! line was counted, and whether there were more of them before its next count.

const SQL: &str = "
ALTER TABLE stocktake_line ADD COLUMN mark BIGINT;
ALTER TABLE stocktake_line ADD COLUMN is_moved BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE stocktake_line ADD COLUMN was_moved BOOLEAN NOT NULL DEFAULT FALSE;
";

crate::kit::migration!("m0850_stocktake_moved", SQL);

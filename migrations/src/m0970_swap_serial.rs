//! Pieces with serials are swapped: which piece goes, and which one it goes or comes for.

const SQL: &str = "
ALTER TABLE swap_line ADD COLUMN serial TEXT;
ALTER TABLE swap_line ADD COLUMN for_serial TEXT;
CREATE INDEX ix_swap_line_serial ON swap_line (serial);
ALTER TABLE swap_entry ADD COLUMN serial TEXT;
CREATE INDEX ix_swap_entry_serial ON swap_entry (serial);
";

crate::kit::migration!("m0970_swap_serial", SQL);

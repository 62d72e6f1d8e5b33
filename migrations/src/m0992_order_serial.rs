//! An order may name the piece that is meant.

const SQL: &str = "
ALTER TABLE sales_order_line ADD COLUMN serial TEXT;
";

crate::kit::migration!("m0992_order_serial", SQL);

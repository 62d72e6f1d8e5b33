//! Moves between warehouses with a change of condition, destruction of bad parts, bad parts back to customers.

const SQL: &str = "
ALTER TABLE stock_doc ADD COLUMN to_warehouse_id {uuid} CONSTRAINT fk_stock_doc_to_warehouse REFERENCES warehouse (id);
ALTER TABLE stock_doc ADD COLUMN witness_id {uuid} CONSTRAINT fk_stock_doc_witness REFERENCES app_user (id);
CREATE INDEX ix_stock_doc_to_warehouse ON stock_doc (to_warehouse_id);
CREATE INDEX ix_stock_doc_witness ON stock_doc (witness_id);
ALTER TABLE stock_doc_line ADD COLUMN to_condition TEXT;
";

crate::kit::migration!("m0810_store_documents", SQL);

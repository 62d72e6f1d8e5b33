//! Old parts may go straight to their maker.

const SQL: &str = "
ALTER TABLE part_return ADD COLUMN maker_id {uuid} CONSTRAINT fk_part_return_maker REFERENCES customer (id);
CREATE INDEX ix_part_return_maker ON part_return (maker_id);
";

crate::kit::migration!("m0993_part_return_maker", SQL);

//! Formulas, and conversions of units into parts and of parts into units.

const SQL: &str = "
CREATE TABLE formula (
    {head},
    product_id {uuid} NOT NULL CONSTRAINT fk_formula_product REFERENCES product (id),
    edition TEXT NOT NULL,
    is_active BOOLEAN NOT NULL,
    remark TEXT,
    CONSTRAINT uq_formula_edition UNIQUE (product_id, edition)
);
CREATE INDEX ix_formula_created ON formula (created_at, id);
CREATE INDEX ix_formula_updated ON formula (updated_at, id);

{lines} formula_line of formula as formula_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_formula_line_product REFERENCES product (id),
    quantity BIGINT NOT NULL CONSTRAINT ck_formula_line_quantity CHECK (quantity > 0),
    share BIGINT NOT NULL CONSTRAINT ck_formula_line_share CHECK (share BETWEEN 0 AND 10000)
);
CREATE INDEX ix_formula_line_product ON formula_line (product_id);

{document} conversion (
    way TEXT NOT NULL,
    formula_id {uuid} NOT NULL CONSTRAINT fk_conversion_formula REFERENCES formula (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_conversion_product REFERENCES product (id),
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_conversion_warehouse REFERENCES warehouse (id),
    parts_warehouse_id {uuid} NOT NULL CONSTRAINT fk_conversion_parts REFERENCES warehouse (id),
    serial TEXT,
    condition TEXT NOT NULL,
    posted_at {time},
    remark TEXT
);
CREATE INDEX ix_conversion_formula ON conversion (formula_id);
CREATE INDEX ix_conversion_product ON conversion (product_id);
CREATE INDEX ix_conversion_warehouse ON conversion (warehouse_id);
CREATE INDEX ix_conversion_parts ON conversion (parts_warehouse_id);

{lines} conversion_line of conversion as conversion_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_conversion_line_product REFERENCES product (id),
    serial TEXT,
    condition TEXT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_conversion_line_quantity CHECK (quantity > 0),
    share BIGINT CONSTRAINT ck_conversion_line_share CHECK (share BETWEEN 0 AND 10000)
);
CREATE INDEX ix_conversion_line_product ON conversion_line (product_id);
";

crate::kit::migration!("m0840_conversion", SQL);

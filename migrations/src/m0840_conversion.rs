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

CREATE TABLE formula_line (
    id {uuid} NOT NULL PRIMARY KEY,
    formula_id {uuid} NOT NULL CONSTRAINT fk_formula_line_head REFERENCES formula (id),
    line_no INTEGER NOT NULL,
    product_id {uuid} NOT NULL CONSTRAINT fk_formula_line_product REFERENCES product (id),
    quantity BIGINT NOT NULL CONSTRAINT ck_formula_line_quantity CHECK (quantity > 0),
    share BIGINT NOT NULL CONSTRAINT ck_formula_line_share CHECK (share BETWEEN 0 AND 10000),
    CONSTRAINT uq_formula_line_no UNIQUE (formula_id, line_no)
);
CREATE INDEX ix_formula_line_product ON formula_line (product_id);

CREATE TABLE conversion (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_conversion_org REFERENCES org (id),
    number TEXT NOT NULL CONSTRAINT uq_conversion_number UNIQUE,
    state TEXT NOT NULL,
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
CREATE INDEX ix_conversion_org ON conversion (org_id, created_at);
CREATE INDEX ix_conversion_created ON conversion (created_at, id);
CREATE INDEX ix_conversion_updated ON conversion (updated_at, id);
CREATE INDEX ix_conversion_state ON conversion (state, created_at);
CREATE INDEX ix_conversion_formula ON conversion (formula_id);
CREATE INDEX ix_conversion_product ON conversion (product_id);
CREATE INDEX ix_conversion_warehouse ON conversion (warehouse_id);
CREATE INDEX ix_conversion_parts ON conversion (parts_warehouse_id);

CREATE TABLE conversion_line (
    id {uuid} NOT NULL PRIMARY KEY,
    conversion_id {uuid} NOT NULL CONSTRAINT fk_conversion_line_head REFERENCES conversion (id),
    line_no INTEGER NOT NULL,
    product_id {uuid} NOT NULL CONSTRAINT fk_conversion_line_product REFERENCES product (id),
    serial TEXT,
    condition TEXT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_conversion_line_quantity CHECK (quantity > 0),
    share BIGINT CONSTRAINT ck_conversion_line_share CHECK (share BETWEEN 0 AND 10000),
    CONSTRAINT uq_conversion_line_no UNIQUE (conversion_id, line_no)
);
CREATE INDEX ix_conversion_line_product ON conversion_line (product_id);
";

crate::kit::migration!("m0840_conversion", SQL);

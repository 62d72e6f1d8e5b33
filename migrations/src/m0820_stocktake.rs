//! Stocktakes: the snapshot of a warehouse, what was counted, and each single count.

const SQL: &str = "
CREATE TABLE stocktake (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_stocktake_org REFERENCES org (id),
    number TEXT NOT NULL CONSTRAINT uq_stocktake_number UNIQUE,
    state TEXT NOT NULL,
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_stocktake_warehouse REFERENCES warehouse (id),
    frozen_at {time} NOT NULL,
    round BIGINT NOT NULL CONSTRAINT ck_stocktake_round CHECK (round > 0),
    different_lines BIGINT,
    remark TEXT
);
CREATE INDEX ix_stocktake_org ON stocktake (org_id, created_at);
CREATE INDEX ix_stocktake_created ON stocktake (created_at, id);
CREATE INDEX ix_stocktake_updated ON stocktake (updated_at, id);
CREATE INDEX ix_stocktake_state ON stocktake (state, created_at);
CREATE INDEX ix_stocktake_warehouse ON stocktake (warehouse_id);
CREATE UNIQUE INDEX uq_stocktake_open ON stocktake (warehouse_id) WHERE state IN ('counting', 'recounting', 'counted');

CREATE TABLE stocktake_line (
    id {uuid} NOT NULL PRIMARY KEY,
    stocktake_id {uuid} NOT NULL CONSTRAINT fk_stocktake_line_head REFERENCES stocktake (id),
    line_no INTEGER NOT NULL,
    product_id {uuid} NOT NULL CONSTRAINT fk_stocktake_line_product REFERENCES product (id),
    serial TEXT,
    condition TEXT NOT NULL,
    owner TEXT NOT NULL,
    expected BIGINT NOT NULL CONSTRAINT ck_stocktake_line_expected CHECK (expected >= 0),
    unit_cost BIGINT NOT NULL,
    counted BIGINT CONSTRAINT ck_stocktake_line_counted CHECK (counted >= 0),
    book BIGINT,
    counted_round BIGINT NOT NULL,
    before_counted BIGINT,
    before_book BIGINT,
    CONSTRAINT uq_stocktake_line_no UNIQUE (stocktake_id, line_no)
);
CREATE INDEX ix_stocktake_line_product ON stocktake_line (product_id);

CREATE TABLE stocktake_count (
    id {uuid} NOT NULL PRIMARY KEY,
    stocktake_id {uuid} NOT NULL CONSTRAINT fk_stocktake_count_head REFERENCES stocktake (id),
    line_no INTEGER NOT NULL,
    line_id {uuid} NOT NULL CONSTRAINT fk_stocktake_count_line REFERENCES stocktake_line (id),
    round BIGINT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_stocktake_count_quantity CHECK (quantity >= 0),
    counted_by {uuid} NOT NULL CONSTRAINT fk_stocktake_count_by REFERENCES app_user (id),
    counted_at {time} NOT NULL,
    is_taken_back BOOLEAN NOT NULL,
    CONSTRAINT uq_stocktake_count_no UNIQUE (stocktake_id, line_no)
);
CREATE INDEX ix_stocktake_count_line ON stocktake_count (line_id);
CREATE INDEX ix_stocktake_count_by ON stocktake_count (counted_by);
";

crate::kit::migration!("m0820_stocktake", SQL);

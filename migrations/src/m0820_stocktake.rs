//! Stocktakes: the snapshot of a warehouse, what was counted, and each single count.

const SQL: &str = "
{document} stocktake (
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_stocktake_warehouse REFERENCES warehouse (id),
    frozen_at {time} NOT NULL,
    round BIGINT NOT NULL CONSTRAINT ck_stocktake_round CHECK (round > 0),
    different_lines BIGINT,
    remark TEXT
);
CREATE INDEX ix_stocktake_warehouse ON stocktake (warehouse_id);
CREATE UNIQUE INDEX uq_stocktake_open ON stocktake (warehouse_id) WHERE state IN ('counting', 'recounting', 'counted');

{lines} stocktake_line of stocktake as stocktake_id (
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
    before_book BIGINT
);
CREATE INDEX ix_stocktake_line_product ON stocktake_line (product_id);

{lines} stocktake_count of stocktake as stocktake_id (
    line_id {uuid} NOT NULL CONSTRAINT fk_stocktake_count_line REFERENCES stocktake_line (id),
    round BIGINT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_stocktake_count_quantity CHECK (quantity >= 0),
    counted_by {uuid} NOT NULL CONSTRAINT fk_stocktake_count_by REFERENCES app_user (id),
    counted_at {time} NOT NULL,
    is_taken_back BOOLEAN NOT NULL
);
CREATE INDEX ix_stocktake_count_line ON stocktake_count (line_id);
CREATE INDEX ix_stocktake_count_by ON stocktake_count (counted_by);
";

crate::kit::migration!("m0820_stocktake", SQL);

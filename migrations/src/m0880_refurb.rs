//! Refurbishments: the application with its units, and the parts that went into them.

const SQL: &str = "
{document} refurb (
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_refurb_warehouse REFERENCES warehouse (id),
    agent_id {uuid} CONSTRAINT fk_refurb_agent REFERENCES customer (id),
    reason TEXT NOT NULL,
    estimate BIGINT NOT NULL CONSTRAINT ck_refurb_estimate CHECK (estimate >= 0),
    worker_id {uuid},
    started_at {time},
    finished_at {time}
);
CREATE INDEX ix_refurb_agent ON refurb (agent_id, created_at);
CREATE INDEX ix_refurb_warehouse ON refurb (warehouse_id);

{lines} refurb_line of refurb as refurb_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_refurb_line_product REFERENCES product (id),
    serial TEXT NOT NULL,
    condition TEXT NOT NULL,
    carrying BIGINT,
    parts_value BIGINT NOT NULL CONSTRAINT ck_refurb_line_parts CHECK (parts_value >= 0),
    labour BIGINT NOT NULL CONSTRAINT ck_refurb_line_labour CHECK (labour >= 0),
    value BIGINT,
    grade TEXT,
    graded_at {time},
    CONSTRAINT ck_refurb_line_graded CHECK ((grade IS NULL) = (graded_at IS NULL) AND (grade IS NULL OR carrying IS NOT NULL))
);
CREATE INDEX ix_refurb_line_product ON refurb_line (product_id);
CREATE INDEX ix_refurb_line_serial ON refurb_line (serial);

{lines} refurb_part of refurb as refurb_id (
    line_id {uuid} NOT NULL CONSTRAINT fk_refurb_part_line REFERENCES refurb_line (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_refurb_part_product REFERENCES product (id),
    serial TEXT,
    quantity BIGINT NOT NULL CONSTRAINT ck_refurb_part_quantity CHECK (quantity > 0),
    value BIGINT NOT NULL,
    posting_id {uuid} NOT NULL CONSTRAINT fk_refurb_part_posting REFERENCES stock_doc (id),
    is_taken_back BOOLEAN NOT NULL
);
CREATE INDEX ix_refurb_part_line ON refurb_part (line_id);
CREATE INDEX ix_refurb_part_product ON refurb_part (product_id);
CREATE INDEX ix_refurb_part_posting ON refurb_part (posting_id);
";

crate::kit::migration!("m0880_refurb", SQL);

//! Revaluations: what goods of a station cost from now on.

const SQL: &str = "
CREATE TABLE revaluation (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_revaluation_org REFERENCES org (id),
    number TEXT NOT NULL CONSTRAINT uq_revaluation_number UNIQUE,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    posted_at {time},
    difference BIGINT
);
CREATE INDEX ix_revaluation_org ON revaluation (org_id, created_at);
CREATE INDEX ix_revaluation_created ON revaluation (created_at, id);
CREATE INDEX ix_revaluation_updated ON revaluation (updated_at, id);
CREATE INDEX ix_revaluation_state ON revaluation (state, created_at);

CREATE TABLE revaluation_line (
    id {uuid} NOT NULL PRIMARY KEY,
    revaluation_id {uuid} NOT NULL CONSTRAINT fk_revaluation_line_head REFERENCES revaluation (id),
    line_no INTEGER NOT NULL,
    product_id {uuid} NOT NULL CONSTRAINT fk_revaluation_line_product REFERENCES product (id),
    condition TEXT NOT NULL,
    serial TEXT,
    new_cost BIGINT NOT NULL CONSTRAINT ck_revaluation_line_cost CHECK (new_cost >= 0),
    quantity BIGINT,
    old_value BIGINT,
    difference BIGINT,
    CONSTRAINT uq_revaluation_line_no UNIQUE (revaluation_id, line_no)
);
CREATE INDEX ix_revaluation_line_product ON revaluation_line (product_id);
";

crate::kit::migration!("m0830_revaluation", SQL);

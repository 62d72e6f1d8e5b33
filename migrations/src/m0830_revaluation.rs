//! Revaluations: what goods of a station cost from now on.

const SQL: &str = "
{document} revaluation (
    reason TEXT NOT NULL,
    posted_at {time},
    difference BIGINT
);

{lines} revaluation_line of revaluation as revaluation_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_revaluation_line_product REFERENCES product (id),
    condition TEXT NOT NULL,
    serial TEXT,
    new_cost BIGINT NOT NULL CONSTRAINT ck_revaluation_line_cost CHECK (new_cost >= 0),
    quantity BIGINT,
    old_value BIGINT,
    difference BIGINT
);
CREATE INDEX ix_revaluation_line_product ON revaluation_line (product_id);
";

crate::kit::migration!("m0830_revaluation", SQL);

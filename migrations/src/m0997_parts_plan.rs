//! Parts plans, and which line of a plan a line of a requisition supplies. `basis` says why a quantity was suggested.

const SQL: &str = "
{document} parts_plan (
    kind TEXT NOT NULL,
    month BIGINT NOT NULL,
    needed_on {date},
    reason TEXT,
    remark TEXT,
    total_quantity BIGINT NOT NULL,
    suggested_at {time}
);
CREATE INDEX ix_parts_plan_month ON parts_plan (month, created_at);
CREATE INDEX ix_parts_plan_kind ON parts_plan (kind, created_at);
CREATE UNIQUE INDEX uq_parts_plan_month ON parts_plan (org_id, month)
    WHERE kind = 'monthly' AND state IN ('draft', 'submitted', 'approved');

{lines} parts_plan_line of parts_plan as plan_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_parts_plan_line_product REFERENCES product (id),
    suggested BIGINT,
    basis TEXT,
    quantity BIGINT NOT NULL CONSTRAINT ck_parts_plan_line_quantity CHECK (quantity >= 0),
    is_by_hand BOOLEAN NOT NULL,
    approved BIGINT,
    remark TEXT,
    CONSTRAINT ck_parts_plan_line_approved CHECK (approved BETWEEN 0 AND quantity)
);
CREATE INDEX ix_parts_plan_line_product ON parts_plan_line (product_id);

ALTER TABLE requisition_line ADD COLUMN plan_line_id {uuid} CONSTRAINT fk_requisition_line_plan REFERENCES parts_plan_line (id);
CREATE INDEX ix_requisition_line_plan ON requisition_line (plan_line_id);
";

crate::kit::migration!("m0997_parts_plan", SQL);

//! The latest price of a product in one step of an index; a plan that is supplied is still that of its month.

const SQL: &str = "
CREATE INDEX ix_purchase_order_line_latest ON purchase_order_line (product_id, id);

DROP INDEX uq_parts_plan_month;
CREATE UNIQUE INDEX uq_parts_plan_month ON parts_plan (org_id, month)
    WHERE kind = 'monthly' AND state IN ('draft', 'submitted', 'approved', 'supplied');
";

crate::kit::migration!("m0999_plan_supplied", SQL);

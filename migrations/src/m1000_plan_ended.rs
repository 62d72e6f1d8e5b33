//! A month may have another plan once the one before is supplied: only what is still being written is there once.

const SQL: &str = "
DROP INDEX uq_parts_plan_month;
CREATE UNIQUE INDEX uq_parts_plan_month ON parts_plan (org_id, month)
    WHERE kind = 'monthly' AND state IN ('draft', 'submitted');
";

crate::kit::migration!("m1000_plan_ended", SQL);

//! Old parts that stations owe headquarters, the returns that they travel with, and the rules of both. A transfer may carry
//! what is not good, and may belong to another document. A party may run a station.

const SQL: &str = "
ALTER TABLE customer ADD COLUMN runs_org_id {uuid} CONSTRAINT fk_customer_runs REFERENCES org (id);
CREATE UNIQUE INDEX uq_customer_runs ON customer (runs_org_id);

ALTER TABLE transfer ADD COLUMN source_kind TEXT;
ALTER TABLE transfer ADD COLUMN source_id {uuid};
ALTER TABLE transfer ADD COLUMN source_number TEXT;
CREATE INDEX ix_transfer_source ON transfer (source_id);
ALTER TABLE transfer_line ADD COLUMN condition TEXT NOT NULL DEFAULT 'good';
ALTER TABLE transfer_line ADD COLUMN owner TEXT NOT NULL DEFAULT 'company';

CREATE TABLE part_return_policy (
    {head},
    due_days INTEGER NOT NULL CONSTRAINT ck_part_return_policy_due CHECK (due_days BETWEEN 1 AND 3650),
    good_days INTEGER NOT NULL CONSTRAINT ck_part_return_policy_good CHECK (good_days BETWEEN 1 AND 3650),
    late_rate INTEGER NOT NULL CONSTRAINT ck_part_return_policy_late CHECK (late_rate BETWEEN 0 AND 10000),
    late_most INTEGER NOT NULL CONSTRAINT ck_part_return_policy_most CHECK (late_most BETWEEN 0 AND 10000),
    missing_rate INTEGER NOT NULL CONSTRAINT ck_part_return_policy_missing CHECK (missing_rate BETWEEN 0 AND 60000),
    mismatch_rate INTEGER NOT NULL CONSTRAINT ck_part_return_policy_mismatch CHECK (mismatch_rate BETWEEN 0 AND 60000),
    false_rate INTEGER NOT NULL CONSTRAINT ck_part_return_policy_false CHECK (false_rate BETWEEN 0 AND 60000),
    remark TEXT
);
CREATE INDEX ix_part_return_policy_created ON part_return_policy (created_at, id);
{append_only} part_return_policy;

{document} part_return (
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_part_return_warehouse REFERENCES warehouse (id),
    to_org_id {uuid} NOT NULL CONSTRAINT fk_part_return_to_org REFERENCES org (id),
    transfer_id {uuid} CONSTRAINT fk_part_return_transfer REFERENCES transfer (id),
    transfer_number TEXT,
    party_id {uuid} CONSTRAINT fk_part_return_party REFERENCES customer (id),
    courier TEXT,
    tracking_number TEXT,
    shipped_at {time},
    examined_at {time},
    remark TEXT,
    total_quantity BIGINT NOT NULL,
    deduction BIGINT NOT NULL CONSTRAINT ck_part_return_deduction CHECK (deduction >= 0),
    CONSTRAINT ck_part_return_ends CHECK (org_id <> to_org_id)
);
CREATE INDEX ix_part_return_to_org ON part_return (to_org_id, created_at);
CREATE INDEX ix_part_return_warehouse ON part_return (warehouse_id);
CREATE INDEX ix_part_return_transfer ON part_return (transfer_id);
CREATE INDEX ix_part_return_party ON part_return (party_id);

{document} owed_part (
    ticket_id {uuid} NOT NULL CONSTRAINT fk_owed_part_ticket REFERENCES ticket (id),
    ticket_number TEXT NOT NULL,
    part_id {uuid} NOT NULL,
    product_id {uuid} NOT NULL CONSTRAINT fk_owed_part_product REFERENCES product (id),
    serial TEXT,
    quantity BIGINT NOT NULL CONSTRAINT ck_owed_part_quantity CHECK (quantity > 0),
    unit_price BIGINT NOT NULL CONSTRAINT ck_owed_part_price CHECK (unit_price >= 0),
    payer TEXT NOT NULL,
    owner TEXT NOT NULL,
    finished_on {date} NOT NULL,
    due_on {date} NOT NULL,
    good_until {date} NOT NULL,
    return_id {uuid} CONSTRAINT fk_owed_part_return REFERENCES part_return (id),
    return_number TEXT,
    deduction BIGINT NOT NULL CONSTRAINT ck_owed_part_deduction CHECK (deduction >= 0),
    waived_because TEXT,
    CONSTRAINT ck_owed_part_return CHECK ((return_id IS NULL) = (state IN ('open', 'waived', 'cancelled'))),
    CONSTRAINT ck_owed_part_waived CHECK (state <> 'waived' OR waived_because IS NOT NULL)
);
CREATE INDEX ix_owed_part_org ON owed_part (org_id, state, due_on);
CREATE INDEX ix_owed_part_due ON owed_part (due_on, id);
CREATE INDEX ix_owed_part_ticket ON owed_part (ticket_id);
CREATE INDEX ix_owed_part_part ON owed_part (part_id);
CREATE INDEX ix_owed_part_product ON owed_part (product_id, state);
CREATE INDEX ix_owed_part_return ON owed_part (return_id);

CREATE TABLE part_return_line (
    id {uuid} NOT NULL PRIMARY KEY,
    return_id {uuid} NOT NULL CONSTRAINT fk_part_return_line_head REFERENCES part_return (id),
    line_no INTEGER NOT NULL,
    owed_part_id {uuid} NOT NULL CONSTRAINT fk_part_return_line_owed REFERENCES owed_part (id),
    declared TEXT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_part_return_line_quantity CHECK (quantity >= 0),
    verdict TEXT,
    received BIGINT,
    missing_amount BIGINT NOT NULL CONSTRAINT ck_part_return_line_missing CHECK (missing_amount >= 0),
    verdict_amount BIGINT NOT NULL CONSTRAINT ck_part_return_line_verdict CHECK (verdict_amount >= 0),
    late_amount BIGINT NOT NULL CONSTRAINT ck_part_return_line_late CHECK (late_amount >= 0),
    remark TEXT,
    CONSTRAINT ck_part_return_line_received CHECK (received BETWEEN 0 AND quantity),
    CONSTRAINT uq_part_return_line_no UNIQUE (return_id, line_no),
    CONSTRAINT uq_part_return_line_owed UNIQUE (return_id, owed_part_id)
);
CREATE INDEX ix_part_return_line_owed ON part_return_line (owed_part_id);
";

crate::kit::migration!("m0890_part_return", SQL);

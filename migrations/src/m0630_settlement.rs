//! Service settlements.

const SQL: &str = "
CREATE TABLE settlement (
    {head},
    org_id {uuid} NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_settlement_state CHECK (state IN ('posted', 'reversed', 'mirror')),
    party_id {uuid} NOT NULL,
    source_kind TEXT NOT NULL,
    source_id {uuid} NOT NULL,
    source_number TEXT NOT NULL,
    effective_at {time} NOT NULL,
    effective_on {date} NOT NULL,
    posted_at {time} NOT NULL,
    total BIGINT NOT NULL,
    customer_total BIGINT NOT NULL,
    vat_total BIGINT NOT NULL,
    reversal_of {uuid} CONSTRAINT fk_settlement_reversal REFERENCES settlement (id),
    reason TEXT,
    CONSTRAINT uq_settlement_number UNIQUE (number),
    CONSTRAINT uq_settlement_reversal UNIQUE (reversal_of),
    CONSTRAINT ck_settlement_mirror CHECK ((state = 'mirror') = (reversal_of IS NOT NULL))
);
CREATE UNIQUE INDEX uq_settlement_source ON settlement (source_id) WHERE state = 'posted';
CREATE INDEX ix_settlement_created ON settlement (created_at, id);
CREATE INDEX ix_settlement_updated ON settlement (updated_at, id);
CREATE INDEX ix_settlement_effective ON settlement (effective_on, id);
CREATE INDEX ix_settlement_any_source ON settlement (source_id);
CREATE INDEX ix_settlement_party ON settlement (party_id);
CREATE INDEX ix_settlement_org ON settlement (org_id, state);

CREATE TABLE settlement_line (
    id {uuid} NOT NULL PRIMARY KEY,
    settlement_id {uuid} NOT NULL CONSTRAINT fk_settlement_line_settlement REFERENCES settlement (id),
    line_no INTEGER NOT NULL,
    payer TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_settlement_line_kind CHECK (kind IN ('labour', 'part', 'service')),
    description TEXT NOT NULL,
    item_id {uuid},
    quantity BIGINT NOT NULL,
    unit_price BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    vat BIGINT NOT NULL,
    CONSTRAINT uq_settlement_line_no UNIQUE (settlement_id, line_no)
);
CREATE INDEX ix_settlement_line_item ON settlement_line (item_id);
{append_only} settlement_line;
";

crate::kit::migration!("m0630_settlement", SQL);

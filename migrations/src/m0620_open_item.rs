//! Open items, and the allocations that settle them.

const SQL: &str = "
CREATE TABLE open_item (
    {head},
    org_id {uuid} NOT NULL,
    side TEXT NOT NULL CONSTRAINT ck_open_item_side CHECK (side IN ('receivable', 'payable', 'deposit', 'claim')),
    party_id {uuid} NOT NULL,
    source_kind TEXT NOT NULL,
    source_id {uuid} NOT NULL,
    source_number TEXT NOT NULL,
    origin_id {uuid},
    origin_number TEXT,
    effective_on {date} NOT NULL,
    amount BIGINT NOT NULL CONSTRAINT ck_open_item_amount CHECK (amount > 0),
    settled BIGINT NOT NULL,
    CONSTRAINT ck_open_item_settled CHECK (settled >= 0 AND settled <= amount),
    CONSTRAINT uq_open_item_source UNIQUE (source_id, side)
);
CREATE INDEX ix_open_item_created ON open_item (created_at, id);
CREATE INDEX ix_open_item_updated ON open_item (updated_at, id);
CREATE INDEX ix_open_item_effective ON open_item (effective_on, id);
CREATE INDEX ix_open_item_amount ON open_item (amount, id);
CREATE INDEX ix_open_item_party ON open_item (party_id, side);
CREATE INDEX ix_open_item_org ON open_item (org_id, side);
CREATE INDEX ix_open_item_origin ON open_item (origin_id);
CREATE INDEX ix_open_item_open ON open_item (side, party_id) WHERE settled < amount;

CREATE TABLE allocation (
    id {uuid} NOT NULL PRIMARY KEY,
    open_item_id {uuid} NOT NULL CONSTRAINT fk_allocation_open_item REFERENCES open_item (id),
    source_kind TEXT NOT NULL,
    source_id {uuid} NOT NULL,
    created_at {time} NOT NULL,
    amount BIGINT NOT NULL CONSTRAINT ck_allocation_amount CHECK (amount <> 0),
    mirror_of {uuid} CONSTRAINT fk_allocation_mirror REFERENCES allocation (id),
    CONSTRAINT uq_allocation_mirror UNIQUE (mirror_of)
);
CREATE INDEX ix_allocation_open_item ON allocation (open_item_id);
CREATE INDEX ix_allocation_source ON allocation (source_id);
{append_only} allocation;
";

crate::kit::migration!("m0620_open_item", SQL);

//! Accessory swaps: the documents, what is owed to distributors and by factories, and every swap in history.

const SQL: &str = "
{document} swap (
    way TEXT NOT NULL,
    party_id {uuid} NOT NULL CONSTRAINT fk_swap_party REFERENCES customer (id),
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_swap_warehouse REFERENCES warehouse (id),
    reference TEXT,
    accept_over BOOLEAN NOT NULL,
    posted_at {time},
    remark TEXT,
    total_quantity BIGINT NOT NULL
);
CREATE INDEX ix_swap_way ON swap (way, created_at);
CREATE INDEX ix_swap_party ON swap (party_id, created_at);
CREATE INDEX ix_swap_warehouse ON swap (warehouse_id);

{lines} swap_line of swap as swap_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_swap_line_product REFERENCES product (id),
    quantity BIGINT NOT NULL CONSTRAINT ck_swap_line_quantity CHECK (quantity > 0),
    over BIGINT NOT NULL CONSTRAINT ck_swap_line_over CHECK (over BETWEEN 0 AND quantity),
    owed BIGINT,
    condition TEXT NOT NULL,
    is_replaced BOOLEAN NOT NULL,
    fault TEXT
);
CREATE INDEX ix_swap_line_product ON swap_line (product_id);

CREATE TABLE swap_balance (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_swap_balance_org REFERENCES org (id),
    side TEXT NOT NULL,
    party_id {uuid} NOT NULL CONSTRAINT fk_swap_balance_party REFERENCES customer (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_swap_balance_product REFERENCES product (id),
    taken BIGINT NOT NULL,
    given BIGINT NOT NULL CONSTRAINT ck_swap_balance_given CHECK (given >= 0),
    CONSTRAINT ck_swap_balance_open CHECK (given <= taken),
    CONSTRAINT uq_swap_balance UNIQUE (org_id, side, party_id, product_id)
);
CREATE INDEX ix_swap_balance_party ON swap_balance (party_id);
CREATE INDEX ix_swap_balance_product ON swap_balance (product_id);
CREATE INDEX ix_swap_balance_created ON swap_balance (created_at, id);
CREATE INDEX ix_swap_balance_updated ON swap_balance (updated_at, id);

CREATE TABLE swap_entry (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_swap_entry_org REFERENCES org (id),
    way TEXT NOT NULL,
    is_reversal BOOLEAN NOT NULL,
    swap_id {uuid} NOT NULL CONSTRAINT fk_swap_entry_swap REFERENCES swap (id),
    swap_number TEXT NOT NULL,
    party_id {uuid} NOT NULL CONSTRAINT fk_swap_entry_party REFERENCES customer (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_swap_entry_product REFERENCES product (id),
    quantity BIGINT NOT NULL,
    open BIGINT NOT NULL
);
CREATE INDEX ix_swap_entry_org ON swap_entry (org_id, created_at);
CREATE INDEX ix_swap_entry_created ON swap_entry (created_at, id);
CREATE INDEX ix_swap_entry_swap ON swap_entry (swap_id);
CREATE INDEX ix_swap_entry_party ON swap_entry (party_id, created_at);
CREATE INDEX ix_swap_entry_product ON swap_entry (product_id, created_at);
{append_only} swap_entry;
";

crate::kit::migration!("m0870_swap", SQL);

//! Retail: sales, returns, how they were paid, the points of members, and the rules that these follow from.

const SQL: &str = "
CREATE TABLE retail_policy (
    {head},
    points_per_hundred INTEGER NOT NULL CONSTRAINT ck_retail_policy_points CHECK (points_per_hundred BETWEEN 0 AND 10000),
    discount_limit INTEGER NOT NULL CONSTRAINT ck_retail_policy_discount CHECK (discount_limit BETWEEN 0 AND 10000),
    bad_value INTEGER NOT NULL CONSTRAINT ck_retail_policy_bad CHECK (bad_value BETWEEN 0 AND 10000),
    remark TEXT
);
CREATE INDEX ix_retail_policy_created ON retail_policy (created_at, id);
{append_only} retail_policy;

{document} retail_sale (
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_retail_sale_warehouse REFERENCES warehouse (id),
    customer_id {uuid} CONSTRAINT fk_retail_sale_customer REFERENCES customer (id),
    cashier_id {uuid} NOT NULL CONSTRAINT fk_retail_sale_cashier REFERENCES app_user (id),
    cashier_name TEXT NOT NULL,
    effective_at {time} NOT NULL,
    effective_on {date} NOT NULL,
    posted_at {time} NOT NULL,
    gross BIGINT NOT NULL,
    discount BIGINT NOT NULL,
    total BIGINT NOT NULL,
    vat_total BIGINT NOT NULL,
    cost_total BIGINT NOT NULL,
    tendered BIGINT,
    change BIGINT NOT NULL,
    points BIGINT NOT NULL,
    points_back BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    remark TEXT,
    reversal_of {uuid} CONSTRAINT uq_retail_sale_reversal UNIQUE CONSTRAINT fk_retail_sale_reversal REFERENCES retail_sale (id),
    reason TEXT,
    CONSTRAINT ck_retail_sale_total CHECK (total = gross - discount),
    CONSTRAINT ck_retail_sale_refunded CHECK (refunded BETWEEN 0 AND total OR (reversal_of IS NOT NULL AND refunded = 0)),
    CONSTRAINT ck_retail_sale_change CHECK (change >= 0)
);
CREATE INDEX ix_retail_sale_org ON retail_sale (org_id, effective_at);
CREATE INDEX ix_retail_sale_effective ON retail_sale (effective_at, id);
CREATE INDEX ix_retail_sale_on ON retail_sale (effective_on);
CREATE INDEX ix_retail_sale_total ON retail_sale (total, id);
CREATE INDEX ix_retail_sale_customer ON retail_sale (customer_id, created_at);
CREATE INDEX ix_retail_sale_warehouse ON retail_sale (warehouse_id);
CREATE INDEX ix_retail_sale_cashier ON retail_sale (cashier_id, created_at);

{lines} retail_sale_line of retail_sale as retail_sale_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_retail_sale_line_product REFERENCES product (id),
    serial TEXT,
    quantity BIGINT NOT NULL CONSTRAINT ck_retail_sale_line_quantity CHECK (quantity <> 0),
    list_price BIGINT NOT NULL,
    unit_price BIGINT NOT NULL,
    gross BIGINT NOT NULL,
    discount BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    vat_rate BIGINT NOT NULL,
    vat BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    credited BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    vat_back BIGINT NOT NULL,
    cost_back BIGINT NOT NULL,
    CONSTRAINT ck_retail_sale_line_amount CHECK (amount = gross - discount),
    CONSTRAINT ck_retail_sale_line_returned CHECK (returned BETWEEN 0 AND quantity OR (quantity < 0 AND returned = 0)),
    CONSTRAINT ck_retail_sale_line_refunded CHECK (refunded BETWEEN 0 AND credited AND (credited <= amount OR credited = 0))
);
CREATE INDEX ix_retail_sale_line_product ON retail_sale_line (product_id);
CREATE INDEX ix_retail_sale_line_serial ON retail_sale_line (serial);

{document} retail_return (
    sale_id {uuid} NOT NULL CONSTRAINT fk_retail_return_sale REFERENCES retail_sale (id),
    customer_id {uuid} CONSTRAINT fk_retail_return_customer REFERENCES customer (id),
    cashier_id {uuid} NOT NULL CONSTRAINT fk_retail_return_cashier REFERENCES app_user (id),
    cashier_name TEXT NOT NULL,
    effective_at {time} NOT NULL,
    effective_on {date} NOT NULL,
    posted_at {time} NOT NULL,
    refund BIGINT NOT NULL,
    vat_total BIGINT NOT NULL,
    loss BIGINT NOT NULL,
    points BIGINT NOT NULL,
    remark TEXT NOT NULL,
    reversal_of {uuid} CONSTRAINT uq_retail_return_reversal UNIQUE CONSTRAINT fk_retail_return_reversal REFERENCES retail_return (id),
    reason TEXT
);
CREATE INDEX ix_retail_return_org ON retail_return (org_id, effective_at);
CREATE INDEX ix_retail_return_effective ON retail_return (effective_at, id);
CREATE INDEX ix_retail_return_on ON retail_return (effective_on);
CREATE INDEX ix_retail_return_sale ON retail_return (sale_id, created_at);
CREATE INDEX ix_retail_return_customer ON retail_return (customer_id, created_at);
CREATE INDEX ix_retail_return_cashier ON retail_return (cashier_id);

{lines} retail_return_line of retail_return as retail_return_id (
    sale_line_id {uuid} NOT NULL CONSTRAINT fk_retail_return_line_sale REFERENCES retail_sale_line (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_retail_return_line_product REFERENCES product (id),
    serial TEXT,
    condition TEXT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_retail_return_line_quantity CHECK (quantity <> 0),
    deduction BIGINT NOT NULL,
    refund BIGINT NOT NULL,
    vat BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    value BIGINT NOT NULL
);
CREATE INDEX ix_retail_return_line_sale ON retail_return_line (sale_line_id);
CREATE INDEX ix_retail_return_line_product ON retail_return_line (product_id);

CREATE TABLE retail_payment (
    id {uuid} NOT NULL PRIMARY KEY,
    document_id {uuid} NOT NULL,
    line_no INTEGER NOT NULL,
    method TEXT NOT NULL,
    bank_account_id {uuid} NOT NULL CONSTRAINT fk_retail_payment_bank REFERENCES bank_account (id),
    amount BIGINT NOT NULL,
    reference TEXT,
    CONSTRAINT uq_retail_payment_no UNIQUE (document_id, line_no)
);
CREATE INDEX ix_retail_payment_bank ON retail_payment (bank_account_id);
CREATE INDEX ix_retail_payment_method ON retail_payment (method, document_id);

CREATE TABLE member_points (
    customer_id {uuid} NOT NULL PRIMARY KEY CONSTRAINT fk_member_points_customer REFERENCES customer (id),
    balance BIGINT NOT NULL
);
CREATE TABLE point_entry (
    id {uuid} NOT NULL PRIMARY KEY,
    customer_id {uuid} NOT NULL CONSTRAINT fk_point_entry_customer REFERENCES customer (id),
    source_kind TEXT NOT NULL,
    source_id {uuid} NOT NULL CONSTRAINT uq_point_entry_source UNIQUE,
    source_number TEXT NOT NULL,
    created_at {time} NOT NULL,
    points BIGINT NOT NULL CONSTRAINT ck_point_entry_points CHECK (points <> 0),
    balance BIGINT NOT NULL
);
CREATE INDEX ix_point_entry_customer ON point_entry (customer_id, created_at, id);
{append_only} point_entry;
";

crate::kit::migration!("m0930_retail", SQL);

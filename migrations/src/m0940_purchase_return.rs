//! Goods that go back to their supplier, and how much of what was received has gone back.

const SQL: &str = "
ALTER TABLE goods_receipt_line ADD COLUMN returned BIGINT NOT NULL DEFAULT 0
    CONSTRAINT ck_goods_receipt_line_returned CHECK (returned BETWEEN 0 AND quantity);
ALTER TABLE goods_receipt_line ADD COLUMN released BIGINT NOT NULL DEFAULT 0
    CONSTRAINT ck_goods_receipt_line_released CHECK (released >= 0 AND released + invoiced <= quantity);
ALTER TABLE goods_receipt_line ADD COLUMN released_value BIGINT NOT NULL DEFAULT 0;
ALTER TABLE goods_receipt_line ADD COLUMN credited BIGINT NOT NULL DEFAULT 0
    CONSTRAINT ck_goods_receipt_line_credited CHECK (credited BETWEEN 0 AND invoiced);
ALTER TABLE goods_receipt_line ADD COLUMN credited_amount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE goods_receipt_line ADD COLUMN credited_tax BIGINT NOT NULL DEFAULT 0;

{document} purchase_return (
    receipt_id {uuid} NOT NULL CONSTRAINT fk_purchase_return_receipt REFERENCES goods_receipt (id),
    receipt_number TEXT NOT NULL,
    party_id {uuid} NOT NULL CONSTRAINT fk_purchase_return_party REFERENCES customer (id),
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_purchase_return_warehouse REFERENCES warehouse (id),
    effective_at {time},
    credit_no TEXT,
    reason TEXT NOT NULL,
    reversal_reason TEXT,
    total_quantity BIGINT NOT NULL,
    accrued BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    set_off BIGINT NOT NULL CONSTRAINT ck_purchase_return_set_off CHECK (set_off BETWEEN 0 AND credit)
);
CREATE INDEX ix_purchase_return_party ON purchase_return (party_id, created_at);
CREATE INDEX ix_purchase_return_receipt ON purchase_return (receipt_id, created_at);
CREATE INDEX ix_purchase_return_warehouse ON purchase_return (warehouse_id);

{lines} purchase_return_line of purchase_return as return_id (
    receipt_line_id {uuid} NOT NULL CONSTRAINT fk_purchase_return_line_receipt REFERENCES goods_receipt_line (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_purchase_return_line_product REFERENCES product (id),
    serial TEXT,
    condition TEXT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_purchase_return_line_quantity CHECK (quantity > 0),
    released BIGINT NOT NULL,
    accrued BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    CONSTRAINT ck_purchase_return_line_released CHECK (released BETWEEN 0 AND quantity)
);
CREATE INDEX ix_purchase_return_line_receipt ON purchase_return_line (receipt_line_id);
CREATE INDEX ix_purchase_return_line_product ON purchase_return_line (product_id);
";

crate::kit::migration!("m0940_purchase_return", SQL);

//! Purchase orders and what came of them.

const SQL: &str = "
{document} purchase_order (
    party_id {uuid} NOT NULL CONSTRAINT fk_purchase_order_party REFERENCES customer (id),
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_purchase_order_warehouse REFERENCES warehouse (id),
    expected_on {date},
    remark TEXT,
    total_quantity BIGINT NOT NULL,
    received_quantity BIGINT NOT NULL,
    total_amount BIGINT NOT NULL,
    total_tax BIGINT NOT NULL
);
CREATE INDEX ix_purchase_order_party ON purchase_order (party_id, created_at);
CREATE INDEX ix_purchase_order_warehouse ON purchase_order (warehouse_id);

{lines} purchase_order_line of purchase_order as order_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_purchase_order_line_product REFERENCES product (id),
    quantity BIGINT NOT NULL CONSTRAINT ck_purchase_order_line_quantity CHECK (quantity > 0),
    unit_price BIGINT NOT NULL,
    vat_rate INTEGER NOT NULL CONSTRAINT ck_purchase_order_line_rate CHECK (vat_rate BETWEEN 0 AND 10000),
    amount BIGINT NOT NULL,
    net BIGINT NOT NULL,
    received BIGINT NOT NULL,
    received_value BIGINT NOT NULL,
    expected_on {date},
    remark TEXT,
    CONSTRAINT ck_purchase_order_line_received CHECK (received BETWEEN 0 AND quantity)
);
CREATE INDEX ix_purchase_order_line_product ON purchase_order_line (product_id);

{document} goods_receipt (
    order_id {uuid} NOT NULL CONSTRAINT fk_goods_receipt_order REFERENCES purchase_order (id),
    order_number TEXT NOT NULL,
    party_id {uuid} NOT NULL CONSTRAINT fk_goods_receipt_party REFERENCES customer (id),
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_goods_receipt_warehouse REFERENCES warehouse (id),
    effective_at {time} NOT NULL,
    reference TEXT,
    remark TEXT,
    reason TEXT,
    total_quantity BIGINT NOT NULL,
    total_value BIGINT NOT NULL
);
CREATE INDEX ix_goods_receipt_party ON goods_receipt (party_id, created_at);
CREATE INDEX ix_goods_receipt_effective ON goods_receipt (effective_at, id);
CREATE INDEX ix_goods_receipt_order ON goods_receipt (order_id, created_at);
CREATE INDEX ix_goods_receipt_warehouse ON goods_receipt (warehouse_id);

{lines} goods_receipt_line of goods_receipt as receipt_id (
    order_line_id {uuid} NOT NULL CONSTRAINT fk_goods_receipt_line_order REFERENCES purchase_order_line (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_goods_receipt_line_product REFERENCES product (id),
    serial TEXT,
    quantity BIGINT NOT NULL CONSTRAINT ck_goods_receipt_line_quantity CHECK (quantity > 0),
    value BIGINT NOT NULL
);
CREATE INDEX ix_goods_receipt_line_order ON goods_receipt_line (order_line_id);
CREATE INDEX ix_goods_receipt_line_product ON goods_receipt_line (product_id);
";

crate::kit::migration!("m0910_purchase", SQL);

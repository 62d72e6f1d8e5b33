//! What is expected in a warehouse: goods that were ordered and have not come. The id is that of the line of the order.

const SQL: &str = "
CREATE TABLE stock_expected (
    id {uuid} NOT NULL PRIMARY KEY,
    org_id {uuid} NOT NULL CONSTRAINT fk_stock_expected_org REFERENCES org (id),
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_stock_expected_warehouse REFERENCES warehouse (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_stock_expected_product REFERENCES product (id),
    source_kind TEXT NOT NULL,
    source_id {uuid} NOT NULL,
    source_number TEXT NOT NULL,
    expected_on {date},
    quantity BIGINT NOT NULL CONSTRAINT ck_stock_expected_quantity CHECK (quantity > 0)
);
CREATE INDEX ix_stock_expected_product ON stock_expected (product_id, warehouse_id);
CREATE INDEX ix_stock_expected_warehouse ON stock_expected (warehouse_id);
CREATE INDEX ix_stock_expected_org ON stock_expected (org_id);
CREATE INDEX ix_stock_expected_source ON stock_expected (source_id);

INSERT INTO stock_expected
    (id, org_id, warehouse_id, product_id, source_kind, source_id, source_number, expected_on, quantity)
SELECT l.id, o.org_id, o.warehouse_id, l.product_id, 'purchase_order', o.id, o.number,
    COALESCE(l.expected_on, o.expected_on), l.quantity - l.received
FROM purchase_order_line l JOIN purchase_order o ON o.id = l.order_id
WHERE o.state IN ('placed', 'partly_received') AND l.received < l.quantity;
";

crate::kit::migration!("m0961_expected", SQL);

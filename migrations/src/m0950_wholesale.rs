//! Wholesale: prices by level and day, orders, shipments, and what comes back.

const SQL: &str = "
CREATE TABLE price (
    {head},
    product_id {uuid} NOT NULL CONSTRAINT fk_price_product REFERENCES product (id),
    level TEXT NOT NULL,
    from_on {date} NOT NULL,
    unit_price BIGINT NOT NULL CONSTRAINT ck_price_unit_price CHECK (unit_price >= 0),
    remark TEXT
);
CREATE UNIQUE INDEX uq_price_day ON price (product_id, level, from_on);
CREATE INDEX ix_price_created ON price (created_at, id);
CREATE INDEX ix_price_updated ON price (updated_at, id);
CREATE INDEX ix_price_from ON price (from_on, id);
CREATE INDEX ix_price_level ON price (level, created_at);

{document} sales_order (
    party_id {uuid} NOT NULL CONSTRAINT fk_sales_order_party REFERENCES customer (id),
    warehouse_id {uuid} CONSTRAINT fk_sales_order_warehouse REFERENCES warehouse (id),
    source TEXT NOT NULL,
    customer_ref TEXT,
    address TEXT,
    expected_on {date},
    remark TEXT,
    credit_reason TEXT,
    total_quantity BIGINT NOT NULL,
    shipped_quantity BIGINT NOT NULL,
    total_amount BIGINT NOT NULL,
    total_tax BIGINT NOT NULL
);
CREATE INDEX ix_sales_order_party ON sales_order (party_id, created_at);
CREATE INDEX ix_sales_order_source ON sales_order (source, created_at);
CREATE INDEX ix_sales_order_ref ON sales_order (customer_ref);
CREATE INDEX ix_sales_order_warehouse ON sales_order (warehouse_id);

{lines} sales_order_line of sales_order as order_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_sales_order_line_product REFERENCES product (id),
    quantity BIGINT NOT NULL CONSTRAINT ck_sales_order_line_quantity CHECK (quantity > 0),
    list_price BIGINT NOT NULL,
    unit_price BIGINT NOT NULL,
    vat_rate INTEGER NOT NULL CONSTRAINT ck_sales_order_line_rate CHECK (vat_rate BETWEEN 0 AND 10000),
    amount BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    shipped BIGINT NOT NULL,
    shipped_amount BIGINT NOT NULL,
    shipped_tax BIGINT NOT NULL,
    remark TEXT,
    CONSTRAINT ck_sales_order_line_shipped CHECK (shipped BETWEEN 0 AND quantity)
);
CREATE INDEX ix_sales_order_line_product ON sales_order_line (product_id);

{document} sales_shipment (
    order_id {uuid} NOT NULL CONSTRAINT fk_sales_shipment_order REFERENCES sales_order (id),
    order_number TEXT NOT NULL,
    party_id {uuid} NOT NULL CONSTRAINT fk_sales_shipment_party REFERENCES customer (id),
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_sales_shipment_warehouse REFERENCES warehouse (id),
    address TEXT,
    effective_at {time} NOT NULL,
    due_on {date} NOT NULL,
    courier TEXT,
    tracking_no TEXT,
    remark TEXT,
    reason TEXT,
    total_quantity BIGINT NOT NULL,
    amount BIGINT NOT NULL CONSTRAINT ck_sales_shipment_amount CHECK (amount >= 0),
    tax BIGINT NOT NULL
);
CREATE INDEX ix_sales_shipment_party ON sales_shipment (party_id, created_at);
CREATE INDEX ix_sales_shipment_effective ON sales_shipment (effective_at, id);
CREATE INDEX ix_sales_shipment_order ON sales_shipment (order_id, created_at);
CREATE INDEX ix_sales_shipment_warehouse ON sales_shipment (warehouse_id);

{lines} sales_shipment_line of sales_shipment as shipment_id (
    order_line_id {uuid} NOT NULL CONSTRAINT fk_sales_shipment_line_order REFERENCES sales_order_line (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_sales_shipment_line_product REFERENCES product (id),
    serial TEXT,
    quantity BIGINT NOT NULL CONSTRAINT ck_sales_shipment_line_quantity CHECK (quantity > 0),
    unit_price BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    credited BIGINT NOT NULL,
    tax_back BIGINT NOT NULL,
    cost_back BIGINT NOT NULL,
    CONSTRAINT ck_sales_shipment_line_returned CHECK (returned BETWEEN 0 AND quantity)
);
CREATE INDEX ix_sales_shipment_line_order ON sales_shipment_line (order_line_id);
CREATE INDEX ix_sales_shipment_line_product ON sales_shipment_line (product_id);

{document} sales_return (
    shipment_id {uuid} NOT NULL CONSTRAINT fk_sales_return_shipment REFERENCES sales_shipment (id),
    shipment_number TEXT NOT NULL,
    party_id {uuid} NOT NULL CONSTRAINT fk_sales_return_party REFERENCES customer (id),
    effective_at {time} NOT NULL,
    credit_no TEXT,
    remark TEXT NOT NULL,
    reason TEXT,
    total_quantity BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    loss BIGINT NOT NULL,
    set_off BIGINT NOT NULL CONSTRAINT ck_sales_return_set_off CHECK (set_off BETWEEN 0 AND credit)
);
CREATE INDEX ix_sales_return_party ON sales_return (party_id, created_at);
CREATE INDEX ix_sales_return_effective ON sales_return (effective_at, id);
CREATE INDEX ix_sales_return_shipment ON sales_return (shipment_id, created_at);

{lines} sales_return_line of sales_return as return_id (
    shipment_line_id {uuid} NOT NULL CONSTRAINT fk_sales_return_line_shipment REFERENCES sales_shipment_line (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_sales_return_line_product REFERENCES product (id),
    serial TEXT,
    condition TEXT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_sales_return_line_quantity CHECK (quantity > 0),
    credit BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    value BIGINT NOT NULL
);
CREATE INDEX ix_sales_return_line_shipment ON sales_return_line (shipment_line_id);
CREATE INDEX ix_sales_return_line_product ON sales_return_line (product_id);
";

crate::kit::migration!("m0950_wholesale", SQL);

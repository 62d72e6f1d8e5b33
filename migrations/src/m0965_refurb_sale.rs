//! Refurbished goods are sold: their condition on the lines of sales and prices, and the warranty that starts again.

const SQL: &str = "
ALTER TABLE retail_policy ADD COLUMN refurb_months INTEGER NOT NULL DEFAULT 3
    CONSTRAINT ck_retail_policy_refurb CHECK (refurb_months BETWEEN 0 AND 240);
ALTER TABLE retail_sale_line ADD COLUMN condition TEXT NOT NULL DEFAULT 'good';
ALTER TABLE sales_order_line ADD COLUMN condition TEXT NOT NULL DEFAULT 'good';
ALTER TABLE sales_shipment_line ADD COLUMN condition TEXT NOT NULL DEFAULT 'good';
ALTER TABLE price ADD COLUMN condition TEXT NOT NULL DEFAULT 'good';
DROP INDEX uq_price_day;
CREATE UNIQUE INDEX uq_price_day ON price (product_id, level, condition, from_on);

ALTER TABLE unit ADD COLUMN resold_on {date};
ALTER TABLE unit ADD COLUMN resold_months INTEGER CONSTRAINT ck_unit_resold CHECK (resold_months BETWEEN 0 AND 240);
CREATE TABLE unit_resale (
    id {uuid} NOT NULL PRIMARY KEY,
    unit_id {uuid} NOT NULL CONSTRAINT fk_unit_resale_unit REFERENCES unit (id),
    source_kind TEXT NOT NULL,
    source_id {uuid} NOT NULL,
    source_number TEXT NOT NULL,
    created_at {time} NOT NULL,
    customer_id {uuid},
    sold_on {date} NOT NULL,
    months INTEGER NOT NULL,
    stands BOOLEAN NOT NULL,
    customer_before {uuid},
    status_before TEXT NOT NULL,
    void_before TEXT,
    resold_on_before {date},
    resold_months_before INTEGER,
    CONSTRAINT uq_unit_resale_source UNIQUE (source_id, unit_id)
);
CREATE INDEX ix_unit_resale_unit ON unit_resale (unit_id, created_at);
";

crate::kit::migration!("m0965_refurb_sale", SQL);

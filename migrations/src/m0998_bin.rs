//! Where in a warehouse a part lies.

const SQL: &str = "
CREATE TABLE bin (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_bin_org REFERENCES org (id),
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_bin_warehouse REFERENCES warehouse (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_bin_product REFERENCES product (id),
    code TEXT NOT NULL,
    remark TEXT,
    CONSTRAINT uq_bin_part UNIQUE (warehouse_id, product_id)
);
CREATE INDEX ix_bin_product ON bin (product_id);
CREATE INDEX ix_bin_org ON bin (org_id, code, id);
CREATE INDEX ix_bin_code ON bin (code, id);
CREATE INDEX ix_bin_created ON bin (created_at, id);
CREATE INDEX ix_bin_updated ON bin (updated_at, id);
";

crate::kit::migration!("m0998_bin", SQL);

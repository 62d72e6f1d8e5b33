//! Products and parts, and the models that they fit.

const SQL: &str = "
CREATE TABLE product (
    {head},
    code TEXT NOT NULL CONSTRAINT uq_product_code UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_product_kind
        CHECK (kind IN ('unit', 'board', 'part', 'accessory', 'consumable', 'service')),
    brand_id {uuid} CONSTRAINT fk_product_brand REFERENCES dictionary_entry (id),
    category_id {uuid} CONSTRAINT fk_product_category REFERENCES dictionary_entry (id),
    model TEXT,
    uom TEXT NOT NULL,
    is_serial_tracked BOOLEAN NOT NULL,
    returns_old_part BOOLEAN NOT NULL,
    is_claimable BOOLEAN NOT NULL,
    has_three_guarantees BOOLEAN NOT NULL,
    warranty_months INTEGER NOT NULL CONSTRAINT ck_product_months CHECK (warranty_months BETWEEN 0 AND 240),
    standard_cost BIGINT CONSTRAINT ck_product_standard_cost CHECK (standard_cost >= 0),
    wholesale_price BIGINT NOT NULL CONSTRAINT ck_product_wholesale_price CHECK (wholesale_price >= 0),
    retail_price BIGINT NOT NULL CONSTRAINT ck_product_retail_price CHECK (retail_price >= 0),
    warranty_price BIGINT NOT NULL CONSTRAINT ck_product_warranty_price CHECK (warranty_price >= 0),
    is_active BOOLEAN NOT NULL,
    remark TEXT,
    CONSTRAINT ck_product_unit_brand CHECK (kind <> 'unit' OR brand_id IS NOT NULL)
);
CREATE INDEX ix_product_name ON product (name, id);
CREATE INDEX ix_product_code ON product (code, id);
CREATE INDEX ix_product_retail_price ON product (retail_price, id);
CREATE INDEX ix_product_kind ON product (kind, code, id);
CREATE INDEX ix_product_brand ON product (brand_id);
CREATE INDEX ix_product_category ON product (category_id);
CREATE INDEX ix_product_created ON product (created_at, id);
CREATE INDEX ix_product_updated ON product (updated_at, id);

CREATE TABLE product_model (
    id {uuid} NOT NULL PRIMARY KEY,
    product_id {uuid} NOT NULL CONSTRAINT fk_product_model_product REFERENCES product (id),
    position_no INTEGER NOT NULL,
    model TEXT NOT NULL,
    CONSTRAINT uq_product_model_model UNIQUE (product_id, model)
);
CREATE INDEX ix_product_model_model ON product_model (model, product_id);
";

crate::kit::migration!("m0320_product", SQL);

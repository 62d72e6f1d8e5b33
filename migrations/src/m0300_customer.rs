//! Customers and their contacts.

const SQL: &str = "
CREATE TABLE customer (
    {head},
    org_id {uuid} NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_customer_kind CHECK (kind IN ('person', 'company')),
    phone TEXT NOT NULL,
    landline TEXT,
    email TEXT,
    belongs_to TEXT,
    region TEXT,
    address TEXT,
    remark TEXT
);
CREATE INDEX ix_customer_created ON customer (created_at, id);
CREATE INDEX ix_customer_updated ON customer (updated_at, id);
CREATE INDEX ix_customer_name ON customer (name, id);
CREATE INDEX ix_customer_phone ON customer (phone);

CREATE TABLE customer_contact (
    id {uuid} NOT NULL PRIMARY KEY,
    customer_id {uuid} NOT NULL CONSTRAINT fk_customer_contact_customer REFERENCES customer (id),
    position_no INTEGER NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    position TEXT
);
CREATE INDEX ix_customer_contact_customer ON customer_contact (customer_id);
CREATE INDEX ix_customer_contact_phone ON customer_contact (phone);
";

crate::kit::migration!("m0300_customer", SQL);

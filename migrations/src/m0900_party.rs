//! What the company deals with a party as, and the terms that were agreed with it.

const SQL: &str = "
ALTER TABLE customer ADD COLUMN roles TEXT NOT NULL DEFAULT 'customer' CONSTRAINT ck_customer_roles CHECK (roles <> '');
ALTER TABLE customer ADD COLUMN tax_no TEXT;
ALTER TABLE customer ADD COLUMN credit_limit BIGINT CONSTRAINT ck_customer_credit CHECK (credit_limit >= 0);
ALTER TABLE customer ADD COLUMN price_level TEXT;
ALTER TABLE customer ADD COLUMN terms_days INTEGER CONSTRAINT ck_customer_terms CHECK (terms_days BETWEEN 0 AND 365);
CREATE INDEX ix_customer_roles ON customer (roles) WHERE roles <> 'customer';
";

crate::kit::migration!("m0900_party", SQL);

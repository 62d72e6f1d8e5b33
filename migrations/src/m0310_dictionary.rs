//! Dictionaries: one table for every list, with columns that only some lists use.

const SQL: &str = "
CREATE TABLE dictionary_entry (
    {head},
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT,
    parent_id {uuid} CONSTRAINT fk_dictionary_entry_parent REFERENCES dictionary_entry (id),
    sort_no INTEGER NOT NULL,
    is_active BOOLEAN NOT NULL,
    remark TEXT,
    standard_minutes INTEGER CONSTRAINT ck_dictionary_entry_minutes CHECK (standard_minutes >= 0),
    level_id {uuid} CONSTRAINT fk_dictionary_entry_level REFERENCES dictionary_entry (id),
    labour_price BIGINT CONSTRAINT ck_dictionary_entry_labour_price CHECK (labour_price >= 0),
    claim_fee BIGINT CONSTRAINT ck_dictionary_entry_claim_fee CHECK (claim_fee >= 0),
    payer TEXT CONSTRAINT ck_dictionary_entry_payer
        CHECK (payer IN ('customer', 'manufacturer', 'company', 'insurer', 'internal')),
    price BIGINT CONSTRAINT ck_dictionary_entry_price CHECK (price >= 0),
    tax_rate INTEGER CONSTRAINT ck_dictionary_entry_tax_rate CHECK (tax_rate BETWEEN 0 AND 10000),
    is_free_in_warranty BOOLEAN,
    warranty_months INTEGER CONSTRAINT ck_dictionary_entry_months CHECK (warranty_months > 0),
    CONSTRAINT uq_dictionary_entry_code UNIQUE (kind, code)
);
CREATE INDEX ix_dictionary_entry_sort ON dictionary_entry (sort_no, id);
CREATE INDEX ix_dictionary_entry_kind ON dictionary_entry (kind, sort_no, id);
CREATE INDEX ix_dictionary_entry_code ON dictionary_entry (code, id);
CREATE INDEX ix_dictionary_entry_name ON dictionary_entry (name, id);
CREATE INDEX ix_dictionary_entry_created ON dictionary_entry (created_at, id);
CREATE INDEX ix_dictionary_entry_updated ON dictionary_entry (updated_at, id);
CREATE INDEX ix_dictionary_entry_parent ON dictionary_entry (parent_id);
CREATE INDEX ix_dictionary_entry_level ON dictionary_entry (level_id);
";

crate::kit::migration!("m0310_dictionary", SQL);

//! Units in the field, and everything that ever happened to a serial number.

const SQL: &str = "
CREATE TABLE unit (
    {head},
    org_id {uuid} NOT NULL,
    serial TEXT NOT NULL,
    brand_id {uuid} NOT NULL CONSTRAINT fk_unit_brand REFERENCES dictionary_entry (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_unit_product REFERENCES product (id),
    customer_id {uuid} CONSTRAINT fk_unit_customer REFERENCES customer (id),
    status TEXT NOT NULL CONSTRAINT ck_unit_status CHECK (status IN
        ('in_use', 'in_repair', 'in_stock', 'on_loan', 'stopped_stored', 'exchanged_out', 'disassembled', 'refurb_stock', 'scrapped')),
    is_abnormal BOOLEAN NOT NULL,
    sold_on {date},
    manufactured_on {date},
    installed_on {date},
    warranty_months INTEGER CONSTRAINT ck_unit_months CHECK (warranty_months BETWEEN 0 AND 240),
    extended_until {date},
    void_reason TEXT,
    dealer TEXT,
    invoice_no TEXT,
    colour TEXT,
    sw_version TEXT,
    location TEXT,
    remark TEXT,
    CONSTRAINT uq_unit_serial UNIQUE (brand_id, serial),
    CONSTRAINT ck_unit_dates CHECK (sold_on >= manufactured_on)
);
CREATE INDEX ix_unit_serial ON unit (serial, id);
CREATE INDEX ix_unit_product ON unit (product_id);
CREATE INDEX ix_unit_customer ON unit (customer_id);
CREATE INDEX ix_unit_status ON unit (status, id);
CREATE INDEX ix_unit_abnormal ON unit (is_abnormal, id);
CREATE INDEX ix_unit_sold ON unit (sold_on, id);
CREATE INDEX ix_unit_created ON unit (created_at, id);
CREATE INDEX ix_unit_updated ON unit (updated_at, id);

CREATE TABLE unit_event (
    id {uuid} NOT NULL PRIMARY KEY,
    unit_id {uuid} CONSTRAINT fk_unit_event_unit REFERENCES unit (id),
    serial TEXT NOT NULL,
    happened_at {time} NOT NULL,
    created_at {time} NOT NULL,
    kind TEXT NOT NULL,
    doc_kind TEXT,
    doc_id {uuid},
    doc_number TEXT,
    actor_id {uuid} NOT NULL,
    actor_name TEXT NOT NULL,
    note TEXT,
    CONSTRAINT ck_unit_event_document CHECK ((doc_kind IS NULL) = (doc_id IS NULL))
);
CREATE INDEX ix_unit_event_serial ON unit_event (serial, happened_at, id);
CREATE INDEX ix_unit_event_unit ON unit_event (unit_id, happened_at, id);
CREATE INDEX ix_unit_event_document ON unit_event (doc_id);
{append_only} unit_event;
";

crate::kit::migration!("m0340_unit", SQL);

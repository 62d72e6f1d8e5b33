//! Repair tickets: head, faults, methods, parts, services, accessories, linked documents, callbacks.

const SQL: &str = "
CREATE TABLE ticket (
    {head},
    org_id {uuid} NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_ticket_state CHECK (state IN (
        'pending_acceptance', 'pending_diagnosis', 'awaiting_parts', 'repairing', 'pending_qc', 'pending_pickup',
        'completed', 'called_back', 'audited', 'cancelled')),
    priority TEXT NOT NULL CONSTRAINT ck_ticket_priority CHECK (priority IN ('normal', 'urgent', 'critical')),
    urgency INTEGER NOT NULL,
    channel TEXT NOT NULL,
    customer_id {uuid} NOT NULL CONSTRAINT fk_ticket_customer REFERENCES customer (id),
    customer_name TEXT NOT NULL,
    customer_phone TEXT NOT NULL,
    unit_id {uuid},
    serial TEXT,
    product_id {uuid} NOT NULL,
    product_name TEXT NOT NULL,
    is_abnormal BOOLEAN NOT NULL,
    sold_on {date},
    warranty_state_id {uuid} NOT NULL,
    warranty_state_name TEXT NOT NULL,
    payer TEXT NOT NULL,
    promised_at {time},
    due_at {time} NOT NULL,
    fault_text TEXT,
    fault_summary TEXT NOT NULL,
    appearance TEXT,
    remark TEXT,
    inbound_courier TEXT,
    outbound_courier TEXT,
    engineer_id {uuid},
    engineer_name TEXT,
    inspector_id {uuid},
    inspector_name TEXT,
    rework_count INTEGER NOT NULL CONSTRAINT ck_ticket_rework CHECK (rework_count >= 0),
    cause_id {uuid},
    cause_name TEXT,
    findings TEXT,
    accepted_at {time},
    finished_at {time},
    settled_at {time},
    settlement_id {uuid},
    customer_due BIGINT NOT NULL CONSTRAINT ck_ticket_due CHECK (customer_due >= 0),
    bill TEXT,
    completed_at {time},
    received_by TEXT,
    signature_id {uuid},
    callback_id {uuid},
    CONSTRAINT uq_ticket_number UNIQUE (number),
    CONSTRAINT ck_ticket_inspector CHECK (inspector_id IS NULL OR engineer_id IS NULL OR inspector_id <> engineer_id),
    CONSTRAINT ck_ticket_settled CHECK ((settled_at IS NULL) = (bill IS NULL))
);
CREATE INDEX ix_ticket_created ON ticket (created_at, id);
CREATE INDEX ix_ticket_updated ON ticket (updated_at, id);
CREATE INDEX ix_ticket_due ON ticket (due_at, id);
CREATE INDEX ix_ticket_state ON ticket (state, org_id, created_at);
CREATE INDEX ix_ticket_org ON ticket (org_id, created_at);
CREATE INDEX ix_ticket_engineer ON ticket (engineer_id, state);
CREATE INDEX ix_ticket_customer ON ticket (customer_id, created_at);
CREATE INDEX ix_ticket_unit ON ticket (unit_id, created_at);
CREATE INDEX ix_ticket_serial ON ticket (serial, created_at);
CREATE INDEX ix_ticket_completed ON ticket (completed_at);

CREATE TABLE ticket_fault (
    id {uuid} NOT NULL PRIMARY KEY,
    ticket_id {uuid} NOT NULL CONSTRAINT fk_ticket_fault_ticket REFERENCES ticket (id),
    position_no INTEGER NOT NULL,
    fault_id {uuid} NOT NULL,
    name TEXT NOT NULL,
    is_reported BOOLEAN NOT NULL,
    is_confirmed BOOLEAN NOT NULL,
    CONSTRAINT uq_ticket_fault UNIQUE (ticket_id, fault_id)
);
CREATE INDEX ix_ticket_fault_fault ON ticket_fault (fault_id);

CREATE TABLE ticket_method (
    id {uuid} NOT NULL PRIMARY KEY,
    ticket_id {uuid} NOT NULL CONSTRAINT fk_ticket_method_ticket REFERENCES ticket (id),
    position_no INTEGER NOT NULL,
    method_id {uuid} NOT NULL,
    name TEXT NOT NULL,
    level_id {uuid},
    level_name TEXT,
    labour_price BIGINT NOT NULL,
    claim_fee BIGINT NOT NULL,
    CONSTRAINT uq_ticket_method UNIQUE (ticket_id, method_id)
);
CREATE INDEX ix_ticket_method_method ON ticket_method (method_id);

CREATE TABLE ticket_part (
    id {uuid} NOT NULL PRIMARY KEY,
    ticket_id {uuid} NOT NULL CONSTRAINT fk_ticket_part_ticket REFERENCES ticket (id),
    position_no INTEGER NOT NULL,
    product_id {uuid} NOT NULL,
    product_code TEXT NOT NULL,
    product_name TEXT NOT NULL,
    is_serial_tracked BOOLEAN NOT NULL,
    returns_old_part BOOLEAN NOT NULL,
    warehouse_id {uuid} NOT NULL,
    reservation_id {uuid},
    required BIGINT NOT NULL CONSTRAINT ck_ticket_part_required CHECK (required > 0),
    reserved BIGINT NOT NULL CONSTRAINT ck_ticket_part_reserved CHECK (reserved >= 0),
    issued BIGINT NOT NULL CONSTRAINT ck_ticket_part_issued CHECK (issued >= 0),
    returned BIGINT NOT NULL CONSTRAINT ck_ticket_part_returned CHECK (returned >= 0),
    used BIGINT NOT NULL CONSTRAINT ck_ticket_part_used CHECK (used >= 0),
    consumed BIGINT NOT NULL CONSTRAINT ck_ticket_part_consumed CHECK (consumed >= 0),
    retail_price BIGINT NOT NULL,
    warranty_price BIGINT NOT NULL,
    payer TEXT,
    cost BIGINT NOT NULL,
    serial TEXT,
    old_serial TEXT,
    old_part TEXT NOT NULL,
    remark TEXT,
    CONSTRAINT ck_ticket_part_balance CHECK (issued >= used + returned AND consumed <= used)
);
CREATE INDEX ix_ticket_part_ticket ON ticket_part (ticket_id, position_no);
CREATE INDEX ix_ticket_part_product ON ticket_part (product_id);

CREATE TABLE ticket_fee (
    id {uuid} NOT NULL PRIMARY KEY,
    ticket_id {uuid} NOT NULL CONSTRAINT fk_ticket_fee_ticket REFERENCES ticket (id),
    position_no INTEGER NOT NULL,
    service_item_id {uuid} NOT NULL,
    name TEXT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_ticket_fee_quantity CHECK (quantity > 0),
    unit_price BIGINT NOT NULL CONSTRAINT ck_ticket_fee_price CHECK (unit_price >= 0),
    tax_rate BIGINT NOT NULL,
    is_free_in_warranty BOOLEAN NOT NULL
);
CREATE INDEX ix_ticket_fee_ticket ON ticket_fee (ticket_id, position_no);

CREATE TABLE ticket_accessory (
    id {uuid} NOT NULL PRIMARY KEY,
    ticket_id {uuid} NOT NULL CONSTRAINT fk_ticket_accessory_ticket REFERENCES ticket (id),
    position_no INTEGER NOT NULL,
    accessory_id {uuid},
    name TEXT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_ticket_accessory_quantity CHECK (quantity > 0),
    condition TEXT NOT NULL,
    remark TEXT,
    is_returned BOOLEAN NOT NULL
);
CREATE INDEX ix_ticket_accessory_ticket ON ticket_accessory (ticket_id, position_no);

CREATE TABLE ticket_document (
    id {uuid} NOT NULL PRIMARY KEY,
    ticket_id {uuid} NOT NULL CONSTRAINT fk_ticket_document_ticket REFERENCES ticket (id),
    kind TEXT NOT NULL,
    document_id {uuid} NOT NULL,
    number TEXT NOT NULL,
    posted_at {time} NOT NULL,
    is_reversed BOOLEAN NOT NULL,
    CONSTRAINT uq_ticket_document UNIQUE (document_id)
);
CREATE INDEX ix_ticket_document_ticket ON ticket_document (ticket_id, id);

CREATE TABLE ticket_callback (
    id {uuid} NOT NULL PRIMARY KEY,
    ticket_id {uuid} NOT NULL CONSTRAINT fk_ticket_callback_ticket REFERENCES ticket (id),
    number TEXT NOT NULL CONSTRAINT uq_ticket_callback_number UNIQUE,
    created_at {time} NOT NULL,
    created_by {uuid} NOT NULL,
    by_name TEXT NOT NULL,
    outcome TEXT NOT NULL,
    score INTEGER CONSTRAINT ck_ticket_callback_score CHECK (score BETWEEN 1 AND 5),
    answers TEXT NOT NULL,
    follow_up TEXT
);
CREATE INDEX ix_ticket_callback_ticket ON ticket_callback (ticket_id, id);
";

crate::kit::migration!("m0700_ticket", SQL);

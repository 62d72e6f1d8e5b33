//! The stock ledger: places, balances, moves, serials, reservations, and the documents that post to it.

const SQL: &str = "
CREATE TABLE stock_place (
    id {uuid} NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CONSTRAINT ck_stock_place_kind CHECK (kind IN
        ('warehouse', 'custody', 'opening', 'supplier', 'customer', 'consumed', 'scrapped', 'difference', 'revaluation')),
    org_id {uuid} NOT NULL CONSTRAINT fk_stock_place_org REFERENCES org (id),
    holder_id {uuid} NOT NULL,
    CONSTRAINT uq_stock_place_holder UNIQUE (kind, org_id, holder_id)
);
CREATE INDEX ix_stock_place_org ON stock_place (org_id);
CREATE INDEX ix_stock_place_holder ON stock_place (holder_id);

CREATE TABLE stock_balance (
    id {uuid} NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    org_id {uuid} NOT NULL CONSTRAINT fk_stock_balance_org REFERENCES org (id),
    place_id {uuid} NOT NULL CONSTRAINT fk_stock_balance_place REFERENCES stock_place (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_stock_balance_product REFERENCES product (id),
    condition TEXT NOT NULL CONSTRAINT ck_stock_balance_condition CHECK (condition IN ('good', 'bad', 'refurb', 'tbd')),
    owner TEXT NOT NULL CONSTRAINT ck_stock_balance_owner CHECK (owner IN ('company', 'customer', 'maker')),
    on_hand BIGINT NOT NULL CONSTRAINT ck_stock_balance_on_hand CHECK (on_hand >= 0),
    reserved BIGINT NOT NULL,
    value BIGINT NOT NULL CONSTRAINT ck_stock_balance_value CHECK (value >= 0),
    CONSTRAINT ck_stock_balance_reserved CHECK (reserved BETWEEN 0 AND on_hand),
    CONSTRAINT ck_stock_balance_empty CHECK (on_hand > 0 OR value = 0),
    CONSTRAINT uq_stock_balance_cell UNIQUE (place_id, product_id, condition, owner)
);
CREATE INDEX ix_stock_balance_org ON stock_balance (org_id);
CREATE INDEX ix_stock_balance_product ON stock_balance (product_id);
CREATE INDEX ix_stock_balance_updated ON stock_balance (updated_at, id);
CREATE INDEX ix_stock_balance_created ON stock_balance (created_at, id);
CREATE INDEX ix_stock_balance_on_hand ON stock_balance (on_hand, id);
CREATE INDEX ix_stock_balance_value ON stock_balance (value, id);

CREATE TABLE stock_doc (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_stock_doc_org REFERENCES org (id),
    number TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_stock_doc_kind CHECK (kind IN ('opening_stock', 'stock_in', 'stock_out',
        'engineer_issue', 'engineer_return', 'repair_consumption', 'old_part_in')),
    reason TEXT NOT NULL CONSTRAINT ck_stock_doc_reason CHECK (reason IN ('purchase', 'other', 'scrap', 'repair', 'opening')),
    state TEXT NOT NULL CONSTRAINT ck_stock_doc_state CHECK (state IN
        ('draft', 'submitted', 'approved', 'posted', 'reversed', 'void')),
    warehouse_id {uuid} CONSTRAINT fk_stock_doc_warehouse REFERENCES warehouse (id),
    engineer_id {uuid} CONSTRAINT fk_stock_doc_engineer REFERENCES app_user (id),
    ticket_id {uuid},
    effective_at {time},
    posted_at {time},
    posted_by {uuid},
    reversal_of {uuid} CONSTRAINT fk_stock_doc_reversal REFERENCES stock_doc (id),
    reference TEXT,
    remark TEXT,
    total_quantity BIGINT NOT NULL,
    total_value BIGINT,
    CONSTRAINT uq_stock_doc_number UNIQUE (number),
    CONSTRAINT uq_stock_doc_reversal UNIQUE (reversal_of),
    CONSTRAINT ck_stock_doc_posted CHECK ((posted_at IS NULL) = (state NOT IN ('posted', 'reversed')))
);
CREATE INDEX ix_stock_doc_org ON stock_doc (org_id, created_at);
CREATE INDEX ix_stock_doc_created ON stock_doc (created_at, id);
CREATE INDEX ix_stock_doc_updated ON stock_doc (updated_at, id);
CREATE INDEX ix_stock_doc_number ON stock_doc (number, id);
CREATE INDEX ix_stock_doc_kind ON stock_doc (kind, state);
CREATE INDEX ix_stock_doc_state ON stock_doc (state);
CREATE INDEX ix_stock_doc_warehouse ON stock_doc (warehouse_id);
CREATE INDEX ix_stock_doc_engineer ON stock_doc (engineer_id);
CREATE INDEX ix_stock_doc_ticket ON stock_doc (ticket_id);

CREATE TABLE stock_doc_line (
    id {uuid} NOT NULL PRIMARY KEY,
    doc_id {uuid} NOT NULL CONSTRAINT fk_stock_doc_line_doc REFERENCES stock_doc (id),
    line_no INTEGER NOT NULL,
    product_id {uuid} NOT NULL CONSTRAINT fk_stock_doc_line_product REFERENCES product (id),
    serial TEXT,
    condition TEXT NOT NULL CONSTRAINT ck_stock_doc_line_condition CHECK (condition IN ('good', 'bad', 'refurb', 'tbd')),
    owner TEXT NOT NULL CONSTRAINT ck_stock_doc_line_owner CHECK (owner IN ('company', 'customer', 'maker')),
    quantity BIGINT NOT NULL CONSTRAINT ck_stock_doc_line_quantity CHECK (quantity <> 0),
    unit_cost BIGINT,
    ticket_part_id {uuid},
    payer TEXT,
    remark TEXT,
    CONSTRAINT uq_stock_doc_line_no UNIQUE (doc_id, line_no)
);
CREATE INDEX ix_stock_doc_line_product ON stock_doc_line (product_id);
CREATE INDEX ix_stock_doc_line_part ON stock_doc_line (ticket_part_id);

CREATE TABLE stock_move (
    seq {sequence},
    id {uuid} NOT NULL CONSTRAINT uq_stock_move_id UNIQUE,
    org_id {uuid} NOT NULL CONSTRAINT fk_stock_move_org REFERENCES org (id),
    doc_id {uuid} NOT NULL CONSTRAINT fk_stock_move_doc REFERENCES stock_doc (id),
    line_id {uuid} NOT NULL CONSTRAINT fk_stock_move_line REFERENCES stock_doc_line (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_stock_move_product REFERENCES product (id),
    serial TEXT,
    condition TEXT NOT NULL CONSTRAINT ck_stock_move_condition CHECK (condition IN ('good', 'bad', 'refurb', 'tbd')),
    owner TEXT NOT NULL CONSTRAINT ck_stock_move_owner CHECK (owner IN ('company', 'customer', 'maker')),
    from_place_id {uuid} NOT NULL CONSTRAINT fk_stock_move_from REFERENCES stock_place (id),
    to_place_id {uuid} NOT NULL CONSTRAINT fk_stock_move_to REFERENCES stock_place (id),
    quantity BIGINT NOT NULL,
    value BIGINT NOT NULL,
    debit_account TEXT NOT NULL,
    credit_account TEXT NOT NULL,
    effective_at {time} NOT NULL,
    recorded_at {time} NOT NULL,
    mirror_of {uuid} CONSTRAINT uq_stock_move_mirror UNIQUE CONSTRAINT fk_stock_move_mirror REFERENCES stock_move (id),
    CONSTRAINT ck_stock_move_places CHECK (from_place_id <> to_place_id),
    CONSTRAINT ck_stock_move_sign CHECK (quantity >= 0 OR mirror_of IS NOT NULL),
    CONSTRAINT ck_stock_move_owned CHECK (owner = 'company' OR value = 0)
);
CREATE INDEX ix_stock_move_doc ON stock_move (doc_id, seq);
CREATE INDEX ix_stock_move_line ON stock_move (line_id);
CREATE INDEX ix_stock_move_org ON stock_move (org_id, seq);
CREATE INDEX ix_stock_move_product ON stock_move (product_id, effective_at, seq);
CREATE INDEX ix_stock_move_serial ON stock_move (serial, product_id, seq);
CREATE INDEX ix_stock_move_from ON stock_move (from_place_id, product_id, effective_at);
CREATE INDEX ix_stock_move_to ON stock_move (to_place_id, product_id, effective_at);
CREATE INDEX ix_stock_move_effective ON stock_move (effective_at, id);
CREATE INDEX ix_stock_move_recorded ON stock_move (recorded_at, id);
{append_only} stock_move;

CREATE TABLE serial_state (
    product_id {uuid} NOT NULL CONSTRAINT fk_serial_state_product REFERENCES product (id),
    serial TEXT NOT NULL,
    place_id {uuid} NOT NULL CONSTRAINT fk_serial_state_place REFERENCES stock_place (id),
    condition TEXT NOT NULL,
    owner TEXT NOT NULL,
    value BIGINT NOT NULL,
    moved_at {time} NOT NULL,
    doc_id {uuid} NOT NULL CONSTRAINT fk_serial_state_doc REFERENCES stock_doc (id),
    PRIMARY KEY (product_id, serial)
);
CREATE INDEX ix_serial_state_place ON serial_state (place_id);
CREATE INDEX ix_serial_state_serial ON serial_state (serial);
CREATE INDEX ix_serial_state_doc ON serial_state (doc_id);

CREATE TABLE stock_reservation (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_stock_reservation_org REFERENCES org (id),
    ticket_part_id {uuid} NOT NULL,
    place_id {uuid} NOT NULL CONSTRAINT fk_stock_reservation_place REFERENCES stock_place (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_stock_reservation_product REFERENCES product (id),
    condition TEXT NOT NULL,
    owner TEXT NOT NULL,
    serial TEXT,
    quantity BIGINT NOT NULL CONSTRAINT ck_stock_reservation_quantity CHECK (quantity > 0),
    state TEXT NOT NULL CONSTRAINT ck_stock_reservation_state CHECK (state IN ('active', 'released', 'issued'))
);
CREATE INDEX ix_stock_reservation_org ON stock_reservation (org_id);
CREATE INDEX ix_stock_reservation_part ON stock_reservation (ticket_part_id, state);
CREATE INDEX ix_stock_reservation_cell ON stock_reservation (place_id, product_id, state);
CREATE INDEX ix_stock_reservation_product ON stock_reservation (product_id);
CREATE UNIQUE INDEX uq_stock_reservation_serial ON stock_reservation (product_id, serial) WHERE state = 'active';
";

crate::kit::migration!("m0500_stock", SQL);

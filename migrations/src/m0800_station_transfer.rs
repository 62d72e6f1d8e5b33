//! Goods from station to station: requisitions, transfers, goods in transit, and which document a posting came from.
//! Kinds and reasons grow with every new document and are guarded by the contract's types alone from here on.

const SQL: &str = "
{check} stock_place ck_stock_place_kind: kind <> '';
{check} stock_doc ck_stock_doc_kind: kind <> '';
{check} stock_doc ck_stock_doc_reason: reason <> '';
ALTER TABLE stock_doc ADD COLUMN source_kind TEXT;
ALTER TABLE stock_doc ADD COLUMN source_id {uuid};
ALTER TABLE stock_doc ADD COLUMN source_number TEXT;
CREATE INDEX ix_stock_doc_source ON stock_doc (source_id, created_at);

{document} requisition (
    supplier_id {uuid} NOT NULL CONSTRAINT fk_requisition_supplier REFERENCES org (id),
    priority TEXT NOT NULL,
    needed_on {date},
    purpose TEXT,
    remark TEXT,
    total_quantity BIGINT NOT NULL,
    CONSTRAINT ck_requisition_ends CHECK (org_id <> supplier_id)
);
CREATE INDEX ix_requisition_supplier ON requisition (supplier_id, created_at);
CREATE INDEX ix_requisition_priority ON requisition (priority, created_at);

{lines} requisition_line of requisition as requisition_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_requisition_line_product REFERENCES product (id),
    quantity BIGINT NOT NULL CONSTRAINT ck_requisition_line_quantity CHECK (quantity > 0),
    approved BIGINT,
    shipped BIGINT NOT NULL,
    remark TEXT,
    CONSTRAINT ck_requisition_line_approved CHECK (approved BETWEEN 0 AND quantity),
    CONSTRAINT ck_requisition_line_shipped CHECK (shipped BETWEEN 0 AND COALESCE(approved, 0))
);
CREATE INDEX ix_requisition_line_product ON requisition_line (product_id);

{document} transfer (
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_transfer_warehouse REFERENCES warehouse (id),
    to_org_id {uuid} NOT NULL CONSTRAINT fk_transfer_to_org REFERENCES org (id),
    to_warehouse_id {uuid} CONSTRAINT fk_transfer_to_warehouse REFERENCES warehouse (id),
    requisition_id {uuid} CONSTRAINT fk_transfer_requisition REFERENCES requisition (id),
    courier TEXT,
    tracking_number TEXT,
    shipped_at {time},
    sign_within_days BIGINT NOT NULL CONSTRAINT ck_transfer_days CHECK (sign_within_days BETWEEN 1 AND 90),
    sign_by {time},
    signed_at {time},
    is_auto_signed BOOLEAN NOT NULL,
    remark TEXT,
    total_quantity BIGINT NOT NULL,
    CONSTRAINT ck_transfer_ends CHECK (org_id <> to_org_id)
);
CREATE INDEX ix_transfer_to_org ON transfer (to_org_id, created_at);
CREATE INDEX ix_transfer_state ON transfer (state, sign_by);
CREATE INDEX ix_transfer_warehouse ON transfer (warehouse_id);
CREATE INDEX ix_transfer_to_warehouse ON transfer (to_warehouse_id);
CREATE INDEX ix_transfer_requisition ON transfer (requisition_id);
CREATE INDEX ix_transfer_auto ON transfer (is_auto_signed, created_at);

{lines} transfer_line of transfer as transfer_id (
    product_id {uuid} NOT NULL CONSTRAINT fk_transfer_line_product REFERENCES product (id),
    serial TEXT,
    quantity BIGINT NOT NULL CONSTRAINT ck_transfer_line_quantity CHECK (quantity > 0),
    requisition_line_id {uuid} CONSTRAINT fk_transfer_line_requisition REFERENCES requisition_line (id),
    received BIGINT,
    damaged BIGINT,
    missing BIGINT NOT NULL CONSTRAINT ck_transfer_line_missing CHECK (missing >= 0),
    surplus BIGINT NOT NULL CONSTRAINT ck_transfer_line_surplus CHECK (surplus >= 0),
    remark TEXT
);
CREATE INDEX ix_transfer_line_product ON transfer_line (product_id);
CREATE INDEX ix_transfer_line_requisition ON transfer_line (requisition_line_id);
";

crate::kit::migration!("m0800_station_transfer", SQL);

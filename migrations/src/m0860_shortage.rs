//! Shortages: parts that repairs wait for; and what goods are reserved for in general: a line of a document of any kind.

const SQL: &str = "
DROP INDEX ix_stock_reservation_part;
ALTER TABLE stock_reservation RENAME COLUMN ticket_part_id TO claim_id;
ALTER TABLE stock_reservation ADD COLUMN claim_kind TEXT NOT NULL DEFAULT 'ticket';
CREATE INDEX ix_stock_reservation_claim ON stock_reservation (claim_id, state);

{document} shortage (
    ticket_id {uuid} NOT NULL CONSTRAINT fk_shortage_ticket REFERENCES ticket (id),
    ticket_number TEXT NOT NULL,
    part_id {uuid} NOT NULL,
    product_id {uuid} NOT NULL CONSTRAINT fk_shortage_product REFERENCES product (id),
    warehouse_id {uuid} NOT NULL CONSTRAINT fk_shortage_warehouse REFERENCES warehouse (id),
    quantity BIGINT NOT NULL CONSTRAINT ck_shortage_quantity CHECK (quantity > 0),
    allocated BIGINT NOT NULL CONSTRAINT ck_shortage_allocated CHECK (allocated BETWEEN 0 AND quantity),
    due_at {time} NOT NULL,
    closed_at {time},
    CONSTRAINT ck_shortage_closed CHECK ((closed_at IS NULL) = (state IN ('waiting', 'allocated')))
);
CREATE INDEX ix_shortage_due ON shortage (due_at, id);
CREATE INDEX ix_shortage_ticket ON shortage (ticket_id);
CREATE INDEX ix_shortage_product ON shortage (product_id, org_id, state);
CREATE INDEX ix_shortage_warehouse ON shortage (warehouse_id);
CREATE UNIQUE INDEX uq_shortage_part ON shortage (part_id) WHERE state IN ('waiting', 'allocated');
ALTER TABLE ticket_part ADD COLUMN shortage_id {uuid};
";

crate::kit::migration!("m0860_shortage", SQL);

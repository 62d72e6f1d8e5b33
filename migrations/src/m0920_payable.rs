//! What is owed to suppliers: invoices against goods received, when they are due, and payments.

const SQL: &str = "
ALTER TABLE open_item ADD COLUMN due_on {date};
CREATE INDEX ix_open_item_due ON open_item (due_on) WHERE settled < amount;

ALTER TABLE goods_receipt_line ADD COLUMN invoiced BIGINT NOT NULL DEFAULT 0
    CONSTRAINT ck_goods_receipt_line_invoiced CHECK (invoiced >= 0 AND invoiced <= quantity);
ALTER TABLE goods_receipt_line ADD COLUMN invoiced_value BIGINT NOT NULL DEFAULT 0;

{document} supplier_invoice (
    party_id {uuid} NOT NULL CONSTRAINT fk_supplier_invoice_party REFERENCES customer (id),
    invoice_no TEXT NOT NULL,
    invoiced_on {date} NOT NULL,
    due_on {date} NOT NULL,
    effective_at {time} NOT NULL,
    remark TEXT,
    reason TEXT,
    amount BIGINT NOT NULL CONSTRAINT ck_supplier_invoice_amount CHECK (amount > 0),
    tax BIGINT NOT NULL,
    accrued BIGINT NOT NULL,
    difference BIGINT NOT NULL,
    CONSTRAINT ck_supplier_invoice_tied CHECK (amount - tax = accrued + difference)
);
CREATE UNIQUE INDEX uq_supplier_invoice_no ON supplier_invoice (party_id, invoice_no) WHERE state = 'posted';
CREATE INDEX ix_supplier_invoice_party ON supplier_invoice (party_id, created_at);
CREATE INDEX ix_supplier_invoice_due ON supplier_invoice (due_on, id);

{lines} supplier_invoice_line of supplier_invoice as invoice_id (
    receipt_line_id {uuid} NOT NULL CONSTRAINT fk_supplier_invoice_line_receipt REFERENCES goods_receipt_line (id),
    product_id {uuid} NOT NULL CONSTRAINT fk_supplier_invoice_line_product REFERENCES product (id),
    quantity BIGINT NOT NULL CONSTRAINT ck_supplier_invoice_line_quantity CHECK (quantity > 0),
    unit_price BIGINT NOT NULL,
    vat_rate INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    accrued BIGINT NOT NULL
);
CREATE INDEX ix_supplier_invoice_line_receipt ON supplier_invoice_line (receipt_line_id);
CREATE INDEX ix_supplier_invoice_line_product ON supplier_invoice_line (product_id);

{document} payment (
    party_id {uuid} NOT NULL CONSTRAINT fk_payment_party REFERENCES customer (id),
    effective_at {time} NOT NULL,
    method TEXT NOT NULL,
    bank_account_id {uuid} NOT NULL,
    reference TEXT,
    amount BIGINT NOT NULL CONSTRAINT ck_payment_amount CHECK (amount > 0),
    payer_id {uuid} NOT NULL,
    payer_name TEXT NOT NULL,
    remark TEXT,
    reason TEXT
);
CREATE INDEX ix_payment_party ON payment (party_id, created_at);
CREATE INDEX ix_payment_effective ON payment (effective_at, id);
CREATE INDEX ix_payment_method ON payment (method, created_at);
CREATE INDEX ix_payment_bank ON payment (bank_account_id);
";

crate::kit::migration!("m0920_payable", SQL);

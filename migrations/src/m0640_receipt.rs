//! Receipts. Whoever took the money cannot take the receipt back: the mirror carries the cashier of the original.

const SQL: &str = "
CREATE TABLE receipt (
    {head},
    org_id {uuid} NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_receipt_state CHECK (state IN ('posted', 'reversed', 'mirror')),
    party_id {uuid} NOT NULL,
    effective_at {time} NOT NULL,
    effective_on {date} NOT NULL,
    posted_at {time} NOT NULL,
    cashier_id {uuid} NOT NULL,
    cashier_name TEXT NOT NULL,
    received BIGINT NOT NULL,
    allocated BIGINT NOT NULL,
    deposit_used BIGINT NOT NULL,
    advance BIGINT NOT NULL,
    remark TEXT,
    reversal_of {uuid} CONSTRAINT fk_receipt_reversal REFERENCES receipt (id),
    original_cashier_id {uuid},
    reason TEXT,
    CONSTRAINT uq_receipt_number UNIQUE (number),
    CONSTRAINT uq_receipt_reversal UNIQUE (reversal_of),
    CONSTRAINT ck_receipt_tied CHECK (received + deposit_used = allocated + advance),
    CONSTRAINT ck_receipt_mirror CHECK ((state = 'mirror') = (reversal_of IS NOT NULL)),
    CONSTRAINT ck_receipt_other_person CHECK (original_cashier_id IS NULL OR original_cashier_id <> cashier_id)
);
CREATE INDEX ix_receipt_created ON receipt (created_at, id);
CREATE INDEX ix_receipt_updated ON receipt (updated_at, id);
CREATE INDEX ix_receipt_effective ON receipt (effective_on, id);
CREATE INDEX ix_receipt_party ON receipt (party_id);
CREATE INDEX ix_receipt_org ON receipt (org_id, effective_on);

CREATE TABLE receipt_payment (
    id {uuid} NOT NULL PRIMARY KEY,
    receipt_id {uuid} NOT NULL CONSTRAINT fk_receipt_payment_receipt REFERENCES receipt (id),
    line_no INTEGER NOT NULL,
    method TEXT NOT NULL CONSTRAINT ck_receipt_payment_method
        CHECK (method IN ('cash', 'card', 'transfer', 'wechat', 'alipay')),
    bank_account_id {uuid} NOT NULL,
    amount BIGINT NOT NULL CONSTRAINT ck_receipt_payment_amount CHECK (amount <> 0),
    reference TEXT,
    CONSTRAINT uq_receipt_payment_no UNIQUE (receipt_id, line_no)
);
CREATE INDEX ix_receipt_payment_bank ON receipt_payment (bank_account_id);
CREATE INDEX ix_receipt_payment_method ON receipt_payment (method, receipt_id);
{append_only} receipt_payment;
";

crate::kit::migration!("m0640_receipt", SQL);

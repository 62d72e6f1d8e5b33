//! The money ledger: entries and their lines, which only grow, and the balances that follow from them.

const SQL: &str = "
CREATE TABLE ledger_entry (
    {head},
    org_id {uuid} NOT NULL,
    number TEXT NOT NULL,
    effective_at {time} NOT NULL,
    effective_on {date} NOT NULL,
    source_kind TEXT NOT NULL,
    source_id {uuid} NOT NULL,
    source_number TEXT NOT NULL,
    origin_id {uuid},
    origin_number TEXT,
    memo TEXT,
    mirror_of {uuid} CONSTRAINT fk_ledger_entry_mirror REFERENCES ledger_entry (id),
    debit_total BIGINT NOT NULL,
    credit_total BIGINT NOT NULL,
    CONSTRAINT uq_ledger_entry_number UNIQUE (org_id, number),
    CONSTRAINT uq_ledger_entry_mirror UNIQUE (mirror_of),
    CONSTRAINT ck_ledger_entry_balanced CHECK (debit_total = credit_total)
);
CREATE INDEX ix_ledger_entry_created ON ledger_entry (created_at, id);
CREATE INDEX ix_ledger_entry_updated ON ledger_entry (updated_at, id);
CREATE INDEX ix_ledger_entry_effective ON ledger_entry (effective_on, id);
CREATE INDEX ix_ledger_entry_number ON ledger_entry (number, id);
CREATE INDEX ix_ledger_entry_source ON ledger_entry (source_id);
CREATE INDEX ix_ledger_entry_origin ON ledger_entry (origin_id);
{append_only} ledger_entry;

CREATE TABLE ledger_line (
    id {uuid} NOT NULL PRIMARY KEY,
    entry_id {uuid} NOT NULL CONSTRAINT fk_ledger_line_entry REFERENCES ledger_entry (id),
    line_no INTEGER NOT NULL,
    org_id {uuid} NOT NULL,
    effective_on {date} NOT NULL,
    account TEXT NOT NULL,
    party_id {uuid},
    bank_account_id {uuid},
    debit BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    CONSTRAINT uq_ledger_line_no UNIQUE (entry_id, line_no),
    CONSTRAINT ck_ledger_line_one_side CHECK ((debit = 0 AND credit <> 0) OR (debit <> 0 AND credit = 0)),
    CONSTRAINT ck_ledger_line_bank CHECK (account NOT IN ('1001', '1002') OR bank_account_id IS NOT NULL),
    CONSTRAINT ck_ledger_line_party CHECK (account NOT IN ('1122', '2205') OR party_id IS NOT NULL)
);
CREATE INDEX ix_ledger_line_account ON ledger_line (account, effective_on, org_id);
CREATE INDEX ix_ledger_line_party ON ledger_line (party_id, account, effective_on);
CREATE INDEX ix_ledger_line_bank ON ledger_line (bank_account_id, effective_on);
{append_only} ledger_line;

CREATE TABLE account_balance (
    org_id {uuid} NOT NULL,
    account TEXT NOT NULL,
    party_id {uuid} NOT NULL,
    bank_account_id {uuid} NOT NULL,
    debit BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    PRIMARY KEY (org_id, account, party_id, bank_account_id)
);
CREATE INDEX ix_account_balance_account ON account_balance (account, party_id);
CREATE INDEX ix_account_balance_bank ON account_balance (bank_account_id);
";

crate::kit::migration!("m0610_ledger", SQL);

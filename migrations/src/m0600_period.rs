//! Periods. `book_gate` is the one row that a posting shares and a closing locks; `period` remembers who closed what.

const SQL: &str = "
CREATE TABLE book_gate (
    org_id {uuid} NOT NULL,
    book TEXT NOT NULL CONSTRAINT ck_book_gate_book CHECK (book IN ('stock', 'money')),
    closed_through BIGINT NOT NULL,
    PRIMARY KEY (org_id, book)
);
CREATE TABLE period (
    org_id {uuid} NOT NULL,
    month BIGINT NOT NULL,
    book TEXT NOT NULL CONSTRAINT ck_period_book CHECK (book IN ('stock', 'money')),
    closed_at {time} NOT NULL,
    closed_by {uuid} NOT NULL,
    closed_by_name TEXT NOT NULL,
    PRIMARY KEY (org_id, book, month)
);
";

crate::kit::migration!("m0600_period", SQL);

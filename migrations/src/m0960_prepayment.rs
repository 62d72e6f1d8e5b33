//! Payments in advance, and payments that set off what was prepaid or what the supplier owes: then no money may go out.

const SQL: &str = "
{check} open_item ck_open_item_side: side IN ('receivable', 'payable', 'deposit', 'prepaid', 'claim');
{check} payment ck_payment_amount: amount >= 0;
{nullable} payment method;
{nullable} payment bank_account_id;
ALTER TABLE payment ADD COLUMN set_off BIGINT NOT NULL DEFAULT 0 CONSTRAINT ck_payment_set_off CHECK (set_off >= 0);
ALTER TABLE payment ADD COLUMN advance BIGINT NOT NULL DEFAULT 0
    CONSTRAINT ck_payment_advance CHECK (advance >= 0 AND advance <= amount);
";

crate::kit::migration!("m0960_prepayment", SQL);

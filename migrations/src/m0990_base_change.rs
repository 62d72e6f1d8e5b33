//! Counts the changes of base data, so that what a process keeps of it can be told to be current.

const SQL: &str = "
CREATE TABLE base_change (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    value BIGINT NOT NULL,
    counted_by BIGINT
);
INSERT INTO base_change (id, value) VALUES (1, 1);
{counted} product;
{counted} dictionary_entry;
{counted} warehouse;
{counted} bank_account;
{counted} org;
{counted} number_rule;
{counted} vat_rate;
{counted} stock_place of kind warehouse;
";

crate::kit::migration!("m0990_base_change", SQL);

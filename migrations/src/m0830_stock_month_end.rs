//! What lay in each cell of the stock ledger at the end of every month in which it moved: reports of an earlier day
//! begin there instead of with the first entry. Filled from the entries that are there already; the months of this
//! first filling are those of UTC, which readers do not mind.

const SQL: &str = "
CREATE TABLE stock_month_end (
    balance_id {uuid} NOT NULL CONSTRAINT fk_stock_month_end_balance REFERENCES stock_balance (id),
    until {time} NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT ck_stock_month_end_quantity CHECK (quantity >= 0),
    value BIGINT NOT NULL,
    CONSTRAINT pk_stock_month_end PRIMARY KEY (balance_id, until)
);
INSERT INTO stock_month_end (balance_id, until, quantity, value)
SELECT b.id, s.until,
    CAST(SUM(s.quantity) OVER (PARTITION BY b.id ORDER BY s.until) AS BIGINT),
    CAST(SUM(s.value) OVER (PARTITION BY b.id ORDER BY s.until) AS BIGINT)
FROM (
    SELECT place_id, product_id, condition, owner, until, SUM(quantity) AS quantity, SUM(value) AS value FROM (
        SELECT to_place_id AS place_id, product_id, condition, owner, {month_after effective_at} AS until, quantity, value
        FROM stock_move
        UNION ALL
        SELECT from_place_id, product_id, condition, owner, {month_after effective_at}, -quantity, -value
        FROM stock_move
    ) AS sides GROUP BY place_id, product_id, condition, owner, until
) AS s JOIN stock_balance b
    ON b.place_id = s.place_id AND b.product_id = s.product_id AND b.condition = s.condition AND b.owner = s.owner;
";

crate::kit::migration!("m0830_stock_month_end", SQL);

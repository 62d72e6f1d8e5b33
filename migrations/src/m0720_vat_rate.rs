//! Rates of value added tax. A rate is never changed: another one takes over from its day.

const SQL: &str = "
CREATE TABLE vat_rate (
    {head},
    kind TEXT NOT NULL CONSTRAINT ck_vat_rate_kind CHECK (kind IN ('labour', 'part')),
    rate INTEGER NOT NULL CONSTRAINT ck_vat_rate_rate CHECK (rate BETWEEN 0 AND 10000),
    effective_on {date} NOT NULL,
    remark TEXT
);
CREATE INDEX ix_vat_rate_kind ON vat_rate (kind, effective_on, created_at);
CREATE INDEX ix_vat_rate_effective ON vat_rate (effective_on, created_at);
{append_only} vat_rate;
";

crate::kit::migration!("m0720_vat_rate", SQL);

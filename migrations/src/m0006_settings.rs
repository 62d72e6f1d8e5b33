//! Number rules become records with versions; print templates of the company's own.

const SQL: &str = "
DROP TABLE number_rule;
CREATE TABLE number_rule (
    {head},
    kind TEXT NOT NULL CONSTRAINT uq_number_rule_kind UNIQUE,
    pattern TEXT NOT NULL
);

CREATE TABLE print_template (
    {head},
    kind TEXT NOT NULL,
    format TEXT NOT NULL CONSTRAINT ck_print_template_format CHECK (format IN ('receipt80', 'a5', 'a4')),
    body TEXT NOT NULL,
    CONSTRAINT uq_print_template_kind UNIQUE (kind, format)
);
";

crate::kit::migration!("m0006_settings", SQL);

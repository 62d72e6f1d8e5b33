//! Warehouses, and the cash and bank accounts, of the stations.

const SQL: &str = "
CREATE TABLE warehouse (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_warehouse_org REFERENCES org (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_warehouse_kind CHECK (kind IN
        ('good', 'bad', 'unit', 'refurb', 'loaner', 'engineer', 'van', 'transit', 'customer_held', 'scrap')),
    manager_id {uuid} CONSTRAINT fk_warehouse_manager REFERENCES app_user (id),
    address TEXT,
    remark TEXT,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT uq_warehouse_code UNIQUE (org_id, code)
);
CREATE INDEX ix_warehouse_code ON warehouse (code, id);
CREATE INDEX ix_warehouse_name ON warehouse (name, id);
CREATE INDEX ix_warehouse_kind ON warehouse (org_id, kind, code);
CREATE INDEX ix_warehouse_manager ON warehouse (manager_id);
CREATE INDEX ix_warehouse_created ON warehouse (created_at, id);
CREATE INDEX ix_warehouse_updated ON warehouse (updated_at, id);

CREATE TABLE bank_account (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_bank_account_org REFERENCES org (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_bank_account_kind CHECK (kind IN ('cash', 'bank', 'wechat', 'alipay', 'card')),
    bank_name TEXT,
    account_no TEXT,
    holder TEXT,
    remark TEXT,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT uq_bank_account_code UNIQUE (org_id, code)
);
CREATE INDEX ix_bank_account_code ON bank_account (code, id);
CREATE INDEX ix_bank_account_name ON bank_account (name, id);
CREATE INDEX ix_bank_account_kind ON bank_account (org_id, kind, code);
CREATE INDEX ix_bank_account_created ON bank_account (created_at, id);
CREATE INDEX ix_bank_account_updated ON bank_account (updated_at, id);
";

crate::kit::migration!("m0330_warehouse", SQL);

//! Long work with leases, and which process was elected for which tick of the clock.

const SQL: &str = "
CREATE TABLE job (
    {head},
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_job_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    progress BIGINT NOT NULL CONSTRAINT ck_job_progress CHECK (progress >= 0),
    total BIGINT NOT NULL CONSTRAINT ck_job_total CHECK (total >= 0),
    result TEXT,
    result_link TEXT,
    error_code TEXT,
    error TEXT,
    attempts INTEGER NOT NULL CONSTRAINT ck_job_attempts CHECK (attempts >= 0),
    run_after {time} NOT NULL,
    lease_by TEXT,
    lease_until {time},
    is_cancelling BOOLEAN NOT NULL
);
CREATE INDEX ix_job_due ON job (state, run_after, id);
CREATE INDEX ix_job_lease ON job (state, lease_until);
CREATE INDEX ix_job_owner ON job (created_by, created_at, id);
CREATE INDEX ix_job_created ON job (created_at, id);
CREATE INDEX ix_job_updated ON job (updated_at, id);

CREATE TABLE cron_slot (
    name TEXT NOT NULL,
    slot {time} NOT NULL,
    elected TEXT NOT NULL,
    elected_at {time} NOT NULL,
    PRIMARY KEY (name, slot)
);
CREATE INDEX ix_cron_slot_elected ON cron_slot (elected_at);
";

crate::kit::migration!("m0005_job", SQL);

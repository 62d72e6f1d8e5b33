//! What must be told to others after the transaction, and what people are told.

const SQL: &str = "
CREATE TABLE outbox (
    id {uuid} NOT NULL PRIMARY KEY,
    created_at {time} NOT NULL,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_outbox_state CHECK (state IN ('pending', 'claimed', 'done', 'failed')),
    attempts INTEGER NOT NULL CONSTRAINT ck_outbox_attempts CHECK (attempts >= 0),
    next_attempt_at {time} NOT NULL,
    claimed_until {time},
    claimed_by TEXT,
    done_at {time},
    feed_seq BIGINT CONSTRAINT uq_outbox_feed_seq UNIQUE,
    error TEXT
);
CREATE INDEX ix_outbox_due ON outbox (state, next_attempt_at, id);
CREATE INDEX ix_outbox_done ON outbox (done_at);

CREATE TABLE notification (
    {head},
    user_id {uuid} NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    link TEXT,
    is_read BOOLEAN NOT NULL
);
CREATE INDEX ix_notification_user ON notification (user_id, created_at, id);
CREATE INDEX ix_notification_unread ON notification (user_id, is_read);
CREATE INDEX ix_notification_created ON notification (created_at, id);
CREATE INDEX ix_notification_updated ON notification (updated_at, id);
";

crate::kit::migration!("m0004_outbox", SQL);

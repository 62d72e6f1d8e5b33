//! People and places: stations, users, roles, and how people get in.

const SQL: &str = "
CREATE TABLE org (
    {head},
    parent_id {uuid} CONSTRAINT fk_org_parent REFERENCES org (id),
    kind TEXT NOT NULL CONSTRAINT ck_org_kind CHECK (kind IN ('headquarters', 'region', 'station')),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    grade TEXT,
    region TEXT,
    address TEXT,
    phone TEXT,
    contact TEXT,
    remark TEXT,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT uq_org_code UNIQUE (code),
    CONSTRAINT uq_org_path UNIQUE (path),
    CONSTRAINT ck_org_root CHECK ((parent_id IS NULL) = (kind = 'headquarters'))
);
CREATE INDEX ix_org_parent ON org (parent_id);
CREATE INDEX ix_org_name ON org (name, id);
CREATE INDEX ix_org_created ON org (created_at, id);
CREATE INDEX ix_org_updated ON org (updated_at, id);

CREATE TABLE app_user (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_app_user_org REFERENCES org (id),
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    position TEXT,
    state TEXT NOT NULL CONSTRAINT ck_app_user_state CHECK (state IN ('active', 'disabled')),
    party_id {uuid},
    language TEXT NOT NULL CONSTRAINT ck_app_user_language CHECK (language IN ('zh-CN', 'en')),
    CONSTRAINT uq_app_user_login UNIQUE (login)
);
CREATE INDEX ix_app_user_org ON app_user (org_id);
CREATE INDEX ix_app_user_name ON app_user (name, id);
CREATE INDEX ix_app_user_created ON app_user (created_at, id);
CREATE INDEX ix_app_user_updated ON app_user (updated_at, id);
CREATE INDEX ix_app_user_state ON app_user (state, id);

CREATE TABLE credential (
    user_id {uuid} NOT NULL PRIMARY KEY CONSTRAINT fk_credential_user REFERENCES app_user (id),
    password_hash TEXT NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    epoch BIGINT NOT NULL,
    rights BIGINT NOT NULL,
    login_count BIGINT NOT NULL CONSTRAINT ck_credential_login_count CHECK (login_count >= 0),
    failure_count BIGINT NOT NULL CONSTRAINT ck_credential_failure_count CHECK (failure_count >= 0),
    last_login_at {time},
    last_login_ip TEXT,
    last_login_agent TEXT
);

CREATE TABLE password_history (
    id {uuid} NOT NULL PRIMARY KEY,
    user_id {uuid} NOT NULL CONSTRAINT fk_password_history_user REFERENCES app_user (id),
    created_at {time} NOT NULL,
    password_hash TEXT NOT NULL
);
CREATE INDEX ix_password_history_user ON password_history (user_id, created_at);

CREATE TABLE role (
    {head},
    code TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    is_preset BOOLEAN NOT NULL,
    is_station_role BOOLEAN NOT NULL,
    remark TEXT,
    CONSTRAINT uq_role_code UNIQUE (code)
);
CREATE INDEX ix_role_created ON role (created_at, id);
CREATE INDEX ix_role_updated ON role (updated_at, id);
CREATE INDEX ix_role_name ON role (name_zh, id);

CREATE TABLE role_grant (
    role_id {uuid} NOT NULL CONSTRAINT fk_role_grant_role REFERENCES role (id),
    permission TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_role_grant_scope CHECK (scope IN ('party', 'self', 'team', 'station', 'subtree', 'all')),
    PRIMARY KEY (role_id, permission)
);

CREATE TABLE user_role (
    user_id {uuid} NOT NULL CONSTRAINT fk_user_role_user REFERENCES app_user (id),
    role_id {uuid} NOT NULL CONSTRAINT fk_user_role_role REFERENCES role (id),
    PRIMARY KEY (user_id, role_id)
);
CREATE INDEX ix_user_role_role ON user_role (role_id);

CREATE TABLE known_permission (
    code TEXT NOT NULL PRIMARY KEY
);

CREATE TABLE user_session (
    id {uuid} NOT NULL PRIMARY KEY,
    user_id {uuid} NOT NULL CONSTRAINT fk_user_session_user REFERENCES app_user (id),
    created_at {time} NOT NULL,
    used_at {time} NOT NULL,
    expires_at {time} NOT NULL,
    revoked_at {time},
    ip TEXT NOT NULL,
    user_agent TEXT NOT NULL
);
CREATE INDEX ix_user_session_user ON user_session (user_id, used_at);
CREATE INDEX ix_user_session_expires ON user_session (expires_at);

CREATE TABLE refresh_token (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL CONSTRAINT fk_refresh_token_session REFERENCES user_session (id),
    created_at {time} NOT NULL,
    expires_at {time} NOT NULL,
    used_at {time}
);
CREATE INDEX ix_refresh_token_session ON refresh_token (session_id);

CREATE TABLE login_guard (
    login TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    failed_at {time} NOT NULL,
    locked_until {time}
);
CREATE INDEX ix_login_guard_failed ON login_guard (failed_at);

CREATE TABLE login_event (
    id {uuid} NOT NULL PRIMARY KEY,
    created_at {time} NOT NULL,
    org_id {uuid},
    user_id {uuid},
    login TEXT NOT NULL,
    outcome TEXT NOT NULL CONSTRAINT ck_login_event_outcome CHECK (outcome IN ('signed_in', 'failed', 'locked')),
    ip TEXT NOT NULL,
    user_agent TEXT NOT NULL
);
CREATE INDEX ix_login_event_created ON login_event (created_at, id);
CREATE INDEX ix_login_event_user ON login_event (user_id, created_at);
CREATE INDEX ix_login_event_org ON login_event (org_id, created_at);
";

crate::kit::migration!("m0100_identity", SQL);

//! Teams of a station and who is in them.

const SQL: &str = "
CREATE TABLE team (
    {head},
    org_id {uuid} NOT NULL CONSTRAINT fk_team_org REFERENCES org (id),
    name TEXT NOT NULL,
    leader_id {uuid} NOT NULL CONSTRAINT fk_team_leader REFERENCES app_user (id),
    territory TEXT,
    remark TEXT,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT uq_team_name UNIQUE (org_id, name)
);
CREATE INDEX ix_team_leader ON team (leader_id);
CREATE INDEX ix_team_name ON team (name, id);
CREATE INDEX ix_team_created ON team (created_at, id);
CREATE INDEX ix_team_updated ON team (updated_at, id);

CREATE TABLE team_member (
    team_id {uuid} NOT NULL CONSTRAINT fk_team_member_team REFERENCES team (id),
    user_id {uuid} NOT NULL CONSTRAINT fk_team_member_user REFERENCES app_user (id),
    PRIMARY KEY (team_id, user_id)
);
CREATE INDEX ix_team_member_user ON team_member (user_id);
";

crate::kit::migration!("m0110_team", SQL);

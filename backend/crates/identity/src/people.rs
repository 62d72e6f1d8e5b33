//! Who a token stands for. One statement per request decides whether session and person are still good, how often base
//! data has changed and whether the caller's key was used before; what the person may do is remembered until it changes.

use crate::authority::Authority;
use futures::future::BoxFuture;
use moka::future::Cache;
use openapi::choice::Choice;
use openapi::identity::SESSION_ENDED;
use openapi::identity::user::UserState;
use platform::auth::actor::{Caller, Directory};
use platform::auth::token::Claims;
use platform::{Actor, Db, Failure, Result};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::{FromQueryResult, Statement};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Knows people by their token.
pub struct People {
    /// By person and the count of changes of the person's rights: a change anywhere makes a new key, in every process.
    remembered: Cache<(Uuid, i64), Arc<Authority>>,
}

impl Default for People {
    fn default() -> Self {
        People { remembered: Cache::builder().max_capacity(10_000).time_to_live(Duration::from_secs(300)).build() }
    }
}

/// What decides whether a token still counts.
#[derive(FromQueryResult)]
struct Standing {
    expires_at: DateTimeUtc,
    revoked_at: Option<DateTimeUtc>,
    state: String,
    epoch: i64,
    rights: i64,
    must_change_password: bool,
    base_changes: i64,
    same_key: i64,
    stations_below: i64,
}

const STANDING: &str = "SELECT s.expires_at, s.revoked_at, u.state, c.epoch, c.rights, c.must_change_password, \
    (SELECT value FROM base_change WHERE id = 1) AS base_changes, \
    (SELECT COUNT(*) FROM idempotency i WHERE i.actor_id = s.user_id AND i.key = $3) AS same_key, \
    (SELECT COUNT(*) FROM org o WHERE o.parent_id = u.org_id) AS stations_below \
    FROM user_session s JOIN app_user u ON u.id = s.user_id JOIN credential c ON c.user_id = s.user_id \
    WHERE s.id = $1 AND s.user_id = $2";

impl Standing {
    fn is_good(&self, epoch: i64, now: DateTimeUtc) -> bool {
        self.revoked_at.is_none()
            && self.expires_at > now
            && self.epoch == epoch
            && self.state == UserState::Active.as_str()
    }
}

impl People {
    async fn find(&self, db: &Db, claims: &Claims, now: DateTimeUtc, same: Option<&str>) -> Result<Caller> {
        let conn = db.latest();
        let values = [claims.sid.into(), claims.sub.into(), same.map(str::to_owned).into()];
        let statement = Statement::from_sql_and_values(conn.get_database_backend(), STANDING, values);
        let standing = Standing::find_by_statement(statement).one(conn).await?;
        let standing = standing.filter(|s| s.is_good(claims.epoch, now));
        let standing = standing.ok_or_else(|| Failure::new(SESSION_ENDED))?;
        let key = (claims.sub, standing.rights);
        let authority = match self.remembered.get(&key).await {
            Some(authority) => authority,
            None => {
                let authority = Arc::new(Authority::of(conn, claims.sub).await?);
                self.remembered.insert(key, Arc::clone(&authority)).await;
                authority
            }
        };
        Ok(Caller {
            actor: Actor {
                is_leaf: standing.stations_below == 0,
                ..authority.actor(claims.sid, standing.must_change_password)
            },
            base_changes: standing.base_changes,
            is_key_known: standing.same_key > 0,
        })
    }
}

impl Directory for People {
    fn caller<'a>(
        &'a self,
        db: &'a Db,
        claims: &'a Claims,
        now: DateTimeUtc,
        key: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Caller>> {
        Box::pin(self.find(db, claims, now, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, Utc};

    #[test]
    fn a_token_counts_only_while_session_person_and_epoch_are_good() {
        let now = Utc::now();
        let standing = |state: &str, revoked_at, minutes| Standing {
            expires_at: now + TimeDelta::minutes(minutes),
            revoked_at,
            state: state.to_owned(),
            epoch: 3,
            rights: 1,
            must_change_password: false,
            base_changes: 1,
            same_key: 0,
            stations_below: 0,
        };
        assert!(standing("active", None, 1).is_good(3, now));
        assert!(!standing("active", None, 1).is_good(2, now), "tokens of an earlier epoch");
        assert!(!standing("active", None, 0).is_good(3, now), "expired");
        assert!(!standing("active", Some(now), 1).is_good(3, now), "revoked");
        assert!(!standing("disabled", None, 1).is_good(3, now), "disabled");
    }
}

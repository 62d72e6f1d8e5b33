//! People and places: stations, users, roles, sessions.

use futures::future::BoxFuture;
use platform::auth::actor::Directory;
use platform::auth::token::Claims;
use platform::http::Api;
use platform::{Actor, App, Constraint, Db, Failure, Result};

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[];

/// Knows people by their token.
#[derive(Default)]
pub struct People {}

impl Directory for People {
    fn actor<'a>(&'a self, _: &'a Db, _: &'a Claims, _: chrono::DateTime<chrono::Utc>) -> BoxFuture<'a, Result<Actor>> {
        Box::pin(async { Err(Failure::new(openapi::problem::UNAUTHENTICATED)) })
    }
}

/// Mounts the endpoints of this domain.
pub fn mount(_: &mut Api) {}

/// Prepares an empty database: headquarters, the twelve roles, the first administrator.
pub async fn install(_: &App) -> Result<()> {
    Ok(())
}

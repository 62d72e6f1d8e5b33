//! The one list of domains: what they mount, whom they listen to, what their constraints mean.

use openapi::system::InvariantCheck;
use platform::http::Api;
use platform::{Bus, Constraint, ReadTx, Result};

/// Mounts every endpoint row.
pub fn mount() -> Api {
    let mut api = Api::default();
    crate::system::mount(&mut api);
    identity::mount(&mut api);
    master::mount(&mut api);
    finance::mount(&mut api);
    api
}

/// Who listens to which event.
pub fn bus() -> Bus {
    Bus::default()
}

/// What the books must keep: each domain's rules.
pub async fn invariants(_tx: &ReadTx) -> Result<Vec<InvariantCheck>> {
    Ok(Vec::new())
}

/// What violated constraints mean.
pub fn constraints() -> Vec<Constraint> {
    [identity::CONSTRAINTS, master::CONSTRAINTS, finance::CONSTRAINTS].concat()
}

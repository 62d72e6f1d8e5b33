//! The one list of domains: what they mount, whom they listen to, what their constraints mean.

use platform::http::Api;
use platform::{Bus, Constraint};

/// Mounts every endpoint row.
pub fn mount() -> Api {
    let mut api = Api::default();
    crate::system::mount(&mut api);
    identity::mount(&mut api);
    master::mount(&mut api);
    api
}

/// Who listens to which event.
pub fn bus() -> Bus {
    Bus::default()
}

/// What violated constraints mean.
pub fn constraints() -> Vec<Constraint> {
    [identity::CONSTRAINTS, master::CONSTRAINTS].concat()
}

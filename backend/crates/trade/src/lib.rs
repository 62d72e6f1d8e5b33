//! Trade: what is bought from suppliers, and what is sold wholesale and over the counter. Other crates use [`api`] only.

pub mod api;
mod facts;
mod purchase;

use platform::http::Api;
use platform::{Constraint, Subjects};

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[];

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    purchase::order::mount(api);
    purchase::receipt::mount(api);
}

/// Files and timelines may belong to these.
pub fn subjects(subjects: &mut Subjects) {
    purchase::order::subjects(subjects);
    purchase::receipt::subjects(subjects);
}

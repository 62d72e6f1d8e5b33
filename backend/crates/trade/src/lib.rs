//! Trade: what is bought from suppliers, and what is sold wholesale and over the counter. Other crates use [`api`] only.

pub mod api;

use platform::http::Api;
use platform::{Constraint, Subjects};

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[];

/// Mounts the endpoints of this domain.
pub fn mount(_api: &mut Api) {}

/// Files and timelines may belong to these.
pub fn subjects(_subjects: &mut Subjects) {}

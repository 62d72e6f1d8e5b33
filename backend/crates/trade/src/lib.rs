//! Trade: what is bought from suppliers, and what is sold wholesale and over the counter. Other crates use [`api`] only.

pub mod api;
mod retail;

use openapi::problem::STATE_CONFLICT;
use platform::http::Api;
use platform::{Constraint, Subjects};

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[
    Constraint {
        name: "uq_retail_sale_reversal",
        columns: "retail_sale.reversal_of",
        code: STATE_CONFLICT,
        pointer: "",
    },
    Constraint {
        name: "uq_retail_return_reversal",
        columns: "retail_return.reversal_of",
        code: STATE_CONFLICT,
        pointer: "",
    },
];

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    retail::mount(api);
}

/// Files and timelines may belong to these.
pub fn subjects(subjects: &mut Subjects) {
    retail::subjects(subjects);
}

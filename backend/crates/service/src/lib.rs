//! Service: the repair ticket and everything that hangs on one. Other crates use [`api`] only.

pub mod api;
mod ticket;

use openapi::problem::field;
use openapi::service::INSPECTOR_IS_ENGINEER;
use platform::doc::subject::Subjects;
use platform::http::Api;
use platform::{Bus, Constraint, Jobs};

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[
    Constraint { name: "ck_ticket_inspector", columns: "", code: INSPECTOR_IS_ENGINEER, pointer: "" },
    Constraint { name: "uq_ticket_number", columns: "ticket.number", code: field::TAKEN, pointer: "/number" },
];

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    ticket::mount(api);
}

/// The jobs of this domain.
pub fn jobs(jobs: &mut Jobs) {
    jobs.import::<ticket::import::Tickets>("import.ticket");
}

/// Whom this domain listens to.
pub fn listen(bus: &mut Bus) {
    ticket::listen(bus);
}

/// Who may see and change the files and the timeline of a ticket.
pub fn subjects(subjects: &mut Subjects) {
    ticket::subjects(subjects);
}

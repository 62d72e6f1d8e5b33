//! Service: the repair ticket and everything that hangs on one. Other crates use [`api`] only.

pub mod api;
mod part_return;
mod shortage;
mod ticket;

use openapi::problem::field;
use openapi::service::INSPECTOR_IS_ENGINEER;
use platform::doc::subject::Subjects;
use platform::http::Api;
use platform::{Bus, Constraint, Jobs, Sinks};

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[
    Constraint { name: "ck_ticket_inspector", columns: "", code: INSPECTOR_IS_ENGINEER, pointer: "" },
    Constraint { name: "uq_ticket_number", columns: "ticket.number", code: field::TAKEN, pointer: "/number" },
];

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    ticket::mount(api);
    shortage::mount(api);
    part_return::mount(api);
}

/// The jobs of this domain.
pub fn jobs(jobs: &mut Jobs) {
    jobs.import::<ticket::import::Tickets>("import.ticket");
    jobs.on("shortage.allocate", shortage::sweep);
}

/// Whom this domain listens to.
pub fn listen(bus: &mut Bus) {
    ticket::listen(bus);
    part_return::listen(bus);
    bus.on(|tx, event: &stock::api::StockFreed| Box::pin(shortage::noticed(tx, event)));
}

/// Which messages of the outbox this domain takes.
pub fn sinks(sinks: &mut Sinks) {
    sinks.on(shortage::FREED, |app, message| Box::pin(shortage::deliver(app, message)));
}

/// Who may see and change the files and the timelines of this domain.
pub fn subjects(subjects: &mut Subjects) {
    ticket::subjects(subjects);
    shortage::subjects(subjects);
    part_return::subjects(subjects);
}

//! Reservations: goods in a warehouse that wait for one line of one document. They still lie there, but nobody else may
//! take them. Releasing gives them back; taking them out for that line uses the reservation up.

pub(crate) mod commands;
pub(crate) mod entity;

pub use commands::{Held, hold, hold_all, release, reserve, reserve_piece, reserve_up_to, reserved};

use openapi::document::DocKind;
use uuid::Uuid;

/// For what goods are reserved: a line of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    /// Kind of the document.
    pub kind: DocKind,
    /// The line.
    pub id: Uuid,
}

impl Claim {
    /// A part of a repair ticket.
    pub const fn ticket(part: Uuid) -> Self {
        Claim { kind: DocKind::Ticket, id: part }
    }
}

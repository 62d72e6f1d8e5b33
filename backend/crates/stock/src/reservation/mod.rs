//! Reservations: goods in a warehouse that wait for one part of one ticket, or for one line of a sales order. They still lie there, but nobody else may
//! take them. Releasing gives them back; issuing them to the engineer uses the reservation up.

pub(crate) mod commands;
pub(crate) mod entity;

pub use commands::{release, reserve, reserve_up_to, reserved};

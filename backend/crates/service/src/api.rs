//! What others may ask of service.

pub use crate::ticket::invariant::invariants;

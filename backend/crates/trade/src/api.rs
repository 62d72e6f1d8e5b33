//! What other crates may use of trade.

pub use crate::invariant::invariants;

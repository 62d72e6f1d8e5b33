//! What other crates may use of trade.

pub use crate::retail::invariant::invariants;

//! What other crates may use of trade.

//! Periods: up to which month each book of a station is closed. Both ledgers ask here before they post.
//!
//! A posting shares the station's gate row until it commits and a closing locks it, so that nothing slips into a month
//! while it is being closed.

mod commands;
mod entity;
mod model;

pub use commands::{close, closed_months, effective_at, first_open_day, is_open, periods, reopen, require_open};

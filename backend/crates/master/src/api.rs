//! What other domains may ask of base data.

pub use crate::customer::queries::named as customer_named;

/// Periods of both ledgers: `require_open` before posting, close and reopen.
pub use crate::period::{
    close as close_period, closed_months, first_open_day, is_open as period_is_open, periods, reopen as reopen_period,
    require_open as require_open_period,
};

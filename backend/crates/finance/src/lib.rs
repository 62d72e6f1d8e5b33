//! The money ledger, open items, settlements, receipts, periods. Other crates use [`api`] only.

mod period;

use platform::Constraint;
use platform::http::Api;

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[];

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    period::mount(api);
}

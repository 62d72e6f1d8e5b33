//! Reading stored numbers back into the types of the contract.

use platform::{Failure, Result};

/// A small count that was checked when it was written.
pub fn small(value: i32) -> Result<u16> {
    u16::try_from(value).map_err(|_| Failure::Internal(format!("stored count {value} is out of range")))
}

/// The same, where it may be missing.
pub fn small_or_none(value: Option<i32>) -> Result<Option<u16>> {
    value.map(small).transpose()
}

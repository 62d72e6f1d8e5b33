//! Checks that drafts name in `#[validate(custom(function = ...))]`, where a scalar alone is too wide.

use crate::problem::{Code, field};
use crate::{Money, Quantity, UnitPrice};
use validator::ValidationError;

/// The largest price or fee that a master record may carry, in yuan.
pub const MAX_PRICE: i64 = 100_000_000;

/// A price of zero or more, at most [`MAX_PRICE`].
pub fn price(price: &UnitPrice) -> Result<(), ValidationError> {
    between(price.0, MAX_PRICE * 10_000)
}

/// An amount of zero or more, at most [`MAX_PRICE`].
pub fn amount(amount: &Money) -> Result<(), ValidationError> {
    between(amount.0, MAX_PRICE * 100)
}

/// A price as [`price`] wants it, where there is one (for drafts whose type the validator cannot look into).
pub fn price_if_any(price: &Option<UnitPrice>) -> Result<(), ValidationError> {
    price.as_ref().map_or(Ok(()), self::price)
}

/// An amount as [`amount`] wants it, where there is one (for drafts whose type the validator cannot look into).
pub fn amount_if_any(amount: &Option<Money>) -> Result<(), ValidationError> {
    amount.as_ref().map_or(Ok(()), self::amount)
}

/// The largest quantity of one line, in units of measure.
pub const MAX_QUANTITY: i64 = 1_000_000;

/// A quantity of more than zero, at most [`MAX_QUANTITY`].
pub fn quantity(quantity: &Quantity) -> Result<(), ValidationError> {
    if (1..=MAX_QUANTITY * 1000).contains(&quantity.0) {
        return Ok(());
    }
    let mut error = error(field::OUT_OF_RANGE, &[("max", MAX_QUANTITY)]);
    error.add_param("min".into(), &Quantity(1).to_string());
    Err(error)
}

/// A count of zero or more, at most [`MAX_QUANTITY`].
pub fn count(quantity: &Quantity) -> Result<(), ValidationError> {
    if (0..=MAX_QUANTITY * 1000).contains(&quantity.0) {
        return Ok(());
    }
    Err(error(field::OUT_OF_RANGE, &[("min", 0), ("max", MAX_QUANTITY)]))
}

fn between(value: i64, max: i64) -> Result<(), ValidationError> {
    if (0..=max).contains(&value) { Ok(()) } else { Err(error(field::OUT_OF_RANGE, &[("min", 0), ("max", MAX_PRICE)])) }
}

fn error(code: Code, params: &[(&'static str, i64)]) -> ValidationError {
    let mut error = ValidationError::new(code.code);
    params.iter().for_each(|(name, value)| error.add_param((*name).into(), value));
    error
}

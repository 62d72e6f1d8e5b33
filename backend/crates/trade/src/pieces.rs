//! Goods counted piece by piece. Pure.

use openapi::problem::field;
use openapi::trade::purchase::SERIALS_DIFFER;
use openapi::{Issue, Quantity, Serial};
use std::collections::HashSet;
use uuid::Uuid;

/// What moves one by one: a serial with one piece each, or all of them without.
pub type Pieces = Vec<(Option<String>, Quantity)>;

/// What a counted line is made of: one piece for each serial number, or all of it together where the product is not
/// tracked; nothing when nothing was counted. Says which field is wrong otherwise. `seen` knows the serials of the lines
/// before.
pub fn pieces(
    product: Uuid,
    quantity: Quantity,
    serials: &[Serial],
    is_tracked: bool,
    seen: &mut HashSet<(Uuid, String)>,
) -> Result<Pieces, (&'static str, Issue)> {
    let needed = if is_tracked { quantity } else { Quantity::ZERO };
    let given = Quantity::pieces(i64::try_from(serials.len()).unwrap_or(i64::MAX / 1000));
    if needed != given {
        return Err(("serials", Issue::new(SERIALS_DIFFER).with("needed", needed).with("given", serials.len())));
    }
    if serials.iter().any(|serial| !seen.insert((product, serial.to_string()))) {
        return Err(("serials", Issue::new(field::DUPLICATE)));
    }
    if serials.is_empty() && quantity.is_positive() {
        return Ok(vec![(None, quantity)]);
    }
    Ok(serials.iter().map(|serial| (Some(serial.to_string()), Quantity::ONE)).collect())
}

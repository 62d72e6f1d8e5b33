//! What a shortage is, from the line of its ticket. Pure.

use super::entity::shortage;
use crate::ticket::entity::part;
use crate::ticket::short;
use openapi::service::shortage::{ShortageAction, ShortageState};

/// What follows for a shortage from its line as it stands: how much has come, and the step that this is, if any.
pub fn seen(state: ShortageState, quantity: i64, line: &part::Model) -> (i64, Option<ShortageAction>) {
    let allocated = (quantity - short(line)).clamp(0, quantity);
    let is_issued = line.issued >= line.required;
    let step = match state {
        ShortageState::Waiting | ShortageState::Allocated if is_issued => Some(ShortageAction::Issue),
        ShortageState::Waiting if short(line) == 0 => Some(ShortageAction::Allocate),
        _ => None,
    };
    (allocated, step)
}

/// How a shortage ends whose ticket wants nothing more for the line.
pub fn ending(state: ShortageState, line: &part::Model) -> Option<ShortageAction> {
    match state {
        ShortageState::Waiting | ShortageState::Allocated if line.issued >= line.required => {
            Some(ShortageAction::Issue)
        }
        ShortageState::Waiting | ShortageState::Allocated => Some(ShortageAction::Lapse),
        ShortageState::Issued | ShortageState::Cancelled => None,
    }
}

/// What is still missing.
pub const fn missing(row: &shortage::Model) -> i64 {
    row.quantity - row.allocated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(required: i64, reserved: i64, issued: i64) -> part::Model {
        part::Model { required, reserved, issued, ..Default::default() }
    }

    #[test]
    fn a_shortage_follows_its_line_from_missing_to_issued() {
        use ShortageState as S;
        assert_eq!(seen(S::Waiting, 2000, &line(3000, 1000, 0)), (0, None));
        assert_eq!(seen(S::Waiting, 2000, &line(3000, 2000, 0)), (1000, None), "a part of it came");
        assert_eq!(seen(S::Waiting, 2000, &line(3000, 3000, 0)), (2000, Some(ShortageAction::Allocate)));
        assert_eq!(seen(S::Allocated, 2000, &line(3000, 1000, 2000)), (2000, None));
        assert_eq!(seen(S::Allocated, 2000, &line(3000, 0, 3000)), (2000, Some(ShortageAction::Issue)));
        assert_eq!(seen(S::Waiting, 2000, &line(3000, 0, 3000)), (2000, Some(ShortageAction::Issue)));
        assert_eq!(seen(S::Issued, 2000, &line(3000, 0, 3000)), (2000, None));
    }

    #[test]
    fn what_the_ticket_no_longer_wants_lapses_unless_it_was_issued() {
        use ShortageState as S;
        assert_eq!(ending(S::Waiting, &line(3000, 0, 0)), Some(ShortageAction::Lapse));
        assert_eq!(ending(S::Allocated, &line(3000, 3000, 0)), Some(ShortageAction::Lapse));
        assert_eq!(ending(S::Allocated, &line(3000, 0, 3000)), Some(ShortageAction::Issue));
        assert_eq!(ending(S::Cancelled, &line(3000, 0, 0)), None);
    }
}

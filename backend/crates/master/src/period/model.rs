//! When a month takes postings, and which month may be closed or reopened next. Pure.

use chrono::NaiveDate;
use openapi::finance::{PERIOD_ALREADY_CLOSED, PERIOD_NOT_LAST, PERIOD_NOT_OVER};
use openapi::{Month, problem};
use platform::{Failure, Result};

/// Nothing can be posted into a month up to which the book is closed.
pub fn require_open(closed_through: i64, month: Month) -> Result<()> {
    if is_open(closed_through, month) {
        return Ok(());
    }
    Err(Failure::new(problem::PERIOD_CLOSED).with("month", month))
}

/// Whether the book takes postings in this month.
pub fn is_open(closed_through: i64, month: Month) -> bool {
    month.number() > closed_through
}

/// The first day that a document may be dated: of the twelfth month before the present one. What lies before is on no page
/// of periods, so that nobody could close it again.
pub fn first_day(present: Month) -> NaiveDate {
    (0..12).fold(present, |month, _| month.previous()).first_day()
}

/// A month can be closed when it is over and not closed yet.
pub fn may_close(closed_through: i64, month: Month, present: Month) -> Result<()> {
    if month >= present {
        return Err(Failure::new(PERIOD_NOT_OVER).with("month", month));
    }
    if !is_open(closed_through, month) {
        return Err(Failure::new(PERIOD_ALREADY_CLOSED).with("month", month));
    }
    Ok(())
}

/// Only the last closed month can be reopened.
pub fn may_reopen(closed_through: i64, month: Month) -> Result<()> {
    if month.number() == closed_through {
        return Ok(());
    }
    let last = Month::from_number(closed_through).map_or_else(|| "-".to_owned(), |month| month.to_string());
    Err(Failure::new(PERIOD_NOT_LAST).with("month", last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn closing_a_month_closes_everything_before_it() {
        let closed = month("2026-09").number();
        for (text, open) in [("2025-01", false), ("2026-09", false), ("2026-10", true), ("2027-01", true)] {
            assert_eq!(require_open(closed, month(text)).is_ok(), open, "{text}");
        }
        assert_eq!(require_open(closed, month("2026-09")).unwrap_err().code().status, 423);
    }

    #[test]
    fn a_document_may_be_dated_into_each_month_that_the_page_of_periods_shows() {
        assert_eq!(first_day(month("2026-11")).to_string(), "2025-11-01");
        assert_eq!(first_day(month("2026-01")).to_string(), "2025-01-01");
    }

    #[test]
    fn only_a_past_open_month_closes_and_only_the_last_closed_one_reopens() {
        let (closed, now) = (month("2026-09").number(), month("2026-11"));
        assert!(may_close(closed, month("2026-10"), now).is_ok());
        assert_eq!(may_close(closed, month("2026-11"), now).unwrap_err().code(), PERIOD_NOT_OVER);
        assert_eq!(may_close(closed, month("2026-08"), now).unwrap_err().code(), PERIOD_ALREADY_CLOSED);
        assert!(may_reopen(closed, month("2026-09")).is_ok());
        assert_eq!(may_reopen(closed, month("2026-08")).unwrap_err().code(), PERIOD_NOT_LAST);
        assert_eq!(may_reopen(0, month("2026-08")).unwrap_err().code(), PERIOD_NOT_LAST);
    }
}

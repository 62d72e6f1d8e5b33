//! Instants and dates.

use crate::problem::{Issue, field};
use chrono::{DateTime, Datelike, Months, NaiveDate, SubsecRound, Utc};
use std::fmt;
use std::str::FromStr;

/// An instant in UTC, to the millisecond. JSON: `2026-11-21T09:08:07.000Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// The instant as chrono knows it.
    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }
}
impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Timestamp(at.trunc_subsecs(3))
    }
}
impl From<Timestamp> for DateTime<Utc> {
    fn from(at: Timestamp) -> Self {
        at.0
    }
}
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%dT%H:%M:%S%.3fZ").fmt(f)
    }
}
impl FromStr for Timestamp {
    type Err = Issue;
    fn from_str(s: &str) -> Result<Self, Issue> {
        let at = DateTime::parse_from_rfc3339(s).map_err(|_| Issue::new(field::INVALID_FORMAT))?;
        in_range(at.date_naive()).map(|_| Timestamp::from(at.with_timezone(&Utc)))
    }
}

/// A calendar date. JSON: `2026-11-21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The date as chrono knows it.
    pub const fn naive(self) -> NaiveDate {
        self.0
    }
}
impl From<NaiveDate> for Date {
    fn from(on: NaiveDate) -> Self {
        Date(on)
    }
}
impl From<Date> for NaiveDate {
    fn from(on: Date) -> Self {
        on.0
    }
}
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%d").fmt(f)
    }
}
impl FromStr for Date {
    type Err = Issue;
    fn from_str(s: &str) -> Result<Self, Issue> {
        let on = NaiveDate::parse_from_str(s, "%Y-%m-%d").map_err(|_| Issue::new(field::INVALID_FORMAT))?;
        if s.len() == 10 { in_range(on).map(Date) } else { Err(Issue::new(field::INVALID_FORMAT)) }
    }
}

/// A calendar month. JSON: `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(NaiveDate);

impl Month {
    /// The month of a day.
    pub fn of(on: NaiveDate) -> Self {
        Month(on.with_day(1).unwrap_or(on))
    }
    /// Its first day.
    pub const fn first_day(self) -> NaiveDate {
        self.0
    }
    /// The first day after it.
    pub fn end(self) -> NaiveDate {
        self.0.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX)
    }
    /// The month after it.
    pub fn next(self) -> Self {
        Month(self.end())
    }
    /// The month before it.
    pub fn previous(self) -> Self {
        Month(self.0.checked_sub_months(Months::new(1)).unwrap_or(NaiveDate::MIN))
    }
    /// The number under which it is stored: 202611.
    pub fn number(self) -> i64 {
        i64::from(self.0.year()) * 100 + i64::from(self.0.month())
    }
    /// Reads the stored number back.
    pub fn from_number(number: i64) -> Option<Self> {
        let (year, month) = (i32::try_from(number / 100).ok()?, u32::try_from(number % 100).ok()?);
        NaiveDate::from_ymd_opt(year, month, 1).map(Month)
    }
}
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m").fmt(f)
    }
}
impl FromStr for Month {
    type Err = Issue;
    fn from_str(s: &str) -> Result<Self, Issue> {
        if s.len() != 7 {
            return Err(Issue::new(field::INVALID_FORMAT));
        }
        format!("{s}-01").parse::<Date>().map(|first| Month(first.0))
    }
}

/// Years that a business can mean; it also keeps the text order of stored times right.
fn in_range(on: NaiveDate) -> Result<NaiveDate, Issue> {
    let (first, last) = ("1900-01-01", "2200-12-31");
    let text = on.format("%Y-%m-%d").to_string();
    let inside = text.len() == 10 && text.as_str() >= first && text.as_str() <= last;
    if inside { Ok(on) } else { Err(Issue::new(field::OUT_OF_RANGE).with("min", first).with("max", last)) }
}

super::as_string!([] Timestamp, "Timestamp", {
    let mut schema = super::string_schema("UTC, RFC 3339 with milliseconds", 20, 35, None, "2026-11-21T09:08:07.000Z");
    schema.format = Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime));
    schema
});
super::as_string!([] Date, "Date", {
    let mut schema = super::string_schema("Calendar date", 10, 10, None, "2026-11-21");
    schema.format = Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Date));
    schema
});
super::as_string!([] Month, "Month", super::string_schema("Calendar month", 7, 7, Some(r"^\d{4}-\d{2}$"), "2026-11"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other_over_the_turn_of_the_year() {
        let december: Month = "2026-12".parse().unwrap();
        assert_eq!(december.next().to_string(), "2027-01");
        assert_eq!(december.next().previous(), december);
        assert_eq!(december.number(), 202_612);
        assert_eq!(Month::from_number(202_612), Some(december));
        assert_eq!(Month::from_number(202_613), None);
        assert_eq!(Month::of(december.end()).to_string(), "2027-01");
        for bad in ["2026-13", "2026-1", "2026/01", "202601", "2026-01-01"] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }
}

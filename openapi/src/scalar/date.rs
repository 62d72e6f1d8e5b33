//! Instants and dates.

use crate::problem::{Issue, field};
use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
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

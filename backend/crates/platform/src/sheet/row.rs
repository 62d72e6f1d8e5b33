//! One row, read cell by cell by the scalar types of the contract.

use super::{Column, Line};
use chrono::{NaiveDate, NaiveTime};
use openapi::choice::Choice;
use openapi::problem::field;
use openapi::{Date, Issue, Lang};
use std::str::FromStr;

/// A row that is being read; it remembers what is wrong with its cells.
pub struct Row<'a> {
    columns: &'a [Column],
    line: &'a Line,
    /// Wrong cells by the key of their column; an empty key means the whole row.
    pub issues: Vec<(String, Issue)>,
}

impl<'a> Row<'a> {
    /// Begins to read.
    pub fn new(columns: &'a [Column], line: &'a Line) -> Self {
        Row { columns, line, issues: Vec::new() }
    }

    /// The text of a cell; empty when there is none.
    pub fn text(&self, key: &str) -> &'a str {
        let place = self.columns.iter().position(|column| column.key == key);
        place.and_then(|place| self.line.cells.get(place)).map_or("", String::as_str)
    }

    /// Says what is wrong with a cell.
    pub fn blame(&mut self, key: &str, issue: Issue) {
        self.issues.push((key.to_owned(), issue));
    }

    fn noted<T>(&mut self, key: &str, read: Result<T, Issue>) -> Option<T> {
        read.map_err(|issue| self.blame(key, issue)).ok()
    }

    /// A value that must be there.
    pub fn need<T: FromStr<Err = Issue>>(&mut self, key: &str) -> Option<T> {
        match self.text(key) {
            "" => self.noted(key, Err(Issue::new(field::REQUIRED))),
            text => self.noted(key, text.parse()),
        }
    }

    /// A value that may be missing.
    pub fn may<T: FromStr<Err = Issue>>(&mut self, key: &str) -> Option<T> {
        match self.text(key) {
            "" => None,
            text => self.noted(key, text.parse()),
        }
    }

    /// One of a closed set, by value or by label; `otherwise` when the cell is empty.
    pub fn choice<C: Choice>(&mut self, key: &str, otherwise: Option<C>) -> Option<C> {
        let text = self.text(key);
        if text.is_empty() {
            return match otherwise {
                Some(value) => Some(value),
                None => self.noted(key, Err(Issue::new(field::REQUIRED))),
            };
        }
        let named = |c: &C| c.as_str() == text || c.label(Lang::Zh) == text || c.label(Lang::En) == text;
        let found = C::ALL.iter().copied().find(named);
        self.noted(key, found.ok_or_else(|| Issue::new(field::UNKNOWN_VALUE)))
    }

    /// Any of a closed set, separated by commas, by value or by label; `otherwise` when the cell is empty.
    pub fn choices<C: Choice>(&mut self, key: &str, otherwise: C) -> Vec<C> {
        let text = self.text(key).to_owned();
        let mut found = Vec::new();
        for word in text.split(['，', ',', '、', '/', ';', '；']).map(str::trim).filter(|word| !word.is_empty()) {
            let named = |c: &C| c.as_str() == word || c.label(Lang::Zh) == word || c.label(Lang::En) == word;
            match C::ALL.iter().copied().find(named) {
                Some(value) => found.push(value),
                None => self.blame(key, Issue::new(field::UNKNOWN_VALUE)),
            }
        }
        if found.is_empty() { vec![otherwise] } else { found }
    }

    /// Yes or no; no when the cell is empty.
    pub fn yes(&mut self, key: &str) -> bool {
        match self.text(key).to_lowercase().as_str() {
            "是" | "yes" | "y" | "true" | "1" | "√" => true,
            "" | "否" | "no" | "n" | "false" | "0" => false,
            _ => {
                self.blame(key, Issue::new(field::UNKNOWN_VALUE));
                false
            }
        }
    }

    /// A date: `2026-03-05`, `2026/3/5`, `2026.3.5` or a date cell.
    pub fn day(&mut self, key: &str) -> Option<Date> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        let day = text.split([' ', 'T']).next().unwrap_or_default();
        self.noted(key, day_of(day))
    }

    /// A date, and the time of day where the cell has one: `2018-09-19 14:30`, `2018/9/19 14:30:05` or a date cell.
    pub fn moment(&mut self, key: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        let (day, time) = text.split_once([' ', 'T']).map_or((text, None), |(day, time)| (day, Some(time.trim())));
        let on = self.noted(key, day_of(day))?;
        let wrong = |_| Issue::new(field::INVALID_FORMAT);
        let read = |time: &str| {
            NaiveTime::parse_from_str(time, "%H:%M:%S").or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"))
        };
        match time.filter(|time| !time.is_empty()).map(|time| read(time).map_err(wrong)) {
            Some(time) => Some((on.naive(), Some(self.noted(key, time)?))),
            None => Some((on.naive(), None)),
        }
    }

    /// A whole number between 0 and `max`; `otherwise` when the cell is empty.
    pub fn count(&mut self, key: &str, max: u16, otherwise: u16) -> u16 {
        let text = self.text(key);
        if text.is_empty() {
            return otherwise;
        }
        let issue = || Issue::new(field::OUT_OF_RANGE).with("min", 0).with("max", max);
        let read = text.parse::<u16>().ok().filter(|n| *n <= max).ok_or_else(issue);
        self.noted(key, read).unwrap_or(otherwise)
    }
}

fn day_of(text: &str) -> Result<Date, Issue> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [year, month, day] => format!("{year}-{month:0>2}-{day:0>2}").parse(),
        _ => text.parse(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_day_with_or_without_a_time() {
        const COLUMNS: &[Column] = &[Column::new("at", "时间", "At", "")];
        let read = |text: &str| {
            let line = Line { number: 2, cells: vec![text.to_owned()] };
            let mut row = Row::new(COLUMNS, &line);
            let read =
                row.moment("at").map(|(on, at)| format!("{on} {}", at.map_or("-".to_owned(), |at| at.to_string())));
            (read, row.issues.len())
        };
        assert_eq!(read("2018/9/19 14:30"), (Some("2018-09-19 14:30:00".to_owned()), 0));
        assert_eq!(read("2018-09-19 08:05:59"), (Some("2018-09-19 08:05:59".to_owned()), 0));
        assert_eq!(read("2018.9.19"), (Some("2018-09-19 -".to_owned()), 0));
        assert_eq!(read("2018-09-19 25:00"), (None, 1));
        assert_eq!(read("2018-13-01"), (None, 1));
    }
}

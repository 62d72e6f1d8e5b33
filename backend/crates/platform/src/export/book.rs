//! The workbook while it is written, one row after the other; rows that are written take no memory.

use super::shape::Kind;
use crate::sheet::{guarded, heading, place};
use crate::{Failure, Result};
use chrono::{Datelike, Timelike};
use chrono_tz::Tz;
use openapi::system::export::ExportColumn;
use openapi::{Date, Lang, Timestamp};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::Value;

/// A column: where its value lies, what it is, and how it is written.
pub struct Column {
    label: String,
    path: Vec<String>,
    kind: Kind,
    words: Vec<(String, String)>,
    format: Format,
}

impl Column {
    /// A column as it was asked for.
    pub fn new(asked: &ExportColumn, kind: Kind) -> Self {
        let format = match kind {
            Kind::Money => Format::new().set_num_format("#,##0.00"),
            Kind::Decimal => Format::new().set_num_format("#,##0.####"),
            Kind::Instant => Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            Kind::Day => Format::new().set_num_format("yyyy-mm-dd"),
            _ => Format::new(),
        };
        Column {
            label: asked.label.to_string(),
            path: asked.field.split('/').map(str::to_owned).collect(),
            kind,
            words: asked.words.iter().map(|word| (word.value.to_string(), word.text.to_string())).collect(),
            format,
        }
    }

    /// The values in a row: more than one where the way leads through an array.
    fn values<'a>(&self, row: &'a Value) -> Vec<&'a Value> {
        let mut found = vec![row];
        for step in &self.path {
            found = match step.as_str() {
                "*" => found.into_iter().filter_map(Value::as_array).flatten().collect(),
                name => found.into_iter().filter_map(|value| value.get(name)).collect(),
            };
        }
        found
            .into_iter()
            .flat_map(|value| value.as_array().map_or_else(|| vec![value], |all| all.iter().collect()))
            .collect()
    }

    /// A value as a text.
    fn text(&self, value: &Value, lang: Lang) -> String {
        let raw = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if let Some((_, word)) = self.words.iter().find(|(known, _)| *known == raw) {
            return word.clone();
        }
        match (&self.kind, value) {
            (Kind::Choice(names), _) => match names.get(&raw) {
                Some((zh, _)) if lang == Lang::Zh => zh.clone(),
                Some((_, en)) => en.clone(),
                None => raw,
            },
            (Kind::Flag, Value::Bool(true)) => lang.pick("是", "Yes").to_owned(),
            (Kind::Flag, Value::Bool(false)) => lang.pick("否", "No").to_owned(),
            _ => raw,
        }
    }
}

/// A workbook with one sheet.
pub struct Book {
    book: Workbook,
    columns: Vec<Column>,
    lang: Lang,
    zone: Tz,
    rows: u32,
}

impl Book {
    /// Begins with the headings.
    pub fn new(title: &str, columns: Vec<Column>, lang: Lang, zone: Tz) -> Result<Self> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory()?;
        let name: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
        if !name.trim().is_empty() {
            sheet.set_name(name.trim())?;
        }
        for (index, column) in columns.iter().enumerate() {
            sheet.set_column_width(place(index)?, 18)?;
            sheet.write_string_with_format(0, place(index)?, guarded(&column.label), &heading())?;
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(Book { book, columns, lang, zone, rows: 0 })
    }

    /// How many rows there are.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Adds a row.
    pub fn add(&mut self, row: &Value) -> Result<()> {
        self.rows += 1;
        let sheet = self.book.worksheet_from_index(0)?;
        for (index, column) in self.columns.iter().enumerate() {
            write(sheet, (self.rows, place(index)?), column, row, (self.lang, self.zone))?;
        }
        Ok(())
    }

    /// The finished file.
    pub fn save(mut self) -> Result<Vec<u8>> {
        Ok(self.book.save_to_buffer()?)
    }
}

fn write(sheet: &mut Worksheet, at: (u32, u16), column: &Column, row: &Value, (lang, zone): (Lang, Tz)) -> Result<()> {
    let values: Vec<&Value> = column.values(row).into_iter().filter(|value| !value.is_null()).collect();
    let (row, place) = at;
    if let [value] = values.as_slice() {
        if let Some(number) = number(column, value) {
            sheet.write_number_with_format(row, place, number, &column.format)?;
            return Ok(());
        }
        if let Some(when) = instant(column, value, zone)? {
            sheet.write_datetime_with_format(row, place, &when, &column.format)?;
            return Ok(());
        }
    }
    let texts: Vec<String> = values.iter().map(|value| column.text(value, lang)).collect();
    let text = texts.join(lang.pick("、", ", "));
    if !text.is_empty() {
        sheet.write_string(row, place, guarded(&text))?;
    }
    Ok(())
}

/// The number of a cell. A workbook knows only binary numbers; they hold every amount below 10^13 to the fen.
fn number(column: &Column, value: &Value) -> Option<f64> {
    let digits = match column.kind {
        Kind::Money => value.get("amount")?.as_str()?.to_owned(),
        Kind::Decimal => value.as_str()?.to_owned(),
        Kind::Integer if column.words.is_empty() => value.to_string(),
        _ => return None,
    };
    digits.parse().ok()
}

fn instant(column: &Column, value: &Value, zone: Tz) -> Result<Option<ExcelDateTime>> {
    let Some(text) = value.as_str() else { return Ok(None) };
    let small = |part: u32| u8::try_from(part).unwrap_or_default();
    // a workbook knows years from 1900 to 9999; another one stays a text
    let day = |on: chrono::NaiveDate| match u16::try_from(on.year()) {
        Ok(year @ 1900..=9999) => Some(ExcelDateTime::from_ymd(year, small(on.month()), small(on.day()))),
        _ => None,
    };
    let found = match column.kind {
        Kind::Day => text.parse::<Date>().ok().and_then(|on| day(on.naive())),
        Kind::Instant => text.parse::<Timestamp>().ok().and_then(|at| {
            let local = at.utc().with_timezone(&zone).naive_local();
            let seconds = f64::from(local.second());
            let (hour, minute) = (local.hour(), small(local.minute()));
            Some(day(local.date())?.and_then(|on| on.and_hms(u16::try_from(hour).unwrap_or_default(), minute, seconds)))
        }),
        _ => None,
    };
    found.transpose().map_err(Failure::from)
}

//! Reading the first sheet of a workbook.

use super::{Column, MAX_ROWS};
use crate::{Failure, Result};
use calamine::{Data, Reader, Xlsx};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use openapi::{Lang, problem};
use std::io::{Cursor, Read};

/// Bytes that a workbook may have once unpacked; 5,000 rows of 20 long cells take a quarter of it.
const MAX_UNPACKED: u64 = 64 << 20;

/// A row that is not empty.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its place in the sheet, from 1.
    pub number: u32,
    /// The cells as texts, in the order of the columns.
    pub cells: Vec<String>,
}

/// The rows of a workbook, by the columns that were asked for.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The rows.
    pub lines: Vec<Line>,
}

impl Sheet {
    /// The texts of one column.
    pub fn column<'a>(&'a self, columns: &[Column], key: &str) -> impl Iterator<Item = &'a str> {
        let place = columns.iter().position(|c| c.key == key);
        self.lines.iter().filter_map(move |line| line.cells.get(place?).map(String::as_str)).filter(|t| !t.is_empty())
    }
}

/// Reads the first sheet. Its first row names the columns, in either language and any order.
pub fn read(bytes: Vec<u8>, columns: &[Column], lang: Lang) -> Result<Sheet> {
    let unreadable = || Failure::new(problem::WORKBOOK_UNREADABLE);
    fits(&bytes, MAX_UNPACKED)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let range = book.worksheet_range_at(0).ok_or_else(unreadable)?.map_err(|_| unreadable())?;
    let first = range.start().map_or(0, |(row, _)| row);
    let mut rows = range.rows();
    let headings: Vec<String> = rows.next().ok_or_else(unreadable)?.iter().map(text).collect();
    let places = places(&headings, columns, lang)?;
    let mut lines = Vec::new();
    for (number, row) in (first + 2..).zip(rows) {
        let cell = |place: &Option<usize>| place.and_then(|place| row.get(place)).map(text).unwrap_or_default();
        let cells: Vec<String> = places.iter().map(cell).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            lines.push(Line { number, cells });
        }
        if lines.len() > MAX_ROWS {
            return Err(Failure::new(problem::WORKBOOK_TOO_LONG).with("max", MAX_ROWS));
        }
    }
    if lines.is_empty() { Err(Failure::new(problem::WORKBOOK_EMPTY)) } else { Ok(Sheet { lines }) }
}

/// Refuses a workbook that is small on the way and huge in memory. What the file says of its own sizes is not believed:
/// it is unpacked into nothing, as far as the limit goes.
fn fits(bytes: &[u8], max: u64) -> Result<()> {
    let unreadable = || Failure::new(problem::WORKBOOK_UNREADABLE);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let mut left = max;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| unreadable())?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| unreadable())?;
        left =
            left.checked_sub(read).ok_or_else(|| Failure::new(problem::WORKBOOK_TOO_LARGE).with("max", max >> 20))?;
    }
    Ok(())
}

/// Where each column stands. A heading that nobody knows is an error, not silence.
fn places(headings: &[String], columns: &[Column], lang: Lang) -> Result<Vec<Option<usize>>> {
    let place = |column: &Column| headings.iter().position(|heading| column.is_called(heading));
    let places: Vec<Option<usize>> = columns.iter().map(place).collect();
    let missing = columns.iter().zip(&places).filter(|(c, at)| c.is_required && at.is_none());
    let unknown = headings.iter().filter(|h| !h.is_empty() && !columns.iter().any(|c| c.is_called(h)));
    let wrong: Vec<String> = missing.map(|(c, _)| c.heading(lang)).chain(unknown.cloned()).collect();
    match wrong.is_empty() {
        true => Ok(places),
        false => Err(Failure::new(problem::WORKBOOK_COLUMNS).with("columns", wrong.join(", "))),
    }
}

/// A cell as somebody would have typed it. A leading apostrophe only guards a text against being a formula.
fn text(cell: &Data) -> String {
    let text = match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(at) => moment(at.to_ymd_hms_milli()).map(spelled).unwrap_or_default(),
    };
    let text = text.trim();
    text.strip_prefix('\'').unwrap_or(text).to_owned()
}

/// The instant of a date cell, to the second.
fn moment((year, month, day, hour, minute, second, _): (u16, u8, u8, u8, u8, u8, u16)) -> Option<NaiveDateTime> {
    let on = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?;
    on.and_hms_opt(hour.into(), minute.into(), second.into())
}

/// A day, or an instant where the cell has a time of day.
fn spelled(at: NaiveDateTime) -> String {
    if at.time() == NaiveTime::MIN { at.date().to_string() } else { at.format("%Y-%m-%d %H:%M:%S").to_string() }
}

#[cfg(test)]
mod tests {
    use super::super::{Column, export, template};
    use super::*;

    const COLUMNS: &[Column] =
        &[Column::new("name", "名称", "Name", "张三").required(), Column::new("phone", "手机", "Phone", "13800138000")];

    #[test]
    fn a_template_has_no_rows_and_a_list_reads_back_what_was_written() {
        let empty = read(template(COLUMNS, Lang::Zh).unwrap(), COLUMNS, Lang::Zh).unwrap_err();
        assert_eq!(empty.code(), problem::WORKBOOK_EMPTY);
        let rows = vec![vec!["=1+1".to_owned(), "13800138000".to_owned()]];
        let written = export(&["Name".to_owned(), "手机".to_owned()], &rows).unwrap();
        let sheet = read(written, COLUMNS, Lang::Zh).unwrap();
        assert_eq!(sheet.lines[0].cells, ["=1+1", "13800138000"]);
        assert_eq!(sheet.lines[0].number, 2);
    }

    #[test]
    fn unknown_and_missing_columns_are_named() {
        let written = export(&["Colour".to_owned()], &[]).unwrap();
        let failure = read(written, COLUMNS, Lang::En).unwrap_err();
        assert!(failure.to_string().contains("Name*, Colour"), "{failure}");
        assert_eq!(read(b"no zip".to_vec(), COLUMNS, Lang::En).unwrap_err().code(), problem::WORKBOOK_UNREADABLE);
    }

    #[test]
    fn a_small_file_that_unpacks_to_much_is_refused_before_it_is_read() {
        let rows: Vec<_> = (0..3000).map(|_| vec!["零".repeat(200), "0".repeat(200)]).collect();
        let bytes = export(&["Name".to_owned(), "手机".to_owned()], &rows).unwrap();
        assert!(bytes.len() < 200_000, "{}", bytes.len());
        assert!(fits(&bytes, MAX_UNPACKED).is_ok());
        assert_eq!(fits(&bytes, 100_000).unwrap_err().code(), problem::WORKBOOK_TOO_LARGE);
    }

    #[test]
    fn a_date_cell_is_a_day_and_has_a_time_only_where_there_is_one() {
        use calamine::{ExcelDateTime, ExcelDateTimeType};
        let cell = |serial| text(&Data::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false)));
        assert_eq!(cell(45_000.0), "2023-03-15");
        assert_eq!(cell(45_000.75), "2023-03-15 18:00:00");
    }
}

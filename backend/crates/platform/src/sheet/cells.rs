//! The cells of a workbook that somebody sent. What the file says of itself is not believed, and the library that takes
//! it apart may fail on it: a file costs the memory of what it really holds, and ends in an answer.

use super::MAX_ROWS;
use crate::{Failure, Result};
use calamine::{Data, Reader, Xlsx};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use openapi::problem;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes that a workbook may have once unpacked, and its texts once written out in each cell; 5,000 rows of 20 long
/// cells take a quarter of it.
const MAX_BYTES: u64 = 64 << 20;
/// Columns of a sheet that are read.
const MAX_COLUMNS: u32 = 256;

/// The texts of a sheet by row and column, both from 0; only cells that hold something.
pub type Rows = BTreeMap<u32, BTreeMap<u32, String>>;

/// Reads the first sheet.
pub fn rows(bytes: Vec<u8>) -> Result<Rows> {
    // a number that is too large for its field ends in a panic of the library
    catch_unwind(AssertUnwindSafe(|| limited(bytes, MAX_BYTES))).unwrap_or_else(|_| Err(unreadable()))
}

fn unreadable() -> Failure {
    Failure::new(problem::WORKBOOK_UNREADABLE)
}

fn too_large(max: u64) -> Failure {
    Failure::new(problem::WORKBOOK_TOO_LARGE).with("max", max >> 20)
}

fn limited(bytes: Vec<u8>, max: u64) -> Result<Rows> {
    fits(&bytes, max)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let name = book.sheet_names().first().cloned().ok_or_else(unreadable)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| unreadable())?;
    let (mut rows, mut left) = (Rows::new(), max);
    while let Some(cell) = cells.next_cell().map_err(|_| unreadable())? {
        let text = text(&cell.get_value().clone().into());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        if column >= MAX_COLUMNS {
            return Err(unreadable());
        }
        // one text may stand in many cells
        let size = u64::try_from(text.len()).map_err(|_| unreadable())?;
        left = left.checked_sub(size).ok_or_else(|| too_large(max))?;
        rows.entry(row).or_default().insert(column, text);
        if rows.len() > MAX_ROWS + 1 {
            return Err(Failure::new(problem::WORKBOOK_TOO_LONG).with("max", MAX_ROWS));
        }
    }
    Ok(rows)
}

/// Refuses a workbook that is small on the way and huge in memory: it is unpacked into nothing, as far as the limit
/// goes.
fn fits(bytes: &[u8], max: u64) -> Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let mut left = max;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| unreadable())?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| unreadable())?;
        left = left.checked_sub(read).ok_or_else(|| too_large(max))?;
    }
    Ok(())
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
    use super::super::export;
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    /// A workbook of two columns whose sheet has another text in place of `from`.
    fn changed(from: &str, to: &str) -> Vec<u8> {
        let written =
            export(&["Name".to_owned(), "手机".to_owned()], &[vec!["王芳".to_owned(), "1".to_owned()]]).unwrap();
        let mut old = zip::ZipArchive::new(Cursor::new(written)).unwrap();
        let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..old.len() {
            let mut part = old.by_index(index).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut content = String::new();
            part.read_to_string(&mut content).unwrap();
            if name == "xl/worksheets/sheet1.xml" {
                assert!(content.contains(from), "{content}");
                content = content.replace(from, to);
            }
            new.start_file(name, SimpleFileOptions::default()).unwrap();
            new.write_all(content.as_bytes()).unwrap();
        }
        new.finish().unwrap().into_inner()
    }

    #[test]
    fn a_cell_far_away_takes_no_more_memory_than_a_near_one() {
        let near = rows(changed("r=\"B2\"", "r=\"B2\"")).unwrap();
        let far = rows(changed("r=\"B2\"", "r=\"B1048576\"")).unwrap();
        assert_eq!(near[&1][&1], far[&1_048_575][&1]);
        assert_eq!(rows(changed("r=\"B2\"", "r=\"XFD1048576\"")).unwrap_err().code(), problem::WORKBOOK_UNREADABLE);
    }

    #[test]
    fn a_position_beyond_every_sheet_is_refused() {
        for place in ["ZZZZZZ9999999999", "A4294967297", "B0", "2"] {
            let failure = rows(changed("r=\"B2\"", &format!("r=\"{place}\""))).unwrap_err();
            assert_eq!(failure.code(), problem::WORKBOOK_UNREADABLE, "{place}");
        }
    }

    #[test]
    fn one_long_text_in_many_cells_counts_once_for_each() {
        let lines = vec![vec!["零".repeat(1000)]; 100];
        let bytes = export(&["Name".to_owned()], &lines).unwrap();
        assert!(limited(bytes.clone(), 400_000).is_ok());
        assert_eq!(limited(bytes, 200_000).unwrap_err().code(), problem::WORKBOOK_TOO_LARGE);
    }

    #[test]
    fn a_small_file_that_unpacks_to_much_is_refused_before_it_is_read() {
        let rows: Vec<_> = (0..3000).map(|_| vec!["零".repeat(200), "0".repeat(200)]).collect();
        let bytes = export(&["Name".to_owned(), "手机".to_owned()], &rows).unwrap();
        assert!(bytes.len() < 200_000, "{}", bytes.len());
        assert!(fits(&bytes, MAX_BYTES).is_ok());
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

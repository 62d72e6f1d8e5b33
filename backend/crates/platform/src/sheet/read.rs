//! Reading the first sheet of a workbook.

use super::{Column, cells};
use crate::{Failure, Result};
use openapi::{Lang, problem};
use std::collections::BTreeMap;

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
    let mut rows = cells::rows(bytes)?;
    let (_, headings) = rows.pop_first().ok_or_else(|| Failure::new(problem::WORKBOOK_UNREADABLE))?;
    let places = places(&headings, columns, lang)?;
    let mut lines = Vec::new();
    for (row, mut texts) in rows {
        let mut cell = |place: &Option<u32>| place.and_then(|place| texts.remove(&place)).unwrap_or_default();
        let cells: Vec<String> = places.iter().map(&mut cell).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            lines.push(Line { number: row + 1, cells });
        }
    }
    if lines.is_empty() { Err(Failure::new(problem::WORKBOOK_EMPTY)) } else { Ok(Sheet { lines }) }
}

/// Where each column stands. A heading that nobody knows is an error, not silence.
fn places(headings: &BTreeMap<u32, String>, columns: &[Column], lang: Lang) -> Result<Vec<Option<u32>>> {
    let place = |column: &Column| headings.iter().find(|(_, text)| column.is_called(text)).map(|(place, _)| *place);
    let places: Vec<Option<u32>> = columns.iter().map(place).collect();
    let missing = columns.iter().zip(&places).filter(|(c, at)| c.is_required && at.is_none());
    let unknown = headings.values().filter(|h| !columns.iter().any(|c| c.is_called(h)));
    let wrong: Vec<String> = missing.map(|(c, _)| c.heading(lang)).chain(unknown.cloned()).collect();
    match wrong.is_empty() {
        true => Ok(places),
        false => Err(Failure::new(problem::WORKBOOK_COLUMNS).with("columns", wrong.join(", "))),
    }
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
}

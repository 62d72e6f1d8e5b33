//! Writing workbooks. A text that a spreadsheet would take for a formula is guarded by an apostrophe.

use super::import::Fault;
use super::{Column, Sheet};
use crate::{Failure, Result};
use openapi::Lang;
use rust_xlsxwriter::{Color, Format, Note, Workbook, Worksheet, XlsxError};

impl From<XlsxError> for Failure {
    fn from(error: XlsxError) -> Self {
        Failure::Internal(format!("workbook: {error}"))
    }
}

/// Guards a text that begins like a formula; numbers and telephone numbers stay as they are.
pub fn guarded(text: &str) -> String {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let is_number = text.trim_start_matches(['+', '-']).chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' '));
    if begins && !is_number { format!("'{text}") } else { text.to_owned() }
}

/// How headings look.
pub fn heading() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0x00E8_EEF7))
}

/// The place of a column.
pub fn place(index: usize) -> Result<u16> {
    u16::try_from(index).map_err(|_| Failure::Internal("too many columns".to_owned()))
}

fn head(sheet: &mut Worksheet, columns: &[Column], lang: Lang) -> Result<()> {
    for (index, column) in columns.iter().enumerate() {
        let at = place(index)?;
        sheet.write_string_with_format(0, at, column.heading(lang), &heading())?;
        sheet.set_column_width(at, 18)?;
        if !column.example.is_empty() {
            sheet.insert_note(0, at, &Note::new(column.example).set_author("Aftercare"))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// An empty workbook to fill in: headings with examples as notes, cells as text so that long numbers keep their digits.
pub fn template(columns: &[Column], lang: Lang) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new().set_num_format("@");
    for index in 0..columns.len() {
        sheet.set_column_format(place(index)?, &plain)?;
    }
    head(sheet, columns, lang)?;
    Ok(book.save_to_buffer()?)
}

/// What was sent, with every wrong cell in red and a note that says why. It can be put right and sent again.
pub fn marked(columns: &[Column], sheet: &Sheet, faults: &[Fault], lang: Lang) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    head(page, columns, lang)?;
    let red = Format::new().set_background_color(Color::RGB(0x00FF_C7CE)).set_font_color(Color::RGB(0x009C_0006));
    for line in &sheet.lines {
        let row = line.number.saturating_sub(1);
        for (index, cell) in line.cells.iter().enumerate() {
            let key = columns.get(index).map_or("", |c| c.key);
            let wrong = |f: &&Fault| f.row == line.number && (f.key == key || (f.key.is_empty() && index == 0));
            let said: Vec<String> = faults.iter().filter(wrong).map(|f| f.message(lang)).collect();
            if said.is_empty() {
                page.write_string(row, place(index)?, guarded(cell))?;
            } else {
                page.write_string_with_format(row, place(index)?, guarded(cell), &red)?;
                page.insert_note(row, place(index)?, &Note::new(said.join("\n")).set_author("Aftercare"))?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

/// A list as a workbook.
pub fn export(headings: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (index, text) in headings.iter().enumerate() {
        sheet.write_string_with_format(0, place(index)?, guarded(text), &heading())?;
        sheet.set_column_width(place(index)?, 18)?;
    }
    for (row, cells) in (1..).zip(rows) {
        for (index, cell) in cells.iter().enumerate() {
            sheet.write_string(row, place(index)?, guarded(cell))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(book.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        assert_eq!(guarded("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(guarded("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(guarded("+1+A1"), "'+1+A1");
        assert_eq!(guarded("-12.50"), "-12.50");
        assert_eq!(guarded("+86 138"), "+86 138");
        assert_eq!(guarded("屏幕"), "屏幕");
    }
}

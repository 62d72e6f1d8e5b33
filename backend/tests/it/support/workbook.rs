//! Reading workbooks back.

use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

/// The cells of the first sheet, headings first.
pub fn rows_of(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    book.worksheet_range_at(0).unwrap().unwrap().rows().map(<[Data]>::to_vec).collect()
}

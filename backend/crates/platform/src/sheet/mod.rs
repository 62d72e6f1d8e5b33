//! Workbooks: templates to fill in, rows read by the scalar types of the contract, wrong cells marked, lists exported.

mod cells;
pub mod import;
mod read;
mod row;
mod write;

pub use read::{Line, Sheet, read};
pub use row::Row;
pub use write::{export, marked, template};
pub(crate) use write::{guarded, heading, place};

use openapi::Lang;

/// Rows that one workbook may have.
pub const MAX_ROWS: usize = 5000;

/// The media type of a workbook.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A column of a workbook.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// What the program calls it: the field of the draft.
    pub key: &'static str,
    /// Chinese heading.
    pub zh: &'static str,
    /// English heading.
    pub en: &'static str,
    /// Whether a cell must be filled in.
    pub is_required: bool,
    /// An example, or the values to choose from.
    pub example: &'static str,
}

impl Column {
    /// A column that may be left empty.
    pub const fn new(key: &'static str, zh: &'static str, en: &'static str, example: &'static str) -> Self {
        Column { key, zh, en, is_required: false, example }
    }

    /// Its cells must be filled in.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// The heading in a language; a star stands for required.
    pub fn heading(&self, lang: Lang) -> String {
        format!("{}{}", lang.pick(self.zh, self.en), if self.is_required { "*" } else { "" })
    }

    fn is_called(&self, heading: &str) -> bool {
        let heading = heading.trim().trim_end_matches('*').trim();
        [self.zh, self.en, self.key].iter().any(|name| name.eq_ignore_ascii_case(heading))
    }
}

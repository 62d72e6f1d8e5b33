//! The columns of a list, as data.

use crate::text::Label;
use crate::ui::Align;
use leptos::prelude::AnyView;
use openapi::system::export::{ExportColumn, ExportWord};
use std::any::Any;
use std::sync::Arc;

/// Draws the cell of a row; nothing when the row is of another type.
type Cell = Arc<dyn Fn(&(dyn Any + Send + Sync)) -> Option<AnyView> + Send + Sync>;

/// A column over rows of type `R`.
pub struct Column<R> {
    pub(super) inner: AnyColumn,
    row: std::marker::PhantomData<fn(R)>,
}

/// A column that does not say what its rows are.
#[derive(Clone)]
pub(crate) struct AnyColumn {
    pub key: &'static str,
    pub title: Label,
    pub align: Align,
    pub width: &'static str,
    pub hidden: bool,
    pub sort: bool,
    pub cell: Cell,
    exported: Vec<Exported>,
}

/// A column of the workbook: field, heading, texts of its own for some values.
#[derive(Clone)]
struct Exported {
    field: &'static str,
    label: Label,
    words: &'static [(&'static str, Label)],
}

impl AnyColumn {
    /// The columns that this one becomes in a workbook.
    pub fn exported(&self) -> impl Iterator<Item = ExportColumn> {
        self.exported.iter().filter_map(|column| {
            let word = |(value, text): &(&str, Label)| {
                Some(ExportWord { value: value.parse().ok()?, text: text.get().parse().ok()? })
            };
            let words = column.words.iter().filter_map(word).collect();
            Some(ExportColumn { field: column.field.parse().ok()?, label: column.label.get().parse().ok()?, words })
        })
    }
}

impl<R: Send + Sync + 'static> Column<R> {
    /// A column with this key (the sort key of the list, if it can be sorted by), title and cell. The functions of
    /// [`crate::doc::cell`] make cells.
    pub fn new(key: &'static str, title: Label, cell: impl Fn(&R) -> AnyView + Send + Sync + 'static) -> Self {
        let cell = Arc::new(move |row: &(dyn Any + Send + Sync)| row.downcast_ref::<R>().map(&cell));
        let exported = vec![Exported { field: key, label: title, words: &[] }];
        let inner = AnyColumn { key, title, align: Align::Left, width: "", hidden: false, sort: false, cell, exported };
        Column { inner, row: std::marker::PhantomData }
    }

    /// Numbers stand at the right.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.inner.align = Align::Right;
        self
    }

    /// The least width, as CSS.
    #[must_use]
    pub fn width(mut self, width: &'static str) -> Self {
        self.inner.width = width;
        self
    }

    /// The field that a workbook shows, where the key is not its name: `org_name`, `place/name`, `roles/*/name`.
    #[must_use]
    pub fn field(mut self, field: &'static str) -> Self {
        self.inner.exported = vec![Exported { field, label: self.inner.title, words: &[] }];
        self
    }

    /// Another field that the cell shows; a workbook gives it a column of its own.
    #[must_use]
    pub fn also(mut self, field: &'static str, label: Label) -> Self {
        self.inner.exported.push(Exported { field, label, words: &[] });
        self
    }

    /// The fields that the cell sums up; a workbook gives each a column of its own.
    #[must_use]
    pub fn fields(mut self, fields: &[(&'static str, Label)]) -> Self {
        let exported = |(field, label): &(&'static str, Label)| Exported { field, label: *label, words: &[] };
        self.inner.exported = fields.iter().map(exported).collect();
        self
    }

    /// What the cell says for some values instead of yes, no or the name of the code.
    #[must_use]
    pub fn words(mut self, words: &'static [(&'static str, Label)]) -> Self {
        if let Some(first) = self.inner.exported.first_mut() {
            first.words = words;
        }
        self
    }

    /// Not shown until the reader asks for it.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.inner.hidden = true;
        self
    }
}

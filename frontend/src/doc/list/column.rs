//! The columns of a list, as data.

use crate::text::Label;
use crate::ui::Align;
use leptos::prelude::AnyView;
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
}

impl<R: Send + Sync + 'static> Column<R> {
    /// A column with this key (the sort key of the list, if it can be sorted by), title and cell. The functions of
    /// [`crate::doc::cell`] make cells.
    pub fn new(key: &'static str, title: Label, cell: impl Fn(&R) -> AnyView + Send + Sync + 'static) -> Self {
        let cell = Arc::new(move |row: &(dyn Any + Send + Sync)| row.downcast_ref::<R>().map(&cell));
        let inner = AnyColumn { key, title, align: Align::Left, width: "", hidden: false, sort: false, cell };
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

    /// Not shown until the reader asks for it.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.inner.hidden = true;
        self
    }
}

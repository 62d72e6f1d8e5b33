//! Reports: one answer with rows in `items`, drawn as a table, with the same rows as a workbook.

use super::Lines;
use super::problem::error_toast;
use super::send::allowed;
use crate::api;
use crate::text::{Label, documents};
use crate::ui::{Align, Button, Icon, Task, save_file};
use leptos::prelude::*;
use openapi::endpoint::operation_id;
use openapi::system::export::{DATA_EXPORT, ExportColumn, ExportDraft, ExportList};
use openapi::{Endpoint, Nothing, QueryString};

/// A column of a report: the field of its rows that a workbook shows, the heading, and how a cell looks.
pub type ReportColumn<R> = (&'static str, Label, Align, fn(&R) -> AnyView);

/// The table of a report.
pub fn report_lines<R: Clone + Send + Sync + 'static>(rows: &[R], columns: &[ReportColumn<R>]) -> Lines {
    Lines::of(rows, columns.iter().map(|(_, label, align, cell)| (*label, *align, *cell)).collect())
}

/// The fields of some columns, for [`export_report`]; those without a field are left out.
pub fn fields_of<R>(columns: &[ReportColumn<R>]) -> Vec<(&'static str, Label)> {
    let with_field = columns.iter().filter(|(field, ..)| !field.is_empty());
    with_field.map(|(field, label, ..)| (*field, *label)).collect()
}

/// The button that saves the rows of report `E` as a workbook, for those who may export.
pub fn export_report<E: Endpoint>(
    title: Label,
    query: impl Fn() -> E::Query + Send + Sync + 'static,
    fields: Vec<(&'static str, Label)>,
) -> AnyView {
    export(title, operation_id(E::NAME), Box::new(move || query().render()), fields)
}

type Query = Box<dyn Fn() -> String + Send + Sync>;

fn export(title: Label, operation: String, query: Query, fields: Vec<(&'static str, Label)>) -> AnyView {
    let task = Task::new();
    let draft = move || {
        let column = |(field, label): &(&'static str, Label)| {
            Some(ExportColumn { field: field.parse().ok()?, label: label.get().parse().ok()?, words: Vec::new() })
        };
        Some(ExportDraft {
            operation: operation.parse().ok()?,
            query: query().parse().ok(),
            title: title.get().parse().ok()?,
            columns: fields.iter().filter_map(column).collect(),
            max_rows: None,
        })
    };
    let press = move |()| {
        let Some(draft) = untrack(&draft) else { return };
        task.run(async move {
            match api::call::<ExportList>(Nothing, Nothing, draft).await {
                Ok(file) => save_file(&file.name, &file.media_type, &file.bytes),
                Err(error) => error_toast(&error),
            }
        });
    };
    let button =
        view! { <Button label=documents::EXPORT icon=Icon::Download busy=task.busy on_press=press /> }.into_any();
    if untrack(|| allowed(Some(DATA_EXPORT))) { button } else { ().into_any() }
}

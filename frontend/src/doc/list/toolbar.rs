//! Above the table: filters, what is ticked, columns, density.

use super::filter::Filter;
use super::rows::{ListView, total_text};
use crate::api;
use crate::doc::problem::error_toast;
use crate::doc::send::allowed;
use crate::text::{Label, documents};
use crate::ui::{Button, Icon, IconButton, Look, Menu, MenuItem, Task, icon, save_file};
use leptos::prelude::*;
use openapi::Nothing;
use openapi::system::export::{DATA_EXPORT, ExportDraft, ExportList};

/// How many filters stand there before the rest is folded away (the style does it, and folds more on a phone).
const ALWAYS: usize = 3;

/// The query form.
pub(super) fn filters(list: ListView) -> AnyView {
    let parts = list.parts.get_value();
    let mut words = Filter::text("q", documents::KEYWORDS);
    words.hint = parts.search_hint;
    let all: Vec<Filter> = std::iter::once(words).chain(parts.filters).collect();
    let folds = all.len() > ALWAYS;
    let apply = Callback::new(move |()| list.apply());
    let unfolded = move || list.habits.with(|h| h.unfolded);
    let one = |filter: &Filter| {
        let drawn = filter.draw(list.typed, apply);
        view! { <div class="filter">{drawn}</div> }
    };
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        list.apply();
    };
    let fold = move |()| list.habits.update(|h| h.unfolded = !h.unfolded);
    let fold_label =
        Signal::derive(move || if unfolded() { documents::COLLAPSE } else { documents::EXPAND }.get().to_owned());
    view! {
        <form class="card filters" class:unfolded=unfolded class:short=!folds role="search" novalidate on:submit=submit
            on:keydown=move |ev| if ev.key() == "Enter" && crate::ui::composing(&ev) { ev.prevent_default() }>
            {all.iter().map(one).collect_view()}
            <div class="filter-buttons">
                <Button label=documents::QUERY look=Look::Primary icon=Icon::Search submit=true />
                <Button label=documents::RESET on_press=move |()| list.go("") />
                <span class="fold"><Button label=fold_label look=Look::Quiet on_press=fold /></span>
            </div>
        </form>
    }
    .into_any()
}

/// The line above the table.
pub(super) fn toolbar(list: ListView) -> AnyView {
    let parts = list.parts.get_value();
    let extra = parts.extra.clone();
    let has_extra = !extra.is_empty();
    let dense = Signal::derive(move || list.habits.with(|h| h.compact));
    let density = move |()| list.habits.update(|h| h.compact = !h.compact);
    view! {
        <div class="list-tools">
            <div class="grow">{bulk(list)}</div>
            {export_button(list)}
            <IconButton label=documents::FULL_SCREEN icon=Icon::Expand class="not-phone" on_press=move |()| full_screen(list) />
            <IconButton label=documents::REFRESH icon=Icon::Refresh on_press=move |()| list.refresh() />
            <IconButton label=documents::COMPACT icon=Icon::Density pressed=dense on_press=density />
            <Menu label=documents::COLUMNS class="icon-button" right=true face=|| icon(Icon::Columns) items=columns(list) />
            {has_extra.then(|| view! { <Menu label=crate::text::common::MORE class="icon-button" right=true face=|| icon(Icon::More) items=Signal::stored(extra) /> })}
        </div>
    }
    .into_any()
}

/// Saves what the list shows as a workbook: every row that matches, in the columns that are visible.
fn export_button(list: ListView) -> AnyView {
    let task = Task::new();
    let press = move |()| {
        let Some(draft) = untrack(|| export_draft(list)) else { return };
        task.run(async move {
            match api::call::<ExportList>(Nothing, Nothing, draft).await {
                Ok(file) => save_file(&file.name, &file.media_type, &file.bytes),
                Err(error) => error_toast(&error),
            }
        });
    };
    let is_allowed = move || allowed(Some(DATA_EXPORT));
    view! {
        <Show when=is_allowed>
            <IconButton label=documents::EXPORT icon=Icon::Download busy=task.busy on_press=press />
        </Show>
    }
    .into_any()
}

fn export_draft(list: ListView) -> Option<ExportDraft> {
    let parts = list.parts.get_value();
    let shown = list.shown();
    let columns = shown.iter().filter_map(|i| parts.columns.get(*i)).flat_map(|column| column.exported());
    Some(ExportDraft {
        operation: parts.operation.parse().ok()?,
        query: list.query.get().parse().ok(),
        title: parts.title.get().parse().ok()?,
        columns: columns.collect(),
        max_rows: None,
    })
}

/// Gives the list the whole screen, or gives it back.
fn full_screen(list: ListView) {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else if let Some(section) = list.node.get_untracked() {
        section.request_fullscreen().ok();
    }
}

/// The menu that shows and hides columns.
fn columns(list: ListView) -> Signal<Vec<MenuItem>> {
    let parts = list.parts.get_value();
    let item = move |key: &'static str, title: Label, hidden: bool| {
        let is_shown = Signal::derive(move || list.habits.with(|h| h.turned.contains(key)) == hidden);
        let turn = move || {
            list.habits.update(|h| {
                if !h.turned.remove(key) {
                    h.turned.insert(key.to_owned());
                }
            });
        };
        MenuItem::new(title, None, turn).chosen(is_shown)
    };
    let all: Vec<_> = parts.columns.iter().skip(1).map(|c| (c.key, c.title, c.hidden)).collect();
    Signal::derive(move || all.iter().map(|(key, title, hidden)| item(key, *title, *hidden)).collect())
}

/// What can be done with the ticked rows.
fn bulk(list: ListView) -> AnyView {
    let commands = list.parts.get_value().bulk;
    let bar = move || {
        let count = list.ticked.with(std::collections::BTreeSet::len);
        if count == 0 {
            return view! { <span class="faint number">{move || total_text(list)}</span> }.into_any();
        }
        let button = |(label, needs, run): &(Label, Option<openapi::Permission>, super::page::BulkRun)| {
            let run = run.clone();
            let press = move |()| {
                let done = Callback::new(move |()| list.refresh());
                run(list.ticked.get_untracked().into_iter().collect(), done);
            };
            allowed(*needs).then(|| view! { <Button label=*label on_press=press /> })
        };
        view! {
                <div class="bulk" role="status">
                    <span class="number">{String::from(documents::SELECTED.with("count", count))}</span>
                    {commands.iter().map(button).collect_view()}
                </div>
        }
        .into_any()
    };
    bar.into_any()
}

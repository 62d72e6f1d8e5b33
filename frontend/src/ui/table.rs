//! A table of rows: sticky head, row by row with the arrow keys, cards on a phone.

use super::{Words, composing};
use crate::text::documents;
use leptos::prelude::*;
use leptos_router::components::A;
use std::collections::BTreeSet;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent};

/// On which side the text of a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Numbers.
    Right,
    /// Marks.
    Centre,
}

impl Align {
    const fn class(self) -> &'static str {
        match self {
            Align::Left => "",
            Align::Right => "right",
            Align::Centre => "centre",
        }
    }
}

/// A column.
#[derive(Clone)]
pub struct TableColumn {
    /// Its head.
    pub title: Words,
    /// On which side its text stands.
    pub align: Align,
    /// Its least width as CSS, for example `12em`; empty for as wide as it needs.
    pub width: &'static str,
    /// Its sort key, when one may sort by it.
    pub sort: Option<String>,
}

/// A row.
#[derive(Clone)]
pub struct TableRow {
    /// What it is, among the rows.
    pub key: String,
    /// Where it leads.
    pub href: Option<String>,
    /// Draws the cell of a column.
    pub cell: Arc<dyn Fn(usize) -> AnyView + Send + Sync>,
    /// Changes when the content of the row has changed.
    pub stamp: String,
}

/// The table.
#[component]
pub fn Table(
    /// What it lists, for screen readers.
    #[prop(into)]
    name: Words,
    /// Its columns.
    #[prop(into)]
    columns: Signal<Vec<TableColumn>>,
    /// Its rows.
    #[prop(into)]
    rows: Signal<Vec<TableRow>>,
    /// The order now: a sort key, `-` in front for descending.
    #[prop(optional, into)]
    sort: Signal<String>,
    /// Asks for another order.
    #[prop(optional, into)]
    on_sort: Option<Callback<String>>,
    /// Keys of the ticked rows; leave it out when rows cannot be ticked.
    #[prop(optional, into)]
    ticked: Option<RwSignal<BTreeSet<String>>>,
    /// Opens a row's address; the row's own link is followed otherwise.
    #[prop(optional, into)]
    on_open: Option<Callback<String>>,
    /// Whether rows are low.
    #[prop(optional, into)]
    compact: Signal<bool>,
) -> AnyView {
    let head = move |column: TableColumn| head_cell(column, sort, on_sort);
    let all_ticked = move |ticked: RwSignal<BTreeSet<String>>| {
        rows.with(|rows| !rows.is_empty() && rows.iter().all(|r| ticked.with(|t| t.contains(&r.key))))
    };
    let tick_all = move |ticked: RwSignal<BTreeSet<String>>| {
        let all = rows.with_untracked(|rows| rows.iter().map(|r| r.key.clone()).collect());
        ticked.set(if all_ticked(ticked) { BTreeSet::new() } else { all });
    };
    let open = Callback::new(move |href: String| match on_open {
        Some(on_open) => on_open.run(href),
        None => crate::nav::go(&href),
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || name.get()>
            <table class="table" class:compact=compact on:keydown=move |ev| table_key(&ev)>
                <thead><tr>
                    {ticked.map(|ticked| view! {
                        <th class="tick"><input type="checkbox" aria-label=documents::SELECT_ALL
                            prop:checked=move || all_ticked(ticked) on:change=move |_| tick_all(ticked) /></th>
                    })}
                    {move || columns.get().into_iter().map(head).collect_view()}
                </tr></thead>
                <tbody>
                    <For each=move || rows.get() key=|r| (r.key.clone(), r.stamp.clone())
                        children=move |row| body_row(row, columns, ticked, open) />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn head_cell(column: TableColumn, sort: Signal<String>, on_sort: Option<Callback<String>>) -> AnyView {
    let style = if column.width.is_empty() { String::new() } else { format!("min-width:{}", column.width) };
    let title = column.title;
    let Some((key, on_sort)) = column.sort.zip(on_sort) else {
        return view! { <th scope="col" class=column.align.class() style=style>{move || title.get()}</th> }.into_any();
    };
    let down = format!("-{key}");
    let (up_now, down_now) = (key.clone(), down.clone());
    let order = Memo::new(move |_| {
        sort.with(|now| {
            if *now == up_now {
                1
            } else if *now == down_now {
                -1
            } else {
                0
            }
        })
    });
    let aria = move || match order.get() {
        1 => Some("ascending"),
        -1 => Some("descending"),
        _ => None,
    };
    let press = move |_| on_sort.run(if order.get_untracked() == -1 { key.clone() } else { down.clone() });
    view! {
        <th scope="col" class=column.align.class() style=style aria-sort=aria>
            <button type="button" class="sort" on:click=press title=move || String::from(documents::SORT_BY.with("name", title.get()))>
                {move || title.get()}
                <span class="sort-mark" aria-hidden="true">{move || match order.get() { 1 => "↑", -1 => "↓", _ => "↕" }}</span>
            </button>
        </th>
    }
    .into_any()
}

fn body_row(
    row: TableRow,
    columns: Signal<Vec<TableColumn>>,
    ticked: Option<RwSignal<BTreeSet<String>>>,
    open: Callback<String>,
) -> AnyView {
    let TableRow { key, href, cell, .. } = row;
    let leads = href.is_some();
    let target = href.clone();
    let cells = move || {
        let columns = columns.get().into_iter().enumerate();
        columns
            .map(|(index, column)| {
                let content = cell(index);
                let content = match (&href, index) {
                    (Some(href), 0) => view! { <A href=href.clone() attr:class="row-link">{content}</A> }.into_any(),
                    _ => content,
                };
                let title = column.title;
                view! { <td class=column.align.class() data-label=move || title.get()>{content}</td> }.into_any()
            })
            .collect_view()
    };
    let tick = ticked.map(|ticked| {
        let (mine, toggled) = (key.clone(), key.clone());
        let toggle = move |_| {
            ticked.update(|all| {
                if !all.remove(&toggled) {
                    all.insert(toggled.clone());
                }
            })
        };
        view! {
            <td class="tick"><input type="checkbox" aria-label=documents::SELECT_ROW
                prop:checked=move || ticked.with(|all| all.contains(&mine)) on:change=toggle /></td>
        }
    });
    let click = move |ev: MouseEvent| {
        if let Some(href) = target.clone().filter(|_| is_plain_click(&ev)) {
            open.run(href);
        }
    };
    view! { <tr class:leads=leads on:click=click>{tick}{cells}</tr> }.into_any()
}

/// A click on the row itself, not on something inside that has a meaning of its own, and not the end of a text selection.
pub(crate) fn is_plain_click(ev: &MouseEvent) -> bool {
    let inside = ev.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    let own = inside.and_then(|e| e.closest("a, button, input, label, select, .menu-root").ok().flatten()).is_some();
    let selected = js_sys::Reflect::get(&window(), &"getSelection".into())
        .ok()
        .and_then(|f| f.dyn_into::<js_sys::Function>().ok())
        .and_then(|f| f.call0(&window()).ok())
        .and_then(|s| js_sys::Reflect::get(&s, &"isCollapsed".into()).ok())
        .is_some_and(|collapsed| collapsed == false);
    !own && !selected && !ev.ctrl_key() && !ev.meta_key() && ev.button() == 0
}

/// Arrow keys and j/k move between the links of the rows.
fn table_key(ev: &KeyboardEvent) {
    if composing(ev) || ev.ctrl_key() || ev.meta_key() || ev.alt_key() {
        return;
    }
    let step = match ev.key().as_str() {
        "ArrowDown" | "j" => true,
        "ArrowUp" | "k" => false,
        _ => return,
    };
    if move_row(step) {
        ev.prevent_default();
    }
}

/// Moves the focus to the next or the previous row; whether there was one to move to.
pub(crate) fn move_row(down: bool) -> bool {
    let Ok(links) = document().query_selector_all("main .row-link") else { return false };
    let links: Vec<HtmlElement> = (0..links.length()).filter_map(|i| links.get(i)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let row = active.and_then(|a| a.closest("tr").ok().flatten());
    let now = links.iter().position(|link| row.as_ref().is_some_and(|row| row.contains(Some(link))));
    let next = match (now, down) {
        (None, _) => Some(0),
        (Some(i), true) => Some(i + 1),
        (Some(i), false) => i.checked_sub(1),
    };
    next.and_then(|i| links.get(i)).is_some_and(|link| link.focus().is_ok())
}

//! The list page itself: reads pages as the address says and shows them in every state.

use super::column::AnyColumn;
use super::filter::Typed;
use super::page::ListParts;
use super::{toolbar, views};
use crate::api::ApiError;
use crate::doc::head::PageHead;
use crate::doc::problem::error_panel;
use crate::doc::send::{Anything, allowed};
use crate::nav;
use crate::text::{self, common, documents};
use crate::ui::{
    Align, Button, Delayed, Drawer, Icon, IconButton, LinkButton, Look, Skeleton, StatePanel, Table, TableColumn,
    TableRow, storage,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::read::{self, Unreadable};
use openapi::{Page, Total};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// A row whose type only its page knows.
#[derive(Clone)]
pub(crate) struct AnyRow {
    pub id: String,
    pub stamp: String,
    pub value: Anything,
}

/// A page of such rows.
pub(crate) struct AnyPage {
    pub rows: Vec<AnyRow>,
    pub next: Option<String>,
    pub total: Option<Total>,
}

impl AnyPage {
    /// Reads a reply; `value` reads a row. What the rows share is compiled once, not once per list.
    pub fn read(json: &[u8], value: fn(&Value) -> Result<Anything, Unreadable>) -> Result<Self, Unreadable> {
        let page = read::json::<Page<Value>>(json)?;
        let row = |row: Value| {
            let id = row.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            Ok(AnyRow { id, value: value(&row)?, stamp: row.to_string() })
        };
        let rows = page.items.into_iter().map(row).collect::<Result<_, Unreadable>>()?;
        Ok(AnyPage { rows, next: page.next_cursor, total: page.total })
    }
}

/// What this device remembers about a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Habits {
    pub compact: bool,
    /// Keys of columns whose default visibility was turned round.
    pub turned: HashSet<String>,
    pub unfolded: bool,
}

/// The state of a list page.
#[derive(Clone, Copy)]
pub(crate) struct ListView {
    pub(super) parts: StoredValue<ListParts>,
    /// The query in the address, without the question mark.
    pub(super) query: Signal<String>,
    pub(super) typed: RwSignal<Typed>,
    pub(super) rows: RwSignal<Vec<AnyRow>>,
    next: RwSignal<Option<String>>,
    total: RwSignal<Option<Total>>,
    error: RwSignal<Option<ApiError>>,
    pub(super) busy: RwSignal<bool>,
    loaded: RwSignal<bool>,
    turn: StoredValue<u32>,
    again: RwSignal<u32>,
    pub(super) ticked: RwSignal<BTreeSet<String>>,
    pub(super) habits: RwSignal<Habits>,
    peeked: RwSignal<Option<(String, Option<String>)>>,
    sums: RwSignal<Option<Value>>,
    pub(super) node: NodeRef<leptos::html::Section>,
}

impl ListView {
    pub fn page(parts: ListParts) -> AnyView {
        if !untrack(|| allowed(parts.needs)) {
            return crate::doc::no_permission(parts.needs);
        }
        let habits_key = format!("aftercare.list.{}", parts.key);
        let path = nav::path_now();
        let typed = RwSignal::new(Typed::new());
        let query = Memo::new(move |before: Option<&String>| {
            let (now, query) = nav::address();
            // while the reader is on the way to another page its query is not ours
            if now == path { query } else { before.cloned().unwrap_or_default() }
        });
        let list = ListView {
            parts: StoredValue::new(parts),
            query: query.into(),
            typed,
            rows: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            total: RwSignal::new(None),
            error: RwSignal::new(None),
            busy: RwSignal::new(true),
            loaded: RwSignal::new(false),
            turn: StoredValue::new(0),
            again: RwSignal::new(0),
            ticked: RwSignal::new(BTreeSet::new()),
            habits: RwSignal::new(storage::get_json(&habits_key).unwrap_or_default()),
            peeked: RwSignal::new(None),
            sums: RwSignal::new(None),
            node: NodeRef::new(),
        };
        Effect::new(move || list.habits.with(|habits| storage::put_json(&habits_key, habits)));
        Effect::new(move || {
            typed.set(nav::pairs(&list.query.get()).into_iter().collect());
            list.again.track();
            list.read(None);
            list.add_up();
        });
        list.draw()
    }

    /// Reads the first page, or the one after a cursor.
    fn read(self, cursor: Option<String>) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        let mut pairs = nav::pairs(&self.query.get_untracked());
        pairs.push(("limit".to_owned(), "50".to_owned()));
        match &cursor {
            Some(cursor) => pairs.push(("cursor".to_owned(), cursor.clone())),
            None => pairs.push(("include_total".to_owned(), "true".to_owned())),
        }
        let answer = self.parts.with_value(|p| p.source).page(nav::render(&pairs));
        self.busy.set(true);
        spawn_local(async move {
            let answer = answer.await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(page) => self.take(page, cursor.is_some()),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// Reads what the whole list adds up to. Without an answer nothing is said below the list.
    fn add_up(self) {
        let Some((wire, _)) = self.parts.with_value(|p| p.sums.clone()) else { return };
        let mut pairs = nav::pairs(&self.query.get_untracked());
        pairs.retain(|(key, _)| key != "sort");
        let query = nav::render(&pairs);
        let asked = self.query.get_untracked();
        let answer = wire.send("", query, Vec::new(), crate::api::Options::default());
        spawn_local(async move {
            let found = answer.await.ok().and_then(|reply| serde_json::from_slice(&reply.bytes).ok());
            if self.query.try_get_untracked() == Some(asked) {
                self.sums.set(found);
            }
        });
    }

    fn take(self, page: AnyPage, more: bool) {
        self.error.set(None);
        self.next.set(page.next);
        if more {
            self.rows.update(|rows| rows.extend(page.rows));
        } else {
            self.total.set(page.total);
            self.ticked.set(BTreeSet::new());
            self.rows.set(page.rows);
        }
        self.loaded.set(true);
    }

    /// Reads the list again.
    pub(super) fn refresh(self) {
        self.again.update(|n| *n = n.wrapping_add(1));
    }

    /// Puts what was typed into the address; the page follows it.
    pub(super) fn apply(self) {
        let sort = nav::pairs(&self.query.get_untracked()).into_iter().find(|(key, _)| key == "sort");
        let mut pairs: Vec<(String, String)> =
            self.typed.get_untracked().into_iter().filter(|(key, _)| key != "sort").collect();
        pairs.retain(|(_, value)| !value.trim().is_empty());
        pairs.extend(sort);
        self.go(&nav::render(&pairs));
    }

    /// Shows the list for a query.
    pub(super) fn go(self, query: &str) {
        let path = nav::path_now();
        if query == self.query.get_untracked() {
            self.refresh();
        } else {
            nav::go(&if query.is_empty() { path } else { format!("{path}?{query}") });
        }
    }

    /// Whether anything but the order is asked for.
    fn is_filtered(self) -> bool {
        nav::pairs(&self.query.get()).iter().any(|(key, _)| key != "sort")
    }

    fn sort_by(self, sort: String) {
        let mut pairs = nav::pairs(&self.query.get_untracked());
        pairs.retain(|(key, _)| key != "sort");
        pairs.push(("sort".to_owned(), sort));
        self.go(&nav::render(&pairs));
    }

    /// The columns that are shown now, with their places.
    pub(super) fn shown(self) -> Vec<usize> {
        let habits = self.habits.get();
        self.parts.with_value(|p| {
            let visible = |c: &super::column::AnyColumn| c.hidden == habits.turned.contains(c.key);
            p.columns.iter().enumerate().filter(|(i, c)| *i == 0 || visible(c)).map(|(i, _)| i).collect()
        })
    }

    fn draw(self) -> AnyView {
        let parts = self.parts.get_value();
        let create = parts.create.filter(|(_, _, needs)| untrack(|| allowed(*needs)));
        let create = create.map(|(label, href, _)| view! { <LinkButton label=label href=href look=Look::Primary glyph=Icon::Plus keys="N" /> });
        view! {
            <PageHead title=parts.title>{create}</PageHead>
            {views::draw(self)}
            {toolbar::filters(self)}
            <section node_ref=self.node class="card list" aria-busy=move || self.busy.get().to_string()>
                {toolbar::toolbar(self)}
                {move || self.body()}
                {move || self.foot()}
            </section>
            {self.peek_panel()}
        }
        .into_any()
    }

    /// One of: table, skeleton, nothing yet, no match, an error.
    fn body(self) -> AnyView {
        if let Some(error) = self.error.get().filter(|e| e.status() == Some(422)) {
            let why = error.fields().iter().map(|e| format!("{} {}", e.pointer.trim_start_matches('?'), e.message));
            let why = Some(why.collect::<Vec<_>>().join(" · "));
            return view! {
                <StatePanel glyph=Icon::Warning title=documents::BAD_FILTER hint=Signal::stored(why)>
                    <Button label=documents::CLEAR_FILTERS on_press=move |()| self.go("") />
                </StatePanel>
            }
            .into_any();
        }
        if let Some(error) = self.error.get() {
            return error_panel(&error, Some(Callback::new(move |()| self.refresh())));
        }
        if !self.loaded.get() {
            return view! { <Delayed when=self.busy><Skeleton rows=10 /></Delayed> }.into_any();
        }
        let is_empty = Memo::new(move |_| self.rows.with(Vec::is_empty));
        (move || match (is_empty.get(), self.is_filtered()) {
            (false, _) => self.table(),
            (true, true) => view! {
                <StatePanel glyph=Icon::Search title=documents::NO_MATCH hint=documents::NO_MATCH_HINT>
                    <Button label=documents::CLEAR_FILTERS on_press=move |()| self.go("") />
                </StatePanel>
            }
            .into_any(),
            (true, false) => {
                view! { <StatePanel glyph=Icon::Document title=documents::EMPTY hint=documents::EMPTY_HINT /> }
                    .into_any()
            }
        })
        .into_any()
    }

    fn table(self) -> AnyView {
        let parts = self.parts.get_value();
        let shown = Memo::new(move |_| self.shown());
        let sorts: Vec<_> = parts.columns.clone();
        let peeks = parts.peek.is_some();
        let columns = Signal::derive(move || {
            let column = |i: &usize| {
                let c = sorts.get(*i)?;
                let sort = c.sort.then(|| c.key.to_owned());
                Some(TableColumn { title: c.title.into(), align: c.align, width: c.width, sort })
            };
            let actions = || TableColumn { title: common::ACTIONS.into(), align: Align::Right, width: "", sort: None };
            shown.get().iter().filter_map(column).chain(peeks.then(actions)).collect::<Vec<_>>()
        });
        let rows = self.table_rows(Arc::new(parts.columns), shown);
        let default = parts.default_sort;
        let sort = Memo::new(move |_| {
            let asked = nav::pairs(&self.query.get()).into_iter().find(|(key, _)| key == "sort");
            asked.map_or_else(|| default.to_owned(), |(_, value)| value)
        });
        let ticked = (!parts.bulk.is_empty()).then_some(self.ticked);
        let compact = Signal::derive(move || self.habits.with(|h| h.compact));
        let on_sort = Callback::new(move |sort| self.sort_by(sort));
        match ticked {
            Some(ticked) => view! {
                <Table name=parts.title columns=columns rows=rows sort=sort on_sort=on_sort compact=compact ticked=ticked />
            }
            .into_any(),
            None => view! {
                <Table name=parts.title columns=columns rows=rows sort=sort on_sort=on_sort compact=compact />
            }
            .into_any(),
        }
    }

    /// The rows as the table wants them.
    fn table_rows(self, cells: Arc<Vec<AnyColumn>>, shown: Memo<Vec<usize>>) -> Signal<Vec<TableRow>> {
        let href = self.parts.with_value(|p| p.href.clone());
        Signal::derive(move || {
            let row = |row: AnyRow| {
                let cells = cells.clone();
                let href = href.as_ref().and_then(|h| h(&row));
                let (key, stamp, target) = (row.id.clone(), row.stamp.clone(), href.clone());
                let cell =
                    Arc::new(move |place: usize| match shown.with_untracked(|shown| shown.get(place).copied()) {
                        Some(i) => cells.get(i).and_then(|column| (column.cell)(&*row.value)).into_any(),
                        None => self.peek_button(&row, target.clone()),
                    });
                TableRow { key, href, cell, stamp }
            };
            self.rows.get().into_iter().map(row).collect()
        })
    }

    /// The panel that shows a row without leaving the list.
    fn peek_panel(self) -> Option<AnyView> {
        let draw = self.parts.with_value(|p| p.peek.clone())?;
        let open = RwSignal::new(false);
        Effect::new(move || open.set(self.peeked.with(Option::is_some)));
        Effect::new(move || {
            if !open.get() && self.peeked.with_untracked(Option::is_some) {
                self.peeked.set(None);
            }
        });
        let content = move || {
            let (id, href) = self.peeked.get_untracked()?;
            let link = href.map(|href| view! { <LinkButton label=documents::OPEN href=href look=Look::Primary /> });
            Some(view! { <div class="peek">{draw(&id)}<footer class="dialog-foot">{link}</footer></div> })
        };
        Some(view! { <Drawer open=open title=documents::PREVIEW>{content()}</Drawer> }.into_any())
    }

    /// The button of a row that opens the panel.
    fn peek_button(self, row: &AnyRow, href: Option<String>) -> AnyView {
        let id = row.id.clone();
        let press = move |()| self.peeked.set(Some((id.clone(), href.clone())));
        view! { <IconButton label=documents::PREVIEW icon=Icon::Panel class="row-button" on_press=press /> }.into_any()
    }

    fn foot(self) -> Option<AnyView> {
        let count = self.rows.with(Vec::len);
        if count == 0 {
            return None;
        }
        let shown = move || String::from(documents::SHOWN.with("count", count));
        let more = self.next.get().map(|cursor| {
            view! { <Button label=documents::LOAD_MORE busy=self.busy on_press=move |()| self.read(Some(cursor.clone())) /> }
        });
        let sums = self.parts.with_value(|p| p.sums.clone());
        let sums = sums.and_then(|(_, draw)| self.sums.with(|found| found.as_ref().and_then(|json| draw(json))));
        Some(
            view! { <footer class="list-foot"><span class="faint number">{shown}</span>{more}{sums}</footer> }
                .into_any(),
        )
    }
}

/// How many there are.
pub(super) fn total_text(list: ListView) -> String {
    list.total.get().map_or_else(String::new, |total| {
        let label = if total.is_capped { documents::TOTAL_CAPPED } else { documents::TOTAL };
        label.with("count", text::count(total.count)).into()
    })
}

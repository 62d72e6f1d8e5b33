//! The station tree: a branch opens and closes at its arrow, a name leads to the station.

use crate::api::session::may;
use crate::api::{Loader, call};
use crate::doc::problem::error_panel;
use crate::doc::{PageHead, cell};
use crate::nav::Params;
use crate::text::identity as t;
use crate::ui::{Bind, Button, Delayed, Icon, IconButton, Input, InputKind, LinkButton, Look, Skeleton, StatePanel};
use leptos::prelude::*;
use leptos_router::components::A;
use openapi::Nothing;
use openapi::identity::STATION_EDIT;
use openapi::identity::station::{GetStationTree, StationRow, StationState};
use std::collections::BTreeSet;

/// The page.
pub fn tree(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<GetStationTree>(Nothing, Nothing, Nothing));
    let closed = RwSignal::new(BTreeSet::<String>::new());
    let words = RwSignal::new(String::new());
    let collapse = move |()| {
        let all = loader.data.with_untracked(|tree| {
            tree.iter().flat_map(|tree| &tree.items).map(|node| node.path.clone()).collect::<BTreeSet<_>>()
        });
        closed.set(all);
    };
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(tree), _) => nodes(&tree.items, closed, words),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=8 /></Delayed> }.into_any(),
    };
    view! {
        <PageHead title=t::STATIONS>
            {move || may(STATION_EDIT).then(|| {
                view! { <LinkButton label=t::STATION_NEW href="/system/stations/new" look=Look::Primary glyph=Icon::Plus /> }
            })}
        </PageHead>
        <section class="card">
            <div class="tree-bar">
                <Input bind=Bind::signal(words) id="station-words" kind=InputKind::Text placeholder=t::FIND_STATION />
                <Button label=t::EXPAND_ALL on_press=move |()| closed.set(BTreeSet::new()) />
                <Button label=t::COLLAPSE_ALL on_press=collapse />
            </div>
            {body}
        </section>
    }
    .into_any()
}

/// The nodes that are visible: those that match, or those whose branch is open.
fn nodes(all: &[StationRow], closed: RwSignal<BTreeSet<String>>, words: RwSignal<String>) -> AnyView {
    let root = all.iter().map(depth).min().unwrap_or_default();
    let rows = all.to_vec();
    let visible = Memo::new(move |_| {
        let words = words.get().trim().to_lowercase();
        let hidden = closed.get();
        let shown = |node: &&StationRow| {
            if words.is_empty() {
                !hidden.iter().any(|path| node.path != *path && node.path.starts_with(path))
            } else {
                node.name.to_lowercase().contains(&words) || node.code.to_lowercase().contains(&words)
            }
        };
        rows.iter().filter(shown).cloned().collect::<Vec<_>>()
    });
    let branches: BTreeSet<String> = all.iter().filter_map(|node| above(&node.path)).collect();
    let row = move |node: StationRow| {
        let is_branch = branches.contains(&node.path);
        line(&node, depth(&node) - root, is_branch, closed)
    };
    view! {
        <Show when=move || visible.with(Vec::is_empty)>
            <StatePanel glyph=Icon::Search title=t::NO_STATION />
        </Show>
        <ul class="tree">
            <For each=move || visible.get() key=|node| (node.id.to_string(), node.version) children=row />
        </ul>
    }
    .into_any()
}

fn depth(node: &StationRow) -> usize {
    node.path.matches('/').count()
}

fn above(path: &str) -> Option<String> {
    let (head, _) = path.trim_end_matches('/').rsplit_once('/')?;
    Some(format!("{head}/"))
}

fn line(node: &StationRow, level: usize, is_branch: bool, closed: RwSignal<BTreeSet<String>>) -> AnyView {
    let (path, toggled) = (node.path.clone(), node.path.clone());
    let is_open = Memo::new(move |_| closed.with(|closed| !closed.contains(&path)));
    let toggle = move |()| {
        closed.update(|closed| {
            if !closed.remove(&toggled) {
                closed.insert(toggled.clone());
            }
        });
    };
    let name = node.name.to_string();
    let label = Signal::derive(move || String::from(t::TOGGLE.with("name", &name)));
    let arrow = is_branch.then(|| {
        view! {
            {move || {
                let toggle = toggle.clone();
                let glyph = if is_open.get() { Icon::Down } else { Icon::Right };
                view! { <IconButton icon=glyph label=label on_press=toggle /> }
            }}
        }
    });
    let add = format!("/system/stations/new?parent_id={}", node.id);
    let is_openable = node.state == StationState::Open;
    let (contact, count) = (node.contact.as_ref().map(ToString::to_string), node.user_count);
    let (href, title, code) = (super::href(node.id), node.name.to_string(), node.code.to_string());
    let (kind, state) = (node.kind, node.state);
    view! {
        <li class="tree-row" style=format!("--level: {level}")>
            <span class="tree-arrow">{arrow}</span>
            <span class="tree-name">
                <A href=href>{title}</A>
                <span class="faint code">{code}</span>
            </span>
            {cell::tag(kind)}
            {(!is_openable).then(|| cell::tag(state))}
            <span class="grow faint tree-contact">{contact}</span>
            <span class="number faint">{move || t::PEOPLE_COUNT.with("count", count).to_string()}</span>
            {move || (is_openable && may(STATION_EDIT)).then(|| {
                view! { <span class="tree-add"><LinkButton label=t::ADD_BELOW href=add.clone() /></span> }
            })}
        </li>
    }
    .into_any()
}

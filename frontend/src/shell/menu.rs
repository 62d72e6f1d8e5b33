//! The menu: groups of pages that the reader may see.

use super::frame::Frame;
use crate::nav::{self, Group, Place};
use crate::text::shell;
use crate::ui::{Icon, IconButton, icon, storage};
use leptos::prelude::*;
use leptos_router::components::A;

/// The menu.
#[component]
pub(super) fn SideMenu(frame: Frame) -> AnyView {
    let label = Signal::derive(move || {
        let label = if frame.narrow.get() { shell::EXPAND_MENU } else { shell::COLLAPSE_MENU };
        label.get().to_owned()
    });
    view! {
        <nav class="side" aria-label=shell::MENU>
            <div class="brand"><span class="brand-mark" aria-hidden="true"></span><span class="brand-name">{shell::PRODUCT}</span></div>
            <div class="side-scroll">{move || groups()}</div>
            <div class="side-foot">
                <IconButton label=label icon=Icon::Panel on_press=move |()| frame.narrow.update(|n| *n = !*n) />
            </div>
        </nav>
    }
    .into_any()
}

/// Where this device remembers which groups its reader folded.
const FOLDED: &str = "aftercare.menu.folded";

fn groups() -> AnyView {
    let folded = RwSignal::new(storage::get(FOLDED).unwrap_or_default());
    let mut entries: Vec<(Group, &'static Place)> = nav::pages()
        .filter(|page| page.is_allowed())
        .filter_map(|page| page.menu.map(|(group, _)| (group, page)))
        .collect();
    entries.sort_by_key(|(group, _)| *group);
    let groups: Vec<&[(Group, &Place)]> = entries.chunk_by(|(a, _), (b, _)| a == b).collect();
    let one = |entries: &[(Group, &'static Place)]| {
        let heading = entries.first().map(|(group, _)| *group).filter(|group| *group != Group::Home);
        let pages: Vec<&'static Place> = entries.iter().map(|(_, page)| *page).collect();
        let links = pages.iter().map(|page| entry(page)).collect_view();
        let Some(group) = heading else { return view! { <div class="side-group"><ul>{links}</ul></div> }.into_any() };
        let name = format!("{group:?}");
        let (of_name, id) = (name.clone(), format!("menu-{name}"));
        // the group of the page that is open is never folded
        let is_open = Memo::new(move |_| pages.iter().any(|page| is_at(page)) || !is_folded(&folded.get(), &of_name));
        let fold = move |_| {
            folded.update(|names| *names = with_folded(names, &name, is_open.get_untracked()));
            storage::put(FOLDED, &folded.get_untracked());
        };
        view! {
            <div class="side-group" class:folded=move || !is_open.get()>
                <button type="button" class="side-heading" aria-expanded=move || is_open.get().to_string() aria-controls=id.clone() on:click=fold>
                    <span>{group.label()}</span>{icon(Icon::Down)}
                </button>
                <ul id=id>{links}</ul>
            </div>
        }
        .into_any()
    };
    groups.into_iter().map(one).collect_view().into_any()
}

fn is_folded(names: &str, name: &str) -> bool {
    names.split(',').any(|folded| folded == name)
}

/// The names of the folded groups after one of them is folded or opened.
fn with_folded(names: &str, name: &str, fold: bool) -> String {
    let others = names.split(',').filter(|folded| *folded != name && !folded.is_empty());
    others.chain(fold.then_some(name)).collect::<Vec<_>>().join(",")
}

/// Whether the reader is on a page or below it.
fn is_at(page: &Place) -> bool {
    let (path, _) = nav::address();
    path == page.path || (page.path != "/" && path.starts_with(&format!("{}/", page.path)))
}

fn entry(page: &'static Place) -> AnyView {
    let is_here = Memo::new(move |_| is_at(page));
    let node = NodeRef::<leptos::html::Li>::new();
    Effect::new(move || {
        if let (Some(row), true) = (node.get(), is_here.get()) {
            crate::ui::reveal(&row);
        }
    });
    let glyph = page.menu.map(|(_, glyph)| icon(glyph));
    view! {
        <li node_ref=node><A href=page.path attr:class="side-link" attr:aria-current=move || is_here.get().then_some("page") attr:title=page.title>
            {glyph}<span class="side-label">{page.title}</span>
        </A></li>
    }
    .into_any()
}

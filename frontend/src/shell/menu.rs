//! The menu: groups of pages that the reader may see.

use super::frame::Frame;
use crate::nav::{self, Group, Place};
use crate::text::shell;
use crate::ui::{Icon, IconButton, icon};
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

fn groups() -> AnyView {
    let mut entries: Vec<(Group, &'static Place)> = nav::pages()
        .filter(|page| page.is_allowed())
        .filter_map(|page| page.menu.map(|(group, _)| (group, page)))
        .collect();
    entries.sort_by_key(|(group, _)| *group);
    let groups: Vec<&[(Group, &Place)]> = entries.chunk_by(|(a, _), (b, _)| a == b).collect();
    let one = |entries: &[(Group, &'static Place)]| {
        let heading = entries.first().map(|(group, _)| *group).filter(|group| *group != Group::Home);
        view! {
            <div class="side-group">
                {heading.map(|group| view! { <div class="side-heading">{group.label()}</div> })}
                <ul>{entries.iter().map(|(_, page)| entry(page)).collect_view()}</ul>
            </div>
        }
    };
    groups.into_iter().map(one).collect_view().into_any()
}

fn entry(page: &'static Place) -> AnyView {
    let is_here = Memo::new(move |_| {
        let (path, _) = nav::address();
        path == page.path || (page.path != "/" && path.starts_with(&format!("{}/", page.path)))
    });
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

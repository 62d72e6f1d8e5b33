//! The first page.

use crate::api::session;
use crate::doc::PageHead;
use crate::nav::{self, Params};
use crate::text::{self, shell};
use crate::ui::icon;
use leptos::prelude::*;
use leptos_router::components::A;

/// A greeting and the ways to the pages that the reader may see.
pub fn home(_: &Params) -> AnyView {
    let greeting = move || match text::hour_now() {
        5..12 => shell::GOOD_MORNING,
        12..18 => shell::GOOD_AFTERNOON,
        _ => shell::GOOD_EVENING,
    };
    let title = Signal::derive(move || {
        let name = session::me().map(|me| me.name).unwrap_or_default();
        text::lang()
            .pick("{greeting}，{name}", "{greeting}, {name}")
            .replace("{greeting}", greeting().get())
            .replace("{name}", &name)
    });
    let tile = |page: &'static nav::Page| {
        let glyph = page.menu.map(|(_, glyph)| icon(glyph));
        view! { <li><A href=page.path attr:class="tile">{glyph}<span>{page.title}</span></A></li> }
    };
    let tiles =
        move || nav::pages().filter(|p| p.path != "/" && p.menu.is_some() && p.is_allowed()).map(tile).collect_view();
    view! {
        <PageHead title=title />
        <section class="card"><h2 class="card-title">{shell::QUICK_ENTRY}</h2><ul class="tiles">{tiles}</ul></section>
    }
    .into_any()
}

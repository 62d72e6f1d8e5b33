//! What this installation is.

use crate::api::{Loader, call};
use crate::doc::problem::error_panel;
use crate::doc::{PageHead, cell, item};
use crate::nav::Params;
use crate::text::shell as t;
use leptos::prelude::*;
use openapi::Nothing;
use openapi::system::{About, GetAbout};

/// The page.
pub fn about(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<GetAbout>(Nothing, Nothing, Nothing));
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(about), _) => draw(about),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => ().into_any(),
    };
    view! { <PageHead title=t::ABOUT /><section class="card">{body}</section> }.into_any()
}

fn draw(about: About) -> AnyView {
    let items = vec![
        item(t::VERSION, cell::code(format!("{} {}", about.product, about.version))),
        item(t::DATABASE, cell::text(about.database)),
        item(t::MODE, cell::label(if about.is_demo { t::DEMO } else { t::PRODUCTION })),
        item(t::CURRENCY, cell::text(about.currency)),
        item(t::TIME_ZONE, cell::text(about.time_zone)),
        item(t::SERVER_TIME, cell::time(about.now)),
        item(t::API_DOCS, view! { <a href="/api/docs/" rel="external">"OpenAPI"</a> }.into_any()),
    ];
    crate::doc::draw_items(items)
}

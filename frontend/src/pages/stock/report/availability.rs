//! Which stations could send a part, the nearest first.

use crate::api::{Loader, call, session};
use crate::doc::{PageHead, ReportColumn, cell, export_report, fields_of, report_lines};
use crate::nav::{self, Params};
use crate::pages::finance::report::loaded;
use crate::text::stock as t;
use crate::ui::{Align, Bind, Button, FieldBox, Icon, Input, Look, Notice, StatePanel};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::stock::REQUISITION_EDIT;
use openapi::stock::availability::{Availability, AvailabilityQuery, AvailabilityRow, GetAvailability, Nearness};
use openapi::{Nothing, Plain};

/// The page; what was asked for stands in its address.
pub fn page(_: &Params) -> AnyView {
    let typed = RwSignal::new(nav::query_value("q").unwrap_or_default());
    let asked = RwSignal::new(typed.get_untracked());
    let query = move || {
        let product_id = nav::query_value("product_id").and_then(|id| id.parse().ok());
        Plain(AvailabilityQuery { product_id, q: asked.get().parse().ok() })
    };
    // without a part in mind there is nothing to look for, and everything that anybody has helps nobody
    let is_asked = Memo::new(move |_| query().0 != AvailabilityQuery::default());
    let results = move || {
        if is_asked.get() {
            let loader = Loader::new(move || call::<GetAvailability>(Nothing, query(), Nothing));
            loaded(loader, draw)
        } else {
            view! { <StatePanel glyph=Icon::Search title=t::WHICH_PART hint=t::WHICH_PART_HINT /> }.into_any()
        }
    };
    let export =
        move || is_asked.get().then(|| export_report::<GetAvailability>(t::AVAILABILITY, query, fields_of(COLUMNS)));
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let words = typed.get_untracked();
        let asks = [("q".to_owned(), words.clone())].into_iter().filter(|(_, words)| !words.trim().is_empty());
        nav::replace(&format!("/stock/availability?{}", nav::render(&asks.collect::<Vec<_>>())));
        asked.set(words);
    };
    view! {
        <PageHead title=t::AVAILABILITY>{export}</PageHead>
        <section class="card">
            <form class="form-grid" role="search" on:submit=submit>
                <FieldBox id="who-has" label=t::STOCK_SEARCH hint=t::AVAILABILITY_HINT>
                    <Input id="who-has" bind=Bind::signal(typed) />
                </FieldBox>
                <div class="field form-go"><Button label=crate::text::documents::QUERY look=Look::Primary icon=Icon::Search submit=true /></div>
            </form>
            {results}
        </section>
    }
    .into_any()
}

const COLUMNS: &[ReportColumn<AvailabilityRow>] = &[
    ("product_name", t::PRODUCT, Align::Left, |r| cell::text(&*r.product_name)),
    ("product_code", t::CODE, Align::Left, |r| cell::code(&*r.product_code)),
    ("org_name", t::STATION, Align::Left, |r| cell::text(&*r.org_name)),
    ("nearness", t::NEARNESS, Align::Left, |r| cell::tag(r.nearness)),
    ("org_phone", t::PHONE, Align::Left, |r| r.org_phone.as_ref().map_or_else(cell::none, |phone| cell::phone(phone))),
    ("available", t::AVAILABLE, Align::Right, |r| cell::quantity(r.available)),
    ("incoming", t::ARRIVING_SHORT, Align::Right, |r| cell::quantity(r.incoming)),
    ("", t::ASK_FOR, Align::Left, ask),
];

/// The columns on the page: who writes no requisitions asks nobody for a part.
fn columns() -> &'static [ReportColumn<AvailabilityRow>] {
    match COLUMNS.split_last() {
        Some((_, others)) if !untrack(|| session::may(REQUISITION_EDIT)) => others,
        _ => COLUMNS,
    }
}

fn ask(row: &AvailabilityRow) -> AnyView {
    if row.nearness == Nearness::Own || !row.available.is_positive() {
        return cell::none();
    }
    cell::link(t::ASK_FOR.get(), format!("/stock/requisitions/new?supplier_id={}", row.org_id))
}

fn draw(found: Availability) -> AnyView {
    if found.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Box title=t::NOBODY_HAS hint=t::NOBODY_HAS_HINT /> }.into_any();
    }
    let capped = found.is_capped.then(|| view! { <Notice tone=Tone::Warning text=t::HAVE_MORE /> });
    view! { {capped}{report_lines(&found.items, columns()).draw()} }.into_any()
}

//! What repairs wait for, the first due first.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, shortage as t, stock};
use crate::ui::Tag;
use leptos::prelude::*;
use openapi::Timestamp;
use openapi::choice::Tone;
use openapi::service::shortage::{ListShortages, ShortageRow, ShortageState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListShortages>::new("shortages", t::TITLE)
        .search_hint(t::SEARCH)
        .filter(Filter::choices::<ShortageState>("state", stock::STATE))
        .filter(Filter::pick("product_id", stock::PRODUCT, products("")))
        .filter(Filter::pick("org_id", stock::STATION, all_stations()))
        .filter(Filter::flag("is_overdue", t::IS_LATE))
        .filter(Filter::created())
        .preset(t::WAITING, "state=waiting&sort=due_at")
        .preset(t::LATE, "is_overdue=true&sort=due_at")
        .column(Column::new("number", stock::NUMBER, |r: &ShortageRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &ShortageRow| cell::tag(r.state)))
        .column(Column::new("product_name", stock::PRODUCT, product).also("product_code", stock::CODE))
        .column(Column::new("missing", t::MISSING, |r: &ShortageRow| cell::quantity(r.missing)).right())
        .column(Column::new("quantity", t::QUANTITY, |r: &ShortageRow| cell::quantity(r.quantity)).right())
        .column(Column::new("allocated", t::ALLOCATED, |r: &ShortageRow| cell::quantity(r.allocated)).right())
        .column(Column::new("incoming", t::INCOMING, |r: &ShortageRow| cell::quantity(r.incoming)).right())
        .column(Column::new("due_at", t::DUE, |r: &ShortageRow| due(r.due_at, r.is_overdue)))
        .column(Column::new("ticket_number", t::TICKET, |r: &ShortageRow| {
            cell::link(r.ticket_number.clone(), format!("/service/tickets/{}", r.ticket_id))
        }))
        .column(Column::new("engineer_name", stock::ENGINEER, |r: &ShortageRow| cell::maybe(r.engineer_name.as_ref())))
        .column(Column::new("org_name", stock::STATION, |r: &ShortageRow| cell::text(&*r.org_name)).hidden())
        .column(Column::new("created_at", documents::CREATED_AT, |r: &ShortageRow| cell::time(r.created_at)))
        .column(Column::new("closed_at", t::CLOSED_AT, |r: &ShortageRow| cell::maybe_time(r.closed_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &ShortageRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .view()
}

fn product(row: &ShortageRow) -> AnyView {
    let code = view! { <span class="code faint">{row.product_code.to_string()}</span> };
    view! { <span class="stack"><span>{row.product_name.to_string()}</span>{code}</span> }.into_any()
}

/// When it is due, in red once that has passed.
pub fn due(at: Option<Timestamp>, is_late: bool) -> AnyView {
    let Some(at) = at else {
        return view! { <span class="faint">{t::NO_DUE}</span> }.into_any();
    };
    let late = is_late.then(|| view! { <Tag label=t::IS_LATE tone=Tone::Danger /> });
    view! { <span class="row nowrap">{cell::time(at)} {late}</span> }.into_any()
}

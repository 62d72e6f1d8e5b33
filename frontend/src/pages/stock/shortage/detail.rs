//! One shortage: for which ticket, how much has come, and how to get the rest.

use super::list::due;
use crate::api::session::may;
use crate::doc::{Act, DetailPage, Item, cell, item};
use crate::nav::Params;
use crate::text::{documents, shortage as t, stock};
use crate::ui::{Icon, LinkButton};
use leptos::prelude::*;
use openapi::service::shortage::{CancelShortage, GetShortage, Shortage, ShortageAction, ShortageLife, ShortageState};
use openapi::stock::{REQUISITION_EDIT, STOCK_AVAILABILITY};
use openapi::trade::purchase::PURCHASE_EDIT;

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a shortage looks like.
pub fn page() -> DetailPage<GetShortage> {
    DetailPage::<GetShortage>::document::<ShortageLife>(vec![(
        ShortageAction::Cancel,
        Act::reason::<CancelShortage>("reason", 500),
    )])
    .group(documents::BASICS, basics)
    .side(t::HOW_TO, ways)
}

fn basics(doc: &Shortage) -> Vec<Item> {
    vec![
        item(stock::PRODUCT, cell::text(&*doc.product_name)),
        item(stock::CODE, cell::code(&*doc.product_code)),
        item(t::MISSING, cell::quantity(doc.missing)),
        item(t::QUANTITY, cell::quantity(doc.quantity)),
        item(t::ALLOCATED, cell::quantity(doc.allocated)),
        item(t::INCOMING, cell::quantity(doc.incoming)),
        item(t::DUE, due(doc.due_at, doc.is_overdue)),
        item(t::AHEAD, cell::text(doc.ahead.to_string())),
        item(t::TICKET, cell::link(doc.ticket_number.clone(), format!("/service/tickets/{}", doc.ticket_id))),
        item(t::TICKET_STATE, cell::tag(doc.ticket_state)),
        item(t::UNIT, cell::text(doc.unit_name.clone())),
        item(stock::ENGINEER, cell::maybe(doc.engineer_name.as_ref())),
        item(stock::STATION, cell::text(&*doc.org_name)),
        item(stock::WAREHOUSE, cell::text(&*doc.warehouse_name)),
        item(documents::CREATED_AT, cell::time(doc.created_at)),
        item(t::CLOSED_AT, cell::maybe_time(doc.closed_at)),
    ]
}

/// One click to whoever can send the part or sells it.
fn ways(doc: &Shortage) -> AnyView {
    if doc.state != ShortageState::Waiting {
        return view! { <p class="hint">{t::HOW}</p> }.into_any();
    }
    let (id, product) = (doc.id, doc.product_id);
    let ask = untrack(|| may(REQUISITION_EDIT)).then(|| {
        view! { <LinkButton label=t::ASK href=format!("/stock/requisitions/new?shortage={id}") glyph=Icon::Document /> }
    });
    let buy = untrack(|| may(PURCHASE_EDIT)).then(|| {
        view! { <LinkButton label=t::BUY href=format!("/trade/purchase-orders/new?shortage={id}") glyph=Icon::Money /> }
    });
    let find = untrack(|| may(STOCK_AVAILABILITY)).then(|| {
        view! { <LinkButton label=t::WHO_HAS href=format!("/stock/availability?product_id={product}") glyph=Icon::Search /> }
    });
    view! { <p class="hint">{t::HOW}</p><div class="row">{ask} {buy} {find}</div> }.into_any()
}

//! One old part that is owed: from which repair, until when, and what was found of it.

use super::list::{due, kept, of_return};
use crate::doc::{Act, DetailPage, Item, cell, item};
use crate::nav::Params;
use crate::text::{documents, part_return as t, stock};
use leptos::prelude::*;
use openapi::service::owed_part::{
    GetOwedPart, OwedPart, OwedPartAction, OwedPartLife, RestoreOwedPart, WaiveOwedPart,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What an old part that is owed looks like.
pub fn page() -> DetailPage<GetOwedPart> {
    DetailPage::<GetOwedPart>::document::<OwedPartLife>(vec![
        (OwedPartAction::Waive, Act::reason::<WaiveOwedPart>("reason", 500)),
        (OwedPartAction::Restore, Act::reason::<RestoreOwedPart>("reason", 500)),
    ])
    .group(documents::BASICS, basics)
}

fn basics(doc: &OwedPart) -> Vec<Item> {
    let mut items = vec![
        item(stock::PRODUCT, cell::text(&*doc.product_name)),
        item(stock::CODE, cell::code(&*doc.product_code)),
        item(stock::SERIAL, cell::maybe(doc.serial.as_ref())),
        item(stock::QUANTITY, cell::quantity(doc.quantity)),
        item(t::DUE_ON, due(doc.due_on, doc.is_overdue)),
        item(t::GOOD_UNTIL, cell::date(doc.good_until)),
        item(t::FINISHED_ON, cell::date(doc.finished_on)),
        item(t::TICKET, cell::link(doc.ticket_number.clone(), format!("/service/tickets/{}", doc.ticket_id))),
        item(t::PAYER, cell::choice(doc.payer)),
        item(t::PRICE, cell::price(doc.unit_price)),
        item(stock::STATION, cell::text(&*doc.org_name)),
        item(t::RETURN_OF, of_return(doc.return_id, doc.return_number.as_ref())),
        item(t::DEDUCTION, kept(doc.deduction)),
    ];
    if let Some(reason) = &doc.waived_because {
        items.push(item(t::WAIVED_BECAUSE, cell::note(Some(reason))).wide());
    }
    items
}

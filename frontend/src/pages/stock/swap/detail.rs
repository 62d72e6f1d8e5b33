//! One swap.

use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::nav::Params;
use crate::pages::stock::document;
use crate::text::{delivery, documents, stock, swap as t};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::stock::SWAP_EDIT;
use openapi::stock::swap::{GetSwap, PostSwap, ReverseSwap, Swap, SwapAction, SwapLife, SwapLine, SwapWay, VoidSwap};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a swap looks like.
pub fn page() -> DetailPage<GetSwap> {
    use SwapAction as A;
    DetailPage::<GetSwap>::document::<SwapLife>(vec![
        (A::Post, Act::confirm::<PostSwap>(t::POST_HAPPENS)),
        (A::Reverse, Act::reason::<ReverseSwap>("reason", 500)),
        (A::Void, Act::reason::<VoidSwap>("reason", 500)),
    ])
    .files_by(SWAP_EDIT)
    .mark(|d| cell::tag(d.way))
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
    .lines(delivery::POSTINGS, |d| document::postings(&d.postings))
}

fn basics(doc: &Swap) -> Vec<Item> {
    let mut items = vec![
        item(
            t::PARTY,
            cell::link(doc.party_name.to_string(), format!("/stock/swap-entries?party_id={}", doc.party_id)),
        ),
        item(stock::WAREHOUSE, cell::text(&*doc.warehouse_name)),
        item(t::REFERENCE, cell::maybe(doc.reference.as_ref())),
        item(stock::STATION, cell::text(&*doc.org_name)),
        item(stock::POSTED_AT, cell::maybe_time(doc.posted_at)),
    ];
    if doc.way == SwapWay::Back {
        items.push(item(t::OVER_TAKEN, cell::yes_no(doc.accept_over)));
    }
    items.push(item(stock::REMARK, cell::note(doc.remark.as_deref())).wide());
    items
}

fn lines(doc: &Swap) -> Lines {
    let mut columns: Vec<LineColumn<SwapLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (t::FOR_SERIAL, Align::Left, |l| cell::maybe(l.for_serial.as_ref())),
        (stock::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (t::OWED_BEFORE, Align::Right, |l| l.owed.map_or_else(cell::none, cell::quantity)),
    ];
    if doc.way == SwapWay::Back {
        columns.push((t::OVER, Align::Right, |l| cell::quantity(l.over)));
    }
    if doc.way == SwapWay::Return {
        columns.push((t::REPLACED, Align::Left, |l| cell::yes_no(l.is_replaced)));
    }
    columns.push((stock::CONDITION, Align::Left, |l| cell::tag(l.condition)));
    columns.push((t::FAULT, Align::Left, |l| cell::maybe(l.fault.as_ref())));
    Lines::of(&doc.lines, columns)
}

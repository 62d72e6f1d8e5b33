//! One stocktake: how far it is while it is counted, what differs afterwards.

use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::field;
use crate::nav::Params;
use crate::pages::stock::document;
use crate::text::{delivery, documents, stock, stocktake as t};
use crate::ui::{Align, Icon, LinkButton, Look};
use leptos::prelude::*;
use openapi::Quantity;
use openapi::stock::STOCKTAKE_COUNT;
use openapi::stock::stocktake::{
    ApproveStocktake, FinishStocktake, GetStocktake, RejectStocktake, ReverseStocktake, Stocktake, StocktakeAction,
    StocktakeFinish, StocktakeLife, StocktakeLine, VoidStocktake,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a stocktake looks like.
pub fn page() -> DetailPage<GetStocktake> {
    use StocktakeAction as A;
    DetailPage::<GetStocktake>::document::<StocktakeLife>(vec![
        (
            A::Finish,
            Act::form::<FinishStocktake>(|d: &Stocktake| {
                let hint = if d.round == 1 { t::ACCEPT_FIRST } else { t::ACCEPT_AGAIN };
                vec![
                    field!(StocktakeFinish.accept_uncounted, t::ACCEPT).hint(hint),
                    field!(StocktakeFinish.remark, stock::REMARK),
                ]
            }),
        ),
        (A::Approve, Act::confirm::<ApproveStocktake>(t::APPROVE_HAPPENS)),
        (A::Reject, Act::reason::<RejectStocktake>("reason", 500)),
        (A::Reverse, Act::reason::<ReverseStocktake>("reason", 500)),
        (A::Void, Act::reason::<VoidStocktake>("reason", 500)),
    ])
    .files_by(STOCKTAKE_COUNT)
    .mark(count_link)
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
    .lines(delivery::POSTINGS, |d| document::postings(&d.postings))
}

/// To the page for counting, while it is counted.
fn count_link(doc: &Stocktake) -> AnyView {
    if !doc.allowed.contains(&StocktakeAction::Finish) {
        return ().into_any();
    }
    let href = format!("{}/count", super::href(doc.id));
    view! { <LinkButton label=t::COUNT href=href look=Look::Primary glyph=Icon::Check /> }.into_any()
}

fn basics(doc: &Stocktake) -> Vec<Item> {
    let mut items = vec![
        item(stock::WAREHOUSE, cell::text(&*doc.warehouse_name)),
        item(t::FROZEN_AT, cell::time(doc.frozen_at)),
        item(t::ROUND, cell::text(doc.round.to_string())),
    ];
    if doc.is_blind {
        items.push(item(t::OPEN_LINES, cell::text(doc.open_lines.to_string())));
    } else {
        items.push(item(t::GAIN, doc.gain_value.map_or_else(cell::none, cell::money)));
        items.push(item(t::LOSS, doc.loss_value.map_or_else(cell::none, cell::money)));
    }
    items.push(item(stock::REMARK, cell::note(doc.remark.as_deref())).wide());
    items
}

/// Differences first once they may be seen.
fn lines(doc: &Stocktake) -> Lines {
    let mut sorted: Vec<StocktakeLine> = doc.lines.clone();
    sorted.sort_by_key(|l| (!l.is_open, l.difference.is_none_or(Quantity::is_zero)));
    let mut columns: Vec<LineColumn<StocktakeLine>> = vec![
        (crate::text::bin::CODE, Align::Left, |l| cell::maybe(l.bin.as_ref())),
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (stock::CONDITION, Align::Left, |l| cell::tag(l.condition)),
    ];
    if doc.is_blind {
        columns.push((t::COUNTED, Align::Right, |l| match (l.counted, l.is_open, l.is_moved) {
            (_, _, true) => cell::label(t::AGAIN),
            (Some(counted), ..) => cell::quantity(counted),
            (None, true, _) => cell::label(t::OPEN),
            (None, false, _) => cell::none(),
        }));
        return Lines::of(&sorted, columns);
    }
    let more: Vec<LineColumn<StocktakeLine>> = vec![
        (t::EXPECTED, Align::Right, |l| l.expected.map_or_else(cell::none, cell::quantity)),
        (t::BOOK, Align::Right, |l| l.book.map_or_else(cell::none, cell::quantity)),
        (t::COUNTED_BEFORE, Align::Right, |l| l.counted_before.map_or_else(cell::none, cell::quantity)),
        (t::COUNTED, Align::Right, |l| l.counted.map_or_else(cell::none, cell::quantity)),
        (t::DIFFERENCE, Align::Right, difference),
        (stock::VALUE, Align::Right, |l| match l.difference_value.filter(|value| !value.is_zero()) {
            Some(value) => cell::money(value),
            None => cell::none(),
        }),
    ];
    columns.extend(more);
    Lines::of(&sorted, columns)
}

fn difference(line: &StocktakeLine) -> AnyView {
    match line.difference {
        Some(difference) if !difference.is_zero() => view! { <strong>{cell::quantity(difference)}</strong> }.into_any(),
        _ => cell::none(),
    }
}

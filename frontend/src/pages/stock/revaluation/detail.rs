//! One revaluation: what it would do now, or what it did.

use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::nav::Params;
use crate::pages::stock::document;
use crate::text::{delivery, documents, revaluation as t, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::stock::REVALUATION_EDIT;
use openapi::stock::revaluation::{
    ApproveRevaluation, GetRevaluation, RejectRevaluation, Revaluation, RevaluationAction, RevaluationLife,
    RevaluationLine, ReverseRevaluation, SubmitRevaluation, VoidRevaluation,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a revaluation looks like.
pub fn page() -> DetailPage<GetRevaluation> {
    use RevaluationAction as A;
    DetailPage::<GetRevaluation>::document::<RevaluationLife>(vec![
        (A::Submit, Act::post::<SubmitRevaluation>()),
        (A::Approve, Act::confirm::<ApproveRevaluation>(t::APPROVE_HAPPENS)),
        (A::Reject, Act::reason::<RejectRevaluation>("reason", 500)),
        (A::Reverse, Act::reason::<ReverseRevaluation>("reason", 500)),
        (A::Void, Act::reason::<VoidRevaluation>("reason", 500)),
    ])
    .files_by(REVALUATION_EDIT)
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
    .lines(delivery::POSTINGS, |d| document::postings(&d.postings))
}

fn basics(doc: &Revaluation) -> Vec<Item> {
    let mut items = vec![
        item(stock::STATION, cell::text(&*doc.org_name)),
        item(stock::POSTED_AT, cell::maybe_time(doc.posted_at)),
        item(t::GAIN, doc.gain_value.map_or_else(cell::none, cell::money)),
        item(t::LOSS, doc.loss_value.map_or_else(cell::none, cell::money)),
        item(t::WHY, cell::note(Some(&*doc.reason))).wide(),
    ];
    if doc.posted_at.is_none() {
        items.push(item(stock::REMARK, cell::label(t::AS_OF_NOW)).wide());
    }
    items
}

fn lines(doc: &Revaluation) -> Lines {
    let columns: Vec<LineColumn<RevaluationLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (stock::CONDITION, Align::Left, |l| cell::tag(l.condition)),
        (stock::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (t::OLD_COST, Align::Right, |l| l.old_cost.map_or_else(cell::none, cell::price)),
        (t::NEW_COST, Align::Right, |l| l.new_cost.map_or_else(cell::none, cell::price)),
        (t::OLD_VALUE, Align::Right, |l| l.old_value.map_or_else(cell::none, cell::money)),
        (t::DIFFERENCE, Align::Right, |l| l.difference.map_or_else(cell::none, cell::money)),
    ];
    Lines::of(&doc.lines, columns)
}

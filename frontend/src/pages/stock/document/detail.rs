//! One stock document: lines, what it did to the ledger, what it means for the accounts.

use crate::api::session::may;
use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::nav::{self, Params};
use crate::pages::stock::place;
use crate::text::{self, documents, stock as t};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::Resource;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::stock::STOCK_DOC_EDIT;
use openapi::stock::document::{
    ApproveStockDoc, AuthoriseStockDoc, DeclineStockDoc, GetStockDoc, PostStockDoc, RejectStockDoc, ReverseStockDoc,
    StockDoc, StockDocAction, StockDocLife, StockDocLink, StockLine, SubmitStockDoc, VoidStockDoc,
};
use openapi::stock::movement::{Journal, StockMove};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a document looks like.
pub fn page() -> DetailPage<GetStockDoc> {
    use StockDocAction as A;
    DetailPage::<GetStockDoc>::new()
        .title(|d| d.number.clone())
        .mark(|d| cell::tag(d.state))
        .mark(edit_link)
        .actions(
            |d| d.allowed.clone(),
            vec![
                (A::Submit, Act::post::<SubmitStockDoc>()),
                (A::Approve, Act::post::<ApproveStockDoc>()),
                (A::Authorise, Act::confirm::<AuthoriseStockDoc>(t::AUTHORISE_HAPPENS)),
                (A::Post, Act::confirm::<PostStockDoc>(t::POST_HAPPENS)),
                (A::Reject, Act::reason::<RejectStockDoc>("reason", 500)),
                (A::Decline, Act::reason::<DeclineStockDoc>("reason", 500)),
                (A::Reverse, Act::reason::<ReverseStockDoc>("reason", 500)),
                (A::Void, Act::reason::<VoidStockDoc>("reason", 500)),
            ],
        )
        .group(documents::BASICS, basics)
        .lines(t::LINES, lines)
        .lines(t::LEDGER_ENTRIES, entries)
        .lines(t::ACCOUNTS, accounts)
        .printed(|d| d.kind)
        .journal::<StockDocLife>()
        .attachments(StockDoc::NAME, "document", untrack(|| may(STOCK_DOC_EDIT)))
}

fn edit_link(doc: &StockDoc) -> AnyView {
    if doc.is_editable { cell::link(t::DOC_EDIT.get(), format!("{}/edit", super::href(doc.id))) } else { ().into_any() }
}

fn linked(link: Option<&StockDocLink>) -> AnyView {
    link.map_or_else(cell::none, |link| cell::link(link.number.clone(), super::href(link.id)))
}

fn basics(doc: &StockDoc) -> Vec<Item> {
    let mut items = vec![
        item(t::KIND, cell::choice(doc.kind)),
        item(t::REASON, cell::choice(doc.reason)),
        item(t::WAREHOUSE, cell::maybe(doc.warehouse_name.as_ref())),
        item(t::ENGINEER, cell::maybe(doc.engineer_name.as_ref())),
        item(t::EFFECTIVE_AT, cell::maybe_time(doc.effective_at)),
        item(t::POSTED_AT, cell::maybe_time(doc.posted_at)),
        item(t::REFERENCE, cell::maybe(doc.reference.as_ref())),
        item(documents::CREATED_AT, cell::time(doc.created_at)),
    ];
    if doc.to_warehouse_id.is_some() {
        items.insert(3, item(t::TO_WAREHOUSE, cell::maybe(doc.to_warehouse_name.as_ref())));
    }
    if doc.witness_id.is_some() {
        items.push(item(t::WITNESS, cell::maybe(doc.witness_name.as_ref())));
    }
    if let Some(ticket) = doc.ticket_id {
        let href = format!("{}/{ticket}", nav::document_path(DocKind::Ticket));
        items.push(item(t::TICKET, cell::link(t::TICKET_OPEN.get(), href)));
    }
    if let Some(source) = &doc.source {
        let href = format!("{}/{}", nav::document_path(source.kind), source.id);
        items.push(item(t::SOURCE, cell::link(source.number.clone(), href)));
    }
    if doc.reversal_of.is_some() {
        items.push(item(t::REVERSAL_OF, linked(doc.reversal_of.as_ref())));
    }
    if doc.reversed_by.is_some() {
        items.push(item(t::REVERSED_BY, linked(doc.reversed_by.as_ref())));
    }
    items.push(item(t::REMARK, cell::note(doc.remark.as_deref())).wide());
    items
}

fn lines(doc: &StockDoc) -> Lines {
    let columns: Vec<LineColumn<StockLine>> = vec![
        (t::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (t::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (t::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (t::CONDITION, Align::Left, |l| match l.to_condition {
            Some(to) => view! { <span>{cell::tag(l.condition)} " → " {cell::tag(to)}</span> }.into_any(),
            None => cell::tag(l.condition),
        }),
        (t::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (t::UNIT_COST, Align::Right, |l| l.unit_cost.map_or_else(cell::none, cell::price)),
        (t::VALUE, Align::Right, |l| l.value.map_or_else(cell::none, cell::money)),
        (t::REMARK, Align::Left, |l| cell::maybe(l.remark.as_ref())),
    ];
    Lines::of(&doc.lines, columns)
        .total(t::TOTAL_QUANTITY, cell::quantity(doc.total_quantity))
        .total(t::TOTAL_VALUE, doc.total_value.map_or_else(cell::none, cell::money))
}

fn entries(doc: &StockDoc) -> Lines {
    let columns: Vec<LineColumn<StockMove>> = vec![
        (t::PRODUCT, Align::Left, |m| cell::text(&*m.product_name)),
        (t::SERIAL, Align::Left, |m| cell::maybe(m.serial.as_ref())),
        (t::FROM, Align::Left, |m| place(&m.from)),
        (t::TO, Align::Left, |m| place(&m.to)),
        (t::QUANTITY, Align::Right, |m| cell::quantity(m.quantity)),
        (t::VALUE, Align::Right, |m| m.value.map_or_else(cell::none, cell::money)),
        (t::EFFECTIVE_AT, Align::Left, |m| cell::time(m.effective_at)),
    ];
    Lines::of(&doc.moves, columns)
}

fn accounts(doc: &StockDoc) -> Lines {
    let columns: Vec<LineColumn<Journal>> = vec![
        (t::ACCOUNT, Align::Left, |j| {
            let account = j.account;
            view! { <span><span class="code">{account.as_str()}</span> " " {move || text::choice(account)}</span> }
                .into_any()
        }),
        (t::DEBIT, Align::Right, |j| cell::some_money(j.debit)),
        (t::CREDIT, Align::Right, |j| cell::some_money(j.credit)),
    ];
    let debit: openapi::Money = doc.accounts.iter().map(|j| j.debit).sum();
    Lines::of(&doc.accounts, columns).total(t::TOTAL_VALUE, cell::some_money(debit))
}

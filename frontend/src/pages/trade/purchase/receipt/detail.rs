//! One goods receipt.

use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::nav::Params;
use crate::pages::master;
use crate::pages::stock::document;
use crate::pages::trade::purchase::{back, order};
use crate::text::{delivery, documents, purchase as t, purchase_return, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::trade::purchase::GOODS_RECEIVE;
use openapi::trade::purchase::back::PurchaseReturnLink;
use openapi::trade::purchase::receipt::{
    GetGoodsReceipt, GoodsReceipt, GoodsReceiptAction, GoodsReceiptLife, GoodsReceiptLine, ReverseGoodsReceipt,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a receipt looks like.
pub fn page() -> DetailPage<GetGoodsReceipt> {
    DetailPage::<GetGoodsReceipt>::document::<GoodsReceiptLife>(vec![(
        GoodsReceiptAction::Reverse,
        Act::reason::<ReverseGoodsReceipt>("reason", 500),
    )])
    .files_by(GOODS_RECEIVE)
    .mark(return_link)
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
    .lines(purchase_return::RETURNS, returns)
    .lines(delivery::POSTINGS, |d| document::postings(&d.postings))
}

fn return_link(doc: &GoodsReceipt) -> AnyView {
    if doc.is_returnable {
        return cell::link(purchase_return::GO_BACK.get(), format!("/trade/purchase-returns/new?receipt={}", doc.id));
    }
    ().into_any()
}

fn basics(doc: &GoodsReceipt) -> Vec<Item> {
    let mut items = vec![
        item(t::ORDERS, cell::link(doc.order_number.clone(), order::href(doc.order_id))),
        item(t::SUPPLIER, cell::link(doc.party_name.to_string(), master::customer::href(doc.party_id))),
        item(t::WAREHOUSE, cell::text(&*doc.warehouse_name)),
        item(t::RECEIVED_AT, cell::time(doc.effective_at)),
        item(t::NOTE_NUMBER, cell::maybe(doc.reference.as_ref())),
        item(documents::CREATED_AT, cell::time(doc.created_at)),
    ];
    if let Some(reason) = &doc.reason {
        items.push(item(t::REASON, cell::text(reason.clone())).wide());
    }
    items.push(item(stock::REMARK, cell::note(doc.remark.as_deref())).wide());
    items
}

fn lines(doc: &GoodsReceipt) -> Lines {
    let columns: Vec<LineColumn<GoodsReceiptLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (stock::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (purchase_return::RETURNED, Align::Right, |l| cell::some_quantity(l.returned)),
        (t::NET_VALUE, Align::Right, |l| cell::money(l.value)),
    ];
    Lines::of(&doc.lines, columns)
        .total(stock::TOTAL_QUANTITY, cell::quantity(doc.total_quantity))
        .total(t::NET_TOTAL, cell::money(doc.total_value))
}

fn returns(doc: &GoodsReceipt) -> Lines {
    let columns: Vec<LineColumn<PurchaseReturnLink>> = vec![
        (stock::NUMBER, Align::Left, |r| cell::link(r.number.clone(), back::href(r.id))),
        (stock::STATE, Align::Left, |r| cell::tag(r.state)),
        (stock::QUANTITY, Align::Right, |r| cell::quantity(r.total_quantity)),
        (purchase_return::CREDIT, Align::Right, |r| cell::money(r.credit)),
    ];
    Lines::of(&doc.returns, columns)
}

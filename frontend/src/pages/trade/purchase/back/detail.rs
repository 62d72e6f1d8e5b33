//! One purchase return: what goes back, what the supplier credits for it, and sending it.

use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::field;
use crate::nav::Params;
use crate::pages::master;
use crate::pages::stock::document;
use crate::pages::trade::purchase::receipt;
use crate::text::{delivery, documents, purchase, purchase_return as t, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::trade::purchase::PURCHASE_RETURN_EDIT;
use openapi::trade::purchase::back::{
    ApprovePurchaseReturn, GetPurchaseReturn, PurchaseReturn, PurchaseReturnAction, PurchaseReturnLife,
    PurchaseReturnLine, PurchaseReturnShipment, PurchaseReturnState, RejectPurchaseReturn, ReversePurchaseReturn,
    ShipPurchaseReturn, SubmitPurchaseReturn, VoidPurchaseReturn,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a return looks like.
pub fn page() -> DetailPage<GetPurchaseReturn> {
    use PurchaseReturnAction as A;
    let sending = |_: &PurchaseReturn| {
        vec![
            field!(PurchaseReturnShipment.effective_at, t::SENT_AT).hint(purchase::EFFECTIVE_HINT),
            field!(PurchaseReturnShipment.credit_no, t::CREDIT_NO).hint(t::CREDIT_NO_HINT),
        ]
    };
    DetailPage::<GetPurchaseReturn>::document::<PurchaseReturnLife>(vec![
        (A::Submit, Act::post::<SubmitPurchaseReturn>()),
        (A::Approve, Act::confirm::<ApprovePurchaseReturn>(t::APPROVE_HAPPENS)),
        (A::Ship, Act::form::<ShipPurchaseReturn>(sending)),
        (A::Reject, Act::reason::<RejectPurchaseReturn>("reason", 500)),
        (A::Void, Act::reason::<VoidPurchaseReturn>("reason", 500)),
        (A::Reverse, Act::reason::<ReversePurchaseReturn>("reason", 500)),
    ])
    .files_by(PURCHASE_RETURN_EDIT)
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
    .lines(delivery::POSTINGS, |d| document::postings(&d.postings))
}

fn basics(doc: &PurchaseReturn) -> Vec<Item> {
    let mut items = vec![
        item(purchase::RECEIPTS, cell::link(doc.receipt_number.clone(), receipt::href(doc.receipt_id))),
        item(purchase::SUPPLIER, cell::link(doc.party_name.to_string(), master::customer::href(doc.party_id))),
        item(t::WAREHOUSE, cell::text(&*doc.warehouse_name)),
        item(documents::CREATED_AT, cell::time(doc.created_at)),
    ];
    if doc.effective_at.is_some() {
        items.push(item(t::SENT_AT, cell::maybe_time(doc.effective_at)));
        items.push(item(t::CREDIT_NO, cell::maybe(doc.credit_no.as_ref())));
        items.push(item(t::SET_OFF, cell::money(doc.set_off)));
        items.push(item(t::OPEN, cell::money(doc.open)));
    }
    items.push(item(t::REASON, cell::note(Some(&*doc.reason))).wide());
    if let Some(reason) = &doc.reversal_reason {
        items.push(item(purchase::REASON, cell::note(Some(reason))).wide());
    }
    items
}

fn lines(doc: &PurchaseReturn) -> Lines {
    let mut columns: Vec<LineColumn<PurchaseReturnLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (t::CONDITION, Align::Left, |l| cell::tag(l.condition)),
        (t::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
    ];
    let is_posted = matches!(doc.state, PurchaseReturnState::Posted | PurchaseReturnState::Reversed);
    if !is_posted {
        return Lines::of(&doc.lines, columns).total(stock::TOTAL_QUANTITY, cell::quantity(doc.total_quantity));
    }
    columns.push((t::RELEASED, Align::Right, |l| cell::quantity(l.released)));
    columns.push((t::ACCRUED, Align::Right, |l| cell::money(l.accrued)));
    columns.push((purchase::TOTAL_TAX, Align::Right, |l| cell::money(l.tax)));
    columns.push((t::CREDIT, Align::Right, |l| cell::money(l.credit)));
    Lines::of(&doc.lines, columns)
        .total(stock::TOTAL_QUANTITY, cell::quantity(doc.total_quantity))
        .total(t::ACCRUED, cell::money(doc.accrued))
        .total(t::CREDIT, cell::money(doc.credit))
}

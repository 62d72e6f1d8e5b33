//! Writes and changes a draft. What is owed starts one (`…/new?way=return&party_id=ID`).

use crate::doc::form::Form;
use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::pages::master::product::products;
use crate::pages::master::warehouse::warehouses;
use crate::text::{documents, stock, swap as t};
use leptos::prelude::AnyView;
use openapi::choice::Choice;
use openapi::stock::swap::{CreateSwap, GetSwap, Swap, SwapDraft, SwapLineDraft, SwapWay, UpdateSwap};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("swap", t::NEW, t::EDIT, "/stock/swaps")
        .section(
            documents::BASICS,
            vec![
                field!(SwapDraft.way, t::WAY).initial(SwapWay::Accept.as_str()),
                field!(SwapDraft.party_id, t::PARTY).hint(t::PARTY_HINT).pick(customers()),
                field!(SwapDraft.warehouse_id, stock::WAREHOUSE).pick(warehouses("is_active=true")),
                field!(SwapDraft.reference, t::REFERENCE),
                field!(SwapDraft.accept_over, t::OVER_TAKEN)
                    .hint(t::OVER_HINT)
                    .when(|form: Form| is(form, SwapWay::Back)),
                field!(SwapDraft.remark, stock::REMARK),
            ],
        )
        .section(stock::LINES, vec![Field::lines("lines", stock::LINES, stock::ADD_LINE, 200, line()).begun()])
        .from_address(&["way", "party_id"])
        .create::<CreateSwap>(saved)
        .edit::<GetSwap, UpdateSwap>(saved)
        .view(params)
}

fn is(form: Form, way: SwapWay) -> bool {
    form.text("/way") == way.as_str()
}

fn line() -> Vec<Field> {
    vec![
        field!(SwapLineDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
        field!(SwapLineDraft.serial, stock::SERIAL).hint(stock::SERIAL_HINT),
        field!(SwapLineDraft.for_serial, t::FOR_SERIAL)
            .hint(t::FOR_SERIAL_HINT)
            .when(|form: Form| is(form, SwapWay::Return) || is(form, SwapWay::Back)),
        field!(SwapLineDraft.quantity, stock::QUANTITY).initial("1"),
        field!(SwapLineDraft.condition, stock::CONDITION)
            .hint(t::CONDITION_HINT)
            .when(|form: Form| !is(form, SwapWay::Back)),
        field!(SwapLineDraft.is_replaced, t::REPLACED)
            .hint(t::REPLACED_HINT)
            .when(|form: Form| is(form, SwapWay::Return)),
        field!(SwapLineDraft.fault, t::FAULT),
    ]
}

fn saved(doc: &Swap) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}

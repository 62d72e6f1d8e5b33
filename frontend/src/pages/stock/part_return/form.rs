//! Writes and changes the draft of a return.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::customer::parties;
use crate::pages::master::warehouse::warehouses;
use crate::pages::stock::owed_part::open_parts;
use crate::text::{documents, part_return as t, stock};
use leptos::prelude::AnyView;
use openapi::service::part_return::{
    CreatePartReturn, GetPartReturn, PartReturn, PartReturnDraft, PartReturnLineDraft, UpdatePartReturn,
};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("part-return", t::RETURN_NEW, t::RETURN_EDIT, "/stock/part-returns")
        .section(
            documents::BASICS,
            vec![
                field!(PartReturnDraft.warehouse_id, t::LEAVES)
                    .hint(t::LEAVES_HINT)
                    .pick(warehouses("is_active=true&kind=bad")),
                field!(PartReturnDraft.maker_id, t::MAKER).hint(t::MAKER_HINT).pick(parties("role=maker")),
                field!(PartReturnDraft.courier, t::COURIER),
                field!(PartReturnDraft.tracking_number, t::PARCEL),
                field!(PartReturnDraft.remark, stock::REMARK),
            ],
        )
        .section(t::LINES, vec![Field::lines("lines", t::LINES, t::ADD_LINE, 200, line()).begun()])
        .create::<CreatePartReturn>(saved)
        .edit::<GetPartReturn, UpdatePartReturn>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        field!(PartReturnLineDraft.owed_part_id, t::OWED_PART).pick(open_parts()),
        field!(PartReturnLineDraft.declared, t::DECLARED).hint(t::DECLARED_HINT).initial("bad"),
        field!(PartReturnLineDraft.quantity, t::SENT).hint(t::SENT_HINT),
        field!(PartReturnLineDraft.remark, stock::REMARK),
    ]
}

fn saved(doc: &PartReturn) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}

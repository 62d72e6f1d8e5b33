//! One requisition: what is asked for, approved and sent.

use crate::api::session::may;
use crate::doc::{Act, DetailPage, Field, Item, LineColumn, Lines, cell, item};
use crate::field;
use crate::nav::Params;
use crate::text::{delivery as t, documents, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::stock::requisition::{
    ApproveRequisition, CloseRequisition, GetRequisition, RejectRequisition, Requisition, RequisitionAction,
    RequisitionApproval, RequisitionGrant, RequisitionLife, RequisitionLine, RequisitionState, SubmitRequisition,
    VoidRequisition,
};
use openapi::stock::{REQUISITION_EDIT, TRANSFER_EDIT};
use serde_json::json;

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a requisition looks like.
pub fn page() -> DetailPage<GetRequisition> {
    use RequisitionAction as A;
    DetailPage::<GetRequisition>::document::<RequisitionLife>(vec![
        (A::Submit, Act::post::<SubmitRequisition>()),
        (A::Approve, Act::form::<ApproveRequisition>(|_| approval()).filled(grants)),
        (A::Reject, Act::reason::<RejectRequisition>("reason", 500)),
        (A::Close, Act::reason::<CloseRequisition>("reason", 500)),
        (A::Void, Act::reason::<VoidRequisition>("reason", 500)),
    ])
    .files_by(REQUISITION_EDIT)
    .mark(|d| if d.is_partly_approved { cell::label(t::PARTLY) } else { ().into_any() })
    .mark(send_link)
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
}

/// Send goods once it is approved.
fn send_link(doc: &Requisition) -> AnyView {
    if doc.state == RequisitionState::Approved && untrack(|| may(TRANSFER_EDIT)) {
        return cell::link(t::SEND_GOODS.get(), format!("/stock/transfers/new?requisition={}", doc.id));
    }
    ().into_any()
}

fn approval() -> Vec<Field> {
    let line = vec![
        Field::hidden("line_id"),
        Field::shown("product", stock::PRODUCT),
        Field::shown("asked", t::ASKED),
        field!(RequisitionGrant.quantity, t::APPROVED),
    ];
    vec![Field::given_lines("lines", stock::LINES, line), field!(RequisitionApproval.remark, stock::REMARK)]
}

/// Everything is approved unless somebody lowers it.
fn grants(doc: &Requisition) -> serde_json::Value {
    let line = |l: &RequisitionLine| json!({ "line_id": l.id, "product": l.product_name, "asked": l.quantity, "quantity": l.quantity });
    json!({ "lines": doc.lines.iter().map(line).collect::<Vec<_>>() })
}

fn basics(doc: &Requisition) -> Vec<Item> {
    vec![
        item(t::ASKS, cell::text(&*doc.org_name)),
        item(t::GIVES, cell::text(&*doc.supplier_name)),
        item(t::PRIORITY, cell::tag(doc.priority)),
        item(t::NEEDED_ON, cell::maybe_date(doc.needed_on)),
        item(t::PURPOSE, cell::maybe(doc.purpose.as_ref())),
        item(documents::CREATED_AT, cell::time(doc.created_at)),
        item(stock::REMARK, cell::note(doc.remark.as_deref())).wide(),
    ]
}

fn lines(doc: &Requisition) -> Lines {
    let columns: Vec<LineColumn<RequisitionLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (t::ASKED, Align::Right, |l| cell::quantity(l.quantity)),
        (t::APPROVED, Align::Right, |l| l.approved.map_or_else(cell::none, cell::quantity)),
        (t::SHIPPED, Align::Right, |l| cell::quantity(l.shipped)),
        (stock::REMARK, Align::Left, |l| cell::maybe(l.remark.as_ref())),
    ];
    Lines::of(&doc.lines, columns)
}

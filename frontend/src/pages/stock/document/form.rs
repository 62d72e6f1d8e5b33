//! Writes and changes a draft.

use crate::doc::form::{Control, Form};
use crate::doc::send::allowed;
use crate::doc::{Field, FormPage, Saved, picker};
use crate::field;
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::pages::master::warehouse::{people, warehouses};
use crate::text::{documents, stock as t};
use crate::ui::{Pick, PickSource};
use leptos::prelude::AnyView;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::service::ticket::{GetTicket, ListTickets, Ticket, TicketRow};
use openapi::stock::STOCK_DOC_POST;
use openapi::stock::document::{CreateStockDoc, GetStockDoc, StockDoc, StockDocDraft, StockLineDraft, UpdateStockDoc};

/// The form. What does not belong to the chosen kind is neither shown nor sent.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("stock-document", t::DOC_NEW, t::DOC_EDIT, "/stock/documents")
        .section(
            documents::BASICS,
            vec![
                field!(StockDocDraft.kind, t::KIND)
                    .control(Control::Select(super::kinds_by_hand))
                    .initial(DocKind::StockIn.as_str()),
                field!(StockDocDraft.reason, t::REASON)
                    .hint(t::REASON_HINT)
                    .when(|form| is_any(form, &[DocKind::StockIn, DocKind::StockOut])),
                field!(StockDocDraft.warehouse_id, t::WAREHOUSE).pick(warehouses("is_active=true")),
                field!(StockDocDraft.engineer_id, t::ENGINEER)
                    .pick(people())
                    .required()
                    .when(|form| is_any(form, &[DocKind::EngineerIssue, DocKind::EngineerReturn])),
                field!(StockDocDraft.to_warehouse_id, t::TO_WAREHOUSE)
                    .hint(t::TO_WAREHOUSE_HINT)
                    .pick(warehouses("is_active=true"))
                    .required()
                    .when(|form| is_any(form, &[DocKind::WarehouseMove])),
                field!(StockDocDraft.witness_id, t::WITNESS)
                    .hint(t::WITNESS_HINT)
                    .pick(people())
                    .required()
                    .when(|form| is_any(form, &[DocKind::Destruction])),
                field!(StockDocDraft.ticket_id, t::TICKET)
                    .pick(tickets())
                    .required()
                    .when(|form| is_any(form, &[DocKind::BadPartReturn])),
                field!(StockDocDraft.effective_at, t::EFFECTIVE_AT).hint(t::EFFECTIVE_HINT),
                field!(StockDocDraft.reference, t::REFERENCE),
                field!(StockDocDraft.remark, t::REMARK),
            ],
        )
        .section(
            t::LINES,
            vec![
                Field::lines("lines", t::LINES, t::ADD_LINE, 200, line()).begun(),
                // what is destroyed is photographed before it is posted
                field!(StockDocDraft.post, t::POST_NOW)
                    .hint(t::POST_NOW_HINT)
                    .when(|form| may_post() && !is_any(form, &[DocKind::Destruction])),
            ],
        )
        .from_address(&["kind", "ticket_id"])
        .create::<CreateStockDoc>(saved)
        .edit::<GetStockDoc, UpdateStockDoc>(saved)
        .view(params)
}

fn may_post() -> bool {
    allowed(Some(STOCK_DOC_POST))
}

/// What only bad parts do.
const BAD_ONLY: &[DocKind] = &[DocKind::Destruction, DocKind::BadPartReturn];

fn is_any(form: Form, kinds: &[DocKind]) -> bool {
    let chosen = form.text("/kind");
    kinds.iter().any(|kind| kind.as_str() == chosen)
}

fn line() -> Vec<Field> {
    vec![
        field!(StockLineDraft.product_id, t::PRODUCT).pick(products("is_active=true")),
        field!(StockLineDraft.quantity, t::QUANTITY).initial("1"),
        field!(StockLineDraft.unit_cost, t::UNIT_COST)
            .hint(t::UNIT_COST_HINT)
            .when(|form| is_any(form, &[DocKind::StockIn, DocKind::OpeningStock])),
        field!(StockLineDraft.unit_cost, t::STILL_WORTH)
            .hint(t::STILL_WORTH_HINT)
            .when(|form| is_any(form, &[DocKind::WarehouseMove])),
        field!(StockLineDraft.serial, t::SERIAL).hint(t::SERIAL_HINT),
        field!(StockLineDraft.condition, t::CONDITION).when(|form| !is_any(form, BAD_ONLY)),
        field!(StockLineDraft.to_condition, t::TO_CONDITION)
            .hint(t::TO_CONDITION_HINT)
            .when(|form| is_any(form, &[DocKind::WarehouseMove])),
        field!(StockLineDraft.owner, t::OWNER)
            .when(|form| is_any(form, &[DocKind::WarehouseMove, DocKind::Destruction])),
        field!(StockLineDraft.remark, t::REMARK),
    ]
}

/// Picks a ticket by number, phone, serial or customer.
fn tickets() -> PickSource {
    let row = |t: &TicketRow| Pick {
        value: t.id.to_string(),
        label: t.number.to_string(),
        detail: t.customer_name.to_string(),
    };
    let one =
        |t: &Ticket| Pick { value: t.id.to_string(), label: t.number.to_string(), detail: t.customer_name.to_string() };
    picker::<ListTickets, GetTicket>("", row, one)
}

fn saved(doc: &StockDoc) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}

//! The tickets.

use super::{href, mark, pick};
use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::text::{documents, ticket as t};
use leptos::prelude::*;
use openapi::master::dictionary::DictionaryKind;
use openapi::service::state::{Priority, Stage, TicketState};
use openapi::service::ticket::{CreateTicket, ListTickets, TicketRow};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListTickets>::new("tickets", t::TITLE)
        .search_hint(t::SEARCH_HINT)
        .filter(Filter::choices::<Stage>("stage", t::STAGE))
        .filter(Filter::choices::<TicketState>("state", t::STATE))
        .filter(Filter::choices::<Priority>("priority", t::PRIORITY))
        .filter(Filter::text("serial", t::SERIAL))
        .filter(Filter::text("number", t::NUMBER))
        .filter(Filter::pick("warranty_state_id", t::WARRANTY, pick::dictionary(DictionaryKind::WarrantyState)))
        .filter(Filter::pick("engineer_id", t::ENGINEER, pick::engineers()))
        .filter(Filter::pick("org_id", t::STATION, pick::stations()))
        .filter(Filter::pick("customer_id", t::CUSTOMER, crate::pages::master::customer::customers()))
        .filter(Filter::flag("is_overdue", t::OVERDUE))
        .filter(Filter::flag("is_abnormal", t::ABNORMAL))
        .filter(Filter::flag("is_assigned", t::ASSIGNED))
        .filter(Filter::flag("is_settled", t::SETTLED))
        .filter(Filter::flag("is_imported", t::IMPORTED))
        .filter(Filter::created())
        .preset(t::VIEW_REPAIR, "stage=repair&sort=promised_at")
        .preset(t::VIEW_UNASSIGNED, "stage=repair&is_assigned=false")
        .preset(t::VIEW_QC, "stage=quality")
        .preset(t::VIEW_PICKUP, "stage=pickup")
        .preset(t::VIEW_OVERDUE, "is_overdue=true&sort=promised_at")
        .preset(t::VIEW_ABNORMAL, "is_abnormal=true")
        .preset(t::VIEW_CALLBACK, "state=completed")
        .preset(t::VIEW_AUDIT, "state=called_back")
        .column(Column::new("number", t::NUMBER, |r: &TicketRow| cell::code(r.number.clone())).width("10.5em"))
        .column(Column::new("state", t::STATE, |r: &TicketRow| cell::tag(r.state)))
        .column(
            Column::new("alarms", t::ALARMS, mark::row_alarms)
                .field("priority")
                .also("is_overdue", t::OVERDUE)
                .also("is_abnormal", t::ABNORMAL),
        )
        .column(
            Column::new("customer", t::CUSTOMER, who)
                .field("customer_name")
                .also("customer_phone", t::PHONE)
                .width("8em"),
        )
        .column(Column::new("product", t::UNIT, what).field("product_name").also("serial", t::SERIAL).width("15em"))
        .column(
            Column::new("fault", t::FAULT, |r: &TicketRow| {
                view! { <span class="clip fault-cell">{r.fault_summary.clone()}</span> }.into_any()
            })
            .field("fault_summary"),
        )
        .column(
            Column::new("warranty", t::WARRANTY, |r: &TicketRow| cell::text(r.warranty_state_name.clone()))
                .field("warranty_state_name"),
        )
        .column(
            Column::new("engineer", t::ENGINEER, |r: &TicketRow| cell::maybe(r.engineer_name.as_ref()))
                .field("engineer_name"),
        )
        .column(
            Column::new("promised_at", t::PROMISED, |r: &TicketRow| mark::promise(r.promised_at, r.state)).width("9em"),
        )
        .column(
            Column::new("due", t::CUSTOMER_DUE, |r: &TicketRow| cell::money(r.customer_due))
                .field("customer_due")
                .right()
                .hidden(),
        )
        .column(Column::new("payer", t::PAYER, |r: &TicketRow| cell::tag(r.payer)).hidden())
        .column(Column::new("created_at", documents::CREATED_AT, |r: &TicketRow| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &TicketRow| cell::time(r.updated_at)).hidden())
        .open(|r| href(r.id))
        .create::<CreateTicket>(t::INTAKE, "/service/intake/new")
        .view()
}

fn who(row: &TicketRow) -> AnyView {
    view! { <span class="stack"><span>{row.customer_name.clone()}</span>{cell::phone_text(&row.customer_phone)}</span> }
        .into_any()
}

fn what(row: &TicketRow) -> AnyView {
    let serial = row.serial.as_ref().map(|serial| view! { <span class="code faint">{serial.to_string()}</span> });
    view! { <span class="stack"><span>{row.product_name.clone()}</span>{serial}</span> }.into_any()
}

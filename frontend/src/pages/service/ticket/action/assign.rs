//! Giving a ticket to an engineer: those of its station, with what they have in hand.

use super::sheet::{Case, sheet};
use crate::api::{Loader, call};
use crate::doc::problem::error_panel;
use crate::doc::{Field, Form, draw_fields};
use crate::field;
use crate::text::{common, ticket as t};
use crate::ui::{Delayed, Skeleton};
use leptos::prelude::*;
use openapi::service::board::{BoardQuery, EngineerLoad};
use openapi::service::ticket::{AssignTicket, ListEngineers};
use openapi::service::work::Assignment;
use openapi::{Nothing, Plain};

/// The sheet.
pub fn fill_in(case: Case) -> AnyView {
    let (org, now) = (case.ticket.org_id, case.ticket.engineer_id);
    let loader = Loader::new(move || {
        let query = Plain(BoardQuery { org_id: Some(org), ..BoardQuery::default() });
        call::<ListEngineers>(Nothing, query, Nothing)
    });
    let choose = move |form: Form, pointer: String| {
        let list = move || match (loader.data.get(), loader.error.get()) {
            (Some(all), _) if all.items.is_empty() => view! { <p class="hint">{t::NO_ENGINEERS}</p> }.into_any(),
            (Some(all), _) => {
                let pointer = pointer.clone();
                let one = move |(index, engineer): (usize, EngineerLoad)| {
                    engineer_row(form, pointer.clone(), engineer, index == 0)
                };
                all.items.into_iter().filter(|e| Some(e.user_id) != now).enumerate().map(one).collect_view().into_any()
            }
            (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
            (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=3 /></Delayed> }.into_any(),
        };
        view! { <div class="choice-list" role="radiogroup" aria-label=t::ENGINEER>{list}</div> }.into_any()
    };
    let mut engineer = Field::own("engineer_id", t::ENGINEER, choose).required();
    engineer.hint = case.ticket.engineer_name.is_some().then_some(t::REASSIGN_HINT);
    let mut reason = field!(Assignment.reason, common::REASON);
    reason.required = now.is_some();
    let form = Form::new(vec![engineer, reason]);
    let inner = draw_fields(form, &form.fields(), "");
    sheet::<AssignTicket>(case, form, inner)
}

fn engineer_row(form: Form, pointer: String, engineer: EngineerLoad, is_first: bool) -> AnyView {
    let id = engineer.user_id.to_string();
    let (mine, at) = (id.clone(), pointer.clone());
    let chosen = Memo::new(move |_| form.text(&at) == mine);
    let control = if is_first { crate::doc::form::control_id(&pointer) } else { format!("engineer-{id}") };
    let count = engineer.open_tickets;
    view! {
        <label class="choice-row">
            <input type="radio" name="engineer" id=control prop:checked=move || chosen.get()
                on:change=move |_| form.set(&pointer, id.clone()) />
            <span class="grow"><strong>{engineer.name}</strong>" "<span class="faint">{engineer.login}</span></span>
            <span class="faint">{move || String::from(t::IN_HAND.with("count", count))}</span>
        </label>
    }
    .into_any()
}

//! Giving a ticket to an engineer: those of its station, with what they have in hand; with the acceptance or later.

use super::sheet::{Case, sheet};
use crate::api::{Loader, call, session};
use crate::doc::problem::error_panel;
use crate::doc::{Field, Form, draw_fields};
use crate::field;
use crate::text::{common, ticket as t};
use crate::ui::{Delayed, Skeleton};
use leptos::prelude::*;
use openapi::service::TICKET_ASSIGN;
use openapi::service::board::{BoardQuery, EngineerLoad};
use openapi::service::ticket::{AcceptTicket, AssignTicket, ListEngineers};
use openapi::service::work::{Acceptance, Assignment};
use openapi::{Nothing, Plain};

/// The sheet.
pub fn fill_in(case: Case) -> AnyView {
    let now = case.ticket.engineer_id;
    let mut engineer = Field::own("engineer_id", t::ENGINEER, choice(&case, false)).required();
    engineer.hint = case.ticket.engineer_name.is_some().then_some(t::REASSIGN_HINT);
    let mut reason = field!(Assignment.reason, common::REASON);
    reason.required = now.is_some();
    let form = Form::new(vec![engineer, reason]);
    let inner = draw_fields(form, &form.fields(), "");
    sheet::<AssignTicket>(case, form, inner)
}

/// The sheet of the acceptance: whoever may assign can do it here.
pub fn accept(case: Case) -> AnyView {
    let mut fields = vec![field!(Acceptance.remark, t::REMARK)];
    if untrack(|| session::may(TICKET_ASSIGN)) {
        fields.insert(0, Field::own("engineer_id", t::ENGINEER, choice(&case, true)));
    }
    let form = Form::new(fields);
    let inner = view! { <p class="sheet-hint">{t::ACCEPT_HINT}</p> {draw_fields(form, &form.fields(), "")} };
    sheet::<AcceptTicket>(case, form, inner.into_any())
}

/// The engineers of the ticket's station but the one who has it; `later` offers to name nobody yet.
fn choice(case: &Case, later: bool) -> impl Fn(Form, String) -> AnyView + Send + Sync + use<> {
    let (org, now) = (case.ticket.org_id, case.ticket.engineer_id);
    let loader = Loader::new(move || {
        let query = Plain(BoardQuery { org_id: Some(org), ..BoardQuery::default() });
        call::<ListEngineers>(Nothing, query, Nothing)
    });
    move |form: Form, pointer: String| {
        let list = move || match (loader.data.get(), loader.error.get()) {
            (Some(all), _) if all.items.is_empty() => view! { <p class="hint">{t::NO_ENGINEERS}</p> }.into_any(),
            (Some(all), _) => {
                let nobody = later.then(|| {
                    row(form, &pointer, String::new(), true, view! { <span class="grow">{t::ENGINEER_LATER}</span> })
                });
                let pointer = pointer.clone();
                let one = move |(index, engineer): (usize, EngineerLoad)| {
                    engineer_row(form, &pointer, engineer, index == 0 && !later)
                };
                let others = all.items.into_iter().filter(|e| Some(e.user_id) != now);
                view! { {nobody} {others.enumerate().map(one).collect_view()} }.into_any()
            }
            (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
            (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=3 /></Delayed> }.into_any(),
        };
        view! { <div class="choice-list" role="radiogroup" aria-label=t::ENGINEER>{list}</div> }.into_any()
    }
}

fn engineer_row(form: Form, pointer: &str, engineer: EngineerLoad, is_first: bool) -> AnyView {
    let count = engineer.open_tickets;
    let face = view! {
        <span class="grow"><strong>{engineer.name}</strong>" "<span class="faint">{engineer.login}</span></span>
        <span class="faint">{move || String::from(t::IN_HAND.with("count", count))}</span>
    };
    row(form, pointer, engineer.user_id.to_string(), is_first, face)
}

/// One choice: sets the field at `pointer` to `id`. The first one is what the field's label points to.
fn row(form: Form, pointer: &str, id: String, is_first: bool, face: impl IntoView) -> AnyView {
    let (mine, at, to) = (id.clone(), pointer.to_owned(), pointer.to_owned());
    let chosen = Memo::new(move |_| form.text(&at) == mine);
    let control = if is_first { crate::doc::form::control_id(pointer) } else { format!("engineer-{id}") };
    view! {
        <label class="choice-row">
            <input type="radio" name="engineer" id=control prop:checked=move || chosen.get()
                on:change=move |_| form.set(&to, id.clone()) />
            {face.into_any()}
        </label>
    }
    .into_any()
}

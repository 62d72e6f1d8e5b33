//! What can be done to a ticket, each action with the sheet it is filled in on. Workbench and board share them.

mod assign;
mod callback;
mod collect;
mod diagnose;
mod fees;
mod pickup;
mod sheet;

pub use collect::{due, offered};
pub use pickup::upload;
pub use sheet::{Bench, Quick};

use crate::doc::{Field, Form, draw_fields};
use crate::field;
use crate::nav;
use crate::pages::service::ticket::bench::{in_hand, to_issue};
use crate::text::{self, Label, common, ticket as t};
use crate::ui::{Dialog, Notice};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::service::state::TicketAction;
use openapi::service::ticket::{
    AuditTicket, AwaitTicketParts, CancelTicket, FailTicket, FinishTicket, PassTicket, ResumeTicket,
    ReverseTicketAudit, ReverseTicketCompletion, ReverseTicketFinish, ReverseTicketSettlement, SendTicketBack,
    SettleTicket, Ticket, WaiveTicketCallback,
};
use openapi::service::work::{FinishDraft, Reason, Remark};
use sheet::{Case, TicketCall, sheet};
use std::sync::Arc;

/// An action that somebody has begun on a ticket.
pub type Begun = Option<(TicketAction, Arc<Ticket>)>;

/// Where begun actions are filled in. Setting `begun` opens the sheet.
#[component]
pub fn ActionDialog(
    /// The action that is being filled in.
    begun: RwSignal<Begun>,
    /// Who wants to know what became of it.
    bench: Bench,
) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(begun.with(Option::is_some)));
    Effect::new(move || {
        if !open.get() && begun.with_untracked(Option::is_some) {
            begun.set(None);
        }
    });
    let title = Signal::derive(move || {
        begun.get().map(|(action, ticket)| format!("{} · {}", text::choice(action), ticket.number)).unwrap_or_default()
    });
    let content = move || {
        let (action, ticket) = begun.get()?;
        let same = ticket.clone();
        let instead = Callback::new(move |action| begun.set(Some((action, same.clone()))));
        Some(fill_in(Case { instead, action, ticket, bench, close: Callback::new(move |()| open.set(false)) }))
    };
    view! { <Dialog open=open title=title broad=true>{content}</Dialog> }.into_any()
}

/// Begins an action: some lead to a page of their own, the others open their sheet.
pub fn begin(begun: RwSignal<Begun>, action: TicketAction, ticket: Arc<Ticket>) {
    match action {
        TicketAction::Edit => nav::go(&format!("{}/edit", super::href(ticket.id))),
        TicketAction::Parts => nav::go(&super::href(ticket.id)),
        _ => begun.set(Some((action, ticket))),
    }
}

fn fill_in(case: Case) -> AnyView {
    match case.action {
        TicketAction::Accept => assign::accept(case),
        TicketAction::AwaitParts => remark::<AwaitTicketParts>(case, t::AWAIT_HINT),
        TicketAction::PartsArrived => remark::<ResumeTicket>(case, t::ARRIVED_HINT),
        TicketAction::Finish => finish(case),
        TicketAction::PassQc => remark::<PassTicket>(case, t::PASS_HINT),
        TicketAction::Audit => remark::<AuditTicket>(case, t::AUDIT_HINT),
        TicketAction::Settle => settle(case),
        TicketAction::Cancel => reason::<CancelTicket>(case, t::CANCEL_HINT),
        TicketAction::FailQc => reason::<FailTicket>(case, t::FAIL_HINT),
        TicketAction::WaiveCallback => reason::<WaiveTicketCallback>(case, t::WAIVE_HINT),
        TicketAction::SendBack => reason::<SendTicketBack>(case, t::SEND_BACK_HINT),
        TicketAction::ReverseSettlement => reason::<ReverseTicketSettlement>(case, t::REVERSE_HINT),
        TicketAction::ReverseFinish => reason::<ReverseTicketFinish>(case, t::REVERSE_HINT),
        TicketAction::ReverseCompletion => reason::<ReverseTicketCompletion>(case, t::REVERSE_HINT),
        TicketAction::ReverseAudit => reason::<ReverseTicketAudit>(case, t::REVERSE_AUDIT_HINT),
        TicketAction::Assign => assign::fill_in(case),
        TicketAction::Diagnose => diagnose::fill_in(case),
        TicketAction::Charge => fees::fill_in(case),
        TicketAction::Collect => collect::fill_in(case),
        TicketAction::PickUp => pickup::fill_in(case),
        TicketAction::CallBack => callback::fill_in(case),
        TicketAction::Edit | TicketAction::Parts => ().into_any(),
    }
}

fn remark<E: TicketCall>(case: Case, hint: Label) -> AnyView {
    with_fields::<E>(case, hint, vec![field!(Remark.remark, t::REMARK)])
}

fn reason<E: TicketCall>(case: Case, hint: Label) -> AnyView {
    with_fields::<E>(case, hint, vec![field!(Reason.reason, common::REASON)])
}

fn with_fields<E: TicketCall>(case: Case, hint: Label, fields: Vec<Field>) -> AnyView {
    let form = Form::new(fields);
    let inner = view! { <p class="sheet-hint">{hint}</p> {draw_fields(form, &form.fields(), "")} }.into_any();
    sheet::<E>(case, form, inner)
}

/// Where parts are reserved or in hand, one tick issues and fits them all. It is offered where none of them needs a serial.
fn finish(case: Case) -> AnyView {
    let mut fields = vec![field!(FinishDraft.remark, t::REMARK)];
    let parts = &case.ticket.parts;
    let is_planned = parts.iter().any(|part| to_issue(part).is_positive() || in_hand(part).is_positive());
    let by_serial = parts.iter().any(|part| part.is_serial_tracked && to_issue(part).is_positive());
    if is_planned && !by_serial && case.ticket.allowed.contains(&TicketAction::Parts) {
        fields.insert(0, field!(FinishDraft.use_parts, t::USE_PARTS).hint(t::USE_PARTS_HINT));
    }
    with_fields::<FinishTicket>(case, t::FINISH_HINT, fields)
}

fn settle(case: Case) -> AnyView {
    let form = Form::new(vec![field!(Remark.remark, t::REMARK)]);
    let bill = super::bench::bill(&case.ticket.charges);
    let inner = view! {
        <Notice tone=Tone::Info text=t::SETTLE_HINT />
        {bill}
        {draw_fields(form, &form.fields(), "")}
    };
    sheet::<SettleTicket>(case, form, inner.into_any())
}

//! The workbench: one page for everybody who has to do with a ticket. What is shown to do comes from the server.

mod facts;
mod ledger;
mod money;
mod parts;
mod photos;
mod repair;
mod returns;
mod step;

pub use money::bill;
pub use parts::{in_hand, to_issue};
pub use photos::gallery;

use super::action::{ActionDialog, Begun, Bench, Quick, begin, due, offered};
use super::{href, mark};
use crate::api::{Loader, call};
use crate::doc::problem::error_panel;
use crate::doc::{Journal, PageHead, cell};
use crate::nav::Params;
use crate::text::{self, common, ticket as t};
use crate::ui::{Button, Delayed, Icon, LinkButton, Look, Menu, MenuItem, Notice, Question, Skeleton, ask};
use leptos::prelude::*;
use openapi::choice::{Choice, Tone};
use openapi::service::TICKET_INTAKE;
use openapi::service::state::{TicketAction, TicketLifecycle};
use openapi::service::ticket::{GetTicket, RegisterTicketUnit, RemarkOnTicket, Ticket, TicketId};
use openapi::service::work::Reason;
use openapi::{ById, Nothing, Resource};
use std::sync::Arc;

/// The ticket on the bench; the sections follow it.
type Shown = Signal<Option<Arc<Ticket>>>;

/// The page.
pub fn bench(params: &Params) -> AnyView {
    let Some(id) = params.get("id").and_then(|id| id.parse::<TicketId>().ok()) else {
        return error_panel(&crate::api::ApiError::not_found(), None);
    };
    let loader =
        Loader::new(move || async move { call::<GetTicket>(ById { id }, Nothing, Nothing).await.map(Arc::new) });
    let shown: Shown = loader.data.into();
    let ready = Memo::new(move |_| shown.with(Option::is_some));
    let bench = Bench {
        changed: Callback::new(move |ticket| loader.data.set(Some(Arc::new(ticket)))),
        moved: Callback::new(move |()| loader.reload()),
    };
    let body = move || {
        if ready.get() {
            return draw(id, shown, bench);
        }
        match loader.error.get() {
            Some(error) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
            None => view! { <Delayed when=loader.busy><Skeleton rows=10 /></Delayed> }.into_any(),
        }
    };
    body.into_any()
}

/// Draws a section and draws it again when the ticket has changed.
fn follow(shown: Shown, draw: impl Fn(&Arc<Ticket>) -> AnyView + Send + Sync + 'static) -> AnyView {
    (move || shown.with(|ticket| ticket.as_ref().map(&draw))).into_any()
}

fn draw(id: TicketId, shown: Shown, bench: Bench) -> AnyView {
    let begun = RwSignal::new(None::<(TicketAction, Arc<Ticket>)>);
    let quick = Quick::new(bench);
    let number =
        Signal::derive(move || shown.with(|ticket| ticket.as_ref().map(|t| t.number.clone()).unwrap_or_default()));
    let marks = move || {
        follow(shown, |t| {
            let alarms = mark::alarms(t.priority, t.is_overdue, t.is_abnormal, t.rework_count);
            view! { {cell::tag(t.state)} {alarms} {mark::imported(t.imported_at.is_some())} }.into_any()
        })
    };
    let version = Memo::new(move |_| shown.with(|ticket| ticket.as_ref().map_or(0, |t| t.version)));
    let words = crate::doc::detail::JournalWords::of::<TicketLifecycle>();
    let journal = move || {
        view! { <Journal subject_kind=Ticket::NAME.to_owned() subject_id=id.to_string() words=words stamp=version.get() /> }
    };
    view! {
        <PageHead title=number marks=marks>{follow(shown, move |t| bar(t, begun, quick))}</PageHead>
        {follow(shown, |t| mark::course(t.state))}
        {follow(shown, warnings)}
        <div class="detail split">
            <div class="detail-main">
                {follow(shown, move |t| facts::unit(t, quick))}
                {follow(shown, repair::diagnosis)}
                {parts::card(shown, quick)}
                {follow(shown, move |t| money::card(t, begun))}
                {follow(shown, returns::accessories)}
                {photos::card(id)}
                {follow(shown, returns::callback)}
            </div>
            <div class="detail-side">
                {follow(shown, facts::side)}
                {follow(shown, ledger::card)}
                {journal}
            </div>
        </div>
        <ActionDialog begun=begun bench=bench />
    }
    .into_any()
}

/// What one should know before doing anything.
fn warnings(ticket: &Arc<Ticket>) -> AnyView {
    let others = ticket
        .duplicates
        .iter()
        .filter(|d| d.id != ticket.id)
        .map(|d| view! { {cell::link(d.number.clone(), href(d.id))} " " }.into_any());
    let others: Vec<_> = others.collect();
    let is_history = ticket.imported_at.is_some() && !ticket.state.is_open() && !ticket.charges.is_settled;
    let late = ticket.rework_count > 0 && ticket.finished_at.is_none();
    view! {
        {(!others.is_empty()).then(|| view! { <Notice tone=Tone::Warning text=t::DUPLICATES>{others}</Notice> })}
        {is_history.then(|| view! { <Notice tone=Tone::Info text=t::IMPORTED_HINT /> })}
        {late.then(|| view! { <Notice tone=Tone::Warning text=t::CAME_BACK /> })}
    }
    .into_any()
}

/// The action that the present state is waiting for.
fn main_action(ticket: &Ticket) -> Option<TicketAction> {
    let all = offered(ticket);
    let may = |action: &TicketAction| all.contains(action);
    let unpaid = due(ticket).is_positive();
    let order: &[TicketAction] = match (ticket.engineer_id, unpaid) {
        (None, _) => &[TicketAction::Accept, TicketAction::Assign, TicketAction::Diagnose],
        (Some(_), true) => &[
            TicketAction::Finish,
            TicketAction::Diagnose,
            TicketAction::PartsArrived,
            TicketAction::PassQc,
            TicketAction::Collect,
        ],
        (Some(_), false) => &[
            TicketAction::Finish,
            TicketAction::Diagnose,
            TicketAction::PartsArrived,
            TicketAction::PassQc,
            TicketAction::PickUp,
        ],
    };
    let later =
        [TicketAction::Accept, TicketAction::CallBack, TicketAction::Audit, TicketAction::PickUp, TicketAction::Assign];
    let waiting = order.iter().chain(&later).copied().find(|a| may(a));
    // a repair that has no method yet is waiting for the diagnosis, not for the end
    match waiting {
        Some(TicketAction::Finish) if ticket.methods.is_empty() && may(&TicketAction::Diagnose) => {
            Some(TicketAction::Diagnose)
        }
        other => other,
    }
}

/// Actions that are rare or take something back stand in the menu at the end.
fn is_rare(action: TicketAction) -> bool {
    matches!(
        action,
        TicketAction::Cancel
            | TicketAction::WaiveCallback
            | TicketAction::ReverseSettlement
            | TicketAction::ReverseFinish
            | TicketAction::ReverseCompletion
            | TicketAction::ReverseAudit
    )
}

fn bar(ticket: &Arc<Ticket>, begun: RwSignal<Begun>, quick: Quick) -> AnyView {
    let main = main_action(ticket);
    let button = |action: TicketAction| {
        let look = match action {
            action if Some(action) == main => Look::Primary,
            action if action.tone() == Tone::Danger => Look::Danger,
            _ => Look::Plain,
        };
        let ticket = ticket.clone();
        let press = move |()| begin(begun, action, ticket.clone());
        view! { <Button label=Signal::derive(move || text::choice(action).to_owned()) look=look on_press=press /> }
    };
    let shown = |a: &TicketAction| !is_rare(*a) && !matches!(a, TicketAction::Parts) && Some(*a) != main;
    let others = offered(ticket).into_iter().filter(shown).map(button).collect_view();
    let items = menu(ticket, begun, quick);
    view! {
        <div class="action-bar">
            {main.map(button)} {others}
            <LinkButton label=t::PRINT href=format!("{}/slip", href(ticket.id)) glyph=Icon::Print />
            <Menu label=common::MORE right=true items=Signal::stored(items) />
        </div>
    }
    .into_any()
}

fn menu(ticket: &Arc<Ticket>, begun: RwSignal<Begun>, quick: Quick) -> Vec<MenuItem> {
    let noted = ticket.clone();
    let mut items = vec![MenuItem::new(t::ADD_REMARK, Some(Icon::Edit), move || note(noted.clone(), quick))];
    if ticket.is_abnormal && ticket.unit_id.is_none() && untrack(|| crate::api::session::may(TICKET_INTAKE)) {
        let ticket = ticket.clone();
        items.push(MenuItem::new(t::REGISTER_UNIT, Some(Icon::Device), move || {
            quick.send::<RegisterTicketUnit>(&ticket, &())
        }));
    }
    for action in ticket.allowed.iter().copied().filter(|a| is_rare(*a)) {
        let ticket = ticket.clone();
        let label = Signal::derive(move || text::choice(action).to_owned());
        let mut item = MenuItem::new(label, None, move || begin(begun, action, ticket.clone()));
        item.danger = action.tone() == Tone::Danger;
        items.push(item);
    }
    items
}

fn note(ticket: Arc<Ticket>, quick: Quick) {
    leptos::task::spawn_local(async move {
        let question = Question {
            title: format!("{} · {}", t::ADD_REMARK.get(), ticket.number),
            confirm: t::ADD_REMARK.get().to_owned(),
            reason: Some((t::REMARK.get().to_owned(), 500)),
            ..Question::default()
        };
        if let Some(reason) = ask(question).await.and_then(|text| text.parse().ok()) {
            quick.send::<RemarkOnTicket>(&ticket, &Reason { reason });
        }
    });
}

//! The board: a column for each state, cards that are moved by hand or by key. Only moves that the server allows are offered.

use super::action::{ActionDialog, Begun, Bench, begin};
use super::{href, mark};
use crate::api::{Loader, call, session};
use crate::doc::PageHead;
use crate::doc::problem::{error_panel, error_toast};
use crate::nav::{self, Params};
use crate::text::{self, documents, ticket as t};
use crate::ui::{Bind, Button, CheckBox, Delayed, Icon, LinkButton, Look, Menu, MenuItem, Skeleton, icon, toast};
use leptos::prelude::*;
use leptos_router::components::A;
use openapi::choice::{Choice, Tone};
use openapi::document::Lifecycle;
use openapi::service::TICKET_INTAKE;
use openapi::service::board::{BoardColumn, BoardQuery};
use openapi::service::state::{TicketAction, TicketLifecycle, TicketState};
use openapi::service::ticket::{GetTicket, GetTicketBoard, TicketId, TicketRow};
use openapi::{ById, Nothing, Plain};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many cards of a column are drawn before the reader asks for more.
const SHOWN: usize = 15;

#[derive(Clone, Copy)]
struct Desk {
    begun: RwSignal<Begun>,
    dragged: RwSignal<Option<TicketRow>>,
    opened: RwSignal<BTreeSet<&'static str>>,
}

/// The page.
pub fn board(_: &Params) -> AnyView {
    let mine = RwSignal::new(nav::query_value("mine").unwrap_or_default());
    let loader = Loader::new(move || {
        let me = session::me().filter(|_| mine.with(|m| m == "true")).map(|me| me.user_id);
        call::<GetTicketBoard>(Nothing, Plain(BoardQuery { org_id: None, engineer_id: me }), Nothing)
    });
    let desk =
        Desk { begun: RwSignal::new(None), dragged: RwSignal::new(None), opened: RwSignal::new(BTreeSet::new()) };
    let bench =
        Bench { changed: Callback::new(move |_| loader.reload()), moved: Callback::new(move |()| loader.reload()) };
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(board), _) => {
            let columns = board.columns.into_iter().map(|column| draw_column(desk, column)).collect_view();
            view! { <div class="board" role="list" aria-label=t::BOARD>{columns}</div> }.into_any()
        }
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=10 /></Delayed> }.into_any(),
    };
    let may_take_in = untrack(|| session::may(TICKET_INTAKE));
    view! {
        <PageHead title=t::BOARD>
            <CheckBox id="mine" bind=Bind::signal(mine) label=t::ONLY_MINE />
            <Button label=documents::REFRESH icon=Icon::Refresh busy=loader.busy on_press=move |()| loader.reload() />
            {may_take_in.then(|| view! { <LinkButton label=t::INTAKE href="/service/intake/new" look=Look::Primary glyph=Icon::Plus /> })}
        </PageHead>
        {body}
        <ActionDialog begun=desk.begun bench=bench />
    }
    .into_any()
}

/// Where an action of this row leads, for those that move the card.
fn goal(row: &TicketRow, action: TicketAction) -> Option<TicketState> {
    TicketLifecycle::step(row.state, action).map(|step| step.to).filter(|to| *to != row.state)
}

/// The action that moves this row into a state; the friendly one where there are several.
fn action_into(row: &TicketRow, to: TicketState) -> Option<TicketAction> {
    let fitting = || row.allowed.iter().copied().filter(|action| goal(row, *action) == Some(to));
    fitting()
        .find(|action| action.tone() != Tone::Danger && *action != TicketAction::WaiveCallback)
        .or_else(|| fitting().next())
}

fn start(desk: Desk, action: TicketAction, id: TicketId) {
    leptos::task::spawn_local(async move {
        match call::<GetTicket>(ById { id }, Nothing, Nothing).await {
            Ok(ticket) => begin(desk.begun, action, Arc::new(ticket)),
            Err(error) => error_toast(&error),
        }
    });
}

fn draw_column(desk: Desk, column: BoardColumn) -> AnyView {
    let state = column.state;
    let fits = Memo::new(move |_| desk.dragged.with(|row| row.as_ref().map(|row| action_into(row, state).is_some())));
    let over = RwSignal::new(false);
    let dragover = move |ev: web_sys::DragEvent| {
        if fits.get_untracked() == Some(true) {
            ev.prevent_default();
            over.set(true);
        }
    };
    let drop = move |ev: web_sys::DragEvent| {
        ev.prevent_default();
        over.set(false);
        let Some(row) = desk.dragged.get_untracked() else { return };
        desk.dragged.set(None);
        match action_into(&row, state) {
            Some(action) => start(desk, action, row.id),
            None => toast::error(documents::NOT_ALLOWED.get()),
        }
    };
    let total = column.count;
    let cards = StoredValue::new(column.cards);
    let all = Memo::new(move |_| desk.opened.with(|opened| opened.contains(state.as_str())));
    let shown = move || {
        let most = if all.get() { usize::MAX } else { SHOWN };
        cards.with_value(|cards| cards.iter().take(most).map(|row| draw_card(desk, row)).collect_view())
    };
    let loaded = cards.with_value(Vec::len);
    let more = move || {
        if !all.get() && loaded > SHOWN {
            let open = move |()| {
                desk.opened.update(|opened| {
                    opened.insert(state.as_str());
                })
            };
            return view! { <Button label=documents::LOAD_MORE look=Look::Quiet on_press=open /> }.into_any();
        }
        let beyond = usize::try_from(total).unwrap_or_default() > loaded;
        beyond.then(|| view! { <A href=format!("/service/tickets?state={state}") attr:class="button quiet">{move || String::from(t::ALL_OF_THEM.with("count", total))}</A> }).into_any()
    };
    view! {
        <section class="board-column" role="listitem" aria-label=move || text::choice(state)
            class:fits=move || fits.get() == Some(true) class:shut=move || fits.get() == Some(false) class:over=move || over.get()
            on:dragover=dragover on:dragleave=move |_| over.set(false) on:drop=drop>
            <header class="board-head"><h2>{move || text::choice(state)}</h2><span class="board-count number">{text::count(total)}</span></header>
            <div class="board-cards">
                {shown}
                {(loaded == 0).then(|| view! { <p class="hint board-empty">{t::COLUMN_EMPTY}</p> })}
                {more}
            </div>
        </section>
    }
    .into_any()
}

fn draw_card(desk: Desk, row: &TicketRow) -> AnyView {
    let (taken, id, number) = (row.clone(), row.id, row.number.clone());
    let dragstart = move |ev: web_sys::DragEvent| {
        if let Some(data) = ev.data_transfer() {
            data.set_data("text/plain", &number).ok();
        }
        desk.dragged.set(Some(taken.clone()));
    };
    let moves: Vec<MenuItem> = row
        .allowed
        .iter()
        .copied()
        .filter(|action| goal(row, *action).is_some() || *action == TicketAction::Assign)
        .map(|action| {
            let mut item = MenuItem::new(Signal::derive(move || text::choice(action).to_owned()), None, move || {
                start(desk, action, id)
            });
            item.danger = action.tone() == Tone::Danger;
            item
        })
        .collect();
    let movable = !moves.is_empty();
    let engineer = row.engineer_name.clone().map_or_else(
        || view! { <span class="tag warning">{t::UNASSIGNED}</span> }.into_any(),
        |name| view! { <span class="faint">{icon(Icon::User)} {name}</span> }.into_any(),
    );
    let (label, row_number) = (row.number.clone(), row.number.clone());
    let menu_name = Signal::derive(move || format!("{} {label}", t::MOVE.get()));
    view! {
        <article class="board-card" draggable=if movable { "true" } else { "false" } on:dragstart=dragstart on:dragend=move |_| desk.dragged.set(None)>
            <div class="board-line">
                <A href=href(id) attr:class="code grow">{row_number}</A>
                {movable.then(|| view! { <Menu label=menu_name class="icon-button small" right=true face=|| icon(Icon::More) items=Signal::stored(moves) /> })}
            </div>
            <div class="board-what">{row.product_name.clone()}</div>
            <div class="faint clip">{row.customer_name.clone()} " · " {row.fault_summary.clone()}</div>
            {mark::row_alarms(row)}
            <div class="board-line">{engineer} <span class="grow"></span> {row.promised_at.map(|_| mark::promise(row.promised_at, row.state))}</div>
        </article>
    }
    .into_any()
}

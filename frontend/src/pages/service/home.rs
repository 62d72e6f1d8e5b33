//! The first page: what waits for the reader, how the station stands, and today's money.

use crate::api::{Loader, call, session};
use crate::doc::PageHead;
use crate::doc::cell;
use crate::doc::problem::error_panel;
use crate::nav::{self, Params};
use crate::text::{self, Label, home as t, shell, ticket};
use crate::ui::{Chart, Delayed, Icon, LinkButton, Look, Skeleton, StatePanel, icon};
use leptos::prelude::*;
use leptos_router::components::A;
use openapi::choice::{Choice, Tone};
use openapi::finance::RECEIPT_VIEW;
use openapi::finance::overview::{GetMoneyToday, MoneyToday};
use openapi::service::board::{BoardQuery, TicketCounts, Todo, TodoKind, Todos};
use openapi::service::state::{Stage, TicketState};
use openapi::service::ticket::{CountTickets, ListTicketTodos};
use openapi::service::{TICKET_INTAKE, TICKET_VIEW};
use openapi::{Nothing, Plain};
use serde_json::json;

/// The page.
pub fn home(_: &Params) -> AnyView {
    let sees_tickets = untrack(|| session::may(TICKET_VIEW));
    let sees_money = untrack(|| session::may(RECEIPT_VIEW));
    let may_take_in = untrack(|| session::may(TICKET_INTAKE));
    let place = Signal::derive(|| {
        session::me().map(|me| format!("{} · {}", me.org_name, me.roles.join("、"))).unwrap_or_default()
    });
    let marks = move || view! { <span class="faint">{move || place.get()}</span> };
    view! {
        <PageHead title=greeting() marks=marks>
            {may_take_in.then(|| view! { <LinkButton label=ticket::INTAKE href="/service/intake/new" look=Look::Primary glyph=Icon::Plus /> })}
        </PageHead>
        {sees_tickets.then(work)}
        {sees_money.then(money)}
        {quick()}
    }
    .into_any()
}

fn greeting() -> Signal<String> {
    Signal::derive(move || {
        let greeting = match text::hour_now() {
            5..12 => shell::GOOD_MORNING,
            12..18 => shell::GOOD_AFTERNOON,
            _ => shell::GOOD_EVENING,
        };
        let name = session::me().map(|me| me.name).unwrap_or_default();
        text::lang()
            .pick("{greeting}，{name}", "{greeting}, {name}")
            .replace("{greeting}", greeting.get())
            .replace("{name}", &name)
    })
}

fn work() -> AnyView {
    let todos = Loader::new(|| call::<ListTicketTodos>(Nothing, Nothing, Nothing));
    let counts = Loader::new(|| call::<CountTickets>(Nothing, Plain(BoardQuery::default()), Nothing));
    view! {
        <div class="home-top">
            <section class="card"><h2 class="card-title">{t::TODOS}</h2>{loaded(todos, draw_todos)}</section>
            <section class="card"><h2 class="card-title">{t::TODAY}</h2>{loaded(counts, draw_today)}</section>
        </div>
        <section class="card"><h2 class="card-title">{t::BY_STAGE}</h2>{loaded(counts, draw_stages)}</section>
    }
    .into_any()
}

fn loaded<T: Clone + Send + Sync + 'static>(loader: Loader<T>, draw: fn(T) -> AnyView) -> AnyView {
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(data), _) => draw(data),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=3 /></Delayed> }.into_any(),
    };
    body.into_any()
}

const fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "todo",
        Tone::Info => "todo info",
        Tone::Success => "todo success",
        Tone::Warning => "todo warning",
        Tone::Danger => "todo danger",
    }
}

fn draw_todos(todos: Todos) -> AnyView {
    if todos.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Success title=t::NOTHING_TO_DO hint=t::NOTHING_TO_DO_HINT /> }
            .into_any();
    }
    let one = |todo: Todo| {
        let kind: TodoKind = todo.kind;
        let href = format!("/service/tickets?{}", todo.query);
        view! {
            <li><A href=href attr:class=tone_class(kind.tone())>
                <span class="todo-count number">{text::count(todo.count)}</span>
                <span class="grow">{move || text::choice(kind)}</span>{icon(Icon::Right)}
            </A></li>
        }
    };
    view! { <ul class="todos">{todos.items.into_iter().map(one).collect_view()}</ul> }.into_any()
}

fn draw_today(counts: TicketCounts) -> AnyView {
    let one = |(label, count, href): (Label, i64, String)| {
        view! { <li><A href=href attr:class="figure"><span class="figure-number number">{text::count(count)}</span><span class="faint">{label}</span></A></li> }
    };
    let from = text::day_start(text::today()).map(|at| at.to_string()).unwrap_or_default();
    let today = nav::render(&[("created_at[gte]".to_owned(), from)]);
    let figures = [
        (t::TAKEN_IN, counts.created_today, format!("/service/tickets?{today}")),
        (t::HANDED_OVER, counts.completed_today, "/service/tickets?state=completed&sort=-updated_at".to_owned()),
        (ticket::OVERDUE, counts.overdue, "/service/tickets?is_overdue=true&sort=promised_at".to_owned()),
        (ticket::UNASSIGNED, counts.unassigned, "/service/tickets?stage=repair&is_assigned=false".to_owned()),
        (ticket::ABNORMAL, counts.abnormal, "/service/tickets?is_abnormal=true".to_owned()),
    ];
    view! { <ul class="figures">{figures.into_iter().map(one).collect_view()}</ul> }.into_any()
}

fn draw_stages(counts: TicketCounts) -> AnyView {
    let of = |stage: Stage| counts.states.iter().filter(|s| s.stage == stage).map(|s| s.count).sum::<i64>();
    let stages = Stage::ALL.iter().copied().filter(|s| *s != Stage::Cancelled);
    let all: Vec<(Stage, i64)> = stages.map(|stage| (stage, of(stage))).collect();
    if all.iter().all(|(_, count)| *count == 0) {
        let may_take_in = untrack(|| session::may(TICKET_INTAKE));
        return view! {
            <StatePanel glyph=Icon::Wrench title=t::NO_TICKETS hint=t::NO_TICKETS_HINT>
                {may_take_in.then(|| view! { <LinkButton label=ticket::INTAKE href="/service/intake/new" look=Look::Primary glyph=Icon::Plus /> })}
            </StatePanel>
        }
        .into_any();
    }
    let in_repair =
        counts.states.iter().filter(|s| s.stage == Stage::Repair && s.count > 0).map(|s| (s.state, s.count));
    let sub: Vec<(TicketState, i64)> = in_repair.collect();
    let one = |(stage, count): (Stage, i64)| {
        let inner = (stage == Stage::Repair).then(|| {
            let part = |(state, count): &(TicketState, i64)| {
                let (state, count) = (*state, *count);
                view! { <span>{move || text::choice(state)} " " {text::count(count)}</span> }
            };
            view! { <span class="stage-sub faint">{sub.iter().map(part).collect_view()}</span> }
        });
        view! {
            <li><A href=format!("/service/tickets?stage={stage}") attr:class="stage-tile">
                <span class="figure-number number">{text::count(count)}</span><span>{move || text::choice(stage)}</span>{inner}
            </A></li>
        }
    };
    view! { <ol class="stage-tiles">{all.into_iter().map(one).collect_view()}</ol> }.into_any()
}

fn money() -> AnyView {
    let loader = Loader::new(|| call::<GetMoneyToday>(Nothing, Nothing, Nothing));
    view! { <section class="card"><h2 class="card-title">{t::MONEY_TODAY}</h2>{loaded(loader, draw_money)}</section> }
        .into_any()
}

fn draw_money(money: MoneyToday) -> AnyView {
    let figures = vec![
        (t::RECEIVED, text::money(money.received)),
        (t::SETTLED, text::money(money.settled)),
        (t::RECEIVABLE, text::money(money.receivable)),
        (t::DEPOSIT, text::money(money.deposit)),
    ];
    let methods = StoredValue::new(money.methods);
    let options = Signal::derive(move || {
        methods.with_value(|methods| {
            let names: Vec<_> = methods.iter().map(|m| text::choice(m.method)).collect();
            let amounts: Vec<_> = methods.iter().map(|m| m.amount.to_string()).collect();
            json!({
                "xAxis": { "type": "category", "data": names, "axisTick": { "show": false } },
                "yAxis": { "type": "value", "splitNumber": 3 },
                "grid": { "left": 8, "right": 8, "top": 16, "bottom": 4, "containLabel": true },
                "series": [{ "type": "bar", "data": amounts, "barMaxWidth": 42, "itemStyle": { "borderRadius": [4, 4, 0, 0] } }],
            })
        })
    });
    let summary = Signal::derive(move || {
        let parts = methods.with_value(|methods| {
            methods.iter().map(|m| format!("{} {}", text::choice(m.method), text::money(m.amount))).collect::<Vec<_>>()
        });
        format!("{}: {}", t::MONEY_TODAY.get(), parts.join(", "))
    });
    let chart = methods.with_value(|m| m.iter().any(|m| !m.amount.is_zero()));
    view! {
        <div class="home-money">
            {cell::figures(figures)}
            {if chart {
                view! { <Chart summary=summary options=options height="200px" /> }.into_any()
            } else {
                view! { <p class="hint">{t::NO_MONEY}</p> }.into_any()
            }}
        </div>
    }
    .into_any()
}

/// The ways to the pages that the reader may see.
fn quick() -> AnyView {
    let tile = |page: &'static nav::Place| {
        let glyph = page.menu.map(|(_, glyph)| icon(glyph));
        view! { <li><A href=page.path attr:class="tile">{glyph}<span>{page.title}</span></A></li> }
    };
    let tiles =
        move || nav::pages().filter(|p| p.path != "/" && p.menu.is_some() && p.is_allowed()).map(tile).collect_view();
    view! { <section class="card"><h2 class="card-title">{shell::QUICK_ENTRY}</h2><ul class="tiles">{tiles}</ul></section> }.into_any()
}

//! Counting, with one hand and a scanner: scan or type a code, Enter, the next one.

use super::href;
use crate::api::{ApiError, Loader, call};
use crate::doc::problem::{error_panel, error_toast};
use crate::doc::{PageHead, cell};
use crate::nav::Params;
use crate::text::{self, stock, stocktake as t};
use crate::ui::{
    Bind, Button, Delayed, FieldBox, Icon, IconButton, Input, InputKind, LinkButton, Look, Notice, Select,
    SelectOption, Skeleton, Task, focus,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::choice::{Choice, Tone};
use openapi::stock::Condition;
use openapi::stock::stocktake::{
    CountStocktake, GetStocktake, Stocktake, StocktakeCount, StocktakeCountDraft, StocktakeCountId, StocktakeId,
    StocktakeLine, StocktakeUncount, UncountStocktake,
};
use openapi::{ById, Nothing, Quantity};

/// What is typed, and what came of it.
#[derive(Clone, Copy)]
struct State {
    id: StocktakeId,
    loader: Loader<Stocktake>,
    code: RwSignal<String>,
    serial: RwSignal<String>,
    wants_serial: RwSignal<bool>,
    condition: RwSignal<String>,
    quantity: RwSignal<String>,
    last: RwSignal<Option<StocktakeCount>>,
    wrong: RwSignal<Option<String>>,
    task: Task,
}

impl State {
    fn draft(self) -> Option<StocktakeCountDraft> {
        let serial = self.serial.get_untracked();
        Some(StocktakeCountDraft {
            code: self.code.get_untracked().trim().parse().ok()?,
            serial: if self.wants_serial.get_untracked() { serial.trim().parse().ok() } else { None },
            condition: Condition::parse(&self.condition.get_untracked()),
            quantity: self.quantity.get_untracked().trim().parse().ok()?,
        })
    }

    fn send(self) {
        if self.task.busy.get_untracked() {
            return;
        }
        let Some(draft) = self.draft() else {
            self.wrong.set(Some(t::TYPE_BOTH.get().to_owned()));
            return;
        };
        self.task.run(async move {
            match call::<CountStocktake>(ById { id: self.id }, Nothing, draft).await {
                Ok(count) => {
                    self.last.set(Some(count));
                    self.clear();
                    self.loader.reload();
                    focus("#count-code");
                }
                Err(error) => self.refused(&error),
            }
        });
    }

    fn clear(self) {
        self.wrong.set(None);
        self.wants_serial.set(false);
        for text in [self.code, self.serial, self.condition] {
            text.set(String::new());
        }
        self.quantity.set("1".to_owned());
    }

    /// Says what is wrong, and asks for the serial where one is missing.
    fn refused(self, error: &ApiError) {
        let wants_serial = error.fields().iter().any(|fault| *fault.pointer == *"/serial");
        let said = error.fields().first().map_or_else(|| error.message(), |fault| fault.message.clone());
        self.wrong.set(Some(said));
        self.last.set(None);
        if wants_serial {
            self.wants_serial.set(true);
        }
        let at = if wants_serial { "#count-serial" } else { "#count-code" };
        request_animation_frame(move || focus(at));
    }

    fn step(self, by: i64) {
        let now = self.quantity.get_untracked().trim().parse::<Quantity>().unwrap_or_default();
        let next = Ord::max(now + Quantity::pieces(by), Quantity::ZERO);
        self.quantity.set(next.to_string());
    }

    fn take_back(self, count_id: StocktakeCountId) {
        spawn_local(async move {
            match call::<UncountStocktake>(ById { id: self.id }, Nothing, StocktakeUncount { count_id }).await {
                Ok(_) => self.last.set(None),
                Err(error) => error_toast(&error),
            }
            self.loader.reload();
        });
    }

    /// Puts a line of the list into the box.
    fn choose(self, line: &StocktakeLine) {
        self.clear();
        self.code.set(line.product_code.to_string());
        if let Some(serial) = &line.serial {
            self.wants_serial.set(true);
            self.serial.set(serial.to_string());
        }
        self.condition.set(line.condition.as_str().to_owned());
        focus("#count-quantity");
    }
}

/// The page.
pub fn count(params: &Params) -> AnyView {
    let id = params.get("id").and_then(|id| id.parse::<StocktakeId>().ok());
    let Some(id) = id else { return error_panel(&ApiError::not_found(), None) };
    let state = State {
        id,
        loader: Loader::new(move || call::<GetStocktake>(ById { id }, Nothing, Nothing)),
        code: RwSignal::new(String::new()),
        serial: RwSignal::new(String::new()),
        wants_serial: RwSignal::new(false),
        condition: RwSignal::new(String::new()),
        quantity: RwSignal::new("1".to_owned()),
        last: RwSignal::new(None),
        wrong: RwSignal::new(None),
        task: Task::new(),
    };
    let loader = state.loader;
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(doc), _) if !doc.is_blind => view! { <Notice tone=Tone::Info text=t::NOT_COUNTING /> }.into_any(),
        (Some(doc), _) => progress(state, doc),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=4 /></Delayed> }.into_any(),
    };
    view! {
        <PageHead title=t::COUNT>
            <LinkButton label=t::BACK href=href(id) glyph=Icon::Document />
        </PageHead>
        <div class="counting">{box_of(state)} {body}</div>
    }
    .into_any()
}

/// Where codes are scanned into.
fn box_of(state: State) -> AnyView {
    let conditions = Signal::derive(|| {
        let any = SelectOption { value: String::new(), label: Signal::stored(t::ANY_CONDITION.get().to_owned()) };
        let option = |c: &Condition| SelectOption {
            value: c.as_str().to_owned(),
            label: Signal::stored(c.label(text::lang()).to_owned()),
        };
        std::iter::once(any).chain(Condition::ALL.iter().map(option)).collect::<Vec<_>>()
    });
    let serial = move || {
        state.wants_serial.get().then(|| {
            view! {
                <FieldBox id="count-serial" label=stock::SERIAL>
                    <Input id="count-serial" kind=InputKind::Code bind=Bind::signal(state.serial) />
                </FieldBox>
            }
        })
    };
    view! {
        <form class="card" on:submit=move |ev| { ev.prevent_default(); state.send(); }>
            <FieldBox id="count-code" label=t::SCAN>
                <Input id="count-code" kind=InputKind::Code bind=Bind::signal(state.code) autofocus=true />
            </FieldBox>
            {serial}
            <div class="count-row">
                <FieldBox id="count-quantity" label=stock::QUANTITY>
                    <div class="stepper">
                        <button type="button" class="button" aria-label=t::LESS on:click=move |_| state.step(-1)>"−"</button>
                        <Input id="count-quantity" kind=InputKind::Decimal bind=Bind::signal(state.quantity) />
                        <button type="button" class="button" aria-label=t::MORE on:click=move |_| state.step(1)>"+"</button>
                    </div>
                </FieldBox>
                <FieldBox id="count-condition" label=stock::CONDITION>
                    <Select id="count-condition" options=conditions bind=Bind::signal(state.condition) />
                </FieldBox>
            </div>
            <Button label=t::COUNT_IT look=Look::Primary submit=true busy=state.task.busy />
            {move || outcome(state)}
        </form>
    }
    .into_any()
}

/// What came of the last scan, in large letters.
fn outcome(state: State) -> AnyView {
    if let Some(wrong) = state.wrong.get() {
        return view! { <Notice tone=Tone::Danger text=Signal::stored(wrong) /> }.into_any();
    }
    let Some(last) = state.last.get() else { return ().into_any() };
    let name = last.product_name.to_string();
    let moved = last.is_moved.then(|| view! { <Notice tone=Tone::Warning text=t::MOVED /> });
    let serial = last.serial.map(|serial| view! { <span class="code">{serial.to_string()}</span> });
    view! {
        <p class="counted" role="status">
            <strong>{name}</strong> {serial} {cell::tag(last.condition)}
            <span class="grow">"+" {cell::quantity(last.quantity)}</span>
            <span class="faint">{t::SO_FAR} " "</span> <b class="large">{cell::quantity(last.total)}</b>
        </p>
        {moved}
    }
    .into_any()
}

/// How much is left, the latest counts, and what to look for.
fn progress(state: State, doc: Stocktake) -> AnyView {
    let open: Vec<StocktakeLine> = doc.lines.iter().filter(|line| line.is_open).cloned().collect();
    let counts = doc.counts.into_iter().map(|count| counted(state, count)).collect_view();
    let left = Signal::derive(move || t::LEFT.with("count", doc.open_lines).to_string());
    let line = move |line: StocktakeLine| {
        let name = line.product_name.to_string();
        let code = line.serial.as_ref().map_or_else(|| line.product_code.to_string(), ToString::to_string);
        let condition = cell::tag(line.condition);
        let bin = line.bin.as_ref().map(|bin| view! { <span class="code">{bin.to_string()}</span> " " });
        view! {
            <li><button type="button" class="pick-line" on:click=move |_| state.choose(&line)>
                <span class="grow">{bin} {name} " " <span class="code faint">{code}</span></span> {condition}
            </button></li>
        }
    };
    let to_find = (!open.is_empty()).then(|| {
        view! {
            <section class="card"><h2 class="card-title">{t::TO_FIND}</h2>
                <ul class="plain-list">{open.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    });
    view! {
        <p class="hint">{move || left.get()}</p>
        <section class="card"><h2 class="card-title">{t::LATEST}</h2><ul class="plain-list">{counts}</ul></section>
        {to_find}
    }
    .into_any()
}

fn counted(state: State, count: StocktakeCount) -> AnyView {
    let id = count.id;
    let serial = count.serial.map(|serial| serial.to_string()).unwrap_or_default();
    view! {
        <li>
            <span class="grow">{count.product_name.to_string()} " " <span class="code faint">{serial}</span>
                <span class="faint">{count.by_name.to_string()} " · " {text::time(count.at)}</span></span>
            <b>{cell::quantity(count.quantity)}</b>
            <IconButton label=t::TAKE_BACK icon=Icon::Close on_press=move |()| state.take_back(id) />
        </li>
    }
    .into_any()
}

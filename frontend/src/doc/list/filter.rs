//! The filters of a list, as data. Each is a parameter of the list's endpoint and stands in the page's address.

use crate::doc::form::choice_options;
use crate::text::{self, Label, common, documents};
use crate::ui::{Bind, Combo, FieldBox, Input, InputKind, MultiSelect, PickSource, Select, SelectOption};
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::{Date, Timestamp};
use std::collections::BTreeMap;

/// One filter.
#[derive(Clone)]
pub struct Filter {
    pub(super) key: &'static str,
    pub(super) label: Label,
    kind: Kind,
    pub(super) hint: Option<Label>,
}

#[derive(Clone)]
enum Kind {
    Text,
    Choices(fn() -> Vec<SelectOption>),
    Flag,
    Pick(PickSource),
    /// A month.
    Month,
    /// From and to, as instants at the beginning of days.
    Days,
    /// From and to, as dates.
    Dates,
}

/// The filters typed in so far, by parameter.
pub(super) type Typed = BTreeMap<String, String>;

impl Filter {
    fn new(key: &'static str, label: Label, kind: Kind) -> Self {
        Filter { key, label, kind, hint: None }
    }

    /// A text: number, phone, serial.
    pub fn text(key: &'static str, label: Label) -> Self {
        Self::new(key, label, Kind::Text)
    }

    /// Any of the values of a choice (`AnyOf<C>` in the contract).
    pub fn choices<C: Choice>(key: &'static str, label: Label) -> Self {
        Self::new(key, label, Kind::Choices(choice_options::<C>))
    }

    /// Yes, no, or either (`bool` in the contract).
    pub fn flag(key: &'static str, label: Label) -> Self {
        Self::new(key, label, Kind::Flag)
    }

    /// One record.
    pub fn pick(key: &'static str, label: Label, source: PickSource) -> Self {
        Self::new(key, label, Kind::Pick(source))
    }

    /// A month (`Month` in the contract).
    pub fn month(key: &'static str, label: Label) -> Self {
        Self::new(key, label, Kind::Month)
    }

    /// A range of days over instants: the parameters `key[gte]` and `key[lt]`.
    pub fn days(key: &'static str, label: Label) -> Self {
        Self::new(key, label, Kind::Days)
    }

    /// A range of dates: the parameters `key[gte]` and `key[lte]`.
    pub fn dates(key: &'static str, label: Label) -> Self {
        Self::new(key, label, Kind::Dates)
    }

    /// When it was created; every list has that.
    pub fn created() -> Self {
        Self::days("created_at", documents::CREATED_AT)
    }

    /// What to type, shown inside.
    #[must_use]
    pub fn hint(mut self, hint: Label) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The parameters that it sets.
    pub(super) fn parameters(&self) -> Vec<String> {
        match self.kind {
            Kind::Days => vec![format!("{}[gte]", self.key), format!("{}[lt]", self.key)],
            Kind::Dates => vec![format!("{}[gte]", self.key), format!("{}[lte]", self.key)],
            _ => vec![self.key.to_owned()],
        }
    }

    /// Draws it. `apply` is called when a change should take effect at once.
    pub(super) fn draw(&self, typed: RwSignal<Typed>, apply: Callback<()>) -> AnyView {
        let id = format!("filter-{}", self.key);
        let parameters = self.parameters();
        let first = parameters.first().cloned().unwrap_or_default();
        let (label, hint) = (self.label, self.hint);
        let placeholder = Signal::derive(move || hint.map(|h| h.get().to_owned()));
        let control = match &self.kind {
            Kind::Text => view! { <Input id=id.clone() bind=typing(typed, first) placeholder=placeholder /> }.into_any(),
            Kind::Choices(options) => view! {
                <MultiSelect id=id.clone() name=label empty=common::ALL options=Signal::derive(*options) bind=applying(typed, first, apply) />
            }
            .into_any(),
            Kind::Flag => view! {
                <Select id=id.clone() options=Signal::derive(yes_no) empty=common::ALL bind=applying(typed, first, apply) />
            }
            .into_any(),
            Kind::Pick(source) => view! {
                <Combo id=id.clone() name=label source=source.clone() bind=applying(typed, first, apply) />
            }
            .into_any(),
            Kind::Month => view! {
                <Input id=id.clone() bind=applying(typed, first, apply) kind=InputKind::Month />
            }
            .into_any(),
            Kind::Days | Kind::Dates => {
                let last = parameters.get(1).cloned().unwrap_or_default();
                let is_instant = matches!(self.kind, Kind::Days);
                range(&id, label, [edge(typed, first, is_instant, false, apply), edge(typed, last, is_instant, true, apply)])
            }
        };
        view! { <FieldBox id=id label=label>{control}</FieldBox> }.into_any()
    }
}

fn yes_no() -> Vec<SelectOption> {
    let option = |value: &str, label: Label| SelectOption { value: value.to_owned(), label: label.into() };
    vec![option("true", common::YES), option("false", common::NO)]
}

fn put(typed: RwSignal<Typed>, key: &str, value: String) {
    typed.update(|all| {
        if value.is_empty() {
            all.remove(key);
        } else {
            all.insert(key.to_owned(), value);
        }
    });
}

/// A bind that waits for the search button.
fn typing(typed: RwSignal<Typed>, key: String) -> Bind {
    let read = key.clone();
    let value = Memo::new(move |_| typed.with(|all| all.get(&read).cloned().unwrap_or_default()));
    Bind::new(value, move |text| put(typed, &key, text))
}

/// A bind that takes effect at once.
fn applying(typed: RwSignal<Typed>, key: String, apply: Callback<()>) -> Bind {
    let read = key.clone();
    let value = Memo::new(move |_| typed.with(|all| all.get(&read).cloned().unwrap_or_default()));
    Bind::new(value, move |text| {
        put(typed, &key, text);
        apply.run(());
    })
}

/// One end of a range, shown as a date. The end of a range of instants is the beginning of the day after.
fn edge(typed: RwSignal<Typed>, key: String, is_instant: bool, is_end: bool, apply: Callback<()>) -> Bind {
    let read = key.clone();
    let value = Memo::new(move |_| {
        let stored = typed.with(|all| all.get(&read).cloned().unwrap_or_default());
        match stored.parse::<Timestamp>() {
            Ok(at) if is_instant => {
                let day = text::date_of(at);
                (if is_end { text::previous_day(day) } else { day }).to_string()
            }
            _ => stored,
        }
    });
    Bind::new(value, move |text| {
        let stored = match text.parse::<Date>() {
            Ok(day) if is_instant => {
                let day = if is_end { text::next_day(day) } else { day };
                text::day_start(day).map(|at| at.to_string()).unwrap_or_default()
            }
            _ => text,
        };
        put(typed, &key, stored);
        apply.run(());
    })
}

fn range(id: &str, label: Label, [from, to]: [Bind; 2]) -> AnyView {
    let name = move |end: Label| Signal::derive(move || Some(format!("{} {}", label.get(), end.get())));
    view! {
        <div class="range" role="group" aria-label=label>
            <Input id=id.to_owned() bind=from kind=InputKind::Date name=name(common::FROM) />
            <span aria-hidden="true">"–"</span>
            <Input id=format!("{id}-to") bind=to kind=InputKind::Date name=name(common::TO) />
        </div>
    }
    .into_any()
}

//! What stands in table cells and in the fields of a detail page.

use crate::text::{self, Label};
use leptos::prelude::*;
use leptos_router::components::A;
use openapi::choice::Choice;
use openapi::{Date, Money, Quantity, Timestamp, UnitPrice};

/// A plain text.
pub fn text(value: impl Into<String>) -> AnyView {
    let value: String = value.into();
    if value.chars().count() < 18 {
        return value.into_any();
    }
    // a list cuts long texts off; pointing at one shows all of it
    let title = value.clone();
    view! { <span title=title>{value}</span> }.into_any()
}

/// A text that may be missing.
pub fn maybe<T: std::fmt::Display>(value: Option<&T>) -> AnyView {
    match value {
        Some(value) => text(value.to_string()),
        None => none(),
    }
}

/// The mark for no value.
pub fn none() -> AnyView {
    view! { <span class="none">"—"</span> }.into_any()
}

/// `2026-11-21 17:08`.
pub fn time(at: Timestamp) -> AnyView {
    view! { <time class="number" datetime=at.to_string()>{text::time(at)}</time> }.into_any()
}

/// An instant that may be missing.
pub fn maybe_time(at: Option<Timestamp>) -> AnyView {
    at.map_or_else(none, time)
}

/// `2026-11-21`.
pub fn date(on: Date) -> AnyView {
    view! { <span class="number">{text::date(on)}</span> }.into_any()
}

/// A date that may be missing.
pub fn maybe_date(on: Option<Date>) -> AnyView {
    on.map_or_else(none, date)
}

/// `¥12,345.60`.
pub fn money(amount: Money) -> AnyView {
    view! { <span class="number">{text::money(amount)}</span> }.into_any()
}

/// A quantity.
pub fn quantity(quantity: Quantity) -> AnyView {
    view! { <span class="number">{text::quantity(quantity)}</span> }.into_any()
}

/// An amount; a dash when there is none.
pub fn some_money(amount: Money) -> AnyView {
    if amount.is_zero() { none() } else { money(amount) }
}

/// A quantity; a dash when there is none.
pub fn some_quantity(amount: Quantity) -> AnyView {
    if amount.is_zero() { none() } else { quantity(amount) }
}

/// A rate in basis points, per cent.
pub fn percent(rate: u16) -> AnyView {
    view! { <span class="number">{text::percent(rate)}</span> }.into_any()
}

/// What something adds up to, each sum large above its label.
pub fn figures(all: Vec<(Label, String)>) -> AnyView {
    let one = |(label, sum): (Label, String)| {
        view! { <li class="figure"><span class="figure-number number">{sum}</span><span class="faint">{label}</span></li> }
    };
    view! { <ul class="figures">{all.into_iter().map(one).collect_view()}</ul> }.into_any()
}

/// A unit price.
pub fn price(price: UnitPrice) -> AnyView {
    view! { <span class="number">{format!("¥{}", text::grouped(&price.to_string()))}</span> }.into_any()
}

/// `138 0013 8000`, to be dialled with a tap unless it is partly hidden.
pub fn phone(number: &str) -> AnyView {
    if number.contains('*') {
        return phone_text(number);
    }
    view! { <a class="number plain" href=format!("tel:{number}")>{text::phone(number)}</a> }.into_any()
}

/// A telephone number in a row that is a link itself.
pub fn phone_text(number: &str) -> AnyView {
    view! { <span class="number">{text::phone(number)}</span> }.into_any()
}

/// A code, number or serial.
pub fn code(value: impl Into<String>) -> AnyView {
    let value: String = value.into();
    view! { <span class="code">{value}</span> }.into_any()
}

/// Text of several lines.
pub fn note(value: Option<&str>) -> AnyView {
    match value {
        Some(value) => view! { <span class="pre">{value.to_owned()}</span> }.into_any(),
        None => none(),
    }
}

/// Yes or no.
pub fn yes_no(yes: bool) -> AnyView {
    let label = if yes { text::common::YES } else { text::common::NO };
    view! { <span>{label}</span> }.into_any()
}

/// The tag of a choice.
pub fn tag<C: Choice + Send + Sync>(value: C) -> AnyView {
    crate::ui::tag(value)
}

/// The tag of a choice, or a dash.
pub fn maybe_tag<C: Choice + Send + Sync>(value: Option<C>) -> AnyView {
    value.map_or_else(none, tag)
}

/// The label of a choice without its tone.
pub fn choice<C: Choice + Send + Sync>(value: C) -> AnyView {
    view! { <span>{move || text::choice(value)}</span> }.into_any()
}

/// A link to another record.
pub fn link(label: impl Into<String>, href: impl Into<String>) -> AnyView {
    let (label, href): (String, String) = (label.into(), href.into());
    view! { <A href=href>{label}</A> }.into_any()
}

/// A label of the catalogue.
pub fn label(label: Label) -> AnyView {
    view! { <span>{label}</span> }.into_any()
}

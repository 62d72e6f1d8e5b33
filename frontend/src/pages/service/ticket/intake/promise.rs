//! When the unit is promised to be ready: a moment, and quick choices for the usual ones.

use crate::doc::Field;
use crate::doc::form::{Control, bind, control_id};
use crate::field;
use crate::text::{self, Label, ticket as t};
use crate::ui::{Input, InputKind};
use leptos::prelude::*;
use openapi::service::intake::IntakeDraft;
use std::sync::Arc;

/// Label, days from today, hour.
const USUAL: [(Label, u64, u32); 4] =
    [(t::TODAY_18, 0, 18), (t::TOMORROW_18, 1, 18), (t::IN_3_DAYS, 3, 18), (t::IN_7_DAYS, 7, 18)];

/// The field.
pub fn promised() -> Field {
    let field = field!(IntakeDraft.promised_at, t::PROMISED);
    let typed = Arc::new(field.clone());
    let draw = move |form: crate::doc::Form, pointer: String| {
        let id = control_id(&pointer);
        let tied = bind(form, &pointer, typed.clone());
        let now = text::hour_now();
        let one = |(label, days, hour): (Label, u64, u32)| {
            let at = pointer.clone();
            let press = move |_| {
                let day = (0..days).fold(text::today(), |day, _| text::next_day(day));
                form.set(&at, format!("{day}T{hour:02}:00"));
            };
            // the evening of today is no promise once it has passed
            (days > 0 || now < hour)
                .then(|| view! { <button type="button" class="quick" tabindex="-1" on:click=press>{label}</button> })
        };
        view! {
            <Input bind=tied id=id kind=InputKind::Moment />
            <div class="quick-choices" role="group" aria-label=t::PROMISED>{USUAL.into_iter().map(one).collect_view()}</div>
        }
        .into_any()
    };
    field.control(Control::Own(Arc::new(draw)))
}

//! Stock: what lies where, the documents that move it, and the moves themselves.

pub mod balance;
pub mod bin;
pub mod conversion;
pub mod document;
pub mod formula;
pub mod movement;
pub mod owed_part;
pub mod part_return;
pub mod plan;
pub mod refurb;
pub mod report;
pub mod requisition;
pub mod revaluation;
pub mod shortage;
pub mod stocktake;
pub mod swap;
pub mod transfer;

use crate::doc::cell;
use crate::text;
use leptos::prelude::*;
use openapi::stock::movement::Place;

/// A place by its name; places outside by what they are.
pub fn place(place: &Place) -> AnyView {
    let kind = place.kind;
    match &place.name {
        Some(name) => cell::text(name.to_string()),
        None => view! { <span class="faint">{move || text::choice(kind)}</span> }.into_any(),
    }
}

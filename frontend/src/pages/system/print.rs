//! Any document on paper.

use crate::doc::PrintDesk;
use crate::doc::problem::error_panel;
use crate::nav::{Params, document_path};
use crate::text::{self, documents as t};
use crate::ui::LinkButton;
use leptos::prelude::*;
use openapi::document::DocKind;
use openapi::system::SubjectId;

/// The page.
pub fn page(params: &Params) -> AnyView {
    let kind = params.get("kind").and_then(|kind| kind.parse::<DocKind>().ok());
    let id = params.get("id").and_then(|id| id.parse::<SubjectId>().ok());
    let Some((kind, id)) = kind.zip(id) else { return error_panel(&crate::api::ApiError::not_found(), None) };
    let href = format!("{}/{id}", document_path(kind));
    PrintDesk {
        kind,
        id,
        title: Signal::derive(move || text::choice(kind).to_owned()),
        at_once: None,
        buttons: view! { <LinkButton label=t::BACK_TO_DOCUMENT href=href /> }.into_any(),
    }
    .view()
}

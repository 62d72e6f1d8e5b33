//! How errors are shown.

use crate::api::ApiError;
use crate::text::common;
use crate::ui::{Button, Icon, Notice, StatePanel, toast};
use leptos::prelude::*;
use openapi::choice::Tone;

/// An error in place of content, with what to do about it and the request id.
pub fn error_panel(error: &ApiError, retry: Option<Callback<()>>) -> AnyView {
    let glyph = match error {
        ApiError::Offline | ApiError::Network => Icon::Offline,
        _ if error.status() == Some(403) => Icon::Lock,
        _ if error.status() == Some(404) => Icon::Search,
        _ => Icon::Warning,
    };
    let (title, hint) = (error.title(), error.hint());
    let said = error.message();
    let hint = Signal::derive(move || match hint {
        Some(hint) => Some(hint.get().to_owned()),
        None => Some(said.clone()),
    });
    let again = retry.filter(|_| !matches!(error.status(), Some(403 | 404)));
    let id = request_id(error);
    view! {
        <StatePanel glyph=glyph title=title hint=hint>
            {again.map(|retry| view! { <Button label=common::RETRY icon=Icon::Refresh on_press=retry /> })}
            {id}
        </StatePanel>
    }
    .into_any()
}

/// An error above content that stays.
pub fn error_notice(error: &ApiError) -> AnyView {
    notice(error, error.message())
}

/// An error above a form. What is wrong with a field stands there; `more` is what belongs to no field that is shown.
pub fn form_notice(error: &ApiError, more: &[String]) -> AnyView {
    let more = more.iter().map(|line| format!(" · {line}"));
    notice(error, more.fold(error.summary(), |text, line| text + &line))
}

fn notice(error: &ApiError, text: String) -> AnyView {
    let id = request_id(error);
    view! { <Notice tone=Tone::Danger text=Signal::stored(text)>{id}</Notice> }.into_any()
}

/// An error as a toast.
pub fn error_toast(error: &ApiError) {
    let id = error.request_id().map(|id| format!(" ({} {id})", common::REQUEST_ID.get())).unwrap_or_default();
    toast::error(format!("{}{id}", error.message()));
}

fn request_id(error: &ApiError) -> Option<AnyView> {
    let id = error.request_id()?.to_owned();
    Some(view! { <span class="request-id">{common::REQUEST_ID} " " <code>{id}</code></span> }.into_any())
}

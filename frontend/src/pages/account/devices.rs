//! The devices on which the reader is signed in.

use crate::api::{Loader, call};
use crate::doc::problem::{error_panel, error_toast};
use crate::text::{self, account as t};
use crate::ui::{Button, Delayed, Question, Skeleton, Tag, ask, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::choice::Tone;
use openapi::identity::session::{ListSessions, RevokeSession, SessionId, SessionRow};
use openapi::{ById, Nothing};

/// The devices, each with a button that signs it out.
#[component]
pub fn Devices() -> AnyView {
    let loader = Loader::new(|| call::<ListSessions>(Nothing, Nothing, Nothing));
    let end = Callback::new(move |id: SessionId| {
        spawn_local(async move {
            let question = Question {
                title: t::REVOKE.get().to_owned(),
                text: t::REVOKE_CONFIRM.get().to_owned(),
                confirm: t::REVOKE.get().to_owned(),
                danger: true,
                ..Question::default()
            };
            if ask(question).await.is_none() {
                return;
            }
            match call::<RevokeSession>(ById { id }, Nothing, Nothing).await {
                Ok(()) => toast::success(t::REVOKED.get()),
                Err(error) => error_toast(&error),
            }
            loader.reload();
        });
    });
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(sessions), _) => {
            view! { <ul class="devices">{sessions.items.into_iter().map(|s| device(s, end)).collect_view()}</ul> }
                .into_any()
        }
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=4 /></Delayed> }.into_any(),
    };
    view! { <section class="card"><h2 class="card-title">{t::DEVICES}</h2>{body}</section> }.into_any()
}

fn device(session: SessionRow, end: Callback<SessionId>) -> AnyView {
    let id = session.id;
    let state = if session.is_current {
        view! { <Tag label=t::THIS_DEVICE tone=Tone::Success /> }.into_any()
    } else {
        view! { <Button label=t::REVOKE on_press=move |()| end.run(id) /> }.into_any()
    };
    view! {
        <li>
            <div class="grow">
                <div title=session.user_agent.clone()>{text::browser(&session.user_agent)}</div>
                <div class="faint number">{session.ip} " · " {t::LAST_USED} " " {text::time(session.used_at)}</div>
            </div>
            {state}
        </li>
    }
    .into_any()
}

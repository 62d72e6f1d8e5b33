//! The root: who is signed in decides what is shown, the address decides which page.

use crate::api::session::{self, Standing};
use crate::doc::no_permission;
use crate::nav;
use crate::part;
use crate::shell::{Login, MustChange, Relogin, Shell};
use crate::text::{common, shell};
use crate::ui::toast::Toasts;
use crate::ui::{Button, Delayed, Icon, LinkButton, Questions, Skeleton, StatePanel};
use leptos::prelude::*;
use leptos_router::WildcardSegment;
use leptos_router::components::{FlatRoutes, Route, Router};
use std::time::Duration;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    leptos::task::spawn_local(session::start());
    view! {
        <Router>
            <FlatRoutes fallback=|| ()>
                <Route path=WildcardSegment("path") view=Root />
            </FlatRoutes>
        </Router>
    }
}

/// What the app looks like from far away.
#[derive(Clone, PartialEq)]
enum Stage {
    Starting,
    Unreachable,
    SignIn,
    MustChange,
    Work(String),
}

fn stage() -> Stage {
    match session::standing() {
        Standing::Starting => Stage::Starting,
        Standing::Unreachable => Stage::Unreachable,
        Standing::Out => Stage::SignIn,
        Standing::In(me) if me.must_change_password => Stage::MustChange,
        // the same person who comes back finds the page as it was
        Standing::In(me) | Standing::Ended(me) => Stage::Work(me.login),
    }
}

#[component]
fn Root() -> AnyView {
    nav::connect();
    let stage = Memo::new(|_| stage());
    let ended = Memo::new(|_| matches!(session::standing(), Standing::Ended(_)));
    let content = move || {
        match stage.get() {
        Stage::Starting => view! {
            <div class="boot" role="status"><Delayed when=true><p>{shell::STARTING}</p><Skeleton rows=3 /></Delayed></div>
        }
        .into_any(),
        Stage::Unreachable => view! {
            <div class="boot">
                <StatePanel glyph=Icon::Offline title=common::NETWORK hint=common::NETWORK_HINT>
                    <Button label=common::RETRY icon=Icon::Refresh on_press=|()| leptos::task::spawn_local(session::start()) />
                </StatePanel>
            </div>
        }
        .into_any(),
        Stage::SignIn => view! { <Login /> }.into_any(),
        Stage::MustChange => view! { <MustChange /> }.into_any(),
        Stage::Work(_) => view! { <Shell><Pages /></Shell> }.into_any(),
    }
    };
    view! {
        {content}
        <Show when=move || ended.get()><Relogin /></Show>
        <Questions />
        <Toasts />
    }
    .into_any()
}

/// The page at the address.
#[component]
fn Pages() -> AnyView {
    let found = Memo::new(|_| {
        let (path, _) = nav::address();
        nav::find(&path)
    });
    let page = move || match found.get() {
        Some((place, params)) if untrack(|| place.is_allowed()) => untrack(|| part::draw(place, &params)),
        Some((place, _)) => no_permission(place.needs),
        None => missing(),
    };
    // the page of the address first
    set_timeout(part::fetch_ahead, Duration::from_secs(3));
    page.into_any()
}

fn missing() -> AnyView {
    view! {
        <StatePanel glyph=Icon::Search title=common::PAGE_NOT_FOUND hint=common::PAGE_NOT_FOUND_HINT>
            <LinkButton label=common::HOME href="/" glyph=Icon::Home />
        </StatePanel>
    }
    .into_any()
}

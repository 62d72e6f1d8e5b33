//! The login page, and the same over a page whose session has ended.

use super::bar::{languages, themes};
use crate::api::{ApiError, session};
use crate::doc::problem::error_notice;
use crate::text::shell;
use crate::ui::{Bind, Button, FieldBox, Icon, IconButton, Input, InputKind, Look, Menu, Task, icon};
use leptos::prelude::*;
use openapi::identity::session::Credentials;
use openapi::{EmployeeNumber, Issue, problem};

/// The login page.
#[component]
pub fn Login() -> AnyView {
    Effect::new(move || document().set_title(&format!("{} · {}", shell::SIGN_IN.get(), shell::PRODUCT.get())));
    view! {
        <div class="login">
            <div class="login-tools">
                <Menu label=shell::LANGUAGE class="icon-button" right=true face=|| icon(Icon::Globe) items=languages() />
                <Menu label=shell::THEME class="icon-button" right=true face=|| icon(Icon::Sun) items=themes() />
            </div>
            <main class="login-card">
                <div class="brand large"><span class="brand-mark" aria-hidden="true"></span><span>{shell::PRODUCT}</span></div>
                <h1>{shell::WELCOME_BACK}</h1>
                <p class="hint">{shell::TAGLINE}</p>
                <SignInForm login=String::new() />
            </main>
        </div>
    }
    .into_any()
}

/// Signing in again over the page that is open. It cannot be closed, only answered or left.
#[component]
pub fn Relogin() -> AnyView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            dialog.show_modal().ok();
        }
    });
    let login = untrack(session::me).map(|me| me.login).unwrap_or_default();
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby="relogin" on:cancel=|ev: web_sys::Event| ev.prevent_default()>
            <header class="dialog-head">
                <h2 id="relogin">{shell::SESSION_ENDED}</h2>
                <IconButton label=shell::SIGN_OUT icon=Icon::Exit on_press=|()| session::forget() />
            </header>
            <p class="question-text">{shell::SESSION_ENDED_HINT}</p>
            <SignInForm login=login />
        </dialog>
    }
    .into_any()
}

#[component]
fn SignInForm(login: String) -> AnyView {
    let knows_login = !login.is_empty();
    let login = RwSignal::new(login);
    let password = RwSignal::new(String::new());
    let visible = RwSignal::new(false);
    let faults = RwSignal::new((None::<Issue>, None::<Issue>));
    let problem = RwSignal::new(None::<ApiError>);
    let task = Task::new();
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        problem.set(None);
        let (name, secret) = (login.get_untracked(), password.get_untracked());
        let name = name.parse::<EmployeeNumber>();
        let missing = secret.is_empty().then(|| Issue::new(problem::field::REQUIRED));
        faults.set((name.as_ref().err().cloned(), missing.clone()));
        let (Ok(login), None) = (name, missing) else { return };
        task.run(async move {
            if let Err(error) = session::sign_in(Credentials { login, password: secret }).await {
                password.set(String::new());
                problem.set(Some(error));
            }
        });
    };
    let text = |issue: Option<Issue>| issue.map(|i| i.code.message(crate::text::lang(), &i.params));
    let login_error = Signal::derive(move || text(faults.get().0));
    let password_error = Signal::derive(move || text(faults.get().1));
    let secret = move || {
        let kind = if visible.get() { InputKind::Text } else { InputKind::Secret };
        view! {
            <Input id="password" bind=Bind::signal(password) kind=kind required=true autofocus=knows_login
                invalid=Signal::derive(move || password_error.with(Option::is_some)) />
        }
    };
    let eye_label = Signal::derive(move || {
        if visible.get() { shell::HIDE_PASSWORD } else { shell::SHOW_PASSWORD }.get().to_owned()
    });
    view! {
        <form novalidate on:submit=submit on:keydown=move |ev| if ev.key() == "Enter" && crate::ui::composing(&ev) { ev.prevent_default() }>
            {move || problem.get().map(|error| error_notice(&error))}
            <FieldBox id="login" label=shell::LOGIN required=true error=login_error>
                <Input id="login" bind=Bind::signal(login) kind=InputKind::Login required=true autofocus=!knows_login
                    invalid=Signal::derive(move || login_error.with(Option::is_some)) />
            </FieldBox>
            <FieldBox id="password" label=shell::PASSWORD required=true error=password_error>
                <div class="with-button">
                    {secret}
                    <IconButton label=eye_label icon=Icon::Eye on_press=move |()| visible.update(|v| *v = !*v) />
                </div>
            </FieldBox>
            <div class="login-button"><Button label=shell::SIGN_IN look=Look::Primary submit=true busy=task.busy /></div>
        </form>
    }
    .into_any()
}

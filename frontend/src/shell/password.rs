//! Choosing a new password: at the first sign-in, and whenever one likes.

use crate::api::{ApiError, call, session};
use crate::doc::form::{Control, Fault};
use crate::doc::problem::form_notice;
use crate::doc::{Field, Form, draw_fields};
use crate::field;
use crate::text::{account as t, shell};
use crate::ui::{Button, InputKind, Look, Task, toast};
use leptos::prelude::*;
use openapi::identity::session::{ChangePassword, PasswordChange};
use openapi::{Body, JsonBody, Nothing};

/// The page that stands before everything else until the first password is changed.
#[component]
pub fn MustChange() -> AnyView {
    Effect::new(move || document().set_title(&format!("{} · {}", shell::CHANGE_PASSWORD.get(), shell::PRODUCT.get())));
    view! {
        <div class="login">
            <main class="login-card">
                <div class="brand large"><span class="brand-mark" aria-hidden="true"></span><span>{shell::PRODUCT}</span></div>
                <h1>{t::MUST_CHANGE}</h1>
                <p class="hint">{t::MUST_CHANGE_HINT}</p>
                <PasswordForm done=|()| () />
                <Button label=shell::SIGN_OUT look=Look::Quiet on_press=|()| leptos::task::spawn_local(session::sign_out()) />
            </main>
        </div>
    }
    .into_any()
}

fn fields() -> Vec<Field> {
    let mut repeat = field!(PasswordChange.new, t::REPEAT_PASSWORD);
    repeat.key = "repeat";
    repeat.check = |_| Ok(());
    vec![
        field!(PasswordChange.current, t::CURRENT_PASSWORD).control(Control::Input(InputKind::Secret)).wide(),
        field!(PasswordChange.new, t::NEW_PASSWORD).hint(t::PASSWORD_RULE).wide(),
        repeat.wide(),
    ]
}

/// Current password, new password, and the new one again.
#[component]
pub fn PasswordForm(
    /// It has worked.
    #[prop(into)]
    done: Callback<()>,
) -> AnyView {
    let form = Form::new(fields());
    let problem = RwSignal::new(None::<(ApiError, Vec<String>)>);
    let task = Task::new();
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        problem.set(None);
        if !form.check_all() {
            return;
        }
        let mut body = form.body();
        let repeat = body.as_object_mut().and_then(|b| b.remove("repeat"));
        if repeat.as_ref() != body.get("new") {
            form.blame("/repeat", Fault::Said(t::PASSWORDS_DIFFER.get().to_owned()));
            return;
        }
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let Ok(change) = JsonBody::<PasswordChange>::parse(&bytes, crate::text::lang()) else { return };
        task.run(async move {
            match call::<ChangePassword>(Nothing, Nothing, change).await {
                Ok(fresh) => {
                    toast::success(t::PASSWORD_CHANGED.get());
                    session::accept(fresh);
                    done.run(());
                }
                Err(error) => {
                    let more = form.blame_all(error.fields());
                    problem.set(Some((error, more)));
                }
            }
        });
    };
    let drawn = form.fields();
    view! {
        <form novalidate on:submit=submit on:keydown=move |ev| if ev.key() == "Enter" && crate::ui::composing(&ev) { ev.prevent_default() }>
            {move || problem.get().map(|(error, more)| form_notice(&error, &more))}
            {draw_fields(form, &drawn, "")}
            <div class="login-button"><Button label=shell::CHANGE_PASSWORD look=Look::Primary submit=true busy=task.busy /></div>
        </form>
    }
    .into_any()
}

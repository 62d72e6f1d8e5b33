//! The sheet that an action is filled in on: what is wrong, what the action asks for, and the button that does it.

use crate::api::{self, ApiError, Options};
use crate::doc::Form;
use crate::doc::problem::{error_toast, form_notice};
use crate::doc::send::ActionKey;
use crate::text::{self, common, documents};
use crate::ui::{Button, Look, Task, composing, toast};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use openapi::choice::{Choice, Tone};
use openapi::service::state::TicketAction;
use openapi::service::ticket::{Ticket, TicketId};
use openapi::{ById, Detail, Endpoint, Nothing, problem};
use serde_json::Value;
use std::sync::Arc;

/// An operation on one ticket that answers with the ticket as it is then.
pub trait TicketCall: Endpoint<Path = ById<Ticket>, Query = Nothing, Reply = Detail<Ticket>> {}
impl<E> TicketCall for E where E: Endpoint<Path = ById<Ticket>, Query = Nothing, Reply = Detail<Ticket>> {}

/// Who wants to know what became of a ticket.
#[derive(Clone, Copy)]
pub struct Bench {
    /// It has changed by what was done here.
    pub changed: Callback<Ticket>,
    /// Somebody else has changed it: read it again.
    pub moved: Callback<()>,
}

impl Bench {
    /// Whether the error means that somebody else was faster; if so, the ticket is read again.
    fn moved_on(self, error: &ApiError) -> bool {
        let moved = error.is(problem::STALE) || error.is(problem::STATE_CONFLICT);
        if moved {
            toast::error(format!("{} {}", error.message(), documents::STALE_DETAIL.get()));
            self.moved.run(());
        }
        moved
    }
}

/// One action on one ticket that is being filled in.
#[derive(Clone)]
pub struct Case {
    /// The action.
    pub action: TicketAction,
    /// The ticket as it was when the action was begun.
    pub ticket: Arc<Ticket>,
    /// Who wants to know.
    pub bench: Bench,
    /// Closes the sheet.
    pub close: Callback<()>,
    /// Goes on with another action on the same ticket instead.
    pub instead: Callback<TicketAction>,
}

/// The body that is sent, and the version of the ticket that it is based on.
pub type Ready = Result<(Value, i64), ApiError>;
/// Turns what the form holds into the body. It may call the server before (a signature is uploaded first).
pub type Prepare = Arc<dyn Fn(Value) -> LocalBoxFuture<'static, Ready> + Send + Sync>;

type Answer = LocalBoxFuture<'static, Result<Ticket, ApiError>>;

fn post<E: TicketCall>(id: TicketId, bytes: Vec<u8>, options: Options) -> Answer {
    api::send_json::<E>(&id.to_string(), bytes, options).boxed_local()
}

/// A sheet whose form is the body.
pub fn sheet<E: TicketCall>(case: Case, form: Form, inner: AnyView) -> AnyView {
    shaped::<E>(case, form, |body| body, inner)
}

/// A sheet whose body is made from the form.
pub fn shaped<E: TicketCall>(
    case: Case,
    form: Form,
    shape: impl Fn(Value) -> Value + Send + Sync + 'static,
    inner: AnyView,
) -> AnyView {
    let version = case.ticket.version;
    let prepare: Prepare = Arc::new(move |body| futures::future::ready(Ok((shape(body), version))).boxed_local());
    prepared::<E>(case, form, prepare, inner)
}

/// A sheet that asks the server for something before it sends.
pub fn prepared<E: TicketCall>(case: Case, form: Form, prepare: Prepare, inner: AnyView) -> AnyView {
    draw(case, form, prepare, post::<E>, inner)
}

fn draw(
    case: Case,
    form: Form,
    prepare: Prepare,
    post: fn(TicketId, Vec<u8>, Options) -> Answer,
    inner: AnyView,
) -> AnyView {
    let task = Task::new();
    let problem = RwSignal::new(None::<(ApiError, Vec<String>)>);
    let key = StoredValue::new(ActionKey::default());
    let action = case.action;
    let close = case.close;
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        ev.stop_propagation();
        problem.set(None);
        if !form.check_all() {
            request_animation_frame(|| crate::ui::focus("dialog [aria-invalid=true]"));
            return;
        }
        let (case, preparing) = (case.clone(), prepare(form.body()));
        task.run(async move {
            let answer = match preparing.await {
                Ok((body, version)) => {
                    let bytes = serde_json::to_vec(&body).unwrap_or_default();
                    let action = key.try_update_value(|k| k.for_body(&bytes)).unwrap_or_default();
                    let options = Options { if_match: Some(version), key: Some(action) };
                    post(case.ticket.id, bytes, options).await
                }
                Err(error) => Err(error),
            };
            match answer {
                Ok(ticket) => {
                    key.try_update_value(ActionKey::done);
                    announce(&ticket, action);
                    case.close.run(());
                    case.bench.changed.run(ticket);
                }
                Err(error) if case.bench.moved_on(&error) => case.close.run(()),
                Err(error) => {
                    let more = form.blame_all(error.fields());
                    problem.try_set(Some((error, more)));
                }
            }
        });
    };
    let keys = move |ev: web_sys::KeyboardEvent| {
        if ev.key() == "Enter" && composing(&ev) {
            ev.prevent_default();
        }
    };
    let look = if action.tone() == Tone::Danger { Look::Danger } else { Look::Primary };
    let label = Signal::derive(move || text::choice(action).to_owned());
    view! {
        <form class="sheet" novalidate on:submit=submit on:keydown=keys>
            {move || problem.get().map(|(error, more)| form_notice(&error, &more))}
            {inner}
            <footer class="dialog-foot">
                <Button label=common::CANCEL on_press=close />
                <Button label=label look=look busy=task.busy submit=true />
            </footer>
        </form>
    }
    .into_any()
}

fn announce(ticket: &Ticket, action: TicketAction) {
    toast::success(documents::DONE.with("name", &ticket.number).with("action", text::choice(action)));
}

/// Sends small steps that need no sheet, one at a time.
#[derive(Clone, Copy)]
pub struct Quick {
    /// Whether a step is under way.
    pub task: Task,
    bench: Bench,
    key: StoredValue<ActionKey>,
}

impl Quick {
    /// For this bench.
    pub fn new(bench: Bench) -> Self {
        Quick { task: Task::new(), bench, key: StoredValue::new(ActionKey::default()) }
    }

    /// Sends one step.
    pub fn send<E: TicketCall>(self, ticket: &Ticket, body: &impl serde::Serialize) {
        let bytes = serde_json::to_vec(body).unwrap_or_default();
        let marked = [E::NAME.as_bytes(), b"\n", &bytes].concat();
        let key = self.key.try_update_value(|k| k.for_body(&marked)).unwrap_or_default();
        let options = Options { if_match: Some(ticket.version), key: Some(key) };
        let answer = post::<E>(ticket.id, bytes, options);
        self.task.run(async move {
            match answer.await {
                Ok(ticket) => {
                    self.key.try_update_value(ActionKey::done);
                    self.bench.changed.run(ticket);
                }
                Err(error) => {
                    if !self.bench.moved_on(&error) {
                        error_toast(&error);
                    }
                }
            }
        });
    }
}

//! What can be done to a document now.

use crate::api::{ApiError, Options};
use crate::doc::form::{Field, InlineForm};
use crate::doc::problem::error_toast;
use crate::doc::send::{ActionKey, Got, Sender, teller};
use crate::nav;
use crate::text::{Label, common, documents};
use crate::ui::{Button, Dialog, Look, Question, Task, ask, toast};
use leptos::prelude::*;
use openapi::choice::{Choice, Tone};
use openapi::{Endpoint, Lang, problem};
use serde_json::{Value, json};
use std::sync::Arc;

type Fields<D> = Arc<dyn Fn(&D) -> Vec<Field> + Send + Sync>;
type Fill<D> = Arc<dyn Fn(&D) -> Value + Send + Sync>;

enum Way<D> {
    Post(Sender, Option<Label>, Fill<D>),
    Reason(Sender, &'static str, usize),
    Form(Sender, Fields<D>, Option<Fill<D>>),
    Go(Arc<dyn Fn(&D) -> String + Send + Sync>),
    Run(Arc<dyn Fn(&D) + Send + Sync>),
}

/// What an action does to a document `D`. Every call carries the document's version and one idempotency key; afterwards
/// the page is read again and a toast names the document.
pub struct Act<D> {
    way: Way<D>,
}

impl<D> Act<D> {
    /// Calls `E` at once.
    pub fn post<E: Endpoint>() -> Self {
        Self::send::<E>(|_| Value::Null)
    }

    /// Calls `E` at once with this body.
    pub fn send<E: Endpoint>(body: impl Fn(&D) -> Value + Send + Sync + 'static) -> Self {
        Act { way: Way::Post(teller::<E>(), None, Arc::new(body)) }
    }

    /// Asks, then calls `E`.
    pub fn confirm<E: Endpoint>(what_happens: Label) -> Self {
        Act { way: Way::Post(teller::<E>(), Some(what_happens), Arc::new(|_| Value::Null)) }
    }

    /// Asks for a reason, then calls `E` with `{"<key>": reason}`.
    pub fn reason<E: Endpoint>(key: &'static str, longest: usize) -> Self {
        Act { way: Way::Reason(teller::<E>(), key, longest) }
    }

    /// Asks for the fields of a body, then calls `E`.
    pub fn form<E: Endpoint>(fields: impl Fn(&D) -> Vec<Field> + Send + Sync + 'static) -> Self {
        Act { way: Way::Form(teller::<E>(), Arc::new(fields), None) }
    }

    /// Fills the fields of [`Act::form`] from a record: JSON as the body would be, plus whatever `Field::shown` shows.
    #[must_use]
    pub fn filled(mut self, record: impl Fn(&D) -> Value + Send + Sync + 'static) -> Self {
        if let Way::Form(_, _, fill) = &mut self.way {
            *fill = Some(Arc::new(record));
        }
        self
    }

    /// Goes to another page.
    pub fn go(href: impl Fn(&D) -> String + Send + Sync + 'static) -> Self {
        Act { way: Way::Go(Arc::new(href)) }
    }

    /// Does something of the page's own.
    pub fn run(run: impl Fn(&D) + Send + Sync + 'static) -> Self {
        Act { way: Way::Run(Arc::new(run)) }
    }

    /// A button for this action inside a card of a detail page, for what stands beside the state machine.
    pub fn button(&self, label: Label, look: Look, document: &D) -> AnyView
    where
        D: Clone + Send + Sync + 'static,
    {
        let act = AnyAct { label, danger: look == Look::Danger, grave: false, way: self.way(document) };
        match use_context::<Record>() {
            Some(record) => one(act, look, record),
            None => ().into_any(),
        }
    }

    /// The action on this document, without its types.
    pub(super) fn about<A: Choice>(&self, action: A, document: &D) -> AnyAct
    where
        D: Clone + Send + Sync + 'static,
    {
        let label = Label { zh: action.label(Lang::Zh), en: action.label(Lang::En) };
        let (danger, grave) = (action.tone() == Tone::Danger, action.tone() == Tone::Warning);
        AnyAct { label, danger, grave, way: self.way(document) }
    }

    fn way(&self, document: &D) -> AnyWay
    where
        D: Clone + Send + Sync + 'static,
    {
        match &self.way {
            Way::Post(send, ask, body) => AnyWay::Post(send.clone(), *ask, body(document)),
            Way::Reason(send, key, longest) => AnyWay::Reason(send.clone(), key, *longest),
            Way::Form(send, fields, fill) => {
                AnyWay::Form(send.clone(), Arc::new(fields(document)), fill.as_ref().map(|fill| fill(document)))
            }
            Way::Go(href) => AnyWay::Go(href(document)),
            Way::Run(run) => {
                let (run, document) = (run.clone(), document.clone());
                AnyWay::Run(Arc::new(move || run(&document)))
            }
        }
    }
}

#[derive(Clone)]
enum AnyWay {
    Post(Sender, Option<Label>, Value),
    Reason(Sender, &'static str, usize),
    Form(Sender, Arc<Vec<Field>>, Option<Value>),
    Go(String),
    Run(Arc<dyn Fn() + Send + Sync>),
}

/// An action on a document that is at hand.
#[derive(Clone)]
pub(super) struct AnyAct {
    label: Label,
    danger: bool,
    /// Not the next step of anything: it never stands out.
    grave: bool,
    way: AnyWay,
}

/// The record that a detail page shows. Cards find it with `use_context::<Record>()`.
#[derive(Clone)]
pub struct Record {
    /// Number or name.
    pub name: String,
    /// Id.
    pub id: String,
    /// Version, 0 when it has none.
    pub version: i64,
    /// Reads the page again.
    pub changed: Callback<()>,
    key: StoredValue<ActionKey>,
    task: Task,
}

impl Record {
    pub(super) fn new(name: String, id: String, version: i64, changed: Callback<()>) -> Self {
        Record { name, id, version, changed, key: StoredValue::new(ActionKey::default()), task: Task::new() }
    }

    async fn call(self, send: Sender, body: Value, action: String) {
        if let Err(error) = self.attempt(send, body, &action).await {
            self.failed(&error);
        }
    }

    /// Calls, and says so when it has worked.
    async fn attempt(&self, send: Sender, body: Value, action: &str) -> Result<(), ApiError> {
        let bytes = if body.is_null() { Vec::new() } else { serde_json::to_vec(&body).unwrap_or_default() };
        let marked = [action.as_bytes(), b"\n", &bytes].concat();
        let key = self.key.try_update_value(|k| k.for_body(&marked)).unwrap_or_default();
        let options = Options { if_match: Some(self.version).filter(|v| *v > 0), key: Some(key) };
        send(self.id.clone(), String::new(), bytes, options).await?;
        self.done(action);
        Ok(())
    }

    fn failed(&self, error: &ApiError) {
        if !self.moved_on(error) {
            error_toast(error);
        }
    }

    fn done(&self, action: &str) {
        self.key.try_update_value(ActionKey::done);
        toast::success(documents::DONE.with("name", &self.name).with("action", action));
        self.changed.try_run(());
    }

    /// The document is not what this page shows: load it again and say so.
    fn moved_on(&self, error: &ApiError) -> bool {
        let moved = error.is(problem::STALE) || error.is(problem::STATE_CONFLICT);
        if moved {
            toast::error(format!("{} {}", error.message(), documents::STALE_DETAIL.get()));
            self.changed.try_run(());
        }
        moved
    }
}

/// The buttons. The first one that leads on stands out.
pub(super) fn action_bar(acts: Vec<AnyAct>, record: &Record) -> AnyView {
    let first = acts.iter().position(|act| !act.danger && !act.grave);
    let button = |(index, act): (usize, AnyAct)| {
        let look = if Some(index) == first {
            Look::Primary
        } else if act.danger {
            Look::Danger
        } else {
            Look::Plain
        };
        one(act, look, record.clone())
    };
    acts.into_iter().enumerate().map(button).collect_view().into_any()
}

fn one(act: AnyAct, look: Look, record: Record) -> AnyView {
    if let AnyWay::Form(send, fields, fill) = act.way.clone() {
        return form_button(&act, look, record, (send, fields, fill));
    }
    let (label, busy) = (act.label, record.task.busy);
    let press = move |()| {
        let (record, name) = (record.clone(), act.label.get().to_owned());
        let task = record.task;
        match act.way.clone() {
            AnyWay::Post(send, question, body) => task.run(post(record, send, (question, body), name, act.danger)),
            AnyWay::Reason(send, key, longest) => task.run(reason(record, send, (key, longest), name, act.danger)),
            AnyWay::Go(href) => nav::go(&href),
            AnyWay::Run(run) => run(),
            AnyWay::Form(..) => {}
        }
    };
    view! { <Button label=label look=look busy=busy on_press=press /> }.into_any()
}

async fn post(record: Record, send: Sender, (question, body): (Option<Label>, Value), name: String, danger: bool) {
    if let Some(text) = question {
        let title = documents::CONFIRM_ACTION.with("action", &name).into();
        let confirm = name.clone();
        let question = Question { title, text: text.get().to_owned(), confirm, danger, ..Question::default() };
        if ask(question).await.is_none() {
            return;
        }
    }
    record.call(send, body, name).await;
}

async fn reason(record: Record, send: Sender, (key, longest): (&'static str, usize), name: String, danger: bool) {
    let question = Question {
        title: format!("{} · {}", name, record.name),
        confirm: name.clone(),
        danger,
        reason: Some((common::REASON.get().to_owned(), longest)),
        ..Question::default()
    };
    if let Some(reason) = ask(question).await {
        along(record, send, json!({ key: reason }), name).await;
    }
}

/// Sends an action. When later documents stand in its way, they are shown, and the reader may take them back along;
/// what stands behind those is asked again.
async fn along(record: Record, send: Sender, mut body: Value, name: String) {
    loop {
        let Err(error) = record.attempt(send.clone(), body.clone(), &name).await else { return };
        let chain = error.blockers();
        if chain.is_empty() {
            return record.failed(&error);
        }
        let question = Question {
            title: format!("{} · {}", name, record.name),
            text: format!("{} {}", documents::REVERSE_ALONG.get(), chain.join("、")),
            confirm: documents::REVERSE_ALL.with("count", chain.len() + 1).into(),
            danger: true,
            ..Question::default()
        };
        if ask(question).await.is_none() {
            return;
        }
        if let Some(fields) = body.as_object_mut() {
            fields.insert("with".to_owned(), json!(chain));
        }
    }
}

type FormOf = (Sender, Arc<Vec<Field>>, Option<Value>);

fn form_button(act: &AnyAct, look: Look, record: Record, (send, fields, fill): FormOf) -> AnyView {
    let open = RwSignal::new(false);
    let (label, danger, heading) = (act.label, act.danger, record.name.clone());
    let title = Signal::derive(move || format!("{} · {heading}", label.get()));
    let broad = fields.len() > 3 || fields.iter().any(|f| f.wide);
    let content = move || {
        let (worked, refused) = (record.clone(), record.clone());
        let done = Callback::new(move |_: Got| {
            open.set(false);
            worked.done(label.get());
        });
        let failed = Callback::new(move |error: ApiError| {
            let moved = refused.moved_on(&error);
            if moved {
                open.set(false);
            }
            moved
        });
        let version = record.version;
        view! {
            <InlineForm fields=fields.to_vec() send=send.clone() id=record.id.clone() version=Some(version).filter(|v| *v > 0)
                record=fill.clone() label=label danger=danger done=done cancel=move |()| open.set(false) failed=failed />
        }
    };
    view! {
        <Button label=label look=look on_press=move |()| open.set(true) />
        <Dialog open=open title=title broad=broad>{content()}</Dialog>
    }
    .into_any()
}

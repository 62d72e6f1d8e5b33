//! What can be done to a document now.

use crate::api::{ApiError, DataOf, Options};
use crate::doc::form::{Field, InlineForm};
use crate::doc::problem::error_toast;
use crate::doc::send::{ActionKey, Got, Sender, sender};
use crate::nav;
use crate::text::{Label, common, documents, lang};
use crate::ui::{Button, Dialog, Look, Question, Task, ask, toast};
use leptos::prelude::*;
use openapi::choice::{Choice, Tone};
use openapi::{Endpoint, Lang, problem};
use std::sync::Arc;

type Fields<D> = Arc<dyn Fn(&D) -> Vec<Field> + Send + Sync>;

enum Way<D> {
    Post(Sender, Option<Label>),
    Reason(Sender, &'static str, usize),
    Form(Sender, Fields<D>),
    Go(Arc<dyn Fn(&D) -> String + Send + Sync>),
    Run(Arc<dyn Fn(&D) + Send + Sync>),
}

/// What an action does to a document `D`.
pub struct Act<D> {
    way: Way<D>,
}

impl<D> Act<D> {
    /// Calls `E` at once.
    pub fn post<E: Endpoint>() -> Self
    where
        DataOf<E>: Send + Sync,
    {
        Act { way: Way::Post(sender::<E>(), None) }
    }

    /// Asks, then calls `E`.
    pub fn confirm<E: Endpoint>(what_happens: Label) -> Self
    where
        DataOf<E>: Send + Sync,
    {
        Act { way: Way::Post(sender::<E>(), Some(what_happens)) }
    }

    /// Asks for a reason, then calls `E` with `{"<key>": reason}`.
    pub fn reason<E: Endpoint>(key: &'static str, longest: usize) -> Self
    where
        DataOf<E>: Send + Sync,
    {
        Act { way: Way::Reason(sender::<E>(), key, longest) }
    }

    /// Asks for the fields of a body, then calls `E`.
    pub fn form<E: Endpoint>(fields: impl Fn(&D) -> Vec<Field> + Send + Sync + 'static) -> Self
    where
        DataOf<E>: Send + Sync,
    {
        Act { way: Way::Form(sender::<E>(), Arc::new(fields)) }
    }

    /// Goes to another page.
    pub fn go(href: impl Fn(&D) -> String + Send + Sync + 'static) -> Self {
        Act { way: Way::Go(Arc::new(href)) }
    }

    /// Does something of the page's own.
    pub fn run(run: impl Fn(&D) + Send + Sync + 'static) -> Self {
        Act { way: Way::Run(Arc::new(run)) }
    }

    /// The action on this document, without its types.
    pub(super) fn about<A: Choice>(&self, action: A, document: &D) -> AnyAct
    where
        D: Clone + Send + Sync + 'static,
    {
        let way = match &self.way {
            Way::Post(send, ask) => AnyWay::Post(send.clone(), *ask),
            Way::Reason(send, key, longest) => AnyWay::Reason(send.clone(), key, *longest),
            Way::Form(send, fields) => AnyWay::Form(send.clone(), Arc::new(fields(document))),
            Way::Go(href) => AnyWay::Go(href(document)),
            Way::Run(run) => {
                let (run, document) = (run.clone(), document.clone());
                AnyWay::Run(Arc::new(move || run(&document)))
            }
        };
        AnyAct { labels: [Lang::Zh, Lang::En].map(|l| action.label(l)), danger: action.tone() == Tone::Danger, way }
    }
}

#[derive(Clone)]
enum AnyWay {
    Post(Sender, Option<Label>),
    Reason(Sender, &'static str, usize),
    Form(Sender, Arc<Vec<Field>>),
    Go(String),
    Run(Arc<dyn Fn() + Send + Sync>),
}

/// An action on a document that is at hand.
#[derive(Clone)]
pub(super) struct AnyAct {
    labels: [&'static str; 2],
    danger: bool,
    way: AnyWay,
}

impl AnyAct {
    fn label(&self) -> &'static str {
        let [zh, en] = self.labels;
        lang().pick(zh, en)
    }
}

/// What the actions of one document share.
#[derive(Clone)]
struct Target {
    name: String,
    id: String,
    version: i64,
    changed: Callback<()>,
    key: StoredValue<ActionKey>,
    task: Task,
}

impl Target {
    async fn call(self, send: Sender, body: serde_json::Value, action: String) {
        let bytes = if body.is_null() { Vec::new() } else { serde_json::to_vec(&body).unwrap_or_default() };
        let marked = [action.as_bytes(), b"\n", &bytes].concat();
        let key = self.key.try_update_value(|k| k.for_body(&marked)).unwrap_or_default();
        let options = Options { if_match: Some(self.version).filter(|v| *v > 0), key: Some(key) };
        match send(self.id.clone(), String::new(), bytes, options).await {
            Ok(_) => self.done(&action),
            Err(error) => {
                if !self.moved_on(&error) {
                    error_toast(&error);
                }
            }
        }
    }

    fn done(&self, action: &str) {
        self.key.try_update_value(ActionKey::done);
        toast::success(documents::DONE.with("name", &self.name).with("action", action));
        self.changed.run(());
    }

    /// The document is not what this page shows: load it again and say so.
    fn moved_on(&self, error: &ApiError) -> bool {
        let moved = error.is(problem::STALE) || error.is(problem::STATE_CONFLICT);
        if moved {
            toast::error(format!("{} {}", error.message(), documents::STALE_DETAIL.get()));
            self.changed.run(());
        }
        moved
    }
}

/// The buttons. The first one that does not destroy anything stands out.
pub(super) fn action_bar(acts: Vec<AnyAct>, name: String, id: String, version: i64, changed: Callback<()>) -> AnyView {
    let target = Target { name, id, version, changed, key: StoredValue::new(ActionKey::default()), task: Task::new() };
    let first = acts.iter().position(|act| !act.danger);
    let button = |(index, act): (usize, AnyAct)| {
        let look = if Some(index) == first {
            Look::Primary
        } else if act.danger {
            Look::Danger
        } else {
            Look::Plain
        };
        one(act, look, target.clone())
    };
    acts.into_iter().enumerate().map(button).collect_view().into_any()
}

fn one(act: AnyAct, look: Look, target: Target) -> AnyView {
    let named = act.clone();
    let label = Signal::derive(move || named.label().to_owned());
    let busy = target.task.busy;
    if let AnyWay::Form(send, fields) = act.way.clone() {
        return form_button(&act, look, target, send, fields);
    }
    let press = move |()| {
        let (target, name) = (target.clone(), act.label().to_owned());
        match act.way.clone() {
            AnyWay::Post(send, question) => target.task.run(post(target.clone(), send, question, name, act.danger)),
            AnyWay::Reason(send, key, longest) => {
                target.task.run(reason(target.clone(), send, (key, longest), name, act.danger))
            }
            AnyWay::Go(href) => nav::go(&href),
            AnyWay::Run(run) => run(),
            AnyWay::Form(..) => {}
        }
    };
    view! { <Button label=label look=look busy=busy on_press=press /> }.into_any()
}

async fn post(target: Target, send: Sender, question: Option<Label>, name: String, danger: bool) {
    if let Some(text) = question {
        let title = documents::CONFIRM_ACTION.with("action", &name).into();
        let question =
            Question { title, text: text.get().to_owned(), confirm: name.clone(), danger, ..Question::default() };
        if ask(question).await.is_none() {
            return;
        }
    }
    target.call(send, serde_json::Value::Null, name).await;
}

async fn reason(target: Target, send: Sender, (key, longest): (&'static str, usize), name: String, danger: bool) {
    let question = Question {
        title: format!("{} · {}", name, target.name),
        confirm: name.clone(),
        danger,
        reason: Some((common::REASON.get().to_owned(), longest)),
        ..Question::default()
    };
    if let Some(reason) = ask(question).await {
        target.call(send, serde_json::json!({ key: reason }), name).await;
    }
}

fn form_button(act: &AnyAct, look: Look, target: Target, send: Sender, fields: Arc<Vec<Field>>) -> AnyView {
    let open = RwSignal::new(false);
    let named = act.clone();
    let label = Signal::derive(move || named.label().to_owned());
    let heading = target.name.clone();
    let title = Signal::derive(move || format!("{} · {heading}", label.get()));
    let danger = act.danger;
    let content = move || {
        let (worked, refused) = (target.clone(), target.clone());
        let done = Callback::new(move |_: Got| {
            open.set(false);
            worked.done(&label.get_untracked());
        });
        let failed = Callback::new(move |error: ApiError| {
            let moved = refused.moved_on(&error);
            if moved {
                open.set(false);
            }
            moved
        });
        view! {
            <InlineForm fields=fields.to_vec() send=send.clone() id=target.id.clone() version=Some(target.version).filter(|v| *v > 0)
                label=label danger=danger done=done cancel=move |()| open.set(false) failed=failed />
        }
    };
    view! {
        <Button label=label look=look on_press=move |()| open.set(true) />
        <Dialog open=open title=title broad=fields_are_many(act)>{content()}</Dialog>
    }
    .into_any()
}

fn fields_are_many(act: &AnyAct) -> bool {
    matches!(&act.way, AnyWay::Form(_, fields) if fields.len() > 3 || fields.iter().any(|f| f.wide))
}

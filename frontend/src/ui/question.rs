//! Questions that need an answer before something happens: `if let Some(reason) = ask(question).await { … }`.

use super::{Bind, Button, Dialog, FieldBox, Look, TextArea};
use crate::text::common;
use futures::channel::oneshot;
use leptos::prelude::*;
use std::cell::RefCell;

/// A question.
#[derive(Clone, Default)]
pub struct Question {
    /// The heading.
    pub title: String,
    /// What will happen.
    pub text: String,
    /// What the confirming button says.
    pub confirm: String,
    /// What the other button says; `取消` when empty.
    pub cancel: String,
    /// Whether it destroys something.
    pub danger: bool,
    /// Asks for a text as well: its label, and the largest number of characters. It must not be empty.
    pub reason: Option<(String, usize)>,
}

thread_local! {
    static ASKED: ArcRwSignal<Option<Question>> = ArcRwSignal::new(None);
    static ANSWER: RefCell<Option<oneshot::Sender<String>>> = const { RefCell::new(None) };
}

/// Asks. `None` when the reader declines; the reason (or an empty text) otherwise.
pub async fn ask(question: Question) -> Option<String> {
    let (answer, answered) = oneshot::channel();
    ANSWER.set(Some(answer));
    ASKED.with(Clone::clone).set(Some(question));
    answered.await.ok()
}

/// Where questions appear. Once per app.
#[component]
pub fn Questions() -> AnyView {
    let asked = ASKED.with(Clone::clone);
    let question = RwSignal::new(Question::default());
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    Effect::new(move || {
        if let Some(new) = asked.get() {
            reason.set(String::new());
            wrong.set(None);
            question.set(new);
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            ANSWER.take();
        }
    });
    let confirm = move || {
        let text = reason.get_untracked().trim().to_owned();
        if let Some((_, max)) = question.get_untracked().reason {
            let issue = match text.chars().count() {
                0 => Some(openapi::problem::Issue::new(openapi::problem::field::REQUIRED)),
                n if n > max => Some(openapi::problem::Issue::new(openapi::problem::field::TOO_LONG).with("max", max)),
                _ => None,
            };
            if let Some(issue) = issue {
                wrong.set(Some(issue.code.message(crate::text::lang(), &issue.params)));
                return;
            }
        }
        if let Some(answer) = ANSWER.take() {
            answer.send(text).ok();
        }
        open.set(false);
    };
    let title = Signal::derive(move || question.with(|q| q.title.clone()));
    view! {
        <Dialog open=open title=title>
            {move || question_body(question.get(), reason, wrong, open, Callback::new(move |()| confirm()))}
        </Dialog>
    }
    .into_any()
}

fn question_body(
    question: Question,
    reason: RwSignal<String>,
    wrong: RwSignal<Option<String>>,
    open: RwSignal<bool>,
    confirm: Callback<()>,
) -> AnyView {
    let cancel = if question.cancel.is_empty() { common::CANCEL.get().to_owned() } else { question.cancel };
    let field = question.reason.map(|(label, _)| {
        view! {
            <FieldBox id="question-reason" label=label required=true error=wrong>
                <TextArea id="question-reason" bind=Bind::signal(reason) required=true
                    invalid=Signal::derive(move || wrong.with(Option::is_some)) />
            </FieldBox>
        }
    });
    view! {
        <p class="question-text">{question.text}</p>
        {field}
        <footer class="dialog-foot">
            <Button label=cancel on_press=move |()| open.set(false) />
            <Button label=question.confirm look=if question.danger { Look::Danger } else { Look::Primary } on_press=confirm />
        </footer>
    }
    .into_any()
}

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
    static ASKED: ArcRwSignal<(u32, Question)> = ArcRwSignal::new((0, Question::default()));
    static ANSWER: RefCell<Option<(u32, oneshot::Sender<Option<String>>)>> = const { RefCell::new(None) };
}

/// Asks. `None` when the reader declines; the reason (or an empty text) otherwise.
pub async fn ask(question: Question) -> Option<String> {
    put(question).await.flatten()
}

/// Asks between two ways: `true` for the confirming one, `false` for the other. `None` when the reader wants neither.
pub async fn choose(question: Question) -> Option<bool> {
    put(question).await.map(|answer| answer.is_some())
}

async fn put(question: Question) -> Option<Option<String>> {
    let (answer, answered) = oneshot::channel();
    let asked = ASKED.with(Clone::clone);
    let turn = asked.with_untracked(|(turn, _)| turn.wrapping_add(1));
    ANSWER.set(Some((turn, answer)));
    asked.set((turn, question));
    answered.await.ok()
}

/// Where questions appear. Once per app.
#[component]
pub fn Questions() -> AnyView {
    let asked = ASKED.with(Clone::clone);
    let question = RwSignal::new(Question::default());
    let open = RwSignal::new(false);
    let shown = StoredValue::new(0_u32);
    let reason = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    Effect::new(move || {
        let (turn, new) = asked.get();
        if turn > 0 {
            reason.set(String::new());
            wrong.set(None);
            shown.set_value(turn);
            question.set(new);
            open.set(true);
        }
    });
    Effect::new(move || {
        // closed without an answer; a question that was asked meanwhile keeps its own
        if !open.get() {
            ANSWER.with_borrow_mut(|answer| {
                answer.take_if(|(turn, _)| *turn == shown.get_value());
            });
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
        if let Some((_, answer)) = ANSWER.take() {
            answer.send(Some(text)).ok();
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
    let decline = move |()| {
        if let Some((_, answer)) = ANSWER.take() {
            answer.send(None).ok();
        }
        open.set(false);
    };
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
            <Button label=cancel on_press=decline />
            <Button label=question.confirm look=if question.danger { Look::Danger } else { Look::Primary } on_press=confirm />
        </footer>
    }
    .into_any()
}

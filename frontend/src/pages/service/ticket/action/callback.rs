//! What the customer said when called back.

use super::sheet::{Case, shaped};
use crate::doc::form::Control;
use crate::doc::{Field, Form, draw_fields};
use crate::field;
use crate::text::{self, Label, ticket as t};
use crate::ui::SelectOption;
use leptos::prelude::*;
use openapi::service::closing::{CallbackAnswer, CallbackDraft, CallbackOutcome};
use openapi::service::ticket::CallBackTicket;
use serde_json::{Value, json};

/// What is asked on the phone.
const QUESTIONS: [Label; 3] = [t::ASK_REPAIRED, t::ASK_ATTITUDE, t::ASK_TIME];

/// The sheet.
pub fn fill_in(case: Case) -> AnyView {
    let phone = case.ticket.customer_phone.clone();
    let answers = vec![field!(CallbackAnswer.question, t::QUESTION), field!(CallbackAnswer.answer, t::ANSWER)];
    let mut outcome = field!(CallbackDraft.outcome, t::OUTCOME).control(Control::Radio(outcomes));
    outcome.initial = CallbackOutcome::Satisfied.to_string();
    let reached = |form: Form| form.text("/outcome") != CallbackOutcome::Unreachable.to_string();
    let score = field!(CallbackDraft.score, t::SCORE)
        .control(Control::Own(std::sync::Arc::new(stars)))
        .when(reached)
        .required();
    let form = Form::new(vec![
        outcome,
        score,
        Field::lines("answers", t::ANSWERS, t::ADD_QUESTION, 20, answers.clone()).when(reached),
        field!(CallbackDraft.follow_up, t::FOLLOW_UP).hint(t::FOLLOW_UP_HINT),
    ]);
    for (index, question) in QUESTIONS.into_iter().enumerate() {
        form.add_row("/answers", &answers);
        form.set(&format!("/answers/{index}/question"), question.get().to_owned());
        form.set(&format!("/answers/{index}/answer"), t::GOOD.get().to_owned());
    }
    form.dirty.set(false);
    let inner = view! {
        <p class="call-line">{case.ticket.customer_name.clone()} " " {crate::doc::cell::phone(&phone)}</p>
        {draw_fields(form, &form.fields(), "")}
    };
    shaped::<CallBackTicket>(case, form, body, inner.into_any())
}

fn outcomes() -> Vec<SelectOption> {
    let all = [CallbackOutcome::Satisfied, CallbackOutcome::Dissatisfied, CallbackOutcome::Unreachable];
    let option = |o: CallbackOutcome| SelectOption {
        value: o.to_string(),
        label: Signal::derive(move || text::choice(o).to_owned()),
    };
    all.map(option).to_vec()
}

fn stars(form: Form, pointer: String) -> AnyView {
    let at = pointer.clone();
    let now = Memo::new(move |_| form.text(&at).parse::<i32>().unwrap_or_default());
    let first = crate::doc::form::control_id(&pointer);
    let one = move |score: i32| {
        let lit = Memo::new(move |_| now.get() >= score);
        let (at, id) = (pointer.clone(), if score == 1 { first.clone() } else { format!("score-{score}") });
        view! {
            <label class="star" class:lit=move || lit.get()>
                <input type="radio" name="score" class="for-reader" id=id prop:checked=move || now.get() == score
                    on:change=move |_| form.set(&at, score.to_string()) />
                <span aria-hidden="true">"★"</span><span class="for-reader">{score.to_string()}</span>
            </label>
        }
    };
    view! { <div class="stars" role="radiogroup" aria-label=t::SCORE>{(1..=5).map(one).collect_view()}</div> }
        .into_any()
}

/// Questions without an answer are left out.
fn body(mut typed: Value) -> Value {
    if let Some(Value::Array(answers)) = typed.get_mut("answers") {
        answers.retain(|a| a.get("answer").is_some_and(Value::is_string));
    }
    if typed.get("answers").is_none()
        && let Value::Object(body) = &mut typed
    {
        body.insert("answers".to_owned(), json!([]));
    }
    typed
}

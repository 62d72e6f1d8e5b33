//! One step of one part where something must be typed: how many, which serial, what becomes of the old part.

use super::parts::{in_hand, to_issue};
use crate::doc::form::{Form, draw_fields};
use crate::field;
use crate::pages::service::ticket::action::Quick;
use crate::text::{Label, common, ticket as t};
use crate::ui::{Button, Dialog, Look};
use leptos::prelude::*;
use openapi::Quantity;
use openapi::service::ticket::{IssueTicketParts, ReturnTicketParts, Ticket, TicketPart, UseTicketParts};
use openapi::service::work::{PartMove, PartUse};
use serde_json::{Value, json};
use std::sync::Arc;

/// What can be done with a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Store to engineer.
    Issue,
    /// Into the unit.
    Use,
    /// Engineer to store.
    Return,
}

impl Step {
    /// On a button.
    pub const fn label(self) -> Label {
        match self {
            Step::Issue => t::ISSUE,
            Step::Use => t::FIT,
            Step::Return => t::RETURN,
        }
    }

    /// On a button for all lines.
    pub const fn all_label(self) -> Label {
        match self {
            Step::Issue => t::ISSUE_ALL,
            Step::Use => t::FIT_ALL,
            Step::Return => t::RETURN_ALL,
        }
    }
}

/// The step that is being filled in.
pub type Stepping = RwSignal<Option<(Step, Arc<Ticket>, TicketPart)>>;

/// The dialog of the step that is being filled in.
#[component]
pub fn StepDialog(
    /// The step.
    stepping: Stepping,
    /// Sends it.
    quick: Quick,
) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(stepping.with(Option::is_some)));
    Effect::new(move || {
        if !open.get() && stepping.with_untracked(Option::is_some) {
            stepping.set(None);
        }
    });
    let title = Signal::derive(move || {
        stepping
            .get()
            .map(|(step, _, part)| format!("{} · {}", step.label().get(), part.product_name))
            .unwrap_or_default()
    });
    let content = move || stepping.get().map(|(step, ticket, part)| fill_in(step, ticket, part, quick, open));
    view! { <Dialog open=open title=title>{content}</Dialog> }.into_any()
}

fn fill_in(step: Step, ticket: Arc<Ticket>, part: TicketPart, quick: Quick, open: RwSignal<bool>) -> AnyView {
    let most = match step {
        Step::Issue => to_issue(&part),
        Step::Return => in_hand(&part),
        Step::Use => part.issued - part.returned,
    };
    let most = if part.is_serial_tracked && step != Step::Use { most.min(Quantity::ONE) } else { most };
    let mut fields = vec![field!(PartMove.quantity, t::QUANTITY).initial(most.to_string())];
    if step == Step::Use {
        fields.push(field!(PartUse.old_serial, t::OLD_SERIAL));
        fields.push(field!(PartUse.old_part, t::OLD_PART).hint(t::OLD_PART_HINT));
    } else if part.is_serial_tracked {
        fields.push(field!(PartMove.serial, t::NEW_SERIAL).required());
    }
    let form = Form::new(fields);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        if !form.check_all() {
            return crate::ui::focus("dialog [aria-invalid=true]");
        }
        let mut line = form.body();
        if let Value::Object(line) = &mut line {
            line.insert("line_id".to_owned(), json!(part.id));
        }
        let body = json!({ "lines": [line] });
        match step {
            Step::Issue => quick.send::<IssueTicketParts>(&ticket, &body),
            Step::Use => quick.send::<UseTicketParts>(&ticket, &body),
            Step::Return => quick.send::<ReturnTicketParts>(&ticket, &body),
        }
        open.set(false);
    };
    view! {
        <form novalidate on:submit=submit>
            {draw_fields(form, &form.fields(), "")}
            <footer class="dialog-foot">
                <Button label=common::CANCEL on_press=move |()| open.set(false) />
                <Button label=step.label() look=Look::Primary busy=quick.task.busy submit=true />
            </footer>
        </form>
    }
    .into_any()
}

//! A small form inside a dialog, for an action that needs more than a click.

use super::{Field, Form, draw_fields};
use crate::api::{ApiError, Options};
use crate::doc::problem::form_notice;
use crate::doc::send::{ActionKey, Got, Sender};
use crate::text::common;
use crate::ui::{Button, Look, Task, Words};
use leptos::prelude::*;

/// Fields, and buttons to send or to give up.
#[component]
pub fn InlineForm(
    /// The fields.
    fields: Vec<Field>,
    /// What is called.
    send: Sender,
    /// Id of the record, empty for none.
    #[prop(into)]
    id: String,
    /// Version of the record, when the call wants it.
    version: Option<i64>,
    /// A record to fill the fields with.
    #[prop(default = None)]
    record: Option<serde_json::Value>,
    /// What the sending button says.
    #[prop(into)]
    label: Words,
    /// Whether the action destroys something.
    #[prop(optional)]
    danger: bool,
    /// It has worked.
    #[prop(into)]
    done: Callback<Got>,
    /// The reader gives up.
    #[prop(into)]
    cancel: Callback<()>,
    /// Takes an error that the form cannot show at a field, and says whether it has dealt with it.
    #[prop(optional, into)]
    failed: Option<Callback<ApiError, bool>>,
) -> AnyView {
    let form = Form::new(fields);
    if let Some(record) = &record {
        form.load(record);
    }
    let task = Task::new();
    let problem = RwSignal::new(None::<(ApiError, Vec<String>)>);
    let key = StoredValue::new(ActionKey::default());
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        ev.stop_propagation();
        problem.set(None);
        if !form.check_all() {
            crate::ui::focus("dialog [aria-invalid=true]");
            return;
        }
        let body = serde_json::to_vec(&form.body()).unwrap_or_default();
        let action = key.try_update_value(|k| k.for_body(&body)).unwrap_or_default();
        let options = Options { if_match: version, key: Some(action) };
        let answer = send(id.clone(), String::new(), body, options);
        task.run(async move {
            match answer.await {
                Ok(got) => {
                    key.try_update_value(ActionKey::done);
                    done.run(got);
                }
                Err(error) => {
                    let more = form.blame_all(error.fields());
                    if !failed.is_some_and(|failed| failed.run(error.clone())) {
                        problem.set(Some((error, more)));
                    }
                }
            }
        });
    };
    let fields = form.fields();
    view! {
        <form novalidate on:submit=submit on:keydown=move |ev| if ev.key() == "Enter" && crate::ui::composing(&ev) { ev.prevent_default() }>
            {move || problem.get().map(|(error, more)| form_notice(&error, &more))}
            {draw_fields(form, &fields, "")}
            <footer class="dialog-foot">
                <Button label=common::CANCEL on_press=cancel />
                <Button label=label look=if danger { Look::Danger } else { Look::Primary } busy=task.busy submit=true />
            </footer>
        </form>
    }
    .into_any()
}

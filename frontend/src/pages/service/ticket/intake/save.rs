//! Saving what was taken in.

use super::accessory::ticked;
use super::find::Found;
use super::photo::Photos;
use crate::api::{self, ApiError, Options};
use crate::doc::Form;
use crate::doc::send::ActionKey;
use crate::nav;
use crate::pages::service::ticket::href;
use crate::text::{documents, ticket as t};
use crate::ui::{Task, storage, toast};
use leptos::prelude::*;
use openapi::master::customer::CustomerKind;
use openapi::service::ticket::{CreateTicket, Ticket};
use serde_json::{Value, json};

/// Saves the form, once at a time.
#[derive(Clone, Copy)]
pub struct Saver {
    form: Form,
    found: Found,
    photos: Photos,
    draft_key: StoredValue<String>,
    empty: StoredValue<Value>,
    key: StoredValue<ActionKey>,
    /// Whether it is under way.
    pub task: Task,
    /// What is wrong.
    pub problem: RwSignal<Option<(ApiError, Vec<String>)>>,
}

impl Saver {
    /// For this form; as it is now it counts as empty.
    pub fn new(form: Form, found: Found, photos: Photos, draft_key: String) -> Self {
        form.dirty.set(false);
        Saver {
            form,
            found,
            photos,
            draft_key: StoredValue::new(draft_key),
            empty: StoredValue::new(untrack(|| form.texts())),
            key: StoredValue::new(ActionKey::default()),
            task: Task::new(),
            problem: RwSignal::new(None),
        }
    }

    /// Where the draft is kept on this device.
    pub fn draft_key(self) -> String {
        self.draft_key.get_value()
    }

    /// Saves: accepts the unit and prints, or lets the ticket wait.
    pub fn save(self, accept: bool) {
        self.problem.set(None);
        if !self.form.check_all() {
            toast::error(documents::ALL_NEEDED.get());
            request_animation_frame(|| crate::ui::focus("main [aria-invalid=true]"));
            return;
        }
        self.task.run(self.send(accept));
    }

    async fn send(self, accept: bool) {
        let body = body(self.form.body(), &untrack(|| self.form.texts()), accept);
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let key = self.key.try_update_value(|k| k.for_body(&bytes)).unwrap_or_default();
        match api::send_json::<CreateTicket>("", bytes, Options { if_match: None, key: Some(key) }).await {
            Ok(ticket) => self.saved(ticket, accept).await,
            Err(error) => {
                let more = self.form.blame_all(error.fields());
                self.problem.set(Some((error, more)));
                request_animation_frame(|| crate::ui::focus("main [aria-invalid=true]"));
            }
        }
    }

    async fn saved(self, ticket: Ticket, accept: bool) {
        self.key.try_update_value(ActionKey::done);
        self.photos.upload(ticket.id).await;
        self.form.restore(self.empty.get_value());
        self.form.dirty.set(false);
        storage::remove(&self.draft_key.get_value());
        self.found.clear();
        let said = documents::SAVED.with("name", &ticket.number);
        if accept {
            toast::success(said);
            nav::go(&format!("{}/slip?from=intake", href(ticket.id)));
        } else {
            toast::success_with_link(said, t::OPEN_TICKET.get(), href(ticket.id));
            crate::ui::focus("#find");
        }
    }
}

/// The body for what the form holds: what was chosen becomes ids, what was ticked becomes lines.
fn body(mut typed: Value, texts: &Value, accept: bool) -> Value {
    let Value::Object(draft) = &mut typed else { return typed };
    let id_of = |at: &str| texts.get(at).and_then(|chosen| chosen.get("id")).cloned().unwrap_or(Value::Null);
    for helper in ["find", "customer", "unit"] {
        draft.remove(helper);
    }
    draft.insert("customer_id".to_owned(), id_of("customer"));
    draft.insert("unit_id".to_owned(), id_of("unit"));
    if let Some(Value::Object(new)) = draft.get_mut("new_customer") {
        new.insert("kind".to_owned(), json!(CustomerKind::Person));
    }
    let left = texts.get("accessories").map(ticked).unwrap_or_else(|| json!([]));
    draft.insert("accessories".to_owned(), left);
    draft.insert("accept".to_owned(), json!(accept));
    // a ticket that waits is given to nobody yet
    if !accept {
        draft.remove("engineer_id");
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_sent_as_ids() {
        let texts = json!({ "customer": { "id": "c" }, "unit": { "id": "u" }, "accessories": {} });
        let sent = body(json!({ "find": "138", "customer": null, "unit": null, "priority": "normal" }), &texts, true);
        let wanted =
            json!({ "customer_id": "c", "unit_id": "u", "accessories": [], "accept": true, "priority": "normal" });
        assert_eq!(sent, wanted);
        let engineer = |accept| body(json!({ "engineer_id": "e" }), &texts, accept).get("engineer_id").cloned();
        assert_eq!((engineer(true), engineer(false)), (Some(json!("e")), None));
    }
}

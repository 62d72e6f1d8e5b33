//! What has been typed into a form: texts by JSON pointer, what is wrong with them, and the body they make.

use super::field::{Control, Field};
use crate::text;
use crate::ui::InputKind;
use leptos::prelude::*;
use openapi::problem::field as code;
use openapi::{FieldError, Issue};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Found here; its text follows the language.
    Found(Issue),
    /// Said by the server.
    Said(String),
}

impl Fault {
    /// The text in the chosen language; reactive.
    pub fn text(&self) -> String {
        match self {
            Fault::Found(issue) => issue.code.message(text::lang(), &issue.params),
            Fault::Said(text) => text.clone(),
        }
    }
}

/// The state of a form. A pointer names a field as in the server's errors: `/name`, `/contacts/0/phone`.
#[derive(Clone, Copy)]
pub struct Form {
    texts: RwSignal<Value>,
    faults: RwSignal<BTreeMap<String, Fault>>,
    fields: StoredValue<Arc<Vec<Field>>>,
    /// Whether something was typed since it was loaded or saved.
    pub dirty: RwSignal<bool>,
}

impl Form {
    /// A new form with the initial texts of its fields.
    pub fn new(fields: Vec<Field>) -> Self {
        let texts = blank(&fields);
        Form {
            texts: RwSignal::new(texts),
            faults: RwSignal::new(BTreeMap::new()),
            fields: StoredValue::new(Arc::new(fields)),
            dirty: RwSignal::new(false),
        }
    }

    /// The fields.
    pub fn fields(self) -> Arc<Vec<Field>> {
        self.fields.get_value()
    }

    /// The text at a pointer; reactive.
    pub fn text(self, pointer: &str) -> String {
        self.texts.with(|texts| texts.pointer(pointer).map(super::scalar::plain).unwrap_or_default())
    }

    /// Changes the text at a pointer.
    pub fn set(self, pointer: &str, text: String) {
        self.set_value(pointer, Value::String(text));
    }

    /// Changes whatever stands at a pointer; fields with a control of their own use it.
    pub fn set_value(self, pointer: &str, value: Value) {
        let Some((parent, key)) = pointer.rsplit_once('/') else { return };
        self.texts.update(|texts| {
            if let Some(Value::Object(object)) = texts.pointer_mut(parent) {
                object.insert(key.to_owned(), value);
            }
        });
        self.dirty.set(true);
        if self.faults.with_untracked(|faults| faults.contains_key(pointer)) {
            self.faults.update(|faults| {
                faults.remove(pointer);
            });
        }
    }

    /// What stands at a pointer; reactive.
    pub fn value(self, pointer: &str) -> Value {
        self.texts.with(|texts| texts.pointer(pointer).cloned().unwrap_or_default())
    }

    /// How many rows stand at a pointer; reactive.
    pub fn rows(self, pointer: &str) -> usize {
        self.texts.with(|texts| texts.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len))
    }

    /// Adds a row at a pointer.
    pub fn add_row(self, pointer: &str, fields: &[Field]) {
        self.texts.update(|texts| {
            if let Some(Value::Array(rows)) = texts.pointer_mut(pointer) {
                rows.push(blank(fields));
            }
        });
        self.dirty.set(true);
    }

    /// Removes a row at a pointer.
    pub fn remove_row(self, pointer: &str, index: usize) {
        self.texts.update(|texts| {
            if let Some(Value::Array(rows)) = texts.pointer_mut(pointer)
                && index < rows.len()
            {
                rows.remove(index);
            }
        });
        let lines = format!("{pointer}/");
        self.faults.update(|faults| faults.retain(|p, _| !p.starts_with(&lines)));
        self.dirty.set(true);
    }

    /// What is wrong at a pointer; reactive.
    pub fn fault(self, pointer: &str) -> Option<String> {
        self.faults.with(|faults| faults.get(pointer).map(Fault::text))
    }

    /// Marks a field as wrong.
    pub fn blame(self, pointer: &str, fault: Fault) {
        self.faults.update(|faults| {
            faults.insert(pointer.to_owned(), fault);
        });
    }

    /// Checks one field, when the reader leaves it. An empty field is not blamed until the form is sent.
    pub fn check(self, pointer: &str, field: &Field) {
        let text =
            self.texts.with_untracked(|texts| texts.pointer(pointer).map(super::scalar::plain).unwrap_or_default());
        if !text.trim().is_empty()
            && let Err(issue) = (field.check)(&text)
        {
            self.blame(pointer, Fault::Found(issue));
        }
    }

    /// Checks everything; whether it is right.
    pub fn check_all(self) -> bool {
        let mut found = BTreeMap::new();
        let texts = self.texts.get_untracked();
        self.walk(&self.fields(), "", &texts, &mut found);
        let is_right = found.is_empty();
        self.faults.set(found);
        is_right
    }

    fn walk(self, fields: &[Field], at: &str, texts: &Value, found: &mut BTreeMap<String, Fault>) {
        for field in fields.iter().filter(|f| self.is_shown(f)) {
            let pointer = format!("{at}/{}", field.key);
            let value = texts.get(field.key);
            if let Control::Lines(lines) = &field.control {
                for (index, row) in value.and_then(Value::as_array).into_iter().flatten().enumerate() {
                    self.walk(&lines.fields, &format!("{pointer}/{index}"), row, found);
                }
                continue;
            }
            if let Control::Object(inner) = &field.control {
                self.walk(inner, &pointer, value.unwrap_or(&Value::Null), found);
                continue;
            }
            if let Some(rows) = value.and_then(Value::as_array) {
                if rows.is_empty() && field.required {
                    found.insert(pointer, Fault::Found(Issue::new(code::REQUIRED)));
                }
                continue;
            }
            if value.is_some_and(Value::is_object) {
                continue;
            }
            let text = value.map(super::scalar::plain).unwrap_or_default();
            let issue = match (text.trim().is_empty(), field.required) {
                (true, true) => Some(Issue::new(code::REQUIRED)),
                (true, false) => None,
                (false, _) => (field.check)(&text).err(),
            };
            if let Some(issue) = issue {
                found.insert(pointer, Fault::Found(issue));
            }
        }
    }

    fn is_shown(self, field: &Field) -> bool {
        field.when.as_ref().is_none_or(|when| untrack(|| when(self)))
    }

    /// The JSON body.
    pub fn body(self) -> Value {
        let texts = self.texts.get_untracked();
        self.encode(&self.fields(), &texts)
    }

    fn encode(self, fields: &[Field], texts: &Value) -> Value {
        let mut body = Map::new();
        for field in fields.iter().filter(|f| self.is_shown(f) && !matches!(f.control, Control::Shown)) {
            let value = texts.get(field.key).unwrap_or(&Value::Null);
            let json = match &field.control {
                Control::Lines(lines) => {
                    value.as_array().into_iter().flatten().map(|row| self.encode(&lines.fields, row)).collect()
                }
                Control::Object(inner) => self.encode(inner, value),
                _ if value.is_array() || value.is_object() => value.clone(),
                Control::CheckBox => (field.encode)(&super::scalar::plain(value)),
                _ => match super::scalar::plain(value) {
                    text if text.trim().is_empty() => Value::Null,
                    text => (field.encode)(&text),
                },
            };
            if !(json.is_null() && field.required) {
                body.insert(field.key.to_owned(), json);
            }
        }
        Value::Object(body)
    }

    /// Fills the form with a record.
    pub fn load(self, record: &Value) {
        self.texts.set(decode(&self.fields(), record));
        self.faults.set(BTreeMap::new());
        self.dirty.set(false);
    }

    /// The texts as they are, for a draft; reactive.
    pub fn texts(self) -> Value {
        self.texts.get()
    }

    /// Puts the texts of a draft back.
    pub fn restore(self, texts: Value) {
        self.texts.set(texts);
        self.dirty.set(true);
    }

    /// Marks the fields that the server named. What it says about no visible field comes back as text.
    pub fn blame_all(self, errors: &[FieldError]) -> Vec<String> {
        let mut elsewhere = Vec::new();
        self.faults.update(|faults| {
            for error in errors {
                match find(self, &self.fields(), &error.pointer) {
                    Some(field) => drop(faults.insert(error.pointer.clone(), said(&field, error))),
                    None => elsewhere.push(error),
                }
            }
        });
        elsewhere
            .iter()
            .map(|e| format!("{} {}", e.pointer.trim_start_matches('/'), e.message).trim().to_owned())
            .collect()
    }
}

/// The visible field at a pointer.
fn find(form: Form, fields: &[Field], pointer: &str) -> Option<Field> {
    let mut parts = pointer.trim_start_matches('/').splitn(3, '/');
    let (key, _index, rest) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    fields.iter().filter(|f| f.key == key && form.is_shown(f)).find_map(|field| match (&field.control, rest) {
        (Control::Lines(lines), Some(rest)) => find(form, &lines.fields, rest),
        (Control::Object(inner), _) => {
            pointer.split_once(&format!("/{key}/")).and_then(|(_, rest)| find(form, inner, rest))
        }
        (Control::Hidden | Control::Shown, _) => None,
        _ => Some(field.clone()),
    })
}

/// What the server says of a field. It gives the bounds of a rate in basis points; whoever types per cent reads per cent.
fn said(field: &Field, error: &FieldError) -> Fault {
    let is_bounds =
        matches!(field.control, Control::Input(InputKind::Percent)) && error.code == code::OUT_OF_RANGE.code;
    if !is_bounds {
        return Fault::Said(error.message.clone());
    }
    let bound = |name| {
        let rate = error.params.get(name).and_then(|rate| rate.parse().ok());
        rate.map(text::percent).unwrap_or_default()
    };
    Fault::Found(Issue::new(code::OUT_OF_RANGE).with("min", bound("min")).with("max", bound("max")))
}

/// The texts of fields nobody has touched.
fn blank(fields: &[Field]) -> Value {
    let one = |field: &Field| {
        let value = match &field.control {
            Control::Lines(lines) if !field.initial.is_empty() => json!([blank(&lines.fields)]),
            Control::Lines(_) | Control::Picks(..) => json!([]),
            Control::Choices(_) => field.initial.split(',').filter(|value| !value.is_empty()).collect(),
            Control::Object(inner) => blank(inner),
            _ => json!(field.initial),
        };
        (field.key.to_owned(), value)
    };
    Value::Object(fields.iter().map(one).collect())
}

/// The texts of a record.
fn decode(fields: &[Field], record: &Value) -> Value {
    let one = |field: &Field| {
        let value = record.get(field.key).unwrap_or(&Value::Null);
        let text = match &field.control {
            Control::Lines(lines) => {
                value.as_array().into_iter().flatten().map(|row| decode(&lines.fields, row)).collect()
            }
            Control::Object(inner) => decode(inner, value),
            Control::Picks(..) if !value.is_array() => json!([]),
            _ if value.is_array() || (value.is_object() && matches!(field.control, Control::Own(_))) => value.clone(),
            _ => json!((field.decode)(value)),
        };
        (field.key.to_owned(), text)
    };
    Value::Object(fields.iter().map(one).collect())
}

/// The texts in an array.
pub(super) fn ids(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field;
    use crate::text::customer as t;
    use openapi::master::customer::{ContactDraft, CustomerDraft};

    fn fields() -> Vec<Field> {
        vec![
            field!(CustomerDraft.name, t::NAME),
            field!(CustomerDraft.kind, t::KIND),
            field!(CustomerDraft.phone, t::PHONE),
            field!(CustomerDraft.email, t::EMAIL),
            Field::lines("contacts", t::CONTACTS, t::ADD_CONTACT, 20, vec![field!(ContactDraft.name, t::NAME)]),
            Field::object("inner", t::REACH, vec![field!(CustomerDraft.address, t::ADDRESS)]),
        ]
    }

    fn form() -> (Owner, Form) {
        let owner = Owner::new();
        owner.set();
        (owner, Form::new(fields()))
    }

    #[test]
    fn what_is_needed_comes_from_the_type_and_is_blamed_when_the_form_is_sent() {
        let (_owner, form) = form();
        form.set("/phone", "12".to_owned());
        form.add_row("/contacts", &[]);
        assert!(!form.check_all());
        assert_eq!(form.fault("/name").as_deref(), Some("必填"));
        assert_eq!(form.fault("/phone").as_deref(), Some("格式不正确"));
        assert_eq!(form.fault("/contacts/0/name").as_deref(), Some("必填"));
        assert_eq!(form.fault("/email"), None);
        form.set("/phone", "13800138000".to_owned());
        assert_eq!(form.fault("/phone"), None);
    }

    #[test]
    fn a_record_goes_in_and_the_same_body_comes_out() {
        let (_owner, form) = form();
        let record = json!({
            "name": "李雷", "kind": "company", "phone": "13800138000", "email": null, "version": 3,
            "contacts": [{ "name": "韩梅梅" }], "inner": { "address": "文三路" },
        });
        form.load(&record);
        assert!(form.check_all() && !form.dirty.get_untracked());
        let mut wanted = record;
        wanted.as_object_mut().unwrap().remove("version");
        assert_eq!(form.body(), wanted);
    }

    #[test]
    fn errors_of_the_server_find_their_field_or_come_back() {
        let (_owner, form) = form();
        form.add_row("/contacts", &[]);
        let error = |pointer: &str| FieldError {
            pointer: pointer.to_owned(),
            code: "taken".to_owned(),
            message: "已被使用".to_owned(),
            params: BTreeMap::new(),
        };
        let rest =
            form.blame_all(&[error("/phone"), error("/contacts/0/name"), error("/inner/address"), error("/org_id")]);
        assert_eq!(rest, ["org_id 已被使用"]);
        for pointer in ["/phone", "/contacts/0/name", "/inner/address"] {
            assert_eq!(form.fault(pointer).as_deref(), Some("已被使用"), "{pointer}");
        }
    }
}

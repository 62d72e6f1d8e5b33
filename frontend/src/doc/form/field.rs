//! One field of a form, as data.

use super::Form;
use crate::text::Label;
use crate::ui::{InputKind, PickSource, SelectOption};
use leptos::prelude::*;
use openapi::Issue;
use serde_json::{Value, json};
use std::sync::Arc;

/// What a field is filled in with.
#[derive(Clone)]
pub enum Control {
    /// One line.
    Input(InputKind),
    /// Several lines.
    TextArea,
    /// Yes or no.
    CheckBox,
    /// One of a closed set, in a list.
    Select(fn() -> Vec<SelectOption>),
    /// One of what the document offers, in a list.
    Options(Vec<SelectOption>),
    /// One of a closed set, all visible.
    Radio(fn() -> Vec<SelectOption>),
    /// Another record.
    Pick(PickSource),
    /// Several other records: an array of ids.
    Picks(PickSource, usize),
    /// Any of a closed set: an array of values.
    Choices(fn() -> Vec<SelectOption>),
    /// Several rows of fields.
    Lines(Arc<Lines>),
    /// Fields of an object inside.
    Object(Arc<Vec<Field>>),
    /// Shown as text, not sent; tells rows apart.
    Shown,
    /// Not shown; kept as it was loaded, for example the id of a line.
    Hidden,
    /// Something of the page's own; it reads and writes through the form.
    Own(Arc<dyn Fn(Form, String) -> AnyView + Send + Sync>),
}

/// Rows of fields inside a form.
pub struct Lines {
    /// The fields of a row.
    pub fields: Vec<Field>,
    /// What the button says that adds one; nothing when the rows are given.
    pub add: Option<Label>,
    /// The largest number of rows.
    pub most: usize,
}

/// One field. Make it with [`field!`](crate::field) so that name, type and need come from the contract.
#[derive(Clone)]
pub struct Field {
    /// Name in the JSON object.
    pub key: &'static str,
    /// Label.
    pub label: Label,
    /// What to know before typing.
    pub hint: Option<Label>,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether it takes the whole width.
    pub wide: bool,
    /// The control.
    pub control: Control,
    /// What a new form starts with.
    pub initial: String,
    /// What is wrong with a text that is not empty.
    pub check: fn(&str) -> Result<(), Issue>,
    /// The JSON for a text that is not empty.
    pub encode: fn(&str) -> Value,
    /// The text for a JSON value.
    pub decode: fn(&Value) -> String,
    /// Whether it is shown and sent.
    pub when: Option<Arc<dyn Fn(Form) -> bool + Send + Sync>>,
}

impl Field {
    /// A field that takes any text; [`field!`](crate::field) is the better way.
    pub fn new(key: &'static str, label: Label, control: Control) -> Self {
        Field {
            key,
            label,
            hint: None,
            required: false,
            wide: false,
            control,
            initial: String::new(),
            check: |_| Ok(()),
            encode: |text| json!(text),
            decode: super::scalar::plain,
            when: None,
        }
    }

    /// Rows of fields: `Field::lines("contacts", t::CONTACTS, t::ADD_CONTACT, 20, vec![…])`.
    pub fn lines(key: &'static str, label: Label, add: Label, most: usize, fields: Vec<Field>) -> Self {
        let mut field = Field::new(key, label, Control::Lines(Arc::new(Lines { fields, add: Some(add), most })));
        field.wide = true;
        field
    }

    /// A new form begins with one empty row: for what makes no sense without any.
    #[must_use]
    pub fn begun(mut self) -> Self {
        self.initial = "1".to_owned();
        self
    }

    /// Rows of fields that can be filled in but neither added nor removed; the record brings them.
    pub fn given_lines(key: &'static str, label: Label, fields: Vec<Field>) -> Self {
        Field::new(key, label, Control::Lines(Arc::new(Lines { fields, add: None, most: usize::MAX }))).wide()
    }

    /// Text of the record that tells rows apart; it is not sent.
    pub fn shown(key: &'static str, label: Label) -> Self {
        Field::new(key, label, Control::Shown)
    }

    /// Several records from a source, at most `most`: an array of ids.
    pub fn picks(key: &'static str, label: Label, source: PickSource, most: usize) -> Self {
        Field::new(key, label, Control::Picks(source, most)).wide()
    }

    /// Several short texts, typed one a line or separated by commas: an array of texts, empty at first.
    pub fn texts(key: &'static str, label: Label) -> Self {
        let mut field = Field::own(key, label, super::draw::draw_texts).initial("none");
        field.encode = |_| json!([]);
        field
    }

    /// Any of a closed set: an array of values, at first those of `initial`, separated by commas.
    pub fn choices<C: openapi::choice::Choice>(key: &'static str, label: Label) -> Self {
        Field::new(key, label, Control::Choices(super::choice_options::<C>))
    }

    /// Fields of an object inside; give it a [`when`](Field::when) if it may be left out.
    pub fn object(key: &'static str, label: Label, fields: Vec<Field>) -> Self {
        Field::new(key, label, Control::Object(Arc::new(fields))).wide()
    }

    /// A value that is loaded and sent but not shown.
    pub fn hidden(key: &'static str) -> Self {
        Field::new(key, Label { zh: "", en: "" }, Control::Hidden)
    }

    /// A control of the page's own. It gets the form and the pointer of this field.
    pub fn own(
        key: &'static str,
        label: Label,
        draw: impl Fn(Form, String) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        Field::new(key, label, Control::Own(Arc::new(draw))).wide()
    }

    /// Says what to know before typing.
    #[must_use]
    pub fn hint(mut self, hint: Label) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Takes the whole width.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// What a new form starts with.
    #[must_use]
    pub fn initial(mut self, text: impl Into<String>) -> Self {
        self.initial = text.into();
        self
    }

    /// Picks a record from a source.
    #[must_use]
    pub fn pick(mut self, source: PickSource) -> Self {
        self.control = Control::Pick(source);
        self
    }

    /// Is a rate: basis points in the contract, typed and read per cent.
    #[must_use]
    pub fn percent(mut self) -> Self {
        self.control = Control::Input(InputKind::Percent);
        self.check = super::scalar::check_percent;
        self.encode = super::scalar::encode_percent;
        self.decode = super::scalar::decode_percent;
        self
    }

    /// Uses another control than the type suggests.
    #[must_use]
    pub fn control(mut self, control: Control) -> Self {
        self.control = control;
        self
    }

    /// Must be filled in although the contract lets it be empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Is shown and sent only when this holds; reactive.
    #[must_use]
    pub fn when(mut self, when: impl Fn(Form) -> bool + Send + Sync + 'static) -> Self {
        self.when = Some(Arc::new(when));
        self
    }
}

/// A field of a contract draft: `field!(CustomerDraft.name, t::NAME)`. The name is checked by the compiler; control,
/// check, encoding and whether it is required come from the field's type.
#[macro_export]
macro_rules! field {
    ($draft:ident . $name:ident, $label:expr) => {{
        #[allow(unused_imports)]
        use $crate::doc::form::{AsChoice as _, AsOptionalChoice as _, AsScalar as _};
        (&&&$crate::doc::form::Probe::of(|draft: &$draft| &draft.$name)).field(stringify!($name), $label)
    }};
}

//! From a field of a contract draft to a control: the type decides what is typed, what is checked and what is sent.

use super::field::{Control, Field};
use crate::text::{self, Label};
use crate::ui::{InputKind, SelectOption};
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::system::number::NumberPattern;
use openapi::{
    Date, Email, EmployeeNumber, Id, Issue, ItemCode, Money, Month, Note, Password, Phone, Quantity, Serial,
    StationCode, Text, Timestamp, UnitPrice, problem,
};
use serde_json::{Value, json};
use std::marker::PhantomData;

/// A type that one control can hold.
pub trait Scalar {
    /// The control.
    const CONTROL: Control;
    /// Whether it must be filled in.
    const REQUIRED: bool = true;
    /// Whether it takes the whole width.
    const WIDE: bool = false;
    /// What is wrong with a text that is not empty.
    fn check(text: &str) -> Result<(), Issue>;
    /// The JSON for a text that is not empty.
    fn encode(text: &str) -> Value {
        json!(text)
    }
    /// The text for a JSON value.
    fn decode(value: &Value) -> String {
        plain(value)
    }
}

/// The text of a JSON string, number or boolean.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => String::new(),
    }
}

macro_rules! typed_by_text { ($($t:ty [$($g:tt)*] $kind:ident;)+) => { $(
    impl<$($g)*> Scalar for $t {
        const CONTROL: Control = Control::Input(InputKind::$kind);
        fn check(text: &str) -> Result<(), Issue> { text.parse::<$t>().map(|_| ()) }
    }
)+ }; }
typed_by_text! {
    Text<M> [const M: usize] Text;
    Phone [] Phone;
    Email [] Email;
    ItemCode [] Code;
    Serial [] Code;
    StationCode [] Code;
    EmployeeNumber [] Login;
    NumberPattern [] Code;
    Password [] NewSecret;
    Quantity [] Decimal;
    UnitPrice [] Money;
    Date [] Date;
    Month [] Month;
}

impl<const M: usize> Scalar for Note<M> {
    const CONTROL: Control = Control::TextArea;
    const WIDE: bool = true;
    fn check(text: &str) -> Result<(), Issue> {
        text.parse::<Note<M>>().map(|_| ())
    }
}

/// Any record: give the field a source to pick from with [`Field::pick`].
impl<T> Scalar for Id<T> {
    const CONTROL: Control = Control::Input(InputKind::Code);
    fn check(text: &str) -> Result<(), Issue> {
        text.parse::<Id<T>>().map(|_| ())
    }
}

impl Scalar for Money {
    const CONTROL: Control = Control::Input(InputKind::Money);
    fn check(text: &str) -> Result<(), Issue> {
        text.parse::<Money>().map(|_| ())
    }
    fn encode(text: &str) -> Value {
        text.parse::<Money>().ok().and_then(|m| serde_json::to_value(m).ok()).unwrap_or_else(|| json!(text))
    }
    fn decode(value: &Value) -> String {
        value.get("amount").map(plain).unwrap_or_default()
    }
}

impl Scalar for Timestamp {
    const CONTROL: Control = Control::Input(InputKind::Moment);
    fn check(text: &str) -> Result<(), Issue> {
        text::instant_of_input(text).map(|_| ()).ok_or_else(|| Issue::new(problem::field::INVALID_FORMAT))
    }
    fn encode(text: &str) -> Value {
        text::instant_of_input(text).map_or_else(|| json!(text), |at| json!(at))
    }
    fn decode(value: &Value) -> String {
        plain(value).parse::<Timestamp>().map(text::input_of_instant).unwrap_or_default()
    }
}

impl Scalar for bool {
    const CONTROL: Control = Control::CheckBox;
    const REQUIRED: bool = false;
    fn check(_: &str) -> Result<(), Issue> {
        Ok(())
    }
    fn encode(text: &str) -> Value {
        json!(text == "true")
    }
}

impl Scalar for String {
    const CONTROL: Control = Control::Input(InputKind::Text);
    fn check(_: &str) -> Result<(), Issue> {
        Ok(())
    }
}

macro_rules! whole_numbers { ($($t:ty),+) => { $(
    impl Scalar for $t {
        const CONTROL: Control = Control::Input(InputKind::Whole);
        fn check(text: &str) -> Result<(), Issue> {
            text.trim().parse::<$t>().map(|_| ()).map_err(|_| Issue::new(problem::field::INVALID_FORMAT))
        }
        fn encode(text: &str) -> Value { text.trim().parse::<$t>().map_or_else(|_| json!(text), |n| json!(n)) }
    }
)+ }; }
whole_numbers!(u8, u16, u32, u64, i16, i32, i64);

/// What is wrong with a rate that is typed per cent.
pub(super) fn check_percent(text: &str) -> Result<(), Issue> {
    text::basis_points(text).map(|_| ()).ok_or_else(|| Issue::new(problem::field::INVALID_FORMAT))
}

/// A rate that is typed per cent, in basis points.
pub(super) fn encode_percent(text: &str) -> Value {
    text::basis_points(text).map_or_else(|| json!(text), |rate| json!(rate))
}

/// Basis points as they are typed: `12.50`.
pub(super) fn decode_percent(value: &Value) -> String {
    let rate = value.as_u64().and_then(|rate| u16::try_from(rate).ok());
    rate.map(|rate| text::percent(rate).trim_end_matches('%').to_owned()).unwrap_or_default()
}

impl<T: Scalar> Scalar for Option<T> {
    const CONTROL: Control = T::CONTROL;
    const REQUIRED: bool = false;
    const WIDE: bool = T::WIDE;
    fn check(text: &str) -> Result<(), Issue> {
        T::check(text)
    }
    fn encode(text: &str) -> Value {
        T::encode(text)
    }
    fn decode(value: &Value) -> String {
        T::decode(value)
    }
}

/// Carries the type of a draft's field to the rule that fits it: scalar, choice, or optional choice.
pub struct Probe<T>(PhantomData<fn() -> T>);

impl<T> Probe<T> {
    /// Learns the type from a projection.
    pub fn of<D>(_: fn(&D) -> &T) -> Self {
        Probe(PhantomData)
    }
}

/// A field of scalar type.
pub trait AsScalar {
    /// The field.
    fn field(&self, key: &'static str, label: Label) -> Field;
}
impl<T: Scalar> AsScalar for &&Probe<T> {
    fn field(&self, key: &'static str, label: Label) -> Field {
        let mut field = Field::new(key, label, T::CONTROL);
        field.required = T::REQUIRED;
        field.wide = T::WIDE;
        field.check = T::check;
        field.encode = T::encode;
        field.decode = T::decode;
        field
    }
}

/// A field of choice type.
pub trait AsChoice {
    /// The field.
    fn field(&self, key: &'static str, label: Label) -> Field;
}
impl<T: Choice> AsChoice for &Probe<T> {
    fn field(&self, key: &'static str, label: Label) -> Field {
        choice_field::<T>(key, label, true)
    }
}

/// A field of optional choice type.
pub trait AsOptionalChoice {
    /// The field.
    fn field(&self, key: &'static str, label: Label) -> Field;
}
impl<T: Choice> AsOptionalChoice for Probe<Option<T>> {
    fn field(&self, key: &'static str, label: Label) -> Field {
        choice_field::<T>(key, label, false)
    }
}

fn choice_field<T: Choice>(key: &'static str, label: Label, required: bool) -> Field {
    let control = if required && T::ALL.len() <= 3 {
        Control::Radio(choice_options::<T>)
    } else {
        Control::Select(choice_options::<T>)
    };
    let mut field = Field::new(key, label, control);
    field.required = required;
    field.check = |text| T::parse(text).map(|_| ()).ok_or_else(|| Issue::new(problem::field::UNKNOWN_VALUE));
    if required && T::ALL.len() <= 3 {
        field.initial = T::ALL.first().map(|v| v.as_str().to_owned()).unwrap_or_default();
    }
    field
}

/// The values of a choice with their labels, in the chosen language; reactive.
pub fn choice_options<T: Choice>() -> Vec<SelectOption> {
    let lang = text::lang();
    let option = |v: &T| SelectOption { value: v.as_str().to_owned(), label: Signal::stored(v.label(lang).to_owned()) };
    T::ALL.iter().map(option).collect()
}

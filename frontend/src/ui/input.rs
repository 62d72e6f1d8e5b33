//! Controls over native elements. Each holds text; what the text means is decided by whoever binds it.

use super::Words;
use leptos::prelude::*;

/// Ties a control to where its text lives.
#[derive(Clone, Copy)]
pub struct Bind {
    /// The text.
    pub value: Signal<String>,
    /// Takes a new text.
    pub set: Callback<String>,
    /// The reader has left the control.
    pub left: Callback<()>,
}

impl Bind {
    /// Ties a control to a plain signal.
    pub fn signal(signal: RwSignal<String>) -> Self {
        Bind { value: signal.into(), set: Callback::new(move |v| signal.set(v)), left: Callback::new(|()| ()) }
    }

    /// Ties a control to a value and a setter.
    pub fn new(value: impl Into<Signal<String>>, set: impl Fn(String) + Send + Sync + 'static) -> Self {
        Bind { value: value.into(), set: Callback::new(set), left: Callback::new(|()| ()) }
    }

    /// Hands a new text over. The browser may send events of a control that is being removed: those change nothing.
    pub(super) fn put(self, text: String) {
        self.set.try_run(text);
    }

    /// Tells that the reader has left the control.
    pub(super) fn leave(self) {
        self.left.try_run(());
    }
}

/// What is typed into an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Anything.
    #[default]
    Text,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A secret that exists already.
    Secret,
    /// A secret that is being chosen.
    NewSecret,
    /// A decimal number.
    Decimal,
    /// An amount of money.
    Money,
    /// A whole number.
    Whole,
    /// A share of something, typed per cent.
    Percent,
    /// A date.
    Date,
    /// A calendar month.
    Month,
    /// A date and a time.
    Moment,
    /// A code or serial number.
    Code,
    /// The login of the person.
    Login,
}

impl InputKind {
    /// `type`, `inputmode`, `autocomplete`, class.
    const fn attributes(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            InputKind::Text => ("text", "text", "off", "input"),
            InputKind::Phone => ("tel", "tel", "off", "input number"),
            InputKind::Email => ("email", "email", "off", "input"),
            InputKind::Secret => ("password", "text", "current-password", "input"),
            InputKind::NewSecret => ("password", "text", "new-password", "input"),
            InputKind::Decimal => ("text", "decimal", "off", "input number right"),
            InputKind::Money => ("text", "decimal", "off", "input number right money"),
            InputKind::Whole => ("text", "numeric", "off", "input number right"),
            InputKind::Percent => ("text", "decimal", "off", "input number right"),
            InputKind::Date => ("date", "text", "off", "input number"),
            InputKind::Month => ("month", "text", "off", "input number"),
            InputKind::Moment => ("datetime-local", "text", "off", "input number"),
            InputKind::Code => ("text", "text", "off", "input code"),
            InputKind::Login => ("text", "text", "username", "input"),
        }
    }
}

/// One line.
#[component]
pub fn Input(
    /// Where the text lives.
    bind: Bind,
    /// Id of the element; the label refers to it.
    #[prop(into)]
    id: String,
    /// What is typed.
    #[prop(optional)]
    kind: InputKind,
    /// An example or a hint inside.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// Name for screen readers where there is no label.
    #[prop(optional, into)]
    name: Signal<Option<String>>,
    /// Whether the value is wrong.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// Whether a value is needed.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// Whether it can be read but not changed.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// Whether it takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> AnyView {
    let (type_, mode, complete, class) = kind.attributes();
    let node = NodeRef::<leptos::html::Input>::new();
    if autofocus {
        Effect::new(move || {
            if let Some(input) = node.get() {
                input.focus().ok();
            }
        });
    }
    let note = format!("{id}-note");
    let input = view! {
        <input
            node_ref=node
            id=id
            class=class
            type=type_
            inputmode=mode
            autocomplete=complete
            spellcheck="false"
            placeholder=move || placeholder.get()
            aria-label=move || name.get()
            aria-describedby=note
            aria-invalid=move || invalid.get().then_some("true")
            aria-required=move || required.get().then_some("true")
            readonly=move || locked.get()
            prop:value=move || bind.value.get()
            on:input=move |ev| bind.put(event_target_value(&ev))
            on:blur=move |_| bind.leave()
        />
    };
    match kind {
        InputKind::Money => {
            view! { <div class="prefixed"><span class="prefix" aria-hidden="true">"¥"</span>{input}</div> }.into_any()
        }
        InputKind::Percent => {
            view! { <div class="suffixed">{input}<span class="suffix" aria-hidden="true">"%"</span></div> }.into_any()
        }
        _ => input.into_any(),
    }
}

/// Several lines.
#[component]
pub fn TextArea(
    /// Where the text lives.
    bind: Bind,
    /// Id of the element.
    #[prop(into)]
    id: String,
    /// Lines shown.
    #[prop(default = 3)]
    rows: u8,
    /// An example or a hint inside.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// Whether the value is wrong.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// Whether a value is needed.
    #[prop(optional, into)]
    required: Signal<bool>,
) -> AnyView {
    let note = format!("{id}-note");
    view! {
        <textarea
            id=id
            class="input"
            rows=rows.to_string()
            placeholder=move || placeholder.get()
            aria-describedby=note
            aria-invalid=move || invalid.get().then_some("true")
            aria-required=move || required.get().then_some("true")
            prop:value=move || bind.value.get()
            on:input=move |ev| bind.put(event_target_value(&ev))
            on:blur=move |_| bind.leave()
        ></textarea>
    }
    .into_any()
}

/// One value of a closed set.
#[derive(Clone)]
pub struct SelectOption {
    /// The value as stored.
    pub value: String,
    /// The text for people.
    pub label: Words,
}

/// A choice among few.
#[component]
pub fn Select(
    /// Where the value lives.
    bind: Bind,
    /// Id of the element.
    #[prop(into)]
    id: String,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// What the empty choice says; nothing when there must be a choice.
    #[prop(optional, into)]
    empty: Signal<Option<String>>,
    /// Name for screen readers where there is no label.
    #[prop(optional, into)]
    name: Signal<Option<String>>,
    /// Whether the value is wrong.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// Whether a value is needed.
    #[prop(optional, into)]
    required: Signal<bool>,
) -> AnyView {
    let note = format!("{id}-note");
    let one = move |option: SelectOption| {
        let value = option.value.clone();
        let is_chosen = move || bind.value.with(|v| *v == value);
        view! { <option value=option.value prop:selected=is_chosen>{move || option.label.get()}</option> }
    };
    view! {
        <select
            id=id
            class="input"
            aria-label=move || name.get()
            aria-describedby=note
            aria-invalid=move || invalid.get().then_some("true")
            aria-required=move || required.get().then_some("true")
            on:change=move |ev| bind.put(event_target_value(&ev))
            on:blur=move |_| bind.leave()
        >
            {move || empty.get().map(|label| view! { <option value="" prop:selected=move || bind.value.with(String::is_empty)>{label}</option> })}
            {move || options.get().into_iter().map(one).collect_view()}
        </select>
    }
    .into_any()
}

/// Yes or no. The text is `true` or `false`.
#[component]
pub fn CheckBox(
    /// Where the value lives.
    bind: Bind,
    /// Id of the element.
    #[prop(into)]
    id: String,
    /// What it says.
    #[prop(into)]
    label: Words,
) -> AnyView {
    let note = format!("{id}-note");
    let input = view! {
        <input
            type="checkbox"
            id=id
            aria-describedby=note
            prop:checked=move || bind.value.with(|v| v == "true")
            on:change=move |ev| {
                bind.put(event_target_checked(&ev).to_string());
                bind.leave();
            }
        />
    };
    view! { <label class="check">{input}<span>{move || label.get()}</span></label> }.into_any()
}

/// A choice among very few, all of them visible.
#[component]
pub fn RadioGroup(
    /// Where the value lives.
    bind: Bind,
    /// Id of the group; the label refers to it.
    #[prop(into)]
    id: String,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// Name of the group.
    #[prop(into)]
    name: Words,
) -> AnyView {
    let group = id.clone();
    let one = move |(index, option): (usize, SelectOption)| {
        let (value, set) = (option.value.clone(), option.value.clone());
        let is_chosen = move || bind.value.with(|v| *v == value);
        let id = if index == 0 { group.clone() } else { format!("{group}-{index}") };
        view! {
            <label class="check">
                <input type="radio" id=id name=group.clone() prop:checked=is_chosen
                    on:change=move |_| { bind.put(set.clone()); bind.leave(); } />
                <span>{move || option.label.get()}</span>
            </label>
        }
    };
    view! {
        <div class="radios" role="radiogroup" aria-label=move || name.get()>
            {move || options.get().into_iter().enumerate().map(one.clone()).collect_view()}
        </div>
    }
    .into_any()
}

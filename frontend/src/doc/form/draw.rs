//! Draws fields.

use super::Form;
use super::field::{Control, Field, Lines};
use crate::text::{Label, common, documents};
use crate::ui::{
    Bind, Button, CheckBox, Combo, Combos, FieldBox, Icon, IconButton, Input, MultiSelect, RadioGroup, Select,
    SelectOption, TextArea, TickBox,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The id of the control at a pointer.
pub fn control_id(pointer: &str) -> String {
    format!("f{}", pointer.replace('/', "-"))
}

/// Draws fields in a grid.
pub fn draw_fields(form: Form, fields: &[Field], at: &str) -> AnyView {
    let one = |field: &Field| draw_field(form, field.clone(), at);
    view! { <div class="form-grid">{fields.iter().map(one).collect_view()}</div> }.into_any()
}

fn draw_field(form: Form, field: Field, at: &str) -> AnyView {
    let pointer = format!("{at}/{}", field.key);
    match field.when.clone() {
        Some(when) => {
            let shown = Memo::new(move |_| when(form));
            (move || shown.get().then(|| framed(form, field.clone(), pointer.clone()))).into_any()
        }
        None => framed(form, field, pointer),
    }
}

/// Ties a control to the form.
pub fn bind(form: Form, pointer: &str, field: Arc<Field>) -> Bind {
    let (read, write, left) = (pointer.to_owned(), pointer.to_owned(), pointer.to_owned());
    Bind {
        value: Memo::new(move |_| form.text(&read)).into(),
        set: Callback::new(move |text| form.set(&write, text)),
        left: Callback::new(move |()| form.check(&left, &field)),
    }
}

fn framed(form: Form, field: Field, pointer: String) -> AnyView {
    let id = control_id(&pointer);
    match &field.control {
        Control::Lines(lines) => return draw_lines(form, lines.clone(), field.label, pointer),
        Control::Object(fields) => return draw_object(form, fields, field.label, &pointer),
        Control::Hidden => return ().into_any(),
        _ => {}
    }
    let at = pointer.clone();
    let error = Memo::new(move |_| form.fault(&at));
    let (label, hint, wide, required) = (field.label, field.hint, field.wide, field.required);
    let hint = Signal::derive(move || hint.map(|h| h.get().to_owned()));
    if matches!(field.control, Control::CheckBox) {
        let bind = bind(form, &pointer, Arc::new(field));
        return view! {
            <TickBox id=id.clone() hint=hint error=error wide=wide><CheckBox bind=bind id=id label=label /></TickBox>
        }
        .into_any();
    }
    view! {
        <FieldBox id=id.clone() label=label required=required hint=hint error=error wide=wide>
            {control(form, field, pointer, id, Signal::derive(move || error.with(Option::is_some)))}
        </FieldBox>
    }
    .into_any()
}

fn control(form: Form, field: Field, pointer: String, id: String, invalid: Signal<bool>) -> AnyView {
    let (label, required) = (field.label, field.required);
    let field = Arc::new(field);
    let bind = bind(form, &pointer, field.clone());
    match field.control.clone() {
        Control::Input(kind) => {
            view! { <Input bind=bind id=id kind=kind invalid=invalid required=required /> }.into_any()
        }
        Control::TextArea => view! { <TextArea bind=bind id=id invalid=invalid required=required /> }.into_any(),
        Control::Select(options) => select(bind, id, Signal::derive(options), (required, invalid)),
        Control::Options(options) => select(bind, id, Signal::stored(options), (required, invalid)),
        Control::Radio(options) => {
            view! { <RadioGroup bind=bind id=id options=Signal::derive(options) name=label /> }.into_any()
        }
        Control::Pick(source) => {
            view! { <Combo bind=bind id=id name=label source=source invalid=invalid required=required /> }.into_any()
        }
        Control::Own(draw) => draw(form, pointer),
        Control::Picks(source, most) => {
            let (read, write) = (pointer.clone(), pointer);
            let value = Memo::new(move |_| super::model::ids(&form.value(&read)));
            let set = Callback::new(move |ids: Vec<String>| form.set_value(&write, serde_json::json!(ids)));
            view! { <Combos id=id name=label source=source most=most value=value set=set invalid=invalid /> }.into_any()
        }
        Control::Choices(options) => {
            let (read, write) = (pointer.clone(), pointer);
            let value = Memo::new(move |_| super::model::ids(&form.value(&read)).join(","));
            let set = move |text: String| {
                let values: Vec<&str> = text.split(',').filter(|value| !value.is_empty()).collect();
                form.set_value(&write, serde_json::json!(values));
            };
            view! {
                <MultiSelect id=id name=label empty=common::NONE options=Signal::derive(options) bind=Bind::new(value, set) />
            }
            .into_any()
        }
        Control::Shown => view! { <output id=id class="shown">{move || bind.value.get()}</output> }.into_any(),
        Control::CheckBox | Control::Lines(_) | Control::Object(_) | Control::Hidden => ().into_any(),
    }
}

fn select(
    bind: Bind,
    id: String,
    options: Signal<Vec<SelectOption>>,
    (required, invalid): (bool, Signal<bool>),
) -> AnyView {
    let empty = if required { common::SELECT } else { common::NONE };
    view! { <Select bind=bind id=id options=options empty=empty invalid=invalid required=required /> }.into_any()
}

fn draw_object(form: Form, fields: &[Field], label: Label, pointer: &str) -> AnyView {
    view! {
        <div class="field wide" role="group" aria-label=label>
            <span class="label">{label}</span>
            {draw_fields(form, fields, pointer)}
        </div>
    }
    .into_any()
}

fn draw_lines(form: Form, lines: Arc<Lines>, label: Label, pointer: String) -> AnyView {
    let (count_at, add_at, fault_at) = (pointer.clone(), pointer.clone(), pointer.clone());
    let count = Memo::new(move |_| form.rows(&count_at));
    let (row_lines, add_lines) = (lines.clone(), lines.clone());
    let row = move |index: usize| draw_row(form, row_lines.clone(), &pointer, index);
    let most = lines.most;
    let add = move |()| form.add_row(&add_at, &add_lines.fields);
    let full = move || {
        (count.get() >= most).then(|| {
            let issue = openapi::Issue::new(openapi::problem::field::TOO_MANY).with("max", most);
            issue.code.message(crate::text::lang(), &issue.params)
        })
    };
    view! {
        <div class="field wide" role="group" aria-label=label>
            <span class="label">{label}</span>
            <div class="form-rows">
                <Show when=move || { count.get() == 0 }><p class="hint">{documents::NO_LINES}</p></Show>
                <For each=move || 0..count.get() key=|index| *index children=row />
            </div>
            {move || form.fault(&fault_at).map(|text| view! { <p class="error" role="alert">{text}</p> })}
            {lines.add.map(|label| view! { <Button label=label icon=Icon::Plus on_press=add disabled=Signal::derive(full) /> })}
        </div>
    }
    .into_any()
}

fn draw_row(form: Form, lines: Arc<Lines>, pointer: &str, index: usize) -> AnyView {
    let at = pointer.to_owned();
    let remove = move |()| form.remove_row(&at, index);
    let name = move || String::from(documents::ROW_NUMBER.with("n", index + 1));
    view! {
        <div class="form-row" role="group" aria-label=name>
            {draw_fields(form, &lines.fields, &format!("{pointer}/{index}"))}
            {lines.add.is_some().then(|| view! { <IconButton label=common::REMOVE icon=Icon::Trash on_press=remove /> })}
        </div>
    }
    .into_any()
}

/// An array of texts as one text, one a line.
pub(super) fn draw_texts(form: Form, pointer: String) -> AnyView {
    let id = control_id(&pointer);
    let read = pointer.clone();
    let shown = Memo::new(move |_| {
        let value = form.value(&read);
        let texts = value.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
        texts.collect::<Vec<_>>().join("\n")
    });
    let write = move |text: String| {
        let texts = text.split(['\n', ',', '，', '、']).map(str::trim_start).filter(|text| !text.is_empty());
        form.set_value(&pointer, serde_json::json!(texts.collect::<Vec<_>>()));
    };
    view! { <TextArea id=id bind=Bind::new(shown, write) /> }.into_any()
}

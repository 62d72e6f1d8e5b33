//! A button that opens a list: of commands, or of values to tick.

use super::{Icon, Words, icon};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, Node};

/// A command in a menu.
#[derive(Clone)]
pub struct MenuItem {
    /// What it says.
    pub label: Words,
    /// Its icon.
    pub icon: Option<Icon>,
    /// Whether it destroys something.
    pub danger: bool,
    /// Whether it is the value chosen now.
    pub chosen: Signal<bool>,
    /// What it does.
    pub run: Callback<()>,
}

impl MenuItem {
    /// A plain command.
    pub fn new(label: impl Into<Words>, icon: Option<Icon>, run: impl Fn() + Send + Sync + 'static) -> Self {
        MenuItem { label: label.into(), icon, danger: false, chosen: false.into(), run: Callback::new(move |()| run()) }
    }

    /// Marks it as the value chosen now.
    #[must_use]
    pub fn chosen(mut self, chosen: impl Into<Signal<bool>>) -> Self {
        self.chosen = chosen.into();
        self
    }
}

/// Closes a pop-up when something outside is pressed, and on Esc.
fn close_outside(open: RwSignal<bool>, root: NodeRef<leptos::html::Div>) {
    // a press on something that cannot be focused moves the focus to what surrounds the pop-up: that is not outside
    let outside = move |target: Option<web_sys::EventTarget>| {
        let node = target.and_then(|t| t.dyn_into::<Node>().ok());
        let surrounds = |root: &Node| node.as_ref().is_some_and(|node| node.contains(Some(root)));
        root.get_untracked().is_some_and(|root| !root.contains(node.as_ref()) && !surrounds(&root))
    };
    let press = window_event_listener(ev::pointerdown, move |ev| {
        let node = ev.target().and_then(|t| t.dyn_into::<Node>().ok());
        let inside = root.get_untracked().is_none_or(|root| root.contains(node.as_ref()));
        if open.get_untracked() && !inside {
            open.set(false);
        }
    });
    let leave = window_event_listener(ev::focusin, move |ev| {
        if open.get_untracked() && outside(ev.target()) {
            open.set(false);
        }
    });
    on_cleanup(move || {
        press.remove();
        leave.remove();
    });
}

/// Moves the focus among the items of a pop-up with the arrow keys.
fn arrows(ev: &KeyboardEvent, root: NodeRef<leptos::html::Div>, open: RwSignal<bool>) {
    if super::composing(ev) {
        return;
    }
    let Some(root) = root.get_untracked() else { return };
    let Ok(found) = root.query_selector_all("[role^=menuitem], .menu input") else { return };
    let items: Vec<HtmlElement> = (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let now = items.iter().position(|item| active.as_ref().is_some_and(|a| a == item.unchecked_ref::<Element>()));
    let last = items.len().saturating_sub(1);
    let next = match ev.key().as_str() {
        "ArrowDown" => Some(now.map_or(0, |i| if i >= last { 0 } else { i + 1 })),
        "ArrowUp" => Some(now.map_or(last, |i| i.checked_sub(1).unwrap_or(last))),
        "Home" => Some(0),
        "End" => Some(last),
        "Escape" if open.get_untracked() => {
            ev.stop_propagation();
            ev.prevent_default();
            open.set(false);
            if let Some(button) =
                root.query_selector("button").ok().flatten().and_then(|b| b.dyn_into::<HtmlElement>().ok())
            {
                button.focus().ok();
            }
            None
        }
        _ => None,
    };
    if let Some(item) = next.and_then(|i| items.get(i)) {
        ev.prevent_default();
        if !open.get_untracked() {
            open.set(true);
        }
        item.focus().ok();
    }
}

/// A button with a menu of commands.
#[component]
pub fn Menu(
    /// Name of the button; also its text unless `face` is given.
    #[prop(into)]
    label: Words,
    /// What the button shows instead of its name.
    #[prop(optional, into)]
    face: Option<ViewFn>,
    /// Class of the button.
    #[prop(default = "button quiet")]
    class: &'static str,
    /// Whether the menu hangs from the right end of the button.
    #[prop(optional)]
    right: bool,
    /// The commands.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> AnyView {
    let open = RwSignal::new(false);
    let root = NodeRef::<leptos::html::Div>::new();
    close_outside(open, root);
    let has_face = face.is_some();
    let one = move |item: MenuItem| {
        view! {
            <button type="button" role="menuitemradio" class="menu-item" class:danger=item.danger
                aria-checked=move || if item.chosen.get() { "true" } else { "false" }
                on:click=move |_| { open.set(false); item.run.run(()); }>
                {item.icon.map(icon)} <span class="grow">{move || item.label.get()}</span>
                {move || item.chosen.get().then(|| icon(Icon::Check))}
            </button>
        }
    };
    view! {
        <div class="menu-root" node_ref=root on:keydown=move |ev| arrows(&ev, root, open)>
            <button type="button" class=class aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-label=move || has_face.then(|| label.get())
                title=move || has_face.then(|| label.get())
                on:click=move |_| open.update(|o| *o = !*o)>
                {match face { Some(face) => face.run().into_any(), None => view! { <span>{move || label.get()}</span> {icon(Icon::Down)} }.into_any() }}
            </button>
            <Show when=move || open.get()>
                <div class="menu" class:right=right role="menu" aria-label=move || label.get()>
                    {move || items.get().into_iter().map(one).collect_view()}
                </div>
            </Show>
        </div>
    }
    .into_any()
}

/// A button with values to tick, for filters. The value is the ticked ones, separated by commas.
#[component]
pub fn MultiSelect(
    /// Where the value lives.
    bind: super::Bind,
    /// Id of the button; the label refers to it.
    #[prop(into)]
    id: String,
    /// Name of the list.
    #[prop(into)]
    name: Words,
    /// What the button says when nothing is ticked.
    #[prop(into)]
    empty: Words,
    /// What there is to tick.
    #[prop(into)]
    options: Signal<Vec<super::SelectOption>>,
) -> AnyView {
    let open = RwSignal::new(false);
    let root = NodeRef::<leptos::html::Div>::new();
    close_outside(open, root);
    let has = move |value: &str| bind.value.with(|all| all.split(',').any(|v| v == value));
    let face = move || {
        let chosen: Vec<String> = options.get().into_iter().filter(|o| has(&o.value)).map(|o| o.label.get()).collect();
        if chosen.is_empty() { empty.get() } else { chosen.join("、") }
    };
    let toggle = move |value: &str| {
        let on = !has(value);
        let kept = options.get_untracked().into_iter().map(|o| o.value);
        let new: Vec<String> = kept.filter(|v| if v == value { on } else { has(v) }).collect();
        bind.put(new.join(","));
    };
    let one = move |option: super::SelectOption| {
        let (mine, value) = (option.value.clone(), option.value);
        view! {
            <label class="menu-item">
                <input type="checkbox" prop:checked=move || has(&mine) on:change=move |_| toggle(&value) />
                <span class="grow">{move || option.label.get()}</span>
            </label>
        }
    };
    view! {
        <div class="menu-root block" node_ref=root on:keydown=move |ev| arrows(&ev, root, open)>
            <button type="button" id=id class="input pick" class:unset=move || bind.value.with(String::is_empty)
                aria-haspopup="true" aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|o| *o = !*o)>
                <span class="grow clip">{face}</span> {icon(Icon::Down)}
            </button>
            <Show when=move || open.get()>
                <div class="menu wide" role="group" aria-label=move || name.get()>
                    {move || options.get().into_iter().map(one).collect_view()}
                </div>
            </Show>
        </div>
    }
    .into_any()
}

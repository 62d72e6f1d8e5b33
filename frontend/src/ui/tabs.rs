//! Tabs.

use super::Words;
use leptos::prelude::*;

/// A row of tabs. What each shows stands outside and looks at `chosen`.
#[component]
pub fn Tabs(
    /// Name of the row.
    #[prop(into)]
    name: Words,
    /// Key and label of each.
    #[prop(into)]
    tabs: Signal<Vec<(String, Words)>>,
    /// Key of the chosen one.
    #[prop(into)]
    chosen: Signal<String>,
    /// Takes the key of another.
    #[prop(into)]
    on_choose: Callback<String>,
) -> AnyView {
    let one = move |(key, label): (String, Words)| {
        let (mine, pressed) = (key.clone(), key);
        let is_chosen = Memo::new(move |_| chosen.with(|c| *c == mine));
        view! {
            <button type="button" class="tab" aria-pressed=move || if is_chosen.get() { "true" } else { "false" }
                on:click=move |_| on_choose.run(pressed.clone())>{move || label.get()}</button>
        }
    };
    view! {
        <div class="tabs" role="group" aria-label=move || name.get()>
            {move || tabs.get().into_iter().map(one).collect_view()}
        </div>
    }
    .into_any()
}

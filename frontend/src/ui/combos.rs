//! Picks several things: those picked stand as tags above the search.

use super::{Bind, Combo, Icon, Pick, PickSource, Words, icon};
use crate::text::common;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// The picker of several. Its value is the picked values in the order of picking.
#[component]
pub fn Combos(
    /// Id of the input; the label refers to it.
    #[prop(into)]
    id: String,
    /// Name of the list for screen readers.
    #[prop(into)]
    name: Words,
    /// Where things come from.
    source: PickSource,
    /// The largest number of picks.
    most: usize,
    /// The picked values.
    #[prop(into)]
    value: Signal<Vec<String>>,
    /// Takes the new values.
    #[prop(into)]
    set: Callback<Vec<String>>,
    /// Whether the value is wrong.
    #[prop(optional, into)]
    invalid: Signal<bool>,
) -> AnyView {
    let names = RwSignal::new(BTreeMap::<String, String>::new());
    let input = RwSignal::new(String::new());
    let resolve = StoredValue::new(source.clone());
    // values that were loaded have no name yet
    Effect::new(move || {
        for value in value.get().into_iter().filter(|v| names.with_untracked(|n| !n.contains_key(v))) {
            let answer = resolve.with_value(|s| (s.resolve)(value.clone()));
            spawn_local(async move {
                let label = answer.await.map_or_else(|| value.clone(), |pick| pick.label);
                names.try_update(|names| names.insert(value, label));
            });
        }
    });
    let picked = move |pick: Option<Pick>| {
        let Some(pick) = pick else { return };
        let mut all = value.get_untracked();
        names.update(|names| {
            names.insert(pick.value.clone(), pick.label);
        });
        if !all.contains(&pick.value) && all.len() < most {
            all.push(pick.value);
            set.run(all);
        }
        input.set(String::new());
    };
    let chip = move |value_of: String| {
        let (shown, removed) = (value_of.clone(), value_of);
        let label = Memo::new(move |_| names.with(|n| n.get(&shown).cloned().unwrap_or_default()));
        let remove = move |_| set.run(value.get_untracked().into_iter().filter(|v| *v != removed).collect());
        view! {
            <span class="tag chip">
                {label}
                <button type="button" aria-label=move || format!("{} {}", common::REMOVE.get(), label.get()) on:click=remove>{icon(Icon::Close)}</button>
            </span>
        }
    };
    view! {
        <div class="combos">
            <div class="chips"><For each=move || value.get() key=Clone::clone children=chip /></div>
            <Combo bind=Bind::signal(input) id=id name=name source=source picked=picked invalid=invalid />
        </div>
    }
    .into_any()
}

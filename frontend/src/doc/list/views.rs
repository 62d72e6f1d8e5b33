//! Views: names for queries. Some come with the list, others are the reader's own and live on this device.

use super::rows::ListView;
use crate::text::{common, documents};
use crate::ui::{Bind, Button, Dialog, FieldBox, Icon, IconButton, Input, Look, Tabs, Words, storage, toast};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct View {
    name: String,
    query: String,
}

/// The row of views above the list.
pub(super) fn draw(list: ListView) -> AnyView {
    let parts = list.parts.get_value();
    let key = format!("aftercare.views.{}", parts.key);
    let own = RwSignal::new(storage::get_json::<Vec<View>>(&key).unwrap_or_default());
    let naming = RwSignal::new(false);
    let presets = parts.presets;
    let keep = key.clone();
    let save = Callback::new(move |name: String| {
        let view = View { name: name.clone(), query: list.query.get_untracked() };
        own.update(|all| {
            all.retain(|v| v.name != name);
            all.push(view);
        });
        own.with_untracked(|all| storage::put_json(&keep, all));
        toast::success(documents::VIEW_SAVED.with("name", name));
    });
    let remove = move |()| {
        let query = list.query.get_untracked();
        own.update(|all| all.retain(|v| v.query != query));
        own.with_untracked(|all| storage::put_json(&key, all));
    };
    let tabs = Signal::derive(move || {
        let preset = presets.iter().map(|(name, query)| ((*query).to_owned(), Words::from(*name)));
        let mine = own.get().into_iter().map(|v| (v.query, Signal::stored(v.name)));
        let all = std::iter::once((String::new(), documents::VIEW_ALL.into()));
        all.chain(preset).chain(mine).collect::<Vec<(String, Words)>>()
    });
    let is_own = move || own.with(|all| all.iter().any(|v| list.query.with(|q| v.query == *q)));
    let is_new = move || tabs.with(|tabs| !tabs.iter().any(|(query, _)| list.query.with(|q| q == query)));
    view! {
        <div class="views">
            <Tabs name=documents::VIEWS tabs=tabs chosen=list.query on_choose=move |query: String| list.go(&query) />
            <Show when=is_own><IconButton label=documents::REMOVE_VIEW icon=Icon::Trash on_press=remove.clone() /></Show>
            <Show when=is_new><Button label=documents::SAVE_VIEW look=Look::Quiet icon=Icon::Bookmark on_press=move |()| naming.set(true) /></Show>
        </div>
        <Dialog open=naming title=documents::SAVE_VIEW>{name_form(naming, save)}</Dialog>
    }
    .into_any()
}

fn name_form(open: RwSignal<bool>, save: Callback<String>) -> AnyView {
    let name = RwSignal::new(String::new());
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let chosen = name.get_untracked().trim().chars().take(30).collect::<String>();
        if !chosen.is_empty() {
            save.run(chosen);
            open.set(false);
        }
    };
    view! {
        <form novalidate on:submit=submit on:keydown=move |ev| if ev.key() == "Enter" && crate::ui::composing(&ev) { ev.prevent_default() }>
            <FieldBox id="view-name" label=documents::VIEW_NAME>
                <Input id="view-name" bind=Bind::signal(name) autofocus=true />
            </FieldBox>
            <footer class="dialog-foot">
                <Button label=common::CANCEL on_press=move |()| open.set(false) />
                <Button label=common::SAVE look=Look::Primary submit=true />
            </footer>
        </form>
    }
    .into_any()
}

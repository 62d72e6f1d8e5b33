//! Photos taken before the ticket exists. They wait on this page and are uploaded when it does.

use crate::doc::problem::error_toast;
use crate::pages::service::ticket::action::upload;
use crate::text::{common, documents, ticket as t};
use crate::ui::{Icon, PhotoInput, PickedFile, blob_url, icon, toast};
use leptos::prelude::*;
use openapi::service::ticket::TicketId;

#[derive(Clone)]
struct Waiting {
    file: PickedFile,
    url: String,
}

/// The photos that wait.
#[derive(Clone, Copy)]
pub struct Photos(RwSignal<Vec<Waiting>>);

impl Photos {
    /// None yet.
    pub fn new() -> Self {
        let photos = Photos(RwSignal::new(Vec::new()));
        on_cleanup(move || {
            for waiting in photos.0.try_get_untracked().unwrap_or_default() {
                web_sys::Url::revoke_object_url(&waiting.url).ok();
            }
        });
        photos
    }

    /// Uploads them all. What could not be uploaded is said; the ticket stands all the same.
    pub async fn upload(self, id: TicketId) {
        for (index, waiting) in self.0.get_untracked().into_iter().enumerate() {
            let short: String =
                waiting.file.name.chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect();
            let name = format!("{}-{short}", index + 1);
            if let Err(error) = upload(id, "appearance", &name, waiting.file.bytes).await {
                error_toast(&error);
            }
        }
        self.0.try_set(Vec::new());
    }

    /// The pictures with the button.
    pub fn view(self) -> AnyView {
        let picked = move |file: PickedFile| {
            let url = blob_url(&file.media_type, &file.bytes).unwrap_or_default();
            self.0.update(|all| all.push(Waiting { file, url }));
        };
        let refused = move |name: String| toast::error(documents::TOO_LARGE.with("name", name));
        let one = move |(index, waiting): (usize, Waiting)| {
            let drop = move |_| {
                self.0.update(|all| {
                    if index < all.len() {
                        all.remove(index);
                    }
                });
            };
            view! {
                <span class="photo">
                    <img src=waiting.url alt=waiting.file.name />
                    <button type="button" class="photo-drop" tabindex="-1" aria-label=common::REMOVE on:click=drop>{icon(Icon::Close)}</button>
                </span>
            }
        };
        view! {
            <div class="field wide">
                <span class="label">{t::PHOTOS}</span>
                <div class="photos">{move || self.0.get().into_iter().enumerate().map(one).collect_view()}</div>
                <PhotoInput label=common::TAKE_PHOTO camera=true picked=picked refused=refused />
            </div>
        }
        .into_any()
    }
}

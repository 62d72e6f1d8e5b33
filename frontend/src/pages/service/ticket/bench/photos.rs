//! What the unit looked like when it came in, and what it looks like now.

use crate::api::{ApiError, Loader, call};
use crate::doc::Thumbnail;
use crate::doc::problem::{error_panel, error_toast};
use crate::pages::service::ticket::action::upload;
use crate::text::{common, documents, ticket as t};
use crate::ui::{Dialog, PhotoInput, PickedFile, blob_url, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::service::ticket::{Ticket, TicketId};
use openapi::system::{Attachment, AttachmentId, Attachments, DownloadAttachment, ListAttachments, SubjectQuery};
use openapi::{ById, Nothing, Plain, Resource};

fn load(id: TicketId) -> Loader<Attachments> {
    Loader::new(move || async move {
        let subject = Ticket::NAME.parse().ok().zip(id.to_string().parse().ok());
        let (subject_kind, subject_id) = subject.ok_or_else(ApiError::not_found)?;
        call::<ListAttachments>(Nothing, Plain(SubjectQuery { subject_kind, subject_id }), Nothing).await
    })
}

/// The photos of one purpose, beside the words about the same.
pub fn gallery(id: TicketId, purpose: &'static str, words: Option<&str>) -> AnyView {
    let loader = load(id);
    let big = RwSignal::new(None::<AttachmentId>);
    let words = words.map(|words| view! { <p class="pre">{words.to_owned()}</p> });
    view! { {words} {move || pictures(loader, purpose, big)} {viewer(big)} }.into_any()
}

fn pictures(loader: Loader<Attachments>, purpose: &'static str, big: RwSignal<Option<AttachmentId>>) -> AnyView {
    match (loader.data.get(), loader.error.get()) {
        (Some(files), _) => {
            let mine: Vec<Attachment> = files.items.into_iter().filter(|f| f.purpose == purpose).collect();
            if mine.is_empty() {
                return view! { <p class="hint">{t::NO_PHOTOS}</p> }.into_any();
            }
            let one = |file: Attachment| {
                let (id, name) = (file.id, file.file_name);
                view! {
                    <button type="button" class="photo" aria-label=name.clone() on:click=move |_| big.set(Some(id))>
                        <Thumbnail id=id name=name.clone() />
                    </button>
                }
            };
            view! { <div class="photos">{mine.into_iter().map(one).collect_view()}</div> }.into_any()
        }
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => ().into_any(),
    }
}

/// One photo in full size.
fn viewer(big: RwSignal<Option<AttachmentId>>) -> AnyView {
    let open = RwSignal::new(false);
    let url = RwSignal::new(None::<String>);
    Effect::new(move || {
        let Some(id) = big.get() else { return };
        open.set(true);
        url.set(None);
        spawn_local(async move {
            match call::<DownloadAttachment>(ById { id }, Nothing, Nothing).await {
                Ok(file) => {
                    url.try_set(blob_url(&file.media_type, &file.bytes));
                }
                Err(error) => error_toast(&error),
            }
        });
    });
    Effect::new(move || {
        if !open.get()
            && let Some(old) = url.try_update_untracked(Option::take).flatten()
        {
            web_sys::Url::revoke_object_url(&old).ok();
            big.set(None);
        }
    });
    view! {
        <Dialog open=open title=t::PHOTOS broad=true>
            {move || url.get().map(|url| view! { <img class="photo-big" src=url alt=t::PHOTOS.get() /> })}
        </Dialog>
    }
    .into_any()
}

/// The card: photos of the intake and of the pickup side by side, with a button to take more.
pub fn card(id: TicketId) -> AnyView {
    let loader = load(id);
    let big = RwSignal::new(None::<AttachmentId>);
    let add = move |purpose: &'static str| {
        Callback::new(move |file: PickedFile| {
            spawn_local(async move {
                let name: String = file.name.chars().rev().take(200).collect::<Vec<_>>().into_iter().rev().collect();
                match upload(id, purpose, &name, file.bytes).await {
                    Ok(_) => {
                        toast::success(documents::UPLOADED.with("name", file.name));
                        loader.reload();
                    }
                    Err(error) => error_toast(&error),
                }
            });
        })
    };
    let refused = move |name: String| toast::error(documents::TOO_LARGE.with("name", name));
    let half = move |title: crate::text::Label, purpose: &'static str| {
        view! {
            <div class="photo-half">
                <h3>{title}</h3>
                {move || pictures(loader, purpose, big)}
                <PhotoInput label=common::TAKE_PHOTO camera=true picked=add(purpose) refused=refused />
            </div>
        }
    };
    view! {
        <section class="card">
            <h2 class="card-title">{t::PHOTOS}</h2>
            <div class="photo-sides">{half(t::AT_INTAKE, "appearance")} {half(t::AT_PICKUP, "pickup")}</div>
            {viewer(big)}
        </section>
    }
    .into_any()
}

//! Files of a record. They are fetched with the token and shown from memory.

use crate::api::{Loader, call};
use crate::doc::problem::{error_panel, error_toast};
use crate::text::{self, documents};
use crate::ui::{Button, Dialog, Icon, PhotoInput, PickedFile, blob_url, icon, save_file, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::system::{
    Attachment, AttachmentId, DownloadAttachment, DownloadThumbnail, ListAttachments, SubjectQuery, UploadAttachment,
    UploadQuery,
};
use openapi::{ById, Nothing, Plain};

/// An attached image, small or in full.
#[component]
pub fn Picture(
    /// Which attachment.
    id: AttachmentId,
    /// What it shows.
    #[prop(into)]
    name: String,
    /// The image itself instead of its thumbnail.
    #[prop(optional)]
    full: bool,
) -> AnyView {
    let url = RwSignal::new(None::<String>);
    spawn_local(async move {
        let answer = if full {
            call::<DownloadAttachment>(ById { id }, Nothing, Nothing).await
        } else {
            call::<DownloadThumbnail>(ById { id }, Nothing, Nothing).await
        };
        if let Ok(file) = answer {
            url.try_set(blob_url(&file.media_type, &file.bytes));
        }
    });
    on_cleanup(move || {
        if let Some(url) = url.try_get_untracked().flatten() {
            web_sys::Url::revoke_object_url(&url).ok();
        }
    });
    view! {
        {move || match url.get() {
            Some(url) => view! { <img src=url alt=name.clone() /> }.into_any(),
            None => icon(Icon::Document),
        }}
    }
    .into_any()
}

/// The thumbnail of an attachment.
#[component]
pub fn Thumbnail(
    /// Which attachment.
    id: AttachmentId,
    /// What it shows.
    #[prop(into)]
    name: String,
) -> AnyView {
    view! { <Picture id=id name=name /> }.into_any()
}

/// The files of a record, with a button to add some.
#[component]
pub fn Attachments(
    /// Kind of the record.
    #[prop(into)]
    subject_kind: String,
    /// The record.
    #[prop(into)]
    subject_id: String,
    /// What new files show, for example `appearance`.
    purpose: &'static str,
    /// Whether this reader may add some.
    may_add: bool,
    /// Shows only files with the same purpose.
    #[prop(optional)]
    only_purpose: bool,
) -> AnyView {
    let subject = StoredValue::new((subject_kind, subject_id));
    let query = move || subject.with_value(|(kind, id)| kind.parse().ok().zip(id.parse().ok()));
    let loader = Loader::new(move || async move {
        let (subject_kind, subject_id) = query().ok_or_else(crate::api::ApiError::not_found)?;
        call::<ListAttachments>(Nothing, Plain(SubjectQuery { subject_kind, subject_id }), Nothing).await
    });
    let upload = move |file: PickedFile| {
        let notice = toast::info(documents::UPLOADING.with("name", &file.name));
        spawn_local(async move {
            let short: String = file.name.chars().rev().take(200).collect::<Vec<_>>().into_iter().rev().collect();
            let (Some((subject_kind, subject_id)), Ok(purpose), Ok(file_name)) =
                (query(), purpose.parse(), short.parse())
            else {
                return;
            };
            let query = Plain(UploadQuery { subject_kind, subject_id, purpose, file_name });
            let answer = call::<UploadAttachment>(Nothing, query, file.bytes).await;
            toast::dismiss(notice);
            match answer {
                Ok(_) => {
                    toast::success(documents::UPLOADED.with("name", file.name));
                    loader.reload();
                }
                Err(error) => error_toast(&error),
            }
        });
    };
    let refused = move |name: String| toast::error(documents::TOO_LARGE.with("name", name));
    let opened = RwSignal::new(None::<Attachment>);
    let files = move || {
        loader.data.get().map(|files| {
            let fits = |file: &Attachment| !only_purpose || file.purpose == purpose;
            files.items.into_iter().filter(fits).collect::<Vec<_>>()
        })
    };
    let list = move || match (files(), loader.error.get()) {
        (Some(files), _) if files.is_empty() => view! { <p class="hint">{documents::ATTACHMENTS_EMPTY}</p> }.into_any(),
        (Some(files), _) => {
            view! { <ul class="files">{files.into_iter().map(|file| draw_file(file, opened)).collect_view()}</ul> }
                .into_any()
        }
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => ().into_any(),
    };
    view! {
        <section class="card">
            <h2 class="card-title">{documents::ATTACHMENTS}</h2>
            {list}
            {may_add.then(|| view! {
                <div class="row">
                    <PhotoInput label=text::common::TAKE_PHOTO camera=true picked=upload refused=refused />
                    <PhotoInput label=documents::ADD_FILE picked=upload refused=refused />
                </div>
            })}
            {lightbox(opened)}
        </section>
    }
    .into_any()
}

/// Shows an image as large as the window lets it.
fn lightbox(opened: RwSignal<Option<Attachment>>) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(opened.with(Option::is_some)));
    Effect::new(move || {
        if !open.get() && opened.with_untracked(Option::is_some) {
            opened.set(None);
        }
    });
    let title = Signal::derive(move || opened.with(|f| f.as_ref().map(|f| f.file_name.clone()).unwrap_or_default()));
    let image = move || {
        opened.get_untracked().map(|file| {
            let id = file.id;
            view! {
                <div class="lightbox"><Picture id=id name=file.file_name full=true /></div>
                <footer class="dialog-foot"><Button label=documents::DOWNLOAD icon=Icon::Download on_press=move |()| download(id) /></footer>
            }
        })
    };
    view! { <Dialog open=open title=title broad=true>{image()}</Dialog> }.into_any()
}

fn download(id: AttachmentId) {
    spawn_local(async move {
        match call::<DownloadAttachment>(ById { id }, Nothing, Nothing).await {
            Ok(file) => save_file(&file.name, &file.media_type, &file.bytes),
            Err(error) => error_toast(&error),
        }
    });
}

fn draw_file(file: Attachment, opened: RwSignal<Option<Attachment>>) -> AnyView {
    let (id, whole) = (file.id, file.clone());
    let press = move |_| {
        if whole.has_thumbnail {
            opened.set(Some(whole.clone()));
        } else {
            download(id);
        }
    };
    let picture = if file.has_thumbnail {
        view! { <Picture id=id name=file.file_name.clone() /> }.into_any()
    } else {
        icon(Icon::Document)
    };
    view! {
        <li>
            <button type="button" class="file-card" on:click=press>
                <span class="file-picture">{picture}</span>
                <span class="clip">{file.file_name}</span>
                <span class="faint number">{text::bytes(file.size)} " · " {text::time(file.created_at)}</span>
            </button>
        </li>
    }
    .into_any()
}

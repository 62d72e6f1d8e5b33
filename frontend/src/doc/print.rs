//! A document on paper: shown as it will be printed, on the paper that was chosen last.

use crate::api::{Loader, call};
use crate::doc::PageHead;
use crate::doc::problem::error_panel;
use crate::text::{self, documents as t};
use crate::ui::{Button, Delayed, Icon, Look, Skeleton, storage};
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::system::SubjectId;
use openapi::system::print::{ByDocument, Paper, PrintDocument, PrintQuery};
use openapi::{Nothing, Plain};
use wasm_bindgen::{JsCast, JsValue};

/// The page of a document that is to be printed.
pub struct PrintDesk {
    /// Kind of the document.
    pub kind: DocKind,
    /// The document.
    pub id: SubjectId,
    /// The heading.
    pub title: Signal<String>,
    /// Prints at once, and then hands the focus to this element.
    pub at_once: Option<&'static str>,
    /// Further buttons.
    pub buttons: AnyView,
}

impl PrintDesk {
    /// Draws it.
    pub fn view(self) -> AnyView {
        let PrintDesk { kind, id, title, at_once, buttons } = self;
        let key = format!("aftercare.paper.{}", kind.as_str());
        let kept = storage::get(&key).and_then(|paper| Paper::parse(&paper));
        let paper = RwSignal::new(kept.unwrap_or(Paper::A5));
        let loader = Loader::new(move || {
            let paper = paper.get();
            async move {
                call::<PrintDocument>(ByDocument { kind, id }, Plain(PrintQuery { paper }), Nothing)
                    .await
                    .map(|file| String::from_utf8_lossy(&file.bytes).into_owned())
            }
        });
        let frame = NodeRef::<leptos::html::Iframe>::new();
        let print = move || {
            if let Some(window) = frame.get_untracked().and_then(|f| f.content_window()) {
                window.print().ok();
            }
        };
        let printed = StoredValue::new(at_once.is_none());
        // as tall as its content, so that nothing is cut off on the screen
        let loaded = move |_| {
            if let Some(frame) = frame.get_untracked() {
                fit(&frame);
            }
            if !printed.get_value() {
                printed.set_value(true);
                print();
            }
            if let Some(next) = at_once {
                crate::ui::focus(next);
            }
        };
        // another width of the window wraps other lines
        let resized = window_event_listener(leptos::ev::resize, move |_| {
            if let Some(frame) = frame.get_untracked() {
                fit(&frame);
            }
        });
        on_cleanup(move || resized.remove());
        let choose = move |chosen: Paper| {
            storage::put(&key, chosen.as_str());
            paper.set(chosen);
        };
        let tab = move |one: Paper| {
            let choose = choose.clone();
            view! {
                <button type="button" class="tab" aria-pressed=move || if paper.get() == one { "true" } else { "false" }
                    on:click=move |_| choose(one)>{move || text::choice(one)}</button>
            }
            .into_any()
        };
        let papers = Paper::ALL.iter().copied().map(tab).collect_view();
        let body = move || match (loader.data.get(), loader.error.get()) {
            (Some(html), _) => {
                let class = match paper.get() {
                    Paper::Receipt80 => "slip roll",
                    Paper::A5 => "slip a5",
                    Paper::A4 => "slip a4",
                };
                view! { <iframe node_ref=frame class=class title=t::PRINTED srcdoc=html sandbox="allow-same-origin allow-modals" on:load=loaded></iframe> }.into_any()
            }
            (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
            (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=8 /></Delayed> }.into_any(),
        };
        let look = if at_once.is_some() { Look::Plain } else { Look::Primary };
        view! {
            <PageHead title=title>
                <div class="tabs" role="group" aria-label=t::PAPER>{papers}</div>
                <Button label=t::PRINT icon=Icon::Print look=look on_press=move |()| print() />
                {buttons}
            </PageHead>
            <section class="card slip-desk">{body}</section>
        }
        .into_any()
    }
}

fn fit(frame: &web_sys::HtmlIFrameElement) {
    let Some(root) = frame.content_document().and_then(|d| d.document_element()) else { return };
    let height =
        js_sys::Reflect::get(&root, &JsValue::from("scrollHeight")).ok().and_then(|h| h.as_f64()).unwrap_or(600.0);
    if let Some(element) = frame.dyn_ref::<web_sys::HtmlElement>() {
        element.style().set_property("height", &format!("{height:.0}px")).ok();
    }
}

//! The repair slip on the screen and on paper.

use super::href;
use crate::api::{Loader, call};
use crate::doc::PageHead;
use crate::doc::problem::error_panel;
use crate::nav::{self, Params};
use crate::text::{self, ticket as t};
use crate::ui::{Button, Delayed, Icon, LinkButton, Look, Skeleton, storage};
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::service::TICKET_INTAKE;
use openapi::service::ticket::{GetTicket, PrintTicket, SlipFormat, SlipQuery, TicketId};
use openapi::{ById, Nothing, Plain};
use wasm_bindgen::{JsCast, JsValue};

const PAPER: &str = "aftercare.slip.paper";

/// The page. `?from=intake` prints at once and offers the next intake.
pub fn slip(params: &Params) -> AnyView {
    let Some(id) = params.get("id").and_then(|id| id.parse::<TicketId>().ok()) else {
        return error_panel(&crate::api::ApiError::not_found(), None);
    };
    let kept = storage::get(PAPER).and_then(|paper| SlipFormat::parse(&paper));
    let paper = RwSignal::new(kept.unwrap_or(SlipFormat::A5));
    let fresh = nav::query_value("from").is_some_and(|from| from == "intake");
    let number =
        Loader::new(move || async move { call::<GetTicket>(ById { id }, Nothing, Nothing).await.map(|t| t.number) });
    let loader = Loader::new(move || {
        let format = paper.get();
        async move {
            call::<PrintTicket>(ById { id }, Plain(SlipQuery { format }), Nothing)
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
    let printed = StoredValue::new(!fresh);
    // as tall as its content, so that nothing is cut off on the screen
    let loaded = move |_| {
        if let Some(frame) = frame.get_untracked() {
            fit(&frame);
        }
        if !printed.get_value() {
            printed.set_value(true);
            print();
        }
        if fresh {
            crate::ui::focus("#next-intake a");
        }
    };
    // another width of the window wraps other lines
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        if let Some(frame) = frame.get_untracked() {
            fit(&frame);
        }
    });
    on_cleanup(move || resized.remove());
    let choose = move |format: SlipFormat| {
        storage::put(PAPER, format.as_str());
        paper.set(format);
    };
    let papers = move || {
        let one = |format: SlipFormat| {
            view! {
                <button type="button" class="tab" aria-pressed=move || if paper.get() == format { "true" } else { "false" }
                    on:click=move |_| choose(format)>{move || text::choice(format)}</button>
            }
        };
        view! { <div class="tabs" role="group" aria-label=t::PAPER>{SlipFormat::ALL.iter().copied().map(one).collect_view()}</div> }
    };
    let title = Signal::derive(move || format!("{} {}", t::SLIP.get(), number.data.get().unwrap_or_default()));
    let next = (fresh && untrack(|| crate::api::session::may(TICKET_INTAKE))).then(|| {
        view! { <span id="next-intake"><LinkButton label=t::NEXT_INTAKE href="/service/intake/new" look=Look::Primary glyph=Icon::Plus keys="Enter" /></span> }
    });
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(html), _) => {
            let class = if paper.get() == SlipFormat::A5 { "slip a5" } else { "slip roll" };
            view! { <iframe node_ref=frame class=class title=t::SLIP srcdoc=html sandbox="allow-same-origin allow-modals" on:load=loaded></iframe> }.into_any()
        }
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=8 /></Delayed> }.into_any(),
    };
    view! {
        <PageHead title=title>
            {papers}
            <Button label=t::PRINT icon=Icon::Print look=if fresh { Look::Plain } else { Look::Primary } on_press=move |()| print() />
            <LinkButton label=t::OPEN_TICKET href=href(id) />
            {next}
        </PageHead>
        <section class="card slip-desk">{body}</section>
    }
    .into_any()
}

fn fit(frame: &web_sys::HtmlIFrameElement) {
    let Some(root) = frame.content_document().and_then(|d| d.document_element()) else { return };
    let height =
        js_sys::Reflect::get(&root, &JsValue::from("scrollHeight")).ok().and_then(|h| h.as_f64()).unwrap_or(600.0);
    if let Some(element) = frame.dyn_ref::<web_sys::HtmlElement>() {
        element.style().set_property("height", &format!("{height:.0}px")).ok();
    }
}

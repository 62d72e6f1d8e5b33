//! A pad to sign on with finger, pen or mouse.

use super::Button;
use crate::text::common;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent};

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Where the pen is, in the pixels of the canvas.
fn spot(canvas: &HtmlCanvasElement, ev: &PointerEvent) -> (f64, f64) {
    let bounds = canvas.get_bounding_client_rect();
    let scale = |length: u32, shown: f64| if shown > 0.0 { f64::from(length) / shown } else { 1.0 };
    (
        (f64::from(ev.client_x()) - bounds.left()) * scale(canvas.width(), bounds.width()),
        (f64::from(ev.client_y()) - bounds.top()) * scale(canvas.height(), bounds.height()),
    )
}

/// The PNG bytes of what was signed.
fn png(canvas: &HtmlCanvasElement) -> Option<Vec<u8>> {
    let url = canvas.to_data_url().ok()?;
    let base64 = url.split_once(',')?.1;
    let binary = window().atob(base64).ok()?;
    binary.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

/// The pad. `signed` gets the PNG after each stroke, and nothing when it was wiped.
#[component]
pub fn SignaturePad(
    /// Takes the picture.
    #[prop(into)]
    signed: Callback<Option<Vec<u8>>>,
) -> AnyView {
    let node = NodeRef::<leptos::html::Canvas>::new();
    let drawing = RwSignal::new(false);
    let empty = RwSignal::new(true);
    let begin = move |ev: PointerEvent| {
        let Some(canvas) = node.get_untracked() else { return };
        ev.prevent_default();
        canvas.set_pointer_capture(ev.pointer_id()).ok();
        if let Some(ctx) = context(&canvas) {
            let (x, y) = spot(&canvas, &ev);
            ctx.set_line_width(3.0);
            ctx.set_line_cap("round");
            ctx.set_line_join("round");
            ctx.set_stroke_style_str("#1a1f36");
            ctx.begin_path();
            ctx.move_to(x, y);
            drawing.set(true);
            empty.set(false);
        }
    };
    let draw = move |ev: PointerEvent| {
        let Some(canvas) = node.get_untracked().filter(|_| drawing.get_untracked()) else { return };
        if let Some(ctx) = context(&canvas) {
            let (x, y) = spot(&canvas, &ev);
            ctx.line_to(x, y);
            ctx.stroke();
        }
    };
    let end = move |_: PointerEvent| {
        if drawing.get_untracked() {
            drawing.set(false);
            signed.run(node.get_untracked().and_then(|canvas| png(&canvas)));
        }
    };
    let wipe = move |()| {
        if let Some((canvas, ctx)) = node.get_untracked().and_then(|c| context(&c).map(|ctx| (c, ctx))) {
            ctx.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        }
        empty.set(true);
        signed.run(None);
    };
    view! {
        <div class="signature">
            <canvas node_ref=node width="720" height="240" role="img" aria-label=common::SIGNATURE
                on:pointerdown=begin on:pointermove=draw on:pointerup=end on:pointercancel=end></canvas>
            <Show when=move || empty.get()><span class="signature-hint" aria-hidden="true">{common::SIGN_HERE}</span></Show>
            <Button label=common::CLEAR on_press=wipe />
        </div>
    }
    .into_any()
}

//! The receipt on paper: A5, with the amount in capital numerals.

use crate::api::{ApiError, Loader, call, session};
use crate::doc::PageHead;
use crate::doc::problem::error_panel;
use crate::nav::Params;
use crate::text::{self, finance as t};
use crate::ui::{Button, Delayed, Icon, LinkButton, Look, Skeleton};
use leptos::prelude::*;
use openapi::finance::receipt::{GetReceipt, Receipt, ReceiptId};
use openapi::{ById, Nothing};

/// The page.
pub fn print(params: &Params) -> AnyView {
    let Some(id) = params.get("id").and_then(|id| id.parse::<ReceiptId>().ok()) else {
        return error_panel(&ApiError::not_found(), None);
    };
    let loader = Loader::new(move || call::<GetReceipt>(ById { id }, Nothing, Nothing));
    let frame = NodeRef::<leptos::html::Iframe>::new();
    let press = move |()| {
        if let Some(window) = frame.get_untracked().and_then(|f| f.content_window()) {
            window.print().ok();
        }
    };
    let title = Signal::derive(move || {
        format!("{} {}", t::PRINT_RECEIPT.get(), loader.data.get().map(|r| r.number).unwrap_or_default())
    });
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(receipt), _) => {
            let html = paper(&receipt);
            view! { <iframe node_ref=frame class="slip a5" style="height:520px" title=t::PRINT_RECEIPT srcdoc=html sandbox="allow-same-origin allow-modals"></iframe> }.into_any()
        }
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=8 /></Delayed> }.into_any(),
    };
    view! {
        <PageHead title=title>
            <Button label=t::PRINT icon=Icon::Print look=Look::Primary on_press=press />
            <LinkButton label=t::RECEIPT href=super::href(id) />
        </PageHead>
        <section class="card slip-desk">{body}</section>
    }
    .into_any()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const STYLE: &str = "@page{size:A5 landscape;margin:10mm}*{box-sizing:border-box}body{font:14px/1.6 system-ui,\"PingFang SC\",\"Microsoft YaHei\",sans-serif;color:#111;margin:16px}\
h1{font-size:22px;text-align:center;margin:0 0 4px}h1:lang(zh){letter-spacing:.5em;text-indent:.5em}.sub{text-align:center;color:#444;margin:0 0 12px}\
table{width:100%;border-collapse:collapse}td,th{border:1px solid #333;padding:6px 8px;text-align:left;font-weight:400}\
.n{text-align:right;font-variant-numeric:tabular-nums}.sign{display:flex;justify-content:space-between;margin-top:28px}.void{color:#c00;border:2px solid #c00;display:inline-block;padding:0 8px}";

fn paper(receipt: &Receipt) -> String {
    let row = |label: crate::text::Label, value: String| {
        format!("<tr><th style=\"width:8em\">{}</th><td colspan=\"3\">{}</td></tr>", label.get(), escaped(&value))
    };
    let station = untrack(session::me).map(|me| me.org_name).unwrap_or_default();
    let way = |p: &openapi::finance::receipt::ReceiptPayment| {
        let reference = p.reference.as_ref().map(|r| format!(" ({r})")).unwrap_or_default();
        format!("{} {}{reference}", text::choice(p.method), text::money(p.amount))
    };
    let ways = receipt.payments.iter().map(way).collect::<Vec<_>>().join(text::lang().pick("；", "; "));
    let paid = |a: &openapi::finance::receipt::ReceiptAllocation| {
        format!("{} {} {}", a.source_number, a.origin_number.as_deref().unwrap_or_default(), text::money(a.amount))
    };
    let paid = receipt.allocations.iter().map(paid).collect::<Vec<_>>().join(text::lang().pick("；", "; "));
    let void = if receipt.reversal_of.is_some() || receipt.reversed_by.is_some() {
        format!("<p class=\"sub\"><span class=\"void\">{}</span></p>", super::detail::state_label(receipt))
    } else {
        String::new()
    };
    let colon = text::lang().pick("：", ": ");
    let body = [
        row(t::PARTY, receipt.party_name.clone()),
        row(t::RECEIVED, text::money(receipt.received)),
        row(t::IN_WORDS, receipt.received_in_words.clone()),
        row(t::METHOD, ways),
        row(t::PAYS_FOR, paid),
        row(t::ADVANCE, text::money(receipt.advance)),
        row(t::REMARK, receipt.remark.as_ref().map(ToString::to_string).unwrap_or_default()),
    ]
    .concat();
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><style>{STYLE}</style></head><body>\
         <h1>{}</h1><p class=\"sub\">{} · {} · {}</p>{void}<table>{body}</table>\
         <div class=\"sign\"><span>{}{colon}＿＿＿＿＿＿＿</span><span>{}{colon}{}</span></div></body></html>",
        text::lang().tag(),
        escaped(&receipt.number),
        t::PRINT_RECEIPT.get(),
        escaped(&station),
        escaped(&receipt.number),
        text::time(receipt.effective_at),
        t::PAYER_SIGN.get(),
        t::CASHIER_SIGN.get(),
        escaped(&receipt.cashier_name),
    )
}

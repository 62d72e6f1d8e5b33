//! Rates of value added tax: today's, and those before and to come.

use crate::api::{Loader, call, session};
use crate::doc::send::{Got, sender};
use crate::doc::{InlineForm, Lines, PageHead, cell, draw_items, item};
use crate::field;
use crate::nav::{Group, Page, Params};
use crate::text::{self, documents, finance as t};
use crate::ui::{Align, Button, Dialog, Icon, Look, Tag, toast};
use leptos::prelude::*;
use openapi::Nothing;
use openapi::choice::Tone;
use openapi::finance::vat::{GetVatRates, SetVatRate, VatRate, VatRateDraft, VatRates};
use openapi::finance::{VAT_EDIT, VAT_VIEW};

/// The pages.
pub const PAGES: &[Page] =
    &[Page::new("/finance/vat-rates", t::VAT_RATES, page).needs(VAT_VIEW).menu(Group::Finance, Icon::Settings)];

fn page(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<GetVatRates>(Nothing, Nothing, Nothing));
    let open = RwSignal::new(false);
    let form = move || {
        let fields = vec![
            field!(VatRateDraft.kind, t::VAT_KIND),
            field!(VatRateDraft.rate, t::VAT_RATE).percent().hint(t::VAT_RATE_HINT),
            field!(VatRateDraft.effective_on, t::VAT_FROM).initial(text::today().to_string()),
            field!(VatRateDraft.remark, t::REMARK),
        ];
        let done = move |_: Got| {
            open.set(false);
            loader.reload();
            toast::success(t::VAT_DONE.get());
        };
        let send = sender::<SetVatRate>();
        view! {
            <InlineForm fields=fields send=send id="" version=None label=t::VAT_SET done=done cancel=move |()| open.set(false) />
        }
    };
    view! {
        <PageHead title=t::VAT_RATES>
            {move || session::may(VAT_EDIT).then(|| view! { <Button label=t::VAT_SET look=Look::Primary icon=Icon::Plus on_press=move |()| open.set(true) /> })}
        </PageHead>
        <section class="card"><p class="hint">{t::VAT_HINT}</p>{super::report::loaded(loader, draw)}</section>
        <Dialog open=open title=t::VAT_SET>{form()}</Dialog>
    }
    .into_any()
}

fn draw(rates: VatRates) -> AnyView {
    let today = vec![item(t::VAT_LABOUR, cell::percent(rates.labour)), item(t::VAT_PART, cell::percent(rates.part))];
    let state = |rate: &VatRate| match (rate.is_current, rate.effective_on.naive() > text::today().naive()) {
        (true, _) => view! { <Tag label=t::VAT_CURRENT tone=Tone::Success /> }.into_any(),
        (false, true) => view! { <Tag label=t::VAT_TO_COME tone=Tone::Info /> }.into_any(),
        (false, false) => cell::none(),
    };
    let history = Lines::of(
        &rates.items,
        vec![
            (t::VAT_FROM, Align::Left, |r: &VatRate| cell::text(r.effective_on.to_string())),
            (t::VAT_KIND, Align::Left, |r| cell::tag(r.kind)),
            (t::VAT_RATE, Align::Right, |r| cell::percent(r.rate)),
            (t::STATE, Align::Left, state),
            (t::VAT_SET_BY, Align::Left, |r| cell::maybe(r.created_by_name.as_ref())),
            (documents::CREATED_AT, Align::Left, |r| cell::time(r.created_at)),
            (t::REMARK, Align::Left, |r| cell::maybe(r.remark.as_ref())),
        ],
    );
    let empty = rates.items.is_empty().then(|| view! { <p class="hint">{t::VAT_NO_HISTORY}</p> });
    let history = (!rates.items.is_empty()).then(|| history.draw());
    view! { {draw_items(today)} {empty} {history} }.into_any()
}

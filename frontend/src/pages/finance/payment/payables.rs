//! What is owed to suppliers, by how long it is overdue.

use crate::api::{Loader, call};
use crate::doc::{Lines, PageHead, cell};
use crate::nav::Params;
use crate::pages::finance::party;
use crate::pages::finance::report::loaded;
use crate::text::{self, payable as t};
use crate::ui::{Align, Icon, StatePanel};
use leptos::prelude::*;
use openapi::finance::payment::{GetPayables, PayableAge, PayableAges, PayableQuery};
use openapi::{Nothing, Plain};

/// The page.
pub fn page(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<GetPayables>(Nothing, Plain(PayableQuery::default()), Nothing));
    view! {
        <PageHead title=t::PAYABLES />
        <section class="card">{loaded(loader, draw)}</section>
    }
    .into_any()
}

fn draw(all: PayableAges) -> AnyView {
    if all.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Success title=t::NOTHING_OWED hint=t::NOTHING_OWED_HINT /> }.into_any();
    }
    Lines::of(
        &all.items,
        vec![
            (t::PAID_TO, Align::Left, |p: &PayableAge| party(p.party_id, &p.party_name)),
            (t::OPEN_ITEMS, Align::Right, |p| cell::text(text::count(p.open_items))),
            (t::OPEN, Align::Right, |p| cell::money(p.open)),
            (t::NOT_DUE, Align::Right, |p| cell::some_money(p.not_due)),
            (t::DAYS_30, Align::Right, |p| cell::some_money(p.days_30)),
            (t::DAYS_60, Align::Right, |p| cell::some_money(p.days_60)),
            (t::DAYS_90, Align::Right, |p| cell::some_money(p.days_90)),
            (t::OLDER, Align::Right, |p| cell::some_money(p.older)),
            (t::ADVANCE, Align::Right, |p| cell::some_money(p.prepaid)),
            (t::PAY, Align::Left, |p| {
                cell::link(t::PAY.get(), format!("/finance/payments/new?party_id={}", p.party_id))
            }),
        ],
    )
    .total(t::OVERDUE, cell::money(all.overdue))
    .total(t::ADVANCE, cell::money(all.prepaid))
    .total(t::OPEN, cell::money(all.open))
    .draw()
}

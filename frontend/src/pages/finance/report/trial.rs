//! The trial balance.

use super::{loaded, pick_time};
use crate::api::{Loader, call};
use crate::doc::{Lines, PageHead, cell};
use crate::nav::Params;
use crate::pages::finance::ledger::account;
use crate::text::{self, finance as t};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::finance::ledger::{GetTrialBalance, TrialBalance, TrialBalanceQuery, TrialBalanceRow};
use openapi::{Month, Nothing, Plain};

/// The page.
pub fn page(_: &Params) -> AnyView {
    let present = Month::of(text::today().naive()).to_string();
    let (from, to) = (RwSignal::new(present.clone()), RwSignal::new(present));
    let loader = Loader::new(move || {
        let query = TrialBalanceQuery { org_id: None, from: from.get().parse().ok(), to: to.get().parse().ok() };
        call::<GetTrialBalance>(Nothing, Plain(query), Nothing)
    });
    view! {
        <PageHead title=t::TRIAL_BALANCE />
        <section class="card">
            <div class="form-grid">{pick_time(t::FROM_MONTH, "month", from)}{pick_time(t::TO_MONTH, "month", to)}</div>
            {loaded(loader, draw)}
        </section>
    }
    .into_any()
}

fn draw(balance: TrialBalance) -> AnyView {
    Lines::of(
        &balance.rows,
        vec![
            (t::ACCOUNT, Align::Left, |r: &TrialBalanceRow| account(r.account)),
            (t::OPENING_DEBIT, Align::Right, |r| cell::money(r.opening_debit)),
            (t::OPENING_CREDIT, Align::Right, |r| cell::money(r.opening_credit)),
            (t::TURNOVER_DEBIT, Align::Right, |r| cell::money(r.debit)),
            (t::TURNOVER_CREDIT, Align::Right, |r| cell::money(r.credit)),
            (t::CLOSING_DEBIT, Align::Right, |r| cell::money(r.closing_debit)),
            (t::CLOSING_CREDIT, Align::Right, |r| cell::money(r.closing_credit)),
        ],
    )
    .total(t::TURNOVER_DEBIT, cell::money(balance.debit))
    .total(t::TURNOVER_CREDIT, cell::money(balance.credit))
    .total(t::CLOSING_DEBIT, cell::money(balance.closing_debit))
    .total(t::CLOSING_CREDIT, cell::money(balance.closing_credit))
    .draw()
}

//! What follows from the entries: receivables by customer, trial balance, bank balances, periods.

mod bank;
mod party;
mod period;
mod trial;

use crate::api::Loader;
use crate::doc::problem::error_panel;
use crate::nav::{Group, Page};
use crate::text::finance as t;
use crate::ui::{Delayed, Icon, Skeleton};
use leptos::prelude::*;
use openapi::finance::{BANK_BALANCE_VIEW, LEDGER_VIEW, PERIOD_VIEW, RECEIVABLE_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/finance/receivables", t::RECEIVABLES, party::balances)
        .needs(RECEIVABLE_VIEW)
        .menu(Group::Finance, Icon::Users),
    Page::new("/finance/receivables/:id", t::PARTY_LEDGER, party::ledger).needs(RECEIVABLE_VIEW),
    Page::new("/finance/trial-balance", t::TRIAL_BALANCE, trial::page)
        .needs(LEDGER_VIEW)
        .menu(Group::Finance, Icon::Columns),
    Page::new("/finance/bank-balances", t::BANK_BALANCES, bank::page)
        .needs(BANK_BALANCE_VIEW)
        .menu(Group::Finance, Icon::Money),
    Page::new("/finance/periods", t::PERIODS, period::page).needs(PERIOD_VIEW).menu(Group::Finance, Icon::Lock),
];

/// Draws what was loaded, or why it was not.
pub fn loaded<T: Clone + Send + Sync + 'static>(
    loader: Loader<T>,
    draw: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView {
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(data), _) => draw(data),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=8 /></Delayed> }.into_any(),
    };
    body.into_any()
}

/// A native date or month control that stands in a row of filters.
pub fn pick_time(label: crate::text::Label, kind: &'static str, value: RwSignal<String>) -> AnyView {
    let id = crate::ui::unique("when");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input class="input" id=id type=kind prop:value=move || value.get()
                on:change=move |ev| value.set(event_target_value(&ev)) />
        </div>
    }
    .into_any()
}

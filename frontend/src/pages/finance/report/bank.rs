//! Where the money is.

use super::{loaded, pick_time};
use crate::api::{Loader, call};
use crate::doc::{Lines, PageHead, cell};
use crate::nav::Params;
use crate::text::{self, finance as t};
use crate::ui::{Align, Icon, StatePanel};
use leptos::prelude::*;
use openapi::finance::overview::{BankBalance, BankBalanceQuery, BankBalances, GetBankBalances};
use openapi::{Nothing, Plain};

/// The page.
pub fn page(_: &Params) -> AnyView {
    let as_of = RwSignal::new(text::today().to_string());
    let loader = Loader::new(move || {
        let query = BankBalanceQuery { org_id: None, as_of: as_of.get().parse().ok() };
        call::<GetBankBalances>(Nothing, Plain(query), Nothing)
    });
    view! {
        <PageHead title=t::BANK_BALANCES />
        <section class="card"><div class="form-grid">{pick_time(t::TO_DAY, "date", as_of)}</div>{loaded(loader, draw)}</section>
    }
    .into_any()
}

fn draw(balances: BankBalances) -> AnyView {
    if balances.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Money title=t::NO_BALANCES hint=t::NO_BALANCES_HINT /> }.into_any();
    }
    Lines::of(
        &balances.items,
        vec![
            (t::BANK_ACCOUNT, Align::Left, |b: &BankBalance| cell::text(&*b.bank_account_name)),
            (t::BALANCE, Align::Right, |b| cell::money(b.balance)),
        ],
    )
    .total(t::TOTAL, cell::money(balances.total))
    .draw()
}

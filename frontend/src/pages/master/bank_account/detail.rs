//! One record.

use crate::doc::{Act, DetailPage, cell, item};
use crate::nav::Params;
use crate::text::{base as t, documents};
use leptos::prelude::*;
use openapi::master::RecordAction;
use openapi::master::bank_account::{ActivateBankAccount, DeactivateBankAccount, GetBankAccount, UpdateBankAccount};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What it looks like.
pub fn page() -> DetailPage<GetBankAccount> {
    DetailPage::<GetBankAccount>::new()
        .title(|d| d.name.to_string())
        .mark(|d| cell::tag(d.kind))
        .edit::<UpdateBankAccount>()
        .actions(
            |d| vec![if d.is_active { RecordAction::Deactivate } else { RecordAction::Activate }],
            vec![
                (RecordAction::Deactivate, Act::confirm::<DeactivateBankAccount>(t::DEACTIVATE_WHAT)),
                (RecordAction::Activate, Act::post::<ActivateBankAccount>()),
            ],
        )
        .group(documents::BASICS, |d| {
            vec![
                item(t::CODE, cell::code(&*d.code)),
                item(t::STATION, cell::text(&*d.org_name)),
                item(t::BANK_NAME, cell::maybe(d.bank_name.as_ref())),
                item(t::ACCOUNT_NO, d.account_no.as_deref().map_or_else(cell::none, cell::code)),
                item(t::HOLDER, cell::maybe(d.holder.as_ref())),
                item(t::REMARK, cell::note(d.remark.as_deref())),
                item(t::STATE, cell::label(if d.is_active { t::IN_USE } else { t::OUT_OF_USE })),
                item(documents::CREATED_AT, cell::time(d.created_at)),
                item(documents::UPDATED_AT, cell::time(d.updated_at)),
            ]
        })
}

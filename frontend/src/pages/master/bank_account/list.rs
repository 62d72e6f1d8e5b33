//! The list.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::text::{base as t, documents};
use leptos::prelude::AnyView;
use openapi::master::bank_account::{BankAccountKind, BankAccountRow, CreateBankAccount, ListBankAccounts};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListBankAccounts>::new("bank-accounts", t::ACCOUNTS)
        .search_hint(t::SEARCH_CODE)
        .filter(Filter::choices::<BankAccountKind>("kind", t::KIND))
        .filter(Filter::flag("is_active", t::IS_ACTIVE))
        .column(Column::new("code", t::CODE, |r: &BankAccountRow| cell::code(&*r.code)))
        .column(Column::new("name", t::NAME, |r: &BankAccountRow| cell::text(&*r.name)).width("10em"))
        .column(Column::new("kind", t::KIND, |r: &BankAccountRow| cell::tag(r.kind)))
        .column(Column::new("org", t::STATION, |r: &BankAccountRow| cell::text(&*r.org_name)).field("org_name"))
        .column(Column::new("bank_name", t::BANK_NAME, |r: &BankAccountRow| cell::maybe(r.bank_name.as_ref())))
        .column(Column::new("account_no", t::ACCOUNT_NO, |r: &BankAccountRow| cell::maybe(r.account_no.as_ref())))
        .column(
            Column::new("is_active", t::STATE, |r: &BankAccountRow| {
                cell::label(if r.is_active { t::IN_USE } else { t::OUT_OF_USE })
            })
            .words(&[("true", t::IN_USE), ("false", t::OUT_OF_USE)]),
        )
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &BankAccountRow| cell::time(r.updated_at)))
        .column(
            Column::new("created_at", documents::CREATED_AT, |r: &BankAccountRow| cell::time(r.created_at)).hidden(),
        )
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateBankAccount>(t::ACCOUNT_NEW, "/master/bank-accounts/new")
        .view()
}

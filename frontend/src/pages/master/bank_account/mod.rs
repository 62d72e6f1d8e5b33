//! Cash and bank accounts of the stations.

mod detail;
mod form;
mod list;

use crate::doc::picker;
use crate::nav::{Group, Page};
use crate::text::base as t;
use crate::ui::{Icon, Pick, PickSource};
use openapi::master::bank_account::{BankAccount, BankAccountRow, GetBankAccount, ListBankAccounts};
use openapi::master::{BANK_ACCOUNT_EDIT, BANK_ACCOUNT_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/master/bank-accounts", t::ACCOUNTS, list::list)
        .needs(BANK_ACCOUNT_VIEW)
        .menu(Group::Master, Icon::Money),
    Page::new("/master/bank-accounts/new", t::ACCOUNT_NEW, form::form).needs(BANK_ACCOUNT_EDIT),
    Page::new("/master/bank-accounts/:id", t::ACCOUNT, detail::detail).needs(BANK_ACCOUNT_VIEW),
    Page::new("/master/bank-accounts/:id/edit", t::ACCOUNT_EDIT, form::form).needs(BANK_ACCOUNT_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/master/bank-accounts/{id}")
}

/// Picks one; `fixed` narrows the search.
pub fn bank_accounts(fixed: &'static str) -> PickSource {
    let row = |r: &BankAccountRow| pick(r.id.to_string(), &r.name, &r.code);
    let one = |d: &BankAccount| pick(d.id.to_string(), &d.name, &d.code);
    picker::<ListBankAccounts, GetBankAccount>(fixed, row, one)
}

fn pick(value: String, name: &str, code: &str) -> Pick {
    Pick { value, label: name.to_owned(), detail: code.to_owned() }
}

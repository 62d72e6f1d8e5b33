//! Records and changes one.

use crate::doc::{FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::warehouse::stations;
use crate::text::{base as t, documents};
use leptos::prelude::AnyView;
use openapi::master::bank_account::{
    BankAccount, BankAccountDraft, CreateBankAccount, GetBankAccount, UpdateBankAccount,
};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("bank_account", t::ACCOUNT_NEW, t::ACCOUNT_EDIT, "/master/bank-accounts")
        .section(
            documents::BASICS,
            vec![
                field!(BankAccountDraft.code, t::CODE),
                field!(BankAccountDraft.name, t::NAME),
                field!(BankAccountDraft.kind, t::KIND),
                field!(BankAccountDraft.org_id, t::STATION).pick(stations()).hint(t::ORG_HINT),
                field!(BankAccountDraft.bank_name, t::BANK_NAME),
                field!(BankAccountDraft.account_no, t::ACCOUNT_NO),
                field!(BankAccountDraft.holder, t::HOLDER),
                field!(BankAccountDraft.remark, t::REMARK),
            ],
        )
        .create::<CreateBankAccount>(saved)
        .edit::<GetBankAccount, UpdateBankAccount>(saved)
        .view(params)
}

fn saved(record: &BankAccount) -> Saved {
    Saved { name: record.name.to_string(), href: super::href(record.id) }
}

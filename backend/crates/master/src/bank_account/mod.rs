//! Cash and bank accounts of the stations: where the money of receipts and payments lies.

mod commands;
pub(crate) mod entity;
mod model;
pub(crate) mod queries;

use openapi::master::bank_account::{
    ActivateBankAccount, CreateBankAccount, DeactivateBankAccount, GetBankAccount, ListBankAccounts, UpdateBankAccount,
};
use platform::http::{Api, read, write};

pub(crate) use commands::add;

pub(crate) fn mount(api: &mut Api) {
    read::<ListBankAccounts>(api, queries::list);
    read::<GetBankAccount>(api, queries::get);
    write::<CreateBankAccount>(api, commands::create);
    write::<UpdateBankAccount>(api, commands::update);
    write::<DeactivateBankAccount>(api, commands::deactivate);
    write::<ActivateBankAccount>(api, commands::activate);
}

//! Where the money is, and today's money.

mod queries;

use openapi::finance::overview::{GetBankBalances, GetMoneyToday};
use platform::http::{Api, read};

pub(crate) fn mount(api: &mut Api) {
    read::<GetBankBalances>(api, queries::bank_balances);
    read::<GetMoneyToday>(api, queries::today);
}

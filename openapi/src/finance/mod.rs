//! Money: the ledger, settlements, receipts, open items, periods.

pub mod account;
pub mod period;

pub use account::{Account, AccountType, BankAccountId, JournalLineDraft, PartyId, Payer};
pub use period::Book;

use crate::{codes, permissions};

codes! {
    PERIOD_NOT_OVER = 409 "period_not_over", "{month} 尚未结束，不能关账", "{month} is not over yet and cannot be closed";
    PERIOD_ALREADY_CLOSED = 409 "period_already_closed", "{month} 已经关账", "{month} is closed already";
    PERIOD_NOT_LAST = 409 "period_not_last", "只能反结最近关账的月份（{month}）", "Only the last closed month ({month}) can be reopened";
}

permissions! {
    PERIOD_VIEW = "finance.period.view", "查看会计期间", "View periods" {
        Accountant: All, Headquarters: All, StationManager: Subtree, Storekeeper: Station,
    };
    PERIOD_CLOSE = "finance.period.close", "月结关账", "Close periods" { Accountant: All };
    PERIOD_REOPEN = "finance.period.reopen", "反结账", "Reopen periods" { Headquarters: All };
}

//! Money: the ledger, settlements, receipts, open items, periods.

pub mod account;
pub mod ledger;
pub mod open_item;
pub mod overview;
pub mod payment;
pub mod period;
pub mod receipt;
pub mod settlement;
pub mod vat;
pub mod words;

pub use account::{Account, AccountType, BankAccountId, JournalLineDraft, PartyId, Payer};
pub use period::Book;
pub use receipt::PayMethod;
pub use words::amount_in_words;

use crate::{codes, permissions};

codes! {
    PERIOD_NOT_OVER = 409 "period_not_over", "{month} 尚未结束，不能关账", "{month} is not over yet and cannot be closed";
    PERIOD_ALREADY_CLOSED = 409 "period_already_closed", "{month} 已经关账", "{month} is closed already";
    PERIOD_NOT_LAST = 409 "period_not_last", "只能反结最近关账的月份（{month}）", "Only the last closed month ({month}) can be reopened";
    ENTRY_UNBALANCED = 422 "entry_unbalanced", "借贷不平：借方 {debit}，贷方 {credit}", "Debit {debit} and credit {credit} differ";
    OPEN_ITEM_EXCEEDED = 409 "open_item_exceeded", "{document} 当前未清金额为 {open}，可能已被他人收款", "Only {open} of {document} is open; somebody else may have settled it";
    SETTLEMENT_EXISTS = 409 "settlement_exists", "该单据已结算", "The document is settled already";
    REVERSAL_BLOCKED = 409 "reversal_blocked", "请先冲销后续单据：{documents}", "Reverse these later documents first: {documents}";
    CASHIER_CANNOT_REVERSE = 409 "cashier_cannot_reverse", "收款人不能冲销自己的收款单", "The person who took the money cannot reverse the receipt";
    PAYER_CANNOT_REVERSE = 409 "payer_cannot_reverse", "付款人不能冲销自己的付款单", "The person who paid cannot reverse the payment";
    RECEIPT_EMPTY = 422 "receipt_empty", "请填写收款金额", "Nothing is received";
    OVER_ALLOCATED = 422 "over_allocated", "核销金额 {allocated} 超过收款金额 {received}", "{allocated} is allocated but only {received} received";
    PAYMENT_EMPTY = 422 "payment_empty", "请填写付款金额", "Nothing is paid";
    CREDIT_NOT_USED = 422 "credit_not_used", "抵扣金额 {credits} 超过核销金额 {allocated}", "{credits} is set off but only {allocated} allocated";
    DEPOSIT_NOT_USED = 422 "deposit_not_used", "使用的预收款超过核销金额", "More of the advances is used than is allocated";
    WRONG_PARTY = 422 "wrong_party", "该款项属于其他客户", "The item belongs to another party";
    WRONG_SIDE = 422 "wrong_side", "该款项不能用于此处", "The item cannot be used here";
    WRONG_STATION = 422 "wrong_station", "一张单据只能核销同一网点的款项", "All items of a document belong to one station";
    VAT_IN_PAST = 422 "vat_in_past", "税率不能从过去的日期起生效，已过账的单据保留原税率", "A rate cannot begin in the past: what is posted keeps its rate";
}

permissions! {
    PERIOD_VIEW = "finance.period.view", "查看会计期间", "View periods" {
        Accountant: All, Headquarters: All, StationManager: Subtree, Storekeeper: Station,
    };
    PERIOD_CLOSE = "finance.period.close", "月结关账", "Close periods" { Accountant: All };
    PERIOD_REOPEN = "finance.period.reopen", "反结账", "Reopen periods" { Headquarters: All };
    LEDGER_VIEW = "finance.ledger.view", "查看总账", "View the money ledger" {
        Accountant: All, Headquarters: All, StationManager: Subtree,
    };
    RECEIVABLE_VIEW = "finance.receivable.view", "查看应收", "View receivables" {
        Reception: Station, Accountant: All, Headquarters: All, StationManager: Subtree,
    };
    BANK_BALANCE_VIEW = "finance.bank.view", "查看账户余额", "View bank balances" {
        Accountant: All, Headquarters: All, StationManager: Subtree,
    };
    SETTLEMENT_VIEW = "finance.settlement.view", "查看结算单", "View settlements" {
        Reception: Station, Clerk: Station, Accountant: All, Headquarters: All, StationManager: Subtree,
    };
    SETTLEMENT_REVERSE = "finance.settlement.reverse", "冲销结算单", "Reverse settlements" {
        Accountant: All, Headquarters: All,
    };
    RECEIPT_VIEW = "finance.receipt.view", "查看收款单", "View receipts" {
        Reception: Station, Accountant: All, Headquarters: All, StationManager: Subtree,
    };
    RECEIPT_CREATE = "finance.receipt.create", "收款", "Take money in" { Reception: Station, Accountant: All };
    RECEIPT_REVERSE = "finance.receipt.reverse", "冲销收款单", "Reverse receipts" { Accountant: All };
    PAYMENT_VIEW = "finance.payment.view", "查看应付与付款单", "View payables and payments" {
        Accountant: All, Headquarters: All, StationManager: Subtree,
    };
    PAYMENT_CREATE = "finance.payment.create", "付款", "Pay suppliers" { Accountant: All };
    PAYMENT_REVERSE = "finance.payment.reverse", "冲销付款单", "Reverse payments" { Accountant: All, Headquarters: All };
    VAT_VIEW = "finance.vat.view", "查看税率", "View VAT rates" {
        Accountant: All, Headquarters: All, StationManager: All,
    };
    VAT_EDIT = "finance.vat.edit", "设置税率", "Set VAT rates" { Accountant: All, Headquarters: All };
    CREDIT_GRANT = "finance.credit.grant", "挂账", "Release on credit" {
        Accountant: All, StationManager: Station, Headquarters: All,
    };
}

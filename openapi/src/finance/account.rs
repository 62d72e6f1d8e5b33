//! The chart of accounts, and the lines that post to it.

use crate::master::customer::CustomerId;
use crate::{Money, choices};
use serde::{Deserialize, Serialize};

/// Somebody with whom money stands open. Every such party is a customer record.
pub type PartyId = CustomerId;

pub use crate::master::bank_account::BankAccountId;
pub use crate::master::dictionary::Payer;

choices! {
    /// The five kinds of accounts.
    AccountType {
        Asset = "asset" ("资产", "Asset", Info),
        Liability = "liability" ("负债", "Liability", Warning),
        Equity = "equity" ("所有者权益", "Equity", Neutral),
        Income = "income" ("收入", "Income", Success),
        Expense = "expense" ("成本费用", "Expense", Danger),
    }
    /// An account of the books.
    Account {
        Cash = "1001" ("库存现金", "Cash", Info),
        Bank = "1002" ("银行存款", "Bank", Info),
        Receivable = "1122" ("应收账款", "Receivables", Info),
        Prepaid = "1123" ("预付账款", "Prepaid to suppliers", Info),
        InterStation = "1221" ("内部往来", "Between stations", Info),
        ClaimReceivable = "1231" ("应收厂家索赔款", "Claims on makers", Info),
        PartsGood = "1405" ("良品配件", "Parts, good", Info),
        PartsBad = "1406" ("坏件", "Parts, bad", Info),
        Units = "1407" ("整机", "Whole units", Info),
        InTransit = "1408" ("在途物资", "In transit", Info),
        EngineerCustody = "1409" ("工程师领用", "In engineers' custody", Info),
        LoanerUnits = "1410" ("备用机", "Loaner units", Info),
        RefurbishInProgress = "1411" ("翻新在制", "Refurbishment in progress", Info),
        Payable = "2202" ("应付账款", "Payables", Warning),
        GoodsReceived = "2203" ("暂估应付", "Goods received, not invoiced", Warning),
        Deposits = "2205" ("预收款与押金", "Customer deposits and advances", Warning),
        DeferredIncome = "2206" ("递延服务收入", "Deferred agreement income", Warning),
        StationFees = "2207" ("应付网点服务费", "Station fees payable", Warning),
        Vat = "2221" ("应交增值税", "VAT", Warning),
        OpeningEquity = "3101" ("期初权益", "Opening equity", Neutral),
        LabourIncome = "6001" ("维修工时收入", "Repair labour income", Success),
        PartsIncome = "6002" ("维修配件收入", "Repair parts income", Success),
        WholesaleIncome = "6003" ("批发收入", "Wholesale income", Success),
        RetailIncome = "6004" ("零售收入", "Retail income", Success),
        AgreementIncome = "6005" ("服务协议收入", "Agreement income", Success),
        ClaimIncome = "6006" ("索赔收入", "Claim income", Success),
        CostWholesale = "6401" ("批发成本", "Cost of wholesale", Danger),
        CostRetail = "6402" ("零售成本", "Cost of retail", Danger),
        CostPaidRepair = "6403" ("保外维修成本", "Cost of repairs out of warranty", Danger),
        CostWarrantyRepair = "6404" ("保内维修成本", "Cost of repairs in warranty", Danger),
        CostExchange = "6405" ("换机成本", "Cost of exchanges", Danger),
        CostStationService = "6406" ("网点服务费用", "Station service cost", Danger),
        CountDifference = "6601" ("盘点盈亏", "Count gain or loss", Danger),
        ScrapLoss = "6602" ("报废损失", "Scrap loss", Danger),
        Revaluation = "6603" ("调价损益", "Revaluation gain or loss", Danger),
        Goodwill = "6604" ("赔偿与让利", "Goodwill and compensation", Danger),
        PriceDifference = "6605" ("进货价差", "Purchase price difference", Danger),
        Rounding = "6607" ("尾差", "Rounding", Danger),
    }
}

impl Account {
    /// Its kind, by the class of its code.
    pub fn kind(self) -> AccountType {
        match crate::choice::Choice::as_str(self).as_bytes() {
            [b'1', ..] => AccountType::Asset,
            [b'2', ..] => AccountType::Liability,
            [b'3', ..] => AccountType::Equity,
            [b'6', b'0', ..] => AccountType::Income,
            _ => AccountType::Expense,
        }
    }

    /// Whether the balance stands on the debit side.
    pub fn is_debit(self) -> bool {
        matches!(self.kind(), AccountType::Asset | AccountType::Expense)
    }

    /// Whether every line names the party with whom the amount stands open.
    pub const fn needs_party(self) -> bool {
        matches!(self, Account::Receivable | Account::Deposits | Account::Payable | Account::Prepaid)
    }

    /// Whether every line names the bank account or cash box.
    pub const fn needs_bank_account(self) -> bool {
        matches!(self, Account::Cash | Account::Bank)
    }
}

/// One line to post: an amount on one side of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalLineDraft {
    /// The account.
    pub account: Account,
    /// The party, for accounts that are kept by party.
    pub party_id: Option<PartyId>,
    /// The bank account or cash box, for cash and bank.
    pub bank_account_id: Option<BankAccountId>,
    /// Amount on the debit side; zero when it stands on the other.
    pub debit: Money,
    /// Amount on the credit side.
    pub credit: Money,
}

impl JournalLineDraft {
    /// An amount on the debit side.
    pub const fn debit(account: Account, amount: Money) -> Self {
        JournalLineDraft { account, party_id: None, bank_account_id: None, debit: amount, credit: Money::ZERO }
    }

    /// An amount on the credit side.
    pub const fn credit(account: Account, amount: Money) -> Self {
        JournalLineDraft { account, party_id: None, bank_account_id: None, debit: Money::ZERO, credit: amount }
    }

    /// Names the party.
    #[must_use]
    pub fn of(mut self, party: PartyId) -> Self {
        self.party_id = Some(party);
        self
    }

    /// Names the bank account.
    #[must_use]
    pub fn at(mut self, bank_account: BankAccountId) -> Self {
        self.bank_account_id = Some(bank_account);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Choice;

    #[test]
    fn accounts_fall_into_their_class_by_code() {
        assert_eq!(Account::Receivable.kind(), AccountType::Asset);
        assert_eq!(Account::Vat.kind(), AccountType::Liability);
        assert_eq!(Account::OpeningEquity.kind(), AccountType::Equity);
        assert_eq!(Account::PartsIncome.kind(), AccountType::Income);
        assert_eq!(Account::CostPaidRepair.kind(), AccountType::Expense);
        assert!(Account::ALL.is_sorted(), "accounts stand in the order of their codes");
    }
}

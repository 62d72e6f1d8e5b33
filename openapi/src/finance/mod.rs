//! Money: the ledger, settlements, receipts, open items, periods.

pub mod account;

pub use account::{Account, AccountType, BankAccountId, JournalLineDraft, PartyId, Payer};

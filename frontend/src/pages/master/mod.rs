//! Base data.

pub mod bank_account;
pub mod customer;
pub mod dictionary;
pub mod import;
pub mod product;
pub mod unit;
pub mod warehouse;

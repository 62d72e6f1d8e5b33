//! The texts, one file per area. A new domain adds its file and one line here.

pub mod account;
pub mod base;
pub mod common;
pub mod conversion;
pub mod customer;
pub mod delivery;
pub mod documents;
pub mod finance;
pub mod home;
pub mod identity;
pub mod import;
pub mod insight;
pub mod payable;
pub mod purchase;
pub mod purchase_return;
pub mod refurb;
pub mod retail;
pub mod revaluation;
pub mod shell;
pub mod shortage;
pub mod stock;
pub mod stocktake;
pub mod swap;
pub mod system;
pub mod ticket;
pub mod wholesale;

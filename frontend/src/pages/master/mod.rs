//! Base data.

pub mod customer;

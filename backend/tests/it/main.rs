//! Integration tests: the real server over real HTTP, on SQLite or PostgreSQL (`AFTERCARE_TEST_DB`), a database per test.

// a test that cannot go on should stop there; amounts in fen read best as yuan_fen
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::inconsistent_digit_grouping,
    clippy::indexing_slicing,
    clippy::let_underscore_must_use,
    clippy::unwrap_used
)]

mod architecture;
mod attachment;
mod base_data;
mod chaos;
mod customer;
mod export;
mod external;
mod finance;
mod finance_random;
mod fuzz;
mod import;
mod job;
mod lasting;
mod outbox;
mod print;
mod process;
mod purchase;
mod refurb_sale;
mod refusals;
mod retail;
mod role;
mod rules;
mod seal;
mod session;
mod shared_commit;
mod station;
mod stock;
mod support;
mod team;
mod ticket;
mod unit;
mod user;
mod wholesale;

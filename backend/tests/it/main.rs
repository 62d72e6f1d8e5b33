//! Integration tests: the real server over real HTTP, on SQLite or PostgreSQL (`AFTERCARE_TEST_DB`), a database per test.

mod customer;
mod rules;
mod support;

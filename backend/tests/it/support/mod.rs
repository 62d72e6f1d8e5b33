//! What tests stand on: a database of their own, the server, people of every role, and a typed client.

pub mod app;
pub mod base;
#[allow(dead_code, reason = "not every test reads everything")]
pub mod client;
pub mod database;
pub mod given;
pub mod money;
pub mod sample;
pub mod workbook;

pub use app::TestApp;

//! What tests stand on: a database of their own, the server, people of every role, and a typed client.

pub mod app;
pub mod client;
pub mod database;
pub mod given;
pub mod sample;

pub use app::TestApp;
pub use client::{Client, Refused};

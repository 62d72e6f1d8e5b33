//! The composition root: settings → platform → server.

pub mod app;
mod books;
pub mod command;
pub mod demo;
pub mod invariants;
pub mod modules;
mod reference;
pub mod schedule;
mod spa;
mod system;

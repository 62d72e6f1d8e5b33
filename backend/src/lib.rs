//! The composition root: settings → platform → server.

pub mod app;
pub mod modules;
mod system;

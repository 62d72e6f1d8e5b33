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

/// How many commands the random sequences of one test have in all: as many as `AFTERCARE_RANDOM_STEPS` says, for a long
/// run, or so many that the test ends soon.
pub fn random_steps(usual: usize) -> usize {
    std::env::var("AFTERCARE_RANDOM_STEPS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

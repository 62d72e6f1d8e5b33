//! What tests stand on: a database of their own, the server, people of every role, and a typed client.

pub mod app;
pub mod base;
#[allow(dead_code, reason = "not every test reads everything")]
pub mod client;
pub mod database;
pub mod faults;
pub mod given;
pub mod money;
mod proxy;
pub mod sample;
pub mod workbook;

pub use app::TestApp;

/// How many commands the random sequences of one test have in all: as many as `AFTERCARE_RANDOM_STEPS` says, for a long
/// run, or so many that the test ends soon.
pub fn random_steps(usual: usize) -> usize {
    std::env::var("AFTERCARE_RANDOM_STEPS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The full number when the long run is asked for (`AFTERCARE_LOAD=full`).
pub fn size(short: usize, full: usize) -> usize {
    if std::env::var("AFTERCARE_LOAD").as_deref() == Ok("full") { full } else { short }
}

/// What the random choices of a test begin with; a failed run is repeated with it.
pub fn seed() -> u64 {
    std::env::var("AFTERCARE_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_121)
}

/// Prints what a test did and how long it took.
pub fn report(what: &str, operations: usize, begun: std::time::Instant, rest: &str) {
    let seconds = begun.elapsed().as_secs_f64();
    println!("{what}: {operations} in {seconds:.1} s, {:.0}/s, seed {}; {rest}", operations as f64 / seconds, seed());
}

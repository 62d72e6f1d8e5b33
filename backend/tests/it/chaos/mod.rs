//! What goes wrong in real life, on purpose. Short here; `AFTERCARE_LOAD=full` asks for the full numbers. Each test prints its figure and
//! the seed that repeats it.

mod clients;
mod clock;
pub mod crash;
mod disk;
mod ledger;
mod load;
mod processes;
mod statements;

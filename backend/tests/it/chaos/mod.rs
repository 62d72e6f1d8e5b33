//! What goes wrong in real life, on purpose. Short here; `AFTERCARE_LOAD=full` asks for the full numbers. Each test prints its figure and
//! the seed that repeats it.

mod clients;
mod crash;
mod processes;
mod statements;

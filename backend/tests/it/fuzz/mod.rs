//! Whatever is thrown at a parser, it answers, and within a second.
//!
//! Inputs are mutations of good ones; one that came to an end that none had come to before joins them, so that mutations go on from there.
//! `AFTERCARE_FUZZ_SECONDS` says how long each target takes, `AFTERCARE_SEED` what the choices begin with. An input that fails is cut down
//! and left in the folder that the failure names; one that takes longer than a second ends the process.

mod engine;
mod parsers;
mod wire;

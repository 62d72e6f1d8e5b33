//! Trade: what is bought from suppliers, and what is sold wholesale and over the counter.

pub mod purchase;
pub mod retail;
pub mod wholesale;

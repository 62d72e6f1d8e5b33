//! What is bought from suppliers.

pub mod order;
pub mod receipt;

//! What is bought from suppliers.

pub mod back;
pub mod invoice;
pub mod order;
pub mod receipt;

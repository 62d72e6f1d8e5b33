//! What is bought from suppliers: orders, and what comes of them.

pub(crate) mod back;
pub(crate) mod invoice;
pub(crate) mod order;
pub(crate) mod plan;
pub(crate) mod receipt;

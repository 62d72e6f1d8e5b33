//! Who is asking: tokens, passwords, and how far somebody's rights reach.

pub mod actor;
pub mod password;
pub mod token;

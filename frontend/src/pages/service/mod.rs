//! Service.

pub mod home;
pub mod ticket;

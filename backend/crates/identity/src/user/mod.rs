//! Users: the people who work with the system, known by their employee number.

pub(crate) mod credential;
pub(crate) mod entity;

//! Roles: named sets of rights. Twelve come with the product; a company may add its own.

pub(crate) mod entity;

//! Base data: customers, products, dictionaries, warehouses, units. Other crates use [`api`] only.

pub mod api;
mod customer;
mod period;

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[platform::Constraint] = &[];

use platform::http::Api;

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    customer::mount(api);
}

//! Current stock: what lies where now, how much of it is reserved, and what it is worth.

mod queries;

pub use queries::{Available, CustodyLine, available, custody, values};

use openapi::stock::balance::ListStock;
use platform::http::{Api, read};

pub(crate) fn mount(api: &mut Api) {
    read::<ListStock>(api, queries::list);
}

//! Current stock: what lies where now, how much of it is reserved, and what it is worth.

mod availability;
mod queries;

pub(crate) use availability::on_shelves;
pub use queries::{Available, CustodyLine, available, available_as, custody, values};

use openapi::stock::availability::GetAvailability;
use openapi::stock::balance::{ListStock, SumStock};
use platform::http::{Api, read, report};

pub(crate) fn mount(api: &mut Api) {
    read::<ListStock>(api, queries::list);
    read::<SumStock>(api, queries::sums);
    report::<GetAvailability>(api, availability::availability);
}

//! Wholesale: prices by level and day; orders of dealers and other companies, accepted against their credit; shipments,
//! which post goods, cost, income and debt in one go; and what comes back of them.

mod back;
pub(crate) mod entity;
pub(crate) mod import;
mod order;
pub(crate) mod price;
mod shipment;

use openapi::trade::wholesale::{WHOLESALE_EDIT, WHOLESALE_RETURN, WHOLESALE_SHIP, WHOLESALE_VIEW};
use platform::http::Api;

pub(crate) fn mount(api: &mut Api) {
    price::mount(api);
    order::mount(api);
    shipment::mount(api);
    back::mount(api);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::order::Entity>(WHOLESALE_VIEW, WHOLESALE_EDIT);
    subjects.head::<entity::shipment::Entity>(WHOLESALE_VIEW, WHOLESALE_SHIP);
    subjects.head::<entity::back::Entity>(WHOLESALE_VIEW, WHOLESALE_RETURN);
}

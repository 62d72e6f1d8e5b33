//! Customers: people and companies who bring units in, and whom to call about them.
//! Every station sees all customers, because a customer may walk into any of them.

mod commands;
pub(crate) mod entity;
mod model;
pub(crate) mod queries;

use openapi::master::customer::{CreateCustomer, GetCustomer, ListCustomers, PutCustomer, UpdateCustomer};
use openapi::master::{CUSTOMER_EDIT, CUSTOMER_VIEW};
use platform::http::{Api, read, write};

pub(crate) use commands::add;

pub(crate) fn mount(api: &mut Api) {
    read::<ListCustomers>(api, queries::list);
    read::<GetCustomer>(api, queries::get);
    write::<CreateCustomer>(api, commands::create);
    write::<UpdateCustomer>(api, commands::update);
    write::<PutCustomer>(api, commands::put);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::customer::Entity>(CUSTOMER_VIEW, CUSTOMER_EDIT);
}

//! Base data: customers, products, dictionaries, warehouses, bank accounts, units. Other crates use [`api`] only.

pub mod api;
mod bank_account;
mod customer;
mod dictionary;
mod import;
mod install;
mod period;
mod place;
mod product;
mod station_record;
mod stored;
mod unit;
mod warehouse;

use openapi::problem::field::TAKEN;
use openapi::{master::PRODUCT_NOT_A_UNIT, problem::field::ORDER};
use platform::Constraint;
use platform::http::Api;

pub use import::jobs;
pub use install::install;

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[
    Constraint {
        name: "uq_dictionary_entry_code",
        columns: "dictionary_entry.kind, dictionary_entry.code",
        code: TAKEN,
        pointer: "/code",
    },
    Constraint { name: "uq_product_code", columns: "product.code", code: TAKEN, pointer: "/code" },
    Constraint {
        name: "uq_warehouse_code",
        columns: "warehouse.org_id, warehouse.code",
        code: TAKEN,
        pointer: "/code",
    },
    Constraint {
        name: "uq_bank_account_code",
        columns: "bank_account.org_id, bank_account.code",
        code: TAKEN,
        pointer: "/code",
    },
    Constraint { name: "uq_customer_runs", columns: "customer.runs_org_id", code: TAKEN, pointer: "/runs_org_id" },
    Constraint { name: "uq_unit_serial", columns: "unit.brand_id, unit.serial", code: TAKEN, pointer: "/serial" },
    Constraint { name: "ck_unit_dates", columns: "", code: ORDER, pointer: "/sold_on" },
    Constraint { name: "ck_product_unit_brand", columns: "", code: PRODUCT_NOT_A_UNIT, pointer: "/brand_id" },
];

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    customer::mount(api);
    dictionary::mount(api);
    product::mount(api);
    warehouse::mount(api);
    bank_account::mount(api);
    unit::mount(api);
    import::mount(api);
}

/// Files and timelines may belong to these.
pub fn subjects(subjects: &mut platform::Subjects) {
    customer::subjects(subjects);
    product::subjects(subjects);
    unit::subjects(subjects);
}

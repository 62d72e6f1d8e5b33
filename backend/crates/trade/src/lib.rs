//! Trade: what is bought from suppliers, and what is sold wholesale and over the counter. Other crates use [`api`] only.

pub mod api;
mod condition;
mod facts;
mod invariant;
mod pieces;
mod purchase;
mod retail;
mod wholesale;

use openapi::problem::STATE_CONFLICT;
use platform::http::Api;
use platform::{Constraint, Subjects};

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[
    Constraint {
        name: "uq_retail_sale_reversal",
        columns: "retail_sale.reversal_of",
        code: STATE_CONFLICT,
        pointer: "",
    },
    Constraint {
        name: "uq_retail_return_reversal",
        columns: "retail_return.reversal_of",
        code: STATE_CONFLICT,
        pointer: "",
    },
    Constraint {
        name: "uq_price_day",
        columns: "price.product_id, price.level, price.condition, price.from_on",
        code: openapi::trade::wholesale::PRICE_DAY_TAKEN,
        pointer: "/from_on",
    },
    Constraint {
        name: "uq_supplier_invoice_no",
        columns: "supplier_invoice.party_id, supplier_invoice.invoice_no",
        code: openapi::trade::purchase::INVOICE_NO_TAKEN,
        pointer: "/invoice_no",
    },
];

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    purchase::order::mount(api);
    purchase::plan::mount(api);
    purchase::receipt::mount(api);
    purchase::invoice::mount(api);
    purchase::back::mount(api);
    retail::mount(api);
    wholesale::mount(api);
}

/// The jobs of this domain.
pub fn jobs(jobs: &mut platform::Jobs) {
    jobs.import::<wholesale::import::SalesOrders>("import.sales_order");
}

/// Files and timelines may belong to these.
pub fn subjects(subjects: &mut Subjects) {
    purchase::order::subjects(subjects);
    purchase::receipt::subjects(subjects);
    purchase::invoice::subjects(subjects);
    purchase::back::subjects(subjects);
    retail::subjects(subjects);
    wholesale::subjects(subjects);
}

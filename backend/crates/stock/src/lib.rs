//! Stock: the ledger of goods, and every document that moves them. Other crates use [`api`] only.

mod analysis;
pub mod api;
mod balance;
mod bins;
mod conversion;
mod document;
mod expected;
mod facts;
mod find;
mod formula;
mod guard;
mod invariant;
mod ledger;
mod plan;
mod refurb;
mod requisition;
mod reservation;
mod revaluation;
mod stocktake;
mod swap;
mod transfer;

use openapi::problem::field::TAKEN;
use openapi::stock::{PARTS_PLAN_OF_MONTH_EXISTS, STOCK_ALREADY_REVERSED, STOCK_SERIAL_RESERVED, STOCKTAKE_OPEN};
use platform::Constraint;
use platform::http::Api;

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[
    Constraint {
        name: "uq_stock_doc_reversal",
        columns: "stock_doc.reversal_of",
        code: STOCK_ALREADY_REVERSED,
        pointer: "",
    },
    Constraint {
        name: "uq_stock_move_mirror",
        columns: "stock_move.mirror_of",
        code: STOCK_ALREADY_REVERSED,
        pointer: "",
    },
    Constraint {
        name: "uq_stock_reservation_serial",
        columns: "stock_reservation.product_id, stock_reservation.serial",
        code: STOCK_SERIAL_RESERVED,
        pointer: "",
    },
    Constraint {
        name: "uq_formula_edition",
        columns: "formula.product_id, formula.edition",
        code: TAKEN,
        pointer: "/edition",
    },
    Constraint {
        name: "uq_parts_plan_month",
        columns: "parts_plan.org_id, parts_plan.month",
        code: PARTS_PLAN_OF_MONTH_EXISTS,
        pointer: "",
    },
    Constraint {
        name: "uq_bin_part",
        columns: "bin.warehouse_id, bin.product_id",
        code: TAKEN,
        pointer: "/product_id",
    },
    Constraint { name: "uq_stocktake_open", columns: "stocktake.warehouse_id", code: STOCKTAKE_OPEN, pointer: "" },
];

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    document::mount(api);
    ledger::mount(api);
    balance::mount(api);
    bins::mount(api);
    analysis::mount(api);
    plan::mount(api);
    requisition::mount(api);
    transfer::mount(api);
    stocktake::mount(api);
    revaluation::mount(api);
    formula::mount(api);
    conversion::mount(api);
    swap::mount(api);
    refurb::mount(api);
}

/// Files and timelines may belong to these.
pub fn subjects(subjects: &mut platform::Subjects) {
    document::subjects(subjects);
    plan::subjects(subjects);
    requisition::subjects(subjects);
    transfer::subjects(subjects);
    stocktake::subjects(subjects);
    revaluation::subjects(subjects);
    conversion::subjects(subjects);
    swap::subjects(subjects);
    refurb::subjects(subjects);
}

/// What is done in the background.
pub fn jobs(jobs: &mut platform::Jobs) {
    jobs.import::<bins::BinBook>("import.bin");
    jobs.on("transfer.sign", transfer::overdue::sign);
}

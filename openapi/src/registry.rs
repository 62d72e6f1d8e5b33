//! The lists of everything the modules declare. A module adds itself in these three places and nowhere else.

use crate::endpoint::Row;
use crate::permission::Permission;
use crate::problem::{self, Code};
use crate::{finance, identity, master, service, stock, system, trade};

// One entry per line, so that modules can be added side by side.

/// The endpoint rows of each module.
#[rustfmt::skip]
pub const MODULES: &[&[Row]] = &[
    system::ROWS,
    system::operation::ROWS,
    system::export::ROWS,
    system::notification::ROWS,
    system::number::ROWS,
    system::print::ROWS,
    system::seal::ROWS,
    identity::session::ROWS,
    identity::station::ROWS,
    identity::user::ROWS,
    identity::role::ROWS,
    identity::team::ROWS,
    identity::login::ROWS,
    master::customer::ROWS,
    master::dictionary::ROWS,
    master::product::ROWS,
    master::warehouse::ROWS,
    master::bank_account::ROWS,
    master::unit::ROWS,
    master::import::ROWS,
    finance::period::ROWS,
    finance::ledger::ROWS,
    finance::open_item::ROWS,
    finance::settlement::ROWS,
    finance::receipt::ROWS,
    finance::payment::ROWS,
    finance::overview::ROWS,
    finance::vat::ROWS,
    service::ticket::ROWS,
    service::custody::ROWS,
    service::shortage::ROWS,
    service::owed_part::ROWS,
    service::part_return::ROWS,
    stock::document::ROWS,
    stock::movement::ROWS,
    stock::analysis::ROWS,
    stock::availability::ROWS,
    stock::balance::ROWS,
    stock::bin::ROWS,
    stock::requisition::ROWS,
    stock::transfer::ROWS,
    stock::stocktake::ROWS,
    trade::purchase::order::ROWS,
    trade::purchase::plan::ROWS,
    trade::purchase::receipt::ROWS,
    trade::purchase::invoice::ROWS,
    trade::purchase::back::ROWS,
    trade::wholesale::price::ROWS,
    trade::wholesale::order::ROWS,
    trade::wholesale::shipment::ROWS,
    trade::wholesale::back::ROWS,
    trade::retail::sale::ROWS,
    trade::retail::back::ROWS,
    trade::retail::member::ROWS,
    stock::revaluation::ROWS,
    stock::formula::ROWS,
    stock::conversion::ROWS,
    stock::plan::ROWS,
    stock::swap::ROWS,
    stock::refurb::ROWS,
];

/// The error codes of each module.
#[rustfmt::skip]
const CODE_MODULES: &[&[Code]] = &[
    problem::CODES,
    system::CODES,
    system::number::CODES,
    system::print::CODES,
    problem::field::CODES,
    identity::CODES,
    master::CODES,
    finance::CODES,
    service::CODES,
    stock::CODES,
    trade::purchase::CODES,
    trade::retail::CODES,
    trade::wholesale::CODES,
];

/// The permissions of each module.
#[rustfmt::skip]
const PERMISSION_MODULES: &[&[Permission]] = &[
    system::PERMISSIONS,
    system::export::PERMISSIONS,
    system::seal::PERMISSIONS,
    identity::PERMISSIONS,
    master::PERMISSIONS,
    finance::PERMISSIONS,
    service::PERMISSIONS,
    stock::PERMISSIONS,
    trade::purchase::PERMISSIONS,
    trade::retail::PERMISSIONS,
    trade::wholesale::PERMISSIONS,
];

/// Every endpoint row.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    MODULES.iter().copied().flatten()
}

/// Every error code.
pub fn codes() -> impl Iterator<Item = Code> {
    CODE_MODULES.iter().copied().flatten().copied()
}

/// Every permission.
pub fn permissions() -> impl Iterator<Item = Permission> {
    PERMISSION_MODULES.iter().copied().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_is_unique_and_every_text_is_there() {
        let names: Vec<_> = rows().map(|r| r.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "operation names repeat");
        let routes: Vec<_> = rows().map(|r| (r.method, r.path)).collect();
        assert_eq!(routes.iter().collect::<BTreeSet<_>>().len(), routes.len(), "routes repeat");
        let permissions: Vec<_> = permissions().map(|p| p.code).collect();
        assert_eq!(permissions.iter().collect::<BTreeSet<_>>().len(), permissions.len(), "permission codes repeat");
        let codes: Vec<_> = codes().collect();
        assert_eq!(codes.iter().map(|c| c.code).collect::<BTreeSet<_>>().len(), codes.len(), "error codes repeat");
        assert!(codes.iter().all(|c| !c.zh.is_empty() && !c.en.is_empty()));
    }
}

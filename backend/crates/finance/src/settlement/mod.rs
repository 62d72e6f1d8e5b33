//! Settlements: what a service costs and who pays which part. The customer's part is posted as a receivable; the parts
//! of maker, company and insurer are noted and claimed later.

pub mod commands;
pub mod entity;
pub mod model;
pub mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::finance::settlement::{GetSettlement, ListSettlements};
use platform::http::{Api, read};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListSettlements>(api, queries::list);
    read::<GetSettlement>(api, queries::get);
    printed::<GetSettlement>(api, &[DocKind::Settlement], queries::get, slip::slip);
}

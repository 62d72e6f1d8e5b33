//! Stock documents: opening stock, stock-in, stock-out, moves between warehouses, what engineers draw and return, what
//! repairs consume, old parts and where they end: destroyed, or back with the customer.
//! One head and lines for all of them; they differ in where goods come from and go to (see [`route`]).
//! Those that a ticket or another document makes are posted as they are made (see [`for_ticket`], [`for_document`]).

mod chain;
mod commands;
pub(crate) mod entity;
pub(crate) mod for_document;
mod for_ticket;
mod model;
pub mod old_part;
mod posting;
mod queries;
mod route;
mod slip;

pub use for_ticket::{
    ConsumeDraft, ConsumeLine, CustodyDraft, IssueDraft, OldPartLine, OldPartsDraft, PartLine, Posted, PostedLine,
    consume, hand_unit_back, issue_to_engineer, old_parts_in, return_from_engineer, reverse, take_unit,
};
pub use queries::of_ticket as documents_of;

use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::stock::document::{
    ApproveStockDoc, AuthoriseStockDoc, CreateStockDoc, DeclineStockDoc, GetStockDoc, ListStockDocs, PostStockDoc,
    PutStockDoc, RejectStockDoc, ReverseStockDoc, SubmitStockDoc, UpdateStockDoc, VoidStockDoc,
};
use openapi::stock::{STOCK_DOC_EDIT, STOCK_DOC_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListStockDocs>(api, queries::list);
    read::<GetStockDoc>(api, queries::get);
    let kinds: Vec<DocKind> = DocKind::ALL.iter().copied().filter(|kind| kind.is_stock_document()).collect();
    printed::<GetStockDoc>(api, &kinds, queries::get, slip::slip);
    write::<CreateStockDoc>(api, commands::create);
    write::<UpdateStockDoc>(api, commands::update);
    write::<PutStockDoc>(api, commands::put);
    write::<SubmitStockDoc>(api, commands::submit);
    write::<ApproveStockDoc>(api, commands::approve);
    write::<RejectStockDoc>(api, commands::reject);
    write::<AuthoriseStockDoc>(api, commands::authorise);
    write::<DeclineStockDoc>(api, commands::decline);
    write::<PostStockDoc>(api, commands::post);
    write::<ReverseStockDoc>(api, commands::reverse);
    write::<VoidStockDoc>(api, commands::void);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::doc::Entity>(STOCK_DOC_VIEW, STOCK_DOC_EDIT);
}

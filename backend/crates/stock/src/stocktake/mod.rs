//! Stocktakes: what lies in a warehouse is frozen, counted blind by any number of people, counted again where it
//! differs, approved by somebody else and posted. Stock keeps moving: each count is held against the books at that
//! moment, and what is posted is the difference.

mod commands;
pub(crate) mod entity;
mod goods;
mod model;
mod queries;
mod slip;

pub(crate) use goods::{costs, named as goods_named, now_in as goods_in, standard_cost};

use openapi::document::DocKind;
use openapi::stock::stocktake::{
    ApproveStocktake, CountStocktake, CreateStocktake, FinishStocktake, GetStocktake, ListStocktakes, RejectStocktake,
    ReverseStocktake, UncountStocktake, VoidStocktake,
};
use openapi::stock::{STOCKTAKE_COUNT, STOCKTAKE_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListStocktakes>(api, queries::list);
    read::<GetStocktake>(api, queries::get);
    printed::<GetStocktake>(api, &[DocKind::Stocktake], queries::get, slip::slip);
    write::<CreateStocktake>(api, commands::create);
    write::<CountStocktake>(api, commands::count);
    write::<UncountStocktake>(api, commands::uncount);
    write::<FinishStocktake>(api, commands::finish);
    write::<ApproveStocktake>(api, commands::approve);
    write::<RejectStocktake>(api, commands::reject);
    write::<ReverseStocktake>(api, commands::reverse);
    write::<VoidStocktake>(api, commands::void);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::stocktake::Entity>(STOCKTAKE_VIEW, STOCKTAKE_COUNT);
}

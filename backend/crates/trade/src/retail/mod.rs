//! Retail: sales over the counter, what comes back of them, and the points of members. A sale or a return is one
//! command that posts goods, income, tax, cost, money and points together; it is taken back by its mirror.

mod back;
mod counter;
pub(crate) mod entity;
pub(crate) mod member;
pub(crate) mod model;
mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::trade::retail::back::{CreateRetailReturn, GetRetailReturn, ListRetailReturns, ReverseRetailReturn};
use openapi::trade::retail::member::{GetMemberPoints, GetRetailPolicy, SetRetailPolicy};
use openapi::trade::retail::sale::{
    CreateRetailSale, FindRetailGoods, GetRetailSale, ListRetailSales, ReverseRetailSale,
};
use openapi::trade::retail::{RETAIL_RETURN, RETAIL_SELL, RETAIL_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListRetailSales>(api, queries::sales);
    read::<GetRetailSale>(api, queries::sale);
    read::<FindRetailGoods>(api, queries::goods);
    printed::<GetRetailSale>(api, &[DocKind::RetailSale], queries::sale, slip::sale);
    write::<CreateRetailSale>(api, counter::sell);
    write::<ReverseRetailSale>(api, counter::reverse);
    read::<ListRetailReturns>(api, queries::backs);
    read::<GetRetailReturn>(api, queries::back);
    printed::<GetRetailReturn>(api, &[DocKind::RetailReturn], queries::back, slip::back);
    write::<CreateRetailReturn>(api, back::create);
    write::<ReverseRetailReturn>(api, back::reverse);
    read::<GetMemberPoints>(api, member::points_of);
    read::<GetRetailPolicy>(api, member::policy);
    write::<SetRetailPolicy>(api, member::set_policy);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::sale::Entity>(RETAIL_VIEW, RETAIL_SELL);
    subjects.head::<entity::back::Entity>(RETAIL_VIEW, RETAIL_RETURN);
}

//! Products and parts.

mod detail;
mod form;
mod list;

use crate::doc::picker;
use crate::nav::{Group, Page};
use crate::text::base as t;
use crate::ui::{Icon, Pick, PickSource};
use openapi::master::product::{GetProduct, ListProducts, Product, ProductRow};
use openapi::master::{PRODUCT_EDIT, PRODUCT_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/master/products", t::PRODUCTS, list::list).needs(PRODUCT_VIEW).menu(Group::Master, Icon::Box),
    Page::new("/master/products/new", t::PRODUCT_NEW, form::form).needs(PRODUCT_EDIT),
    Page::new("/master/products/:id", t::PRODUCT, detail::detail).needs(PRODUCT_VIEW),
    Page::new("/master/products/:id/edit", t::PRODUCT_EDIT, form::form).needs(PRODUCT_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/master/products/{id}")
}

/// Picks one; `fixed` narrows the search.
pub fn products(fixed: &'static str) -> PickSource {
    let row = |r: &ProductRow| pick(r.id.to_string(), &r.name, &r.code);
    let one = |d: &Product| pick(d.id.to_string(), &d.name, &d.code);
    picker::<ListProducts, GetProduct>(fixed, row, one)
}

fn pick(value: String, name: &str, code: &str) -> Pick {
    Pick { value, label: name.to_owned(), detail: code.to_owned() }
}

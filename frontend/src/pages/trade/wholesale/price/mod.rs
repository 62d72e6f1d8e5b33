//! The price list: what applies, what applied, what lies ahead.

use crate::doc::{Column, Filter, FormPage, ListPage, Saved, cell};
use crate::field;
use crate::nav::{Group, Page, Params};
use crate::pages::master::product::products;
use crate::text::{documents, stock, wholesale as t};
use crate::ui::Icon;
use leptos::prelude::*;
use openapi::master::customer::PriceLevel;
use openapi::trade::wholesale::price::{CreatePrice, DeletePrice, ListPrices, Price, PriceDraft};
use openapi::trade::wholesale::{PRICE_EDIT, PRICE_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/trade/prices", t::PRICES, list).needs(PRICE_VIEW).menu(Group::Sales, Icon::Money),
    Page::new("/trade/prices/new", t::PRICE_NEW, form).needs(PRICE_EDIT),
];

fn list(_: &Params) -> AnyView {
    ListPage::<ListPrices>::new("prices", t::PRICES)
        .search_hint(t::PRICE_SEARCH)
        .filter(Filter::pick("product_id", stock::PRODUCT, products("")))
        .filter(Filter::choices::<PriceLevel>("level", t::LEVEL))
        .filter(Filter::flag("is_in_force", t::IN_FORCE))
        .preset(t::IN_FORCE, "is_in_force=true")
        .column(Column::new("product_name", stock::PRODUCT, |r: &Price| cell::text(&*r.product_name)))
        .column(Column::new("product_code", stock::CODE, |r: &Price| cell::code(&*r.product_code)))
        .column(Column::new("level", t::LEVEL, |r: &Price| cell::tag(r.level)))
        .column(Column::new("unit_price", t::PRICE, |r: &Price| cell::price(r.unit_price)).right())
        .column(Column::new("price_on_file", t::ON_FILE, |r: &Price| cell::price(r.price_on_file)).right())
        .column(Column::new("from_on", t::FROM_ON, |r: &Price| cell::date(r.from_on)))
        .column(Column::new("until_on", t::UNTIL_ON, |r: &Price| cell::maybe_date(r.until_on)))
        .column(Column::new("is_in_force", t::NOW, |r: &Price| cell::yes_no(r.is_in_force)))
        .column(Column::new("uom", t::UOM, |r: &Price| cell::text(&*r.uom)).hidden())
        .column(Column::new("remark", stock::REMARK, |r: &Price| cell::maybe(r.remark.as_ref())))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &Price| cell::time(r.created_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &Price| cell::time(r.updated_at)).hidden())
        .bulk_each::<DeletePrice>(t::REMOVE)
        .create::<CreatePrice>(t::PRICE_NEW, "/trade/prices/new")
        .view()
}

fn form(params: &Params) -> AnyView {
    FormPage::new("price", t::PRICE_NEW, t::PRICE_NEW, "/trade/prices")
        .section(
            documents::BASICS,
            vec![
                field!(PriceDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
                field!(PriceDraft.level, t::LEVEL).initial("wholesale"),
                field!(PriceDraft.from_on, t::FROM_ON).initial(crate::text::today().to_string()),
                field!(PriceDraft.unit_price, t::PRICE),
                field!(PriceDraft.remark, stock::REMARK),
            ],
        )
        .create::<CreatePrice>(saved)
        .view(params)
}

fn saved(price: &Price) -> Saved {
    Saved { name: price.product_name.to_string(), href: "/trade/prices".to_owned() }
}

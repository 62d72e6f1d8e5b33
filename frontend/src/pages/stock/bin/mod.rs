//! Bins: where in a warehouse a part lies.

use crate::api::session::may;
use crate::doc::{Column, Filter, FormPage, ListPage, Saved, cell};
use crate::field;
use crate::nav::{self, Group, Page, Params};
use crate::pages::master::product::products;
use crate::pages::master::warehouse::warehouses;
use crate::text::{bin as t, documents, stock};
use crate::ui::{Icon, MenuItem};
use leptos::prelude::*;
use openapi::master::IMPORT;
use openapi::stock::bin::{Bin, BinDraft, CreateBin, DeleteBin, GetBin, ListBins, UpdateBin};
use openapi::stock::{BIN_EDIT, BIN_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/bins", t::TITLE, list).needs(BIN_VIEW).menu(Group::Stock, Icon::Columns),
    Page::new("/stock/bins/new", t::NEW, form).needs(BIN_EDIT),
    Page::new("/stock/bins/:id/edit", t::EDIT, form).needs(BIN_EDIT),
];

fn list(_: &Params) -> AnyView {
    let mut page = ListPage::<ListBins>::new("bins", t::TITLE)
        .search_hint(t::SEARCH)
        .filter(Filter::pick("warehouse_id", stock::WAREHOUSE, warehouses("")))
        .filter(Filter::pick("product_id", stock::PRODUCT, products("")))
        .column(Column::new("code", t::CODE, |r: &Bin| cell::code(&*r.code)))
        .column(Column::new("product_name", stock::PRODUCT, |r: &Bin| cell::text(&*r.product_name)))
        .column(Column::new("product_code", stock::CODE, |r: &Bin| cell::code(&*r.product_code)))
        .column(Column::new("warehouse_name", stock::WAREHOUSE, |r: &Bin| cell::text(&*r.warehouse_name)))
        .column(Column::new("on_hand", stock::ON_HAND, |r: &Bin| cell::quantity(r.on_hand)).right())
        .column(Column::new("remark", stock::REMARK, |r: &Bin| cell::maybe(r.remark.as_ref())))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &Bin| cell::time(r.created_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &Bin| cell::time(r.updated_at)).hidden())
        .bulk_each::<DeleteBin>(t::REMOVE)
        .create::<CreateBin>(t::NEW, "/stock/bins/new");
    if untrack(|| may(BIN_EDIT)) {
        page = page.open(|r| format!("/stock/bins/{}/edit", r.id));
    }
    if untrack(|| may(BIN_EDIT) && may(IMPORT)) {
        let upload = || nav::go("/master/import?dataset=bin");
        page = page.more(MenuItem::new(t::UPLOAD, Some(Icon::Upload), upload));
    }
    page.view()
}

fn form(params: &Params) -> AnyView {
    FormPage::new("bin", t::NEW, t::EDIT, "/stock/bins")
        .section(
            documents::BASICS,
            vec![
                field!(BinDraft.warehouse_id, stock::WAREHOUSE).pick(warehouses("is_active=true")),
                field!(BinDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
                field!(BinDraft.code, t::CODE).hint(t::CODE_HINT),
                field!(BinDraft.remark, stock::REMARK),
            ],
        )
        .from_address(&["warehouse_id", "product_id"])
        .create::<CreateBin>(saved)
        .edit::<GetBin, UpdateBin>(saved)
        .view(params)
}

fn saved(bin: &Bin) -> Saved {
    Saved { name: bin.code.to_string(), href: "/stock/bins".to_owned() }
}

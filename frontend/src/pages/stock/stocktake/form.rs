//! Begins a stocktake.

use crate::doc::{FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::warehouse::warehouses;
use crate::text::{documents, stock, stocktake as t};
use leptos::prelude::AnyView;
use openapi::stock::stocktake::{CreateStocktake, Stocktake, StocktakeDraft};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("stocktake", t::NEW, t::NEW, "/stock/stocktakes")
        .section(
            documents::BASICS,
            vec![
                field!(StocktakeDraft.warehouse_id, stock::WAREHOUSE)
                    .hint(t::FREEZE_HINT)
                    .pick(warehouses("is_active=true")),
                field!(StocktakeDraft.remark, stock::REMARK),
            ],
        )
        .create::<CreateStocktake>(saved)
        .view(params)
}

fn saved(doc: &Stocktake) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}

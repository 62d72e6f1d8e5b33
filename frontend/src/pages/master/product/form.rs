//! Records and changes one.

use crate::api::session::may;
use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::dictionary::entries;
use crate::text::{base as t, documents};
use leptos::prelude::*;
use openapi::master::PRODUCT_COST;
use openapi::master::product::{CreateProduct, GetProduct, Product, ProductDraft, UpdateProduct};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("product", t::PRODUCT_NEW, t::PRODUCT_EDIT, "/master/products")
        .section(
            documents::BASICS,
            vec![
                field!(ProductDraft.code, t::CODE),
                field!(ProductDraft.name, t::NAME),
                field!(ProductDraft.kind, t::KIND),
                field!(ProductDraft.brand_id, t::BRAND).pick(entries("kind=brand&is_active=true")).hint(t::BRAND_HINT),
                field!(ProductDraft.category_id, t::CATEGORY).pick(entries("kind=product_category&is_active=true")),
                field!(ProductDraft.model, t::MODEL),
                field!(ProductDraft.uom, t::UOM).initial("个"),
            ],
        )
        .section(
            t::PRICES,
            vec![
                field!(ProductDraft.retail_price, t::RETAIL_PRICE),
                field!(ProductDraft.wholesale_price, t::WHOLESALE_PRICE),
                field!(ProductDraft.warranty_price, t::WARRANTY_PRICE),
                field!(ProductDraft.standard_cost, t::COST).when(|_| may(PRODUCT_COST)),
            ],
        )
        .section(
            t::RULES,
            vec![
                field!(ProductDraft.warranty_months, t::WARRANTY_MONTHS).initial("12"),
                field!(ProductDraft.is_serial_tracked, t::SERIAL_TRACKED),
                field!(ProductDraft.returns_old_part, t::RETURNS_OLD_PART),
                field!(ProductDraft.is_claimable, t::CLAIMABLE),
                field!(ProductDraft.has_three_guarantees, t::THREE_GUARANTEES),
                Field::texts("applicable_models", t::FITS).hint(t::FITS_HINT),
                field!(ProductDraft.remark, t::REMARK),
            ],
        )
        .create::<CreateProduct>(saved)
        .edit::<GetProduct, UpdateProduct>(saved)
        .view(params)
}

fn saved(record: &Product) -> Saved {
    Saved { name: record.name.to_string(), href: super::href(record.id) }
}

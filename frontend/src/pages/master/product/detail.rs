//! One record.

use crate::api::session::may;
use crate::doc::{Act, DetailPage, cell, item};
use crate::nav::Params;
use crate::text::{base as t, documents};
use leptos::prelude::*;
use openapi::Resource;
use openapi::master::product::{ActivateProduct, DeactivateProduct, GetProduct, Product, UpdateProduct};
use openapi::master::{PRODUCT_EDIT, RecordAction};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What it looks like.
pub fn page() -> DetailPage<GetProduct> {
    DetailPage::<GetProduct>::new()
        .title(|d| d.name.to_string())
        .mark(|d| cell::tag(d.kind))
        .edit::<UpdateProduct>()
        .actions(
            |d| vec![if d.is_active { RecordAction::Deactivate } else { RecordAction::Activate }],
            vec![
                (RecordAction::Deactivate, Act::confirm::<DeactivateProduct>(t::DEACTIVATE_WHAT)),
                (RecordAction::Activate, Act::post::<ActivateProduct>()),
            ],
        )
        .group(documents::BASICS, |d| {
            vec![
                item(t::CODE, cell::code(&*d.code)),
                item(t::BRAND, cell::maybe(d.brand_name.as_ref())),
                item(t::CATEGORY, cell::maybe(d.category_name.as_ref())),
                item(t::MODEL, cell::maybe(d.model.as_ref())),
                item(t::UOM, cell::text(&*d.uom)),
                item(t::STATE, cell::label(if d.is_active { t::IN_USE } else { t::OUT_OF_USE })),
                item(documents::CREATED_AT, cell::time(d.created_at)),
                item(documents::UPDATED_AT, cell::time(d.updated_at)),
            ]
        })
        .group(t::RULES, |d| {
            vec![
                item(t::WARRANTY_MONTHS, cell::text(d.warranty_months.to_string())),
                item(t::SERIAL_TRACKED, cell::yes_no(d.is_serial_tracked)),
                item(t::RETURNS_OLD_PART, cell::yes_no(d.returns_old_part)),
                item(t::CLAIMABLE, cell::yes_no(d.is_claimable)),
                item(t::THREE_GUARANTEES, cell::yes_no(d.has_three_guarantees)),
                item(
                    t::FITS,
                    cell::text(d.applicable_models.iter().map(|m| m.to_string()).collect::<Vec<_>>().join("、")),
                )
                .wide(),
                item(t::REMARK, cell::note(d.remark.as_deref())).wide(),
            ]
        })
        .group(t::PRICES, |d| {
            vec![
                item(t::RETAIL_PRICE, cell::price(d.retail_price)),
                item(t::WHOLESALE_PRICE, d.wholesale_price.map_or_else(cell::none, cell::price)),
                item(t::WARRANTY_PRICE, d.warranty_price.map_or_else(cell::none, cell::price)),
                item(t::COST, d.standard_cost.map_or_else(cell::none, cell::price)),
            ]
        })
        .attachments(Product::NAME, "picture", untrack(|| may(PRODUCT_EDIT)))
}

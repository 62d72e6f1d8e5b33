//! One unit: what it is, whose it is, and why it is in warranty or not.

use crate::api::session::may;
use crate::doc::{Act, DetailPage, Lines, cell, item};
use crate::nav::Params;
use crate::pages::master::{customer, product};
use crate::text::{self, base as t, documents};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::master::unit::{GetUnit, Unit, UpdateUnit, VerifyUnit};
use openapi::master::warranty::WarrantyLine;
use openapi::master::{RecordAction, UNIT_EDIT};
use openapi::{Lang, Resource};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a unit looks like.
pub fn page() -> DetailPage<GetUnit> {
    DetailPage::<GetUnit>::new()
        .title(|u| u.serial.to_string())
        .mark(|u| cell::tag(u.status))
        .mark(|u| cell::tag(u.warranty.verdict))
        .edit::<UpdateUnit>()
        .actions(
            |u| u.is_abnormal.then_some(RecordAction::Verify).into_iter().collect(),
            vec![(RecordAction::Verify, Act::post::<VerifyUnit>())],
        )
        .group(documents::BASICS, |u| {
            vec![
                item(t::PRODUCT, cell::link(&*u.product_name, product::href(u.product_id))),
                item(t::BRAND, cell::text(&*u.brand_name)),
                item(t::MODEL, cell::maybe(u.model.as_ref())),
                item(t::OWNER, owner(u)),
                item(t::OWNER_PHONE, u.customer_phone.as_deref().map_or_else(cell::none, cell::phone)),
                item(t::ABNORMAL, cell::yes_no(u.is_abnormal)),
                item(t::HISTORY, cell::link(t::HISTORY_LINK.get(), format!("/master/history?serial={}", u.serial))),
            ]
        })
        .lines(t::WARRANTY, |u| {
            Lines::of(
                &u.warranty.lines,
                vec![
                    (t::WARRANTY_RULE, Align::Left, |l: &WarrantyLine| cell::tag(l.rule)),
                    (t::EXPLANATION, Align::Left, |l| explained(l)),
                    (t::FROM_DAY, Align::Left, |l| cell::maybe_date(l.from)),
                    (t::TO_DAY, Align::Left, |l| cell::maybe_date(l.to)),
                    (t::HOLDS, Align::Left, |l| cell::yes_no(l.holds)),
                ],
            )
            .total(t::WARRANTY_ENDS, cell::maybe_date(u.warranty.ends_on))
        })
        .group(t::MORE_ABOUT, |u| {
            vec![
                item(t::SOLD_ON, cell::maybe_date(u.sold_on)),
                item(t::MANUFACTURED_ON, cell::maybe_date(u.manufactured_on)),
                item(t::INSTALLED_ON, cell::maybe_date(u.installed_on)),
                item(t::DEALER, cell::maybe(u.dealer.as_ref())),
                item(t::INVOICE_NO, cell::maybe(u.invoice_no.as_ref())),
                item(t::COLOUR, cell::maybe(u.colour.as_ref())),
                item(t::SW_VERSION, cell::maybe(u.sw_version.as_ref())),
                item(t::LOCATION, cell::maybe(u.location.as_ref())),
                item(documents::CREATED_AT, cell::time(u.created_at)),
                item(documents::UPDATED_AT, cell::time(u.updated_at)),
                item(t::REMARK, cell::note(u.remark.as_deref())).wide(),
            ]
        })
        .attachments(Unit::NAME, "card", untrack(|| may(UNIT_EDIT)))
}

fn owner(u: &Unit) -> AnyView {
    match (&u.customer_name, u.customer_id) {
        (Some(name), Some(id)) => cell::link(&**name, customer::href(id)),
        _ => cell::none(),
    }
}

/// The explanation follows the language of the page.
pub(super) fn explained(line: &WarrantyLine) -> AnyView {
    let (zh, en) = (line.zh.clone(), line.en.clone());
    view! { <span>{move || if text::lang() == Lang::Zh { zh.clone() } else { en.clone() }}</span> }.into_any()
}

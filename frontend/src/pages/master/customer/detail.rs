//! One customer.

use crate::api::session::may;
use crate::api::{Loader, call};
use crate::doc::{DetailPage, Lines, cell, item};
use crate::nav::{self, Params};
use crate::text::{self, customer as t, documents, retail};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::Resource;
use openapi::master::CUSTOMER_EDIT;
use openapi::master::customer::{Contact, Customer, CustomerId, GetCustomer, UpdateCustomer};
use openapi::trade::retail::RETAIL_VIEW;
use openapi::trade::retail::member::{GetMemberPoints, MemberPoints, PointEntry};
use openapi::{ById, Nothing};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a customer looks like.
pub fn page() -> DetailPage<GetCustomer> {
    DetailPage::<GetCustomer>::new()
        .title(|c| c.name.to_string())
        .mark(|c| cell::tag(c.kind))
        .mark(|c| super::roles(&c.roles))
        .edit::<UpdateCustomer>()
        .group(documents::BASICS, |c| {
            vec![
                item(t::PHONE, cell::phone(&c.phone)),
                item(t::LANDLINE, c.landline.as_deref().map_or_else(cell::none, cell::phone)),
                item(t::EMAIL, cell::maybe(c.email.as_ref())),
                item(t::BELONGS_TO, cell::maybe(c.belongs_to.as_ref())),
                item(t::REGION, cell::maybe(c.region.as_ref())),
                item(t::ADDRESS, cell::maybe(c.address.as_ref())),
                item(documents::CREATED_AT, cell::time(c.created_at)),
                item(documents::UPDATED_AT, cell::time(c.updated_at)),
                item(t::REMARK, cell::note(c.remark.as_deref())).wide(),
            ]
        })
        .group(t::TRADE, |c| {
            vec![
                item(t::ROLES, super::roles(&c.roles)),
                item(t::TAX_NO, cell::maybe(c.tax_no.as_ref())),
                item(t::CREDIT_LIMIT, c.credit_limit.map_or_else(cell::none, cell::money)),
                item(t::PRICE_LEVEL, c.price_level.map_or_else(cell::none, cell::choice)),
                item(t::TERMS_DAYS, cell::maybe(c.terms_days.as_ref())),
                item(t::RUNS, cell::maybe(c.runs_org_name.as_ref())),
            ]
        })
        .lines(t::CONTACTS, |c| {
            Lines::of(
                &c.contacts,
                vec![
                    (t::CONTACT_NAME, Align::Left, |k: &Contact| cell::text(&*k.name)),
                    (t::PHONE, Align::Left, |k| cell::phone(&k.phone)),
                    (t::POSITION, Align::Left, |k| cell::maybe(k.position.as_ref())),
                ],
            )
        })
        .side(retail::MEMBER_POINTS, |c| points(c.id))
        .attachments(Customer::NAME, "document", untrack(|| may(CUSTOMER_EDIT)))
}

/// The points that the customer collected at the counter, with the documents that they came from.
fn points(id: CustomerId) -> AnyView {
    if !untrack(|| may(RETAIL_VIEW)) {
        return cell::none();
    }
    let loader: Loader<MemberPoints> = Loader::new(move || call::<GetMemberPoints>(ById { id }, Nothing, Nothing));
    let entry = |e: &PointEntry| {
        let href = format!("{}/{}", nav::document_path(e.source_kind), e.source_id);
        let points = if e.points > 0 { format!("+{}", e.points) } else { e.points.to_string() };
        view! { <li class="row">{cell::link(e.source_number.clone(), href)} <b>{points}</b> <span class="faint">{text::time(e.created_at)}</span></li> }
    };
    let drawn = move || {
        let points = loader.data.get()?;
        let entries = points.entries.iter().take(10).map(entry).collect_view();
        let none = points.entries.is_empty().then(|| view! { <p class="hint">{retail::NO_POINTS}</p> });
        Some(
            view! { <p><b class="large">{points.balance.to_string()}</b></p> {none} <ul class="plain-list">{entries}</ul> },
        )
    };
    view! { <div>{drawn}</div> }.into_any()
}

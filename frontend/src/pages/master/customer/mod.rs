//! Customers: the people and companies whose units are repaired. The model for the pages of any plain record.

mod detail;
mod form;
mod list;

use crate::api;
use crate::doc::{cell, picker};
use crate::nav::{Group, Page};
use crate::palette::{Finder, Hit};
use crate::text::{self, customer as t};
use crate::ui::{Icon, Pick, PickSource};
use leptos::prelude::*;
use openapi::master::customer::{Customer, CustomerFilter, CustomerRow, GetCustomer, ListCustomers, PartyRole};
use openapi::master::{CUSTOMER_EDIT, CUSTOMER_VIEW};
use openapi::{Listing, Nothing, PageQuery};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/master/customers", t::TITLE, list::list).needs(CUSTOMER_VIEW).menu(Group::Master, Icon::Users),
    Page::new("/master/customers/new", t::NEW, form::form).needs(CUSTOMER_EDIT),
    Page::new("/master/customers/:id", t::DETAIL, detail::detail).needs(CUSTOMER_VIEW),
    Page::new("/master/customers/:id/edit", t::EDIT, form::form).needs(CUSTOMER_EDIT),
];

/// Ctrl K finds customers by name and phone.
pub const FINDERS: &[Finder] = &[Finder { label: t::TITLE, needs: CUSTOMER_VIEW, find: |words| Box::pin(find(words)) }];

/// The page of a customer.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/master/customers/{id}")
}

/// Picks a customer.
pub fn customers() -> PickSource {
    parties("")
}

/// Picks whom to buy from.
pub fn suppliers() -> PickSource {
    parties("role=supplier,maker")
}

/// Picks a party; `fixed` narrows the search, for example to `role=dealer`.
pub fn parties(fixed: &'static str) -> PickSource {
    let row = |r: &CustomerRow| pick(r.id.to_string(), &r.name, &r.phone);
    let one = |c: &Customer| pick(c.id.to_string(), &c.name, &c.phone);
    picker::<ListCustomers, GetCustomer>(fixed, row, one)
}

/// The roles of a party, as tags.
pub fn roles(roles: &[PartyRole]) -> AnyView {
    let tags: Vec<AnyView> = roles.iter().map(|role| cell::tag(*role)).collect();
    view! { <span class="tags">{tags}</span> }.into_any()
}

fn pick(value: String, name: &str, phone: &str) -> Pick {
    Pick { value, label: name.to_owned(), detail: text::phone(phone) }
}

async fn find(words: String) -> Vec<Hit> {
    let page = PageQuery { q: words.parse().ok(), limit: Some(5), ..PageQuery::default() };
    let query = Listing { page, filter: CustomerFilter::default() };
    let found = api::call::<ListCustomers>(Nothing, query, Nothing).await.map(|page| page.items).unwrap_or_default();
    found.iter().map(|r| Hit { label: r.name.to_string(), detail: text::phone(&r.phone), href: href(r.id) }).collect()
}

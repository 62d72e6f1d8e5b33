//! Records and changes a customer.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::text::{customer as t, documents};
use leptos::prelude::AnyView;
use openapi::master::customer::{ContactDraft, CreateCustomer, Customer, CustomerDraft, GetCustomer, UpdateCustomer};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("customer", t::NEW, t::EDIT, "/master/customers")
        .section(
            documents::BASICS,
            vec![
                field!(CustomerDraft.name, t::NAME),
                field!(CustomerDraft.kind, t::KIND),
                field!(CustomerDraft.phone, t::PHONE).hint(t::PHONE_HINT),
                field!(CustomerDraft.belongs_to, t::BELONGS_TO),
            ],
        )
        .section(
            t::REACH,
            vec![
                field!(CustomerDraft.landline, t::LANDLINE),
                field!(CustomerDraft.email, t::EMAIL),
                field!(CustomerDraft.region, t::REGION),
                field!(CustomerDraft.address, t::ADDRESS),
                field!(CustomerDraft.remark, t::REMARK),
            ],
        )
        .section(t::CONTACTS, vec![Field::lines("contacts", t::CONTACTS, t::ADD_CONTACT, 20, contact())])
        .from_address(&["name", "phone"])
        .create::<CreateCustomer>(saved)
        .edit::<GetCustomer, UpdateCustomer>(saved)
        .view(params)
}

fn contact() -> Vec<Field> {
    vec![
        field!(ContactDraft.name, t::CONTACT_NAME),
        field!(ContactDraft.phone, t::PHONE),
        field!(ContactDraft.position, t::POSITION),
    ]
}

fn saved(customer: &Customer) -> Saved {
    Saved { name: customer.name.to_string(), href: super::href(customer.id) }
}

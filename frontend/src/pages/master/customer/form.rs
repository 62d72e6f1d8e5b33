//! Records and changes a customer.

use crate::api::session::may;
use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::stock::requisition::all_stations;
use crate::text::{customer as t, documents};
use leptos::prelude::AnyView;
use openapi::master::CUSTOMER_TERMS;
use openapi::master::customer::{
    ContactDraft, CreateCustomer, Customer, CustomerDraft, GetCustomer, PartyRole, UpdateCustomer,
};

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
                Field::choices::<PartyRole>("roles", t::ROLES).initial("customer"),
                field!(CustomerDraft.tax_no, t::TAX_NO),
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
        .section(
            t::TRADE,
            vec![
                field!(CustomerDraft.credit_limit, t::CREDIT_LIMIT).when(|_| may(CUSTOMER_TERMS)),
                field!(CustomerDraft.price_level, t::PRICE_LEVEL).when(|_| may(CUSTOMER_TERMS)),
                field!(CustomerDraft.terms_days, t::TERMS_DAYS).hint(t::TERMS_HINT).when(|_| may(CUSTOMER_TERMS)),
                field!(CustomerDraft.runs_org_id, t::RUNS)
                    .hint(t::RUNS_HINT)
                    .pick(all_stations())
                    .when(|_| may(CUSTOMER_TERMS)),
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

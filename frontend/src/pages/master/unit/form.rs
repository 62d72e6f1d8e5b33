//! Records and changes one.

use crate::doc::{FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::pages::master::product::products;
use crate::text::{base as t, documents};
use leptos::prelude::AnyView;
use openapi::master::unit::{CreateUnit, GetUnit, Unit, UnitDraft, UpdateUnit};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("unit", t::UNIT_NEW, t::UNIT_EDIT, "/master/units")
        .section(
            documents::BASICS,
            vec![
                field!(UnitDraft.serial, t::SERIAL),
                field!(UnitDraft.product_id, t::PRODUCT).pick(products("kind=unit&is_active=true")),
                field!(UnitDraft.customer_id, t::OWNER).pick(customers()),
                field!(UnitDraft.colour, t::COLOUR),
                field!(UnitDraft.sw_version, t::SW_VERSION),
                field!(UnitDraft.location, t::LOCATION),
            ],
        )
        .section(
            t::WARRANTY,
            vec![
                field!(UnitDraft.sold_on, t::SOLD_ON),
                field!(UnitDraft.manufactured_on, t::MANUFACTURED_ON).hint(t::MANUFACTURED_HINT),
                field!(UnitDraft.installed_on, t::INSTALLED_ON),
                field!(UnitDraft.warranty_months, t::WARRANTY_MONTHS).hint(t::MONTHS_HINT),
                field!(UnitDraft.extended_until, t::EXTENDED_UNTIL),
                field!(UnitDraft.void_reason, t::VOID_REASON),
            ],
        )
        .section(
            t::MORE_ABOUT,
            vec![
                field!(UnitDraft.dealer, t::DEALER),
                field!(UnitDraft.invoice_no, t::INVOICE_NO),
                field!(UnitDraft.remark, t::REMARK),
            ],
        )
        .from_address(&["serial", "customer_id"])
        .create::<CreateUnit>(saved)
        .edit::<GetUnit, UpdateUnit>(saved)
        .view(params)
}

fn saved(record: &Unit) -> Saved {
    Saved { name: record.serial.to_string(), href: super::href(record.id) }
}

//! Records and changes one.

use crate::api::session::may;
use crate::doc::{Field, Form, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::dictionary::entries;
use crate::text::{base as t, documents};
use crate::ui::{Bind, TextArea};
use leptos::prelude::*;
use openapi::master::PRODUCT_COST;
use openapi::master::product::{CreateProduct, GetProduct, Product, ProductDraft, UpdateProduct};
use serde_json::{Value, json};

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
                fitting(),
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

/// The models that it fits; none at first.
fn fitting() -> Field {
    let mut field = Field::own("applicable_models", t::FITS, models).hint(t::FITS_HINT).initial("none");
    field.encode = |_| json!([]);
    field
}

/// The models as one text, separated by commas or line breaks.
fn models(form: Form, pointer: String) -> AnyView {
    let id = crate::doc::form::control_id(&pointer);
    let read = pointer.clone();
    let shown = Memo::new(move |_| {
        let value = form.value(&read);
        let models = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        models.collect::<Vec<_>>().join("\n")
    });
    let write = move |text: String| {
        let models = text.split(['\n', ',', '，', '、']).map(str::trim_start).filter(|m| !m.is_empty());
        form.set_value(&pointer, json!(models.collect::<Vec<_>>()));
    };
    view! { <TextArea id=id bind=Bind::new(shown, write) /> }.into_any()
}

//! The services that are charged beside labour and parts.

use super::sheet::{Case, sheet};
use crate::doc::{Field, Form, draw_fields};
use crate::field;
use crate::pages::service::ticket::pick::dictionary;
use crate::text::ticket as t;
use leptos::prelude::*;
use openapi::master::dictionary::DictionaryKind;
use openapi::service::ticket::ChargeTicket;
use openapi::service::work::FeeDraft;
use serde_json::json;

/// The sheet.
pub fn fill_in(case: Case) -> AnyView {
    let line = vec![
        field!(FeeDraft.service_item_id, t::SERVICE_ITEM).pick(dictionary(DictionaryKind::ServiceItem)),
        field!(FeeDraft.quantity, t::QUANTITY).initial("1"),
        field!(FeeDraft.unit_price, t::OTHER_PRICE).hint(t::OTHER_PRICE_HINT),
    ];
    let form = Form::new(vec![Field::lines("lines", t::FEES, t::ADD_FEE, 30, line.clone())]);
    form.load(&json!({ "lines": case.ticket.fees }));
    if case.ticket.fees.is_empty() {
        form.add_row("/lines", &line);
    }
    form.dirty.set(false);
    let inner = draw_fields(form, &form.fields(), "");
    sheet::<ChargeTicket>(case, form, inner)
}

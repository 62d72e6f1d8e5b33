//! The rules of retail: what holds now, and what held before.

use crate::doc::{Field, rules_page};
use crate::field;
use crate::nav::Params;
use crate::text::{retail as t, stock};
use leptos::prelude::AnyView;
use openapi::trade::retail::member::{GetRetailPolicy, RetailPolicyDraft, SetRetailPolicy};

/// The page.
pub fn page(_: &Params) -> AnyView {
    rules_page::<GetRetailPolicy, SetRetailPolicy>(t::POLICY, t::POLICY_HINT, fields)
}

fn fields() -> Vec<Field> {
    vec![
        field!(RetailPolicyDraft.points_per_hundred, t::POINTS_RATE),
        field!(RetailPolicyDraft.discount_limit, t::DISCOUNT_LIMIT).percent().hint(t::DISCOUNT_LIMIT_HINT),
        field!(RetailPolicyDraft.bad_value, t::BAD_VALUE).percent().hint(t::BAD_VALUE_HINT),
        field!(RetailPolicyDraft.refurb_months, t::REFURB_MONTHS),
        field!(RetailPolicyDraft.remark, stock::REMARK).wide(),
    ]
}

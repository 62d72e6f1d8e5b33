//! The rules of old parts: last days, and what is kept back.

use crate::doc::{Field, rules_page};
use crate::field;
use crate::nav::Params;
use crate::text::{part_return as t, stock};
use leptos::prelude::AnyView;
use openapi::service::owed_part::{GetPartReturnPolicy, PartReturnPolicyDraft, SetPartReturnPolicy};

/// The page.
pub fn page(_: &Params) -> AnyView {
    rules_page::<GetPartReturnPolicy, SetPartReturnPolicy>(t::POLICY, t::POLICY_HINT, fields)
}

fn fields() -> Vec<Field> {
    vec![
        field!(PartReturnPolicyDraft.due_days, t::DUE_DAYS).hint(t::DUE_DAYS_HINT),
        field!(PartReturnPolicyDraft.good_days, t::GOOD_DAYS).hint(t::GOOD_DAYS_HINT),
        field!(PartReturnPolicyDraft.late_rate, t::LATE_RATE).percent().hint(t::LATE_RATE_HINT),
        field!(PartReturnPolicyDraft.late_most, t::LATE_MOST).percent().hint(t::LATE_MOST_HINT),
        field!(PartReturnPolicyDraft.missing_rate, t::MISSING_RATE).percent().hint(t::MISSING_RATE_HINT),
        field!(PartReturnPolicyDraft.mismatch_rate, t::MISMATCH_RATE).percent().hint(t::MISMATCH_RATE_HINT),
        field!(PartReturnPolicyDraft.false_rate, t::FALSE_RATE).percent().hint(t::FALSE_RATE_HINT),
        field!(PartReturnPolicyDraft.remark, stock::REMARK).wide(),
    ]
}

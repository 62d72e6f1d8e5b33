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
        field!(PartReturnPolicyDraft.due_days, t::DUE_DAYS),
        field!(PartReturnPolicyDraft.good_days, t::GOOD_DAYS),
        field!(PartReturnPolicyDraft.late_rate, t::LATE_RATE).hint(t::BASIS_HINT),
        field!(PartReturnPolicyDraft.late_most, t::LATE_MOST),
        field!(PartReturnPolicyDraft.missing_rate, t::MISSING_RATE),
        field!(PartReturnPolicyDraft.mismatch_rate, t::MISMATCH_RATE),
        field!(PartReturnPolicyDraft.false_rate, t::FALSE_RATE),
        field!(PartReturnPolicyDraft.remark, stock::REMARK),
    ]
}

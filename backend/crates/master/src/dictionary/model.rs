//! Which attributes fit which list; draft → row → contract.

use super::entity::entry;
use crate::stored::{small, small_or_none};
use openapi::choice::Choice;
use openapi::master::NOT_APPLICABLE;
use openapi::master::dictionary::{DictionaryAttribute, DictionaryEntry, DictionaryEntryDraft};
use openapi::{Issue, ItemCode, Money, Text, UnitPrice, problem::field};
use platform::Result;
use platform::doc::lifecycle::stored;
use std::collections::HashMap;
use uuid::Uuid;

/// What is wrong with the attributes of a draft: one that its list does not carry, or one that is missing.
pub fn attribute_issues(draft: &DictionaryEntryDraft) -> Vec<(String, Issue)> {
    let mut issues = Vec::new();
    let uses = draft.kind.attributes();
    for attribute in DictionaryAttribute::ALL {
        let used = uses.iter().find(|u| u.attribute == *attribute);
        let issue = match (used, has(draft, *attribute)) {
            (None, true) => Issue::new(NOT_APPLICABLE),
            (Some(u), false) if u.is_required => Issue::new(field::REQUIRED),
            _ => continue,
        };
        issues.push((format!("/{}", attribute.as_str()), issue));
    }
    if draft.parent_id.is_some() && !draft.kind.has_parent() {
        issues.push(("/parent_id".to_owned(), Issue::new(NOT_APPLICABLE)));
    }
    issues
}

fn has(draft: &DictionaryEntryDraft, attribute: DictionaryAttribute) -> bool {
    match attribute {
        DictionaryAttribute::StandardMinutes => draft.standard_minutes.is_some(),
        DictionaryAttribute::Level => draft.level_id.is_some(),
        DictionaryAttribute::LabourPrice => draft.labour_price.is_some(),
        DictionaryAttribute::ClaimFee => draft.claim_fee.is_some(),
        DictionaryAttribute::Payer => draft.payer.is_some(),
        DictionaryAttribute::Price => draft.price.is_some(),
        DictionaryAttribute::TaxRate => draft.tax_rate.is_some(),
        DictionaryAttribute::FreeInWarranty => draft.is_free_in_warranty.is_some(),
        DictionaryAttribute::WarrantyMonths => draft.warranty_months.is_some(),
    }
}

/// Writes a draft into a row; stamps, kind and use stay.
pub fn filled(row: entry::Model, draft: DictionaryEntryDraft) -> entry::Model {
    let DictionaryEntryDraft {
        kind: _,
        code,
        name,
        name_en,
        parent_id,
        sort_no,
        remark,
        standard_minutes,
        level_id,
        labour_price,
        claim_fee,
        payer,
        price,
        tax_rate,
        is_free_in_warranty,
        warranty_months,
    } = draft;
    entry::Model {
        code: code.into(),
        name: name.into(),
        name_en: name_en.map(Into::into),
        parent_id: parent_id.map(Into::into),
        sort_no: i32::from(sort_no),
        remark: remark.map(Into::into),
        standard_minutes: standard_minutes.map(i32::from),
        level_id: level_id.map(Into::into),
        labour_price: labour_price.map(|m| m.0),
        claim_fee: claim_fee.map(|m| m.0),
        payer: payer.map(|p| p.as_str().to_owned()),
        price: price.map(|p| p.0),
        tax_rate: tax_rate.map(i32::from),
        is_free_in_warranty,
        warranty_months: warranty_months.map(i32::from),
        ..row
    }
}

/// The entry as the contract shows it; `names` knows the entries that it points at.
pub fn detail(row: entry::Model, names: &HashMap<Uuid, String>) -> Result<DictionaryEntry> {
    let entry::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        kind,
        code,
        name,
        name_en,
        parent_id,
        sort_no,
        is_active,
        remark,
        standard_minutes,
        level_id,
        labour_price,
        claim_fee,
        payer,
        price,
        tax_rate,
        is_free_in_warranty,
        warranty_months,
    } = row;
    let name_of = |id: Option<Uuid>| id.and_then(|id| names.get(&id)).cloned().map(Text::stored);
    Ok(DictionaryEntry {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        kind: stored(&kind)?,
        code: ItemCode::stored(code),
        name: Text::stored(name),
        name_en: name_en.map(Text::stored),
        parent_name: name_of(parent_id),
        parent_id: parent_id.map(Into::into),
        sort_no: small(sort_no)?,
        is_active,
        remark: remark.map(Text::stored),
        standard_minutes: small_or_none(standard_minutes)?,
        level_name: name_of(level_id),
        level_id: level_id.map(Into::into),
        labour_price: labour_price.map(Money),
        claim_fee: claim_fee.map(Money),
        payer: payer.as_deref().map(stored).transpose()?,
        price: price.map(UnitPrice),
        tax_rate: small_or_none(tax_rate)?,
        is_free_in_warranty,
        warranty_months: small_or_none(warranty_months)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::master::dictionary::{DictionaryKind, Payer};

    fn draft(kind: DictionaryKind) -> DictionaryEntryDraft {
        let json = serde_json::json!({ "kind": kind.as_str(), "code": "X1", "name": "测试" });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_required_attribute_must_be_there() {
        let issues = attribute_issues(&draft(DictionaryKind::WarrantyState));
        assert_eq!(issues, vec![("/payer".to_owned(), Issue::new(field::REQUIRED))]);
        let level = attribute_issues(&draft(DictionaryKind::RepairLevel));
        assert_eq!(level.len(), 2);
    }

    #[test]
    fn an_attribute_of_another_list_is_refused() {
        let wrong = DictionaryEntryDraft { payer: Some(Payer::Customer), ..draft(DictionaryKind::Brand) };
        assert_eq!(attribute_issues(&wrong), vec![("/payer".to_owned(), Issue::new(NOT_APPLICABLE))]);
        let nested = DictionaryEntryDraft { parent_id: Some(Uuid::nil().into()), ..draft(DictionaryKind::Brand) };
        assert_eq!(attribute_issues(&nested), vec![("/parent_id".to_owned(), Issue::new(NOT_APPLICABLE))]);
        assert!(attribute_issues(&draft(DictionaryKind::Fault)).is_empty());
    }
}

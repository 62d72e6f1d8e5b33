//! What a formula may say. Pure.

use super::entity::{formula, line};
use crate::facts;
use openapi::Issue;
use openapi::master::product::ProductKind;
use openapi::problem::field;
use openapi::stock::SHARES_NOT_WHOLE;
use openapi::stock::formula::{FormulaDraft, FormulaLineDraft, WHOLE};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// Says what is wrong with shares that are not exactly the whole.
pub fn shares(shares: impl Iterator<Item = u32>) -> Option<(String, Issue)> {
    let sum: u32 = shares.sum();
    (sum != WHOLE).then(|| ("/lines".to_owned(), Issue::new(SHARES_NOT_WHOLE).with("sum", per_cent(sum))))
}

/// Basis points as people read them.
fn per_cent(share: u32) -> String {
    format!("{}.{:02}%", share / 100, share % 100)
}

/// Writes a draft into a row and lines, or says everything that is wrong with it.
pub fn filled(
    row: formula::Model,
    draft: FormulaDraft,
    products: &HashMap<Uuid, facts::Product>,
) -> Result<(formula::Model, Vec<line::Model>), Issues> {
    let FormulaDraft { product_id, edition, is_active, remark, lines } = draft;
    let mut issues = Issues::new();
    let model = product_id.uuid();
    if !products.get(&model).is_some_and(|p| p.is_active && p.kind == ProductKind::Unit) {
        issues.push(("/product_id".to_owned(), Issue::new(field::REFERENCE_NOT_FOUND)));
    }
    issues.extend(shares(lines.iter().map(|l| u32::from(l.share))));
    let mut seen = HashSet::from([model]);
    let mut rows = Vec::with_capacity(lines.len());
    for (line_no, FormulaLineDraft { product_id, quantity, share }) in (0_i32..).zip(lines) {
        let id = product_id.uuid();
        issues.extend(facts::stands_once(products, &mut seen, line_no, id));
        rows.push(line::Model {
            id: platform::new_id(),
            formula_id: row.id,
            line_no,
            product_id: id,
            quantity: quantity.0,
            share: i64::from(share),
        });
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let remark = remark.map(Into::into);
    Ok((formula::Model { product_id: model, edition: edition.into(), is_active, remark, ..row }, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_is_accepted() {
        assert!(shares([6000, 4000].into_iter()).is_none());
        for wrong in [vec![9999], vec![10_000, 1], vec![]] {
            assert_eq!(shares(wrong.clone().into_iter()).map(|(at, _)| at).as_deref(), Some("/lines"), "{wrong:?}");
        }
    }
}

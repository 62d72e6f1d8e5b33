//! Rules of a product; draft → row → contract.

use super::entity::{fits, product};
use crate::stored::small;
use openapi::choice::Choice;
use openapi::master::NOT_APPLICABLE;
use openapi::master::product::{Product, ProductDraft, ProductKind, ProductRow};
use openapi::{Issue, ItemCode, Note, Text, UnitPrice, problem::field};
use platform::Result;
use platform::doc::lifecycle::stored;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// What is wrong with a draft whatever stands in the database.
pub fn draft_issues(draft: &ProductDraft) -> Vec<(String, Issue)> {
    let mut issues = Vec::new();
    let mut wrong = |pointer: String, code| issues.push((pointer, Issue::new(code)));
    if draft.kind == ProductKind::Unit && draft.brand_id.is_none() {
        wrong("/brand_id".to_owned(), field::REQUIRED);
    }
    if draft.kind == ProductKind::Service && draft.is_serial_tracked {
        wrong("/is_serial_tracked".to_owned(), NOT_APPLICABLE);
    }
    if draft.kind == ProductKind::Service && draft.returns_old_part {
        wrong("/returns_old_part".to_owned(), NOT_APPLICABLE);
    }
    let mut seen = BTreeSet::new();
    for (i, model) in draft.applicable_models.iter().enumerate() {
        if !seen.insert(&**model) {
            wrong(format!("/applicable_models/{i}"), field::DUPLICATE);
        }
    }
    issues
}

/// Whether a change touches what stock is counted by: such a change is refused once the product has moved.
pub fn identity_differs(before: &product::Model, after: &product::Model) -> bool {
    before.kind != after.kind || before.uom != after.uom || before.is_serial_tracked != after.is_serial_tracked
}

/// Writes a draft into a row; stamps and use stay.
pub fn filled(row: product::Model, draft: ProductDraft) -> (product::Model, Vec<Text<60>>) {
    let ProductDraft {
        code,
        name,
        kind,
        brand_id,
        category_id,
        model,
        uom,
        is_serial_tracked,
        returns_old_part,
        is_claimable,
        has_three_guarantees,
        warranty_months,
        standard_cost,
        wholesale_price,
        retail_price,
        warranty_price,
        applicable_models,
        remark,
    } = draft;
    let row = product::Model {
        code: code.into(),
        name: name.into(),
        kind: kind.as_str().to_owned(),
        brand_id: brand_id.map(Into::into),
        category_id: category_id.map(Into::into),
        model: model.map(Into::into),
        uom: uom.into(),
        is_serial_tracked,
        returns_old_part,
        is_claimable,
        has_three_guarantees,
        warranty_months: i32::from(warranty_months),
        standard_cost: standard_cost.map(|p| p.0),
        wholesale_price: wholesale_price.0,
        retail_price: retail_price.0,
        warranty_price: warranty_price.0,
        remark: remark.map(Into::into),
        ..row
    };
    (row, applicable_models)
}

/// Rows of the models that a part fits.
pub fn model_rows(product: Uuid, models: Vec<Text<60>>) -> Vec<fits::Model> {
    let row = |(position_no, model): (i32, Text<60>)| fits::Model {
        id: platform::new_id(),
        product_id: product,
        position_no,
        model: model.into(),
    };
    (0..).zip(models).map(row).collect()
}

/// The detail; `names` knows brand and category.
pub fn detail(
    row: product::Model,
    models: Vec<fits::Model>,
    names: &HashMap<Uuid, String>,
    sees: Sees,
) -> Result<Product> {
    let has_three_guarantees = row.has_three_guarantees;
    let remark = row.remark.clone().map(Note::stored);
    let ProductRow {
        id,
        version,
        created_at,
        updated_at,
        code,
        name,
        kind,
        brand_id,
        brand_name,
        category_id,
        category_name,
        model,
        uom,
        is_serial_tracked,
        returns_old_part,
        is_claimable,
        warranty_months,
        standard_cost,
        wholesale_price,
        retail_price,
        warranty_price,
        is_active,
    } = list_row(row, names, sees)?;
    Ok(Product {
        id,
        version,
        created_at,
        updated_at,
        code,
        name,
        kind,
        brand_id,
        brand_name,
        category_id,
        category_name,
        model,
        uom,
        is_serial_tracked,
        returns_old_part,
        is_claimable,
        has_three_guarantees,
        warranty_months,
        standard_cost,
        wholesale_price,
        retail_price,
        warranty_price,
        applicable_models: models.into_iter().map(|row| Text::stored(row.model)).collect(),
        remark,
        is_active,
    })
}

/// Which prices a reader sees besides the retail price.
#[derive(Clone, Copy, Debug)]
pub struct Sees {
    /// What it costs.
    pub cost: bool,
    /// What dealers and makers pay for it.
    pub prices: bool,
}

impl Sees {
    /// Everything, for what the server computes with.
    pub const ALL: Sees = Sees { cost: true, prices: true };
}

/// The line in a list; `names` knows brand and category.
pub fn list_row(row: product::Model, names: &HashMap<Uuid, String>, sees: Sees) -> Result<ProductRow> {
    let product::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        code,
        name,
        kind,
        brand_id,
        category_id,
        model,
        uom,
        is_serial_tracked,
        returns_old_part,
        is_claimable,
        has_three_guarantees: _,
        warranty_months,
        standard_cost,
        wholesale_price,
        retail_price,
        warranty_price,
        is_active,
        remark: _,
    } = row;
    let name_of = |id: Option<Uuid>| id.and_then(|id| names.get(&id)).cloned().map(Text::stored);
    Ok(ProductRow {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        code: ItemCode::stored(code),
        name: Text::stored(name),
        kind: stored(&kind)?,
        brand_name: name_of(brand_id),
        brand_id: brand_id.map(Into::into),
        category_name: name_of(category_id),
        category_id: category_id.map(Into::into),
        model: model.map(Text::stored),
        uom: Text::stored(uom),
        is_serial_tracked,
        returns_old_part,
        is_claimable,
        warranty_months: small(warranty_months)?,
        standard_cost: standard_cost.filter(|_| sees.cost).map(UnitPrice),
        wholesale_price: sees.prices.then_some(UnitPrice(wholesale_price)),
        retail_price: UnitPrice(retail_price),
        warranty_price: sees.prices.then_some(UnitPrice(warranty_price)),
        is_active,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> ProductDraft {
        serde_json::from_value(serde_json::json!({
            "code": "LCD-1", "name": "屏幕总成", "kind": "part", "uom": "个", "is_serial_tracked": false,
            "returns_old_part": true, "is_claimable": true, "warranty_months": 6,
            "wholesale_price": "300", "retail_price": "480", "warranty_price": "350",
            "applicable_models": ["P60", "P60 Pro"], "has_three_guarantees": false
        }))
        .unwrap()
    }

    #[test]
    fn a_main_unit_needs_a_brand_and_a_service_has_no_serials() {
        assert!(draft_issues(&draft()).is_empty());
        let unit = ProductDraft { kind: ProductKind::Unit, ..draft() };
        assert_eq!(draft_issues(&unit), vec![("/brand_id".to_owned(), Issue::new(field::REQUIRED))]);
        let service = ProductDraft { kind: ProductKind::Service, is_serial_tracked: true, ..draft() };
        assert_eq!(draft_issues(&service).len(), 2);
    }

    #[test]
    fn a_model_is_named_once() {
        let twice = ProductDraft { applicable_models: vec!["P60".parse().unwrap(), "P60".parse().unwrap()], ..draft() };
        assert_eq!(draft_issues(&twice), vec![("/applicable_models/1".to_owned(), Issue::new(field::DUPLICATE))]);
    }

    #[test]
    fn a_cost_is_shown_only_where_it_may_be() {
        let (row, _) = filled(product::Model::default(), draft());
        let row = product::Model { standard_cost: Some(1_200_000), ..row };
        let names = HashMap::new();
        let dealer = list_row(row.clone(), &names, Sees { cost: false, prices: false }).unwrap();
        assert_eq!((dealer.standard_cost, dealer.wholesale_price, dealer.warranty_price), (None, None, None));
        let clerk = list_row(row, &names, Sees::ALL).unwrap();
        assert_eq!(
            (clerk.standard_cost, clerk.wholesale_price),
            (Some(UnitPrice(1_200_000)), Some(UnitPrice(3_000_000)))
        );
    }
}

//! Requisitions that follow from a parts plan: what headquarters approved there is approved here, and waits for goods.

use super::entity::{line, requisition};
use crate::plan::entity::plan;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::service::state::Priority;
use openapi::stock::plan::PartsPlanKind;
use openapi::stock::requisition::RequisitionState;
use platform::doc::document;
use platform::{Result, Tx};
use uuid::Uuid;

/// One line of a plan that is to be supplied.
pub struct Wanted {
    /// The line.
    pub line: Uuid,
    /// Product.
    pub product: Uuid,
    /// Quantity, in thousandths; more than zero.
    pub quantity: i64,
    /// Remark.
    pub remark: Option<String>,
}

/// Writes the requisition of the plan's station to headquarters, approved already.
pub async fn make(tx: &Tx, plan: &plan::Model, wanted: Vec<Wanted>) -> Result<requisition::Model> {
    let id = platform::new_id();
    let is_urgent = plan.kind == PartsPlanKind::Urgent.as_str();
    let row = requisition::Model {
        id,
        org_id: plan.org_id,
        state: RequisitionState::Approved.as_str().to_owned(),
        supplier_id: identity::api::root(tx).await?.id,
        priority: if is_urgent { Priority::Urgent } else { Priority::Normal }.as_str().to_owned(),
        needed_on: plan.needed_on,
        purpose: Some(plan.number.clone()),
        total_quantity: wanted.iter().map(|line| line.quantity).sum(),
        number: tx.number(DocKind::Requisition).await?,
        ..Default::default()
    };
    let line = |(line_no, wanted): (i32, Wanted)| line::Model {
        id: platform::new_id(),
        requisition_id: id,
        line_no,
        product_id: wanted.product,
        quantity: wanted.quantity,
        approved: Some(wanted.quantity),
        shipped: 0,
        remark: wanted.remark,
        plan_line_id: Some(wanted.line),
    };
    document::open::<requisition::Entity, line::Entity>(tx, row, (0..).zip(wanted).map(line).collect()).await
}

//! Writes.

use super::entity::{formula, line};
use super::{model, queries};
use crate::facts;
use openapi::Issue;
use openapi::master::NOT_CHANGEABLE;
use openapi::stock::formula::{CreateFormula, Formula, FormulaDraft, UpdateFormula};
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

pub async fn create(tx: &Tx, call: Call<CreateFormula>) -> Result<Formula> {
    let blank = formula::Model { id: platform::new_id(), ..Default::default() };
    let (row, lines) = filled(tx, blank, call.body).await?;
    let row = tx.create::<formula::Entity>(row).await?;
    tx.insert_all::<line::Entity>(lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdateFormula>) -> Result<Formula> {
    let before = tx.lock::<formula::Entity>(call.path.id).await?;
    if call.body.product_id.uuid() != before.product_id {
        return Err(Failure::field("/product_id", Issue::new(NOT_CHANGEABLE)));
    }
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    let row = tx.save::<formula::Entity>(&before, after).await?;
    line::Entity::delete_many().filter(line::Column::FormulaId.eq(row.id)).exec(tx.conn()).await?;
    tx.insert_all::<line::Entity>(lines).await?;
    queries::detail(tx, row).await
}

async fn filled(tx: &Tx, row: formula::Model, draft: FormulaDraft) -> Result<(formula::Model, Vec<line::Model>)> {
    let wanted = draft.lines.iter().map(|l| l.product_id.uuid()).chain([draft.product_id.uuid()]);
    let products = facts::products(tx, wanted).await?;
    model::filled(row, draft, &products).map_err(Failure::fields)
}

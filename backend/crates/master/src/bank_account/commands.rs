//! Writes.

use super::entity::account;
use super::{model, queries};

use crate::place::owning_org;
use openapi::Issue;
use openapi::master::NOT_CHANGEABLE;
use openapi::master::bank_account::{
    ActivateBankAccount, BankAccount, BankAccountDraft, CreateBankAccount, DeactivateBankAccount, UpdateBankAccount,
};
use platform::{Call, Failure, Result, Tx};
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateBankAccount>) -> Result<BankAccount> {
    let row = add(tx, call.body).await?;
    queries::detail(tx, row).await
}

/// Adds one.
pub(crate) async fn add(tx: &Tx, draft: BankAccountDraft) -> Result<account::Model> {
    let org_id = owning_org(tx, draft.org_id.map(Into::into)).await?;
    let blank = account::Model { org_id, is_active: true, ..Default::default() };
    tx.create::<account::Entity>(model::filled(blank, draft)).await
}

pub async fn update(tx: &Tx, call: Call<UpdateBankAccount>) -> Result<BankAccount> {
    let before = tx.lock::<account::Entity>(call.path.id).await?;
    if call.body.org_id.is_some_and(|org| org.uuid() != before.org_id) {
        return Err(Failure::field("/org_id", Issue::new(NOT_CHANGEABLE)));
    }
    let after = model::filled(before.clone(), call.body);
    let row = tx.save::<account::Entity>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn deactivate(tx: &Tx, call: Call<DeactivateBankAccount>) -> Result<BankAccount> {
    set_active(tx, call.path.id.uuid(), false).await
}

pub async fn activate(tx: &Tx, call: Call<ActivateBankAccount>) -> Result<BankAccount> {
    set_active(tx, call.path.id.uuid(), true).await
}

async fn set_active(tx: &Tx, id: Uuid, is_active: bool) -> Result<BankAccount> {
    let before = tx.lock::<account::Entity>(id).await?;
    if before.is_active == is_active {
        return queries::detail(tx, before).await;
    }
    let row = tx.save::<account::Entity>(&before, account::Model { is_active, ..before.clone() }).await?;
    queries::detail(tx, row).await
}

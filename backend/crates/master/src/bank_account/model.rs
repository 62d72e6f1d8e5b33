//! Draft → row → contract.

use super::entity::account;
use openapi::choice::Choice;
use openapi::master::bank_account::{BankAccount, BankAccountDraft, BankAccountRow};
use openapi::{ItemCode, Note, Text};
use platform::Result;
use platform::doc::lifecycle::stored;
use std::collections::HashMap;
use uuid::Uuid;

/// Writes a draft into a row; stamps, owner and use stay.
pub fn filled(row: account::Model, draft: BankAccountDraft) -> account::Model {
    let BankAccountDraft { org_id: _, code, name, kind, bank_name, account_no, holder, remark } = draft;
    account::Model {
        code: code.into(),
        name: name.into(),
        kind: kind.as_str().to_owned(),
        bank_name: bank_name.map(Into::into),
        account_no: account_no.map(Into::into),
        holder: holder.map(Into::into),
        remark: remark.map(Into::into),
        ..row
    }
}

/// The detail.
pub fn detail(row: account::Model, orgs: &HashMap<Uuid, String>) -> Result<BankAccount> {
    let account::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        org_id,
        code,
        name,
        kind,
        bank_name,
        account_no,
        holder,
        remark,
        is_active,
    } = row;
    Ok(BankAccount {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        org_id: org_id.into(),
        org_name: Text::stored(orgs.get(&org_id).cloned().unwrap_or_default()),
        code: ItemCode::stored(code),
        name: Text::stored(name),
        kind: stored(&kind)?,
        bank_name: bank_name.map(Text::stored),
        account_no: account_no.map(Text::stored),
        holder: holder.map(Text::stored),
        remark: remark.map(Note::stored),
        is_active,
    })
}

/// The line in a list.
pub fn list_row(row: account::Model, orgs: &HashMap<Uuid, String>) -> Result<BankAccountRow> {
    let BankAccount {
        id,
        version,
        created_at,
        updated_at,
        org_id,
        org_name,
        code,
        name,
        kind,
        bank_name,
        account_no,
        is_active,
        ..
    } = detail(row, orgs)?;
    Ok(BankAccountRow {
        id,
        version,
        created_at,
        updated_at,
        org_id,
        org_name,
        code,
        name,
        kind,
        bank_name,
        account_no,
        is_active,
    })
}

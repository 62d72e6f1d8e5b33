//! Reads.

use super::entity::account;
use super::model;
use crate::place;
use crate::station_record::{self, Columns, StationRecord, Wanted};
use openapi::Page;
use openapi::master::bank_account::{BankAccount, BankAccountKind, BankAccountRow, GetBankAccount, ListBankAccounts};
use platform::{Call, ReadTx, Result};
use std::collections::HashMap;
use uuid::Uuid;

impl StationRecord for account::Entity {
    type Row = BankAccountRow;
    type Kind = BankAccountKind;
    fn columns() -> Columns<account::Column> {
        use account::Column::{Code, IsActive, Kind, Name, OrgId};
        Columns { org: OrgId, code: Code, name: Name, kind: Kind, is_active: IsActive }
    }
    fn id_of(row: &BankAccountRow) -> Uuid {
        row.id.uuid()
    }
    async fn rows(tx: &ReadTx, found: Vec<account::Model>) -> Result<Vec<BankAccountRow>> {
        let names = names_behind(tx, &found).await?;
        found.into_iter().map(|row| model::list_row(row, &names)).collect()
    }
}

pub async fn list(tx: &ReadTx, call: Call<ListBankAccounts>) -> Result<Page<BankAccountRow>> {
    let filter = &call.query.filter;
    let wanted = Wanted { kind: filter.kind.as_ref(), org_id: filter.org_id, is_active: filter.is_active };
    station_record::page::<account::Entity, _>(tx, &call.query, wanted).await
}

pub async fn get(tx: &ReadTx, call: Call<GetBankAccount>) -> Result<BankAccount> {
    detail(tx, tx.get::<account::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: account::Model) -> Result<BankAccount> {
    let names = names_behind(tx, std::slice::from_ref(&row)).await?;
    model::detail(row, &names)
}

async fn names_behind(tx: &ReadTx, rows: &[account::Model]) -> Result<HashMap<Uuid, String>> {
    place::org_names(tx, rows.iter().map(|row| row.org_id)).await
}

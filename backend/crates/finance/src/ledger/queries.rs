//! Reads.

use super::commands::lines_of;
use super::entity::{balance, entry, line};
use super::model::{self, Names, Turnover};
use openapi::choice::Choice;
use openapi::finance::Account;
use openapi::finance::ledger::{
    GetLedgerEntry, GetTrialBalance, LedgerEntry, LedgerEntryRow, ListLedgerEntries, TrialBalance, TrialBalanceQuery,
};
use openapi::{Money, Month, Page};
use platform::db::list::{Shape, page};
use platform::doc::lifecycle::stored;
use platform::{Call, ReadTx, Result, sorted};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListLedgerEntries>) -> Result<Page<LedgerEntryRow>> {
    use entry::Column as C;
    use line::Column as L;
    let filter = &call.query.filter;
    let mut base = entry::Entity::find();
    if let Some(org) = filter.org_id {
        base = base.filter(C::OrgId.eq(org.uuid()));
    }
    if let Some(number) = &filter.number {
        base = base.filter(C::Number.eq(&**number));
    }
    if let Some(source) = filter.source_id {
        base = base.filter(C::SourceId.eq(source.uuid()));
    }
    if let Some(origin) = filter.origin_id {
        base = base.filter(C::OriginId.eq(origin.uuid()));
    }
    if let Some(from) = filter.effective_from {
        base = base.filter(C::EffectiveOn.gte(from.naive()));
    }
    if let Some(until) = filter.effective_until {
        base = base.filter(C::EffectiveOn.lte(until.naive()));
    }
    let with_line = |condition: sea_orm::sea_query::SimpleExpr| {
        let lines = line::Entity::find().select_only().column(L::EntryId).filter(condition);
        C::Id.in_subquery(sea_orm::QueryTrait::into_query(lines))
    };
    if let Some(account) = filter.account {
        base = base.filter(with_line(L::Account.eq(account.as_str())));
    }
    if let Some(party) = filter.party_id {
        base = base.filter(with_line(L::PartyId.eq(party.uuid())));
    }
    if let Some(bank) = filter.bank_account_id {
        base = base.filter(with_line(L::BankAccountId.eq(bank.uuid())));
    }
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, effective_on EffectiveOn, number Number),
        search: &[C::Number, C::SourceNumber, C::OriginNumber, C::Memo],
    };
    page(tx, &call.query, base, &shape).await?.try_map(model::list_row)
}

pub async fn get(tx: &ReadTx, call: Call<GetLedgerEntry>) -> Result<LedgerEntry> {
    let row = tx.get::<entry::Entity>(call.path.id).await?;
    let lines = lines_of(tx, row.id).await?;
    let mirror = entry::Entity::find().filter(entry::Column::MirrorOf.eq(row.id)).one(tx.conn()).await?;
    let names = Names {
        parties: crate::names::parties(tx, lines.iter().filter_map(|l| l.party_id)).await?,
        bank_accounts: crate::names::bank_accounts(tx, lines.iter().filter_map(|l| l.bank_account_id)).await?,
    };
    model::detail(row, lines, mirror.map(|m| m.id), &names)
}

#[derive(FromQueryResult)]
struct AccountSum {
    account: String,
    debit: i64,
    credit: i64,
}

/// A sum as a 64-bit integer on both databases.
pub fn total(column: impl ColumnTrait) -> sea_orm::sea_query::SimpleExpr {
    Expr::expr(column.sum()).cast_as("BIGINT")
}

pub async fn trial_balance(tx: &ReadTx, call: Call<GetTrialBalance>) -> Result<TrialBalance> {
    use line::Column as L;
    let TrialBalanceQuery { org_id, from, to } = call.query.0;
    let from = from.unwrap_or_else(|| Month::of(tx.today()));
    let to = to.unwrap_or(from).max(from);
    let mut lines = line::Entity::find().filter(tx.stations_in_reach(L::OrgId));
    if let Some(org) = org_id {
        lines = lines.filter(L::OrgId.eq(org.uuid()));
    }
    let before = sums(tx, lines.clone().filter(L::EffectiveOn.lt(from.first_day()))).await?;
    let within = lines.filter(L::EffectiveOn.gte(from.first_day())).filter(L::EffectiveOn.lt(to.end()));
    let within = sums(tx, within).await?;
    let mut turnovers = BTreeMap::<Account, Turnover>::new();
    for row in before {
        turnovers.entry(stored(&row.account)?).or_default().before = Money(row.debit - row.credit);
    }
    for row in within {
        let turnover = turnovers.entry(stored(&row.account)?).or_default();
        (turnover.debit, turnover.credit) = (Money(row.debit), Money(row.credit));
    }
    Ok(model::trial_balance(from, to, &turnovers))
}

async fn sums(tx: &ReadTx, lines: sea_orm::Select<line::Entity>) -> Result<Vec<AccountSum>> {
    use line::Column as L;
    let select = lines
        .select_only()
        .column(L::Account)
        .column_as(total(L::Debit), "debit")
        .column_as(total(L::Credit), "credit")
        .group_by(L::Account);
    Ok(select.into_model::<AccountSum>().all(tx.conn()).await?)
}

#[derive(FromQueryResult)]
struct OrgSum {
    org_id: Uuid,
    account: String,
    debit: i64,
    credit: i64,
}

/// Debit less credit of every account of every station, all parties and bank accounts together.
pub async fn account_totals(tx: &ReadTx) -> Result<BTreeMap<(Uuid, Account), Money>> {
    use balance::Column as B;
    let select = balance::Entity::find()
        .select_only()
        .columns([B::OrgId, B::Account])
        .column_as(total(B::Debit), "debit")
        .column_as(total(B::Credit), "credit")
        .group_by(B::OrgId)
        .group_by(B::Account);
    let rows = select.into_model::<OrgSum>().all(tx.conn()).await?;
    rows.into_iter().map(|r| Ok(((r.org_id, stored(&r.account)?), Money(r.debit - r.credit)))).collect()
}

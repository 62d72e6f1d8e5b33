//! Reads.

use crate::ledger::entity::{entry, line};
use crate::ledger::queries::total;
use crate::open_item::entity::item;
use crate::receipt::entity::{payment, receipt};
use crate::settlement::entity::settlement;
use chrono::NaiveDate;
use openapi::Money;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::PayMethod;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::overview::{BankBalance, BankBalances, GetBankBalances, GetMoneyToday, MethodTotal, MoneyToday};
use openapi::master::bank_account::BankAccountKind;
use platform::{Call, ReadTx, Result};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct BankSum {
    org_id: Uuid,
    bank_account_id: Uuid,
    debit: i64,
    credit: i64,
}

pub async fn bank_balances(tx: &ReadTx, call: Call<GetBankBalances>) -> Result<BankBalances> {
    use line::Column as L;
    let query = call.query.0;
    let until = query.as_of.map_or_else(|| tx.today(), NaiveDate::from);
    let mut lines = line::Entity::find()
        .filter(tx.stations_in_reach(L::OrgId))
        .filter(L::BankAccountId.is_not_null())
        .filter(L::EffectiveOn.lte(until));
    if let Some(org) = query.org_id {
        lines = lines.filter(L::OrgId.eq(org.uuid()));
    }
    let rows = lines
        .select_only()
        .columns([L::OrgId, L::BankAccountId])
        .column_as(total(L::Debit), "debit")
        .column_as(total(L::Credit), "credit")
        .group_by(L::OrgId)
        .group_by(L::BankAccountId)
        .order_by_asc(L::OrgId)
        .order_by_asc(L::BankAccountId)
        .limit(1000)
        .into_model::<BankSum>()
        .all(tx.conn())
        .await?;
    let names = crate::names::bank_accounts(tx, rows.iter().map(|row| row.bank_account_id)).await?;
    let items = rows.into_iter().map(|row| BankBalance {
        org_id: row.org_id.into(),
        bank_account_name: names.get(&row.bank_account_id).cloned().unwrap_or_default(),
        bank_account_id: row.bank_account_id.into(),
        balance: Money(row.debit - row.credit),
    });
    let items: Vec<_> = items.collect();
    Ok(BankBalances { total: items.iter().map(|item| item.balance).sum(), items })
}

#[derive(FromQueryResult)]
struct MethodSum {
    method: String,
    amount: i64,
}

#[derive(FromQueryResult)]
struct Sum {
    amount: Option<i64>,
}

pub async fn today(tx: &ReadTx, _: Call<GetMoneyToday>) -> Result<MoneyToday> {
    let on = tx.today();
    let receipts = receipt::Entity::find()
        .select_only()
        .column(receipt::Column::Id)
        .filter(tx.in_reach::<receipt::Entity>())
        .filter(receipt::Column::EffectiveOn.eq(on));
    let sums = payment::Entity::find()
        .filter(payment::Column::ReceiptId.in_subquery(receipts.into_query()))
        .select_only()
        .column(payment::Column::Method)
        .column_as(total(payment::Column::Amount), "amount")
        .group_by(payment::Column::Method)
        .into_model::<MethodSum>()
        .all(tx.conn())
        .await?;
    let counter = at_the_counter(tx, on).await?;
    let amount_of = |method: PayMethod| {
        let found = sums.iter().find(|sum| sum.method == method.as_str());
        let retail: Money = counter.iter().filter(|(by, _)| *by == method).map(|(_, amount)| *amount).sum();
        Money(found.map_or(0, |sum| sum.amount)) + retail
    };
    let methods = PayMethod::ALL.iter().map(|method| MethodTotal { method: *method, amount: amount_of(*method) });
    let methods: Vec<_> = methods.collect();
    let settled = settlement::Entity::find()
        .filter(tx.stations_in_reach(settlement::Column::OrgId))
        .filter(settlement::Column::EffectiveOn.eq(on))
        .select_only()
        .column_as(total(settlement::Column::CustomerTotal), "amount")
        .into_model::<Sum>()
        .one(tx.conn())
        .await?;
    Ok(MoneyToday {
        on: on.into(),
        received: methods.iter().map(|m| m.amount).sum(),
        methods,
        settled: Money(settled.and_then(|sum| sum.amount).unwrap_or_default()),
        receivable: open(tx, OpenItemSide::Receivable).await?,
        deposit: open(tx, OpenItemSide::Deposit).await?,
    })
}

/// What retail brought in on a day less what it paid back, by way of payment. Retail keeps its payments to itself, a domain
/// higher up; the ledger knows on which account the money came in, and each account serves one way of payment.
async fn at_the_counter(tx: &ReadTx, on: NaiveDate) -> Result<Vec<(PayMethod, Money)>> {
    use line::Column as L;
    let kinds = [DocKind::RetailSale, DocKind::RetailReturn].map(|kind| kind.as_str());
    let entries = entry::Entity::find()
        .select_only()
        .column(entry::Column::Id)
        .filter(entry::Column::SourceKind.is_in(kinds))
        .filter(entry::Column::EffectiveOn.eq(on));
    let rows = line::Entity::find()
        .filter(tx.stations_in_reach(L::OrgId))
        .filter(L::BankAccountId.is_not_null())
        .filter(L::EntryId.in_subquery(entries.into_query()))
        .select_only()
        .columns([L::OrgId, L::BankAccountId])
        .column_as(total(L::Debit), "debit")
        .column_as(total(L::Credit), "credit")
        .group_by(L::OrgId)
        .group_by(L::BankAccountId)
        .into_model::<BankSum>()
        .all(tx.conn())
        .await?;
    let accounts = master::api::bank_accounts(tx, rows.iter().map(|row| row.bank_account_id)).await?;
    let method = |row: &BankSum| {
        let kind = accounts.get(&row.bank_account_id)?.kind;
        Some((method_of(kind), Money(row.debit - row.credit)))
    };
    Ok(rows.iter().filter_map(method).collect())
}

/// The way of payment that an account serves.
fn method_of(kind: BankAccountKind) -> PayMethod {
    match kind {
        BankAccountKind::Cash => PayMethod::Cash,
        BankAccountKind::Bank => PayMethod::Transfer,
        BankAccountKind::Wechat => PayMethod::Wechat,
        BankAccountKind::Alipay => PayMethod::Alipay,
        BankAccountKind::Card => PayMethod::Card,
    }
}

async fn open(tx: &ReadTx, side: OpenItemSide) -> Result<Money> {
    use item::Column as C;
    let rest = Expr::expr(Expr::col(C::Amount).sub(Expr::col(C::Settled)).sum()).cast_as("BIGINT");
    let sum = item::Entity::find()
        .filter(tx.stations_in_reach(C::OrgId))
        .filter(C::Side.eq(side.as_str()))
        .select_only()
        .column_as(rest, "amount")
        .into_model::<Sum>()
        .one(tx.conn())
        .await?;
    Ok(Money(sum.and_then(|sum| sum.amount).unwrap_or_default()))
}

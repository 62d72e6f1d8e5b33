//! Reads.

use super::entity::{allocation, item};
use super::model;
use crate::api::Standing;
use crate::ledger::entity::{entry, line};
use crate::ledger::queries::total;
use chrono::NaiveDate;
use openapi::choice::Choice;
use openapi::finance::open_item::{
    GetPartyBalances, GetPartyLedger, ListOpenItems, OpenItem, OpenItemSide, PartyBalance, PartyBalances, PartyLedger,
    PartyLedgerLine, PartyLedgerQuery,
};
use openapi::finance::{Account, PAYMENT_VIEW};
use openapi::{Money, Page, Text};
use platform::db::list::{Shape, page};
use platform::doc::lifecycle::stored;
use platform::{Call, ReadTx, Result, sorted};
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListOpenItems>) -> Result<Page<OpenItem>> {
    use item::Column as C;
    let filter = &call.query.filter;
    let mut base = item::Entity::find();
    if let Some(org) = filter.org_id {
        base = base.filter(C::OrgId.eq(org.uuid()));
    }
    if let Some(sides) = &filter.side {
        base = base.filter(C::Side.is_in(sides.0.iter().map(ToString::to_string)));
    }
    if !tx.actor().may(PAYMENT_VIEW) {
        base = base.filter(C::Side.is_not_in([OpenItemSide::Payable, OpenItemSide::Prepaid].map(|side| side.as_str())));
    }
    if let Some(party) = filter.party_id {
        base = base.filter(C::PartyId.eq(party.uuid()));
    }
    if let Some(source) = filter.source_id {
        base = base.filter(C::SourceId.eq(source.uuid()));
    }
    if let Some(origin) = filter.origin_id {
        base = base.filter(C::OriginId.eq(origin.uuid()));
    }
    if let Some(is_open) = filter.is_open {
        base = base.filter(if is_open { still_open() } else { still_open().not() });
    }
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, effective_on EffectiveOn, amount Amount),
        search: &[C::SourceNumber, C::OriginNumber],
    };
    let page = page(tx, &call.query, base, &shape).await?;
    let parties = crate::names::parties(tx, page.items.iter().map(|row| row.party_id)).await?;
    page.try_map(|row| model::shown(row, &parties))
}

fn still_open() -> SimpleExpr {
    Expr::col(item::Column::Settled).lt(Expr::col(item::Column::Amount))
}

/// The items of a document on one side.
pub async fn of(tx: &ReadTx, source: Uuid, side: OpenItemSide) -> Result<Option<item::Model>> {
    let select = item::Entity::find().filter(item::Column::SourceId.eq(source));
    Ok(select.filter(item::Column::Side.eq(side.as_str())).one(tx.conn()).await?)
}

/// The receivables of some documents, by document.
pub async fn receivables_of(tx: &ReadTx, sources: Vec<Uuid>) -> Result<HashMap<Uuid, item::Model>> {
    let select = item::Entity::find()
        .filter(item::Column::SourceId.is_in(sources))
        .filter(item::Column::Side.eq(OpenItemSide::Receivable.as_str()));
    Ok(select.all(tx.conn()).await?.into_iter().map(|row| (row.source_id, row)).collect())
}

/// Items by id.
pub async fn by_id(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, item::Model>> {
    let rows = item::Entity::find().filter(item::Column::Id.is_in(ids)).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Documents that settled part of an item and were not taken back: those in the way of a reversal.
pub async fn settling(tx: &ReadTx, item: Uuid) -> Result<Vec<Uuid>> {
    use allocation::Column as A;
    let rows = allocation::Entity::find().filter(A::OpenItemId.eq(item)).order_by_asc(A::Id).all(tx.conn()).await?;
    let taken_back: Vec<Uuid> = rows.iter().filter_map(|row| row.mirror_of).collect();
    let alive = rows.iter().filter(|row| row.mirror_of.is_none() && !taken_back.contains(&row.id));
    Ok(alive.map(|row| row.source_id).collect())
}

#[derive(FromQueryResult)]
struct SideOpen {
    side: String,
    due_on: Option<NaiveDate>,
    open: i64,
}

/// What a party owes and has paid in advance, over all stations.
pub async fn standing(tx: &ReadTx, party: Uuid) -> Result<Standing> {
    use item::Column as C;
    let open = Expr::expr(Expr::col(C::Amount).sub(Expr::col(C::Settled)).sum()).cast_as("BIGINT");
    let rows = item::Entity::find()
        .filter(C::PartyId.eq(party))
        .filter(still_open())
        .select_only()
        .columns([C::Side, C::DueOn])
        .column_as(open, "open")
        .group_by(C::Side)
        .group_by(C::DueOn)
        .into_model::<SideOpen>()
        .all(tx.conn())
        .await?;
    let mut standing = Standing::default();
    for row in rows {
        match stored::<OpenItemSide>(&row.side)? {
            OpenItemSide::Receivable => {
                standing.receivable += Money(row.open);
                if row.due_on.is_some_and(|day| day < tx.today()) {
                    standing.overdue += Money(row.open);
                }
            }
            OpenItemSide::Deposit => standing.deposit += Money(row.open),
            OpenItemSide::Payable | OpenItemSide::Prepaid | OpenItemSide::Claim => {}
        }
    }
    Ok(standing)
}

#[derive(FromQueryResult)]
struct PartySum {
    party_id: Uuid,
    side: String,
    open: i64,
    items: i64,
    oldest: NaiveDate,
}

/// The rows of the balance list are capped here; the totals are not.
const MOST_PARTIES: usize = 1000;

pub async fn party_balances(tx: &ReadTx, call: Call<GetPartyBalances>) -> Result<PartyBalances> {
    use item::Column as C;
    let query = call.query.0;
    let mut select = item::Entity::find().filter(tx.in_reach::<item::Entity>()).filter(still_open());
    if let Some(org) = query.org_id {
        select = select.filter(C::OrgId.eq(org.uuid()));
    }
    if let Some(party) = query.party_id {
        select = select.filter(C::PartyId.eq(party.uuid()));
    }
    let open = Expr::expr(Expr::col(C::Amount).sub(Expr::col(C::Settled)).sum()).cast_as("BIGINT");
    let rows = select
        .select_only()
        .columns([C::PartyId, C::Side])
        .column_as(open, "open")
        .column_as(C::Id.count(), "items")
        .column_as(C::EffectiveOn.min(), "oldest")
        .group_by(C::PartyId)
        .group_by(C::Side)
        .into_model::<PartySum>()
        .all(tx.conn())
        .await?;
    let mut parties = BTreeMap::<Uuid, PartyBalance>::new();
    for row in rows {
        let balance = parties.entry(row.party_id).or_insert_with(|| PartyBalance {
            party_id: row.party_id.into(),
            party_name: String::new(),
            receivable: Money::ZERO,
            deposit: Money::ZERO,
            open_items: 0,
            oldest_on: None,
        });
        match stored::<OpenItemSide>(&row.side)? {
            OpenItemSide::Receivable => {
                balance.receivable += Money(row.open);
                balance.oldest_on = Some(row.oldest.into());
            }
            OpenItemSide::Deposit => balance.deposit += Money(row.open),
            OpenItemSide::Payable | OpenItemSide::Prepaid | OpenItemSide::Claim => continue,
        }
        balance.open_items += row.items;
    }
    let receivable = parties.values().map(|p| p.receivable).sum();
    let deposit = parties.values().map(|p| p.deposit).sum();
    let mut items: Vec<PartyBalance> = parties.into_values().filter(|p| p.open_items > 0).collect();
    items.sort_by_key(|p| (-p.receivable, -p.deposit, p.party_id));
    items.truncate(MOST_PARTIES);
    let names = crate::names::parties(tx, items.iter().map(|p| p.party_id.uuid())).await?;
    for balance in &mut items {
        balance.party_name = names.get(&balance.party_id.uuid()).cloned().unwrap_or_default();
    }
    Ok(PartyBalances { items, receivable, deposit })
}

/// A running ledger shows so many lines at most.
const MOST_LINES: u64 = 2000;

#[derive(FromQueryResult)]
struct SideSum {
    debit: Option<i64>,
    credit: Option<i64>,
}

pub async fn party_ledger(tx: &ReadTx, call: Call<GetPartyLedger>) -> Result<PartyLedger> {
    use line::Column as L;
    let PartyLedgerQuery { party_id, account, org_id, from, to } = call.query.0;
    let account = account.unwrap_or(Account::Receivable);
    let mut lines = line::Entity::find()
        .filter(tx.stations_in_reach(L::OrgId))
        .filter(L::PartyId.eq(party_id.uuid()))
        .filter(L::Account.eq(account.as_str()))
        .filter(L::EffectiveOn.lte(to.map_or_else(|| tx.today(), NaiveDate::from)));
    if let Some(org) = org_id {
        lines = lines.filter(L::OrgId.eq(org.uuid()));
    }
    let opening = match from {
        Some(from) => {
            let before = lines.clone().filter(L::EffectiveOn.lt(from.naive())).select_only();
            let before = before.column_as(total(L::Debit), "debit").column_as(total(L::Credit), "credit");
            let sum = before.into_model::<SideSum>().one(tx.conn()).await?;
            sum.map_or(Money::ZERO, |s| side(account, s.debit.unwrap_or_default(), s.credit.unwrap_or_default()))
        }
        None => Money::ZERO,
    };
    if let Some(from) = from {
        lines = lines.filter(L::EffectiveOn.gte(from.naive()));
    }
    let mut rows = lines.order_by_asc(L::EffectiveOn).order_by_asc(L::Id).limit(MOST_LINES + 1).all(tx.conn()).await?;
    let most = usize::try_from(MOST_LINES).unwrap_or(usize::MAX);
    let is_truncated = rows.len() > most;
    rows.truncate(most);
    let entries = entries_of(tx, &rows).await?;
    let names = crate::names::parties(tx, [party_id.uuid()]).await?;
    let (mut balance, mut shown) = (opening, Vec::new());
    for row in &rows {
        balance += side(account, row.debit, row.credit);
        if let Some(entry) = entries.get(&row.entry_id) {
            shown.push(ledger_line(row, entry, balance)?);
        }
    }
    Ok(PartyLedger {
        party_id,
        party_name: names.get(&party_id.uuid()).cloned().unwrap_or_default(),
        account,
        opening,
        debit: shown.iter().map(|l| l.debit).sum(),
        credit: shown.iter().map(|l| l.credit).sum(),
        lines: shown,
        closing: balance,
        is_truncated,
    })
}

/// The amount on the side where the account usually stands.
fn side(account: Account, debit: i64, credit: i64) -> Money {
    if account.is_debit() { Money(debit - credit) } else { Money(credit - debit) }
}

async fn entries_of(tx: &ReadTx, rows: &[line::Model]) -> Result<HashMap<Uuid, entry::Model>> {
    let mut found = HashMap::new();
    for part in rows.chunks(500) {
        let ids = part.iter().map(|row| row.entry_id);
        let entries = entry::Entity::find().filter(entry::Column::Id.is_in(ids)).all(tx.conn()).await?;
        found.extend(entries.into_iter().map(|entry| (entry.id, entry)));
    }
    Ok(found)
}

fn ledger_line(row: &line::Model, entry: &entry::Model, balance: Money) -> Result<PartyLedgerLine> {
    Ok(PartyLedgerLine {
        effective_on: row.effective_on.into(),
        entry_id: entry.id.into(),
        entry_number: entry.number.clone(),
        source_kind: stored(&entry.source_kind)?,
        source_id: entry.source_id.into(),
        source_number: entry.source_number.clone(),
        memo: entry.memo.clone().map(Text::stored),
        debit: Money(row.debit),
        credit: Money(row.credit),
        balance,
    })
}

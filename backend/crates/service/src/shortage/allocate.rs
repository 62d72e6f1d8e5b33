//! What became free goes to those who wait for it, the first due first: after the posting that freed it, ticket by ticket,
//! each in a transaction of its own. Doing it twice does nothing more, so that a message may come again.

use super::entity::shortage;
use crate::ticket::entity::part;
use crate::ticket::{Change, News, goes_on, parts_of, reserve_for, short, tell};
use openapi::choice::Choice;
use openapi::service::shortage::ShortageState;
use platform::http::run;
use platform::job::Running;
use platform::outbox::Message;
use platform::{Actor, App, Context, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use stock::api::StockFreed;
use uuid::Uuid;

/// The topic of messages that good stock became free which somebody waits for.
pub const FREED: &str = "shortage.freed";

#[derive(Debug, Serialize, Deserialize)]
struct Freed {
    org_id: Uuid,
    products: Vec<Uuid>,
}

/// Leaves a message when somebody waits for what became free. The balances are locked here: no ticket may be.
pub async fn noticed(tx: &Tx, event: &StockFreed) -> Result<()> {
    use shortage::Column as C;
    let waiting = shortage::Entity::find()
        .filter(C::OrgId.eq(event.org_id))
        .filter(C::ProductId.is_in(event.products.iter().copied()))
        .filter(C::State.eq(ShortageState::Waiting.as_str()))
        .select_only()
        .column(C::ProductId)
        .distinct()
        .into_tuple::<Uuid>()
        .all(tx.conn())
        .await?;
    if waiting.is_empty() {
        return Ok(());
    }
    tx.outbox(FREED, &Freed { org_id: event.org_id, products: waiting })
}

/// The sink of the topic.
pub async fn deliver(app: &App, message: &Message) -> Result<()> {
    let Freed { org_id, products } = message.read()?;
    for product in products {
        allocate(app, org_id, product).await?;
    }
    Ok(())
}

/// The job that looks after everything that waits, in case a message was lost with its dispatcher.
pub async fn sweep(running: Running) -> Result<()> {
    let app = running.app();
    let waiting = run::read(app, &context(app), async |tx: &ReadTx| {
        use shortage::Column as C;
        let select = shortage::Entity::find().filter(C::State.eq(ShortageState::Waiting.as_str()));
        let select = select.select_only().columns([C::OrgId, C::ProductId]).distinct();
        Ok(select.into_tuple::<(Uuid, Uuid)>().all(tx.conn()).await?)
    })
    .await?;
    let mut given = 0;
    for (org, product) in waiting.into_iter().collect::<BTreeSet<_>>() {
        given += allocate(app, org, product).await?;
    }
    run::write(app, &running.context(), async |tx: &Tx| {
        running.complete(tx, &serde_json::json!({ "given": given }), None).await
    })
    .await
}

fn context(app: &App) -> Context {
    Context::internal(Actor::system(Uuid::nil(), ""), app.clock.now(), "AllocateShortages")
}

/// Gives what is free of a product at a station to those who wait for it, and says to how many.
async fn allocate(app: &App, org: Uuid, product: Uuid) -> Result<usize> {
    let context = context(app);
    let queue = run::read(app, &context, async |tx: &ReadTx| waiting(tx, org, product).await).await?;
    let mut given = 0;
    for id in queue {
        if run::read(app, &context, async |tx: &ReadTx| free(tx, org, product).await).await? == 0 {
            break;
        }
        given += usize::from(run::write(app, &context, async |tx: &Tx| give(tx, id).await).await?);
    }
    Ok(given)
}

/// Who waits, the first due first.
async fn waiting(tx: &ReadTx, org: Uuid, product: Uuid) -> Result<Vec<Uuid>> {
    use shortage::Column as C;
    let select = shortage::Entity::find()
        .filter(C::OrgId.eq(org))
        .filter(C::ProductId.eq(product))
        .filter(C::State.eq(ShortageState::Waiting.as_str()))
        .order_by_asc(C::DueAt)
        .order_by_asc(C::Id);
    Ok(select.select_only().column(C::Id).into_tuple().all(tx.conn()).await?)
}

/// What is free in the good stores of a station.
async fn free(tx: &ReadTx, org: Uuid, product: Uuid) -> Result<i64> {
    let mut sum = 0;
    for store in crate::ticket::good_stores(tx, org).await? {
        let there = stock::api::available(tx, store.into(), [product.into()]).await?;
        sum += there.values().map(|cell| cell.free().0).sum::<i64>();
    }
    Ok(sum)
}

/// Reserves for one shortage what it can get; its ticket goes on when it waits for nothing else. Whether it got any.
async fn give(tx: &Tx, id: Uuid) -> Result<bool> {
    let Some(seen) = shortage::Entity::find_by_id(id).one(tx.conn()).await? else { return Ok(false) };
    // the ticket first, as everybody does who changes its parts
    let mut change = Change::lock_of(tx, seen.ticket_id).await?;
    let row = tx.lock_other::<shortage::Entity>(id).await?;
    let line = part::Entity::find_by_id(row.part_id).one(tx.conn()).await?;
    let Some(line) = line.filter(|_| row.state == ShortageState::Waiting.as_str()) else { return Ok(false) };
    let before = short(&line);
    let line = reserve_for(tx, &change.row, line).await?;
    if short(&line) == before {
        return Ok(false);
    }
    let lines = parts_of(tx, change.row.id).await?;
    if goes_on(&mut change, &lines, &row.number)?
        && let Some(engineer) = change.row.engineer_id
    {
        tell(tx, engineer, &change.row, News::PartsArrived)?;
    }
    change.put().await?;
    Ok(true)
}

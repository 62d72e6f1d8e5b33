//! The points of members, and the rules that they follow from.

use super::entity::{point, policy};
use finance::api::Source;
use openapi::choice::Choice;
use openapi::trade::retail::member::{
    GetMemberPoints, GetRetailPolicy, MemberPoints, PointEntry, RetailPolicy, SetRetailPolicy,
};
use openapi::{Text, shown};
use platform::doc::lifecycle::stored;
use platform::doc::rules;
use platform::{Call, Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// Entries that are shown.
const SHOWN: u64 = 100;

pub async fn rules_now(tx: &ReadTx, _: Call<GetRetailPolicy>) -> Result<RetailPolicy> {
    shown_rules(tx).await
}

pub async fn set_rules(tx: &Tx, call: Call<SetRetailPolicy>) -> Result<RetailPolicy> {
    policy::set(tx, call.body).await?;
    shown_rules(tx).await
}

async fn shown_rules(tx: &ReadTx) -> Result<RetailPolicy> {
    let rows = policy::changes(tx, rules::SHOWN).await?;
    let names = identity::api::people_named(tx.conn(), rows.iter().map(|row| row.created_by)).await?;
    policy::shown(policy::now(tx).await?, rows, &names)
}

/// Adds points of a document to a customer, or takes them back; nothing for nobody or for no points.
/// The balance is a row that is locked by the change: entries of one customer follow each other.
pub async fn earn(tx: &Tx, customer: Option<Uuid>, source: &Source, points: i64) -> Result<()> {
    let Some(customer) = customer.filter(|_| points != 0) else { return Ok(()) };
    let sql = "INSERT INTO member_points (customer_id, balance) VALUES ($1, $2) ON CONFLICT (customer_id) DO UPDATE \
               SET balance = member_points.balance + excluded.balance";
    tx.conn().execute_raw(tx.statement(sql, [customer.into(), points.into()])).await?;
    let entry = point::Model {
        id: platform::new_id(),
        customer_id: customer,
        source_kind: source.kind.as_str().to_owned(),
        source_id: source.id,
        source_number: source.number.clone(),
        created_at: tx.now(),
        points,
        balance: balance(tx, customer).await?,
    };
    tx.insert_all::<point::Entity>([entry]).await
}

async fn balance(tx: &ReadTx, customer: Uuid) -> Result<i64> {
    let sql = "SELECT balance FROM member_points WHERE customer_id = $1";
    let row = tx.conn().query_one_raw(tx.statement(sql, [customer.into()])).await?;
    Ok(row.map(|row| row.try_get("", "balance")).transpose()?.unwrap_or_default())
}

pub async fn points_of(tx: &ReadTx, call: Call<GetMemberPoints>) -> Result<MemberPoints> {
    let id = call.path.id;
    let name = master::api::customer_named(tx, [id.uuid()]).await?.remove(&id.uuid());
    let customer_name = Text::stored(name.ok_or_else(Failure::not_found)?);
    let rows = point::Entity::find()
        .filter(point::Column::CustomerId.eq(id.uuid()))
        .order_by_desc(point::Column::CreatedAt)
        .order_by_desc(point::Column::Id)
        .limit(SHOWN)
        .all(tx.conn())
        .await?;
    let entry = |row: point::Model| {
        let source_kind = stored(&row.source_kind)?;
        Ok(
            shown!(row => PointEntry { id, created_at, source_id, source_number, points, balance } with { source_kind })?,
        )
    };
    let entries = rows.into_iter().map(entry).collect::<Result<_>>()?;
    Ok(MemberPoints { customer_id: id, customer_name, balance: balance(tx, id.uuid()).await?, entries })
}

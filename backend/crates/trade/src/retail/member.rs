//! The points of members, and the rules that they follow from.

use super::entity::{point, policy};
use finance::api::Source;
use openapi::choice::Choice;
use openapi::trade::retail::member::{
    GetMemberPoints, GetRetailPolicy, MemberPoints, PointEntry, RetailPolicy, RetailPolicyChange, SetRetailPolicy,
};
use openapi::{Text, shown};
use platform::doc::lifecycle::stored;
use platform::{Call, Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// Changes and entries that are shown.
const SHOWN: u64 = 100;

/// The rules that hold now.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Points for a hundred yuan.
    pub points_per_hundred: i64,
    /// Largest discount that everybody may give, in basis points.
    pub discount_limit: i64,
    /// Worth of bad goods, in basis points of their cost.
    pub bad_value: i64,
}

impl Default for Rules {
    /// The presets: a point a yuan, ten per cent, nothing.
    fn default() -> Self {
        Rules { points_per_hundred: 100, discount_limit: 1000, bad_value: 0 }
    }
}

async fn changes(tx: &ReadTx, most: u64) -> Result<Vec<policy::Model>> {
    let select = policy::Entity::find().order_by_desc(policy::Column::CreatedAt).order_by_desc(policy::Column::Id);
    Ok(select.limit(most).all(tx.conn()).await?)
}

/// The rules that hold now.
pub async fn rules(tx: &ReadTx) -> Result<Rules> {
    Ok(changes(tx, 1).await?.first().map_or_else(Rules::default, |row| Rules {
        points_per_hundred: row.points_per_hundred.into(),
        discount_limit: row.discount_limit.into(),
        bad_value: row.bad_value.into(),
    }))
}

pub async fn policy(tx: &ReadTx, _: Call<GetRetailPolicy>) -> Result<RetailPolicy> {
    shown_policy(tx).await
}

pub async fn set_policy(tx: &Tx, call: Call<SetRetailPolicy>) -> Result<RetailPolicy> {
    let draft = call.body;
    let row = policy::Model {
        points_per_hundred: draft.points_per_hundred.into(),
        discount_limit: draft.discount_limit.into(),
        bad_value: draft.bad_value.into(),
        remark: draft.remark.map(Into::into),
        ..Default::default()
    };
    tx.create::<policy::Entity>(row).await?;
    shown_policy(tx).await
}

fn small(value: impl TryInto<u16>) -> Result<u16> {
    value.try_into().map_err(|_| Failure::Internal("a rule of retail is out of range".to_owned()))
}

async fn shown_policy(tx: &ReadTx) -> Result<RetailPolicy> {
    let rows = changes(tx, SHOWN).await?;
    let names = identity::api::people_named(tx.conn(), rows.iter().map(|row| row.created_by)).await?;
    let now = rules(tx).await?;
    let item = |row: policy::Model| {
        Ok(RetailPolicyChange {
            id: row.id.into(),
            points_per_hundred: small(row.points_per_hundred)?,
            discount_limit: small(row.discount_limit)?,
            bad_value: small(row.bad_value)?,
            created_at: row.created_at.into(),
            created_by_name: names.get(&row.created_by).cloned().map(Text::stored),
            remark: row.remark.map(Text::stored),
        })
    };
    Ok(RetailPolicy {
        points_per_hundred: small(now.points_per_hundred)?,
        discount_limit: small(now.discount_limit)?,
        bad_value: small(now.bad_value)?,
        items: rows.into_iter().map(item).collect::<Result<_>>()?,
    })
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

//! What is expected: goods that were ordered and have not come. Who orders says so, in the transaction that changes the
//! order; the stock that people look at and the advice what to order count it.

mod entity;

use chrono::NaiveDate;
use entity::expected;
use openapi::Quantity;
use openapi::choice::Choice;
use openapi::document::DocKind;
use platform::{ReadTx, Result, Tx};
use sea_orm::sea_query::{Alias, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// Goods that one line of a document lets expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The line.
    pub line: Uuid,
    /// Station.
    pub org: Uuid,
    /// Where they are to come.
    pub warehouse: Uuid,
    /// Product.
    pub product: Uuid,
    /// The day, when one was agreed.
    pub on: Option<NaiveDate>,
    /// What has not come yet; a line of which nothing is open is left out.
    pub quantity: Quantity,
}

/// Says what is expected from a document from now on, whatever was expected before. The caller holds the lock of the
/// document.
pub async fn expect(tx: &Tx, source: (DocKind, Uuid, &str), lines: impl IntoIterator<Item = Expected>) -> Result<()> {
    let (kind, id, number) = source;
    let before = expected::Column::SourceId.eq(id);
    expected::Entity::delete_many().filter(before).exec(tx.conn()).await?;
    let row = |line: Expected| expected::Model {
        id: line.line,
        org_id: line.org,
        warehouse_id: line.warehouse,
        product_id: line.product,
        source_kind: kind.as_str().to_owned(),
        source_id: id,
        source_number: number.to_owned(),
        expected_on: line.on,
        quantity: line.quantity.0,
    };
    let open = lines.into_iter().filter(|line| line.quantity > Quantity::ZERO);
    tx.insert_all::<expected::Entity>(open.map(row)).await
}

/// What is expected of some products, by warehouse and product.
pub(crate) async fn expected(tx: &ReadTx, products: &[Uuid]) -> Result<HashMap<(Uuid, Uuid), Quantity>> {
    use expected::Column as C;
    let mut found = HashMap::new();
    for part in products.chunks(500) {
        let rows = expected::Entity::find()
            .filter(C::ProductId.is_in(part.iter().copied()))
            .select_only()
            .columns([C::WarehouseId, C::ProductId])
            .column_as(C::Quantity.sum().cast_as(Alias::new("BIGINT")), "quantity")
            .group_by(C::WarehouseId)
            .group_by(C::ProductId)
            .into_tuple::<(Uuid, Uuid, i64)>()
            .all(tx.conn())
            .await?;
        found.extend(rows.into_iter().map(|(warehouse, product, sum)| ((warehouse, product), Quantity(sum))));
    }
    Ok(found)
}

/// What a station expects of some products, altogether.
pub(crate) async fn expected_at(tx: &ReadTx, org: Uuid, products: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    use expected::Column as C;
    let select = expected::Entity::find().filter(C::OrgId.eq(org)).filter(C::ProductId.is_in(products.iter().copied()));
    let mut sums: HashMap<Uuid, i64> = HashMap::new();
    for row in select.all(tx.conn()).await? {
        *sums.entry(row.product_id).or_default() += row.quantity;
    }
    Ok(sums)
}

/// On which day a station expects some products next, as far as one was agreed.
pub(crate) async fn next_days(tx: &ReadTx, org: Uuid, products: Vec<Uuid>) -> Result<HashMap<Uuid, NaiveDate>> {
    use expected::Column as C;
    if products.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = expected::Entity::find()
        .filter(C::OrgId.eq(org))
        .filter(C::ProductId.is_in(products))
        .filter(C::ExpectedOn.is_not_null())
        .select_only()
        .column(C::ProductId)
        .column_as(C::ExpectedOn.min(), "expected_on")
        .group_by(C::ProductId)
        .into_tuple::<(Uuid, NaiveDate)>()
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().collect())
}

//! The price list: enquiry, maintenance, and what everybody else asks of it.

use super::entity::price;
use crate::facts;
use chrono::NaiveDate;
use openapi::choice::Choice;
use openapi::master::customer::PriceLevel;
use openapi::master::product::ProductRow;
use openapi::problem::field;
use openapi::trade::retail::SaleCondition;
use openapi::trade::wholesale::price::{CreatePrice, DeletePrice, ListPrices, Price};
use openapi::trade::wholesale::{PRICE_EDIT, PRICE_IN_FORCE};
use openapi::{Issue, Page, Text, UnitPrice, shown};
use platform::db::list::{Shape, page};
use platform::doc::lifecycle::stored;
use platform::http::{Api, read, write};
use platform::{Call, Failure, ReadTx, Result, Tx, narrowed};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub(crate) fn mount(api: &mut Api) {
    read::<ListPrices>(api, list);
    write::<CreatePrice>(api, create);
    write::<DeletePrice>(api, delete);
}

/// The price on file of a product at a level.
fn on_file(product: &ProductRow, level: PriceLevel) -> UnitPrice {
    let price = match level {
        PriceLevel::Retail => Some(product.retail_price),
        PriceLevel::Wholesale => product.wholesale_price,
        PriceLevel::Warranty => product.warranty_price,
    };
    price.unwrap_or_default()
}

/// What new products cost at a level on a day: by the price list, else by what is on file.
pub async fn prices_on(
    tx: &ReadTx,
    level: PriceLevel,
    products: &HashMap<Uuid, ProductRow>,
    on: NaiveDate,
) -> Result<HashMap<Uuid, UnitPrice>> {
    let mut prices: HashMap<Uuid, UnitPrice> = products.iter().map(|(id, p)| (*id, on_file(p, level))).collect();
    prices.extend(listed(tx, level, SaleCondition::Good, products.keys().copied(), on).await?);
    Ok(prices)
}

/// What the price list says of products in a condition at a level on a day.
pub async fn listed(
    tx: &ReadTx,
    level: PriceLevel,
    condition: SaleCondition,
    products: impl IntoIterator<Item = Uuid>,
    on: NaiveDate,
) -> Result<HashMap<Uuid, UnitPrice>> {
    use price::Column as C;
    let listed = price::Entity::find()
        .filter(C::ProductId.is_in(products))
        .filter(C::Level.eq(level.as_str()))
        .filter(C::Condition.eq(condition.as_str()))
        .filter(C::FromOn.lte(on))
        .order_by_asc(C::FromOn)
        .all(tx.conn())
        .await?;
    // the latest day comes last
    Ok(listed.into_iter().map(|row| (row.product_id, UnitPrice(row.unit_price))).collect())
}

/// Prices that apply on a day: those from that day or before, with no later one until that day.
fn in_force(on: NaiveDate) -> sea_orm::Condition {
    use price::Column as C;
    let later = Alias::new("later");
    let of = |column: &str| Expr::col((later.clone(), Alias::new(column)));
    let newer = Query::select()
        .expr(Expr::val(1))
        .from_as(Alias::new("price"), later.clone())
        .and_where(of("product_id").equals((price::Entity, C::ProductId)))
        .and_where(of("level").equals((price::Entity, C::Level)))
        .and_where(of("condition").equals((price::Entity, C::Condition)))
        .and_where(of("from_on").gt(Expr::col((price::Entity, C::FromOn))))
        .and_where(of("from_on").lte(on))
        .to_owned();
    sea_orm::Condition::all().add(C::FromOn.lte(on)).add(Expr::exists(newer).not())
}

async fn list(tx: &ReadTx, call: Call<ListPrices>) -> Result<Page<Price>> {
    use price::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C: id product_id ProductId, any level Level, any condition Condition)
        .add_option(filter.on.map(|day| in_force(day.naive())))
        .add_option(
            filter.is_in_force.map(|wanted| if wanted { in_force(tx.today()) } else { in_force(tx.today()).not() }),
        );
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("from_on", C::FromOn)],
        search: &[C::Remark],
    };
    let found = page(tx, &call.query, price::Entity::find().filter(all), &shape).await?;
    let all = around(tx, &found.items).await?;
    found.try_map(|row| all.shown(tx, row))
}

/// What is shown with prices: their products, and the days of the other prices of these.
struct Around {
    products: HashMap<Uuid, ProductRow>,
    days: HashMap<(Uuid, String, String), Vec<NaiveDate>>,
}

async fn around(tx: &ReadTx, rows: &[price::Model]) -> Result<Around> {
    let ids: HashSet<Uuid> = rows.iter().map(|row| row.product_id).collect();
    let others = price::Entity::find().filter(price::Column::ProductId.is_in(ids.iter().copied()));
    let mut days: HashMap<(Uuid, String, String), Vec<NaiveDate>> = HashMap::new();
    for row in others.order_by_asc(price::Column::FromOn).all(tx.conn()).await? {
        days.entry((row.product_id, row.level, row.condition)).or_default().push(row.from_on);
    }
    Ok(Around { products: facts::products(tx, ids).await?, days })
}

impl Around {
    fn shown(&self, tx: &ReadTx, row: price::Model) -> Result<Price> {
        let (product_code, product_name) = facts::named(&self.products, row.product_id)?;
        let level: PriceLevel = stored(&row.level)?;
        let product = self.products.get(&row.product_id);
        let days = self.days.get(&(row.product_id, row.level.clone(), row.condition.clone()));
        let next = days.and_then(|days| days.iter().copied().find(|day| *day > row.from_on));
        let until = next.and_then(|day| day.pred_opt());
        let today = tx.today();
        let is_in_force = row.from_on <= today && until.is_none_or(|day| day >= today);
        let is_removable = row.from_on > today && tx.actor().may(PRICE_EDIT);
        Ok(
            shown!(row => Price { id, version, created_at, updated_at, product_id, condition, from_on, unit_price, remark } with {
                product_code, product_name, level, is_in_force, is_removable,
                uom: product.map_or_else(|| Text::stored(String::new()), |p| p.uom.clone()),
                until_on: until.map(Into::into),
                price_on_file: product.map(|p| on_file(p, level)).unwrap_or_default(),
            })?,
        )
    }
}

async fn create(tx: &Tx, call: Call<CreatePrice>) -> Result<Price> {
    let draft = call.body;
    master::api::choose_product(tx, draft.product_id, "/product_id").await?;
    let today: openapi::Date = tx.today().into();
    if draft.from_on.naive() < today.naive() {
        return Err(Failure::field(
            "/from_on",
            Issue::new(field::OUT_OF_RANGE).with("min", today).with("max", "9999-12-31"),
        ));
    }
    let row = price::Model {
        product_id: draft.product_id.uuid(),
        level: draft.level.as_str().to_owned(),
        from_on: draft.from_on.naive(),
        unit_price: draft.unit_price.0,
        condition: draft.condition.unwrap_or(SaleCondition::Good).as_str().to_owned(),
        remark: draft.remark.map(Into::into),
        ..Default::default()
    };
    let row = tx.create::<price::Entity>(row).await?;
    around(tx, std::slice::from_ref(&row)).await?.shown(tx, row)
}

async fn delete(tx: &Tx, call: Call<DeletePrice>) -> Result<()> {
    let row = tx.lock::<price::Entity>(call.path.id).await?;
    if row.from_on <= tx.today() {
        return Err(Failure::new(PRICE_IN_FORCE));
    }
    price::Entity::delete_by_id(row.id).exec(tx.conn()).await?;
    tx.audit("price", row.id, Some(serde_json::to_string(&row)?), None);
    Ok(())
}

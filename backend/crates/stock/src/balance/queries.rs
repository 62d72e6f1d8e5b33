//! Reads.

use crate::facts::{self, Meant};
use crate::ledger::accounts::goods_account;
use crate::ledger::entity::{balance, place};
use crate::ledger::places;
use crate::ledger::queries::described_place;
use openapi::choice::Choice;
use openapi::finance::Account;
use openapi::identity::{OrgId, UserId};
use openapi::master::product::{ProductId, ProductKind};
use openapi::master::warehouse::WarehouseId;
use openapi::problem::field;
use openapi::stock::balance::{ListStock, StockBalance, StockFilter, StockSums, SumStock};
use openapi::stock::{Condition, Owner, PlaceKind, STOCK_COST};
use openapi::{Issue, ItemCode, Listing, Money, Page, Quantity, Text};
use platform::db::list::{Shape, page};
use platform::doc::lifecycle::stored;
use platform::{Call, Failure, Reach, ReadTx, Result, narrowed, sorted};
use sea_orm::sea_query::{Alias, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Statement};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListStock>) -> Result<Page<StockBalance>> {
    use balance::Column as C;
    let listing = call.query;
    if !tx.actor().may(STOCK_COST) && listing.order().0 == "value" {
        return Err(Failure::field("?sort", Issue::new(field::UNKNOWN_VALUE)));
    }
    let all = filtered(tx, &listing.filter, listing.page.q.as_deref()).await?;
    let sorts = sorted!(C: updated_at UpdatedAt, created_at CreatedAt, on_hand OnHand, value Value);
    let Page { items, next_cursor, has_more, total } =
        page(tx, &listing, balance::Entity::find().filter(all), &Shape { sorts, search: &[] }).await?;
    Ok(Page { items: described(tx, items).await?, next_cursor, has_more, total })
}

pub async fn sums(tx: &ReadTx, call: Call<SumStock>) -> Result<StockSums> {
    use balance::Column as C;
    let Listing { page, filter } = call.query.0;
    let all = filtered(tx, &filter, page.q.as_deref())
        .await?
        .add_option(page.updated_from.map(|at| C::UpdatedAt.gte(at.utc())))
        .add_option(page.created_from.map(|at| C::CreatedAt.gte(at.utc())))
        .add_option(page.created_before.map(|at| C::CreatedAt.lt(at.utc())));
    let sum = |column: C| column.sum().cast_as(Alias::new("BIGINT"));
    let query = tx.select::<balance::Entity>().filter(all).select_only();
    let query = query
        .column_as(C::Id.count(), "rows")
        .column_as(sum(C::OnHand), "on_hand")
        .column_as(sum(C::Reserved), "reserved")
        .column_as(sum(C::Value), "value");
    type Sums = (i64, Option<i64>, Option<i64>, Option<i64>);
    let found = query.into_tuple::<Sums>().one(tx.conn()).await?;
    let (rows, on_hand, reserved, value) = found.unwrap_or_default();
    let (on_hand, reserved) = (Quantity(on_hand.unwrap_or_default()), Quantity(reserved.unwrap_or_default()));
    let value = tx.actor().may(STOCK_COST).then(|| Money(value.unwrap_or_default()));
    Ok(StockSums { rows, on_hand, reserved, available: on_hand - reserved, value })
}

/// What a filter and words mean for the balances.
async fn filtered(tx: &ReadTx, filter: &StockFilter, words: Option<&str>) -> Result<sea_orm::Condition> {
    use balance::Column as C;
    let orgs = match filter.org_id {
        Some(org) if filter.include_below == Some(true) => {
            Some(identity::api::stations_below(tx.conn(), org.uuid()).await?)
        }
        other => other.map(|org| vec![org.uuid()]),
    };
    let mut all = narrowed!(filter, C: id product_id ProductId, any condition Condition, any owner Owner)
        .add_option(orgs.map(|orgs| C::OrgId.is_in(orgs)))
        .add_option((filter.include_empty != Some(true)).then(|| C::OnHand.gt(0)))
        .add_option(filter.warehouse_id.map(|id| held_by(PlaceKind::Warehouse, id.uuid())))
        .add_option(filter.engineer_id.map(|id| held_by(PlaceKind::Custody, id.uuid())))
        .add_option(filter.place_kind.as_ref().map(|any| in_places(&any.0)));
    // words, kind, brand, category and model are those of the product, which is another table: they are looked up there
    let kinds = filter.product_kind.as_ref().map(|any| any.0.clone()).unwrap_or_default();
    let meant = Meant {
        words,
        model: filter.model.as_deref(),
        kinds: &kinds,
        brand: filter.brand_id.map(|id| id.uuid()),
        category: filter.category_id.map(|id| id.uuid()),
    };
    if !meant.is_any() {
        all = all.add(C::ProductId.in_subquery(meant.ids(tx)));
    }
    Ok(all)
}

/// The places of some kinds.
fn in_places(kinds: &[PlaceKind]) -> sea_orm::sea_query::SimpleExpr {
    let places = Query::select()
        .column(place::Column::Id)
        .from(place::Entity)
        .and_where(place::Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())))
        .to_owned();
    balance::Column::PlaceId.in_subquery(places)
}

/// The places of one warehouse or one engineer.
fn held_by(kind: PlaceKind, holder: Uuid) -> sea_orm::sea_query::SimpleExpr {
    let places = Query::select()
        .column(place::Column::Id)
        .from(place::Entity)
        .and_where(place::Column::Kind.eq(kind.as_str()))
        .and_where(place::Column::HolderId.eq(holder))
        .to_owned();
    balance::Column::PlaceId.in_subquery(places)
}

async fn described(tx: &ReadTx, rows: Vec<balance::Model>) -> Result<Vec<StockBalance>> {
    let product_ids: HashSet<Uuid> = rows.iter().map(|r| r.product_id).collect();
    let org_ids: HashSet<Uuid> = rows.iter().map(|r| r.org_id).collect();
    let (ids, orgs): (Vec<Uuid>, Vec<Uuid>) =
        (product_ids.iter().copied().collect(), org_ids.iter().copied().collect());
    let under_way = crate::transfer::under_way(tx, &orgs, &ids).await?;
    let ordered = crate::expected::expected(tx, &ids).await?;
    let products = facts::products(tx, product_ids).await?;
    let stations = facts::stations(tx, org_ids).await?;
    let places = places::by_id(tx, rows.iter().map(|r| r.place_id).collect::<HashSet<_>>()).await?;
    let names = facts::place_names(tx, places.values().copied()).await?;
    let bins = crate::bins::bins(tx, places.values().map(|place| place.holder), ids).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    let one = |row: balance::Model| {
        let lost = || Failure::Internal("a balance points nowhere".to_owned());
        let product = products.get(&row.product_id).ok_or_else(lost)?;
        let balance::Model {
            id,
            version,
            created_at,
            updated_at,
            org_id,
            place_id,
            product_id,
            condition,
            owner,
            on_hand,
            reserved,
            value,
        } = row;
        let holder = places.get(&place_id).map(|place| place.holder);
        let place = described_place(&places, &names, place_id)?;
        let (condition, owner) = (stored(&condition)?, stored(&owner)?);
        // what is under way is good, the company's own, and goes into a warehouse
        let awaits = (place.kind, condition, owner) == (PlaceKind::Warehouse, Condition::Good, Owner::Company);
        let incoming = under_way.get(&(org_id, product_id)).filter(|_| awaits);
        let ordered = holder.and_then(|holder| ordered.get(&(holder, product_id))).filter(|_| awaits);
        Ok(StockBalance {
            id: id.into(),
            version,
            created_at: created_at.into(),
            updated_at: updated_at.into(),
            org_id: org_id.into(),
            org_name: stations.of(org_id),
            place,
            product_id: product_id.into(),
            product_code: ItemCode::stored(product.code.clone()),
            product_name: Text::stored(product.name.clone()),
            product_kind: product.kind,
            brand_name: product.brand.clone(),
            model: product.model.clone(),
            bin: holder.and_then(|holder| bins.get(&(holder, product_id)).cloned()),
            condition,
            owner,
            on_hand: Quantity(on_hand),
            reserved: Quantity(reserved),
            available: Quantity(on_hand - reserved),
            incoming: incoming.copied().unwrap_or_default(),
            ordered: ordered.copied().unwrap_or_default(),
            value: sees_cost.then_some(Money(value)),
        })
    };
    rows.into_iter().map(one).collect()
}

/// How much of a product lies ready in a warehouse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Available {
    /// On hand.
    pub on_hand: Quantity,
    /// Reserved for tickets.
    pub reserved: Quantity,
}

impl Available {
    /// On hand and not reserved.
    pub fn free(self) -> Quantity {
        self.on_hand - self.reserved
    }
}

/// The company's good stock of some products in a warehouse; a product that never lay there is left out.
pub async fn available(
    tx: &ReadTx,
    warehouse: WarehouseId,
    products: impl IntoIterator<Item = ProductId>,
) -> Result<HashMap<ProductId, Available>> {
    available_as(tx, warehouse, Condition::Good, products).await
}

/// The same of the company's stock in another condition.
pub async fn available_as(
    tx: &ReadTx,
    warehouse: WarehouseId,
    condition: Condition,
    products: impl IntoIterator<Item = ProductId>,
) -> Result<HashMap<ProductId, Available>> {
    use balance::Column as C;
    let rows = balance::Entity::find()
        .filter(held_by(PlaceKind::Warehouse, warehouse.uuid()))
        .filter(C::ProductId.is_in(products.into_iter().map(|id| id.uuid())))
        .filter(C::Condition.eq(condition.as_str()))
        .filter(C::Owner.eq(Owner::Company.as_str()))
        .all(tx.conn())
        .await?;
    let one = |row: balance::Model| {
        (row.product_id.into(), Available { on_hand: Quantity(row.on_hand), reserved: Quantity(row.reserved) })
    };
    Ok(rows.into_iter().map(one).collect())
}

/// What an engineer holds of one product at a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustodyLine {
    /// Engineer.
    pub engineer: UserId,
    /// Product.
    pub product: ProductId,
    /// Quantity.
    pub quantity: Quantity,
}

/// What the engineers in reach of the call hold, in any condition: of one's own or the team's for a right that reaches
/// only that far.
pub async fn custody(tx: &ReadTx, org: Option<OrgId>, engineer: Option<UserId>) -> Result<Vec<CustodyLine>> {
    use balance::Column as C;
    let own = match &tx.context().reach {
        Reach::People(people, _) => Some(place::Column::HolderId.is_in(people.iter().copied())),
        _ => None,
    };
    let custody = sea_orm::Condition::all()
        .add(place::Column::Kind.eq(PlaceKind::Custody.as_str()))
        .add_option(own)
        .add_option(engineer.map(|id| place::Column::HolderId.eq(id.uuid())));
    let places = place::Entity::find().filter(custody).all(tx.conn()).await?;
    let holders: HashMap<Uuid, Uuid> = places.into_iter().map(|place| (place.id, place.holder_id)).collect();
    let mut rows = Vec::new();
    let ids: Vec<Uuid> = holders.keys().copied().collect();
    for part in ids.chunks(500) {
        let mut select = balance::Entity::find()
            .filter(tx.stations_in_reach(C::OrgId))
            .filter(C::PlaceId.is_in(part.iter().copied()))
            .filter(C::OnHand.gt(0));
        if let Some(org) = org {
            select = select.filter(C::OrgId.eq(org.uuid()));
        }
        rows.extend(select.all(tx.conn()).await?);
    }
    let line = |row: balance::Model| {
        let engineer = (*holders.get(&row.place_id)?).into();
        Some(CustodyLine { engineer, product: row.product_id.into(), quantity: Quantity(row.on_hand) })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}

/// What the goods are worth by station and account.
pub async fn values(tx: &ReadTx) -> Result<BTreeMap<(Uuid, Account), Money>> {
    let sql = "SELECT b.org_id, p.kind AS place, b.condition, d.kind AS product, CAST(SUM(b.value) AS BIGINT) AS value \
        FROM stock_balance b JOIN stock_place p ON p.id = b.place_id JOIN product d ON d.id = b.product_id \
        GROUP BY b.org_id, p.kind, b.condition, d.kind";
    let rows = tx.conn().query_all_raw(Statement::from_string(tx.conn().get_database_backend(), sql)).await?;
    let mut sums: BTreeMap<(Uuid, Account), Money> = BTreeMap::new();
    for row in rows {
        let text = |column: &str| row.try_get::<String>("", column);
        let is_unit = stored::<ProductKind>(&text("product")?)? == ProductKind::Unit;
        let account = goods_account(stored(&text("place")?)?, stored(&text("condition")?)?, is_unit);
        let Some(account) = account else { continue };
        *sums.entry((row.try_get("", "org_id")?, account)).or_default() += Money(row.try_get("", "value")?);
    }
    Ok(sums)
}

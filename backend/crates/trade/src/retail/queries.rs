//! Reads.

use super::entity::{back, back_line, payment, sale, sale_line};
use openapi::choice::Choice;
use openapi::finance::PayMethod;
use openapi::master::product::ProductRow;
use openapi::stock::STOCK_COST;
use openapi::trade::retail::SaleCondition;
use openapi::trade::retail::back::{
    GetRetailReturn, ListRetailReturns, RetailReturn, RetailReturnLine, RetailReturnRow,
};
use openapi::trade::retail::sale::{
    FindRetailGoods, GetRetailSale, ListRetailSales, RetailGoods, RetailGoodsFound, RetailLine, RetailReturnLink,
    RetailSale, RetailSaleRow,
};
use openapi::trade::retail::{RETAIL_RETURN, RetailAction, RetailPayment, RetailState};
use openapi::{ItemCode, Money, Page, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document::{self, Document};
use platform::doc::lifecycle::stored;
use platform::{Call, Failure, ReadTx, Result, narrowed, sorted};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn sales(tx: &ReadTx, call: Call<ListRetailSales>) -> Result<Page<RetailSaleRow>> {
    use sale::Column as C;
    let filter = &call.query.filter;
    let paid_by = |methods: &openapi::query::AnyOf<PayMethod>| {
        let paid = payment::Entity::find()
            .select_only()
            .column(payment::Column::DocumentId)
            .filter(payment::Column::Method.is_in(methods.0.iter().map(ToString::to_string)));
        C::Id.in_subquery(paid.into_query())
    };
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id customer_id CustomerId, text number Number
    )
    .add_option(filter.method.as_ref().map(paid_by))
    .add_option(filter.effective_from.map(|day| C::EffectiveOn.gte(day.naive())))
    .add_option(filter.effective_until.map(|day| C::EffectiveOn.lte(day.naive())));
    let shape = Shape {
        sorts: sorted!(C:
            created_at CreatedAt, updated_at UpdatedAt, effective_at EffectiveAt, number Number, total Total
        ),
        search: &[C::Number, C::CashierName, C::Remark],
    };
    let found = page(tx, &call.query, sale::Entity::find().filter(all), &shape).await?;
    let names = Names::of(tx, found.items.iter().map(|r| (r.org_id, r.customer_id))).await?;
    let mut methods = methods_of(tx, found.items.iter().map(|row| row.id)).await?;
    found.try_map(|row| {
        let (org_name, customer_name) = (names.org(row.org_id), names.customer(row.customer_id));
        let methods = methods.remove(&row.id).unwrap_or_default();
        Ok(shown!(row => RetailSaleRow {
            id, version, created_at, updated_at, org_id, number, state, cashier_name, effective_at, line_count, total,
            refunded, points, remark,
        } with { org_name, customer_name, methods })?)
    })
}

/// Names of stations and customers.
struct Names {
    stations: HashMap<Uuid, identity::api::Station>,
    customers: HashMap<Uuid, String>,
}

impl Names {
    async fn of(tx: &ReadTx, ids: impl Iterator<Item = (Uuid, Option<Uuid>)>) -> Result<Self> {
        let (orgs, customers): (Vec<Uuid>, Vec<Option<Uuid>>) = ids.unzip();
        Ok(Names {
            stations: identity::api::stations_named(tx.conn(), orgs).await?,
            customers: master::api::customer_named(tx, customers.into_iter().flatten()).await?,
        })
    }

    fn org(&self, id: Uuid) -> Text<100> {
        Text::stored(self.stations.get(&id).map_or_else(String::new, |station| station.name.clone()))
    }

    fn customer(&self, id: Option<Uuid>) -> Option<Text<100>> {
        id.and_then(|id| self.customers.get(&id).cloned()).map(Text::stored)
    }
}

async fn methods_of(tx: &ReadTx, documents: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, Vec<PayMethod>>> {
    let rows = payment::Entity::find()
        .filter(payment::Column::DocumentId.is_in(documents))
        .order_by_asc(payment::Column::LineNo)
        .all(tx.conn())
        .await?;
    let mut methods = HashMap::<Uuid, Vec<PayMethod>>::new();
    for row in rows {
        let method = stored(&row.method)?;
        let of = methods.entry(row.document_id).or_default();
        if !of.contains(&method) {
            of.push(method);
        }
    }
    Ok(methods)
}

pub async fn sale(tx: &ReadTx, call: Call<GetRetailSale>) -> Result<RetailSale> {
    sale_detail(tx, tx.get::<sale::Entity>(call.path.id).await?).await
}

/// The detail of a sale.
pub async fn sale_detail(tx: &ReadTx, row: sale::Model) -> Result<RetailSale> {
    let names = Names::of(tx, [(row.org_id, row.customer_id)].into_iter()).await?;
    let rows = document::lines_of::<sale_line::Entity>(tx, row.id).await?;
    let products = master::api::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    let is_open = row.state == RetailState::Posted.as_str() && rows.iter().any(|l| l.returned < l.quantity);
    let is_returnable = is_open && tx.may_at(RETAIL_RETURN, row.org_id).await?;
    let line = |row: sale_line::Model| {
        let (product_code, product_name) = called(&products, row.product_id)?;
        let cost = sees_cost.then_some(Money(row.cost));
        let refundable = Money(if is_open { row.amount - row.credited } else { 0 });
        Ok::<_, Failure>(shown!(row => RetailLine {
            id, product_id, serial, condition, quantity, list_price, unit_price, discount, amount, vat, returned, refunded,
        } with { product_code, product_name, cost, refundable })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let warehouse = master::api::warehouses(tx, [row.warehouse_id]).await?.remove(&row.warehouse_id);
    let warehouse_name = Text::stored(warehouse.map(|w| w.name.to_string()).unwrap_or_default());
    let mirror = sale::Entity::find().filter(sale::Column::ReversalOf.eq(row.id)).one(tx.conn()).await?;
    let returns = returns_of(tx, row.id).await?.into_iter();
    let link = |r: back::Model| RetailReturnLink { id: r.id.into(), number: r.number, refund: Money(r.refund) };
    let returns = returns.map(link).collect();
    let payments = payments_of(tx, row.id).await?;
    let postings = stock::api::postings_of(tx, row.id).await?;
    let allowed = allowed::<sale::Entity>(tx, &row, row.cashier_id)?;
    let (org_name, customer_name) = (names.org(row.org_id), names.customer(row.customer_id));
    let cost_total = sees_cost.then_some(Money(row.cost_total));
    let reversed_by = mirror.map(|row| row.id.into());
    Ok(shown!(row => RetailSale {
        id, version, created_at, updated_at, org_id, number, state, warehouse_id, customer_id, cashier_id, cashier_name,
        effective_at, gross, discount, total, vat_total, tendered, change, points, refunded, remark, reversal_of, reason,
    } with {
        allowed, is_editable: false, org_name, warehouse_name, customer_name, cost_total, is_returnable, reversed_by,
        lines, payments, returns, postings,
    })?)
}

/// Code and name of a product.
fn called(products: &HashMap<Uuid, ProductRow>, id: Uuid) -> Result<(ItemCode, Text<120>)> {
    let product = products.get(&id).ok_or_else(|| Failure::Internal("a line has no product".to_owned()))?;
    Ok((product.code.clone(), product.name.clone()))
}

/// The person at the counter is not offered to take the own document back.
fn allowed<E: Document<Life: openapi::document::Lifecycle<Action = RetailAction>>>(
    tx: &ReadTx,
    row: &E::Model,
    cashier: Uuid,
) -> Result<Vec<RetailAction>> {
    let own = cashier == tx.actor().user_id;
    Ok(if own { Vec::new() } else { document::allowed::<E>(tx, row)? })
}

async fn payments_of(tx: &ReadTx, document: Uuid) -> Result<Vec<RetailPayment>> {
    let rows = document::lines_of::<payment::Entity>(tx, document).await?;
    let names = master::api::bank_accounts(tx, rows.iter().map(|p| p.bank_account_id)).await?;
    let one = |row: payment::Model| {
        let name = names.get(&row.bank_account_id).map(|account| account.name.to_string());
        let bank_account_name = Text::stored(name.unwrap_or_default());
        Ok(shown!(row => RetailPayment { method, bank_account_id, amount, reference } with { bank_account_name })?)
    };
    rows.into_iter().map(one).collect()
}

/// The returns of a sale that stand, oldest first.
pub async fn returns_of(tx: &ReadTx, sale: Uuid) -> Result<Vec<back::Model>> {
    let select = back::Entity::find()
        .filter(back::Column::SaleId.eq(sale))
        .filter(back::Column::State.eq(RetailState::Posted.as_str()));
    Ok(select.order_by_asc(back::Column::CreatedAt).order_by_asc(back::Column::Id).all(tx.conn()).await?)
}

pub async fn backs(tx: &ReadTx, call: Call<ListRetailReturns>) -> Result<Page<RetailReturnRow>> {
    use back::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id customer_id CustomerId, id sale_id SaleId, text number Number
    );
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, effective_at EffectiveAt, number Number),
        search: &[C::Number, C::CashierName, C::Remark],
    };
    let found = page(tx, &call.query, back::Entity::find().filter(all), &shape).await?;
    let names = Names::of(tx, found.items.iter().map(|r| (r.org_id, r.customer_id))).await?;
    let sales = sales_named(tx, found.items.iter().map(|row| row.sale_id)).await?;
    found.try_map(|row| {
        let (org_name, customer_name) = (names.org(row.org_id), names.customer(row.customer_id));
        let sale_number = sales.get(&row.sale_id).cloned().unwrap_or_default();
        Ok(shown!(row => RetailReturnRow {
            id, version, created_at, updated_at, org_id, number, state, cashier_name, effective_at, refund, remark,
        } with { org_name, customer_name, sale_number })?)
    })
}

async fn sales_named(tx: &ReadTx, ids: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let rows = sale::Entity::find().filter(sale::Column::Id.is_in(ids)).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.number)).collect())
}

pub async fn back(tx: &ReadTx, call: Call<GetRetailReturn>) -> Result<RetailReturn> {
    back_detail(tx, tx.get::<back::Entity>(call.path.id).await?).await
}

/// The detail of a return.
pub async fn back_detail(tx: &ReadTx, row: back::Model) -> Result<RetailReturn> {
    let names = Names::of(tx, [(row.org_id, row.customer_id)].into_iter()).await?;
    let rows = document::lines_of::<back_line::Entity>(tx, row.id).await?;
    let products = master::api::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    let line = |row: back_line::Model| {
        let (product_code, product_name) = called(&products, row.product_id)?;
        let (cost, value) = (sees_cost.then_some(Money(row.cost)), sees_cost.then_some(Money(row.value)));
        Ok::<_, Failure>(shown!(row => RetailReturnLine {
            id, sale_line_id, product_id, serial, condition, quantity, deduction, refund, vat,
        } with { product_code, product_name, cost, value })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let sale_number = sales_named(tx, [row.sale_id].into_iter()).await?.remove(&row.sale_id).unwrap_or_default();
    let mirror = back::Entity::find().filter(back::Column::ReversalOf.eq(row.id)).one(tx.conn()).await?;
    let reversed_by = mirror.map(|row| row.id.into());
    let payments = payments_of(tx, row.id).await?;
    let postings = stock::api::postings_of(tx, row.id).await?;
    let allowed = allowed::<back::Entity>(tx, &row, row.cashier_id)?;
    let (org_name, customer_name) = (names.org(row.org_id), names.customer(row.customer_id));
    let loss = sees_cost.then_some(Money(row.loss));
    Ok(shown!(row => RetailReturn {
        id, version, created_at, updated_at, org_id, number, state, sale_id, customer_id, cashier_id, cashier_name,
        effective_at, refund, vat_total, points, remark, reversal_of, reason,
    } with {
        allowed, is_editable: false, org_name, sale_number, customer_name, loss, reversed_by, lines, payments, postings,
    })?)
}

pub async fn goods(tx: &ReadTx, call: Call<FindRetailGoods>) -> Result<RetailGoodsFound> {
    let query = call.query.0;
    master::api::choose_warehouse(tx, query.warehouse_id, "?warehouse_id").await?;
    let found = stock::api::find_goods(tx, query.warehouse_id, &query.code).await?;
    let products = super::counter::products(tx, found.iter().map(|f| f.product.uuid()), tx.today()).await?;
    let again = super::counter::refurbished(tx, products.keys().copied(), tx.today()).await?;
    let one = |goods: stock::api::Found| {
        let product = products.get(&goods.product.uuid())?.clone();
        let is_new = goods.condition == openapi::stock::Condition::Good;
        let listed = again.get(&goods.product.uuid()).copied().unwrap_or_default();
        Some(RetailGoods {
            product_id: goods.product,
            product_code: product.code,
            product_name: product.name,
            uom: product.uom,
            is_serial_tracked: product.is_serial_tracked,
            serial: goods.serial,
            condition: if is_new { SaleCondition::Good } else { SaleCondition::Refurbished },
            serials: goods.serials,
            retail_price: if is_new { product.retail_price } else { listed },
            available: goods.free,
        })
    };
    Ok(RetailGoodsFound { items: found.into_iter().filter_map(one).collect() })
}

//! Shortage and overstock of each part in each warehouse.

use super::demand::{Demand, PERIODS, Window, demand};
use super::forecast::{self, Levels};
use crate::facts;
use crate::ledger::snapshot::marks;
use chrono::{DateTime, Duration, Utc};
use num_traits::ToPrimitive;
use openapi::choice::Choice;
use openapi::problem::field;
use openapi::stock::STOCK_COST;
use openapi::stock::analysis::{
    AbcClass, AnalysisQuery, DemandPattern, ForecastMethod, GetStockAnalysis, StockAnalysis, StockNeed, StockVerdict,
};
use openapi::{Date, Issue, ItemCode, Money, Quantity, Text};
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ConnectionTrait, Statement, Value};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// How many rows one answer carries.
pub const CAP: usize = 2000;

/// What the asker wishes.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    pub cycle_days: i64,
    pub cover_days: i64,
    pub lead_days: i64,
    /// In basis points.
    pub fill_rate: i64,
}

impl Wishes {
    /// What was asked for, or which parameter is out of bounds.
    pub fn of(query: &AnalysisQuery) -> Result<Self> {
        let bounded = |name: &str, asked: Option<i64>, usual: i64, min: i64, max: i64| match asked.unwrap_or(usual) {
            value if (min..=max).contains(&value) => Ok(value),
            _ => Err(Failure::field(name, Issue::new(field::OUT_OF_RANGE).with("min", min).with("max", max))),
        };
        Ok(Wishes {
            cycle_days: bounded("?cycle_days", query.cycle_days, 30, 7, 90)?,
            cover_days: bounded("?cover_days", query.cover_days, 45, 7, 365)?,
            lead_days: bounded("?lead_days", query.lead_days, 7, 0, 180)?,
            fill_rate: bounded("?fill_rate", query.fill_rate, 9500, 5000, 9990)?,
        })
    }
}

/// A warehouse with one product, before it has names.
#[derive(Clone, Debug)]
pub struct Cell {
    pub org: Uuid,
    pub warehouse: Uuid,
    pub product: Uuid,
    pub available: i64,
    pub incoming: i64,
    pub ordered: i64,
    pub value: i64,
    pub demand: Demand,
    pub judged: Judged,
    pub abc: AbcClass,
}

/// What follows from demand and stock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    pub pattern: DemandPattern,
    pub method: ForecastMethod,
    /// In thousandths a period.
    pub forecast: i64,
    pub lasts_days: Option<i64>,
    pub least: i64,
    pub target: i64,
    pub shortage: i64,
    pub surplus: i64,
    pub verdict: StockVerdict,
}

fn float(number: i64) -> f64 {
    number.to_f64().unwrap_or_default()
}

/// Up to whole pieces, in thousandths.
fn pieces(quantity: f64) -> i64 {
    // a little above a whole piece is what the arithmetic leaves, not a need
    (quantity - 1e-6).ceil().max(0.0).to_i64().unwrap_or_default().saturating_mul(1000)
}

/// Whether `there`, in thousandths, is enough for demand like that of the periods.
pub fn judge(periods: &[i64], there: i64, wishes: Wishes) -> Judged {
    let series: Vec<f64> = periods.iter().map(|q| float((*q).max(0)) / 1000.0).collect();
    let forecast = forecast::forecast(&series);
    let cycle = float(wishes.cycle_days);
    let (lead, cover) = (float(wishes.lead_days) / cycle, float(wishes.cover_days) / cycle);
    let Levels { least, target } = forecast::levels(forecast, lead, cover, float(wishes.fill_rate) / 10_000.0);
    let (least, target) = (pieces(least), pieces(target));
    // what another cover would use up is not too much yet
    let most = target + pieces(forecast.mean * cover);
    let verdict = match () {
        () if forecast.method == ForecastMethod::Nothing && there > 0 => StockVerdict::Idle,
        () if there < least => StockVerdict::Shortage,
        () if there > most => StockVerdict::Overstock,
        () => StockVerdict::Enough,
    };
    let is_short = verdict == StockVerdict::Shortage;
    let gives = matches!(verdict, StockVerdict::Overstock | StockVerdict::Idle);
    let days = |mean: f64| (float(there) / 1000.0 / mean * cycle).floor().to_i64().unwrap_or(i64::MAX);
    Judged {
        pattern: forecast::pattern(&series),
        method: forecast.method,
        forecast: (forecast.mean * 1000.0).round().to_i64().unwrap_or_default(),
        lasts_days: (forecast.mean > 0.0).then(|| days(forecast.mean).clamp(0, 9999)),
        least,
        target,
        shortage: if is_short { target - there } else { 0 },
        // only whole pieces can be sent
        surplus: if gives { (there - target) / 1000 * 1000 } else { 0 },
        verdict,
    }
}

/// Classes by share of the value that is used, of (product, value used).
pub fn classes(used: &BTreeMap<Uuid, i128>) -> HashMap<Uuid, AbcClass> {
    let total: i128 = used.values().sum();
    let mut order: Vec<(Uuid, i128)> = used.iter().map(|(id, value)| (*id, *value)).collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut before = 0_i128;
    let class = |(id, value): (Uuid, i128)| {
        let class = match before * 100 {
            _ if value <= 0 => AbcClass::C,
            share if share < total * 80 => AbcClass::A,
            share if share < total * 95 => AbcClass::B,
            _ => AbcClass::C,
        };
        before += value;
        (id, class)
    };
    order.into_iter().map(class).collect()
}

pub async fn analysis(tx: &ReadTx, call: Call<GetStockAnalysis>) -> Result<StockAnalysis> {
    let query = call.query.0;
    let (mut cells, window) = cells(tx, &query).await?;
    if let Some(wanted) = &query.verdict {
        cells.retain(|cell| wanted.0.contains(&cell.judged.verdict));
    }
    let is_capped = cells.len() > CAP;
    cells.truncate(CAP);
    let (from, to) = (Date::from(tx.date_of(window.begin())), Date::from(tx.date_of(window.end)));
    Ok(StockAnalysis { from, to, items: described(tx, cells).await?, is_capped })
}

/// Every good warehouse and product with stock or demand in reach, the most urgent first.
pub async fn cells(tx: &ReadTx, query: &AnalysisQuery) -> Result<(Vec<Cell>, Window)> {
    let wishes = Wishes::of(query)?;
    let window = Window { end: tx.now(), period: Duration::days(wishes.cycle_days) };
    let stock = on_shelves(tx, query).await?;
    let places: HashSet<Uuid> = stock.iter().map(|row| row.place).collect();
    let mut wanted = demand(tx, window, &places.into_iter().collect::<Vec<_>>()).await?;
    let orgs: Vec<Uuid> = stock.iter().map(|row| row.org).collect::<HashSet<_>>().into_iter().collect();
    let products: Vec<Uuid> = stock.iter().map(|row| row.product).collect::<HashSet<_>>().into_iter().collect();
    let mut arriving = under_way(tx, &orgs, &products).await?;
    let ordered = crate::expected::expected(tx, &products).await?;
    let mut used: BTreeMap<Uuid, i128> = BTreeMap::new();
    let mut cells = Vec::new();
    for row in stock {
        let blank = || Demand { periods: vec![0; PERIODS], last: None };
        let demand = wanted.remove(&(row.place, row.product)).unwrap_or_else(blank);
        let incoming = arriving.remove(&(row.org, row.product)).unwrap_or_default();
        let ordered = ordered.get(&(row.warehouse, row.product)).copied().unwrap_or_default().0;
        let consumed: i64 = demand.periods.iter().sum();
        if row.on_hand == 0 && incoming == 0 && ordered == 0 && consumed == 0 {
            continue;
        }
        // the value of what was used, at what the goods there cost; of an empty shelf nothing is known
        let each = i128::from(row.value) * 1000 / i128::from(row.on_hand.max(1));
        *used.entry(row.product).or_default() += i128::from(consumed.max(0)) * each / 1000;
        let judged = judge(&demand.periods, row.available + incoming + ordered, wishes);
        let Shelf { org, warehouse, product, available, value, .. } = row;
        cells.push(Cell {
            org,
            warehouse,
            product,
            available,
            incoming,
            ordered,
            value,
            demand,
            judged,
            abc: AbcClass::C,
        });
    }
    let classes = classes(&used);
    for cell in &mut cells {
        cell.abc = classes.get(&cell.product).copied().unwrap_or(AbcClass::C);
    }
    let urgency = |verdict: StockVerdict| match verdict {
        StockVerdict::Shortage => 0,
        StockVerdict::Overstock => 1,
        StockVerdict::Idle => 2,
        StockVerdict::Enough => 3,
    };
    cells.sort_by_key(|cell| (urgency(cell.judged.verdict), cell.abc.as_str(), cell.product, cell.warehouse));
    Ok((cells, window))
}

/// The good stock of one product in one warehouse.
struct Shelf {
    org: Uuid,
    warehouse: Uuid,
    place: Uuid,
    product: Uuid,
    on_hand: i64,
    available: i64,
    value: i64,
}

async fn on_shelves(tx: &ReadTx, query: &AnalysisQuery) -> Result<Vec<Shelf>> {
    let orgs = reachable(tx, query.org_id.map(|id| id.uuid()), query.include_below == Some(true)).await?;
    let mut values: Vec<Value> = Vec::new();
    let mut narrow = format!("b.org_id IN ({})", marks(&mut values, &orgs));
    if orgs.is_empty() {
        return Ok(Vec::new());
    }
    for (column, id) in
        [("w.id", query.warehouse_id.map(|id| id.uuid())), ("b.product_id", query.product_id.map(|id| id.uuid()))]
    {
        if let Some(id) = id {
            values.push(id.into());
            narrow.push_str(&format!(" AND {column} = ${}", values.len()));
        }
    }
    if let Some(kinds) = &query.product_kind {
        let first = values.len() + 1;
        values.extend(kinds.0.iter().map(|kind| Value::from(kind.to_string())));
        let marks: Vec<String> = (first..=values.len()).map(|n| format!("${n}")).collect();
        narrow.push_str(&format!(" AND d.kind IN ({})", marks.join(", ")));
    }
    let sql = format!(
        "SELECT b.org_id, w.id AS warehouse_id, b.place_id, b.product_id, b.on_hand, b.on_hand - b.reserved AS available, \
         b.value FROM stock_balance b JOIN stock_place p ON p.id = b.place_id AND p.kind = 'warehouse' \
         JOIN warehouse w ON w.id = p.holder_id AND w.kind = 'good' AND w.is_active \
         JOIN product d ON d.id = b.product_id AND d.is_active \
         WHERE b.condition = 'good' AND b.owner = 'company' AND {narrow} ORDER BY w.code, w.id, b.product_id"
    );
    let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values);
    let row = |row: sea_orm::QueryResult| {
        Ok(Shelf {
            org: row.try_get("", "org_id")?,
            warehouse: row.try_get("", "warehouse_id")?,
            place: row.try_get("", "place_id")?,
            product: row.try_get("", "product_id")?,
            on_hand: row.try_get("", "on_hand")?,
            available: row.try_get("", "available")?,
            value: row.try_get("", "value")?,
        })
    };
    tx.conn().query_all_raw(statement).await?.into_iter().map(row).collect()
}

/// The stations in reach that are asked for.
pub async fn reachable(tx: &ReadTx, org: Option<Uuid>, is_below: bool) -> Result<Vec<Uuid>> {
    let top = match org {
        Some(org) if !is_below => vec![org],
        Some(org) => identity::api::stations_below(tx.conn(), org).await?,
        None => identity::api::stations_below(tx.conn(), identity::api::headquarters(tx.app()).await?.0).await?,
    };
    let mut reached = Vec::new();
    for org in top {
        if tx.reaches_org(org).await? {
            reached.push(org);
        }
    }
    Ok(reached)
}

async fn under_way(tx: &ReadTx, orgs: &[Uuid], products: &[Uuid]) -> Result<HashMap<(Uuid, Uuid), i64>> {
    let found = crate::transfer::under_way(tx, orgs, products).await?;
    Ok(found.into_iter().map(|(key, quantity)| (key, quantity.0)).collect())
}

async fn described(tx: &ReadTx, cells: Vec<Cell>) -> Result<Vec<StockNeed>> {
    let products = facts::products(tx, cells.iter().map(|c| c.product).collect::<HashSet<_>>()).await?;
    let warehouses = facts::warehouses(tx, cells.iter().map(|c| c.warehouse).collect::<HashSet<_>>()).await?;
    let stations = facts::stations(tx, cells.iter().map(|c| c.org).collect::<HashSet<_>>()).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    let lost = || Failure::Internal("a balance points nowhere".to_owned());
    let day = |at: DateTime<Utc>| Date::from(tx.date_of(at));
    let row = |cell: Cell| {
        let product = products.get(&cell.product).ok_or_else(lost)?;
        let warehouse = warehouses.get(&cell.warehouse).ok_or_else(lost)?;
        let Judged { pattern, method, forecast, lasts_days, least, target, shortage, surplus, verdict } = cell.judged;
        Ok(StockNeed {
            org_id: cell.org.into(),
            org_name: stations.of(cell.org),
            warehouse_id: cell.warehouse.into(),
            warehouse_name: Text::stored(warehouse.name.clone()),
            product_id: cell.product.into(),
            product_code: ItemCode::stored(product.code.clone()),
            product_name: Text::stored(product.name.clone()),
            available: Quantity(cell.available),
            incoming: Quantity(cell.incoming),
            ordered: Quantity(cell.ordered),
            consumed: Quantity(cell.demand.periods.iter().sum()),
            periods: cell.demand.periods.into_iter().map(Quantity).collect(),
            pattern,
            method,
            forecast: Quantity(forecast),
            lasts_days,
            least: Quantity(least),
            target: Quantity(target),
            shortage: Quantity(shortage),
            surplus: Quantity(surplus),
            verdict,
            abc: cell.abc,
            last_used_on: cell.demand.last.map(day),
            value: sees_cost.then_some(Money(cell.value)),
        })
    };
    cells.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WISHES: Wishes = Wishes { cycle_days: 30, cover_days: 45, lead_days: 7, fill_rate: 9500 };

    #[test]
    fn steady_demand_wants_what_the_cover_and_the_way_use() {
        let steady = [30_000; PERIODS];
        let judged = judge(&steady, 60_000, WISHES);
        // thirty in thirty days: seven for the way, forty-five for the cover
        assert_eq!((judged.forecast, judged.least, judged.target), (30_000, 7_000, 52_000));
        assert_eq!((judged.verdict, judged.lasts_days), (StockVerdict::Enough, Some(60)));
        let short = judge(&steady, 6_000, WISHES);
        assert_eq!((short.verdict, short.shortage, short.surplus), (StockVerdict::Shortage, 46_000, 0));
        let over = judge(&steady, 120_500, WISHES);
        assert_eq!((over.verdict, over.shortage, over.surplus), (StockVerdict::Overstock, 0, 68_000));
    }

    #[test]
    fn what_nobody_asks_for_is_idle_and_nothing_at_all_is_enough() {
        let idle = judge(&[0; PERIODS], 5_000, WISHES);
        assert_eq!((idle.verdict, idle.surplus, idle.lasts_days), (StockVerdict::Idle, 5_000, None));
        assert_eq!(judge(&[0; PERIODS], 0, WISHES).verdict, StockVerdict::Enough);
    }

    #[test]
    fn four_fifths_of_the_value_are_a() {
        let id = Uuid::from_u128;
        let used = BTreeMap::from([(id(1), 700), (id(2), 200), (id(3), 60), (id(4), 40), (id(5), 0)]);
        let found = classes(&used);
        let of = |n: u128| found.get(&id(n)).copied();
        assert_eq!([of(1), of(2)], [Some(AbcClass::A); 2]);
        assert_eq!([of(3), of(4), of(5)], [Some(AbcClass::B), Some(AbcClass::C), Some(AbcClass::C)]);
    }
}

//! What stock must know of products, warehouses and people: a few facts, by id.

use crate::ledger::model::Place;
use openapi::choice::Choice;
use openapi::master::product::{ProductKind, ProductRow};
use openapi::problem::field;
use openapi::stock::PlaceKind;
use openapi::{Issue, Text};
use platform::{ReadTx, Result};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A product, as far as stock is concerned.
#[derive(Clone, Debug)]
pub struct Product {
    pub code: String,
    pub name: String,
    pub kind: ProductKind,
    pub is_serial_tracked: bool,
    pub is_active: bool,
    pub brand: Option<Text<60>>,
    pub model: Option<Text<60>>,
}

impl Product {
    /// Whether a new document may name it: goods in use. A service lies nowhere.
    pub fn is_goods(&self) -> bool {
        self.is_active && self.kind != ProductKind::Service
    }
}

/// What is wrong with the product of a line, with its pointer: it is not goods in use, or `seen` holds it already because
/// it stands on the document once and no more.
pub fn stands_once(
    products: &HashMap<Uuid, Product>,
    seen: &mut HashSet<Uuid>,
    line_no: i32,
    id: Uuid,
) -> Option<(String, Issue)> {
    let code = match products.get(&id) {
        Some(product) if product.is_goods() => (!seen.insert(id)).then_some(field::DUPLICATE)?,
        _ => field::REFERENCE_NOT_FOUND,
    };
    Some((format!("/lines/{line_no}/product_id"), Issue::new(code)))
}

/// A warehouse, as far as stock is concerned.
#[derive(Clone, Debug)]
pub struct Warehouse {
    pub org: Uuid,
    pub name: String,
    pub is_active: bool,
}

/// Products by id.
pub async fn products(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Product>> {
    let rows = master::api::products(tx, ids).await?;
    let one = |row: ProductRow| Product {
        code: row.code.into(),
        name: row.name.into(),
        kind: row.kind,
        is_serial_tracked: row.is_serial_tracked,
        is_active: row.is_active,
        brand: row.brand_name,
        model: row.model,
    };
    Ok(rows.into_iter().map(|(id, row)| (id, one(row))).collect())
}

/// Warehouses by id.
pub async fn warehouses(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Warehouse>> {
    let rows = master::api::warehouse_facts(tx, ids).await?;
    let one = |(id, org, name, is_active): (Uuid, Uuid, String, bool)| (id, Warehouse { org, name, is_active });
    Ok(rows.into_iter().map(one).collect())
}

/// Names of stations.
pub struct StationNames(HashMap<Uuid, identity::api::Station>);

impl StationNames {
    /// The name; empty for a station that is not there, which foreign keys rule out.
    pub fn of<const MAX: usize>(&self, id: Uuid) -> Text<MAX> {
        Text::stored(self.0.get(&id).map_or_else(String::new, |station| station.name.clone()))
    }
}

/// Names of stations by id.
pub async fn stations(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<StationNames> {
    Ok(StationNames(identity::api::stations_named(tx.conn(), ids).await?))
}

/// Names of people by id.
pub async fn people(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = Query::select()
        .columns([Alias::new("id"), Alias::new("name")])
        .from(Alias::new("app_user"))
        .and_where(Expr::col(Alias::new("id")).is_in(ids))
        .to_owned();
    let rows = tx.conn().query_all(&query).await?;
    rows.into_iter().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "name")?))).collect()
}

/// Which products are meant.
#[derive(Clone, Copy, Debug, Default)]
pub struct Meant<'a> {
    /// Words, each in code, name or model.
    pub words: Option<&'a str>,
    /// Words of the model.
    pub model: Option<&'a str>,
    /// Any of these kinds; empty means any.
    pub kinds: &'a [ProductKind],
    pub brand: Option<Uuid>,
    pub category: Option<Uuid>,
}

impl Meant<'_> {
    /// Whether every product is meant.
    pub fn is_any(&self) -> bool {
        let Meant { words, model, kinds, brand, category } = self;
        words.is_none() && model.is_none() && kinds.is_empty() && brand.is_none() && category.is_none()
    }

    /// The ids of the products, as a query.
    pub fn ids(&self, tx: &ReadTx) -> sea_orm::sea_query::SelectStatement {
        let mut query = Query::select().column(Alias::new("id")).from(Alias::new("product")).to_owned();
        let holds = |column: &'static str, word: &str| tx.dialect().contains(Alias::new(column), word);
        for word in self.words.unwrap_or_default().split_whitespace() {
            let columns = ["code", "name", "model"];
            query.cond_where(columns.into_iter().fold(sea_orm::Condition::any(), |any, c| any.add(holds(c, word))));
        }
        for word in self.model.unwrap_or_default().split_whitespace() {
            query.and_where(holds("model", word));
        }
        if !self.kinds.is_empty() {
            query.and_where(Expr::col(Alias::new("kind")).is_in(self.kinds.iter().map(|k| k.as_str())));
        }
        for (column, id) in [("brand_id", self.brand), ("category_id", self.category)] {
            if let Some(id) = id {
                query.and_where(Expr::col(Alias::new(column)).eq(id));
            }
        }
        query
    }
}

/// Code and name of a product, for messages.
pub async fn product_label(tx: &ReadTx, id: Uuid) -> Result<String> {
    let known = products(tx, [id]).await?;
    Ok(known.get(&id).map_or_else(|| id.to_string(), |p| format!("{} {}", p.code, p.name)))
}

/// Names of places: of the warehouse or the engineer, of goods in transit the number of their transfer, of goods at
/// a factory its name, of what is refurbished the number of the refurbishment; places outside have none.
pub async fn place_names(tx: &ReadTx, places: impl IntoIterator<Item = Place>) -> Result<HashMap<Uuid, String>> {
    let places: Vec<Place> = places.into_iter().collect();
    let holders = |kind| places.iter().filter(move |p| p.kind == kind).map(|p| p.holder);
    let warehouses = warehouses(tx, holders(PlaceKind::Warehouse)).await?;
    let people = people(tx, holders(PlaceKind::Custody)).await?;
    let transfers = crate::transfer::numbers(tx, holders(PlaceKind::Transit)).await?;
    let benches = crate::refurb::numbers(tx, holders(PlaceKind::Refurbishing)).await?;
    let factories: Vec<Uuid> = holders(PlaceKind::Factory).collect();
    let factories = match factories.is_empty() {
        true => HashMap::new(),
        false => master::api::customer_named(tx, factories).await?,
    };
    let name = |place: &Place| match place.kind {
        PlaceKind::Warehouse => warehouses.get(&place.holder).map(|w| w.name.clone()),
        PlaceKind::Custody => people.get(&place.holder).cloned(),
        PlaceKind::Transit => transfers.get(&place.holder).cloned(),
        PlaceKind::Refurbishing => benches.get(&place.holder).cloned(),
        PlaceKind::Factory => factories.get(&place.holder).cloned(),
        _ => None,
    };
    Ok(places.iter().filter_map(|place| Some((place.id, name(place)?))).collect())
}

/// The name of a place, for messages.
pub async fn place_label(tx: &ReadTx, place: Place) -> Result<String> {
    let names = place_names(tx, [place]).await?;
    Ok(names.get(&place.id).cloned().unwrap_or_else(|| place.kind.label(tx.lang()).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_in_use_stand_once_and_nothing_else_stands_at_all() {
        let product = |kind, is_active| Product {
            code: String::new(),
            name: String::new(),
            kind,
            is_serial_tracked: false,
            is_active,
            brand: None,
            model: None,
        };
        let [part, service, gone, unknown] = [1, 2, 3, 4].map(Uuid::from_u128);
        let products = HashMap::from([
            (part, product(ProductKind::Part, true)),
            (service, product(ProductKind::Service, true)),
            (gone, product(ProductKind::Part, false)),
        ]);
        let mut seen = HashSet::new();
        let mut code = |line_no, id| stands_once(&products, &mut seen, line_no, id).map(|(at, issue)| (at, issue.code));
        let wrong = |at: &str, code| Some((at.to_owned(), code));
        assert_eq!(code(0, part), None);
        assert_eq!(code(1, part), wrong("/lines/1/product_id", field::DUPLICATE));
        for id in [service, gone, unknown] {
            assert_eq!(code(2, id), wrong("/lines/2/product_id", field::REFERENCE_NOT_FOUND));
        }
    }
}

//! Bins: where in a warehouse a part lies. They say where to look, not how much there is: that is the ledger's.

mod import;

pub use import::BinBook;

use crate::facts;
use crate::ledger::entity::{balance, place};
use openapi::choice::Choice;
use openapi::stock::PlaceKind;
use openapi::stock::bin::{Bin, BinDraft, CreateBin, DeleteBin, GetBin, ListBins, UpdateBin};
use openapi::{Issue, ItemCode, Page, Quantity, Text, problem, shown};
use platform::db::list::{Shape, page};
use platform::http::{Api, read, write};
use platform::{Call, Failure, ReadTx, Result, Tx, narrowed, sorted};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

platform::table! {
    /// Where a part lies.
    bin = "bin", org = OrgId {
        warehouse_id: Uuid, product_id: Uuid, code: String, remark: Option<String>,
    }
}

pub(crate) fn mount(api: &mut Api) {
    read::<ListBins>(api, list);
    read::<GetBin>(api, get);
    write::<CreateBin>(api, create);
    write::<UpdateBin>(api, update);
    write::<DeleteBin>(api, delete);
}

/// Names of bins by warehouse and part.
pub(crate) type Bins = HashMap<(Uuid, Uuid), Text<20>>;

/// Where parts lie in some warehouses.
pub(crate) async fn bins(
    tx: &ReadTx,
    warehouses: impl IntoIterator<Item = Uuid>,
    products: impl IntoIterator<Item = Uuid>,
) -> Result<Bins> {
    let found = bin::Entity::find()
        .filter(bin::Column::WarehouseId.is_in(warehouses))
        .filter(bin::Column::ProductId.is_in(products))
        .all(tx.conn())
        .await?;
    Ok(found.into_iter().map(|row| ((row.warehouse_id, row.product_id), Text::stored(row.code))).collect())
}

async fn list(tx: &ReadTx, call: Call<ListBins>) -> Result<Page<Bin>> {
    use bin::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C: id org_id OrgId, id warehouse_id WarehouseId, id product_id ProductId);
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, code Code),
        search: &[C::Code, C::Remark],
    };
    let found = page(tx, &call.query, bin::Entity::find().filter(all), &shape).await?;
    let Page { items, next_cursor, has_more, total } = found;
    Ok(Page { items: described(tx, items).await?, next_cursor, has_more, total })
}

async fn get(tx: &ReadTx, call: Call<GetBin>) -> Result<Bin> {
    one(tx, tx.get::<bin::Entity>(call.path.id).await?).await
}

async fn one(tx: &ReadTx, row: bin::Model) -> Result<Bin> {
    let mut described = described(tx, vec![row]).await?;
    described.pop().ok_or_else(|| Failure::Internal("a bin was lost".to_owned()))
}

async fn described(tx: &ReadTx, rows: Vec<bin::Model>) -> Result<Vec<Bin>> {
    let warehouse_ids: HashSet<Uuid> = rows.iter().map(|row| row.warehouse_id).collect();
    let product_ids: HashSet<Uuid> = rows.iter().map(|row| row.product_id).collect();
    let lying = lying(tx, &warehouse_ids, &product_ids).await?;
    let warehouses = facts::warehouses(tx, warehouse_ids).await?;
    let products = facts::products(tx, product_ids).await?;
    let one = |row: bin::Model| {
        let lost = || Failure::Internal("a bin points nowhere".to_owned());
        let product = products.get(&row.product_id).ok_or_else(lost)?;
        let warehouse = warehouses.get(&row.warehouse_id).ok_or_else(lost)?;
        let on_hand = lying.get(&(row.warehouse_id, row.product_id)).copied().unwrap_or_default();
        let (product_code, product_name) = (ItemCode::stored(product.code.clone()), Text::stored(product.name.clone()));
        let warehouse_name = Text::stored(warehouse.name.clone());
        Ok(shown!(row => Bin { id, version, created_at, updated_at, org_id, warehouse_id, product_id, code, remark }
            with { warehouse_name, product_code, product_name, on_hand })?)
    };
    rows.into_iter().map(one).collect()
}

/// What lies in some warehouses of some parts, whatever its condition and owner.
async fn lying(
    tx: &ReadTx,
    warehouses: &HashSet<Uuid>,
    products: &HashSet<Uuid>,
) -> Result<HashMap<(Uuid, Uuid), Quantity>> {
    let places = place::Entity::find()
        .filter(place::Column::Kind.eq(PlaceKind::Warehouse.as_str()))
        .filter(place::Column::HolderId.is_in(warehouses.iter().copied()))
        .all(tx.conn())
        .await?;
    let holders: HashMap<Uuid, Uuid> = places.into_iter().map(|place| (place.id, place.holder_id)).collect();
    let cells = balance::Entity::find()
        .filter(balance::Column::PlaceId.is_in(holders.keys().copied()))
        .filter(balance::Column::ProductId.is_in(products.iter().copied()))
        .all(tx.conn())
        .await?;
    let mut lying: HashMap<(Uuid, Uuid), Quantity> = HashMap::new();
    for cell in cells {
        if let Some(warehouse) = holders.get(&cell.place_id) {
            *lying.entry((*warehouse, cell.product_id)).or_default() += Quantity(cell.on_hand);
        }
    }
    Ok(lying)
}

async fn create(tx: &Tx, call: Call<CreateBin>) -> Result<Bin> {
    one(tx, add(tx, call.body).await?).await
}

/// Gives a part its bin.
async fn add(tx: &Tx, draft: BinDraft) -> Result<bin::Model> {
    let warehouse = master::api::choose_warehouse(tx, draft.warehouse_id, "/warehouse_id").await?;
    master::api::choose_product(tx, draft.product_id, "/product_id").await?;
    let BinDraft { warehouse_id, product_id, code, remark } = draft;
    let row = bin::Model {
        org_id: warehouse.org_id.uuid(),
        warehouse_id: warehouse_id.uuid(),
        product_id: product_id.uuid(),
        code: code.into(),
        remark: remark.map(Into::into),
        ..Default::default()
    };
    tx.create::<bin::Entity>(row).await
}

async fn update(tx: &Tx, call: Call<UpdateBin>) -> Result<Bin> {
    let before = tx.lock::<bin::Entity>(call.path.id).await?;
    one(tx, change(tx, before, call.body).await?).await
}

/// Puts a part into another bin.
async fn change(tx: &Tx, before: bin::Model, draft: BinDraft) -> Result<bin::Model> {
    let BinDraft { warehouse_id, product_id, code, remark } = draft;
    let is_fixed = |pointer| Failure::field(pointer, Issue::new(problem::field::UNKNOWN_VALUE));
    if warehouse_id.uuid() != before.warehouse_id {
        return Err(is_fixed("/warehouse_id"));
    }
    if product_id.uuid() != before.product_id {
        return Err(is_fixed("/product_id"));
    }
    let after = bin::Model { code: code.into(), remark: remark.map(Into::into), ..before.clone() };
    tx.save::<bin::Entity>(&before, after).await
}

async fn delete(tx: &Tx, call: Call<DeleteBin>) -> Result<()> {
    let row = tx.lock::<bin::Entity>(call.path.id).await?;
    bin::Entity::delete_by_id(row.id).exec(tx.conn()).await?;
    tx.audit("bin", row.id, Some(serde_json::to_string(&row)?), None);
    Ok(())
}

//! Reads.

use super::entity::warehouse;
use super::model::{self, Names};
use crate::place;
use crate::station_record::{self, Columns, StationRecord, Wanted};
use openapi::Page;
use openapi::master::warehouse::{GetWarehouse, ListWarehouses, Warehouse, WarehouseKind, WarehouseRow};
use platform::{Call, ReadTx, Result};
use uuid::Uuid;

impl StationRecord for warehouse::Entity {
    type Row = WarehouseRow;
    type Kind = WarehouseKind;
    fn columns() -> Columns<warehouse::Column> {
        use warehouse::Column::{Code, IsActive, Kind, Name, OrgId};
        Columns { org: OrgId, code: Code, name: Name, kind: Kind, is_active: IsActive }
    }
    fn id_of(row: &WarehouseRow) -> Uuid {
        row.id.uuid()
    }
    async fn rows(tx: &ReadTx, found: Vec<warehouse::Model>) -> Result<Vec<WarehouseRow>> {
        let names = names_behind(tx, &found).await?;
        found.into_iter().map(|row| model::list_row(row, &names)).collect()
    }
}

pub async fn list(tx: &ReadTx, call: Call<ListWarehouses>) -> Result<Page<WarehouseRow>> {
    let filter = &call.query.filter;
    let wanted = Wanted { kind: filter.kind.as_ref(), org_id: filter.org_id, is_active: filter.is_active };
    station_record::page::<warehouse::Entity, _>(tx, &call.query, wanted).await
}

pub async fn get(tx: &ReadTx, call: Call<GetWarehouse>) -> Result<Warehouse> {
    detail(tx, tx.get::<warehouse::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: warehouse::Model) -> Result<Warehouse> {
    let names = names_behind(tx, std::slice::from_ref(&row)).await?;
    model::detail(row, &names)
}

async fn names_behind(tx: &ReadTx, rows: &[warehouse::Model]) -> Result<Names> {
    let orgs = place::org_names(tx, rows.iter().map(|row| row.org_id)).await?;
    let managers = place::user_names(tx, rows.iter().filter_map(|row| row.manager_id)).await?;
    Ok(Names { orgs, managers })
}

//! Draft → row → contract.

use super::entity::warehouse;
use openapi::choice::Choice;
use openapi::master::warehouse::{Warehouse, WarehouseDraft, WarehouseRow};
use openapi::{ItemCode, Note, Text};
use platform::Result;
use platform::doc::lifecycle::stored;
use std::collections::HashMap;
use uuid::Uuid;

/// Names of the stations and people behind some warehouses.
pub struct Names {
    /// Stations.
    pub orgs: HashMap<Uuid, String>,
    /// People.
    pub managers: HashMap<Uuid, String>,
}

/// Writes a draft into a row; stamps, owner and use stay.
pub fn filled(row: warehouse::Model, draft: WarehouseDraft) -> warehouse::Model {
    let WarehouseDraft { org_id: _, code, name, kind, manager_id, address, remark } = draft;
    warehouse::Model {
        code: code.into(),
        name: name.into(),
        kind: kind.as_str().to_owned(),
        manager_id: manager_id.map(Into::into),
        address: address.map(Into::into),
        remark: remark.map(Into::into),
        ..row
    }
}

/// The detail.
pub fn detail(row: warehouse::Model, names: &Names) -> Result<Warehouse> {
    let warehouse::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        org_id,
        code,
        name,
        kind,
        manager_id,
        address,
        remark,
        is_active,
    } = row;
    Ok(Warehouse {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        org_id: org_id.into(),
        org_name: Text::stored(names.orgs.get(&org_id).cloned().unwrap_or_default()),
        code: ItemCode::stored(code),
        name: Text::stored(name),
        kind: stored(&kind)?,
        manager_name: manager_id.and_then(|id| names.managers.get(&id)).cloned().map(Text::stored),
        manager_id: manager_id.map(Into::into),
        address: address.map(Text::stored),
        remark: remark.map(Note::stored),
        is_active,
    })
}

/// The line in a list.
pub fn list_row(row: warehouse::Model, names: &Names) -> Result<WarehouseRow> {
    let Warehouse {
        id,
        version,
        created_at,
        updated_at,
        org_id,
        org_name,
        code,
        name,
        kind,
        manager_id,
        manager_name,
        is_active,
        ..
    } = detail(row, names)?;
    Ok(WarehouseRow {
        id,
        version,
        created_at,
        updated_at,
        org_id,
        org_name,
        code,
        name,
        kind,
        manager_id,
        manager_name,
        is_active,
    })
}

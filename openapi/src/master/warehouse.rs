//! Warehouses of the stations.

use super::{WAREHOUSE_EDIT, WAREHOUSE_VIEW};
use crate::identity::{OrgId, UserId};
use crate::query::AnyOf;
use crate::{
    ById, Created, Detail, Id, ItemCode, Note, Page, Resource, Text, Timestamp, Versioned, choices, endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Id of a warehouse.
pub type WarehouseId = Id<Warehouse>;

choices! {
    /// What a warehouse keeps.
    WarehouseKind {
        Good = "good" ("良品库", "Good parts", Success),
        Bad = "bad" ("坏件库", "Bad parts", Danger),
        Unit = "unit" ("整机库", "Whole units", Info),
        Refurb = "refurb" ("翻新库", "Refurbished", Info),
        Loaner = "loaner" ("备用机库", "Loaners", Info),
        Engineer = "engineer" ("工程师库", "Engineer custody", Neutral),
        Van = "van" ("车载库", "Van", Neutral),
        Transit = "transit" ("在途库", "In transit", Warning),
        CustomerHeld = "customer_held" ("客户送修机", "Customers' units", Neutral),
        Scrap = "scrap" ("报废库", "Scrap", Danger),
    }
}

/// What is typed in for a warehouse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WarehouseDraft {
    /// The station; left out, one's own. It cannot be changed later.
    #[serde(default)]
    pub org_id: Option<OrgId>,
    /// Code, unique within the station.
    pub code: ItemCode,
    /// Name.
    pub name: Text<60>,
    /// What it keeps.
    pub kind: WarehouseKind,
    /// Who answers for it.
    #[serde(default)]
    pub manager_id: Option<UserId>,
    /// Where it is.
    #[serde(default)]
    pub address: Option<Text<200>>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<500>>,
}

/// A warehouse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Warehouse {
    /// Id.
    pub id: WarehouseId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// The station.
    pub org_id: OrgId,
    /// Name of the station.
    pub org_name: Text<100>,
    /// Code, unique within the station.
    pub code: ItemCode,
    /// Name.
    pub name: Text<60>,
    /// What it keeps.
    pub kind: WarehouseKind,
    /// Who answers for it.
    pub manager_id: Option<UserId>,
    /// Name of that person.
    pub manager_name: Option<Text<60>>,
    /// Where it is.
    pub address: Option<Text<200>>,
    /// Remark.
    pub remark: Option<Note<500>>,
    /// Whether new documents may choose it.
    pub is_active: bool,
}
impl Resource for Warehouse {
    const NAME: &'static str = "warehouse";
}
impl Versioned for Warehouse {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A warehouse in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WarehouseRow {
    /// Id.
    pub id: WarehouseId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// The station.
    pub org_id: OrgId,
    /// Name of the station.
    pub org_name: Text<100>,
    /// Code, unique within the station.
    pub code: ItemCode,
    /// Name.
    pub name: Text<60>,
    /// What it keeps.
    pub kind: WarehouseKind,
    /// Who answers for it.
    pub manager_id: Option<UserId>,
    /// Name of that person.
    pub manager_name: Option<Text<60>>,
    /// Whether new documents may choose it.
    pub is_active: bool,
}

/// Filter of the warehouse list. `q` looks in code and name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct WarehouseFilter {
    /// One kind, or several separated by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<WarehouseKind>, required = false))]
    pub kind: Option<AnyOf<WarehouseKind>>,
    /// Only this station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Whether new documents may choose it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_active: Option<bool>,
}
impl crate::page::Filter for WarehouseFilter {
    const SORTS: &'static [&'static str] = &["code", "name", "created_at", "updated_at"];
    const DEFAULT_SORT: &'static str = "code";
}

endpoints! { "Warehouses";
    /// List warehouses of the stations in reach.
    ListWarehouses: Get "/api/v1/master/warehouses" needs WAREHOUSE_VIEW, list WarehouseFilter => Page<WarehouseRow>;
    /// Read a warehouse.
    GetWarehouse: Get "/api/v1/master/warehouses/{id}" needs WAREHOUSE_VIEW, path ById<Warehouse> => Detail<Warehouse>;
    /// Add a warehouse.
    CreateWarehouse: Post "/api/v1/master/warehouses" needs WAREHOUSE_EDIT, body WarehouseDraft => Created<Warehouse>;
    /// Change a warehouse.
    UpdateWarehouse: Put "/api/v1/master/warehouses/{id}" needs WAREHOUSE_EDIT, path ById<Warehouse>, body WarehouseDraft => Detail<Warehouse>;
    /// Take a warehouse out of use.
    DeactivateWarehouse: Post "/api/v1/master/warehouses/{id}/deactivate" needs WAREHOUSE_EDIT, path ById<Warehouse> => Detail<Warehouse>;
    /// Take a warehouse back into use.
    ActivateWarehouse: Post "/api/v1/master/warehouses/{id}/activate" needs WAREHOUSE_EDIT, path ById<Warehouse> => Detail<Warehouse>;
}

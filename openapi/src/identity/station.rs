//! Stations: the tree from the headquarters over the regions down to the service stations, of any depth.

use super::{OrgId, STATION_EDIT, STATION_NAME_VIEW, STATION_VIEW};
use crate::query::AnyOf;
use crate::{
    ById, Created, Detail, Json, Note, Page, Phone, Resource, StationCode, Text, Timestamp, Versioned, choices,
    endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

choices! {
    /// What a node of the station tree is.
    StationKind {
        Headquarters = "headquarters" ("总部", "Headquarters", Neutral),
        Region = "region" ("大区", "Region", Info),
        Station = "station" ("网点", "Station", Success),
    }
    /// Whether a station works.
    StationState {
        Open = "open" ("营业", "Open", Success),
        Closed = "closed" ("停用", "Closed", Neutral),
    }
    /// What can be done to a station.
    StationAction {
        Edit = "edit" ("编辑", "Edit", Neutral),
        Close = "close" ("停用", "Close", Danger),
        Reopen = "reopen" ("启用", "Reopen", Success),
    }
}

/// What is typed in for a station. Another parent moves the station with everything below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StationDraft {
    /// The node above; null only for the headquarters.
    #[serde(default)]
    pub parent_id: Option<OrgId>,
    /// Region or station. The headquarters exists from the start.
    pub kind: StationKind,
    /// Code, unique, part of document numbers.
    pub code: StationCode,
    /// Name.
    pub name: Text<100>,
    /// Grade of the station in the network, for example `A`.
    #[serde(default)]
    pub grade: Option<Text<20>>,
    /// Province, city and district.
    #[serde(default)]
    pub region: Option<Text<100>>,
    /// Street and house.
    #[serde(default)]
    pub address: Option<Text<200>>,
    /// Telephone.
    #[serde(default)]
    pub phone: Option<Phone>,
    /// Person in charge.
    #[serde(default)]
    pub contact: Option<Text<60>>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<500>>,
}

/// A station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Station {
    /// Id.
    pub id: OrgId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// The node above; null for the headquarters.
    pub parent_id: Option<OrgId>,
    /// Name of the node above.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "华东大区"))]
    pub parent_name: Option<String>,
    /// Headquarters, region or station.
    pub kind: StationKind,
    /// Code.
    pub code: StationCode,
    /// Name.
    pub name: Text<100>,
    /// Codes from the headquarters down to this node.
    #[cfg_attr(feature = "schema", schema(max_length = 1000, example = "/HQ/EAST/HZ01/"))]
    pub path: String,
    /// Grade in the network.
    pub grade: Option<Text<20>>,
    /// Province, city and district.
    pub region: Option<Text<100>>,
    /// Street and house.
    pub address: Option<Text<200>>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// Person in charge.
    pub contact: Option<Text<60>>,
    /// Remark.
    pub remark: Option<Note<500>>,
    /// Whether it works.
    pub state: StationState,
    /// Active users of exactly this node.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 7))]
    pub user_count: i64,
    /// What the caller may do to it now.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub allowed: Vec<StationAction>,
}
impl Resource for Station {
    const NAME: &'static str = "org";
}
impl Versioned for Station {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A station in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StationRow {
    /// Id.
    pub id: OrgId,
    /// Version.
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// The node above.
    pub parent_id: Option<OrgId>,
    /// Headquarters, region or station.
    pub kind: StationKind,
    /// Code.
    pub code: StationCode,
    /// Name.
    pub name: Text<100>,
    /// Codes from the headquarters down to this node.
    #[cfg_attr(feature = "schema", schema(max_length = 1000, example = "/HQ/EAST/HZ01/"))]
    pub path: String,
    /// Grade in the network.
    pub grade: Option<Text<20>>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// Person in charge.
    pub contact: Option<Text<60>>,
    /// Whether it works.
    pub state: StationState,
    /// Active users of exactly this node.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 7))]
    pub user_count: i64,
}

/// Id of a station, where only its name is asked for.
pub type StationNameId = crate::Id<StationName>;

/// Code and name of a station, for everybody who deals with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StationName {
    /// Id of the station.
    pub id: StationNameId,
    /// Counts the changes of the station, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Headquarters, region or station.
    pub kind: StationKind,
    /// Code.
    pub code: StationCode,
    /// Name.
    pub name: Text<100>,
    /// Whether it works.
    pub state: StationState,
}
impl Resource for StationName {
    const NAME: &'static str = "station_name";
}
impl Versioned for StationName {
    fn version(&self) -> i64 {
        self.version
    }
}

crate::filter! {
    /// Filter of the list of names. `q` looks in code and name.
    StationNameFilter by "code", "name", "created_at", "updated_at" {
        /// Open, closed, or both.
        state: any StationState,
    }
}

/// Filter of the station list. `q` looks in code, name, contact and address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct StationFilter {
    /// Kinds, separated by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<StationKind>, required = false))]
    pub kind: Option<AnyOf<StationKind>>,
    /// Open, closed, or both.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<StationState>, required = false))]
    pub state: Option<AnyOf<StationState>>,
    /// This node and everything below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub below: Option<OrgId>,
    /// Exactly this code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 20, nullable = false))]
    pub code: Option<StationCode>,
}
impl crate::page::Filter for StationFilter {
    const SORTS: &'static [&'static str] = &["path", "code", "name", "created_at", "updated_at"];
    const DEFAULT_SORT: &'static str = "path";
}

/// The part of the station tree that the caller sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StationTree {
    /// Each node after the one above it; siblings by code. At most 5,000.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub items: Vec<StationRow>,
}

endpoints! { "Stations";
    /// The station tree as far as one sees it.
    GetStationTree: Get "/api/v1/identity/station-tree" needs STATION_VIEW => Json<StationTree>;
    /// List stations.
    ListStations: Get "/api/v1/identity/stations" needs STATION_VIEW, list StationFilter => Page<StationRow>;
    /// Read a station.
    GetStation: Get "/api/v1/identity/stations/{id}" needs STATION_VIEW, path ById<Station> => Detail<Station>;
    /// List the names of all stations, wherever they are.
    ListStationNames: Get "/api/v1/identity/station-names" needs STATION_NAME_VIEW, list StationNameFilter => Page<StationName>;
    /// Read the name of a station.
    GetStationName: Get "/api/v1/identity/station-names/{id}" needs STATION_NAME_VIEW, path ById<StationName> => Detail<StationName>;
    /// Open a new station.
    CreateStation: Post "/api/v1/identity/stations" needs STATION_EDIT, body StationDraft => Created<Station>;
    /// Change or move a station.
    ///
    /// Another parent moves it with everything below it.
    UpdateStation: Put "/api/v1/identity/stations/{id}" needs STATION_EDIT, path ById<Station>, body StationDraft => Detail<Station>;
    /// Close a station.
    ///
    /// Possible when nobody works there and every station below is closed.
    CloseStation: Post "/api/v1/identity/stations/{id}/close" needs STATION_EDIT, path ById<Station> => Detail<Station>;
    /// Reopen a closed station.
    ReopenStation: Post "/api/v1/identity/stations/{id}/reopen" needs STATION_EDIT, path ById<Station> => Detail<Station>;
}

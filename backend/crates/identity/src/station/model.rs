//! Where a station may lie, and draft → row → contract.

use super::entity::org;
use openapi::choice::Choice;
use openapi::identity::station::{
    Station, StationAction, StationDraft, StationKind, StationName, StationRow, StationState,
};
use openapi::identity::{STATION_CLOSED, STATION_EDIT, STATION_PARENT};
use openapi::problem::field;
use openapi::{Issue, Note, Phone, StationCode, Text};
use platform::doc::lifecycle::stored;
use platform::{Actor, Failure, Result};

/// Whether a node of one kind may lie below one of another. Stations may have stations below them, of any depth.
pub fn may_lie_below(kind: StationKind, parent: StationKind) -> bool {
    match kind {
        StationKind::Headquarters => false,
        StationKind::Region => matches!(parent, StationKind::Headquarters | StationKind::Region),
        StationKind::Station => true,
    }
}

/// Writes a draft into a row, which then lies below `parent`; stamps, state and id stay.
/// The headquarters keep their kind and have no parent.
pub fn filled(row: org::Model, draft: StationDraft, parent: Option<&org::Model>) -> Result<org::Model> {
    let StationDraft { parent_id: _, kind, code, name, grade, region, address, phone, contact, remark } = draft;
    let root = row.kind == StationKind::Headquarters.as_str();
    match (root, kind, parent) {
        (true, StationKind::Headquarters, None) => {}
        (true, StationKind::Headquarters, Some(_)) => return Err(at("/parent_id", STATION_PARENT)),
        (true, _, _) | (false, StationKind::Headquarters, _) => return Err(at("/kind", field::UNKNOWN_VALUE)),
        (false, _, None) => return Err(at("/parent_id", field::REQUIRED)),
        (false, kind, Some(parent)) => placed(&row, kind, parent)?,
    }
    Ok(org::Model {
        parent_id: parent.map(|p| p.id),
        kind: kind.as_str().to_owned(),
        path: format!("{}{}/", parent.map_or("/", |p| p.path.as_str()), &*code),
        code: code.into(),
        name: name.into(),
        grade: grade.map(Into::into),
        region: region.map(Into::into),
        address: address.map(Into::into),
        phone: phone.map(Into::into),
        contact: contact.map(Into::into),
        remark: remark.map(Into::into),
        ..row
    })
}

fn placed(row: &org::Model, kind: StationKind, parent: &org::Model) -> Result<()> {
    let is_below_itself = !row.path.is_empty() && parent.path.starts_with(&row.path);
    if is_below_itself || !may_lie_below(kind, stored(&parent.kind)?) {
        return Err(at("/parent_id", STATION_PARENT));
    }
    let stays = row.parent_id == Some(parent.id);
    if parent.is_active || stays { Ok(()) } else { Err(at("/parent_id", STATION_CLOSED)) }
}

fn at(pointer: &str, code: openapi::Code) -> Failure {
    Failure::field(pointer, Issue::new(code))
}

/// The state of a station.
pub fn state(row: &org::Model) -> StationState {
    if row.is_active { StationState::Open } else { StationState::Closed }
}

/// What the actor may do.
pub fn allowed(actor: &Actor, row: &org::Model, is_in_reach: bool) -> Vec<StationAction> {
    if !is_in_reach || !actor.may(STATION_EDIT) {
        return Vec::new();
    }
    match (state(row), row.kind == StationKind::Headquarters.as_str()) {
        (_, true) => vec![StationAction::Edit],
        (StationState::Open, _) => vec![StationAction::Edit, StationAction::Close],
        (StationState::Closed, _) => vec![StationAction::Edit, StationAction::Reopen],
    }
}

/// The detail.
pub fn detail(
    row: org::Model,
    parent_name: Option<String>,
    user_count: i64,
    allowed: Vec<StationAction>,
) -> Result<Station> {
    let state = state(&row);
    let org::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        parent_id,
        kind,
        code,
        name,
        path,
        grade,
        region,
        address,
        phone,
        contact,
        remark,
        is_active: _,
    } = row;
    Ok(Station {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        parent_id: parent_id.map(Into::into),
        parent_name,
        kind: stored(&kind)?,
        code: StationCode::stored(code),
        name: Text::stored(name),
        path,
        grade: grade.map(Text::stored),
        region: region.map(Text::stored),
        address: address.map(Text::stored),
        phone: phone.map(Phone::stored),
        contact: contact.map(Text::stored),
        remark: remark.map(Note::stored),
        state,
        user_count,
        allowed,
    })
}

/// The line in a list and the node of the tree.
pub fn list_row(row: org::Model, user_count: i64) -> Result<StationRow> {
    let state = state(&row);
    Ok(StationRow {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        parent_id: row.parent_id.map(Into::into),
        kind: stored(&row.kind)?,
        code: StationCode::stored(row.code),
        name: Text::stored(row.name),
        path: row.path,
        grade: row.grade.map(Text::stored),
        phone: row.phone.map(Phone::stored),
        contact: row.contact.map(Text::stored),
        state,
        user_count,
    })
}

/// Code and name.
pub fn name(row: org::Model) -> Result<StationName> {
    let state = state(&row);
    Ok(openapi::shown!(row => StationName { id, version, created_at, updated_at, kind, code, name } with { state })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(kind: StationKind, path: &str) -> org::Model {
        org::Model {
            id: platform::new_id(),
            kind: kind.as_str().to_owned(),
            path: path.to_owned(),
            is_active: true,
            ..Default::default()
        }
    }

    fn draft(kind: StationKind) -> StationDraft {
        StationDraft {
            parent_id: None,
            kind,
            code: "hz01".parse().unwrap(),
            name: "杭州".parse().unwrap(),
            grade: None,
            region: None,
            address: None,
            phone: None,
            contact: None,
            remark: None,
        }
    }

    fn code(result: Result<org::Model>) -> String {
        let problem = result.unwrap_err().problem(openapi::Lang::En, "", "");
        problem.errors.into_iter().map(|e| format!("{} {}", e.pointer, e.code)).collect()
    }

    #[test]
    fn a_new_station_gets_the_path_of_its_parent_and_its_code() {
        let east = node(StationKind::Region, "/HQ/EAST/");
        let row = filled(org::Model::default(), draft(StationKind::Station), Some(&east)).unwrap();
        assert_eq!((row.path.as_str(), row.parent_id), ("/HQ/EAST/HZ01/", Some(east.id)));
    }

    #[test]
    fn a_node_never_lies_below_itself_or_below_the_wrong_kind() {
        let east = node(StationKind::Region, "/HQ/EAST/");
        let below = node(StationKind::Station, "/HQ/EAST/HZ01/");
        assert_eq!(code(filled(east.clone(), draft(StationKind::Region), Some(&below))), "/parent_id station_parent");
        assert_eq!(code(filled(east.clone(), draft(StationKind::Region), Some(&east))), "/parent_id station_parent");
        let lone = org::Model::default();
        assert_eq!(code(filled(lone.clone(), draft(StationKind::Region), Some(&below))), "/parent_id station_parent");
        assert_eq!(code(filled(lone.clone(), draft(StationKind::Headquarters), Some(&east))), "/kind unknown_value");
        assert_eq!(code(filled(lone.clone(), draft(StationKind::Station), None)), "/parent_id required");
        let closed = org::Model { is_active: false, ..east };
        assert_eq!(code(filled(lone, draft(StationKind::Station), Some(&closed))), "/parent_id station_closed");
    }

    #[test]
    fn the_headquarters_stay_where_they_are() {
        let root = node(StationKind::Headquarters, "/HQ/");
        assert!(filled(root.clone(), draft(StationKind::Headquarters), None).is_ok_and(|r| r.path == "/HZ01/"));
        assert_eq!(code(filled(root.clone(), draft(StationKind::Station), None)), "/kind unknown_value");
        let other = node(StationKind::Region, "/HQ/EAST/");
        assert_eq!(code(filled(root, draft(StationKind::Headquarters), Some(&other))), "/parent_id station_parent");
    }
}

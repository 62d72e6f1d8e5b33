//! The station tree.

use crate::support::TestApp;
use crate::support::client::{Client, Refused, version};
use openapi::identity::OrgId;
use openapi::identity::station::{
    CloseStation, CreateStation, GetStation, GetStationTree, ReopenStation, Station, StationAction, StationDraft,
    StationKind, StationState, UpdateStation,
};
use openapi::{ById, Nothing, Role};

fn draft(parent: OrgId, kind: StationKind, code: &str) -> StationDraft {
    StationDraft {
        parent_id: Some(parent),
        kind,
        code: code.parse().unwrap(),
        name: format!("{code} 站").parse().unwrap(),
        grade: None,
        region: None,
        address: None,
        phone: None,
        contact: None,
        remark: None,
    }
}

async fn open(by: &Client, parent: OrgId, kind: StationKind, code: &str) -> Result<Station, Refused> {
    by.call::<CreateStation>(Nothing, Nothing, draft(parent, kind, code)).await
}

async fn paths(by: &Client) -> Vec<String> {
    let tree = by.call::<GetStationTree>(Nothing, Nothing, Nothing).await.unwrap();
    tree.items.into_iter().map(|node| node.path).collect()
}

/// Proves: S1p-2.1
#[actix_web::test]
async fn the_tree_has_any_depth_and_a_moved_branch_takes_everything_along() {
    let app = TestApp::start().await;
    let root: OrgId = app.headquarters().await.into();
    let admin = app.person("admin-test", &[Role::Administrator], root.uuid()).await.1;
    let east = open(&admin, root, StationKind::Region, "east").await.unwrap();
    let west = open(&admin, root, StationKind::Region, "west").await.unwrap();
    let hangzhou = open(&admin, east.id, StationKind::Station, "HZ01").await.unwrap();
    let mut below = hangzhou.id;
    for code in ["HZ02", "HZ03", "HZ04"] {
        below = open(&admin, below, StationKind::Station, code).await.unwrap().id;
    }
    let manager = app.person("19145", &[Role::StationManager], hangzhou.id.uuid()).await.1;
    assert_eq!(paths(&manager).await.len(), 4, "the own station and everything below it");
    assert_eq!(paths(&manager).await[3], "/HQ/EAST/HZ01/HZ02/HZ03/HZ04/");

    let moved = draft(west.id, StationKind::Station, "HZ09");
    let moved = admin.call_with::<UpdateStation>(ById { id: hangzhou.id }, Nothing, moved, version(1)).await.unwrap();
    assert_eq!((moved.path.as_str(), moved.parent_id), ("/HQ/WEST/HZ09/", Some(west.id)));
    assert_eq!(
        paths(&admin).await,
        [
            "/HQ/",
            "/HQ/EAST/",
            "/HQ/WEST/",
            "/HQ/WEST/HZ09/",
            "/HQ/WEST/HZ09/HZ02/",
            "/HQ/WEST/HZ09/HZ02/HZ03/",
            "/HQ/WEST/HZ09/HZ02/HZ03/HZ04/"
        ]
    );
    assert_eq!(paths(&manager).await.len(), 4, "the manager's rights moved along, in the same session");

    let circle = draft(below, StationKind::Station, "HZ09");
    let circle =
        admin.call_with::<UpdateStation>(ById { id: hangzhou.id }, Nothing, circle, version(moved.version)).await;
    assert_eq!(circle.unwrap_err().errors(), [("/parent_id", "station_parent")]);
    let region = open(&admin, below, StationKind::Region, "R1").await.unwrap_err();
    assert_eq!(region.errors(), [("/parent_id", "station_parent")]);
    let second = open(&admin, root, StationKind::Headquarters, "HQ2").await.unwrap_err();
    assert_eq!(second.errors(), [("/kind", "unknown_value")]);
    let twin = open(&admin, root, StationKind::Station, "hz02").await.unwrap_err();
    assert_eq!((twin.status, twin.errors()), (409, vec![("/code", "taken")]));
}

/// Proves: S1p-2.1
#[actix_web::test]
async fn a_station_closes_only_when_nobody_works_there() {
    let app = TestApp::start().await;
    let root: OrgId = app.headquarters().await.into();
    let admin = app.person("admin-test", &[Role::Administrator], root.uuid()).await.1;
    let upper = open(&admin, root, StationKind::Station, "UP").await.unwrap();
    let lower = open(&admin, upper.id, StationKind::Station, "LOW").await.unwrap();
    let engineer = app.person("19145", &[Role::Engineer], lower.id.uuid()).await.0;
    let close = async |id: OrgId| admin.call::<CloseStation>(ById { id }, Nothing, Nothing).await;
    assert_eq!(close(upper.id).await.unwrap_err().code(), "station_in_use");
    assert_eq!(close(lower.id).await.unwrap_err().code(), "station_in_use");
    let reason = openapi::identity::user::DisableReason { reason: "离职".parse().unwrap() };
    let user = ById { id: engineer.into() };
    admin.call::<openapi::identity::user::DisableUser>(user.clone(), Nothing, reason).await.unwrap();
    let closed = close(lower.id).await.unwrap();
    assert_eq!(
        (closed.state, closed.allowed),
        (StationState::Closed, vec![StationAction::Edit, StationAction::Reopen])
    );
    assert_eq!(close(lower.id).await.unwrap_err().code(), "state_conflict");
    close(upper.id).await.unwrap();
    let reopened = admin.call::<ReopenStation>(ById { id: lower.id }, Nothing, Nothing).await.unwrap_err();
    assert_eq!(reopened.code(), "station_closed", "the station above is closed");
    let enabled = admin.call::<openapi::identity::user::EnableUser>(user, Nothing, Nothing).await.unwrap_err();
    assert_eq!(enabled.code(), "station_closed", "nobody works at a closed station");
    let below = open(&admin, upper.id, StationKind::Station, "NEW1").await.unwrap_err();
    assert_eq!(below.errors(), [("/parent_id", "station_closed")]);
    let read = admin.call::<GetStation>(ById { id: upper.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(read.state, StationState::Closed);
}

//! Roles and their rights.

use crate::support::TestApp;
use crate::support::client::version;
use openapi::identity::role::{
    AddRoleMembers, CreateRole, DeleteRole, GetRole, Grant, ListRoles, RemoveRoleMembers, RoleDetail, RoleDraft,
    RoleMembers, UpdateRole,
};
use openapi::identity::session::GetMe;
use openapi::identity::{RoleId, USER_VIEW};
use openapi::{ById, Listing, Nothing, Role, Scope};

fn by_id(id: RoleId) -> ById<RoleDetail> {
    ById { id }
}

fn draft(code: &str, grants: &[(&str, Scope)]) -> RoleDraft {
    RoleDraft {
        code: code.parse().unwrap(),
        name_zh: "技术主管".parse().unwrap(),
        name_en: "Technical lead".parse().unwrap(),
        is_station_role: false,
        remark: None,
        grants: grants.iter().map(|(p, scope)| Grant { permission: p.parse().unwrap(), scope: *scope }).collect(),
    }
}

/// Proves: S0-3.2, S1p-2.6
#[actix_web::test]
async fn the_twelve_roles_come_with_the_rights_of_the_contract() {
    let app = TestApp::start().await;
    let admin = app.person("admin-test", &[Role::Administrator], app.headquarters().await).await.1;
    let roles = admin.call::<ListRoles>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    assert_eq!(roles.iter().filter(|role| role.is_preset).count(), 12);
    for row in roles {
        let role: Role = row.code.parse().unwrap();
        let detail = admin.call::<GetRole>(by_id(row.id), Nothing, Nothing).await.unwrap();
        let found: Vec<_> = detail.grants.iter().map(|g| (g.permission.to_string(), g.scope)).collect();
        let mut expected: Vec<_> =
            openapi::registry::permissions().filter_map(|p| Some((p.code.to_owned(), p.preset(role)?))).collect();
        expected.sort();
        assert_eq!(found, expected, "{role}");
    }
}

/// Proves: S2-1.3, S2-1.4
#[actix_web::test]
async fn a_role_of_ones_own_is_given_to_many_at_once_and_taken_back() {
    let app = TestApp::start().await;
    let station = app.station("HERE").await;
    let admin = app.person("admin-test", &[Role::Administrator], app.headquarters().await).await.1;
    let manager = app.person("boss", &[Role::StationManager], station).await.1;
    let (li, li_client) = app.person("19145", &[Role::Engineer], station).await;
    let (han, _) = app.person("19146", &[Role::Engineer], station).await;
    let role = draft("lead", &[(USER_VIEW.code, Scope::Station)]);
    let role = admin.call::<CreateRole>(Nothing, Nothing, role).await.unwrap();
    let members = || RoleMembers { user_ids: vec![li.into(), han.into()] };
    let held = manager.call::<AddRoleMembers>(by_id(role.id), Nothing, members()).await.unwrap();
    assert_eq!(held.member_count, 2, "a manager may give what is held as far");
    let can_view = async || {
        let me = li_client.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap();
        me.permissions.iter().find(|p| p.code == USER_VIEW.code).map(|p| p.scope)
    };
    assert_eq!(can_view().await, Some(Scope::Station));
    let wider = draft("lead", &[(USER_VIEW.code, Scope::All)]);
    let wider = admin.call_with::<UpdateRole>(by_id(role.id), Nothing, wider, version(1)).await.unwrap();
    assert_eq!(can_view().await, Some(Scope::All), "in force with the next request");
    let beyond = manager.call::<RemoveRoleMembers>(by_id(role.id), Nothing, members()).await.unwrap_err();
    assert_eq!(beyond.code(), "beyond_own_rights");
    let in_use = admin.call_with::<DeleteRole>(by_id(role.id), Nothing, Nothing, version(wider.version)).await;
    assert_eq!(in_use.unwrap_err().code(), "in_use");
    admin.call::<RemoveRoleMembers>(by_id(role.id), Nothing, members()).await.unwrap();
    assert_eq!(can_view().await, None);
    admin.call_with::<DeleteRole>(by_id(role.id), Nothing, Nothing, version(wider.version)).await.unwrap();
    let unknown = RoleMembers { user_ids: vec![platform::new_id().into()] };
    let engineers = app.as_system(async |tx| identity::api::preset_roles(tx).await).await[&Role::Engineer];
    let unknown = admin.call::<AddRoleMembers>(by_id(engineers.into()), Nothing, unknown).await.unwrap_err();
    assert_eq!(unknown.errors(), [("/user_ids/0", "reference_not_found")]);
}

/// Proves: S2-1.3
#[actix_web::test]
async fn preset_roles_keep_their_code_and_the_administrator_every_right() {
    let app = TestApp::start().await;
    let admin = app.person("admin-test", &[Role::Administrator], app.headquarters().await).await.1;
    let roles = app.as_system(async |tx| identity::api::preset_roles(tx).await).await;
    let engineer = by_id(roles[&Role::Engineer].into());
    let renamed = draft("other", &[]);
    let renamed = admin.call_with::<UpdateRole>(engineer.clone(), Nothing, renamed, version(1)).await.unwrap_err();
    assert_eq!((renamed.status, renamed.code()), (409, "role_fixed"));
    let removed = admin.call_with::<DeleteRole>(engineer, Nothing, Nothing, version(1)).await.unwrap_err();
    assert_eq!(removed.code(), "role_fixed");
    let administrator = by_id(roles[&Role::Administrator].into());
    let emptied = draft("administrator", &[]);
    let kept = admin.call_with::<UpdateRole>(administrator, Nothing, emptied, version(1)).await.unwrap();
    assert_eq!(kept.grants.len(), openapi::registry::permissions().count());
    let wrong =
        draft("lead", &[("no.such.right", Scope::All), (USER_VIEW.code, Scope::All), (USER_VIEW.code, Scope::Own)]);
    let wrong = admin.call::<CreateRole>(Nothing, Nothing, wrong).await.unwrap_err();
    assert_eq!(wrong.errors(), [("/grants/0/permission", "unknown_value"), ("/grants/2/permission", "duplicate")]);
    let empty = RoleMembers { user_ids: Vec::new() };
    let empty = admin.call::<AddRoleMembers>(by_id(roles[&Role::Care].into()), Nothing, empty).await.unwrap_err();
    assert_eq!(empty.errors(), [("/user_ids", "too_few")]);
}

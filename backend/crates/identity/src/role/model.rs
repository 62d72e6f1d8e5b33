//! Who may give away what, and draft → row → contract.

use super::entity::{grant, role};
use openapi::choice::Choice;
use openapi::identity::role::{Grant, RoleAction, RoleDetail, RoleDraft, RoleRow};
use openapi::identity::{BEYOND_OWN_RIGHTS, ROLE_EDIT, ROLE_FIXED, USER_EDIT};
use openapi::problem::field;
use openapi::{Issue, Lang, Note, Permission, Role, Scope, Text};
use platform::doc::lifecycle::stored;
use platform::{Actor, Failure, Result};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Whether this is the role that has every right.
pub fn is_administrator(role: &role::Model) -> bool {
    role.code == Role::Administrator.as_str()
}

/// Whether the actor may give this role to somebody, or take it away: it was marked for stations, or the actor holds
/// every right of it as far as it reaches.
pub fn may_assign(actor: &Actor, role: &role::Model, grants: &[grant::Model]) -> bool {
    if is_administrator(role) {
        return openapi::registry::permissions().all(|p| actor.scope(p) == Some(Scope::All));
    }
    role.is_station_role || grants.iter().all(|grant| holds(actor, &grant.permission, Scope::parse(&grant.scope)))
}

fn holds(actor: &Actor, permission: &str, scope: Option<Scope>) -> bool {
    actor.grants.get(permission).is_some_and(|own| scope.is_some_and(|scope| *own >= scope))
}

/// The refusal for a role that reaches further than the actor.
pub fn beyond(role: &role::Model, lang: Lang) -> Failure {
    Failure::new(BEYOND_OWN_RIGHTS).with("what", name(role, lang))
}

/// The name in a language.
pub fn name(role: &role::Model, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &role.name_zh,
        Lang::En => &role.name_en,
    }
}

/// Writes a draft into a row. The code of a pre-installed role stays.
pub fn filled(row: role::Model, draft: RoleDraft) -> Result<(role::Model, Vec<Grant>)> {
    let RoleDraft { code, name_zh, name_en, is_station_role, remark, grants } = draft;
    let preset_codes = Role::ALL.iter().any(|preset| code.eq_ignore_ascii_case(preset.as_str()));
    let code = match row.is_preset {
        true if !code.eq_ignore_ascii_case(&row.code) => return Err(Failure::new(ROLE_FIXED)),
        true => row.code.clone(),
        false if preset_codes => return Err(Failure::field("/code", Issue::new(field::TAKEN))),
        false => code.into(),
    };
    let is_station_role = is_station_role && code != Role::Administrator.as_str();
    let remark = remark.map(Into::into);
    let row = role::Model { code, name_zh: name_zh.into(), name_en: name_en.into(), is_station_role, remark, ..row };
    let grants = if is_administrator(&row) { Vec::new() } else { grants };
    Ok((row, grants))
}

/// The rows of a role's rights: each permission exists, stands once, and is held by the actor as far.
pub fn grant_rows(actor: &Actor, role_id: Uuid, grants: Vec<Grant>, lang: Lang) -> Result<Vec<grant::Model>> {
    let mut seen = BTreeSet::new();
    let mut issues = Vec::new();
    let mut rows = Vec::new();
    for (index, Grant { permission, scope }) in grants.into_iter().enumerate() {
        let pointer = || format!("/grants/{index}/permission");
        let Some(known) = openapi::registry::permissions().find(|p| p.code == &*permission) else {
            issues.push((pointer(), Issue::new(field::UNKNOWN_VALUE)));
            continue;
        };
        if !seen.insert(known.code) {
            issues.push((pointer(), Issue::new(field::DUPLICATE)));
        }
        if !holds(actor, known.code, Some(scope)) {
            return Err(Failure::new(BEYOND_OWN_RIGHTS).with("what", label(known, lang)));
        }
        rows.push(grant::Model { role_id, permission: permission.into(), scope: scope.as_str().to_owned() });
    }
    if issues.is_empty() { Ok(rows) } else { Err(Failure::fields(issues)) }
}

fn label(permission: Permission, lang: Lang) -> &'static str {
    lang.pick(permission.zh, permission.en)
}

/// What the actor may do.
pub fn allowed(actor: &Actor, role: &role::Model, grants: &[grant::Model], member_count: i64) -> Vec<RoleAction> {
    let mut allowed = Vec::new();
    if actor.may(ROLE_EDIT) {
        allowed.push(RoleAction::Edit);
    }
    if actor.may(USER_EDIT) && may_assign(actor, role, grants) {
        allowed.push(RoleAction::Assign);
    }
    if actor.may(ROLE_EDIT) && !role.is_preset && member_count == 0 {
        allowed.push(RoleAction::Delete);
    }
    allowed
}

/// The detail. An administrator's rights are all there are.
pub fn detail(actor: &Actor, row: role::Model, rows: Vec<grant::Model>, member_count: i64) -> Result<RoleDetail> {
    let allowed = allowed(actor, &row, &rows, member_count);
    let mut grants = if is_administrator(&row) {
        let every = |p: Permission| Grant { permission: Text::stored(p.code.to_owned()), scope: Scope::All };
        openapi::registry::permissions().map(every).collect()
    } else {
        rows.into_iter().map(grant_of).collect::<Result<Vec<_>>>()?
    };
    grants.sort_by(|a, b| a.permission.cmp(&b.permission));
    let role::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        code,
        name_zh,
        name_en,
        is_preset,
        is_station_role,
        remark,
    } = row;
    Ok(RoleDetail {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        code,
        name_zh: Text::stored(name_zh),
        name_en: Text::stored(name_en),
        is_preset,
        is_station_role,
        remark: remark.map(Note::stored),
        grants,
        member_count,
        allowed,
    })
}

fn grant_of(row: grant::Model) -> Result<Grant> {
    let grant::Model { role_id: _, permission, scope } = row;
    Ok(Grant { permission: Text::stored(permission), scope: stored(&scope)? })
}

/// The line in a list.
pub fn list_row(row: role::Model, member_count: i64) -> RoleRow {
    RoleRow {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        code: row.code,
        name_zh: Text::stored(row.name_zh),
        name_en: Text::stored(row.name_en),
        is_preset: row.is_preset,
        is_station_role: row.is_station_role,
        member_count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::identity::USER_VIEW;
    use std::collections::HashMap;
    use std::sync::Arc;

    fn actor(grants: &[(Permission, Scope)]) -> Actor {
        let grants: HashMap<String, Scope> = grants.iter().map(|(p, s)| (p.code.to_owned(), *s)).collect();
        Actor { grants: Arc::new(grants), ..Actor::anonymous() }
    }

    fn role(code: &str, is_station_role: bool) -> role::Model {
        role::Model { code: code.to_owned(), is_station_role, ..Default::default() }
    }

    fn right(permission: Permission, scope: Scope) -> grant::Model {
        grant::Model { role_id: Uuid::nil(), permission: permission.code.to_owned(), scope: scope.as_str().to_owned() }
    }

    #[test]
    fn nobody_gives_away_more_than_is_held() {
        let manager = actor(&[(USER_VIEW, Scope::Subtree)]);
        assert!(may_assign(&manager, &role("X", false), &[right(USER_VIEW, Scope::Station)]));
        assert!(!may_assign(&manager, &role("X", false), &[right(USER_VIEW, Scope::All)]));
        assert!(!may_assign(&manager, &role("X", false), &[right(ROLE_EDIT, Scope::Own)]));
        assert!(may_assign(&manager, &role("X", true), &[right(ROLE_EDIT, Scope::Own)]), "marked for stations");
        assert!(!may_assign(&manager, &role("administrator", true), &[]), "never the administrator");
        assert!(may_assign(&Actor::system(Uuid::nil(), "/"), &role("administrator", false), &[]));
    }

    #[test]
    fn rights_are_known_stand_once_and_are_held() {
        let administrator = Actor::system(Uuid::nil(), "/");
        let grant = |code: &str| Grant { permission: Text::stored(code.to_owned()), scope: Scope::All };
        let wrong = vec![grant(USER_VIEW.code), grant("no.such.right"), grant(USER_VIEW.code)];
        let problem = grant_rows(&administrator, Uuid::nil(), wrong, Lang::En).unwrap_err().problem(Lang::En, "", "");
        let found: Vec<_> = problem.errors.iter().map(|e| (e.pointer.as_str(), e.code.as_str())).collect();
        assert_eq!(found, [("/grants/1/permission", "unknown_value"), ("/grants/2/permission", "duplicate")]);
        let manager = actor(&[(USER_VIEW, Scope::Subtree)]);
        let refused = grant_rows(&manager, Uuid::nil(), vec![grant(USER_VIEW.code)], Lang::En).unwrap_err();
        assert_eq!(refused.code(), BEYOND_OWN_RIGHTS);
    }

    #[test]
    fn a_preset_keeps_its_code_and_lends_it_to_nobody() {
        let draft = |code: &str| RoleDraft {
            code: code.parse().unwrap(),
            name_zh: "名".parse().unwrap(),
            name_en: "name".parse().unwrap(),
            is_station_role: true,
            remark: None,
            grants: Vec::new(),
        };
        let preset = role::Model { is_preset: true, ..role("engineer", true) };
        assert!(filled(preset.clone(), draft("ENGINEER")).is_ok_and(|(row, _)| row.code == "engineer"));
        assert_eq!(filled(preset, draft("OTHER")).unwrap_err().code(), ROLE_FIXED);
        assert!(filled(role::Model::default(), draft("engineer")).is_err());
        assert!(filled(role::Model::default(), draft("team-lead")).is_ok_and(|(row, _)| row.code == "TEAM-LEAD"));
    }
}

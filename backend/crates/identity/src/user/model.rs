//! What may be done to a user, and draft → row → contract.

use super::credential;
use super::entity::user;
use crate::role::entity::role;
use crate::role::model as roles;
use chrono::{DateTime, Utc};
use openapi::choice::Choice;
use openapi::identity::USER_EDIT;
use openapi::identity::user::{Colleague, RoleName, User, UserAction, UserDraft, UserRow, UserState};
use openapi::{Email, EmployeeNumber, Lang, Phone, Text};
use platform::doc::lifecycle::stored;
use platform::{Actor, Result};
use uuid::Uuid;

/// Writes a draft into a row; stamps, state and id stay. Roles and password have tables of their own.
pub fn filled(row: user::Model, draft: UserDraft) -> user::Model {
    let UserDraft { login, name, org_id, phone, email, position, language, party_id, role_ids: _, first_password: _ } =
        draft;
    user::Model {
        login: login.into(),
        name: name.into(),
        org_id: org_id.uuid(),
        phone: phone.map(Into::into),
        email: email.map(Into::into),
        position: position.map(Into::into),
        language: language.tag().to_owned(),
        party_id: party_id.map(|id| id.uuid()),
        ..row
    }
}

/// Whether an account works.
pub fn is_active(row: &user::Model) -> bool {
    row.state == UserState::Active.as_str()
}

/// Everything about one person that the detail shows.
pub struct Person {
    pub row: user::Model,
    pub org_name: String,
    pub roles: Vec<role::Model>,
    pub credential: credential::Model,
    pub locked_until: Option<DateTime<Utc>>,
}

/// What the actor may do to a person. `may_touch`: the person is in reach, and so is every role of the person.
pub fn allowed(actor: &Actor, person: &Person, may_touch: bool) -> Vec<UserAction> {
    if !may_touch || !actor.may(USER_EDIT) {
        return Vec::new();
    }
    let own = person.row.id == actor.user_id;
    let active = is_active(&person.row);
    let every = [
        (UserAction::Edit, true),
        (UserAction::ResetPassword, active && !own),
        (UserAction::Unlock, person.locked_until.is_some()),
        (UserAction::Disable, active && !own),
        (UserAction::Enable, !active),
    ];
    every.into_iter().filter(|(_, fits)| *fits).map(|(action, _)| action).collect()
}

fn role_name(lang: Lang) -> impl Fn(&role::Model) -> RoleName {
    move |role| RoleName { id: role.id.into(), name: roles::name(role, lang).to_owned() }
}

fn language(tag: &str) -> Lang {
    if tag == Lang::En.tag() { Lang::En } else { Lang::Zh }
}

/// The detail.
pub fn detail(person: Person, allowed: Vec<UserAction>, lang: Lang) -> Result<User> {
    let Person { row, org_name, roles, credential, locked_until } = person;
    let user::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        org_id,
        login,
        name,
        phone,
        email,
        position,
        state,
        party_id,
        language: tag,
    } = row;
    Ok(User {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        org_id: org_id.into(),
        org_name,
        login: EmployeeNumber::stored(login),
        name: Text::stored(name),
        phone: phone.map(Phone::stored),
        email: email.map(Email::stored),
        position: position.map(Text::stored),
        language: language(&tag),
        party_id: party_id.map(Into::into),
        roles: roles.iter().map(role_name(lang)).collect(),
        role_ids: roles.iter().map(|role| role.id.into()).collect(),
        state: stored(&state)?,
        must_change_password: credential.must_change_password,
        locked_until: locked_until.map(Into::into),
        last_login_at: credential.last_login_at.map(Into::into),
        login_count: credential.login_count,
        allowed,
    })
}

/// The line in a list.
pub fn list_row(
    row: user::Model,
    org_name: String,
    roles: &[role::Model],
    is_locked: bool,
    lang: Lang,
) -> Result<UserRow> {
    Ok(UserRow {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        org_id: row.org_id.into(),
        org_name,
        login: EmployeeNumber::stored(row.login),
        name: Text::stored(row.name),
        phone: row.phone.map(Phone::stored),
        position: row.position.map(Text::stored),
        roles: roles.iter().map(role_name(lang)).collect(),
        state: stored(&row.state)?,
        is_locked,
    })
}

/// The line of a picker.
pub fn colleague(row: user::Model, org_name: String) -> Colleague {
    Colleague {
        id: row.id.into(),
        login: EmployeeNumber::stored(row.login),
        name: Text::stored(row.name),
        org_id: row.org_id.into(),
        org_name,
    }
}

/// What changes between two sets of roles: added, removed.
pub fn difference(before: &[Uuid], after: &[Uuid]) -> (Vec<Uuid>, Vec<Uuid>) {
    let missing = |from: &[Uuid], of: &[Uuid]| of.iter().filter(|id| !from.contains(id)).copied().collect();
    (missing(before, after), missing(after, before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(state: UserState, locked: bool) -> Person {
        Person {
            row: user::Model { id: platform::new_id(), state: state.as_str().to_owned(), ..Default::default() },
            org_name: String::new(),
            roles: Vec::new(),
            credential: credential::Model {
                user_id: Uuid::nil(),
                password_hash: String::new(),
                must_change_password: false,
                epoch: 1,
                rights: 1,
                login_count: 0,
                failure_count: 0,
                last_login_at: None,
                last_login_ip: None,
                last_login_agent: None,
            },
            locked_until: locked.then(Utc::now),
        }
    }

    #[test]
    fn what_is_allowed_follows_from_the_state() {
        use UserAction::{Disable, Edit, Enable, ResetPassword, Unlock};
        let boss = Actor::system(Uuid::nil(), "/");
        assert_eq!(allowed(&boss, &person(UserState::Active, false), true), [Edit, ResetPassword, Disable]);
        assert_eq!(allowed(&boss, &person(UserState::Active, true), true), [Edit, ResetPassword, Unlock, Disable]);
        assert_eq!(allowed(&boss, &person(UserState::Disabled, false), true), [Edit, Enable]);
        assert!(allowed(&boss, &person(UserState::Active, false), false).is_empty(), "out of reach");
        let own = person(UserState::Active, false);
        let oneself = Actor { user_id: own.row.id, ..boss };
        assert_eq!(allowed(&oneself, &own, true), [Edit], "nobody disables oneself");
        assert!(allowed(&Actor::anonymous(), &own, true).is_empty());
    }

    #[test]
    fn roles_are_compared_as_sets() {
        let [a, b, c] = [platform::new_id(), platform::new_id(), platform::new_id()];
        assert_eq!(difference(&[a, b], &[b, c]), (vec![c], vec![a]));
    }
}

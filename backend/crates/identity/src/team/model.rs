//! Who may be in a team, and draft → row → contract.

use super::entity::team;
use crate::user::entity::user;
use openapi::choice::Choice;
use openapi::identity::UserId;
use openapi::identity::team::{Team, TeamDraft, TeamMember, TeamRow};
use openapi::identity::user::UserState;
use openapi::problem::field;
use openapi::{EmployeeNumber, Issue, Note, Text};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Writes a draft into a row; stamps and station stay.
pub fn filled(row: team::Model, draft: TeamDraft) -> team::Model {
    let TeamDraft { org_id: _, name, leader_id, member_ids: _, territory, remark, is_active } = draft;
    team::Model {
        name: name.into(),
        leader_id: leader_id.uuid(),
        territory: territory.map(Into::into),
        remark: remark.map(Into::into),
        is_active,
        ..row
    }
}

/// The people of a team: the members that were named, and the leader.
pub fn people(leader: UserId, members: &[UserId]) -> BTreeSet<Uuid> {
    members.iter().map(|id| id.uuid()).chain([leader.uuid()]).collect()
}

/// Who of a draft may not be in the team: nobody in reach, nobody of the station, or nobody who works any more. Whoever
/// was in it before may stay.
pub fn strangers(
    draft: &TeamDraft,
    org: Uuid,
    known: &HashMap<Uuid, user::Model>,
    before: &BTreeSet<Uuid>,
) -> Vec<(String, Issue)> {
    let belongs = |id: &UserId| {
        let works_here = |person: &user::Model| person.org_id == org && person.state == UserState::Active.as_str();
        before.contains(&id.uuid()) || known.get(&id.uuid()).is_some_and(works_here)
    };
    let mut issues = Vec::new();
    if !belongs(&draft.leader_id) {
        issues.push(("/leader_id".to_owned(), Issue::new(field::REFERENCE_NOT_FOUND)));
    }
    let strange = draft.member_ids.iter().enumerate().filter(|(_, id)| !belongs(id));
    issues.extend(strange.map(|(i, _)| (format!("/member_ids/{i}"), Issue::new(field::REFERENCE_NOT_FOUND))));
    issues
}

/// The detail; `people` are those of the team by employee number.
pub fn detail(row: team::Model, org_name: String, people: Vec<user::Model>, is_editable: bool) -> Team {
    let team::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        org_id,
        name,
        leader_id,
        territory,
        remark,
        is_active,
    } = row;
    let member = |person: user::Model| TeamMember {
        user_id: person.id.into(),
        is_leader: person.id == leader_id,
        login: EmployeeNumber::stored(person.login),
        name: Text::stored(person.name),
    };
    let (mut members, others): (Vec<_>, Vec<_>) = people.into_iter().map(member).partition(|m| m.is_leader);
    let leader_name = members.first().map_or_else(|| Text::stored(String::new()), |leader| leader.name.clone());
    let member_ids = others.iter().map(|m| m.user_id).collect();
    members.extend(others);
    Team {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        org_id: org_id.into(),
        org_name: Text::stored(org_name),
        name: Text::stored(name),
        leader_id: leader_id.into(),
        leader_name,
        member_ids,
        members,
        territory: territory.map(Text::stored),
        remark: remark.map(Note::stored),
        is_active,
        is_editable,
    }
}

/// The line in a list.
pub fn list_row(row: team::Model, org_name: String, leader_name: String, member_count: i64) -> TeamRow {
    TeamRow {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        org_id: row.org_id.into(),
        org_name: Text::stored(org_name),
        name: Text::stored(row.name),
        leader_name: Text::stored(leader_name),
        member_count,
        territory: row.territory.map(Text::stored),
        is_active: row.is_active,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_active_people_of_the_station_may_join_and_whoever_is_in_may_stay() {
        let (here, there) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let person = |id: u128, org, state: UserState| user::Model {
            id: Uuid::from_u128(id),
            org_id: org,
            state: state.as_str().to_owned(),
            ..Default::default()
        };
        let people = [
            person(10, here, UserState::Active),
            person(11, there, UserState::Active),
            person(12, here, UserState::Disabled),
            person(13, there, UserState::Active),
        ];
        let known = people.into_iter().map(|person| (person.id, person)).collect();
        let draft = TeamDraft {
            org_id: None,
            name: Text::stored("一组".to_owned()),
            leader_id: Uuid::from_u128(10).into(),
            member_ids: [11, 12, 13, 14].map(|id| Uuid::from_u128(id).into()).to_vec(),
            territory: None,
            remark: None,
            is_active: true,
        };
        let before = BTreeSet::from([Uuid::from_u128(13)]);
        let wrong: Vec<String> =
            strangers(&draft, here, &known, &before).into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(wrong, ["/member_ids/0", "/member_ids/1", "/member_ids/3"]);
    }
}

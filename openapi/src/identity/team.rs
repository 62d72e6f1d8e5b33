//! Teams: people of one station who work together and see each other's work, with a leader and the area they serve.

use super::{OrgId, TEAM_EDIT, TEAM_VIEW, UserId};
use crate::{ById, Created, Detail, EmployeeNumber, Note, Page, Text, endpoints, filter, parts, record};

fn from_the_start() -> bool {
    true
}

parts! {
    /// What is typed in for a team.
    draft TeamDraft {
        /// The station; left out, one's own. It cannot be changed later.
        #[serde(default)]
        org_id: Option<OrgId>,
        /// Name, unique within the station.
        name: Text<60>,
        /// Who leads it: an active person of the station. The leader is a member without being named again.
        leader_id: UserId,
        /// Its members, at most 100: active people of the station.
        #[serde(default)]
        #[validate(length(max = 100))]
        #[cfg_attr(feature = "schema", schema(max_items = 100))]
        member_ids: Vec<UserId>,
        /// The area that it serves.
        #[serde(default)]
        territory: Option<Text<200>>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// Whether it exists now; members of one that does not no longer see each other's work by it.
        #[serde(default = "from_the_start")]
        is_active: bool,
    }
    /// A member of a team.
    shown TeamMember {
        /// The person.
        user_id: UserId,
        /// Employee number.
        login: EmployeeNumber,
        /// Name.
        name: Text<100>,
        /// Whether the person leads the team.
        is_leader: bool,
    }
}

record! {
    /// A team.
    Team: TeamId "team" {
        /// Name of the station.
        org_name: Text<100>,
        /// Name.
        name: Text<60>,
        /// Who leads it.
        leader_id: UserId,
        /// Name of the leader.
        leader_name: Text<100>,
        /// The members without the leader, by employee number.
        #[cfg_attr(feature = "schema", schema(max_items = 100))]
        member_ids: Vec<UserId>,
        /// The people of the team, the leader first.
        #[cfg_attr(feature = "schema", schema(max_items = 101))]
        members: Vec<TeamMember>,
        /// The area that it serves.
        territory: Option<Text<200>>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Whether it exists now.
        is_active: bool,
        /// Whether the caller may change it.
        is_editable: bool,
    }
    /// A team in a list.
    TeamRow {
        /// Name of the station.
        org_name: Text<100>,
        /// Name.
        name: Text<60>,
        /// Name of the leader.
        leader_name: Text<100>,
        /// People in it, the leader counted.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 4))]
        member_count: i64,
        /// The area that it serves.
        territory: Option<Text<200>>,
        /// Whether it exists now.
        is_active: bool,
    }
}

filter! {
    /// Filter of the list of teams. `q` looks in name and area.
    TeamFilter by "name", "created_at", "updated_at" {
        /// Only this station.
        org_id: id OrgId,
        /// Only teams of this person.
        user_id: id UserId,
        /// Whether it exists now.
        is_active: flag,
    }
}

endpoints! { "Teams";
    /// List teams of the stations in reach.
    ListTeams: Get "/api/v1/identity/teams" needs TEAM_VIEW, list TeamFilter => Page<TeamRow>;
    /// Read a team with its people.
    GetTeam: Get "/api/v1/identity/teams/{id}" needs TEAM_VIEW, path ById<Team> => Detail<Team>;
    /// Form a team.
    CreateTeam: Post "/api/v1/identity/teams" needs TEAM_EDIT, body TeamDraft => Created<Team>;
    /// Change a team and its people.
    ///
    /// What its members may see changes with their next request.
    UpdateTeam: Put "/api/v1/identity/teams/{id}" needs TEAM_EDIT, path ById<Team>, body TeamDraft => Detail<Team>;
}

//! What a person may do, and where the person belongs: all roles together, the widest scope of each permission.

use crate::role::entity::{grant, member, role};
use crate::station::entity::org;
use crate::team::queries::mates;
use crate::user::entity::user;
use openapi::choice::Choice;
use openapi::{Lang, Role, Scope};
use platform::{Actor, Failure, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// A person with station, roles and rights.
#[derive(Clone, Debug)]
pub(crate) struct Authority {
    pub user: user::Model,
    pub org: org::Model,
    pub roles: Vec<role::Model>,
    pub grants: Arc<HashMap<String, Scope>>,
    /// The others of the teams.
    pub team: Arc<[Uuid]>,
}

impl Authority {
    /// Reads it; 404 for nobody.
    pub async fn of<C: ConnectionTrait>(conn: &C, id: Uuid) -> Result<Self> {
        let user = user::Entity::find_by_id(id).one(conn).await?.ok_or_else(Failure::not_found)?;
        let org = org::Entity::find_by_id(user.org_id).one(conn).await?;
        let org = org.ok_or_else(|| Failure::Internal(format!("user {id} has no station")))?;
        let mine = member::Entity::find().select_only().column(member::Column::RoleId);
        let mine = mine.filter(member::Column::UserId.eq(id)).into_query();
        let roles = role::Entity::find().filter(role::Column::Id.in_subquery(mine.clone()));
        let roles = roles.order_by_asc(role::Column::CreatedAt).order_by_asc(role::Column::Id).all(conn).await?;
        let rows = grant::Entity::find().filter(grant::Column::RoleId.in_subquery(mine)).all(conn).await?;
        let is_administrator = roles.iter().any(|role| role.code == Role::Administrator.as_str());
        let grants = widest(is_administrator, rows.into_iter().filter_map(known));
        // nobody else needs to know
        let team = if grants.values().any(|scope| *scope == Scope::Team) {
            mates(conn, id, user.org_id).await?
        } else {
            Vec::new()
        };
        Ok(Authority { user, org, roles, grants: Arc::new(grants), team: team.into() })
    }

    /// The acting person; whether the station is a leaf of the tree is not known here.
    pub fn actor(&self, session: Uuid, must_change_password: bool) -> Actor {
        Actor {
            user_id: self.user.id,
            session_id: session,
            login: self.user.login.clone(),
            name: self.user.name.clone(),
            org_id: self.org.id,
            org_path: self.org.path.clone(),
            is_leaf: false,
            org_code: self.org.code.clone(),
            party_id: self.user.party_id,
            team: Arc::clone(&self.team),
            grants: Arc::clone(&self.grants),
            must_change_password,
        }
    }

    /// The names of the roles.
    pub fn role_names(&self, lang: Lang) -> Vec<String> {
        let name = |role: &role::Model| match lang {
            Lang::Zh => role.name_zh.clone(),
            Lang::En => role.name_en.clone(),
        };
        self.roles.iter().map(name).collect()
    }
}

/// A stored grant; one of a permission that this release no longer has means nothing.
fn known(row: grant::Model) -> Option<(String, Scope)> {
    let is_known = openapi::registry::permissions().any(|p| p.code == row.permission);
    Scope::parse(&row.scope).filter(|_| is_known).map(|scope| (row.permission, scope))
}

/// The widest scope per permission. An administrator has every permission over everything, now and after every update.
fn widest(is_administrator: bool, grants: impl Iterator<Item = (String, Scope)>) -> HashMap<String, Scope> {
    if is_administrator {
        return openapi::registry::permissions().map(|p| (p.code.to_owned(), Scope::All)).collect();
    }
    grants.fold(HashMap::new(), |mut all, (code, scope)| {
        let held = all.entry(code).or_insert(scope);
        *held = Ord::max(*held, scope);
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_roles_the_widest_scope_counts() {
        let rows = [("a", Scope::Own), ("a", Scope::Subtree), ("a", Scope::Station), ("b", Scope::Party)];
        let grants = widest(false, rows.into_iter().map(|(code, scope)| (code.to_owned(), scope)));
        assert_eq!(grants.get("a"), Some(&Scope::Subtree));
        assert_eq!(grants.get("b"), Some(&Scope::Party));
    }

    #[test]
    fn an_administrator_has_everything_and_a_forgotten_permission_means_nothing() {
        let all = widest(true, std::iter::empty());
        assert!(openapi::registry::permissions().all(|p| all.get(p.code) == Some(&Scope::All)));
        let row = |permission: &str, scope: &str| grant::Model {
            role_id: Uuid::nil(),
            permission: permission.to_owned(),
            scope: scope.to_owned(),
        };
        assert_eq!(known(row("no.such.thing", "all")), None);
        assert_eq!(known(row("identity.user.view", "all")), Some(("identity.user.view".to_owned(), Scope::All)));
    }
}

//! How far a right reaches: which rows and stations a call may see, and on which the actor may act.

use super::{ReadTx, forbidden};
use crate::Result;
use crate::auth::actor::Reach;
use crate::db::record::Head;
use openapi::Permission;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, ModelTrait, Value};

impl ReadTx {
    /// What of `E` the current call may see.
    pub fn in_reach<E: Head>(&self) -> Condition {
        self.within::<E>(&self.context.reach)
    }

    /// What of `E` the actor's own grant of `permission` reaches; nothing without that grant.
    pub fn in_reach_of<E: Head>(&self, permission: Permission) -> Condition {
        match self.actor().scope(permission) {
            Some(scope) => self.within::<E>(&self.actor().reach(scope)),
            None => Condition::all().add(Expr::value(false)),
        }
    }

    fn within<E: Head>(&self, reach: &Reach) -> Condition {
        let all = Condition::all();
        let nothing = || Condition::all().add(Expr::value(false));
        match (reach, E::org()) {
            (Reach::All, _) => all,
            (Reach::Party(party), _) => E::party().map_or_else(nothing, |column| all.clone().add(column.eq(*party))),
            (_, None) => all,
            (Reach::Station(org), Some(column)) => all.add(at_either::<E>(column, |c| c.eq(*org))),
            (Reach::People(_, org), Some(column)) if E::owners().is_empty() => {
                all.add(at_either::<E>(column, |c| c.eq(*org)))
            }
            (Reach::People(people, org), Some(column)) => {
                let is_theirs = |owner: E::Column| owner.is_in(people.iter().copied());
                let own = E::owners().into_iter().fold(Condition::any(), |any, owner| any.add(is_theirs(owner)));
                all.add(column.eq(*org)).add(own)
            }
            (Reach::Subtree(path), Some(column)) if E::NAME != "org" && self.is_own_alone(path) => {
                let own = self.actor().org_id;
                all.add(at_either::<E>(column, |c| c.eq(own)))
            }
            (Reach::Subtree(path), Some(column)) => {
                all.add(at_either::<E>(column, |c| c.in_subquery(stations_below(path))))
            }
        }
    }

    /// What of rows that are not heads the current call may see, by the column of their station.
    pub fn stations_in_reach(&self, org: impl ColumnTrait) -> Condition {
        let all = Condition::all();
        match &self.context.reach {
            Reach::All => all,
            Reach::Station(own) | Reach::People(_, own) => all.add(org.eq(*own)),
            Reach::Subtree(path) if self.is_own_alone(path) => all.add(org.eq(self.actor().org_id)),
            Reach::Subtree(path) => all.add(org.in_subquery(stations_below(path))),
            Reach::Party(_) => all.add(Expr::value(false)),
        }
    }

    /// Whether at and below a path stands the own station and no other. Most people work at such a station, and the
    /// database then reads one range of an index instead of joining the tree.
    fn is_own_alone(&self, path: &str) -> bool {
        self.actor().is_leaf && self.actor().org_path == path
    }

    /// Whether a station lies in the reach of the current call.
    pub async fn reaches_org(&self, org: uuid::Uuid) -> Result<bool> {
        self.holds(&self.context.reach, org).await
    }

    /// Whether the actor's own grant of `permission` reaches a station.
    pub async fn may_at(&self, permission: Permission, org: uuid::Uuid) -> Result<bool> {
        match self.actor().scope(permission) {
            Some(scope) => self.holds(&self.actor().reach(scope), org).await,
            None => Ok(false),
        }
    }

    /// Whether the actor's own grant of `permission` reaches a row: by its party for the account of a dealer or customer, by
    /// its station for everybody else.
    pub async fn may_on<E: Head>(&self, permission: Permission, row: &E::Model) -> Result<bool> {
        let Some(scope) = self.actor().scope(permission) else { return Ok(false) };
        let id_in = |column: Option<E::Column>| match column.map(|column| row.get(column)) {
            Some(Value::Uuid(id)) => id,
            _ => None,
        };
        match self.actor().reach(scope) {
            Reach::Party(own) => Ok(id_in(E::party()) == Some(own)),
            reach => match id_in(E::org()) {
                Some(org) => self.holds(&reach, org).await,
                None => Ok(true),
            },
        }
    }

    /// Refuses when the actor's grant does not reach a station: for documents that two stations see, each with its part.
    pub async fn require_at(&self, permission: Permission, org: uuid::Uuid) -> Result<()> {
        self.may_at(permission, org).await?.then_some(()).ok_or_else(|| forbidden(permission, self.lang()))
    }

    async fn holds(&self, reach: &Reach, org: uuid::Uuid) -> Result<bool> {
        match reach {
            Reach::All => Ok(true),
            Reach::Station(own) | Reach::People(_, own) => Ok(*own == org),
            Reach::Party(_) => Ok(false),
            Reach::Subtree(path) => {
                let found = self.path_of(org).await?;
                Ok(found.is_some_and(|p| p.starts_with(path.as_str())))
            }
        }
    }

    /// Where a station stands in the tree.
    async fn path_of(&self, org: uuid::Uuid) -> Result<Option<String>> {
        let read = async || {
            let query = Query::select()
                .column(Alias::new("path"))
                .from(Alias::new("org"))
                .and_where(Expr::col(Alias::new("id")).eq(org))
                .to_owned();
            let row = self.inner.query_one(&query).await?;
            Ok(row.map(|r| r.try_get("", "path")).transpose()?)
        };
        self.lasting(format!("path of {org}"), read).await
    }
}

/// A condition on the station of a record, or on the other station that sees it.
fn at_either<E: Head>(org: E::Column, lies: impl Fn(E::Column) -> sea_orm::sea_query::SimpleExpr) -> Condition {
    [Some(org), E::also()].into_iter().flatten().fold(Condition::any(), |any, column| any.add(lies(column)))
}

/// The stations at and below a path of the tree.
fn stations_below(path: &str) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(Alias::new("id"))
        .from(Alias::new("org"))
        .and_where(Expr::col(Alias::new("path")).like(format!("{path}%")))
        .to_owned()
}

//! Accounts: who may look after whom, and what one may give away.

use crate::support::TestApp;
use crate::support::client::{Client, Refused, version};
use openapi::identity::login::{ListLoginEvents, ListLogins, LoginFilter, LoginOutcome};
use openapi::identity::session::{Credentials, GetMe, SignIn};
use openapi::identity::user::{
    ColleagueQuery, CreateUser, DisableReason, DisableUser, GetUser, ListColleagues, ListUsers, PasswordReset,
    ResetPassword, UnlockUser, UpdateUser, User, UserAction, UserDraft, UserFilter,
};
use openapi::identity::{RoleId, UserId};
use openapi::{ById, Lang, Listing, Nothing, Plain, Role};
use std::collections::HashMap;
use uuid::Uuid;

const FIRST: &str = "one-time secret";

struct Network {
    app: TestApp,
    roles: HashMap<Role, Uuid>,
    here: Uuid,
    elsewhere: Uuid,
    admin: Client,
    manager: Client,
}

impl Network {
    async fn build() -> Self {
        let app = TestApp::start().await;
        let roles = app.as_system(async |tx| identity::api::preset_roles(tx).await).await;
        let (here, elsewhere) = (app.station("HERE").await, app.station("THERE").await);
        let admin = app.person("admin-test", &[Role::Administrator], app.headquarters().await).await.1;
        let manager = app.person("boss", &[Role::StationManager], here).await.1;
        Network { app, roles, here, elsewhere, admin, manager }
    }

    fn draft(&self, login: &str, station: Uuid, roles: &[Role]) -> UserDraft {
        UserDraft {
            login: login.parse().unwrap(),
            name: "李雷".parse().unwrap(),
            org_id: station.into(),
            phone: None,
            email: None,
            position: None,
            language: Lang::Zh,
            party_id: None,
            role_ids: roles.iter().map(|role| RoleId::from(self.roles[role])).collect(),
            first_password: Some(FIRST.parse().unwrap()),
        }
    }

    async fn add(&self, by: &Client, login: &str, station: Uuid, roles: &[Role]) -> Result<User, Refused> {
        by.call::<CreateUser>(Nothing, Nothing, self.draft(login, station, roles)).await
    }

    async fn sign_in(&self, login: &str, password: &str) -> Result<openapi::identity::session::Session, Refused> {
        let credentials = Credentials { login: login.parse().unwrap(), password: password.to_owned() };
        self.app.anonymous().call::<SignIn>(Nothing, Nothing, credentials).await
    }
}

fn by_id(id: UserId) -> ById<User> {
    ById { id }
}

/// Proves: S1p-2.5, S4-13.1
#[actix_web::test]
async fn a_station_manager_looks_after_the_own_people_only() {
    let n = Network::build().await;
    let engineer = n.add(&n.manager, "19145", n.here, &[Role::Engineer, Role::Inspector]).await.unwrap();
    assert_eq!(engineer.roles.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["工程师", "质检"]);
    assert!(engineer.must_change_password);
    let session = n.sign_in("19145", FIRST).await.unwrap();
    assert!(session.me.must_change_password && session.me.roles.len() == 2);

    let foreign = n.add(&n.manager, "19146", n.elsewhere, &[Role::Engineer]).await.unwrap_err();
    assert_eq!(foreign.errors(), [("/org_id", "reference_not_found")]);
    let stranger = n.add(&n.admin, "19146", n.elsewhere, &[Role::Engineer]).await.unwrap();
    assert_eq!(n.manager.call::<GetUser>(by_id(stranger.id), Nothing, Nothing).await.unwrap_err().status, 404);
    let list = n.manager.call::<ListUsers>(Nothing, Listing::default(), Nothing).await.unwrap();
    assert_eq!(list.items.iter().map(|u| &*u.login).collect::<Vec<_>>(), ["19145", "boss"]);
    let filter = UserFilter { role_id: Some(n.roles[&Role::Inspector].into()), ..Default::default() };
    let listing = Listing { filter, ..Default::default() };
    let inspectors = n.manager.call::<ListUsers>(Nothing, listing, Nothing).await.unwrap();
    assert_eq!(inspectors.items.len(), 1);
    let twin = n.add(&n.admin, "19145", n.elsewhere, &[]).await.unwrap_err();
    assert_eq!((twin.status, twin.errors()), (409, vec![("/login", "taken")]));
    let mut weak = n.draft("19147", n.here, &[]);
    weak.first_password = Some("12345678".parse().unwrap());
    let weak = n.manager.call::<CreateUser>(Nothing, Nothing, weak).await.unwrap_err();
    assert_eq!(weak.errors(), [("/first_password", "password_weak")]);
}

/// Proves: S2-1.3
#[actix_web::test]
async fn nobody_gives_away_more_than_is_held() {
    let n = Network::build().await;
    for role in [Role::Administrator, Role::Headquarters, Role::Accountant] {
        let refused = n.add(&n.manager, "19145", n.here, &[role]).await.unwrap_err();
        assert_eq!((refused.status, refused.code()), (403, "beyond_own_rights"), "{role}");
    }
    let engineer = n.add(&n.manager, "19145", n.here, &[Role::Engineer]).await.unwrap();
    let promoted = UserDraft { first_password: None, ..n.draft("19145", n.here, &[Role::Administrator]) };
    let promoted = n.manager.call_with::<UpdateUser>(by_id(engineer.id), Nothing, promoted, version(1)).await;
    assert_eq!(promoted.unwrap_err().code(), "beyond_own_rights");
    // a more powerful person at the manager's station is not the manager's to touch
    let auditor = n.add(&n.admin, "19148", n.here, &[Role::Headquarters]).await.unwrap();
    let seen = n.manager.call::<GetUser>(by_id(auditor.id), Nothing, Nothing).await.unwrap();
    assert!(seen.allowed.is_empty());
    let reset = PasswordReset { password: "new one-time secret".parse().unwrap() };
    let taken_over = n.manager.call::<ResetPassword>(by_id(auditor.id), Nothing, reset).await.unwrap_err();
    assert_eq!(taken_over.code(), "beyond_own_rights");
}

/// Proves: S4-13.1
#[actix_web::test]
async fn a_change_of_roles_counts_from_the_next_request_on() {
    let n = Network::build().await;
    let (id, person) = n.app.person("19145", &[Role::Reception], n.here).await;
    let codes = async || {
        let me = person.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap();
        me.permissions.into_iter().map(|p| p.code).collect::<Vec<_>>()
    };
    assert!(!codes().await.contains(&"identity.user.view".to_owned()));
    let draft = UserDraft { first_password: None, ..n.draft("19145", n.here, &[Role::Clerk]) };
    let changed =
        n.manager.call_with::<UpdateUser>(by_id(id.into()), Nothing, draft.clone(), version(1)).await.unwrap();
    assert_eq!(changed.version, 2);
    assert!(codes().await.contains(&"identity.user.view".to_owned()), "the same token, the new rights");
    let stale = n.manager.call_with::<UpdateUser>(by_id(id.into()), Nothing, draft, version(1)).await.unwrap_err();
    assert_eq!(stale.status, 412);
}

/// Proves: S1g-2
#[actix_web::test]
async fn a_forgotten_password_is_reset_to_a_one_time_one() {
    let n = Network::build().await;
    let user = n.add(&n.manager, "19145", n.here, &[Role::Engineer]).await.unwrap();
    for _ in 0..5 {
        n.sign_in("19145", "wrong").await.unwrap_err();
    }
    let locked = n.manager.call::<GetUser>(by_id(user.id), Nothing, Nothing).await.unwrap();
    assert!(locked.locked_until.is_some() && locked.allowed.contains(&UserAction::Unlock));
    let unlocked = n.manager.call::<UnlockUser>(by_id(user.id), Nothing, Nothing).await.unwrap();
    assert!(unlocked.locked_until.is_none());
    let session = n.sign_in("19145", FIRST).await.unwrap();
    let reset = PasswordReset { password: "new one-time secret".parse().unwrap() };
    n.manager.call::<ResetPassword>(by_id(user.id), Nothing, reset).await.unwrap();
    let old = n.app.anonymous().with_token(session.access_token);
    assert_eq!(old.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap_err().code(), "session_ended");
    assert!(n.sign_in("19145", FIRST).await.is_err());
    assert!(n.sign_in("19145", "new one-time secret").await.unwrap().me.must_change_password);
}

/// Proves: S4-13.1
#[actix_web::test]
async fn an_administrator_always_remains() {
    let n = Network::build().await;
    let me = n.admin.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap().user_id;
    let reason = || DisableReason { reason: "x".parse().unwrap() };
    let own = n.admin.call::<DisableUser>(by_id(me), Nothing, reason()).await.unwrap_err();
    assert_eq!(own.code(), "own_account");
    let filter = UserFilter { login: Some("admin".parse().unwrap()), ..Default::default() };
    let listing = Listing { filter, ..Default::default() };
    let first = n.admin.call::<ListUsers>(Nothing, listing, Nothing).await.unwrap().items[0].id;
    n.admin.call::<DisableUser>(by_id(first), Nothing, reason()).await.unwrap();
    let draft = UserDraft { first_password: None, ..n.draft("admin-test", n.app.headquarters().await, &[]) };
    let last = n.admin.call_with::<UpdateUser>(by_id(me), Nothing, draft, version(1)).await.unwrap_err();
    assert_eq!((last.status, last.code()), (409, "last_administrator"));
    n.admin.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap();
}

/// Proves: S4-12.4
#[actix_web::test]
async fn sign_ins_are_counted_and_those_who_are_here_are_seen() {
    let n = Network::build().await;
    let user = n.add(&n.manager, "19145", n.here, &[Role::Engineer]).await.unwrap();
    n.sign_in("19145", "wrong").await.unwrap_err();
    n.sign_in("19145", FIRST).await.unwrap();
    let filter = |is_online| LoginFilter { is_online: Some(is_online), ..Default::default() };
    let list = async |is_online| {
        let listing = Listing { filter: filter(is_online), ..Default::default() };
        n.manager.call::<ListLogins>(Nothing, listing, Nothing).await.unwrap().items
    };
    let here = list(true).await;
    let row = here.iter().find(|row| row.id == user.id).unwrap();
    assert_eq!((row.login_count, row.failure_count, row.is_online), (1, 1, true));
    assert_eq!(row.last_login_ip.as_deref(), Some("127.0.0.1"));
    let events = n.manager.call::<ListLoginEvents>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    assert_eq!(events.iter().map(|e| e.outcome).collect::<Vec<_>>(), [LoginOutcome::SignedIn, LoginOutcome::Failed]);
    let query = ColleagueQuery { role: Some(Role::Engineer), ..Default::default() };
    let engineers = n.manager.call::<ListColleagues>(Nothing, Plain(query), Nothing).await.unwrap().items;
    assert_eq!(engineers.iter().map(|c| c.id).collect::<Vec<_>>(), [user.id]);
}

//! Signing in, staying signed in, being shown out.

use crate::support::TestApp;
use crate::support::client::{Client, Refused};
use chrono::Duration;
use openapi::identity::session::{
    ChangePassword, Credentials, GetMe, ListSessions, PasswordChange, RefreshSession, RevokeSession, Session, SignIn,
    SignOut,
};
use openapi::identity::user::{DisableReason, DisableUser};
use openapi::master::customer::ListCustomers;
use openapi::{ById, Listing, Nothing, Role};
use uuid::Uuid;

const PASSWORD: &str = "correct horse battery";

/// Somebody with a real password.
async fn somebody(app: &TestApp, login: &str, is_final: bool) -> Uuid {
    let hash = platform::auth::password::hash(PASSWORD.to_owned()).await.unwrap();
    let station = app.headquarters().await;
    app.as_system(async |tx| {
        let new = identity::api::NewPerson {
            login: login.parse().unwrap(),
            name: login.parse().unwrap(),
            station,
            roles: &[Role::Reception],
            password_hash: hash.clone(),
            is_final,
            party_id: None,
        };
        identity::api::add_person(tx, new).await
    })
    .await
}

async fn sign_in(client: &Client, login: &str, password: &str) -> Result<Session, Refused> {
    let credentials = Credentials { login: login.parse().unwrap(), password: password.to_owned() };
    client.call::<SignIn>(Nothing, Nothing, credentials).await
}

async fn refresh(client: &Client) -> Result<Session, Refused> {
    client.call::<RefreshSession>(Nothing, Nothing, Nothing).await
}

async fn change(client: &Client, current: &str, new: &str) -> Result<Session, Refused> {
    let change = PasswordChange { current: current.to_owned(), new: new.parse().unwrap() };
    client.call::<ChangePassword>(Nothing, Nothing, change).await
}

/// Proves: S1p-1, S1e-3.2
#[actix_web::test]
async fn the_first_password_must_be_changed_before_anything_else() {
    let app = TestApp::start().await;
    somebody(&app, "19145", false).await;
    let session = sign_in(&app.anonymous(), "19145", PASSWORD).await.unwrap();
    assert!(session.me.must_change_password);
    let new = app.anonymous().with_token(session.access_token);
    let refused = new.call::<ListCustomers>(Nothing, Listing::default(), Nothing).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (403, "password_change_required"));
    assert_eq!(
        change(&new, "wrong one", "a much better one").await.unwrap_err().errors(),
        [("/current", "password_wrong")]
    );
    assert_eq!(change(&new, PASSWORD, PASSWORD).await.unwrap_err().errors(), [("/new", "password_reused")]);
    assert_eq!(change(&new, PASSWORD, "my19145pass").await.unwrap_err().errors(), [("/new", "password_weak")]);
    let changed = change(&new, PASSWORD, "a much better one").await.unwrap();
    assert!(!changed.me.must_change_password);
    let free = new.with_token(changed.access_token);
    free.call::<ListCustomers>(Nothing, Listing::default(), Nothing).await.unwrap();
    assert_eq!(new.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap_err().code(), "session_ended");
    assert_eq!(change(&free, "a much better one", PASSWORD).await.unwrap_err().errors(), [("/new", "password_reused")]);
}

/// Proves: S1g-2
#[actix_web::test]
async fn an_account_locks_after_five_failures_whether_it_exists_or_not() {
    let app = TestApp::start().await;
    somebody(&app, "19145", true).await;
    let client = app.anonymous();
    for login in ["19145", "no-such-number"] {
        for _ in 0..4 {
            let refused = sign_in(&client, login, "wrong").await.unwrap_err();
            assert_eq!((refused.status, refused.code()), (401, "login_failed"), "{login}");
        }
        for _ in 0..2 {
            let refused = sign_in(&client, login, "wrong").await.unwrap_err();
            assert_eq!((refused.status, refused.code()), (429, "account_locked"), "{login}");
            assert!(refused.headers.contains_key("retry-after"), "{login}");
        }
    }
    assert_eq!(sign_in(&client, "19145", PASSWORD).await.unwrap_err().code(), "account_locked", "also when right");
    app.clock.advance(Duration::seconds(61));
    sign_in(&client, "19145", PASSWORD).await.unwrap();
    assert_eq!(sign_in(&client, "19145", "wrong").await.unwrap_err().code(), "login_failed", "counted anew");
}

/// Proves: S1g-2
#[actix_web::test]
async fn a_refresh_token_works_once_and_its_theft_ends_the_session() {
    let app = TestApp::start().await;
    somebody(&app, "19145", true).await;
    let tab = app.anonymous();
    let session = sign_in(&tab, "19145", PASSWORD).await.unwrap();
    app.clock.advance(Duration::minutes(11));
    let stale = tab.with_token(session.access_token);
    assert_eq!(stale.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap_err().code(), "token_expired");
    let cookie = |answer: &reqwest::Response| {
        let header = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
        assert!(header.contains("HttpOnly") && header.contains("SameSite=Strict"), "{header}");
        header.split(';').next().unwrap().to_owned()
    };
    let bare = reqwest::Client::new();
    let send = async |cookie: &str| {
        let url = format!("{}/api/v1/identity/sessions/refresh", app.url);
        bare.post(url).header("cookie", cookie).send().await.unwrap()
    };
    let credentials = serde_json::json!({ "login": "19145", "password": PASSWORD });
    let first = tab.request("POST", "/api/v1/identity/sessions").json(&credentials).send().await.unwrap();
    let first = cookie(&first);
    let second = send(&first).await;
    assert_eq!(second.status(), 200);
    let second = cookie(&second);
    assert_eq!(send(&first).await.status(), 200, "another tab a moment later");
    app.clock.advance(Duration::minutes(1));
    assert_eq!(send(&first).await.status(), 401, "somebody with a copy");
    assert_eq!(send(&second).await.status(), 401, "the session is over for everybody");
    assert_eq!(send("aftercare_refresh=nonsense").await.status(), 401);
    assert_eq!(refresh(&app.anonymous()).await.unwrap_err().code(), "session_ended");
}

/// Proves: S1g-2
#[actix_web::test]
async fn own_sessions_are_listed_and_ended_one_by_one() {
    let app = TestApp::start().await;
    somebody(&app, "19145", true).await;
    somebody(&app, "19146", true).await;
    let signed_in = async |login: &str| {
        let client = app.anonymous();
        let session = sign_in(&client, login, PASSWORD).await.unwrap();
        client.with_token(session.access_token)
    };
    let (here, there, stranger) = (signed_in("19145").await, signed_in("19145").await, signed_in("19146").await);
    let list = here.call::<ListSessions>(Nothing, Nothing, Nothing).await.unwrap().items;
    assert_eq!((list.len(), list.iter().filter(|s| s.is_current).count()), (2, 1));
    let other = list.iter().find(|s| !s.is_current).unwrap().id;
    let strange = stranger.call::<RevokeSession>(ById { id: other }, Nothing, Nothing).await.unwrap_err();
    assert_eq!(strange.status, 404, "not one's own");
    here.call::<RevokeSession>(ById { id: other }, Nothing, Nothing).await.unwrap();
    assert_eq!(there.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap_err().code(), "session_ended");
    assert_eq!(refresh(&there).await.unwrap_err().code(), "session_ended");
    here.call::<SignOut>(Nothing, Nothing, Nothing).await.unwrap();
    assert_eq!(here.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap_err().code(), "session_ended");
    stranger.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap();
}

/// Proves: S1g-2
#[actix_web::test]
async fn a_new_password_ends_every_other_session() {
    let app = TestApp::start().await;
    somebody(&app, "19145", true).await;
    let (here, there) = (app.anonymous(), app.anonymous());
    let mine = sign_in(&here, "19145", PASSWORD).await.unwrap();
    let other = sign_in(&there, "19145", PASSWORD).await.unwrap();
    let changed = change(&here.with_token(mine.access_token), PASSWORD, "a much better one").await.unwrap();
    let there_signed = there.with_token(other.access_token);
    assert_eq!(there_signed.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap_err().code(), "session_ended");
    assert!(refresh(&there).await.is_err());
    here.with_token(changed.access_token).call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap();
    refresh(&here).await.unwrap();
    assert_eq!(sign_in(&there, "19145", PASSWORD).await.unwrap_err().code(), "login_failed");
}

/// Proves: S1g-2
#[actix_web::test]
async fn a_disabled_person_is_out_at_once() {
    let app = TestApp::start().await;
    let user = somebody(&app, "19145", true).await;
    let admin = app.person("admin-test", &[Role::Administrator], app.headquarters().await).await.1;
    let client = app.anonymous();
    let session = sign_in(&client, "19145", PASSWORD).await.unwrap();
    let signed_in = client.with_token(session.access_token);
    signed_in.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap();
    let reason = DisableReason { reason: "离职".parse().unwrap() };
    admin.call::<DisableUser>(ById { id: user.into() }, Nothing, reason).await.unwrap();
    assert_eq!(signed_in.call::<GetMe>(Nothing, Nothing, Nothing).await.unwrap_err().code(), "session_ended");
    assert_eq!(refresh(&client).await.unwrap_err().code(), "session_ended");
    assert_eq!(sign_in(&client, "19145", PASSWORD).await.unwrap_err().code(), "login_failed");
}

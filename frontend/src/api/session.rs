//! Who is signed in. The access token stays in this module's memory; the refresh token is a cookie that no script can read.

use super::{ApiError, call};
use crate::text::lang;
use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use leptos::prelude::*;
use openapi::identity::session::{Credentials, Me, RefreshSession, Session, SignIn, SignOut};
use openapi::problem::Params;
use openapi::{Nothing, Permission};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// Where signing in stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// The cookie is being tried.
    Starting,
    /// The server did not answer at the start.
    Unreachable,
    /// Nobody.
    Out,
    /// Somebody, whose session has ended while the page was open: sign in again over the page.
    Ended(Me),
    /// Somebody.
    In(Me),
}

type Renewal = Shared<LocalBoxFuture<'static, Result<(), ApiError>>>;

thread_local! {
    static STANDING: ArcRwSignal<Standing> = ArcRwSignal::new(Standing::Starting);
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
    static RENEWAL: RefCell<Option<Renewal>> = const { RefCell::new(None) };
}

/// Where signing in stands; reactive.
pub fn standing() -> Standing {
    crate::ui::read(&STANDING.with(Clone::clone))
}

fn set(standing: Standing) {
    STANDING.with(|signal| {
        if signal.with_untracked(|now| *now != standing) {
            signal.set(standing);
        }
    });
}

/// The signed-in person; reactive.
pub fn me() -> Option<Me> {
    match standing() {
        Standing::In(me) | Standing::Ended(me) => Some(me),
        _ => None,
    }
}

/// Whether the signed-in person may do this; reactive.
pub fn may(permission: Permission) -> bool {
    me().is_some_and(|me| me.permissions.iter().any(|held| held.code == permission.code))
}

pub(super) fn token() -> Option<String> {
    TOKEN.with_borrow(Clone::clone)
}

/// Takes a session that the server has just given.
pub fn accept(session: Session) {
    TOKEN.set(Some(session.access_token));
    crate::text::prefer_language(session.me.language);
    set(Standing::In(session.me));
}

/// Tries the cookie when the app starts.
pub async fn start() {
    set(Standing::Starting);
    if let Err(error) = renew().await {
        set(match error {
            ApiError::Problem(problem) if problem.status < 500 => Standing::Out,
            _ => Standing::Unreachable,
        });
    }
}

/// Signs in.
pub async fn sign_in(credentials: Credentials) -> Result<(), ApiError> {
    call::<SignIn>(Nothing, Nothing, credentials).await.map(accept)
}

/// Signs out here and on the server.
pub async fn sign_out() {
    call::<SignOut>(Nothing, Nothing, Nothing).await.ok();
    TOKEN.set(None);
    set(Standing::Out);
}

/// Gives up a session that has ended and shows the login page.
pub fn forget() {
    TOKEN.set(None);
    set(Standing::Out);
}

/// Gets a fresh token; everybody who asks meanwhile waits for the same one.
pub(super) async fn renew() -> Result<(), ApiError> {
    let renewal = RENEWAL.with_borrow_mut(|slot| {
        let fresh = || renew_alone().boxed_local().shared();
        slot.get_or_insert_with(fresh).clone()
    });
    let result = renewal.await;
    RENEWAL.set(None);
    result
}

/// One renewal. Windows of the same browser share the cookie and must take turns, because each use rotates it.
async fn renew_alone() -> Result<(), ApiError> {
    let release = lock_across_windows().await;
    let result = call::<RefreshSession>(Nothing, Nothing, Nothing).await;
    if let Some(release) = release {
        release.call0(&JsValue::NULL).ok();
    }
    match result {
        Ok(session) => {
            accept(session);
            Ok(())
        }
        Err(error) => {
            if matches!(error.status(), Some(400..=499)) {
                TOKEN.set(None);
                if let Standing::In(me) = STANDING.with(|signal| signal.get_untracked()) {
                    set(Standing::Ended(me));
                }
            }
            Err(error)
        }
    }
}

/// Takes the browser's lock of this name (Web Locks); calling what comes back lets it go. `None` where there are no locks.
async fn lock_across_windows() -> Option<js_sys::Function> {
    let locks = js_sys::Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object)?;
    let request: js_sys::Function = js_sys::Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let mut release = None;
    let held = js_sys::Promise::new(&mut |resolve, _| release = Some(resolve));
    let (entered_tx, entered) = futures::channel::oneshot::channel::<()>();
    let on_enter = wasm_bindgen::closure::Closure::once_into_js(move || {
        entered_tx.send(()).ok();
        held
    });
    request.call2(&locks, &"aftercare.session".into(), &on_enter).ok()?;
    entered.await.ok()?;
    release
}

/// The contract's text for a permission that is missing.
pub fn missing(permission: Permission) -> String {
    let label = crate::text::permission_label(permission).to_owned();
    openapi::problem::FORBIDDEN.message(lang(), &Params::from([("permission".to_owned(), label)]))
}

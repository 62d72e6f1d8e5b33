//! Signing in and out, and the own password. Hashing happens outside of any write transaction.

use super::entity::session;
use super::model::{self, Verdict};
use super::{limit, queries, store};
use crate::authority::Authority;
use crate::user::credential;
use chrono::{DateTime, Utc};
use openapi::choice::Choice;
use openapi::identity::login::LoginOutcome;
use openapi::identity::session::{ChangePassword, RefreshSession, RevokeSession, Session, SignIn, SignOut};
use openapi::identity::user::UserState;
use openapi::identity::{ACCOUNT_LOCKED, LOGIN_FAILED, PASSWORD_REUSED, PASSWORD_WRONG, SESSION_ENDED};
use openapi::{Issue, problem};
use platform::auth::password;
use platform::http::run;
use platform::{App, Call, Context, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// The longest password that is worth hashing.
const LONGEST_PASSWORD: usize = 128;

fn locked(until: DateTime<Utc>, now: DateTime<Utc>) -> Failure {
    let seconds = u64::try_from((until - now).num_seconds()).unwrap_or_default();
    Failure::new(ACCOUNT_LOCKED).with("minutes", model::minutes_left(until, now)).retry_after(seconds)
}

pub async fn sign_in(app: &App, context: &Context, call: Call<SignIn>) -> Result<Session> {
    limit::check(&context.ip)?;
    let (login, typed) = (&*call.body.login, call.body.password);
    let conn = app.db.latest();
    if let Some(until) = model::locked_until(store::guard(conn, login).await?.as_ref(), context.now) {
        run::write(app, context, async |tx| store::note(tx, login, None, LoginOutcome::Locked).await).await?;
        return Err(locked(until, context.now));
    }
    let known = credential::by_login(conn, login).await?;
    let usable = known.as_ref().filter(|(user, _)| user.state == UserState::Active.as_str());
    let hash = usable.map(|(_, credential)| credential.password_hash.clone());
    let hash = hash.filter(|_| typed.chars().count() <= LONGEST_PASSWORD);
    let is_right = password::verify(typed.chars().take(LONGEST_PASSWORD).collect(), hash.clone()).await?;
    let who = known.map(|(user, _)| (user.id, user.org_id));
    run::write(app, context, async |tx| match (who, &hash) {
        (Some(who), Some(hash)) if is_right => enter(tx, login, who, hash).await,
        _ => Err(turned_away(tx, login, who).await?.keeping_effects()),
    })
    .await
}

/// Counts the failure. The answer is the same whatever was wrong.
async fn turned_away(tx: &Tx, login: &str, who: Option<(Uuid, Uuid)>) -> Result<Failure> {
    store::note(tx, login, who, LoginOutcome::Failed).await?;
    if let Some((user, _)) = who {
        credential::count_failure(tx, user).await?;
    }
    let guard = store::failed(tx, login).await?;
    Ok(guard.locked_until.map_or_else(|| Failure::new(LOGIN_FAILED), |until| locked(until, tx.now())))
}

/// The password was right: begins a session, unless things changed while it was checked.
async fn enter(tx: &Tx, login: &str, who: (Uuid, Uuid), hash: &str) -> Result<Session> {
    if let Some(until) = model::locked_until(store::guard(tx.conn(), login).await?.as_ref(), tx.now()) {
        store::note(tx, login, Some(who), LoginOutcome::Locked).await?;
        return Err(locked(until, tx.now()).keeping_effects());
    }
    let authority = Authority::of(tx.conn(), who.0).await?;
    let credential = credential::locked(tx, who.0).await?;
    if authority.user.state != UserState::Active.as_str() || credential.password_hash != hash {
        store::note(tx, login, Some(who), LoginOutcome::Failed).await?;
        return Err(Failure::new(LOGIN_FAILED).keeping_effects());
    }
    store::forgive(tx, login).await?;
    store::note(tx, login, Some(who), LoginOutcome::SignedIn).await?;
    credential::count_login(tx, who.0).await?;
    let (session, token) = store::open(tx, who.0).await?;
    tx.context().set_refresh_token(Some(token));
    answer(tx, &authority, &credential, session.id)
}

/// A fresh access token with the person it stands for.
fn answer(tx: &Tx, authority: &Authority, credential: &credential::Model, session: Uuid) -> Result<Session> {
    let (token, expires) = tx.app().keys.issue(authority.user.id, session, credential.epoch, tx.now())?;
    Ok(Session {
        access_token: token,
        expires_at: expires.into(),
        me: queries::signed_in(authority, credential.must_change_password, tx.lang()),
    })
}

pub async fn refresh(app: &App, context: &Context, _: Call<RefreshSession>) -> Result<Session> {
    let ended = || Failure::new(SESSION_ENDED);
    let secret = context.refresh_token.as_deref().filter(|token| !token.is_empty()).ok_or_else(ended)?;
    run::write(app, context, async |tx| {
        let (session, token) = store::presented(tx, secret).await?.ok_or_else(ended)?;
        match model::verdict(&token, &session, tx.now()) {
            Verdict::Good => {}
            Verdict::Ended => return Err(ended()),
            Verdict::Reused => {
                log::warn!("a used refresh token came back: session {} ends", session.id);
                store::end(tx, session.id).await?;
                return Err(ended().keeping_effects());
            }
        }
        let authority = Authority::of(tx.conn(), session.user_id).await?;
        if authority.user.state != UserState::Active.as_str() {
            return Err(ended());
        }
        let credential = credential::get(tx.conn(), session.user_id).await?;
        tx.context().set_refresh_token(Some(store::rotate(tx, &session, &token).await?));
        answer(tx, &authority, &credential, session.id)
    })
    .await
}

pub async fn sign_out(app: &App, context: &Context, _: Call<SignOut>) -> Result<()> {
    context.set_refresh_token(None);
    let Some(secret) = &context.refresh_token else { return Ok(()) };
    run::write(app, context, async |tx| match store::presented(tx, secret).await? {
        Some((session, _)) => store::end(tx, session.id).await,
        None => Ok(()),
    })
    .await
}

pub async fn revoke(tx: &Tx, call: Call<RevokeSession>) -> Result<()> {
    let own = session::Entity::find_by_id(call.path.id.uuid())
        .filter(session::Column::UserId.eq(tx.actor().user_id))
        .filter(session::Column::RevokedAt.is_null());
    let session = own.one(tx.conn()).await?.ok_or_else(Failure::not_found)?;
    store::end(tx, session.id).await
}

pub async fn change_password(app: &App, context: &Context, call: Call<ChangePassword>) -> Result<Session> {
    let user = context.actor.user_id;
    let login = context.actor.login.as_str();
    let conn = app.db.latest();
    let guard = store::guard(conn, login).await?;
    let (credential, earlier) = (credential::get(conn, user).await?, credential::earlier(conn, user).await?);
    if let Some(until) = model::locked_until(guard.as_ref(), context.now) {
        return Err(locked(until, context.now));
    }
    let current = call.body.current.chars().take(LONGEST_PASSWORD).collect();
    if !password::verify(current, Some(credential.password_hash.clone())).await? {
        run::write(app, context, async |tx| store::failed(tx, login).await).await?;
        return Err(Failure::field("/current", Issue::new(PASSWORD_WRONG)));
    }
    let new = call.body.new.into_string();
    model::strong_enough(&new, login).map_err(|issue| Failure::field("/new", issue))?;
    for hash in std::iter::once(&credential.password_hash).chain(&earlier) {
        if password::verify(new.clone(), Some(hash.clone())).await? {
            return Err(Failure::field("/new", Issue::new(PASSWORD_REUSED)));
        }
    }
    let hash = password::hash(new).await?;
    run::write(app, context, async |tx| {
        let before = credential::locked(tx, user).await?;
        if before.password_hash != credential.password_hash {
            return Err(Failure::new(problem::STALE));
        }
        let after = credential::replace(tx, before, hash.clone(), false).await?;
        store::forgive(tx, login).await?;
        store::end_all(tx, user, Some(context.actor.session_id)).await?;
        store::drop_tokens(tx, context.actor.session_id).await?;
        tx.audit("credential", user, None, Some("{\"password\":\"changed\"}".to_owned()));
        let session = session::Entity::find_by_id(context.actor.session_id).one(tx.conn()).await?;
        let session = session.filter(|s| s.revoked_at.is_none()).ok_or_else(|| Failure::new(SESSION_ENDED))?;
        tx.context().set_refresh_token(Some(store::issue(tx, &session).await?));
        answer(tx, &Authority::of(tx.conn(), user).await?, &after, session.id)
    })
    .await
}

//! Answering a request, whichever row it is for.
//!
//! The order of the checks is the same for every row: token, actor, first password, permission, then path, query,
//! body and its validation, then preconditions, then the transaction. Nothing of the body is parsed before the
//! permission is checked.

use crate::db::Lasting;
use crate::http::call::Context;
use crate::http::idempotency::{self, Claim};
use crate::http::incoming::{BodyRule, bearer, fingerprint, header_text, is_known, preconditions};
use crate::http::mount::reach;
use crate::http::work::{Doing, Ready, Work, perform};
use crate::http::{respond, run, server};
use crate::{App, Failure, Result, Tx};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use matchit::Params;
use openapi::{Access, Encoded, Lang, Method, Row, problem};

/// Reads a call from what its path holds, its query and its body.
type Begin = dyn Fn(&Params<'_, '_>, &str, &[u8], Lang) -> Result<Ready>;

/// A row with what reads its calls.
pub(crate) struct Mounted {
    pub(crate) row: Row,
    pub(crate) body: BodyRule,
    pub(crate) begin: Box<Begin>,
}

/// What was done, or done before.
struct Outcome {
    status: u16,
    answer: Encoded,
    replayed: bool,
}

/// The answer to a request for this row.
pub(crate) async fn answer(
    mounted: &Mounted,
    path: &Params<'_, '_>,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let row = &mounted.row;
    let app = server::app(request)?;
    let mut context = server::context(&app, request, row.name);
    let seat = app.gate.enter()?;
    authorise(&app, row, request, &mut context).await?;
    // a body takes as long as its sender likes: nobody waits for that
    drop(seat);
    let bytes = mounted.body.read(request, payload).await?;
    let ready = (mounted.begin)(path, request.query_string(), &bytes, context.lang)?;
    preconditions(row, request, &mut context)?;
    let _seat = app.gate.enter()?;
    let first = |answer| Outcome { status: row.status, answer, replayed: false };
    let outcome = match ready.doing {
        Doing::Write(work) => {
            let asked = Asked { fingerprint: fingerprint(row.name, request, &bytes), status: row.status };
            answered_once(&app, &context, &asked, &work, &*ready.encode).await?
        }
        Doing::Staged(prepare) => {
            let work = prepare(app.clone(), context.clone()).await?;
            let asked = Asked { fingerprint: fingerprint(row.name, request, &bytes), status: row.status };
            answered_once(&app, &context, &asked, &work, &*ready.encode).await?
        }
        doing => {
            perform(&app, &context, doing).await?;
            first((ready.encode)()?)
        }
    };
    if row.method == Method::Get && is_known(request, &outcome.answer) {
        return Ok(HttpResponse::NotModified()
            .insert_header((header::ETAG, format!("\"{}\"", outcome.answer.version.unwrap_or_default())))
            .finish());
    }
    Ok(respond::success(&app, &context, outcome.status, outcome.answer, outcome.replayed))
}

/// Token → actor → first password → permission → reach.
async fn authorise(app: &App, row: &Row, request: &HttpRequest, context: &mut Context) -> Result<()> {
    if row.access == Access::Public {
        return Ok(());
    }
    let token = bearer(request).ok_or_else(|| Failure::new(problem::UNAUTHENTICATED))?;
    let claims = app.keys.check(token, context.now)?;
    let key = (row.method == Method::Post).then(|| header_text(request, "idempotency-key")).flatten();
    let epoch = app.lasting.epoch();
    let caller = app.directory.caller(&app.db, &claims, context.now, key.as_deref()).await?;
    context.reach = reach(row.access, &caller.actor, context.lang)?;
    context.actor = caller.actor;
    context.is_key_new = !caller.is_key_known;
    context.seen = Some(Lasting::seen(epoch, caller.base_changes));
    Ok(())
}

/// What a command was asked to do, for its idempotency key, and the status of its first answer.
struct Asked {
    fingerprint: String,
    status: u16,
}

/// Writes the result for the wire.
type Encode<'e> = dyn Fn() -> Result<Encoded> + 'e;

/// Does the work of a request once for each idempotency key; afterwards it gives the first answer again. A key that
/// nobody had used yet is written with the answer. When that, or the work, fails because the same request was faster,
/// its answer is found.
async fn answered_once(
    app: &App,
    context: &Context,
    asked: &Asked,
    work: &Work<Tx>,
    encode: &Encode<'_>,
) -> Result<Outcome> {
    let done = run::write(app, context, async |tx: &Tx| once(tx, asked, work, encode).await).await;
    let (Some(key), Err(failure)) = (context.idempotency_key.as_ref().filter(|_| context.is_key_new), &done) else {
        return done;
    };
    if failure.is_locked() {
        // somebody is at work with something of this: whether it is this very request shows when the key comes first
        let context = Context { is_key_new: false, ..context.clone() };
        return run::write(app, &context, async |tx: &Tx| once(tx, asked, work, encode).await).await;
    }
    match run::write(app, context, async |tx: &Tx| idempotency::find(tx, key, &asked.fingerprint).await).await? {
        Some(Claim::Replay(status, answer)) => Ok(Outcome { status, answer, replayed: true }),
        Some(Claim::First) | None => done,
    }
}

async fn once(tx: &Tx, asked: &Asked, work: &Work<Tx>, encode: &Encode<'_>) -> Result<Outcome> {
    let first = |answer| Outcome { status: asked.status, answer, replayed: false };
    let Some(key) = &tx.context().idempotency_key else {
        work(tx).await?;
        return Ok(first(encode()?));
    };
    if tx.context().is_key_new {
        work(tx).await?;
        let answer = encode()?;
        idempotency::keep(tx, key, &asked.fingerprint, asked.status, &answer);
        return Ok(first(answer));
    }
    match idempotency::claim(tx, key, &asked.fingerprint).await? {
        Claim::Replay(status, answer) => Ok(Outcome { status, answer, replayed: true }),
        Claim::First => {
            work(tx).await?;
            let answer = encode()?;
            idempotency::settle(tx, key, asked.status, &answer).await?;
            Ok(first(answer))
        }
    }
}

//! Mounting endpoint rows on the server.
//!
//! The order of the checks is the same for every row: token, actor, first password, permission, then path, query,
//! body and its validation, then preconditions, then the transaction. Nothing of the body is parsed before the
//! permission is checked.

use crate::auth::actor::{Actor, Reach};
use crate::db::Lasting;
use crate::db::tx::forbidden;
use crate::http::call::{Call, Context};
use crate::http::idempotency::{self, Claim};
use crate::http::incoming::{Raw, bearer, header_text, invalid, is_known, preconditions, receive};
use crate::http::{respond, run, server};
use crate::print::Printers;
use crate::{App, Failure, ReadTx, Result, Tx};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, Route, web};
use futures::future::LocalBoxFuture;
use openapi::{Access, Body, Encoded, Endpoint, Lang, Method, PathParams, QueryString, Reply, Row, problem};
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

type Data<E> = <<E as Endpoint>::Reply as Reply>::Data;

/// The routes of a server, by path, so that one path answers 405 for every other method.
#[derive(Default)]
pub struct Api {
    routes: BTreeMap<&'static str, Vec<(Method, Route)>>,
    /// The rows that are mounted, to compare with the contract.
    pub mounted: Vec<&'static str>,
    /// The same operations without the wire, by endpoint type; see [`Api::call`].
    local: HashMap<TypeId, Box<dyn Any>>,
    /// The lists without their types, by operation id.
    lists: Lists,
    /// What can be printed, by kind of document.
    printers: Printers,
}

/// What takes the rows of a list, as JSON, page after page.
pub type TakeRows = Box<dyn Fn(Vec<serde_json::Value>) -> Result<()>>;
/// Reads a list from its first row to its last in one snapshot, as somebody: process, caller, raw query, taker.
pub type ListRows = dyn Fn(App, Context, String, TakeRows) -> LocalBoxFuture<'static, Result<()>>;
/// The lists of a server.
pub type Lists = Rc<RefCell<HashMap<String, Rc<ListRows>>>>;

/// An operation as it is called inside the process.
type Local<E> = Box<dyn Fn(App, Context, Call<E>) -> LocalBoxFuture<'static, Result<Data<E>>>>;

impl Api {
    fn add(&mut self, row: Row, route: Route) {
        let route = match row.method {
            Method::Get => route.method(actix_web::http::Method::GET),
            Method::Post => route.method(actix_web::http::Method::POST),
            Method::Put => route.method(actix_web::http::Method::PUT),
            Method::Delete => route.method(actix_web::http::Method::DELETE),
        };
        self.routes.entry(row.path).or_default().push((row.method, route));
        self.mounted.push(row.name);
    }

    /// Calls an operation inside the process, as somebody, with the same permission check, reach and transaction as
    /// over the wire. For demo data, imports and the command line.
    pub async fn call<E: Endpoint>(&self, app: &App, mut context: Context, call: Call<E>) -> Result<Data<E>> {
        context.operation = E::NAME;
        context.reach = reach::<E>(&context.actor, context.lang)?;
        let local = self.local.get(&TypeId::of::<E>()).and_then(|any| any.downcast_ref::<Local<E>>());
        let local = local.ok_or_else(|| Failure::Internal(format!("{} is not mounted", E::NAME)))?;
        local(app.clone(), context, call).await
    }

    /// The lists; those that are mounted later come in too.
    pub fn lists(&self) -> Lists {
        self.lists.clone()
    }

    /// What can be printed; what is mounted later comes in too.
    pub fn printers(&self) -> Printers {
        self.printers.clone()
    }

    fn keep<E: Endpoint>(&mut self, local: Local<E>) {
        self.local.insert(TypeId::of::<E>(), Box::new(local));
    }

    /// Hands the routes to actix; each path gets the 405 answer that names what it allows.
    pub fn install(self, server: &mut web::ServiceConfig) {
        for (path, routes) in self.routes {
            let allow = routes.iter().map(|(method, _)| method.as_str()).collect::<Vec<_>>().join(", ");
            let resource = routes.into_iter().fold(web::resource(path), |resource, (_, route)| resource.route(route));
            server.service(resource.default_service(web::to(move |request: HttpRequest| {
                let mut answer = server::problem(&request, &Failure::new(problem::METHOD_NOT_ALLOWED));
                if let Ok(value) = header::HeaderValue::from_str(&allow) {
                    answer.headers_mut().insert(header::ALLOW, value);
                }
                std::future::ready(answer)
            })));
        }
    }
}

/// Mounts a query: it runs in one snapshot.
pub fn read<E: Endpoint>(api: &mut Api, query: impl AsyncFn(&ReadTx, Call<E>) -> Result<Data<E>> + Clone + 'static) {
    if E::Query::IS_LIST {
        api.lists.borrow_mut().insert(E::ROW.operation_id(), Rc::new(whole_list::<E>(query.clone())));
    }
    let local = query.clone();
    api.keep::<E>(Box::new(move |app, context, call| {
        let query = local.clone();
        Box::pin(async move { run::read(&app, &context, async |tx: &ReadTx| query(tx, call.clone()).await).await })
    }));
    mount::<E>(api, async move |app: App, context: Context, call: Call<E>, _: &Raw| {
        let found = run::read(&app, &context, async |tx: &ReadTx| query(tx, call.clone()).await).await?;
        Ok(Outcome::first(E::Reply::encode(&found)?))
    });
}

/// Mounts a report: a query whose reply is an object with its rows in `items`. It can be exported like a list.
pub fn report<E: Endpoint>(api: &mut Api, query: impl AsyncFn(&ReadTx, Call<E>) -> Result<Data<E>> + Clone + 'static) {
    api.lists.borrow_mut().insert(E::ROW.operation_id(), Rc::new(whole_report::<E>(query.clone())));
    read::<E>(api, query);
}

/// Reads a report and takes its rows.
fn whole_report<E: Endpoint>(
    query: impl AsyncFn(&ReadTx, Call<E>) -> Result<Data<E>> + Clone + 'static,
) -> impl Fn(App, Context, String, TakeRows) -> LocalBoxFuture<'static, Result<()>> {
    move |app, mut context, filter, take| {
        let query = query.clone();
        Box::pin(async move {
            context.operation = E::NAME;
            context.reach = reach::<E>(&context.actor, context.lang)?;
            run::read(&app, &context, async |tx: &ReadTx| {
                let call = Call {
                    path: E::Path::parse(|_| None).ok_or_else(Failure::not_found)?,
                    query: E::Query::parse(&filter, context.lang).map_err(invalid)?,
                    body: E::Body::parse(&[], context.lang).map_err(|refusal| Failure::new(refusal.code))?,
                };
                let reply = E::Reply::encode(&query(tx, call).await?)?.bytes;
                match serde_json::from_slice::<serde_json::Value>(&reply)?.get_mut("items").map(serde_json::Value::take)
                {
                    Some(serde_json::Value::Array(rows)) => take(rows),
                    _ => Err(Failure::Internal(format!("{} has no rows", E::NAME))),
                }
            })
            .await
        })
    }
}

/// Reads every page of a list in one snapshot.
fn whole_list<E: Endpoint>(
    query: impl AsyncFn(&ReadTx, Call<E>) -> Result<Data<E>> + Clone + 'static,
) -> impl Fn(App, Context, String, TakeRows) -> LocalBoxFuture<'static, Result<()>> {
    move |app, mut context, filter, take| {
        let query = query.clone();
        Box::pin(async move {
            context.operation = E::NAME;
            context.reach = reach::<E>(&context.actor, context.lang)?;
            run::read(&app, &context, async |tx: &ReadTx| {
                let mut cursor = String::new();
                loop {
                    let raw = format!("{filter}&limit=200{cursor}");
                    let call = Call {
                        path: E::Path::parse(|_| None).ok_or_else(Failure::not_found)?,
                        query: E::Query::parse(&raw, context.lang).map_err(invalid)?,
                        body: E::Body::parse(&[], context.lang).map_err(|refusal| Failure::new(refusal.code))?,
                    };
                    let page = E::Reply::encode(&query(tx, call).await?)?.bytes;
                    let page: openapi::Page<serde_json::Value> = serde_json::from_slice(&page)?;
                    take(page.items)?;
                    match page.next_cursor {
                        Some(next) => cursor = format!("&cursor={next}"),
                        None => return Ok(()),
                    }
                }
            })
            .await
        })
    }
}

/// Mounts a command: it runs in one write transaction together with its idempotency key, audit rows and timeline.
pub fn write<E: Endpoint>(api: &mut Api, command: impl AsyncFn(&Tx, Call<E>) -> Result<Data<E>> + Clone + 'static) {
    let local = command.clone();
    api.keep::<E>(Box::new(move |app, context, call| {
        let command = local.clone();
        Box::pin(async move { run::write(&app, &context, async |tx: &Tx| command(tx, call.clone()).await).await })
    }));
    mount::<E>(api, async move |app: App, context: Context, call: Call<E>, raw: &Raw| {
        answered_once::<E>(&app, &context, raw, async |tx: &Tx| command(tx, call.clone()).await).await
    });
}

/// Mounts a command with slow work before its transaction (reading an image, storing a file). What `prepare` leaves
/// behind must do no harm when the command is refused afterwards, or turns out to be a replay.
pub fn staged<E: Endpoint, P>(
    api: &mut Api,
    prepare: impl AsyncFn(&App, &Context, &Call<E>) -> Result<P> + Clone + 'static,
    command: impl AsyncFn(&Tx, Call<E>, &P) -> Result<Data<E>> + Clone + 'static,
) {
    let local = (prepare.clone(), command.clone());
    api.keep::<E>(Box::new(move |app, context, call| {
        let (prepare, command) = local.clone();
        Box::pin(async move {
            let prepared = prepare(&app, &context, &call).await?;
            run::write(&app, &context, async |tx: &Tx| command(tx, call.clone(), &prepared).await).await
        })
    }));
    mount::<E>(api, async move |app: App, context: Context, call: Call<E>, raw: &Raw| {
        let prepared = prepare(&app, &context, &call).await?;
        answered_once::<E>(&app, &context, raw, async |tx: &Tx| command(tx, call.clone(), &prepared).await).await
    });
}

/// Does the work of a request once for each idempotency key; afterwards it gives the first answer again. A key that
/// nobody had used yet is written with the answer. When that, or the work, fails because the same request was faster,
/// its answer is found.
async fn answered_once<E: Endpoint>(
    app: &App,
    context: &Context,
    raw: &Raw,
    work: impl AsyncFn(&Tx) -> Result<Data<E>>,
) -> Result<Outcome> {
    let done = run::write(app, context, async |tx: &Tx| once::<E>(tx, raw, async || work(tx).await).await).await;
    let (Some(key), Err(failure)) = (context.idempotency_key.as_ref().filter(|_| context.is_key_new), &done) else {
        return done;
    };
    if failure.is_locked() {
        // somebody is at work with something of this: whether it is this very request shows when the key comes first
        let context = Context { is_key_new: false, ..context.clone() };
        return run::write(app, &context, async |tx: &Tx| once::<E>(tx, raw, async || work(tx).await).await).await;
    }
    match run::write(app, context, async |tx: &Tx| idempotency::find(tx, key, &raw.fingerprint).await).await? {
        Some(Claim::Replay(status, answer)) => Ok(Outcome { status: Some(status), answer, replayed: true }),
        Some(Claim::First) | None => done,
    }
}

async fn once<E: Endpoint>(tx: &Tx, raw: &Raw, work: impl AsyncFn() -> Result<Data<E>>) -> Result<Outcome> {
    let Some(key) = &tx.context().idempotency_key else {
        return Ok(Outcome::first(E::Reply::encode(&work().await?)?));
    };
    if tx.context().is_key_new {
        let answer = E::Reply::encode(&work().await?)?;
        idempotency::keep(tx, key, &raw.fingerprint, E::Reply::STATUS, &answer);
        return Ok(Outcome::first(answer));
    }
    match idempotency::claim(tx, key, &raw.fingerprint).await? {
        Claim::Replay(status, answer) => Ok(Outcome { status: Some(status), answer, replayed: true }),
        Claim::First => {
            let answer = E::Reply::encode(&work().await?)?;
            idempotency::settle(tx, key, E::Reply::STATUS, &answer).await?;
            Ok(Outcome::first(answer))
        }
    }
}

/// Mounts an operation that manages its own transactions: sign-in, uploads, anything with slow work in between.
pub fn free<E: Endpoint>(
    api: &mut Api,
    operation: impl AsyncFn(&App, &Context, Call<E>) -> Result<Data<E>> + Clone + 'static,
) {
    let local = operation.clone();
    api.keep::<E>(Box::new(move |app, context, call| {
        let operation = local.clone();
        Box::pin(async move { operation(&app, &context, call).await })
    }));
    mount::<E>(api, async move |app: App, context: Context, call: Call<E>, _: &Raw| {
        Ok(Outcome::first(E::Reply::encode(&operation(&app, &context, call).await?)?))
    });
}

/// What was done, or done before.
struct Outcome {
    status: Option<u16>,
    answer: Encoded,
    replayed: bool,
}

impl Outcome {
    fn first(answer: Encoded) -> Self {
        Outcome { status: None, answer, replayed: false }
    }
}

fn mount<E: Endpoint>(
    api: &mut Api,
    work: impl AsyncFn(App, Context, Call<E>, &Raw) -> Result<Outcome> + Clone + 'static,
) {
    let route = web::to(move |request: HttpRequest, payload: web::Payload| {
        let work = work.clone();
        async move {
            match answer::<E>(&request, payload, work).await {
                Ok(response) => response,
                Err(failure) => server::problem(&request, &failure),
            }
        }
    });
    api.add(E::ROW, route);
}

async fn answer<E: Endpoint>(
    request: &HttpRequest,
    payload: web::Payload,
    work: impl AsyncFn(App, Context, Call<E>, &Raw) -> Result<Outcome>,
) -> Result<HttpResponse> {
    let app = server::app(request)?;
    let mut context = server::context(&app, request, E::NAME);
    let seat = app.gate.enter()?;
    authorise::<E>(&app, request, &mut context).await?;
    // a body takes as long as its sender likes: nobody waits for that
    drop(seat);
    let (call, raw) = receive::<E>(request, payload, context.lang).await?;
    preconditions::<E>(request, &mut context)?;
    let _seat = app.gate.enter()?;
    let outcome = work(app.clone(), context.clone(), call, &raw).await?;
    if E::METHOD == Method::Get && is_known(request, &outcome.answer) {
        return Ok(HttpResponse::NotModified()
            .insert_header((header::ETAG, format!("\"{}\"", outcome.answer.version.unwrap_or_default())))
            .finish());
    }
    Ok(respond::success(&app, &context, outcome.status.unwrap_or(E::Reply::STATUS), outcome.answer, outcome.replayed))
}

/// Token → actor → first password → permission → reach.
async fn authorise<E: Endpoint>(app: &App, request: &HttpRequest, context: &mut Context) -> Result<()> {
    if E::ACCESS == Access::Public {
        return Ok(());
    }
    let token = bearer(request).ok_or_else(|| Failure::new(problem::UNAUTHENTICATED))?;
    let claims = app.keys.check(token, context.now)?;
    let key = (E::METHOD == Method::Post).then(|| header_text(request, "idempotency-key")).flatten();
    let epoch = app.lasting.epoch();
    let caller = app.directory.caller(&app.db, &claims, context.now, key.as_deref()).await?;
    context.reach = reach::<E>(&caller.actor, context.lang)?;
    context.actor = caller.actor;
    context.is_key_new = !caller.is_key_known;
    context.seen = Some(Lasting::seen(epoch, caller.base_changes));
    Ok(())
}

/// First password → permission → reach.
pub(crate) fn reach<E: Endpoint>(actor: &Actor, lang: Lang) -> Result<Reach> {
    match E::ACCESS {
        Access::Needs(_) if actor.must_change_password => Err(Failure::new(problem::PASSWORD_CHANGE_REQUIRED)),
        Access::Needs(permission) => match actor.scope(permission) {
            Some(scope) => Ok(actor.reach(scope)),
            None => Err(forbidden(permission, lang)),
        },
        Access::SignedIn | Access::Public => Ok(Reach::All),
    }
}

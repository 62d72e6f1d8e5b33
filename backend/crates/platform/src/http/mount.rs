//! Mounting endpoint rows on the server.
//!
//! What is made for each row is small: reading its call, running its work, writing its answer. Everything around that is
//! compiled once for all rows ([`super::work`], [`super::answer`]).

use crate::auth::actor::{Actor, Reach};
use crate::db::tx::forbidden;
use crate::http::answer::Mounted;
use crate::http::call::{Call, Context};
use crate::http::incoming::{BodyRule, invalid};
use crate::http::lists::{self, Lists};
use crate::http::routes::Routes;
use crate::http::work::{Doing, Ready, Slot, Work, perform, work};
use crate::print::Printers;
use crate::{App, Failure, ReadTx, Result, Tx};
use actix_web::web;
use matchit::Params;
use openapi::{Access, Body, Endpoint, Lang, PathParams, QueryString, Reply, problem};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::rc::Rc;

/// Rows of a list that are read at a time for a workbook: as many as a page may have.
const PAGE: u32 = 200;

type Data<E> = <<E as Endpoint>::Reply as Reply>::Data;

/// The operations of a server.
#[derive(Default)]
pub struct Api {
    routes: Routes,
    /// The rows that are mounted, to compare with the contract.
    pub mounted: Vec<&'static str>,
    /// The same operations without the wire, by endpoint type; see [`Api::call`].
    local: HashMap<TypeId, Box<dyn Any>>,
    /// The lists without their types, by operation id.
    lists: Lists,
    /// What can be printed, by kind of document.
    printers: Printers,
}

/// What an operation does with a call, and where its result will be.
type Begin<E> = Rc<dyn Fn(Call<E>) -> (Doing, Slot<Data<E>>)>;

impl Api {
    /// Calls an operation inside the process, as somebody, with the same permission check, reach and transaction as
    /// over the wire. For demo data, imports and the command line.
    pub async fn call<E: Endpoint>(&self, app: &App, mut context: Context, call: Call<E>) -> Result<Data<E>> {
        context.operation = E::NAME;
        context.reach = reach(E::ACCESS, &context.actor, context.lang)?;
        let begin = self.local.get(&TypeId::of::<E>()).and_then(|any| any.downcast_ref::<Begin<E>>());
        let begin = begin.ok_or_else(|| Failure::Internal(format!("{} is not mounted", E::NAME)))?;
        let (doing, slot) = begin(call);
        perform(app, &context, doing).await?;
        slot.take()
    }

    /// The lists; those that are mounted later come in too.
    pub fn lists(&self) -> Lists {
        self.lists.clone()
    }

    /// What can be printed; what is mounted later comes in too.
    pub fn printers(&self) -> Printers {
        self.printers.clone()
    }

    /// Hands the routes to actix. Other services below `/api/v1` are to be installed before.
    pub fn install(self, server: &mut web::ServiceConfig) {
        self.routes.install(server);
    }

    fn mount<E: Endpoint>(&mut self, begin: impl Fn(Call<E>) -> (Doing, Slot<Data<E>>) + 'static) {
        let begin: Begin<E> = Rc::new(begin);
        self.local.insert(TypeId::of::<E>(), Box::new(begin.clone()));
        if E::Query::IS_LIST {
            let rows = lists::whole(E::ROW, Some(PAGE), without_wire::<E>(begin.clone()));
            self.lists.borrow_mut().insert(E::ROW.operation_id(), rows);
        }
        let body =
            BodyRule { media_type: E::Body::MEDIA_TYPE, is_json: E::Body::IS_JSON, max_bytes: E::Body::MAX_BYTES };
        let begin = Box::new(move |path: &Params<'_, '_>, query: &str, bytes: &[u8], lang| {
            let call = parsed::<E>(|name| path.get(name), query, bytes, lang)?;
            Ok(ready::<E>(begin(call)))
        });
        self.mounted.push(E::ROW.name);
        self.routes.add(Mounted { row: E::ROW, body, begin });
    }
}

/// Path, query and body, each by its type.
pub(crate) fn parsed<'a, E: Endpoint>(
    path: impl Fn(&str) -> Option<&'a str>,
    query: &str,
    bytes: &[u8],
    lang: Lang,
) -> Result<Call<E>> {
    let path = E::Path::parse(path).ok_or_else(Failure::not_found)?;
    let query = E::Query::parse(query, lang).map_err(invalid)?;
    let body = E::Body::parse(bytes, lang).map_err(|refusal| match refusal.code {
        code if code == problem::INVALID => invalid(refusal.errors),
        code => Failure::new(code),
    })?;
    Ok(Call { path, query, body })
}

/// A call whose answer can be written.
fn ready<E: Endpoint>((doing, slot): (Doing, Slot<Data<E>>)) -> Ready {
    Ready { doing, encode: Box::new(move || slot.look(|data| Ok(E::Reply::encode(data)?))) }
}

/// A list or a report by its query string alone.
fn without_wire<E: Endpoint>(begin: Begin<E>) -> lists::Asked {
    Box::new(move |query, lang| Ok(ready::<E>(begin(parsed::<E>(|_| None, query, &[], lang)?))))
}

/// Mounts a query: it runs in one snapshot.
pub fn read<E: Endpoint>(api: &mut Api, query: impl AsyncFn(&ReadTx, Call<E>) -> Result<Data<E>> + Clone + 'static) {
    api.mount::<E>(move |call| {
        let slot = Slot::default();
        (Doing::Read(work::<E, ReadTx>(query.clone(), call, slot.clone())), slot)
    });
}

/// Mounts a report: a query whose reply is an object with its rows in `items`. It can be exported like a list.
pub fn report<E: Endpoint>(api: &mut Api, query: impl AsyncFn(&ReadTx, Call<E>) -> Result<Data<E>> + Clone + 'static) {
    read::<E>(api, query);
    if let Some(begin) = api.local.get(&TypeId::of::<E>()).and_then(|any| any.downcast_ref::<Begin<E>>()) {
        let rows = lists::whole(E::ROW, None, without_wire::<E>(begin.clone()));
        api.lists.borrow_mut().insert(E::ROW.operation_id(), rows);
    }
}

/// Mounts a command: it runs in one write transaction together with its idempotency key, audit rows and timeline.
pub fn write<E: Endpoint>(api: &mut Api, command: impl AsyncFn(&Tx, Call<E>) -> Result<Data<E>> + Clone + 'static) {
    api.mount::<E>(move |call| {
        let slot = Slot::default();
        (Doing::Write(work::<E, Tx>(command.clone(), call, slot.clone())), slot)
    });
}

/// Mounts a command with slow work before its transaction (reading an image, storing a file). What `prepare` leaves
/// behind must do no harm when the command is refused afterwards, or turns out to be a replay.
pub fn staged<E: Endpoint, P: 'static>(
    api: &mut Api,
    prepare: impl AsyncFn(&App, &Context, &Call<E>) -> Result<P> + Clone + 'static,
    command: impl AsyncFn(&Tx, Call<E>, &P) -> Result<Data<E>> + Clone + 'static,
) {
    api.mount::<E>(move |call| {
        let (prepare, command, slot) = (prepare.clone(), command.clone(), Slot::default());
        let left: Slot<Data<E>> = slot.clone();
        let doing = Doing::Staged(Box::new(move |app: App, context: Context| {
            Box::pin(async move {
                let prepared = Rc::new(prepare(&app, &context, &call).await?);
                let work: Work<Tx> = Box::new(move |tx| {
                    let (command, call) = (command.clone(), call.clone());
                    let (prepared, left) = (Rc::clone(&prepared), left.clone());
                    Box::pin(async move {
                        left.put(command(tx, call, &prepared).await?);
                        Ok(())
                    })
                });
                Ok(work)
            })
        }));
        (doing, slot)
    });
}

/// Mounts an operation that manages its own transactions: sign-in, uploads, anything with slow work in between.
pub fn free<E: Endpoint>(
    api: &mut Api,
    operation: impl AsyncFn(&App, &Context, Call<E>) -> Result<Data<E>> + Clone + 'static,
) {
    api.mount::<E>(move |call| {
        let (operation, slot) = (operation.clone(), Slot::default());
        let left: Slot<Data<E>> = slot.clone();
        let doing = Doing::Free(Box::new(move |app: App, context: Context| {
            Box::pin(async move {
                left.put(operation(&app, &context, call).await?);
                Ok(())
            })
        }));
        (doing, slot)
    });
}

/// First password → permission → reach.
pub(crate) fn reach(access: Access, actor: &Actor, lang: Lang) -> Result<Reach> {
    match access {
        Access::Needs(_) if actor.must_change_password => Err(Failure::new(problem::PASSWORD_CHANGE_REQUIRED)),
        Access::Needs(permission) => match actor.scope(permission) {
            Some(scope) => Ok(actor.reach(scope)),
            None => Err(forbidden(permission, lang)),
        },
        Access::SignedIn | Access::Public => Ok(Reach::All),
    }
}

//! Who prints what: a document is read by its own read operation, as the caller, and written as a slip. So paper shows
//! exactly what the screen shows that person.

use super::{Slip, render, template};
use crate::http::mount::{Api, free, parsed, reach};
use crate::http::run;
use crate::{App, Call, Context, Failure, ReadTx, Result};
use futures::future::LocalBoxFuture;
use openapi::document::DocKind;
use openapi::system::print::{Paper, PrintDocument};
use openapi::{Endpoint, FileData, Reply, problem};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use uuid::Uuid;

type Print = dyn Fn(App, Context, DocKind, Uuid, Paper) -> LocalBoxFuture<'static, Result<FileData>>;

/// What can be printed, by kind of document.
pub type Printers = Rc<RefCell<BTreeMap<DocKind, Rc<Print>>>>;

/// Lets documents of these kinds be printed: `E` reads one (`read` is what it is mounted with), `slip` writes it.
pub fn printed<E: Endpoint>(
    api: &mut Api,
    kinds: &[DocKind],
    read: impl AsyncFn(&ReadTx, Call<E>) -> Result<<E::Reply as Reply>::Data> + Clone + 'static,
    slip: impl AsyncFn(&ReadTx, <E::Reply as Reply>::Data) -> Result<Slip> + Clone + 'static,
) {
    let print: Rc<Print> = Rc::new(move |app: App, mut context: Context, kind, id: Uuid, paper| {
        let (read, slip) = (read.clone(), slip.clone());
        Box::pin(async move {
            context.operation = E::NAME;
            context.reach = reach(E::ACCESS, &context.actor, context.lang)?;
            let id = id.to_string();
            run::read(&app, &context, async |tx: &ReadTx| {
                let call = parsed::<E>(|name| (name == "id").then_some(id.as_str()), "", &[], context.lang)?;
                let document = read(tx, call).await?;
                render(tx, kind, paper, &slip(tx, document).await?).await
            })
            .await
        })
    });
    api.printers().borrow_mut().extend(kinds.iter().map(|kind| (*kind, print.clone())));
}

/// Mounts the rows of printing.
pub fn mount(api: &mut Api) {
    let printers = api.printers();
    free::<PrintDocument>(api, async move |app: &App, context: &Context, call: Call<PrintDocument>| {
        let printer = printers.borrow().get(&call.path.kind).cloned().ok_or_else(Failure::not_found)?;
        let (kind, id, paper) = (call.path.kind, call.path.id.uuid(), call.query.0.paper);
        match printer(app.clone(), context.clone(), kind, id, paper).await {
            // what one may not read does not exist
            Err(failure) if failure.code() == problem::FORBIDDEN => Err(Failure::not_found()),
            done => done,
        }
    });
    template::mount(api);
}

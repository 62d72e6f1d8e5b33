//! The work of one call without its types, so that transactions, retries, idempotency and answers are compiled once
//! instead of once for each endpoint.

use crate::http::call::{Call, Context};
use crate::http::run;
use crate::{App, Failure, ReadTx, Result, Tx};
use futures::future::LocalBoxFuture;
use openapi::{Encoded, Endpoint, Reply};
use std::cell::RefCell;
use std::rc::Rc;

type Data<E> = <<E as Endpoint>::Reply as Reply>::Data;

/// What runs in a transaction `T`, perhaps several times, and leaves its result in a [`Slot`].
pub(crate) type Work<T> = Box<dyn for<'t> Fn(&'t T) -> LocalBoxFuture<'t, Result<()>>>;

/// What runs before or without a transaction.
type Once<T> = Box<dyn FnOnce(App, Context) -> LocalBoxFuture<'static, Result<T>>>;

/// How a call does its work.
pub(crate) enum Doing {
    /// In one snapshot.
    Read(Work<ReadTx>),
    /// In one write transaction.
    Write(Work<Tx>),
    /// Something slow first, then in one write transaction.
    Staged(Once<Work<Tx>>),
    /// It manages its own transactions.
    Free(Once<()>),
}

/// A call that can run, and whose result can be written for the wire afterwards.
pub(crate) struct Ready {
    pub(crate) doing: Doing,
    pub(crate) encode: Box<dyn Fn() -> Result<Encoded>>,
}

/// Where work leaves its result; work that runs again leaves a new one.
pub(crate) struct Slot<D>(Rc<RefCell<Option<D>>>);

impl<D> Clone for Slot<D> {
    fn clone(&self) -> Self {
        Slot(self.0.clone())
    }
}

impl<D> Default for Slot<D> {
    fn default() -> Self {
        Slot(Rc::default())
    }
}

impl<D> Slot<D> {
    pub(crate) fn put(&self, data: D) {
        *self.0.borrow_mut() = Some(data);
    }

    /// Takes the result out.
    pub(crate) fn take(&self) -> Result<D> {
        self.0.borrow_mut().take().ok_or_else(nothing)
    }

    /// Looks at the result.
    pub(crate) fn look<R>(&self, at: impl FnOnce(&D) -> Result<R>) -> Result<R> {
        at(self.0.borrow().as_ref().ok_or_else(nothing)?)
    }
}

fn nothing() -> Failure {
    Failure::Internal("work has left no result".to_owned())
}

/// A command or a query with its call.
pub(crate) fn work<E: Endpoint, T: 'static>(
    command: impl AsyncFn(&T, Call<E>) -> Result<Data<E>> + Clone + 'static,
    call: Call<E>,
    slot: Slot<Data<E>>,
) -> Work<T> {
    Box::new(move |tx| {
        let (command, call, slot) = (command.clone(), call.clone(), slot.clone());
        Box::pin(async move {
            slot.put(command(tx, call).await?);
            Ok(())
        })
    })
}

/// Does the work.
pub(crate) async fn perform(app: &App, context: &Context, doing: Doing) -> Result<()> {
    match doing {
        Doing::Read(work) => read(app, context, &work).await,
        Doing::Write(work) => write(app, context, &work).await,
        Doing::Staged(prepare) => write(app, context, &prepare(app.clone(), context.clone()).await?).await,
        Doing::Free(operation) => operation(app.clone(), context.clone()).await,
    }
}

async fn read(app: &App, context: &Context, work: &Work<ReadTx>) -> Result<()> {
    run::read(app, context, async |tx: &ReadTx| work(tx).await).await
}

async fn write(app: &App, context: &Context, work: &Work<Tx>) -> Result<()> {
    run::write(app, context, async |tx: &Tx| work(tx).await).await
}

//! Whole lists and reports without their types: for workbooks.

use crate::http::call::Context;
use crate::http::mount::reach;
use crate::http::run;
use crate::http::work::{Doing, Ready};
use crate::{App, Failure, ReadTx, Result};
use futures::future::LocalBoxFuture;
use openapi::{Encoded, Lang, Row};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// What takes the rows of a list, as JSON, page after page.
pub type TakeRows = Box<dyn Fn(Vec<Value>) -> Result<()>>;
/// Reads a list from its first row to its last in one snapshot, as somebody: process, caller, raw query, taker.
pub type ListRows = dyn Fn(App, Context, String, TakeRows) -> LocalBoxFuture<'static, Result<()>>;
/// The lists of a server.
pub type Lists = Rc<RefCell<HashMap<String, Rc<ListRows>>>>;
/// Reads a raw query.
pub(super) type Asked = Box<dyn Fn(&str, Lang) -> Result<Ready>>;

async fn one(tx: &ReadTx, ready: Ready) -> Result<Encoded> {
    let Doing::Read(work) = ready.doing else {
        return Err(Failure::Internal("only what is read can be listed".to_owned()));
    };
    work(tx).await?;
    (ready.encode)()
}

fn as_caller(row: &Row, mut context: Context) -> Result<Context> {
    context.operation = row.name;
    context.reach = reach(row.access, &context.actor, context.lang)?;
    Ok(context)
}

/// Reads every page of a list in one snapshot.
pub(super) fn pages(row: Row, asked: Asked) -> Rc<ListRows> {
    let asked = Rc::new(asked);
    Rc::new(move |app, context, filter, take| {
        let asked = Rc::clone(&asked);
        Box::pin(async move {
            let context = as_caller(&row, context)?;
            run::read(&app, &context, async |tx: &ReadTx| {
                let mut cursor = String::new();
                loop {
                    let ready = asked(&format!("{filter}&limit=200{cursor}"), context.lang)?;
                    let page: openapi::Page<Value> = serde_json::from_slice(&one(tx, ready).await?.bytes)?;
                    take(page.items)?;
                    match page.next_cursor {
                        Some(next) => cursor = format!("&cursor={next}"),
                        None => return Ok(()),
                    }
                }
            })
            .await
        })
    })
}

/// Reads a report: its rows are in `items`.
pub(super) fn at_once(row: Row, asked: Asked) -> Rc<ListRows> {
    let asked = Rc::new(asked);
    Rc::new(move |app, context, filter, take| {
        let asked = Rc::clone(&asked);
        Box::pin(async move {
            let context = as_caller(&row, context)?;
            run::read(&app, &context, async |tx: &ReadTx| {
                let reply = one(tx, asked(&filter, context.lang)?).await?.bytes;
                match serde_json::from_slice::<Value>(&reply)?.get_mut("items").map(Value::take) {
                    Some(Value::Array(rows)) => take(rows),
                    _ => Err(Failure::Internal(format!("{} has no rows", row.name))),
                }
            })
            .await
        })
    })
}

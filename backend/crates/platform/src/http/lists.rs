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

/// The part of a reply that has the rows: a page of a list, or a whole report.
#[derive(serde::Deserialize)]
struct Rows {
    items: Vec<Value>,
    #[serde(default)]
    next_cursor: Option<String>,
}

/// Reads everything in one snapshot: a list page after page (`limit` rows each), a report at once.
pub(super) fn whole(row: Row, limit: Option<u32>, asked: Asked) -> Rc<ListRows> {
    let (asked, limit) = (Rc::new(asked), limit.map(|limit| format!("&limit={limit}")).unwrap_or_default());
    Rc::new(move |app, context, filter, take| {
        let (asked, limit) = (Rc::clone(&asked), limit.clone());
        Box::pin(async move {
            let context = as_caller(&row, context)?;
            run::read(&app, &context, async |tx: &ReadTx| {
                let mut cursor = String::new();
                loop {
                    let ready = asked(&format!("{filter}{limit}{cursor}"), context.lang)?;
                    let rows: Rows = serde_json::from_slice(&one(tx, ready).await?.bytes)?;
                    take(rows.items)?;
                    match rows.next_cursor {
                        Some(next) => cursor = format!("&cursor={next}"),
                        None => return Ok(()),
                    }
                }
            })
            .await
        })
    })
}

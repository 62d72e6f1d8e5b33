//! Lists as workbooks: the very list operation runs in the process as the same person, so that reach, hidden fields,
//! filter and order are those of the list, and its rows are written as they come.

mod book;
mod shape;

use crate::http::lists::ListRows;
use crate::http::mount::{Api, free};
use crate::http::run;
use crate::sheet::MEDIA_TYPE;
use crate::{App, Call, Context, Failure, Result, Tx, new_id};
use book::{Book, Column};
use openapi::problem::field;
use openapi::system::EXPORT_TOO_LONG;
use openapi::system::export::{ExportDraft, ExportList, MAX_ROWS};
use openapi::{FileData, Issue};
use std::cell::RefCell;
use std::rc::Rc;
use tokio::sync::Semaphore;

/// Workbooks that one process writes at a time: each keeps a snapshot of the database open.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Mounts the row.
pub fn mount(api: &mut Api) {
    let lists = api.lists();
    free::<ExportList>(api, async move |app: &App, context: &Context, call: Call<ExportList>| {
        let list = lists.borrow().get(&*call.body.operation).cloned();
        let list = list.ok_or_else(|| Failure::field("/operation", Issue::new(field::UNKNOWN_VALUE)))?;
        export(app, context, &call.body, list).await
    });
}

async fn export(app: &App, context: &Context, draft: &ExportDraft, list: Rc<ListRows>) -> Result<FileData> {
    let columns = columns(app.contract.parsed(), draft)?;
    let max = draft.max_rows.unwrap_or(MAX_ROWS);
    let turn = AT_ONCE.acquire().await.map_err(|closed| Failure::Internal(closed.to_string()))?;
    let book = Rc::new(RefCell::new(Book::new(&draft.title, columns, context.lang, app.config.zone())?));
    let writer = book.clone();
    let write = move |rows: Vec<serde_json::Value>| {
        let mut book = writer.borrow_mut();
        for row in rows {
            if book.rows() == max {
                return Err(Failure::new(EXPORT_TOO_LONG).with("max", max));
            }
            book.add(&row)?;
        }
        Ok(())
    };
    list(app.clone(), context.clone(), query(draft), Box::new(write)).await?;
    let book = Rc::into_inner(book).ok_or_else(|| Failure::Internal("the workbook is still written".to_owned()))?;
    let book = book.into_inner();
    let rows = book.rows();
    // packing is work for a processor, not for the thread that answers requests
    let packed = tokio::task::spawn_blocking(move || book.save()).await;
    let bytes = packed.map_err(|gone| Failure::Internal(gone.to_string()))??;
    drop(turn);
    run::write(app, context, async |tx: &Tx| {
        let said = serde_json::json!({ "operation": draft.operation, "query": draft.query, "rows": rows,
            "columns": draft.columns.iter().map(|column| &column.field).collect::<Vec<_>>() });
        tx.audit("export", new_id(), None, Some(said.to_string()));
        Ok(())
    })
    .await?;
    let day = context.now.with_timezone(&app.config.zone()).format("%Y%m%d-%H%M");
    Ok(FileData {
        name: format!("{}-{day}.xlsx", draft.title.replace(['/', '\\', ':'], " ")),
        media_type: MEDIA_TYPE.to_owned(),
        is_inline: false,
        bytes,
    })
}

/// Finds what each column shows, or names those that the list does not have.
fn columns(contract: &serde_json::Value, draft: &ExportDraft) -> Result<Vec<Column>> {
    let mut issues = Vec::new();
    let mut columns = Vec::new();
    for (place, asked) in draft.columns.iter().enumerate() {
        match shape::field(contract, &draft.operation, &asked.field) {
            Some(kind) => columns.push(Column::new(asked, kind)),
            None => issues.push((format!("/columns/{place}/field"), Issue::new(field::UNKNOWN_FIELD))),
        }
    }
    if issues.is_empty() { Ok(columns) } else { Err(Failure::fields(issues)) }
}

/// The query of the list without page and size.
fn query(draft: &ExportDraft) -> String {
    let pages = ["limit=", "cursor=", "include_total="];
    let parts = draft.query.as_deref().unwrap_or_default().split('&');
    parts.filter(|part| !pages.iter().any(|page| part.starts_with(page))).collect::<Vec<_>>().join("&")
}

//! The company's own templates: read, changed, tried out and given up.

use super::entity::print_template::{Column, Entity, Model};
use super::{Printers, SLIP, Slip, fill, page_file, wrong};
use crate::http::{Api, read, write};
use crate::{Call, Constraint, Failure, ReadTx, Result, Tx};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::system::print::{
    ByPaper, GetPrintTemplate, ListPrintTemplates, PRINT_TEMPLATE_EMPTY, Paper, PrintTemplate, PrintTemplateRow,
    PrintTemplates, ResetPrintTemplate, TryPrintTemplate, UpdatePrintTemplate,
};
use openapi::{FileData, Lang, Note, problem};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// What violated constraints mean.
pub const CONSTRAINTS: &[Constraint] = &[Constraint {
    name: "uq_print_template_kind",
    columns: "print_template.kind, print_template.format",
    code: problem::STALE,
    pointer: "",
}];

pub(super) fn mount(api: &mut Api) {
    let (all, one, changed, given_up) = (api.printers(), api.printers(), api.printers(), api.printers());
    read::<ListPrintTemplates>(api, async move |tx: &ReadTx, _: Call<ListPrintTemplates>| list(tx, &all).await);
    read::<GetPrintTemplate>(api, async move |tx: &ReadTx, call: Call<GetPrintTemplate>| {
        let row = own(tx, printable(&one, call.path)?).await?;
        Ok(shown(tx, call.path, row))
    });
    write::<UpdatePrintTemplate>(api, async move |tx: &Tx, call: Call<UpdatePrintTemplate>| {
        update(tx, printable(&changed, call.path)?, call.body.body.to_string()).await
    });
    write::<ResetPrintTemplate>(api, async move |tx: &Tx, call: Call<ResetPrintTemplate>| {
        reset(tx, printable(&given_up, call.path)?).await
    });
    write::<TryPrintTemplate>(api, attempt);
}

/// The kinds that can be printed; the others have no template.
fn printable(printers: &Printers, path: ByPaper) -> Result<ByPaper> {
    printers.borrow().contains_key(&path.kind).then_some(path).ok_or_else(Failure::not_found)
}

async fn list(tx: &ReadTx, printers: &Printers) -> Result<PrintTemplates> {
    let own = Entity::find().all(tx.conn()).await?;
    let is_own =
        |kind: DocKind, paper: Paper| own.iter().any(|row| row.kind == kind.as_str() && row.format == paper.as_str());
    let row = |kind: DocKind, paper: Paper| PrintTemplateRow {
        kind,
        label: kind.label(tx.lang()).to_owned(),
        paper,
        is_own: is_own(kind, paper),
    };
    let kinds = printers.borrow();
    let items = kinds.keys().flat_map(|kind| Paper::ALL.iter().map(move |paper| row(*kind, *paper)));
    Ok(PrintTemplates { items: items.collect() })
}

async fn own(tx: &ReadTx, path: ByPaper) -> Result<Option<Model>> {
    let own = Entity::find().filter(Column::Kind.eq(path.kind.as_str()));
    Ok(own.filter(Column::Format.eq(path.paper.as_str())).one(tx.conn()).await?)
}

/// The company's own template, locked, when it is the version that the caller has seen.
async fn lock(tx: &Tx, path: ByPaper) -> Result<Option<Model>> {
    let row = match own(tx, path).await? {
        Some(row) => Some(tx.lock_other::<Entity>(row.id).await?),
        None => None,
    };
    let is_stale = tx.context().if_match.is_some_and(|version| version != version_of(row.as_ref()));
    if is_stale { Err(Failure::new(problem::STALE)) } else { Ok(row) }
}

async fn update(tx: &Tx, path: ByPaper, body: String) -> Result<PrintTemplate> {
    proof(&body, path.paper, tx.lang())?;
    let after = match lock(tx, path).await? {
        Some(before) => tx.save::<Entity>(&before, Model { body, ..before.clone() }).await?,
        None => {
            let (kind, format) = (path.kind.as_str().to_owned(), path.paper.as_str().to_owned());
            tx.create::<Entity>(Model { kind, format, body, ..Model::default() }).await?
        }
    };
    Ok(shown(tx, path, Some(after)))
}

async fn reset(tx: &Tx, path: ByPaper) -> Result<()> {
    if let Some(row) = lock(tx, path).await? {
        Entity::delete_by_id(row.id).exec(tx.conn()).await?;
        tx.audit("print_template", row.id, Some(serde_json::to_string(&row)?), None);
    }
    Ok(())
}

async fn attempt(tx: &Tx, call: Call<TryPrintTemplate>) -> Result<FileData> {
    Ok(page_file("sample", proof(&call.body.body, call.body.paper, tx.lang())?))
}

/// Prints the sample document: a template that cannot do that is refused.
fn proof(body: &str, paper: Paper, lang: Lang) -> Result<String> {
    let page = fill(body, paper, &Slip::sample(lang), lang).map_err(wrong)?;
    if page.trim().is_empty() { Err(Failure::new(PRINT_TEMPLATE_EMPTY)) } else { Ok(page) }
}

/// The built-in template is version 1, so that the first change can say what it is based on.
fn version_of(row: Option<&Model>) -> i64 {
    row.map_or(1, |row| row.version + 1)
}

fn shown(tx: &ReadTx, ByPaper { kind, paper }: ByPaper, row: Option<Model>) -> PrintTemplate {
    PrintTemplate {
        kind,
        label: kind.label(tx.lang()).to_owned(),
        paper,
        version: version_of(row.as_ref()),
        is_own: row.is_some(),
        body: Note::stored(row.map_or_else(|| SLIP.to_owned(), |row| row.body)),
    }
}

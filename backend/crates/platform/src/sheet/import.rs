//! Importing a workbook as a job: every row is read, then every row is recorded in one transaction, or none is.

use super::{Column, MEDIA_TYPE, Row, Sheet, marked, read};
use crate::failure::explain;
use crate::http::run;
use crate::job::{ImportFile, Running};
use crate::{Failure, ReadTx, Result, Tx};
use openapi::master::import::{CellFault, ImportReport};
use openapi::{FileData, Issue, Lang};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Wrong cells that the report names; the workbook marks them all.
const REPORTED: usize = 100;

/// Something that can be imported. A higher crate adds a dataset by implementing this and registering [`run`] as a job.
pub trait Dataset: 'static {
    /// The columns of its workbook; the keys are those of the draft.
    const COLUMNS: &'static [Column];
    /// A row as it would be typed in.
    type Draft;
    /// What rows refer to, looked up once.
    type Known;
    /// Looks up what the rows refer to.
    fn known(tx: &ReadTx, sheet: &Sheet) -> impl Future<Output = Result<Self::Known>>;
    /// Reads a row. What is wrong is noted in the row.
    fn draft(row: &mut Row<'_>, known: &mut Self::Known) -> Option<Self::Draft>;
    /// Records a row, by the same command as a person would.
    fn apply(tx: &Tx, draft: Self::Draft) -> impl Future<Output = Result<()>>;
}

/// A wrong cell.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Row of the sheet, from 1.
    pub row: u32,
    /// Key of the column; empty when the whole row is wrong.
    pub key: String,
    /// What is wrong.
    pub issue: Issue,
}

impl Fault {
    /// What is wrong, in a language.
    pub fn message(&self, lang: Lang) -> String {
        self.issue.code.message(lang, &self.issue.params)
    }
}

/// Imports a workbook of a dataset, or only checks it.
pub async fn import<D: Dataset>(running: Running) -> Result<()> {
    let file: ImportFile = running.payload()?;
    let context = running.context();
    let sheet = read(running.app().store.get(&file.object).await?, D::COLUMNS, context.lang)?;
    let rows = u32::try_from(sheet.lines.len()).unwrap_or(u32::MAX);
    running.progress(0, i64::from(rows)).await?;
    let found = Mutex::new(Vec::new());
    let done = run::write(running.app(), &context, async |tx| {
        let faults = attempt::<D>(tx, &sheet, &running).await?;
        let may_stay = faults.is_empty() && !file.is_dry_run;
        *found.lock().unwrap_or_else(PoisonError::into_inner) = faults;
        if !may_stay {
            return Err(Failure::Internal("rolled back".to_owned()));
        }
        let report = report::<D>(rows, false, &[], None, context.lang);
        running.complete(tx, &report, None).await
    })
    .await;
    let faults = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    match done {
        Ok(()) => return Ok(()),
        // only our own rollback leads on: the check is over, or something was wrong
        Err(Failure::Internal(text)) if text == "rolled back" => {}
        Err(failure) => return Err(failure),
    }
    running.app().metrics.refused(faults.iter().map(|fault| fault.issue.code.code).collect::<BTreeSet<_>>());
    running.progress(i64::from(rows), i64::from(rows)).await?;
    let workbook = match faults.is_empty() {
        true => None,
        false => Some(running.app().store.put(marked(D::COLUMNS, &sheet, &faults, context.lang)?).await?),
    };
    let link = workbook.is_some().then(|| format!("/api/v1/master/imports/{}/workbook", running.id()));
    let report = report::<D>(rows, file.is_dry_run, &faults, workbook, context.lang);
    run::write(running.app(), &running.context(), async |tx| running.complete(tx, &report, link.as_deref()).await).await
}

/// Reads and records every row, and says what is wrong. Nothing stays unless nothing is wrong.
async fn attempt<D: Dataset>(tx: &Tx, sheet: &Sheet, running: &Running) -> Result<Vec<Fault>> {
    let mut known = D::known(tx, sheet).await?;
    let mut faults = Vec::new();
    let mut drafts = Vec::new();
    for line in &sheet.lines {
        let mut row = Row::new(D::COLUMNS, line);
        let draft = D::draft(&mut row, &mut known);
        faults.extend(row.issues.into_iter().map(|(key, issue)| Fault { row: line.number, key, issue }));
        drafts.extend(draft.map(|draft| (line.number, draft)));
    }
    for (done, (row, draft)) in drafts.into_iter().enumerate() {
        running.reached(done, sheet.lines.len());
        let Err(failure) = D::apply(tx, draft).await else { continue };
        if failure.is_transient() {
            return Err(failure);
        }
        // after a refusal of the database the transaction can do no more
        let is_over = matches!(failure, Failure::Db(_));
        faults.extend(faults_of::<D>(row, explain(failure, &tx.app().constraints))?);
        if is_over {
            break;
        }
    }
    Ok(faults)
}

fn faults_of<D: Dataset>(row: u32, failure: Failure) -> Result<Vec<Fault>> {
    let Failure::Refused { code, params, issues, .. } = failure else { return Err(failure) };
    if issues.is_empty() {
        return Ok(vec![Fault { row, key: String::new(), issue: Issue { code, params } }]);
    }
    let key = |pointer: &str| {
        // the innermost name that is a column: a row may be a line of something larger
        let of = |name: &str| D::COLUMNS.iter().find(|c| c.key == name || format!("{}_id", c.key) == name);
        pointer.rsplit('/').find_map(of).map_or("", |c| c.key).to_owned()
    };
    Ok(issues.into_iter().map(|(pointer, issue)| Fault { row, key: key(&pointer), issue }).collect())
}

fn report<D: Dataset>(
    rows: u32,
    is_dry_run: bool,
    faults: &[Fault],
    workbook: Option<String>,
    lang: Lang,
) -> ImportReport {
    let bad: BTreeSet<u32> = faults.iter().map(|fault| fault.row).collect();
    let named = |fault: &Fault| CellFault {
        row: fault.row,
        column: D::COLUMNS.iter().find(|c| c.key == fault.key).map(|c| c.heading(lang)).unwrap_or_default(),
        message: fault.message(lang),
    };
    ImportReport {
        rows,
        bad_rows: u32::try_from(bad.len()).unwrap_or(u32::MAX),
        imported: if faults.is_empty() && !is_dry_run { rows } else { 0 },
        is_dry_run,
        faults: faults.iter().take(REPORTED).map(named).collect(),
        workbook,
    }
}

/// A workbook as a download.
pub fn file(name: &str, bytes: Vec<u8>) -> FileData {
    FileData { name: format!("{name}.xlsx"), media_type: MEDIA_TYPE.to_owned(), is_inline: false, bytes }
}

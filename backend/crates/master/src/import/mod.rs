//! Import from workbooks: customers, products, units, and whatever higher domains enter. Each row of base data goes
//! through the same command as a form would.

mod customer;
mod product;
mod unit;

use openapi::FileData;
use openapi::choice::Choice;
use openapi::master::import::{GetImportTemplate, GetImportWorkbook, ImportDataset, ImportReport, StartImport};
use openapi::system::operation::Operation;
use platform::http::{Api, free, staged};
use platform::job::ImportFile;
use platform::sheet::import::file;
use platform::sheet::template;
use platform::{App, Call, Context, Failure, Jobs, Result, Tx};

pub(crate) fn mount(api: &mut Api) {
    free::<GetImportTemplate>(api, blank);
    staged::<StartImport, _>(api, keep, start);
    free::<GetImportWorkbook>(api, workbook);
}

/// The jobs of this domain.
pub fn jobs(jobs: &mut Jobs) {
    jobs.import::<customer::Customers>("import.customer");
    jobs.import::<product::Products>("import.product");
    jobs.import::<unit::Units>("import.unit");
}

fn job_of(dataset: ImportDataset) -> String {
    format!("import.{dataset}")
}

/// Higher domains enter datasets of their own, so the columns are those of the job.
async fn blank(app: &App, context: &Context, call: Call<GetImportTemplate>) -> Result<FileData> {
    let dataset = call.query.0.dataset;
    let columns = app.jobs.columns(&job_of(dataset)).ok_or_else(Failure::not_found)?;
    Ok(file(dataset.label(context.lang), template(columns, context.lang)?))
}

/// Key of a kept workbook.
struct Kept(String);

/// Keeps the workbook; whether it can be read is found out by the job.
async fn keep(app: &App, _: &Context, call: &Call<StartImport>) -> Result<Kept> {
    Ok(Kept(app.store.put(call.body.clone()).await?))
}

async fn start(tx: &Tx, call: Call<StartImport>, kept: &Kept) -> Result<Operation> {
    let query = call.query.0;
    tx.require(query.dataset.permission())?;
    let payload =
        ImportFile { object: kept.0.clone(), file_name: query.file_name.into(), is_dry_run: query.is_dry_run };
    tx.enqueue(&job_of(query.dataset), &payload).await
}

async fn workbook(app: &App, _: &Context, call: Call<GetImportWorkbook>) -> Result<FileData> {
    let operation = platform::job::find(app, call.path.id.uuid()).await?;
    let is_import = operation.kind.starts_with("import.");
    let report =
        operation.result.filter(|_| is_import).and_then(|text| serde_json::from_str::<ImportReport>(&text).ok());
    let key = report.and_then(|report| report.workbook).ok_or_else(Failure::not_found)?;
    Ok(file("errors", app.store.get(&key).await?))
}

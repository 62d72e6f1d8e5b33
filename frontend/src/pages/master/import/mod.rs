//! Import of base data: template, check, import, progress, and the workbook with the wrong cells marked.

use crate::api::{self, ApiError, session};
use crate::doc::problem::{error_notice, error_toast};
use crate::doc::{Lines, PageHead, cell};
use crate::nav::{Group, Page, Params};
use crate::text::import as t;
use crate::ui::{
    Align, Bind, Button, FieldBox, Icon, Look, Notice, PhotoInput, PickedFile, Select, SelectOption, Task, pause,
    save_file, toast,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::choice::{Choice, Tone};
use openapi::master::IMPORT;
use openapi::master::import::{
    CellFault, GetImportTemplate, GetImportWorkbook, ImportDataset, ImportQuery, ImportReport, StartImport,
    TemplateQuery,
};
use openapi::system::operation::{GetOperation, Operation, OperationId, OperationState};
use openapi::{ById, Nothing, Plain};

/// The page.
pub const PAGES: &[Page] =
    &[Page::new("/master/import", t::TITLE, import).needs(IMPORT).menu(Group::Master, Icon::Upload)];

/// The state of the page.
#[derive(Clone, Copy)]
struct State {
    dataset: RwSignal<String>,
    file: RwSignal<Option<PickedFile>>,
    operation: RwSignal<Option<Operation>>,
    problem: RwSignal<Option<ApiError>>,
    task: Task,
}

impl State {
    fn dataset(self) -> ImportDataset {
        ImportDataset::parse(&self.dataset.get_untracked()).unwrap_or(ImportDataset::Customer)
    }

    /// Sends the workbook and follows the operation to its end.
    fn start(self, is_dry_run: bool) {
        let Some(file) = self.file.get_untracked() else { return };
        self.problem.set(None);
        self.operation.set(None);
        self.task.run(async move {
            let name = file.name.chars().take(200).collect::<String>();
            let Ok(file_name) = name.parse().or_else(|_| "data.xlsx".parse()) else { return };
            let query = Plain(ImportQuery { dataset: self.dataset(), is_dry_run, file_name });
            let answer = match api::call::<StartImport>(Nothing, query, file.bytes).await {
                Ok(operation) => self.follow(operation).await,
                Err(error) => Err(error),
            };
            if let Err(error) = answer {
                self.problem.set(Some(error));
            }
        });
    }

    async fn follow(self, mut operation: Operation) -> Result<(), ApiError> {
        while !operation.state.is_final() {
            self.operation.set(Some(operation.clone()));
            pause(700).await;
            operation = api::call::<GetOperation>(ById { id: operation.id }, Nothing, Nothing).await?;
        }
        self.operation.set(Some(operation));
        Ok(())
    }
}

/// What the address asks for, or the first that this reader may import.
fn first() -> String {
    let may = |dataset: &ImportDataset| untrack(|| session::may(dataset.permission()));
    let asked = crate::nav::query_value("dataset").and_then(|value| ImportDataset::parse(&value)).filter(may);
    let dataset = asked.or_else(|| ImportDataset::ALL.iter().copied().find(may)).unwrap_or(ImportDataset::Customer);
    dataset.as_str().to_owned()
}

fn import(_: &Params) -> AnyView {
    let state = State {
        dataset: RwSignal::new(first()),
        file: RwSignal::new(None),
        operation: RwSignal::new(None),
        problem: RwSignal::new(None),
        task: Task::new(),
    };
    let options = Signal::derive(|| {
        let allowed = ImportDataset::ALL.iter().filter(|d| session::may(d.permission()));
        let option = |d: &ImportDataset| SelectOption {
            value: d.as_str().to_owned(),
            label: Signal::stored(d.label(crate::text::lang()).to_owned()),
        };
        allowed.map(option).collect::<Vec<_>>()
    });
    let template = move || {
        spawn_local(async move {
            let query = Plain(TemplateQuery { dataset: state.dataset() });
            match api::call::<GetImportTemplate>(Nothing, query, Nothing).await {
                Ok(file) => save_file(&file.name, &file.media_type, &file.bytes),
                Err(error) => error_toast(&error),
            }
        });
    };
    let nothing_picked =
        Signal::derive(move || state.file.with(Option::is_none).then(|| t::PICK_FIRST.get().to_owned()));
    let picked = move |file: PickedFile| {
        state.operation.set(None);
        state.file.set(Some(file));
    };
    let refused = move |_: String| toast::error(t::TOO_LARGE.get());
    view! {
        <PageHead title=t::TITLE />
        <section class="card">
            <p class="hint">{t::HINT}</p>
            <FieldBox id="dataset" label=t::DATASET>
                <Select id="dataset" options=options bind=Bind::signal(state.dataset) />
            </FieldBox>
            <div class="row">
                <Button label=t::TEMPLATE icon=Icon::Download on_press=template />
                <PhotoInput label=t::PICK accept=".xlsx" picked=picked refused=refused />
                <span>{move || state.file.get().map(|file| file.name)}</span>
            </div>
            <div class="row">
                <Button label=t::CHECK look=Look::Primary busy=state.task.busy disabled=nothing_picked on_press=move || state.start(true) />
                <Button label=t::IMPORT busy=state.task.busy disabled=nothing_picked on_press=move || state.start(false) />
            </div>
        </section>
        {move || state.problem.get().map(|error| error_notice(&error))}
        {move || state.operation.get().map(outcome)}
    }
    .into_any()
}

/// How far it is, and what came out.
fn outcome(operation: Operation) -> AnyView {
    if !operation.state.is_final() {
        let (done, total) = (operation.progress, operation.total.max(1));
        let text = Signal::derive(move || t::RUNNING.with("done", done).with("total", total).to_string());
        return view! { <Notice tone=Tone::Info text=text /> <progress max=total.to_string() value=done.to_string() /> }
            .into_any();
    }
    if operation.state != OperationState::Done {
        let text = operation.error.unwrap_or_default();
        return view! { <Notice tone=Tone::Danger text=Signal::stored(text) /> }.into_any();
    }
    let report = operation.result.and_then(|text| openapi::read::json::<ImportReport>(text.as_bytes()).ok());
    report.map_or_else(|| ().into_any(), |report| shown(operation.id, report))
}

fn shown(id: OperationId, report: ImportReport) -> AnyView {
    let (rows, bad, is_dry_run) = (report.rows, report.bad_rows, report.is_dry_run);
    let (tone, label) = match (bad, is_dry_run) {
        (0, true) => (Tone::Success, t::CHECKED_CLEAN),
        (0, false) => (Tone::Success, t::DONE),
        _ => (Tone::Danger, t::FAULTY),
    };
    let text = Signal::derive(move || label.with("rows", rows).with("bad", bad).to_string());
    let save = move || {
        spawn_local(async move {
            match api::call::<GetImportWorkbook>(ById { id }, Nothing, Nothing).await {
                Ok(file) => save_file(&file.name, &file.media_type, &file.bytes),
                Err(error) => error_toast(&error),
            }
        });
    };
    if bad == 0 {
        return view! { <Notice tone=tone text=text /> }.into_any();
    }
    let lines = Lines::of(
        &report.faults,
        vec![
            (t::ROW, Align::Right, |f: &CellFault| cell::text(f.row.to_string())),
            (t::COLUMN, Align::Left, |f| cell::text(f.column.clone())),
            (t::WHY, Align::Left, |f| cell::text(f.message.clone())),
        ],
    );
    view! {
        <Notice tone=tone text=text><Button label=t::MARKED icon=Icon::Download on_press=save /></Notice>
        <section class="card"><h2>{t::FAULTS}</h2>{lines.draw()}</section>
    }
    .into_any()
}

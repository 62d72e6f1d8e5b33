//! How the log of changes is sealed, and whether anybody changed it behind the product's back.

use crate::api::{ApiError, Loader, call, session};
use crate::doc::problem::error_notice;
use crate::doc::{Lines, PageHead, cell, draw_items, item};
use crate::nav::Params;
use crate::pages::finance::report::loaded;
use crate::text::system as t;
use crate::ui::{Align, Button, Icon, Look, Notice, Task, pause};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::system::operation::{GetOperation, Operation, OperationState};
use openapi::system::seal::{AUDIT_VERIFY, AuditFinding, AuditSealing, AuditVerdict, GetAuditSealing, VerifyAudit};
use openapi::{ById, Nothing};

/// The page.
pub fn sealing(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<GetAuditSealing>(Nothing, Nothing, Nothing));
    let (task, problem) = (Task::new(), RwSignal::new(None::<ApiError>));
    // follows whatever verification runs, whoever asked for it
    Effect::new(move |_| {
        let under_way = loader.data.with(|data| data.as_ref().and_then(|s| s.verification.clone()));
        if let Some(operation) = under_way.filter(|operation| !operation.state.is_final()) {
            task.run(follow(loader, problem, Ok(operation)));
        }
    });
    let verify = move |()| {
        problem.set(None);
        task.run(async move { follow(loader, problem, call::<VerifyAudit>(Nothing, Nothing, Nothing).await).await });
    };
    let may = untrack(|| session::may(AUDIT_VERIFY));
    view! {
        <PageHead title=t::SEALS>
            <Button label=t::REFRESH icon=Icon::Refresh busy=loader.busy on_press=move |()| loader.reload() />
            {may.then(|| view! { <Button label=t::VERIFY icon=Icon::Check look=Look::Primary busy=task.busy on_press=verify /> })}
        </PageHead>
        {move || problem.get().map(|error| error_notice(&error))}
        {loaded(loader, draw)}
    }
    .into_any()
}

/// Asks until a verification has ended, and shows what came out.
async fn follow(
    loader: Loader<AuditSealing>,
    problem: RwSignal<Option<ApiError>>,
    mut asked: Result<Operation, ApiError>,
) {
    loop {
        match asked {
            Ok(operation) if !operation.state.is_final() => {
                pause(800).await;
                asked = call::<GetOperation>(ById { id: operation.id }, Nothing, Nothing).await;
            }
            Ok(_) => break,
            Err(error) => {
                problem.try_set(Some(error));
                break;
            }
        }
    }
    loader.reload();
}

fn draw(sealing: AuditSealing) -> AnyView {
    let AuditSealing { last, waiting, waiting_since, verification } = sealing;
    let facts = match last {
        Some(last) => vec![
            item(t::LAST_SEAL, cell::text(last.seq.to_string())),
            item(t::SEALED_AT, cell::time(last.created_at)),
            item(t::SEALED_ROWS, cell::text(last.total.to_string())),
            item(t::WAITING_ROWS, cell::text(waiting.to_string())),
            item(t::WAITING_SINCE, cell::maybe_time(waiting_since)),
            item(t::ROOT, cell::code(last.root)).wide(),
        ],
        None => vec![
            item(t::LAST_SEAL, cell::label(t::NO_SEAL)),
            item(t::WAITING_ROWS, cell::text(waiting.to_string())),
            item(t::WAITING_SINCE, cell::maybe_time(waiting_since)),
        ],
    };
    view! {
        <section class="card"><h2 class="card-title">{t::SEALED}</h2><p class="hint">{t::SEALS_HINT}</p>{draw_items(facts)}</section>
        <section class="card"><h2 class="card-title">{t::VERIFICATION}</h2>{outcome(verification)}</section>
    }
    .into_any()
}

/// How far the last verification is, or what it found.
fn outcome(verification: Option<Operation>) -> AnyView {
    let Some(operation) = verification else {
        return view! { <p class="hint">{t::NEVER_VERIFIED}</p> }.into_any();
    };
    if !operation.state.is_final() {
        let (done, total) = (operation.progress, operation.total.max(1));
        let text = Signal::derive(move || t::VERIFYING.with("done", done).with("total", total).to_string());
        return view! { <Notice tone=Tone::Info text=text /> <progress max=total.to_string() value=done.to_string() /> }
            .into_any();
    }
    let verdict = operation.result.filter(|_| operation.state == OperationState::Done);
    let verdict = verdict.and_then(|text| openapi::read::json::<AuditVerdict>(text.as_bytes()).ok());
    let Some(verdict) = verdict else {
        let text = operation.error.unwrap_or_default();
        return view! { <Notice tone=Tone::Danger text=Signal::stored(text) /> }.into_any();
    };
    let AuditVerdict { is_intact, rows, faults, findings, .. } = verdict;
    let (tone, label) = match (is_intact, rows) {
        (true, 0) => (Tone::Neutral, t::NOTHING_SEALED),
        (true, _) => (Tone::Success, t::INTACT),
        (false, _) => (Tone::Danger, t::TAMPERED),
    };
    let text = Signal::derive(move || label.with("rows", rows).with("faults", faults).to_string());
    let lines = Lines::of(
        &findings,
        vec![
            (t::FAULT, Align::Left, |f: &AuditFinding| cell::tag(f.fault)),
            (t::WHEN, Align::Left, |f| cell::maybe_time(f.at)),
            (t::WORK, Align::Left, |f| cell::maybe(f.operation.as_ref())),
            (t::LOG_ROW, Align::Left, |f| f.row.map_or_else(cell::none, |id| cell::code(id.to_string()))),
            (t::SEAL_NUMBER, Align::Right, |f| cell::maybe(f.seal.as_ref())),
        ],
    );
    let table = if findings.is_empty() { ().into_any() } else { lines.draw() };
    view! {
        <Notice tone=tone text=text />
        <p class="hint">{t::VERIFIED_AT} " " {cell::time(operation.updated_at)}</p>
        {table}
    }
    .into_any()
}

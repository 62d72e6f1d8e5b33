//! Print templates: the company's own paper for each kind of document.

use crate::api::{ApiError, Loader, Options, call, send};
use crate::doc::problem::{error_notice, error_panel, error_toast};
use crate::doc::{Lines, PageHead, cell};
use crate::nav::{self, Params};
use crate::pages::finance::report::loaded;
use crate::text::{self, common, system as t};
use crate::ui::{Align, Bind, Button, FieldBox, Icon, LinkButton, Look, Question, Tag, Task, TextArea, ask, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::choice::{Choice, Tone};
use openapi::document::DocKind;
use openapi::system::print::{
    ByPaper, GetPrintTemplate, ListPrintTemplates, Paper, PrintTemplate, PrintTemplateDraft, PrintTemplateRow,
    PrintTemplateTrial, PrintTemplates, ResetPrintTemplate, TryPrintTemplate, UpdatePrintTemplate,
};
use openapi::{Note, Nothing};

/// The list.
pub fn list(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<ListPrintTemplates>(Nothing, Nothing, Nothing));
    view! {
        <PageHead title=t::TEMPLATES />
        <section class="card"><p class="hint">{t::TEMPLATES_HINT}</p>{loaded(loader, rows)}</section>
    }
    .into_any()
}

fn rows(templates: PrintTemplates) -> AnyView {
    Lines::of(
        &templates.items,
        vec![
            (t::DOCUMENT, Align::Left, |r: &PrintTemplateRow| {
                let href = format!("/system/print-templates/{}/{}", r.kind.as_str(), r.paper.as_str());
                cell::link(r.label.clone(), href)
            }),
            (t::PAPER, Align::Left, |r| cell::choice(r.paper)),
            (t::ORIGIN, Align::Left, |r| origin(r.is_own)),
        ],
    )
    .draw()
}

fn origin(is_own: bool) -> AnyView {
    if is_own { view! { <Tag label=t::OWN tone=Tone::Info /> }.into_any() } else { cell::label(t::BUILT_IN) }
}

/// One template beside what it prints.
pub fn edit(params: &Params) -> AnyView {
    let kind = params.get("kind").and_then(|kind| kind.parse::<DocKind>().ok());
    let paper = params.get("paper").and_then(|paper| paper.parse::<Paper>().ok());
    let Some((kind, paper)) = kind.zip(paper) else { return error_panel(&ApiError::not_found(), None) };
    let loader = Loader::new(move || call::<GetPrintTemplate>(ByPaper { kind, paper }, Nothing, Nothing));
    loaded(loader, move |template| editor(template, loader))
}

fn editor(template: PrintTemplate, loader: Loader<PrintTemplate>) -> AnyView {
    let PrintTemplate { kind, label, paper, version, is_own, body } = template;
    let path = ByPaper { kind, paper };
    let written = RwSignal::new(body.to_string());
    let (sample, problem) = (RwSignal::new(String::new()), RwSignal::new(None::<ApiError>));
    let (saving, trying) = (Task::new(), Task::new());
    let note = move || {
        written
            .get_untracked()
            .parse::<Note<60000>>()
            .map_err(|issue| ApiError::invalid(vec![issue.at("/body", text::lang())]))
    };
    let attempt = move || {
        problem.set(None);
        trying.run(async move {
            let answer = match note() {
                Ok(body) => call::<TryPrintTemplate>(Nothing, Nothing, PrintTemplateTrial { paper, body }).await,
                Err(error) => Err(error),
            };
            match answer {
                Ok(file) => sample.set(String::from_utf8_lossy(&file.bytes).into_owned()),
                Err(error) => problem.set(Some(error)),
            }
        });
    };
    let save = move || {
        problem.set(None);
        saving.run(async move {
            let answer = match note() {
                Ok(body) => {
                    let draft = PrintTemplateDraft { body };
                    send::<UpdatePrintTemplate>(path, Nothing, draft, Options::if_match(version)).await
                }
                Err(error) => Err(error),
            };
            match answer {
                Ok(_) => {
                    toast::success(t::TEMPLATE_SAVED.get());
                    loader.reload();
                }
                Err(error) => problem.set(Some(error)),
            }
        });
    };
    let reset = move || {
        spawn_local(async move {
            let question = Question {
                title: t::RESET.get().to_owned(),
                text: t::RESET_WHAT.get().to_owned(),
                confirm: t::RESET.get().to_owned(),
                danger: true,
                ..Question::default()
            };
            if ask(question).await.is_none() {
                return;
            }
            match send::<ResetPrintTemplate>(path, Nothing, Nothing, Options::if_match(version)).await {
                Ok(()) => {
                    toast::success(t::TEMPLATE_RESET.get());
                    nav::go("/system/print-templates");
                }
                Err(error) => error_toast(&error),
            }
        });
    };
    attempt();
    let title = Signal::derive(move || format!("{label} · {}", text::choice(paper)));
    let class = if paper == Paper::Receipt80 { "slip roll" } else { "slip a5" };
    view! {
        <PageHead title=title marks=move || origin(is_own)>
            <Button label=t::TRY icon=Icon::Eye busy=trying.busy on_press=move |()| attempt() />
            <Button label=common::SAVE look=Look::Primary busy=saving.busy on_press=move |()| save() />
            {is_own.then(|| view! { <Button label=t::RESET look=Look::Danger on_press=move |()| reset() /> })}
            <LinkButton label=t::ALL_TEMPLATES href="/system/print-templates" />
        </PageHead>
        {move || problem.get().map(|error| error_notice(&error))}
        <section class="card">
            <p class="hint">{t::TEMPLATE_HINT}</p>
            <FieldBox id="template" label=t::TEMPLATE>
                <TextArea id="template" rows=18 bind=Bind::signal(written) />
            </FieldBox>
        </section>
        <section class="card slip-desk">
            <iframe class=class style="height:640px" title=t::SAMPLE srcdoc=move || sample.get() sandbox=""></iframe>
        </section>
    }
    .into_any()
}

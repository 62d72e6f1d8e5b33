//! The timeline of a document.

use crate::api::{Loader, call};
use crate::doc::problem::error_panel;
use crate::text::{self, documents, lang};
use crate::ui::{Delayed, Skeleton};
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::document::{JournalEntry, Lifecycle};
use openapi::system::{GetJournal, SubjectQuery};
use openapi::{Nothing, Plain};

type Read = fn(&str) -> Option<&'static str>;

/// What the actions and the states of a kind of document are called.
#[derive(Clone, Copy)]
pub struct JournalWords {
    action: Read,
    state: Read,
}

impl JournalWords {
    /// The words of a state machine.
    pub fn of<L: Lifecycle>() -> Self {
        JournalWords {
            action: |name| L::Action::parse(name).map(|a| a.label(lang())),
            state: |name| L::State::parse(name).map(|s| s.label(lang())),
        }
    }
}

/// The timeline, latest first.
#[component]
pub fn Journal(
    /// Kind of the record.
    subject_kind: String,
    /// The record.
    subject_id: String,
    /// What actions and states are called.
    words: JournalWords,
    /// Another value makes it load again.
    stamp: i64,
) -> AnyView {
    let _ = stamp;
    let loader = Loader::new(move || {
        let query = subject_kind.parse().ok().zip(subject_id.parse().ok());
        let query = query.map(|(subject_kind, subject_id)| Plain(SubjectQuery { subject_kind, subject_id }));
        async move {
            let query = query.ok_or_else(crate::api::ApiError::not_found)?;
            call::<GetJournal>(Nothing, query, Nothing).await
        }
    });
    let body = move || {
        if let Some(journal) = loader.data.get() {
            if journal.items.is_empty() {
                return view! { <p class="hint">{documents::JOURNAL_EMPTY}</p> }.into_any();
            }
            let entries = journal.items.into_iter().rev().map(|entry| draw_entry(entry, words)).collect_view();
            return view! { <ol class="timeline">{entries}</ol> }.into_any();
        }
        match loader.error.get() {
            Some(error) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
            None => view! { <Delayed when=loader.busy><Skeleton rows=4 /></Delayed> }.into_any(),
        }
    };
    view! { <section class="card"><h2 class="card-title">{documents::JOURNAL}</h2>{body}</section> }.into_any()
}

fn draw_entry(entry: JournalEntry, words: JournalWords) -> AnyView {
    let action = entry.action.clone();
    let name = move || match action.as_str() {
        "created" => documents::JOURNAL_CREATED.get().to_owned(),
        "imported" => documents::JOURNAL_IMPORTED.get().to_owned(),
        "edited" => documents::JOURNAL_EDITED.get().to_owned(),
        "note" => documents::JOURNAL_NOTE.get().to_owned(),
        other => (words.action)(other).map_or_else(|| other.to_owned(), str::to_owned),
    };
    let (from, to) = (entry.from_state.clone(), entry.to_state.clone());
    let moved = from.as_ref().is_some_and(|from| *from != to);
    let state = move || (words.state)(&to).map_or_else(|| to.clone(), str::to_owned);
    view! {
        <li>
            <div class="timeline-head">
                <strong>{name}</strong>
                {moved.then(|| view! { <span class="faint">"→ " {state}</span> })}
            </div>
            {entry.note.map(|note| view! { <p class="pre">{note}</p> })}
            <div class="faint">{entry.by_name} " · " <time class="number" datetime=entry.at.to_string()>{text::time(entry.at)}</time></div>
        </li>
    }
    .into_any()
}

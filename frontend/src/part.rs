//! The parts of the app that are loaded when their first page is opened, so that the app starts as fast with four hundred
//! pages as with forty.
//!
//! Everything that only the pages of one part use is cut out of the module by the build and fetched by [`draw`]; what two
//! parts use and the app itself does not is a piece of its own, so that a fifth part would cost many small files. The rest
//! of the app knows of a page its [`Place`] alone: a function of a page that the shell, the kit or another part names is
//! pulled out of its part.

// the calls into what is not there yet are written by the macro
#![allow(unsafe_code)]

use crate::api::ApiError;
use crate::doc::problem::error_panel;
use crate::nav::{self, Page, Params, Place};
use crate::pages::{FINANCE, HOME, MASTER, PARTS, SERVICE, STOCK, TRADE};
use crate::ui::{Delayed, Skeleton};
use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// A part of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The first page, and what everybody has. It comes with the app itself.
    Home,
    /// Tickets.
    Service,
    /// Stock.
    Stock,
    /// Purchase, wholesale and retail.
    Trade,
    /// Money.
    Finance,
    /// Base data, organisation and system.
    Master,
}

/// What the page draws, once its part is there.
type Drawn = Result<Option<AnyView>, SplitLoaderError>;

#[wasm_split(service, fallible, preload(load_service))]
fn service(path: &str, params: &Params) -> Drawn {
    Ok(page(SERVICE, path, params))
}

#[wasm_split(stock, fallible, preload(load_stock))]
fn stock(path: &str, params: &Params) -> Drawn {
    Ok(page(STOCK, path, params))
}

#[wasm_split(trade, fallible, preload(load_trade))]
fn trade(path: &str, params: &Params) -> Drawn {
    Ok(page(TRADE, path, params))
}

#[wasm_split(finance, fallible, preload(load_finance))]
fn finance(path: &str, params: &Params) -> Drawn {
    Ok(page(FINANCE, path, params))
}

#[wasm_split(master, fallible, preload(load_master))]
fn master(path: &str, params: &Params) -> Drawn {
    Ok(page(MASTER, path, params))
}

fn page(pages: &[&[Page]], path: &str, params: &Params) -> Option<AnyView> {
    let page = pages.iter().copied().flatten().find(|page| page.path == path)?;
    Some((page.view)(params))
}

impl Part {
    async fn load(self) -> Result<(), SplitLoaderError> {
        match self {
            Part::Home => Ok(()),
            Part::Service => load_service().await,
            Part::Stock => load_stock().await,
            Part::Trade => load_trade().await,
            Part::Finance => load_finance().await,
            Part::Master => load_master().await,
        }
    }

    async fn page(self, path: &str, params: &Params) -> Drawn {
        match self {
            Part::Home => Ok(page(HOME, path, params)),
            Part::Service => service(path, params).await,
            Part::Stock => stock(path, params).await,
            Part::Trade => trade(path, params).await,
            Part::Finance => finance(path, params).await,
            Part::Master => master(path, params).await,
        }
    }
}

/// How far a part is.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Coming,
    Here,
    Failed,
}

thread_local! {
    static STANDING: ArcRwSignal<BTreeMap<Part, Standing>> = ArcRwSignal::new(BTreeMap::new());
}

fn load(part: Part) {
    let standing = STANDING.with(Clone::clone);
    let known = standing.with_untracked(|all| all.get(&part).copied());
    if matches!(known, Some(Standing::Coming | Standing::Here)) {
        return;
    }
    standing.update(|all| {
        all.insert(part, Standing::Coming);
    });
    spawn_local(async move {
        let now = if part.load().await.is_ok() { Standing::Here } else { Standing::Failed };
        standing.update(|all| {
            all.insert(part, now);
        });
    });
}

/// The page at a place, as soon as its part is there. Reactive.
pub fn draw(place: &'static Place, params: &Params) -> AnyView {
    let part = place.part;
    // also one that could not be fetched ahead
    untrack(|| load(part));
    let standing = STANDING.with(|all| {
        let all = all.clone();
        Memo::new(move |_| all.with(|all| all.get(&part).copied()))
    });
    let params = params.clone();
    let content = move || match standing.get() {
        Some(Standing::Here) => {
            // nothing to wait for any more
            let drawn = untrack(|| part.page(place.path, &params).now_or_never());
            drawn.and_then(Result::ok).flatten().into_any()
        }
        Some(Standing::Failed) => error_panel(&failure(), Some(Callback::new(move |()| again(part)))),
        Some(Standing::Coming) | None => view! { <Delayed when=true><Skeleton rows=8 /></Delayed> }.into_any(),
    };
    content.into_any()
}

fn failure() -> ApiError {
    if window().navigator().on_line() { ApiError::Unreadable } else { ApiError::Offline }
}

/// A part that the server does not have any more belongs to an older version of the app: then only a fresh start helps.
fn again(part: Part) {
    if window().navigator().on_line() {
        window().location().reload().ok();
    } else {
        load(part);
    }
}

/// Fetches the parts whose pages the reader may open, while nothing else is to be done: then no page has to wait, and
/// an app that stays open all day does not miss what a newer version of the server no longer has.
pub fn fetch_ahead() {
    let mut parts: Vec<Part> = nav::pages().filter(|place| place.is_allowed()).map(|place| place.part).collect();
    parts.sort_unstable();
    parts.dedup();
    parts.into_iter().for_each(load);
}

const fn count() -> usize {
    let mut count = 0;
    each(&mut count, None);
    count
}

/// Where every page stands.
pub(crate) static PLACES: [Place; count()] = {
    let mut places = [Place::NOWHERE; count()];
    each(&mut 0, Some(&mut places));
    places
};

/// Counts the pages and writes their places down. While it compiles: a list that is looked through when the app runs
/// would hold every page's function.
#[allow(clippy::indexing_slicing, reason = "an index out of range does not compile")]
const fn each(count: &mut usize, mut places: Option<&mut [Place]>) {
    let mut part = 0;
    while part < PARTS.len() {
        let (name, documents) = PARTS[part];
        let mut document = 0;
        while document < documents.len() {
            let mut page = 0;
            while page < documents[document].len() {
                if let Some(places) = &mut places {
                    places[*count] = documents[document][page].place(name);
                }
                *count += 1;
                page += 1;
            }
            document += 1;
        }
        part += 1;
    }
}

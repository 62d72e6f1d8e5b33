//! The check of the books: every rule that the ledgers must keep, looked at now.

use crate::api::{Loader, call};
use crate::doc::{Lines, PageHead, cell};
use crate::nav::Params;
use crate::pages::finance::report::loaded;
use crate::text::system as t;
use crate::ui::{Align, Button, Icon, Notice, Tag};
use leptos::prelude::*;
use openapi::Nothing;
use openapi::choice::Tone;
use openapi::system::{CheckInvariants, InvariantCheck, Invariants};

/// The page.
pub fn check(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<CheckInvariants>(Nothing, Nothing, Nothing));
    view! {
        <PageHead title=t::BOOKS>
            <Button label=t::CHECK_AGAIN icon=Icon::Refresh busy=loader.busy on_press=move |()| loader.reload() />
        </PageHead>
        {loaded(loader, draw)}
    }
    .into_any()
}

fn draw(books: Invariants) -> AnyView {
    let (tone, label) = if books.is_clean { (Tone::Success, t::BOOKS_CLEAN) } else { (Tone::Danger, t::BOOKS_BROKEN) };
    let rules = Lines::of(
        &books.checks,
        vec![
            (t::RULE, Align::Left, |c: &InvariantCheck| cell::text(c.rule.clone())),
            (t::CODE, Align::Left, |c| cell::code(c.code.clone())),
            (t::CHECKED, Align::Right, |c| cell::text(c.checked.to_string())),
            (t::STATE, Align::Left, |c| {
                let (label, tone) =
                    if c.violations.is_empty() { (t::HOLDS, Tone::Success) } else { (t::BROKEN, Tone::Danger) };
                view! { <Tag label=label tone=tone /> }.into_any()
            }),
        ],
    );
    let broken = books.checks.iter().filter(|c| !c.violations.is_empty());
    let violations = broken.map(|c| {
        let lines = c.violations.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        view! { <section class="card"><h2 class="card-title">{c.rule.clone()}</h2><ul>{lines}</ul></section> }
    });
    view! {
        <Notice tone=tone text=label />
        {violations.collect_view()}
        <section class="card">{rules.draw()}</section>
    }
    .into_any()
}

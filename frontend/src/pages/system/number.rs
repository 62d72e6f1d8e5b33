//! Number rules: what the numbers of each kind of document look like.

use crate::api::{Loader, call};
use crate::doc::send::{Got, sender};
use crate::doc::{Control, InlineForm, Lines, PageHead, cell};
use crate::field;
use crate::nav::Params;
use crate::pages::finance::report::loaded;
use crate::text::{common, system as t};
use crate::ui::{Align, Button, Dialog, InputKind, Look, toast};
use leptos::prelude::*;
use openapi::Nothing;
use openapi::system::number::{ListNumberRules, NumberRule, NumberRuleDraft, NumberRules, UpdateNumberRule};
use serde_json::json;

/// The page.
pub fn rules(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<ListNumberRules>(Nothing, Nothing, Nothing));
    let chosen = RwSignal::new(None::<NumberRule>);
    provide_context(Chosen(chosen));
    let open = RwSignal::new(false);
    // the dialog is open while a rule is chosen; whoever shuts it has chosen none
    Effect::new(move || {
        if open.get_untracked() != chosen.with(Option::is_some) {
            open.update(|is_open| *is_open = !*is_open);
        }
    });
    Effect::new(move || {
        if !open.get() && chosen.with_untracked(Option::is_some) {
            chosen.set(None);
        }
    });
    let form = move || {
        chosen.get().map(|rule| {
            let field = field!(NumberRuleDraft.pattern, t::PATTERN).control(Control::Input(InputKind::Code));
            let (send, id, version) = (sender::<UpdateNumberRule>(), rule.kind.to_string(), Some(rule.version));
            let record = Some(json!({ "pattern": rule.pattern.to_string() }));
            let hint = format!("{}: {}", rule.label, t::PATTERN_HINT.get());
            let done = move |_: Got| {
                chosen.set(None);
                loader.reload();
                toast::success(t::NUMBER_SAVED.get());
            };
            view! {
                <p class="hint">{hint}</p>
                <InlineForm fields=vec![field] send=send id=id version=version record=record label=common::SAVE
                    done=done cancel=move |()| chosen.set(None) />
            }
        })
    };
    view! {
        <PageHead title=t::NUMBER_RULES />
        <section class="card"><p class="hint">{t::NUMBER_HINT}</p>{loaded(loader, draw)}</section>
        <Dialog open=open title=t::NUMBER_EDIT>{form}</Dialog>
    }
    .into_any()
}

/// The rule that is being changed.
#[derive(Clone, Copy)]
struct Chosen(RwSignal<Option<NumberRule>>);

fn draw(rules: NumberRules) -> AnyView {
    Lines::of(
        &rules.items,
        vec![
            (t::DOCUMENT, Align::Left, |r: &NumberRule| cell::text(r.label.clone())),
            (t::PATTERN, Align::Left, |r| cell::code(r.pattern.to_string())),
            (t::EXAMPLE, Align::Left, |r| cell::code(r.example.clone())),
            (t::GAPLESS, Align::Left, |r| cell::yes_no(r.is_gapless)),
            (t::CHANGE, Align::Left, change),
        ],
    )
    .draw()
}

fn change(rule: &NumberRule) -> AnyView {
    let rule = rule.clone();
    let chosen = use_context::<Chosen>();
    let press = move |()| {
        if let Some(Chosen(chosen)) = chosen {
            chosen.set(Some(rule.clone()));
        }
    };
    view! { <Button label=common::EDIT look=Look::Plain on_press=press /> }.into_any()
}

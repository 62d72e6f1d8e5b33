//! The rules of retail: what holds now, and what held before.

use crate::api::{Loader, call, session};
use crate::doc::problem::error_panel;
use crate::doc::send::{Got, sender};
use crate::doc::{InlineForm, LineColumn, Lines, PageHead, cell, draw_items, item};
use crate::field;
use crate::nav::Params;
use crate::text::{retail as t, stock};
use crate::ui::{Align, Button, Delayed, Dialog, Icon, Look, Skeleton, toast};
use leptos::prelude::*;
use openapi::Nothing;
use openapi::trade::retail::RETAIL_POLICY_EDIT;
use openapi::trade::retail::member::{
    GetRetailPolicy, RetailPolicy, RetailPolicyChange, RetailPolicyDraft, SetRetailPolicy,
};

/// The page.
pub fn page(_: &Params) -> AnyView {
    let loader: Loader<RetailPolicy> = Loader::new(|| call::<GetRetailPolicy>(Nothing, Nothing, Nothing));
    let open = RwSignal::new(false);
    let form = move || {
        let now = loader.data.get();
        let of = |value: fn(&RetailPolicy) -> u16| now.as_ref().map(|now| value(now).to_string()).unwrap_or_default();
        let fields = vec![
            field!(RetailPolicyDraft.points_per_hundred, t::POINTS_RATE).initial(of(|p| p.points_per_hundred)),
            field!(RetailPolicyDraft.discount_limit, t::DISCOUNT_LIMIT)
                .hint(t::BASIS_HINT)
                .initial(of(|p| p.discount_limit)),
            field!(RetailPolicyDraft.bad_value, t::BAD_VALUE).hint(t::BASIS_HINT).initial(of(|p| p.bad_value)),
            field!(RetailPolicyDraft.remark, stock::REMARK),
        ];
        let done = move |_: Got| {
            open.set(false);
            loader.reload();
            toast::success(t::POLICY_DONE.get());
        };
        let send = sender::<SetRetailPolicy>();
        view! {
            <InlineForm fields=fields send=send id="" version=None label=t::SET_POLICY done=done cancel=move |()| open.set(false) />
        }
    };
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(policy), _) => draw(&policy),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=4 /></Delayed> }.into_any(),
    };
    let edit = move || {
        session::may(RETAIL_POLICY_EDIT).then(|| {
            view! { <Button label=t::SET_POLICY look=Look::Primary icon=Icon::Settings on_press=move |()| open.set(true) /> }
        })
    };
    view! {
        <PageHead title=t::POLICY>{edit}</PageHead>
        <section class="card"><p class="hint">{t::POLICY_HINT}</p>{body}</section>
        <Dialog open=open title=t::SET_POLICY>{form}</Dialog>
    }
    .into_any()
}

fn draw(policy: &RetailPolicy) -> AnyView {
    let now = vec![
        item(t::POINTS_RATE, cell::text(policy.points_per_hundred.to_string())),
        item(t::DISCOUNT_LIMIT, cell::text(policy.discount_limit.to_string())),
        item(t::BAD_VALUE, cell::text(policy.bad_value.to_string())),
    ];
    let columns: Vec<LineColumn<RetailPolicyChange>> = vec![
        (t::SET_AT, Align::Left, |c| cell::time(c.created_at)),
        (t::SET_BY, Align::Left, |c| cell::maybe(c.created_by_name.as_ref())),
        (t::POINTS_RATE, Align::Right, |c| cell::text(c.points_per_hundred.to_string())),
        (t::DISCOUNT_LIMIT, Align::Right, |c| cell::text(c.discount_limit.to_string())),
        (t::BAD_VALUE, Align::Right, |c| cell::text(c.bad_value.to_string())),
        (stock::REMARK, Align::Left, |c| cell::maybe(c.remark.as_ref())),
    ];
    let before = if policy.items.is_empty() {
        view! { <p class="hint">{t::PRESET}</p> }.into_any()
    } else {
        Lines::of(&policy.items, columns).draw()
    };
    view! { {draw_items(now)} {before} }.into_any()
}

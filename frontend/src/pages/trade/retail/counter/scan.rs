//! Where codes are scanned into, and what to choose from when words fit several goods.

use super::cart::Cart;
use crate::api::call;
use crate::doc::cell;
use crate::text::{self, retail as t};
use crate::ui::{Bind, Button, FieldBox, Input, InputKind, Task, focus};
use leptos::prelude::*;
use openapi::trade::retail::SaleCondition;
use openapi::trade::retail::sale::{FindRetailGoods, RetailGoods, RetailGoodsQuery};
use openapi::{Nothing, Plain, Serial};

/// The box.
pub fn view(cart: Cart) -> AnyView {
    let (code, found, task) = (RwSignal::new(String::new()), RwSignal::new(Vec::<RetailGoods>::new()), Task::new());
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        look(cart, code, found, task);
    };
    view! {
        <form class="card till-scan" novalidate on:submit=submit
            on:keydown=move |ev| if ev.key() == "Enter" && crate::ui::composing(&ev) { ev.prevent_default() }>
            <FieldBox id="scan" label=t::SCAN>
                <Input id="scan" kind=InputKind::Code bind=Bind::signal(code) autofocus=true />
            </FieldBox>
            <Button label=t::FIND submit=true busy=task.busy />
            {move || offered(cart, code, found)}
        </form>
    }
    .into_any()
}

/// Looks up what was typed. Nothing typed goes on to the money.
fn look(cart: Cart, code: RwSignal<String>, found: RwSignal<Vec<RetailGoods>>, task: Task) {
    let typed = code.get_untracked().trim().to_owned();
    let Ok(words) = typed.parse() else { return focus("#tendered") };
    let Ok(warehouse_id) = cart.warehouse.get_untracked().parse() else { return };
    task.run(async move {
        let query = RetailGoodsQuery { warehouse_id, code: words };
        cart.wrong.set(None);
        found.set(Vec::new());
        match call::<FindRetailGoods>(Nothing, Plain(query), Nothing).await {
            Ok(answer) => match answer.items.as_slice() {
                [] => cart.wrong.set(Some(t::NOTHING_FOUND.with("code", typed).to_string())),
                [one] if !one.is_serial_tracked || one.serial.is_some() => {
                    choose(cart, code, found, one.clone(), one.serial.clone());
                }
                _ => found.set(answer.items.clone()),
            },
            Err(error) => cart.wrong.set(Some(error.message())),
        }
        focus("#scan");
    });
}

fn choose(
    cart: Cart,
    code: RwSignal<String>,
    found: RwSignal<Vec<RetailGoods>>,
    goods: RetailGoods,
    serial: Option<Serial>,
) {
    cart.wrong.set(cart.add(goods, serial));
    code.set(String::new());
    found.set(Vec::new());
    focus("#scan");
}

/// Several goods to choose from, or the pieces of one.
fn offered(cart: Cart, code: RwSignal<String>, found: RwSignal<Vec<RetailGoods>>) -> AnyView {
    let all = found.get();
    let Some(first) = all.first().cloned() else { return ().into_any() };
    if all.len() == 1 {
        let pieces = first.serials.clone();
        let piece = move |serial: Serial| {
            let (goods, label) = (first.clone(), serial.to_string());
            let press = move |_| choose(cart, code, found, goods.clone(), Some(serial.clone()));
            view! { <li><button type="button" class="pick-line" on:click=press><span class="code">{label}</span></button></li> }
        };
        return view! {
            <div class="till-found"><p class="hint">{t::CHOOSE_SERIAL}</p>
                <ul class="plain-list">{pieces.into_iter().map(piece).collect_view()}</ul></div>
        }
        .into_any();
    }
    let one = move |goods: RetailGoods| {
        let (name, number) = (goods.product_name.to_string(), goods.product_code.to_string());
        let (price, free) = (text::grouped(&goods.retail_price.to_string()), text::quantity(goods.available));
        let again = (goods.condition == SaleCondition::Refurbished).then(|| cell::tag(goods.condition));
        let press = move |_| {
            if goods.is_serial_tracked && !goods.serials.is_empty() {
                found.set(vec![goods.clone()]);
            } else if goods.is_serial_tracked {
                // its pieces are listed next
                code.set(goods.product_code.to_string());
                look(cart, code, found, Task::new());
            } else {
                choose(cart, code, found, goods.clone(), None);
            }
        };
        view! {
            <li><button type="button" class="pick-line" on:click=press>
                <span class="grow">{name} " " <span class="code faint">{number}</span> {again}</span>
                <span class="faint">{t::LEFT.with("count", free).to_string()}</span> <b>"¥" {price}</b>
            </button></li>
        }
    };
    view! {
        <div class="till-found"><p class="hint">{t::CHOOSE}</p>
            <ul class="plain-list">{all.into_iter().map(one).collect_view()}</ul></div>
    }
    .into_any()
}

//! The counter: scan, Enter, scan, F9. Everything works without a mouse.

mod cart;
mod scan;

use super::till;
use crate::api::{ApiError, Loader, Options, call, new_key, send};
use crate::doc::problem::error_panel;
use crate::doc::{PageHead, cell};
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::text::{self, retail as t};
use crate::ui::{
    Bind, Button, Combo, Delayed, FieldBox, Icon, IconButton, Input, InputKind, LinkButton, Look, Notice, Select,
    SelectOption, Skeleton, Task, focus,
};
use cart::{Cart, Line};
use leptos::ev;
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::master::warehouse::{ListWarehouses, WarehouseFilter, WarehouseKind, WarehouseRow};
use openapi::query::AnyOf;
use openapi::trade::retail::member::{GetMemberPoints, MemberPoints};
use openapi::trade::retail::sale::{CreateRetailSale, RetailSale};
use openapi::{ById, Listing, Money, Nothing, PageQuery};

/// The page.
pub fn page(_: &Params) -> AnyView {
    let loader = Loader::new(|| async {
        let filter = WarehouseFilter {
            kind: Some(AnyOf(vec![WarehouseKind::Good, WarehouseKind::Unit, WarehouseKind::Refurb])),
            is_active: Some(true),
            ..WarehouseFilter::default()
        };
        let page = PageQuery { limit: Some(200), ..PageQuery::default() };
        let (warehouses, accounts) =
            futures::join!(call::<ListWarehouses>(Nothing, Listing { page, filter }, Nothing), till::accounts());
        let mut warehouses = warehouses?.items;
        warehouses.sort_by_key(|warehouse| warehouse.kind != WarehouseKind::Good);
        Ok::<_, ApiError>((warehouses, accounts?))
    });
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some((warehouses, _)), _) if warehouses.is_empty() => {
            view! { <Notice tone=Tone::Warning text=t::NO_WAREHOUSE /> }.into_any()
        }
        (Some((_, accounts)), _) if accounts.is_empty() => {
            view! { <Notice tone=Tone::Warning text=t::NO_ACCOUNT /> }.into_any()
        }
        (Some((warehouses, accounts)), _) => counter(Cart::new(warehouses, accounts)),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=6 /></Delayed> }.into_any(),
    };
    view! { <PageHead title=t::COUNTER><span class="hint">{t::KEYS_HINT}</span></PageHead> {body} }.into_any()
}

fn counter(cart: Cart) -> AnyView {
    let task = Task::new();
    let key = StoredValue::new(new_key());
    let charge = move || sell(cart, task, key);
    let keys = window_event_listener(ev::keydown, move |ev| {
        if crate::ui::composing(&ev) {
            return;
        }
        match ev.key().as_str() {
            "F2" => focus("#scan"),
            "F4" => focus("#tendered"),
            "F9" => charge(),
            _ => return,
        }
        ev.prevent_default();
    });
    on_cleanup(move || keys.remove());
    view! {
        <div class="till">
            <div class="till-goods">
                {scan::view(cart)}
                {move || cart.wrong.get().map(|wrong| view! { <Notice tone=Tone::Danger text=Signal::stored(wrong) /> })}
                {move || cart.done.get().map(|sale| sold(cart, sale))}
                <section class="card">{move || lines(cart)}</section>
            </div>
            <form class="till-pay card" novalidate on:submit=move |ev| { ev.prevent_default(); charge(); }>
                {pay(cart, task)}
            </form>
        </div>
    }
    .into_any()
}

/// Sells. The same press again, also after a lost answer, is the same sale: its key changes only with its outcome.
fn sell(cart: Cart, task: Task, key: StoredValue<String>) {
    if task.busy.get_untracked() {
        return;
    }
    let draft = match cart.draft() {
        Ok(draft) => draft,
        Err(wrong) => {
            cart.wrong.set(Some(wrong));
            return focus("#scan");
        }
    };
    task.run(async move {
        let options = Options::default().with_key(key.get_value());
        match send::<CreateRetailSale>(Nothing, Nothing, draft, options).await {
            Ok(sale) => {
                key.set_value(new_key());
                cart.clear();
                cart.done.set(Some(sale));
                focus("#scan");
            }
            Err(error) => {
                if error.status().is_some() {
                    key.set_value(new_key());
                }
                let said = error.fields().first().map_or_else(|| error.message(), |fault| fault.message.clone());
                cart.wrong.set(Some(said));
            }
        }
    });
}

/// The last sale: what to give back, and the receipt.
fn sold(cart: Cart, sale: RetailSale) -> AnyView {
    let print = format!("/print/retail_sale/{}", sale.id);
    let next = move |()| {
        cart.done.set(None);
        focus("#scan");
    };
    let change = (!sale.change.is_zero())
        .then(|| view! { <p class="big"><span>{t::CHANGE}</span> <strong id="given-back">{text::money(sale.change)}</strong></p> });
    let points = (sale.points != 0).then(|| view! { <p>{t::EARNED} " " <b>{sale.points.to_string()}</b></p> });
    view! {
        <section class="card sold" role="status">
            <p>{t::SOLD} " " {cell::link(sale.number.clone(), format!("/trade/retail-sales/{}", sale.id))} " " <b>{text::money(sale.total)}</b></p>
            {change} {points}
            <div class="row">
                <LinkButton label=t::PRINT href=print look=Look::Primary glyph=Icon::Document />
                <Button label=t::NEXT on_press=next />
            </div>
        </section>
    }
    .into_any()
}

fn lines(cart: Cart) -> AnyView {
    let all = cart.lines.get();
    if all.is_empty() {
        return view! { <p class="hint">{t::EMPTY}</p> }.into_any();
    }
    view! {
        <div class="table-scroll"><table class="table till-lines">
            <thead><tr>
                <th>{t::GOODS}</th><th class="right">{t::QUANTITY}</th><th class="right">{t::PRICE}</th>
                <th class="right">{t::DISCOUNT}</th><th class="right">{t::AMOUNT}</th><th></th>
            </tr></thead>
            <tbody>{all.into_iter().map(|line| row(cart, line)).collect_view()}</tbody>
        </table></div>
    }
    .into_any()
}

fn row(cart: Cart, line: Line) -> AnyView {
    let (name, code, free) = line
        .goods
        .with_value(|g| (g.product_name.to_string(), g.product_code.to_string(), text::quantity(g.available)));
    let key = line.key;
    let said = |label: text::Label| Signal::derive(move || Some(label.get().to_owned()));
    let amount = move || line.amount().map_or_else(|| "—".to_owned(), text::money);
    let serial = move || line.serial.get();
    let is_piece = !line.serial.get_untracked().is_empty();
    view! {
        <tr>
            <td data-label=t::GOODS>
                <b>{name}</b> " " <span class="code faint">{code} " " {serial}</span>
                <span class="faint small">{t::LEFT.with("count", free).to_string()}</span>
            </td>
            <td data-label=t::QUANTITY class="right"><Input id=format!("quantity-{key}") name=said(t::QUANTITY) kind=InputKind::Decimal bind=Bind::signal(line.quantity) locked=is_piece /></td>
            <td data-label=t::PRICE class="right"><Input id=format!("price-{key}") name=said(t::PRICE) kind=InputKind::Decimal bind=Bind::signal(line.price) /></td>
            <td data-label=t::DISCOUNT class="right"><Input id=format!("discount-{key}") name=said(t::DISCOUNT) kind=InputKind::Decimal bind=Bind::signal(line.discount) /></td>
            <td data-label=t::AMOUNT class="right"><b>{amount}</b></td>
            <td><IconButton label=t::REMOVE icon=Icon::Close on_press=move |()| { cart.remove(key); focus("#scan"); } /></td>
        </tr>
    }
    .into_any()
}

/// Customer, discount, ways of payment, and the total in large figures.
fn pay(cart: Cart, task: Task) -> AnyView {
    let figure = |amount: Option<Money>| amount.map_or_else(|| "—".to_owned(), text::money);
    let warehouses = Signal::derive(move || {
        let option =
            |w: &WarehouseRow| SelectOption { value: w.id.to_string(), label: Signal::stored(w.name.to_string()) };
        cart.warehouses.with_value(|all| all.iter().map(option).collect::<Vec<_>>())
    });
    let many = cart.warehouses.with_value(|all| all.len() > 1);
    let from = many.then(|| {
        view! {
            <FieldBox id="warehouse" label=crate::text::stock::WAREHOUSE>
                <Select id="warehouse" options=warehouses bind=Bind::signal(cart.warehouse) />
            </FieldBox>
        }
    });
    let change = move || {
        cart.change().filter(|change| *change >= Money::ZERO).map(|change| {
            view! { <p class="big change"><span>{t::CHANGE}</span> <strong id="change">{text::money(change)}</strong></p> }
        })
    };
    let cash = move || {
        cart.ways.get().iter().any(|way| way.is_cash()).then(|| {
            view! {
                <FieldBox id="tendered" label=t::TENDERED>
                    <Input id="tendered" kind=InputKind::Money bind=Bind::signal(cart.tendered) />
                </FieldBox>
            }
        })
    };
    view! {
        <p class="big total"><span>{t::TOTAL}</span> <strong id="due">{move || figure(cart.due())}</strong></p>
        {from}
        <FieldBox id="customer" label=t::CUSTOMER>
            <Combo id="customer" name=t::CUSTOMER bind=Bind::signal(cart.customer) source=customers() />
        </FieldBox>
        {move || member(cart)}
        <FieldBox id="whole-discount" label=t::WHOLE_DISCOUNT>
            <Input id="whole-discount" kind=InputKind::Money bind=Bind::signal(cart.discount) />
        </FieldBox>
        {move || ways(cart)}
        <Button label=t::ADD_PAYMENT look=Look::Quiet icon=Icon::Plus on_press=move |()| cart.add_way() />
        {cash}
        {change}
        <div class="row">
            <Button label=t::CHARGE look=Look::Primary submit=true busy=task.busy keys="F9" />
            <Button label=t::CLEAR look=Look::Quiet on_press=move |()| { cart.clear(); focus("#scan"); } />
        </div>
    }
    .into_any()
}

/// The points that the chosen customer has.
fn member(cart: Cart) -> AnyView {
    let Ok(id) = cart.customer.get().parse() else { return ().into_any() };
    let loader: Loader<MemberPoints> = Loader::new(move || call::<GetMemberPoints>(ById { id }, Nothing, Nothing));
    let said = move || loader.data.get().map(|points| t::POINTS_NOW.with("count", points.balance).to_string());
    view! { <p class="hint">{said}</p> }.into_any()
}

fn ways(cart: Cart) -> AnyView {
    let all = cart.ways.get();
    let is_one = all.len() == 1;
    let one = move |(i, way): (usize, till::Way)| {
        let id = format!("amount-{}", way.key);
        // the first way brings what the others leave open
        let amount = if i == 0 {
            let rest = Signal::derive(move || cart.rest().map(|rest| rest.to_string()).unwrap_or_default());
            Bind::new(rest, |_| {})
        } else {
            Bind::signal(way.amount)
        };
        let remove = (i > 0).then(|| {
            let drop = move |()| cart.ways.update(|ways| ways.retain(|other| other.key != way.key));
            view! { <IconButton label=t::REMOVE icon=Icon::Close on_press=drop /> }
        });
        view! {
            <div class="till-way">
                {till::choices(way, cart.accounts)}
                <FieldBox id=id.clone() label=t::AMOUNT>
                    <Input id=id kind=InputKind::Money bind=amount locked={i == 0} />
                </FieldBox>
                {remove}
            </div>
        }
    };
    view! { <div class="till-ways" class:single=is_one>{all.into_iter().enumerate().map(one).collect_view()}</div> }
        .into_any()
}

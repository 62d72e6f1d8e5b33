//! The parts of a repair: needed, reserved, issued, used, returned, and what became of the old ones.

use super::{Shown, follow};
use crate::api::session;
use crate::doc::cell;
use crate::pages::service::ticket::action::Quick;
use crate::pages::service::ticket::bench::step::{Step, StepDialog, Stepping};
use crate::pages::service::ticket::pick;
use crate::text::{self, ticket as t};
use crate::ui::{Bind, Button, Combo, FieldBox, Icon, Input, InputKind, Look, Menu, MenuItem, Tag, icon, toast};
use leptos::prelude::*;
use openapi::Quantity;
use openapi::choice::{Choice, Tone};
use openapi::document::DocKind;
use openapi::service::SHORTAGE_VIEW;
use openapi::service::state::{OldPartState, TicketAction};
use openapi::service::ticket::{
    AddTicketParts, IssueTicketParts, RemoveTicketPart, ReturnTicketParts, Ticket, TicketPart, UseTicketParts,
};
use openapi::service::work::{PartChoice, PartDraft, PartMove, PartMoves, PartUse, PartUses, PartsDraft};
use openapi::stock::STOCK_DOC_EDIT;
use std::sync::Arc;

/// What the engineer holds of a line and has not put in.
pub fn in_hand(part: &TicketPart) -> Quantity {
    part.issued - part.returned - part.used
}

/// What can be issued of a line.
pub fn to_issue(part: &TicketPart) -> Quantity {
    if part.is_consumed { Quantity::ZERO } else { part.reserved }
}

/// The card.
pub fn card(shown: Shown, quick: Quick) -> AnyView {
    let stepping: Stepping = RwSignal::new(None);
    let may = Memo::new(move |_| shown.with(|t| t.as_ref().is_some_and(|t| t.allowed.contains(&TicketAction::Parts))));
    view! {
        <section class="card" id="parts">
            <h2 class="card-title">{t::PARTS}</h2>
            {follow(shown, move |ticket| lines(ticket, quick, stepping))}
            <Show when=move || may.get()>{adding(shown, quick)}</Show>
            <StepDialog stepping=stepping quick=quick />
        </section>
    }
    .into_any()
}

fn lines(ticket: &Arc<Ticket>, quick: Quick, stepping: Stepping) -> AnyView {
    if ticket.parts.is_empty() {
        return view! { <p class="hint">{t::NO_PARTS}</p> }.into_any();
    }
    let may = ticket.allowed.contains(&TicketAction::Parts);
    let row = |part: &TicketPart| draw_line(ticket, part, may, quick, stepping);
    let costs = ticket.parts.iter().any(|p| p.cost.is_some());
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t::PARTS>
            <table class="table">
                <thead><tr>
                    <th scope="col">{t::PART}</th>
                    <th scope="col" class="right">{t::REQUIRED}</th>
                    <th scope="col" class="right">{t::RESERVED}</th>
                    <th scope="col" class="right">{t::ISSUED}</th>
                    <th scope="col" class="right">{t::USED}</th>
                    <th scope="col" class="right">{t::RETURNED}</th>
                    <th scope="col" class="right">{t::UNIT_PRICE}</th>
                    {costs.then(|| view! { <th scope="col" class="right">{t::COST}</th> })}
                    <th scope="col">{t::OLD_PART}</th>
                    {may.then(|| view! { <th scope="col">{text::common::ACTIONS}</th> })}
                </tr></thead>
                <tbody>{ticket.parts.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        {may.then(|| all_at_once(ticket, quick))}
    }
    .into_any()
}

fn draw_line(ticket: &Arc<Ticket>, part: &TicketPart, may: bool, quick: Quick, stepping: Stepping) -> AnyView {
    let waits = part.shortage_id.filter(|_| part.short.is_positive() && untrack(|| session::may(SHORTAGE_VIEW)));
    let waits = waits.map(|id| cell::link(t::SHORTAGE.get(), format!("/stock/shortages/{id}")));
    let short = part.short.is_positive().then(|| {
        let count = text::quantity(part.short);
        view! { <Tag label=Signal::derive(move || String::from(t::SHORT.with("count", &count))) tone=Tone::Danger /> }
    });
    let serials = [(t::NEW_SERIAL, &part.serial), (t::OLD_SERIAL, &part.old_serial)]
        .into_iter()
        .filter_map(|(label, serial)| {
            serial
                .as_ref()
                .map(|s| view! { <span class="faint">{label} " " <span class="code">{s.to_string()}</span></span> })
        })
        .collect_view();
    let costs = ticket.parts.iter().any(|p| p.cost.is_some());
    let old = if part.old_part == OldPartState::None { cell::none() } else { cell::tag(part.old_part) };
    let stepped =
        may.then(|| view! { <td data-label=text::common::ACTIONS>{steps(ticket, part, quick, stepping)}</td> });
    view! {
        <tr>
            <td data-label=t::PART><span class="stack"><span>{part.product_name.clone()}</span>
                <span class="faint code">{part.product_code.clone()}</span>{serials}</span></td>
            <td class="right" data-label=t::REQUIRED>{cell::quantity(part.required)}</td>
            <td class="right" data-label=t::RESERVED><span class="stack end">{cell::quantity(part.reserved)} {short} {waits}</span></td>
            <td class="right" data-label=t::ISSUED>{cell::quantity(part.issued)}</td>
            <td class="right" data-label=t::USED>{cell::quantity(part.used)}</td>
            <td class="right" data-label=t::RETURNED>{cell::quantity(part.returned)}</td>
            <td class="right" data-label=t::UNIT_PRICE><span class="stack end">{cell::price(part.unit_price)} <span class="faint">{cell::choice(part.payer)}</span></span></td>
            {costs.then(|| view! { <td class="right" data-label=t::COST>{part.cost.map_or_else(cell::none, cell::money)}</td> })}
            <td data-label=t::OLD_PART><span class="stack">{old} {back_to_customer(ticket, part)}</span></td>
            {stepped}
        </tr>
    }
    .into_any()
}

/// To the document that hands the old part in the store to the customer who asks for it.
fn back_to_customer(ticket: &Arc<Ticket>, part: &TicketPart) -> Option<AnyView> {
    let may = part.old_part == OldPartState::Returned && untrack(|| session::may(STOCK_DOC_EDIT));
    let kind = DocKind::BadPartReturn.as_str();
    let href = format!("/stock/documents/new?kind={kind}&ticket_id={}", ticket.id);
    may.then(|| cell::link(t::OLD_PART_BACK.get(), href))
}

/// The next step of a line as a button, the others in a menu.
fn steps(ticket: &Arc<Ticket>, part: &TicketPart, quick: Quick, stepping: Stepping) -> AnyView {
    let begin = |step: Step| {
        let (ticket, part) = (ticket.clone(), part.clone());
        move || match plain(step, &part) {
            true => send(step, &ticket, std::slice::from_ref(&part), quick),
            false => stepping.set(Some((step, ticket.clone(), part.clone()))),
        }
    };
    let open = |step: Step| {
        let (ticket, part) = (ticket.clone(), part.clone());
        move || stepping.set(Some((step, ticket.clone(), part.clone())))
    };
    let has_some = ticket.engineer_id.is_some() && to_issue(part).is_positive();
    let next = match (has_some, in_hand(part).is_positive()) {
        (true, _) => Some(Step::Issue),
        (false, true) => Some(Step::Use),
        (false, false) => None,
    };
    let main = next.map(|step| {
        let run = begin(step);
        view! { <Button label=step.label() busy=quick.task.busy on_press=move |()| run() /> }
    });
    let mut items = Vec::new();
    if in_hand(part).is_positive() {
        items.push(MenuItem::new(Step::Return.label(), None, begin(Step::Return)));
    }
    if part.issued.is_positive() && !part.is_consumed {
        items.push(MenuItem::new(t::ADJUST_USE, None, open(Step::Use)));
    }
    if has_some {
        items.push(MenuItem::new(t::ISSUE_SOME, None, open(Step::Issue)));
    }
    if part.issued == part.returned {
        let (ticket, line_id) = (ticket.clone(), part.id);
        let mut remove = MenuItem::new(text::common::REMOVE, Some(Icon::Trash), move || {
            quick.send::<RemoveTicketPart>(&ticket, &PartChoice { line_id });
        });
        remove.danger = true;
        items.push(remove);
    }
    let more = (!items.is_empty()).then(|| {
        view! { <Menu label=text::common::MORE class="icon-button" right=true face=|| icon(Icon::More) items=Signal::stored(items) /> }
    });
    view! { <span class="row nowrap">{main} {more}</span> }.into_any()
}

/// Whether a step needs nothing typed.
fn plain(step: Step, part: &TicketPart) -> bool {
    match step {
        Step::Issue | Step::Return => !part.is_serial_tracked,
        Step::Use => !part.is_serial_tracked && part.old_part != OldPartState::Owed,
    }
}

/// Does a step with everything that it can be done with.
fn send(step: Step, ticket: &Ticket, parts: &[TicketPart], quick: Quick) {
    let moves = |of: fn(&TicketPart) -> Quantity| PartMoves {
        lines: parts
            .iter()
            .map(|p| PartMove { line_id: p.id, quantity: of(p), serial: None })
            .filter(|m| m.quantity.is_positive())
            .collect(),
    };
    match step {
        Step::Issue => quick.send::<IssueTicketParts>(ticket, &moves(to_issue)),
        Step::Return => quick.send::<ReturnTicketParts>(ticket, &moves(in_hand)),
        Step::Use => {
            let line = |p: &TicketPart| PartUse {
                line_id: p.id,
                quantity: p.issued - p.returned,
                old_serial: None,
                old_part: None,
            };
            quick.send::<UseTicketParts>(ticket, &PartUses { lines: parts.iter().map(line).collect() });
        }
    }
}

/// One press for all lines that need nothing typed.
fn all_at_once(ticket: &Arc<Ticket>, quick: Quick) -> AnyView {
    let button = |step: Step, of: fn(&TicketPart) -> Quantity, look: Look| {
        let fit: Vec<TicketPart> =
            ticket.parts.iter().filter(|p| of(p).is_positive() && plain(step, p)).cloned().collect();
        let has_hands = ticket.engineer_id.is_some();
        let ticket = ticket.clone();
        (has_hands && fit.len() > 1).then(|| {
            let press = move |()| send(step, &ticket, &fit, quick);
            view! { <Button label=step.all_label() look=look busy=quick.task.busy on_press=press /> }
        })
    };
    view! {
        <div class="row after-table">
            {button(Step::Issue, to_issue, Look::Primary)}
            {button(Step::Use, in_hand, Look::Primary)}
            {button(Step::Return, in_hand, Look::Plain)}
        </div>
    }
    .into_any()
}

/// The line that adds a part: type, Enter, Enter.
fn adding(shown: Shown, quick: Quick) -> AnyView {
    let (product, quantity) = (RwSignal::new(String::new()), RwSignal::new("1".to_owned()));
    let wrong = RwSignal::new(None::<String>);
    let at_once = RwSignal::new(false);
    let has_engineer = Memo::new(move |_| shown.with(|t| t.as_ref().is_some_and(|t| t.engineer_id.is_some())));
    let org = shown.with_untracked(|t| t.as_ref().map(|t| t.org_id));
    let add = move || {
        let amount = quantity.get_untracked().trim().parse::<Quantity>();
        let amount = match amount {
            Ok(amount) if amount.is_positive() => amount,
            Ok(_) => return wrong.set(Some(t::QUANTITY_POSITIVE.get().to_owned())),
            Err(issue) => return wrong.set(Some(issue.code.message(text::lang(), &issue.params))),
        };
        let Ok(product_id) = product.get_untracked().parse() else {
            toast::info(t::CHOOSE_PART.get());
            return crate::ui::focus("#add-part");
        };
        wrong.set(None);
        let line = PartDraft { product_id, quantity: amount, payer: None, warehouse_id: None, remark: None };
        if let Some(ticket) = shown.get_untracked() {
            quick.send::<AddTicketParts>(
                &ticket,
                &PartsDraft { lines: vec![line], issue: at_once.get_untracked() && has_engineer.get_untracked() },
            );
            product.set(String::new());
            quantity.set("1".to_owned());
            crate::ui::focus("#add-part");
        }
    };
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        add();
    };
    let keys = move |ev: web_sys::KeyboardEvent| {
        if ev.key() == "Enter" && crate::ui::composing(&ev) {
            ev.prevent_default();
        }
    };
    let picked = move |pick: Option<crate::ui::Pick>| {
        if pick.is_some() {
            request_animation_frame(|| crate::ui::focus("#add-quantity"));
        }
    };
    view! {
        <form class="add-line" on:submit=submit on:keydown=keys>
            <FieldBox id="add-part" label=t::ADD_PART>
                <Combo id="add-part" name=t::ADD_PART bind=Bind::signal(product) source=pick::parts(org) picked=picked />
            </FieldBox>
            <FieldBox id="add-quantity" label=t::QUANTITY error=wrong>
                <Input id="add-quantity" bind=Bind::signal(quantity) kind=InputKind::Decimal invalid=Signal::derive(move || wrong.with(Option::is_some)) />
            </FieldBox>
            <Show when=move || has_engineer.get()>
                <label class="check"><input type="checkbox" id="add-at-once" prop:checked=move || at_once.get()
                    on:change=move |_| at_once.update(|on| *on = !*on) /><span>{t::ISSUE_AT_ONCE}</span></label>
            </Show>
            <Button label=t::ADD icon=Icon::Plus submit=true busy=quick.task.busy />
        </form>
    }
    .into_any()
}

//! Takes goods of a sale back: how much of each line, in which condition, and the money for it.

use super::till::{self, Way};
use super::{returns, sale};
use crate::api::{ApiError, Loader, Options, call, new_key, send};
use crate::doc::problem::error_panel;
use crate::doc::{PageHead, cell};
use crate::nav::{self, Params};
use crate::text::{self, retail as t};
use crate::ui::{
    Bind, Button, Delayed, FieldBox, Input, InputKind, LinkButton, Look, Notice, Select, SelectOption, Skeleton, Task,
};
use leptos::prelude::*;
use openapi::choice::{Choice, Tone};
use openapi::finance::PayMethod;
use openapi::master::bank_account::BankAccountRow;
use openapi::trade::retail::back::{CreateRetailReturn, RetailReturnDraft, RetailReturnLineDraft, ReturnCondition};
use openapi::trade::retail::sale::{GetRetailSale, RetailLine, RetailSale, RetailSaleId};
use openapi::{ById, Money, Nothing, Quantity};

/// The page.
pub fn page(params: &Params) -> AnyView {
    let id = params.get("id").and_then(|id| id.parse::<RetailSaleId>().ok());
    let Some(id) = id else { return error_panel(&ApiError::not_found(), None) };
    let loader = Loader::new(move || async move {
        let (sale, accounts) = futures::join!(call::<GetRetailSale>(ById { id }, Nothing, Nothing), till::accounts());
        Ok::<_, ApiError>((sale?, accounts?))
    });
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some((sale, _)), _) if !sale.is_returnable => {
            view! { <Notice tone=Tone::Info text=t::NOT_RETURNABLE /> }.into_any()
        }
        (Some((sale, accounts)), _) => form(&sale, accounts),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=6 /></Delayed> }.into_any(),
    };
    view! {
        <PageHead title=t::NEW_RETURN><LinkButton label=t::SALE href=sale::href(id) /></PageHead>
        {body}
    }
    .into_any()
}

/// One line of the sale, and what is typed about it.
#[derive(Clone, Copy)]
struct Line {
    of: StoredValue<RetailLine>,
    quantity: RwSignal<String>,
    condition: RwSignal<String>,
    deduction: RwSignal<String>,
}

impl Line {
    fn new(of: &RetailLine) -> Self {
        Line {
            of: StoredValue::new(of.clone()),
            quantity: RwSignal::new(String::new()),
            condition: RwSignal::new(ReturnCondition::Good.as_str().to_owned()),
            deduction: RwSignal::new(String::new()),
        }
    }

    /// What is paid back for it, as the server reckons it; zero where nothing comes back. Reactive.
    fn refund(self) -> Option<Money> {
        let text = self.quantity.get();
        if text.trim().is_empty() {
            return Some(Money::ZERO);
        }
        let quantity: Quantity = text.trim().parse().ok()?;
        let deduction = match self.deduction.get().trim() {
            "" => Money::ZERO,
            typed => typed.parse().ok()?,
        };
        let credit = self.of.with_value(|l| {
            let is_rest = quantity == l.quantity - l.returned;
            if is_rest { l.refundable } else { Ord::min(l.amount.share(quantity, l.quantity), l.refundable) }
        });
        Some(credit - deduction)
    }

    fn draft(self) -> Option<RetailReturnLineDraft> {
        let deduction = self.deduction.get_untracked();
        Some(RetailReturnLineDraft {
            line_id: self.of.with_value(|l| l.id),
            quantity: self.quantity.get_untracked().trim().parse().ok()?,
            condition: ReturnCondition::parse(&self.condition.get_untracked())?,
            deduction: deduction.trim().parse().ok(),
        })
    }
}

fn form(sale: &RetailSale, accounts: Vec<BankAccountRow>) -> AnyView {
    let id = sale.id;
    let lines: Vec<Line> = sale.lines.iter().filter(|l| l.returned < l.quantity).map(Line::new).collect();
    let way = Way::new(0, sale.payments.first().map_or(PayMethod::Cash, |p| p.method), &accounts);
    let accounts = StoredValue::new(accounts);
    let lines = StoredValue::new(lines);
    let (remark, wrong, task) = (RwSignal::new(String::new()), RwSignal::new(None::<String>), Task::new());
    let key = StoredValue::new(new_key());
    let total = move || lines.with_value(|all| all.iter().map(|line| line.refund()).sum::<Option<Money>>());
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let chosen: Vec<RetailReturnLineDraft> =
            lines.with_value(|all| all.iter().filter_map(|line| line.draft()).collect());
        let draft = untrack(total).zip(remark.get_untracked().trim().parse().ok()).filter(|_| !chosen.is_empty());
        let Some((refund, remark)) = draft else { return wrong.set(Some(t::NOTHING_CHOSEN.get().to_owned())) };
        let payments = if refund.is_zero() { Vec::new() } else { way.draft(refund).into_iter().collect() };
        let draft = RetailReturnDraft { sale_id: id, lines: chosen, payments, remark };
        task.run(async move {
            let options = Options::default().with_key(key.get_value());
            match send::<CreateRetailReturn>(Nothing, Nothing, draft, options).await {
                Ok(back) => nav::replace(&returns::href(back.id)),
                Err(error) => {
                    if error.status().is_some() {
                        key.set_value(new_key());
                    }
                    let said = error.fields().first().map_or_else(|| error.message(), |fault| fault.message.clone());
                    wrong.set(Some(said));
                }
            }
        });
    };
    let figure = move || total().map_or_else(|| "—".to_owned(), text::money);
    let rows = lines.with_value(|all| all.iter().enumerate().map(|(i, line)| row(i, *line)).collect_view());
    view! {
        <form class="give-back" novalidate on:submit=submit>
            <section class="card"><div class="table-scroll"><table class="table">
                <thead><tr>
                    <th>{t::GOODS}</th><th class="right">{t::OPEN}</th><th class="right">{t::BACK_QUANTITY}</th>
                    <th>{t::CONDITION}</th><th class="right">{t::DEDUCTION}</th><th class="right">{t::REFUND}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div></section>
            <section class="card">
                <div class="till-way">{till::choices(way, accounts)}</div>
                <FieldBox id="why" label=t::WHY required=true>
                    <Input id="why" bind=Bind::signal(remark) />
                </FieldBox>
                <p class="big"><span>{t::REFUND}</span> <strong id="refund">{figure}</strong></p>
                {move || wrong.get().map(|wrong| view! { <Notice tone=Tone::Danger text=Signal::stored(wrong) /> })}
                <Button label=t::PAY_BACK look=Look::Primary submit=true busy=task.busy />
            </section>
        </form>
    }
    .into_any()
}

fn row(i: usize, line: Line) -> AnyView {
    let (name, code, open) = line.of.with_value(|l| {
        let serial = l.serial.as_ref().map_or_else(|| l.product_code.to_string(), ToString::to_string);
        (l.product_name.to_string(), serial, l.quantity - l.returned)
    });
    let conditions = Signal::derive(|| {
        let option = |c: &ReturnCondition| SelectOption {
            value: c.as_str().to_owned(),
            label: Signal::stored(c.label(text::lang()).to_owned()),
        };
        ReturnCondition::ALL.iter().map(option).collect::<Vec<_>>()
    });
    let said = |label: text::Label| Signal::derive(move || Some(label.get().to_owned()));
    let refund = move || line.refund().map_or_else(|| "—".to_owned(), text::money);
    view! {
        <tr>
            <td data-label=t::GOODS><b>{name}</b> " " <span class="code faint">{code}</span></td>
            <td data-label=t::OPEN class="right">{cell::quantity(open)}</td>
            <td data-label=t::BACK_QUANTITY class="right"><Input id=format!("back-{i}") name=said(t::BACK_QUANTITY) kind=InputKind::Decimal bind=Bind::signal(line.quantity) /></td>
            <td data-label=t::CONDITION><Select id=format!("condition-{i}") name=said(t::CONDITION) options=conditions bind=Bind::signal(line.condition) /></td>
            <td data-label=t::DEDUCTION class="right"><Input id=format!("deduction-{i}") name=said(t::DEDUCTION) kind=InputKind::Decimal bind=Bind::signal(line.deduction) /></td>
            <td data-label=t::REFUND class="right"><b>{refund}</b></td>
        </tr>
    }
    .into_any()
}

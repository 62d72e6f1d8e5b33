//! Taking the customer's money, in one or several ways.

use super::sheet::{Case, Prepare, prepared};
use crate::api::{self, Options};
use crate::doc::{Field, Form, draw_fields};
use crate::field;
use crate::pages::service::ticket::pick::accounts;
use crate::text::{self, ticket as t};
use crate::ui::{Button, Notice};
use futures::FutureExt;
use leptos::prelude::*;
use openapi::choice::{Choice, Tone};
use openapi::service::closing::{CollectDraft, PayMethod, PaymentDraft};
use openapi::service::state::TicketAction;
use openapi::service::ticket::{CollectTicket, SettleTicket, Ticket};
use openapi::service::work::Remark;
use openapi::{ById, Money, Nothing};
use serde_json::{Value, json};
use std::sync::Arc;

/// What the customer still has to pay.
pub fn due(ticket: &Ticket) -> Money {
    if ticket.charges.is_settled { ticket.open } else { ticket.charges.customer_due }
}

/// What can be done now. Whoever may settle is offered to collect at once: the sheet settles first.
pub fn offered(ticket: &Ticket) -> Vec<TicketAction> {
    let mut all = ticket.allowed.clone();
    let settles = all.contains(&TicketAction::Settle) && !all.contains(&TicketAction::Collect);
    if settles && due(ticket).is_positive() {
        all.push(TicketAction::Collect);
    }
    all
}

/// The sheet.
pub fn fill_in(case: Case) -> AnyView {
    let due = due(&case.ticket);
    let line = vec![
        field!(PaymentDraft.method, t::PAY_METHOD).initial(PayMethod::Cash.as_str()),
        field!(PaymentDraft.amount, t::AMOUNT),
        field!(PaymentDraft.reference, t::REFERENCE),
        field!(PaymentDraft.bank_account_id, t::ACCOUNT).pick(accounts()),
    ];
    let form = Form::new(vec![
        Field::lines("payments", t::PAYMENTS, t::ADD_PAYMENT, 10, line.clone()),
        field!(CollectDraft.remark, t::REMARK),
    ]);
    form.add_row("/payments", &line);
    if due.is_positive() {
        form.set("/payments/0/amount", due.to_string());
    }
    form.dirty.set(false);
    let inner = view! {
        {(!case.ticket.charges.is_settled).then(|| view! { <Notice tone=Tone::Info text=t::SETTLES_FIRST /> })}
        <div class="till">
            <div class="till-due"><span>{t::CUSTOMER_DUE}</span><strong class="number">{text::money(due)}</strong></div>
            {ways(form, &line, due)}
        </div>
        {draw_fields(form, &form.fields(), "")}
        {move || summary(form, due)}
    };
    let prepare = settle_first(&case.ticket, due);
    prepared::<CollectTicket>(case, form, prepare, inner.into_any())
}

/// Everything in one way, with one press.
fn ways(form: Form, line: &[Field], due: Money) -> AnyView {
    let one = |method: PayMethod| {
        let line = line.to_vec();
        let press = move |()| {
            let rows = untrack(|| form.rows("/payments"));
            (0..rows).rev().for_each(|index| form.remove_row("/payments", index));
            form.add_row("/payments", &line);
            form.set("/payments/0/method", method.to_string());
            form.set("/payments/0/amount", due.to_string());
        };
        view! { <Button label=Signal::derive(move || text::choice(method).to_owned()) on_press=press /> }
    };
    view! { <div class="till-ways" role="group" aria-label=t::PAY_METHOD>{PayMethod::ALL.iter().copied().map(one).collect_view()}</div> }.into_any()
}

fn amounts(form: Form) -> Vec<(bool, Money)> {
    let payments = form.value("/payments");
    let one = |p: &Value| {
        let amount = p.get("amount").and_then(Value::as_str).and_then(|a| a.trim().parse::<Money>().ok())?;
        Some((p.get("method").and_then(Value::as_str) == Some(PayMethod::Cash.as_str()), amount))
    };
    payments.as_array().into_iter().flatten().filter_map(one).collect()
}

fn summary(form: Form, due: Money) -> AnyView {
    let all = amounts(form);
    let given: Money = all.iter().map(|(_, amount)| *amount).sum();
    let cash: Money = all.iter().filter(|(is_cash, _)| *is_cash).map(|(_, amount)| *amount).sum();
    let rest = due - given;
    let (label, amount, class) = match rest {
        rest if rest.is_positive() => (t::STILL_OPEN, rest, "till-line"),
        rest if rest.is_zero() => (t::PAID_UP, given, "till-line good"),
        rest if cash >= -rest => (t::CHANGE, -rest, "till-line good"),
        rest => (t::TOO_MUCH, -rest, "till-line bad"),
    };
    view! { <p class=class role="status"><span>{label}</span><strong class="number">{text::money(amount)}</strong></p> }
        .into_any()
}

/// The change goes back to the customer: it is taken off the cash before anything is recorded.
fn without_change(mut body: Value, due: Money) -> Value {
    let Some(Value::Array(payments)) = body.get_mut("payments") else { return body };
    let amount = |p: &Value| {
        p.pointer("/amount/amount").and_then(Value::as_str).and_then(|a| a.parse::<Money>().ok()).unwrap_or_default()
    };
    let mut change: Money = payments.iter().map(amount).sum::<Money>() - due;
    for payment in
        payments.iter_mut().filter(|p| p.get("method").and_then(Value::as_str) == Some(PayMethod::Cash.as_str()))
    {
        let given = amount(payment);
        let back = if change.is_positive() { change.min(given) } else { Money::ZERO };
        if let Value::Object(payment) = payment {
            payment.insert("amount".to_owned(), json!(given - back));
        }
        change -= back;
    }
    payments.retain(|p| !amount(p).is_zero());
    body
}

/// Settles where that was not done, then takes the money.
fn settle_first(ticket: &Ticket, due: Money) -> Prepare {
    let settled = StoredValue::new(Some(ticket.version).filter(|_| ticket.charges.is_settled));
    let (id, version) = (ticket.id, ticket.version);
    let key = api::new_key();
    Arc::new(move |body| {
        let key = key.clone();
        async move {
            let body = without_change(body, due);
            if let Some(version) = settled.get_value() {
                return Ok((body, version));
            }
            let options = Options::if_match(version).with_key(key);
            let ticket = api::send::<SettleTicket>(ById { id }, Nothing, Remark::default(), options).await?;
            settled.try_set_value(Some(ticket.version));
            Ok((body, ticket.version))
        }
        .boxed_local()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(method: &str, fen: i64) -> Value {
        json!({ "method": method, "amount": Money(fen) })
    }

    #[test]
    fn change_comes_off_the_cash_and_nothing_else() {
        let body = json!({ "payments": [payment("wechat", 5_000), payment("cash", 20_000)] });
        let left = without_change(body, Money(20_000));
        assert_eq!(left, json!({ "payments": [payment("wechat", 5_000), payment("cash", 15_000)] }));
    }

    #[test]
    fn too_much_by_card_is_left_for_the_server_to_refuse() {
        let body = json!({ "payments": [payment("card", 20_001)] });
        assert_eq!(without_change(body.clone(), Money(20_000)), body);
    }
}

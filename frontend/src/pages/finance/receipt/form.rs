//! Takes money in: who, how, and for what.

use crate::api::{Loader, call};
use crate::doc::form::Form;
use crate::doc::problem::error_panel;
use crate::doc::{Field, FormPage, Saved, cell};
use crate::field;
use crate::nav::Params;
use crate::pages::finance::document;
use crate::pages::master::bank_account::bank_accounts;
use crate::pages::master::customer::customers;
use crate::pages::master::warehouse::stations;
use crate::text::{Label, finance as t};
use crate::ui::{Bind, Button, Input, InputKind, Look};
use leptos::prelude::*;
use openapi::finance::PartyId;
use openapi::finance::open_item::{ListOpenItems, OpenItem, OpenItemFilter, OpenItemSide};
use openapi::finance::receipt::{CreateReceipt, PayMethod, Receipt, ReceiptDraft, ReceiptPaymentDraft};
use openapi::query::AnyOf;
use openapi::scalar::CURRENCY;
use openapi::{Listing, Nothing, PageQuery};
use serde_json::{Value, json};

/// The form.
pub fn form(params: &Params) -> AnyView {
    let payment = vec![
        field!(ReceiptPaymentDraft.method, t::METHOD).initial(PayMethod::Wechat.to_string()),
        field!(ReceiptPaymentDraft.bank_account_id, t::BANK_ACCOUNT).pick(bank_accounts("is_active=true")),
        field!(ReceiptPaymentDraft.amount, t::AMOUNT),
        field!(ReceiptPaymentDraft.reference, t::REFERENCE),
    ];
    FormPage::new("receipt", t::NEW_RECEIPT, t::NEW_RECEIPT, "/finance/receipts")
        .section(
            t::PARTY,
            vec![
                field!(ReceiptDraft.party_id, t::PARTY).pick(customers()),
                field!(ReceiptDraft.effective_at, t::EFFECTIVE_AT).hint(t::EFFECTIVE_HINT),
            ],
        )
        .section(t::PAYS_FOR, vec![items("allocations", &[OpenItemSide::Receivable], t::RECEIVABLE, t::NOTHING_OPEN)])
        .section(t::PAYMENTS, vec![Field::lines("payments", t::PAYMENTS, t::ADD_PAYMENT, 20, payment).begun()])
        .section(t::USE_DEPOSITS, vec![items("deposits", &[OpenItemSide::Deposit], t::DEPOSIT, t::NO_DEPOSIT)])
        .section(
            t::ADVANCE,
            vec![field!(ReceiptDraft.org_id, t::ADVANCE_BOOKS).pick(stations()).hint(t::ADVANCE_BOOKS_HINT)],
        )
        .section(t::REMARK, vec![field!(ReceiptDraft.remark, t::REMARK)])
        .from_address(&["party_id"])
        .create::<CreateReceipt>(saved)
        .view(params)
}

fn saved(receipt: &Receipt) -> Saved {
    Saved { name: receipt.number.clone(), href: super::href(receipt.id) }
}

/// The open items of the chosen party on some sides, each with how much of it is meant.
pub fn items(key: &'static str, sides: &'static [OpenItemSide], label: Label, none: Label) -> Field {
    Field::own(key, label, move |form, pointer| {
        if untrack(|| !form.value(&pointer).is_array()) {
            form.set_value(&pointer, json!([]));
            form.dirty.set(false);
        }
        let party = Memo::new(move |_| form.text("/party_id"));
        let loader = Loader::new(move || {
            let party = party.get().parse::<PartyId>().ok();
            async move {
                let Some(party) = party else { return Ok(Vec::new()) };
                let filter = OpenItemFilter {
                    side: Some(AnyOf(sides.to_vec())),
                    party_id: Some(party),
                    is_open: Some(true),
                    ..OpenItemFilter::default()
                };
                let page = PageQuery { limit: Some(200), ..PageQuery::default() };
                Ok(call::<ListOpenItems>(Nothing, Listing { page, filter }, Nothing).await?.items)
            }
        });
        let cleared = StoredValue::new(party.get_untracked());
        let for_clear = pointer.clone();
        // what was chosen of one customer means nothing for another
        Effect::new(move || {
            let now = party.get();
            if cleared.get_value() != now {
                cleared.set_value(now);
                form.set_value(&for_clear, json!([]));
            }
        });
        let body = move || match (loader.data.get(), loader.error.get()) {
            (_, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
            (Some(items), _) if items.is_empty() => {
                let hint = move || if party.get().is_empty() { t::CHOOSE_PARTY } else { none };
                view! { <p class="hint">{move || hint().get()}</p> }.into_any()
            }
            (Some(items), _) => table(form, &pointer, items),
            (None, None) => ().into_any(),
        };
        view! { <div>{body}</div> }.into_any()
    })
}

fn table(form: Form, pointer: &str, items: Vec<OpenItem>) -> AnyView {
    let rows = items.into_iter().map(|item| row(form, pointer.to_owned(), item)).collect_view();
    view! {
        <div class="table-scroll"><table class="table">
            <thead><tr>
                <th>{t::SOURCE}</th><th>{t::ORIGIN}</th><th>{t::EFFECTIVE_ON}</th>
                <th class="right">{t::OPEN}</th><th class="right">{t::AMOUNT}</th><th></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

fn row(form: Form, pointer: String, item: OpenItem) -> AnyView {
    let id = item.id.to_string();
    let open = item.open.to_string();
    let read = (pointer.clone(), id.clone());
    let text = Memo::new(move |_| {
        let chosen = form.value(&read.0);
        position(&chosen, &read.1)
            .and_then(|i| chosen.pointer(&format!("/{i}/amount/amount"))?.as_str().map(str::to_owned))
            .unwrap_or_default()
    });
    let wrong = (pointer.clone(), id.clone());
    let fault = Memo::new(move |_| {
        let index = position(&form.value(&wrong.0), &wrong.1)?;
        ["/amount", "/open_item_id", ""].iter().find_map(|part| form.fault(&format!("{}/{index}{part}", wrong.0)))
    });
    let write = (pointer, id.clone());
    let set = Callback::new(move |amount: String| put(form, &write.0, &write.1, amount.trim()));
    let bind = Bind::new(text, move |amount| set.run(amount));
    let all = move |()| set.run(open.clone());
    let name = Signal::derive(move || Some(t::AMOUNT.get().to_owned()));
    view! {
        <tr>
            <td data-label=t::SOURCE>{document(item.source_kind, item.source_id, &item.source_number)}</td>
            <td data-label=t::ORIGIN>{super::super::origin(item.origin_id, item.origin_number.as_ref())}</td>
            <td data-label=t::EFFECTIVE_ON>{cell::date(item.effective_on)}</td>
            <td data-label=t::OPEN class="right">{cell::money(item.open)}</td>
            <td data-label=t::AMOUNT class="right">
                <Input bind=bind kind=InputKind::Money id=format!("amount-{id}") name=name invalid=Signal::derive(move || fault.get().is_some()) />
                {move || fault.get().map(|fault| view! { <span class="error" role="alert">{fault}</span> })}
            </td>
            <td><Button label=t::PAY_ALL look=Look::Quiet on_press=all /></td>
        </tr>
    }
    .into_any()
}

fn position(chosen: &Value, id: &str) -> Option<usize> {
    chosen.as_array()?.iter().position(|a| a.get("open_item_id").and_then(Value::as_str) == Some(id))
}

/// Writes how much of an item is meant; an empty amount takes the item out.
fn put(form: Form, pointer: &str, id: &str, amount: &str) {
    let mut chosen = untrack(|| form.value(pointer)).as_array().cloned().unwrap_or_default();
    chosen.retain(|a| a.get("open_item_id").and_then(Value::as_str) != Some(id));
    if !amount.is_empty() {
        chosen.push(json!({ "open_item_id": id, "amount": { "amount": amount, "currency": CURRENCY } }));
    }
    form.set_value(pointer, Value::Array(chosen));
}

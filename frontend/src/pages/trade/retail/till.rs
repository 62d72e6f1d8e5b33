//! Ways of payment at the counter: how, into or out of which account, how much.

use crate::api::{ApiError, call};
use crate::text::{self, retail as t};
use crate::ui::{Bind, FieldBox, Select, SelectOption};
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::finance::PayMethod;
use openapi::finance::receipt::ReceiptPaymentDraft;
use openapi::master::bank_account::{BankAccountFilter, BankAccountKind, BankAccountRow, ListBankAccounts};
use openapi::{Listing, Money, Nothing, PageQuery};

/// The accounts of the stations in reach that are in use.
pub async fn accounts() -> Result<Vec<BankAccountRow>, ApiError> {
    let filter = BankAccountFilter { is_active: Some(true), ..BankAccountFilter::default() };
    let page = PageQuery { limit: Some(200), ..PageQuery::default() };
    Ok(call::<ListBankAccounts>(Nothing, Listing { page, filter }, Nothing).await?.items)
}

/// One way of payment.
#[derive(Clone, Copy)]
pub struct Way {
    /// Tells ways apart.
    pub key: usize,
    /// How.
    pub method: RwSignal<String>,
    /// Where.
    pub account: RwSignal<String>,
    /// How much, as typed.
    pub amount: RwSignal<String>,
}

impl Way {
    /// A way with the account that fits it best.
    pub fn new(key: usize, method: PayMethod, accounts: &[BankAccountRow]) -> Self {
        let account = fitting(method, accounts);
        Way {
            key,
            method: RwSignal::new(method.as_str().to_owned()),
            account: RwSignal::new(account),
            amount: RwSignal::new(String::new()),
        }
    }

    /// Whether it is cash; reactive.
    pub fn is_cash(self) -> bool {
        self.method.with(|method| method == PayMethod::Cash.as_str())
    }

    /// The draft for an amount, when everything is there.
    pub fn draft(self, amount: Money) -> Option<ReceiptPaymentDraft> {
        Some(ReceiptPaymentDraft {
            method: PayMethod::parse(&self.method.get_untracked())?,
            bank_account_id: self.account.get_untracked().parse().ok()?,
            amount,
            reference: None,
        })
    }
}

fn fitting(method: PayMethod, accounts: &[BankAccountRow]) -> String {
    let kind = match method {
        PayMethod::Cash => BankAccountKind::Cash,
        PayMethod::Card => BankAccountKind::Card,
        PayMethod::Transfer => BankAccountKind::Bank,
        PayMethod::Wechat => BankAccountKind::Wechat,
        PayMethod::Alipay => BankAccountKind::Alipay,
    };
    let best = accounts.iter().find(|account| account.kind == kind);
    let bank = accounts.iter().find(|account| account.kind == BankAccountKind::Bank && method != PayMethod::Cash);
    best.or(bank).or(accounts.first()).map(|account| account.id.to_string()).unwrap_or_default()
}

/// The two choices of a way.
pub fn choices(way: Way, accounts: StoredValue<Vec<BankAccountRow>>) -> AnyView {
    let methods = Signal::derive(|| {
        let option = |m: &PayMethod| SelectOption {
            value: m.as_str().to_owned(),
            label: Signal::stored(m.label(text::lang()).to_owned()),
        };
        PayMethod::ALL.iter().map(option).collect::<Vec<_>>()
    });
    let places = Signal::derive(move || {
        let option =
            |a: &BankAccountRow| SelectOption { value: a.id.to_string(), label: Signal::stored(a.name.to_string()) };
        accounts.with_value(|all| all.iter().map(option).collect::<Vec<_>>())
    });
    // another way of payment goes into another account
    let method = Bind::new(way.method, move |text: String| {
        if let Some(method) = PayMethod::parse(&text) {
            way.account.set(accounts.with_value(|all| fitting(method, all)));
        }
        way.method.set(text);
    });
    let (method_id, account_id) = (format!("method-{}", way.key), format!("account-{}", way.key));
    view! {
        <FieldBox id=method_id.clone() label=t::METHOD>
            <Select id=method_id options=methods bind=method />
        </FieldBox>
        <FieldBox id=account_id.clone() label=t::ACCOUNT>
            <Select id=account_id options=places bind=Bind::signal(way.account) />
        </FieldBox>
    }
    .into_any()
}

//! Money for tests: bank accounts, settlements and receipts.

use super::TestApp;
use ::finance::api::{SettlementDraft, SettlementLineDraft, Source};
use openapi::document::DocKind;
use openapi::finance::Payer;
use openapi::finance::open_item::OpenItemId;
use openapi::finance::receipt::{AllocationDraft, PayMethod, Receipt, ReceiptDraft, ReceiptPaymentDraft};
use openapi::finance::settlement::{Settlement, SettlementLineKind};
use openapi::master::bank_account::{BankAccountDraft, BankAccountId, BankAccountKind};
use openapi::{Money, Quantity};
use platform::{Actor, Context, Result, Tx};
use uuid::Uuid;

/// A bank account or cash box of a station.
pub async fn bank_account(app: &TestApp, org: Uuid, code: &str) -> BankAccountId {
    let draft = || BankAccountDraft {
        org_id: Some(org.into()),
        code: code.parse().unwrap(),
        name: format!("{code} 账户").parse().unwrap(),
        kind: BankAccountKind::Cash,
        bank_name: None,
        account_no: None,
        holder: None,
        remark: None,
    };
    app.as_system(async |tx| master::api::add_bank_account(tx, draft()).await).await
}

/// What a customer pays for a repair: labour with 6 % VAT and a part with 13 %, and a part that the maker pays.
pub fn repair(app: &TestApp, org: Uuid, customer: Uuid, labour: i64, part: i64) -> SettlementDraft {
    let line = |payer, kind, amount: i64, vat_rate| SettlementLineDraft {
        payer,
        kind,
        description: "更换屏幕总成".to_owned(),
        item_id: None,
        quantity: Quantity::ONE,
        unit_price: Money(amount).per(Quantity::ONE),
        amount: Money(amount),
        vat_rate,
    };
    let ticket = platform::new_id();
    SettlementDraft {
        org_id: org,
        party_id: customer.into(),
        source: Source {
            kind: DocKind::Ticket,
            id: ticket,
            number: format!("RE{}", &ticket.simple().to_string()[24..]),
        },
        effective_at: platform::Clock::now(&*app.clock),
        lines: vec![
            line(Payer::Customer, SettlementLineKind::Labour, labour, 600),
            line(Payer::Customer, SettlementLineKind::Part, part, 1300),
            line(Payer::Manufacturer, SettlementLineKind::Part, 88_800, 1300),
        ],
    }
}

/// Settles a repair.
pub async fn settled(app: &TestApp, org: Uuid, customer: Uuid, labour: i64, part: i64) -> Settlement {
    app.as_system(async |tx| ::finance::api::settle(tx, repair(app, org, customer, labour, part)).await).await
}

/// A receipt to make: ways of payment, and what it pays for.
pub fn receipt(
    customer: Uuid,
    payments: &[(PayMethod, BankAccountId, i64)],
    allocations: &[(OpenItemId, i64)],
) -> ReceiptDraft {
    let payment = |(method, bank_account_id, fen): &(PayMethod, BankAccountId, i64)| ReceiptPaymentDraft {
        method: *method,
        bank_account_id: *bank_account_id,
        amount: Money(*fen),
        reference: None,
    };
    ReceiptDraft {
        party_id: customer.into(),
        org_id: None,
        effective_at: None,
        payments: payments.iter().map(payment).collect(),
        deposits: Vec::new(),
        allocations: allocations.iter().map(allocation).collect(),
        remark: None,
    }
}

/// So much of an item.
pub fn allocation((item, fen): &(OpenItemId, i64)) -> AllocationDraft {
    AllocationDraft { open_item_id: *item, amount: Money(*fen) }
}

/// Does something as somebody with every right, whose user id is `user`, and tells how it went.
pub async fn attempt<T>(app: &TestApp, user: Uuid, org: Uuid, work: impl AsyncFn(&Tx) -> Result<T>) -> Result<T> {
    let actor = Actor { user_id: user, ..Actor::system(org, "/") };
    let context = Context::internal(actor, platform::Clock::now(&*app.clock), "test");
    let done = platform::http::run::write(&app.app, &context, work).await;
    done.inspect_err(|failure| app.app.metrics.refused(failure.codes()))
}

/// Nothing is wrong with the books.
pub async fn the_books_tie(app: &TestApp) {
    let checks = app.as_system(async |tx| ::finance::api::invariants(tx).await).await;
    let wrong: Vec<_> = checks.iter().filter(|check| !check.violations.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// One object of each kind of this domain.
pub async fn objects(app: &TestApp, org: Uuid, customer: Uuid) -> Vec<(&'static str, Uuid)> {
    let till = bank_account(app, org, "TILL").await;
    let settlement = settled(app, org, customer, 10_000, 33_900).await;
    let draft = || receipt(customer, &[(PayMethod::Cash, till, 10_000)], &[(settlement.open_item_id.unwrap(), 10_000)]);
    let receipt: Receipt = app.as_system(async |tx| ::finance::api::receive(tx, draft()).await).await;
    let query = "SELECT id FROM ledger_entry WHERE source_id = $1";
    let entry = app.as_system(async |tx| {
        let row = sea_orm::ConnectionTrait::query_one_raw(tx.conn(), tx.statement(query, [receipt.id.uuid().into()]));
        Ok(row.await?.unwrap().try_get::<Uuid>("", "id")?)
    });
    let entry = entry.await;
    vec![("settlement", settlement.id.uuid()), ("receipt", receipt.id.uuid()), ("ledger_entry", entry)]
}

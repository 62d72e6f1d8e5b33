//! Writes.

use super::{model, queries};
use crate::condition::{Lists, in_stock};
use crate::facts;
use crate::wholesale::entity::{order, order_line as line};
use crate::wholesale::price::{listed, prices_on};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::customer::{CustomerRow, PartyRole, PriceLevel};
use openapi::problem::field;
use openapi::stock::{Condition, OWN_DOCUMENT};
use openapi::trade::retail::SaleCondition;
use openapi::trade::wholesale::order::{
    AcceptSalesOrder, CloseSalesOrder, CreateSalesOrder, RejectSalesOrder, ReviseSalesOrder, SalesAction, SalesOrder,
    SalesOrderDraft, SalesSource, SalesState, SignSalesOrder, UpdateSalesOrder, UploadSalesOrder, VoidSalesOrder,
};
use openapi::trade::wholesale::{WHOLESALE_ACCEPT, WHOLESALE_CREDIT, WHOLESALE_EDIT};
use openapi::{Issue, Money, Note};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use uuid::Uuid;

type Head = order::Entity;

pub async fn create(tx: &Tx, call: Call<CreateSalesOrder>) -> Result<SalesOrder> {
    let row = add(tx, call.body).await?;
    queries::detail(tx, row).await
}

/// Writes a draft, for a form or a workbook.
pub async fn add(tx: &Tx, draft: SalesOrderDraft) -> Result<order::Model> {
    let state = SalesState::Draft.as_str().to_owned();
    let source = if tx.actor().party_id.is_some() { SalesSource::Dealer } else { SalesSource::Staff };
    let blank =
        order::Model { id: platform::new_id(), state, source: source.as_str().to_owned(), ..Default::default() };
    let (row, lines) = filled(tx, blank, draft).await?;
    let row = order::Model { number: tx.number(DocKind::SalesOrder).await?, ..row };
    document::open::<Head, line::Entity>(tx, row, lines).await
}

pub async fn update(tx: &Tx, call: Call<UpdateSalesOrder>) -> Result<SalesOrder> {
    let before = document::lock_draft::<Head>(tx, call.path.id.uuid(), SalesState::Draft).await?;
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    let row = document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

/// Puts other lines in the place of those of a draft, for a workbook that goes on with it.
pub async fn retype(tx: &Tx, before: order::Model, draft: SalesOrderDraft) -> Result<()> {
    let (after, lines) = filled(tx, before.clone(), draft).await?;
    document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await.map(|_| ())
}

/// Who orders: the party of a dealer's account, or the one that staff chose.
async fn buyer(tx: &Tx, draft: &SalesOrderDraft) -> Result<CustomerRow> {
    let own = tx.actor().party_id;
    let wrong = |code| Failure::field("/party_id", Issue::new(code));
    let id = match (own, draft.party_id) {
        (Some(own), Some(other)) if other.uuid() != own => return Err(wrong(field::REFERENCE_NOT_FOUND)),
        (Some(own), _) => own.into(),
        (None, Some(id)) => id,
        (None, None) => return Err(wrong(field::REQUIRED)),
    };
    master::api::choose_party(tx, id, &[PartyRole::Dealer, PartyRole::Customer], "/party_id").await
}

/// Checks a draft against what it names and writes it into a row.
async fn filled(tx: &Tx, row: order::Model, draft: SalesOrderDraft) -> Result<(order::Model, Vec<line::Model>)> {
    let buyer = buyer(tx, &draft).await?;
    let warehouse = draft.warehouse_id.map(|id| id.uuid());
    let org_id = match warehouse {
        // a dealer does not look into warehouses: whoever accepts the order chooses one
        Some(id) if tx.actor().party_id.is_none() => {
            let found = master::api::warehouses(tx, [id]).await?.remove(&id).filter(|w| w.is_active);
            let not_there = || Failure::not_there("/warehouse_id");
            let org = found.ok_or_else(not_there)?.org_id.uuid();
            if !tx.may_at(WHOLESALE_EDIT, org).await? {
                return Err(not_there());
            }
            org
        }
        Some(_) => return Err(Failure::not_there("/warehouse_id")),
        None if row.org_id.is_nil() => tx.actor().org_id,
        None => row.org_id,
    };
    let products = facts::products(tx, draft.lines.iter().map(|l| l.product_id.uuid())).await?;
    let level = buyer.price_level.unwrap_or(PriceLevel::Wholesale);
    let today = tx.today();
    let facts = model::Facts {
        prices: Lists {
            good: &prices_on(tx, level, &products, today).await?,
            refurbished: &listed(tx, level, SaleCondition::Refurbished, products.keys().copied(), today).await?,
        },
        products: &products,
        vat_rate: finance::api::vat_rates_on(tx, tx.today()).await?.part,
        is_dealer: tx.actor().party_id.is_some(),
    };
    let SalesOrderDraft { party_id: _, warehouse_id: _, customer_ref, address, expected_on, remark, lines } = draft;
    let lines = model::priced(row.id, lines, &facts).map_err(Failure::fields)?;
    let row = order::Model {
        org_id,
        party_id: buyer.id.uuid(),
        warehouse_id: warehouse,
        customer_ref: customer_ref.map(Into::into),
        address: address.or(buyer.address).map(Into::into),
        expected_on: expected_on.map(Into::into),
        remark: remark.map(Into::into),
        ..row
    };
    Ok((model::summed(row, &lines), lines))
}

pub async fn upload(tx: &Tx, call: Call<UploadSalesOrder>) -> Result<SalesOrder> {
    step(tx, call.path.id.uuid(), SalesAction::Upload, None).await
}

/// The customer is held before its standing is read: of two orders that fit the credit one by one only the first is
/// accepted.
pub async fn accept(tx: &Tx, call: Call<AcceptSalesOrder>) -> Result<SalesOrder> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(WHOLESALE_ACCEPT, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, SalesAction::Accept, call.body.credit_reason.as_deref())?;
    if before.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_DOCUMENT));
    }
    let missing = || Failure::field("/warehouse_id", Issue::new(field::REQUIRED));
    let warehouse = call.body.warehouse_id.map(|id| id.uuid()).or(before.warehouse_id).ok_or_else(missing)?;
    facts::warehouse_at(tx, before.org_id, warehouse).await?;
    let buyer = master::api::hold_party(tx, before.party_id).await?;
    let credit = queries::credit_of(tx, buyer.credit_limit, before.party_id, before.id).await?;
    let credit_reason = match model::credit_fault(&credit, Money(before.total_amount)) {
        None => None,
        Some(fault) if call.body.credit_reason.is_none() => return Err(fault),
        Some(_) => {
            tx.require_at(WHOLESALE_CREDIT, before.org_id).await?;
            call.body.credit_reason.map(Into::into)
        }
    };
    for line in document::lines_of::<line::Entity>(tx, before.id).await? {
        reserve(tx, &line, warehouse, openapi::Quantity(line.quantity)).await?;
    }
    let after = order::Model { warehouse_id: Some(warehouse), credit_reason, ..after };
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}

/// Holds the goods of a line: the piece that it names, else as many new ones as are free. Refurbished pieces that nobody
/// named are held for nobody: who comes first is served first.
pub async fn reserve(tx: &Tx, line: &line::Model, warehouse: Uuid, quantity: openapi::Quantity) -> Result<()> {
    let (claim, warehouse, product) = (model::claim(line.id), warehouse.into(), line.product_id.into());
    match (&line.serial, in_stock(&line.condition)) {
        (Some(serial), condition) => {
            let serial = openapi::Serial::stored(serial.clone());
            stock::api::reserve_piece(tx, claim, warehouse, product, condition, &serial).await
        }
        (None, Condition::Good) => stock::api::reserve_up_to(tx, claim, warehouse, product, quantity).await.map(|_| ()),
        (None, _) => Ok(()),
    }
}

pub async fn revise(tx: &Tx, call: Call<ReviseSalesOrder>) -> Result<SalesOrder> {
    step(tx, call.path.id.uuid(), SalesAction::Revise, Some(&call.body.reason)).await
}

pub async fn reject(tx: &Tx, call: Call<RejectSalesOrder>) -> Result<SalesOrder> {
    step(tx, call.path.id.uuid(), SalesAction::Reject, Some(&call.body.reason)).await
}

pub async fn sign(tx: &Tx, call: Call<SignSalesOrder>) -> Result<SalesOrder> {
    step(tx, call.path.id.uuid(), SalesAction::Sign, None).await
}

pub async fn void(tx: &Tx, call: Call<VoidSalesOrder>) -> Result<SalesOrder> {
    step(tx, call.path.id.uuid(), SalesAction::Void, Some(&call.body.reason)).await
}

pub async fn close(tx: &Tx, call: Call<CloseSalesOrder>) -> Result<SalesOrder> {
    let row = document::step::<Head>(tx, call.path.id.uuid(), SalesAction::Close, Some(&call.body.reason)).await?;
    for line in document::lines_of::<line::Entity>(tx, row.id).await? {
        stock::api::release(tx, model::claim(line.id)).await?;
    }
    queries::detail(tx, row).await
}

async fn step(tx: &Tx, id: Uuid, action: SalesAction, note: Option<&Note<500>>) -> Result<SalesOrder> {
    let row = document::step::<Head>(tx, id, action, note.map(|note| &**note)).await?;
    queries::detail(tx, row).await
}

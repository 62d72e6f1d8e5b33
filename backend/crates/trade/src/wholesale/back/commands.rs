//! Writes. The order behind the shipment is locked first: of two people who take the same goods back the second finds that
//! they have come.

use super::{model, queries};
use crate::condition::{coming_back, stands};
use crate::facts;
use crate::retail::entity::policy;
use crate::wholesale::entity::{back, back_line as line, order, shipment, shipment_line};
use finance::api::{EntryDraft, OpenItemDraft, Source};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::finance::open_item::OpenItemSide;
use openapi::stock::document::StockReason;
use openapi::stock::{OWN_DOCUMENT, PlaceKind};
use openapi::trade::retail::back::ReturnCondition;
use openapi::trade::wholesale::back::{
    ApproveSalesReturn, CreateSalesReturn, ReceiveSalesReturn, RejectSalesReturn, ReverseSalesReturn, SalesReturn,
    SalesReturnAction, SalesReturnState, VoidSalesReturn,
};
use openapi::trade::wholesale::shipment::SalesShipmentState;
use openapi::trade::wholesale::{SHIPMENT_NOT_RETURNABLE, WHOLESALE_RETURN, WHOLESALE_REVERSE};
use openapi::{Money, Note, Quantity};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use stock::api::{MoveLine, PlaceRef, PostingDraft};

type Head = back::Entity;

pub async fn create(tx: &Tx, call: Call<CreateSalesReturn>) -> Result<SalesReturn> {
    let draft = call.body;
    let sent = tx.get::<shipment::Entity>(draft.shipment_id).await.map_err(|f| f.named_at("/shipment_id"))?;
    is_returnable(&sent)?;
    let id = platform::new_id();
    let mut shipped = document::lines_of::<shipment_line::Entity>(tx, sent.id).await?;
    let bad_value = policy::now(tx).await?.bad_value.into();
    let lines = model::coming_back(id, &mut shipped, &draft.lines, bad_value).map_err(Failure::fields)?;
    let row = back::Model {
        id,
        org_id: sent.org_id,
        number: tx.number(DocKind::SalesReturn).await?,
        state: SalesReturnState::Asked.as_str().to_owned(),
        shipment_id: sent.id,
        shipment_number: sent.number,
        party_id: sent.party_id,
        effective_at: tx.now(),
        remark: draft.remark.into(),
        ..Default::default()
    };
    let row = document::open::<Head, line::Entity>(tx, model::summed(row, &lines), lines).await?;
    queries::detail(tx, row).await
}

fn is_returnable(sent: &shipment::Model) -> Result<()> {
    if sent.state == SalesShipmentState::Posted.as_str() {
        return Ok(());
    }
    Err(Failure::new(SHIPMENT_NOT_RETURNABLE).with("number", &sent.number))
}

pub async fn approve(tx: &Tx, call: Call<ApproveSalesReturn>) -> Result<SalesReturn> {
    let row = tx.lock::<Head>(call.path.id).await?;
    if row.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_DOCUMENT));
    }
    step(tx, row, SalesReturnAction::Approve, None).await
}

pub async fn reject(tx: &Tx, call: Call<RejectSalesReturn>) -> Result<SalesReturn> {
    let row = tx.lock::<Head>(call.path.id).await?;
    step(tx, row, SalesReturnAction::Reject, Some(&call.body.reason)).await
}

pub async fn void(tx: &Tx, call: Call<VoidSalesReturn>) -> Result<SalesReturn> {
    let row = tx.lock::<Head>(call.path.id).await?;
    step(tx, row, SalesReturnAction::Void, Some(&call.body.reason)).await
}

async fn step(tx: &Tx, before: back::Model, action: SalesReturnAction, why: Option<&Note<500>>) -> Result<SalesReturn> {
    let after = document::stepped::<Head>(tx, &before, action, why.map(|why| &**why))?;
    let after = back::Model { reason: why.map(ToString::to_string).or(after.reason), ..after };
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}

pub async fn receive(tx: &Tx, call: Call<ReceiveSalesReturn>) -> Result<SalesReturn> {
    let draft = call.body;
    let found = tx.get::<Head>(call.path.id).await?;
    let sent = tx.get::<shipment::Entity>(found.shipment_id).await?;
    tx.lock_other::<order::Entity>(sent.order_id).await?;
    let sent = tx.lock_other::<shipment::Entity>(sent.id).await?;
    let before = tx.lock::<Head>(found.id).await?;
    tx.require_at(WHOLESALE_RETURN, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, SalesReturnAction::Receive, None)?;
    is_returnable(&sent)?;
    let effective_at = master::api::effective_at(tx, draft.effective_at)?;
    let approved = document::lines_of::<line::Entity>(tx, before.id).await?;
    model::within(&approved, &draft.lines).map_err(Failure::fields)?;
    let mut shipped = document::lines_of::<shipment_line::Entity>(tx, sent.id).await?;
    let bad_value = policy::now(tx).await?.bad_value.into();
    let lines = model::coming_back(before.id, &mut shipped, &draft.lines, bad_value).map_err(Failure::fields)?;
    let row = back::Model { effective_at, credit_no: draft.credit_no.map(Into::into), ..after };
    let row = model::summed(row, &lines);
    take_in(tx, &row, &sent, &lines, &shipped).await?;
    stands(tx, sent.id, lines.iter().map(|line| (line.product_id, line.serial.as_ref())), false).await?;
    let (side, by) = (OpenItemSide::Receivable, source(&row));
    let set_off = finance::api::set_off(tx, &[sent.id], side, &by, Money(row.credit)).await?;
    let row = back::Model { set_off: set_off.0, ..row };
    book(tx, &row).await?;
    let row = document::rewrite::<Head, line::Entity>(tx, &before, row, lines).await?;
    for line in shipped {
        document::save_line::<shipment_line::Entity>(tx, line).await?;
    }
    queries::detail(tx, row).await
}

fn source(row: &back::Model) -> Source {
    Source { kind: DocKind::SalesReturn, id: row.id, number: row.number.clone() }
}

/// Posts the goods in: good ones where they left, bad ones into the warehouse for bad parts.
async fn take_in(
    tx: &Tx,
    row: &back::Model,
    sent: &shipment::Model,
    lines: &[line::Model],
    shipped: &[shipment_line::Model],
) -> Result<()> {
    let good = PlaceRef::warehouse(sent.org_id, sent.warehouse_id);
    let is_bad = |line: &line::Model| line.condition == ReturnCondition::Bad.as_str();
    let bad = if lines.iter().any(is_bad) { facts::bad_warehouse(tx, sent.org_id).await? } else { good };
    let customer = PlaceRef::outside(PlaceKind::Customer, sent.org_id);
    let sold = |line: &line::Model| shipped.iter().find(|of| of.id == line.shipment_line_id);
    let goods = |line: &line::Model| MoveLine {
        serial: line.serial.clone(),
        condition: coming_back(sold(line).map_or("", |of| of.condition.as_str()), &line.condition),
        value: Some(Money(line.value)),
        ..MoveLine::goods(
            line.product_id,
            Quantity(line.quantity),
            customer,
            if is_bad(line) { bad } else { good },
            Account::CostWholesale,
        )
    };
    let posting = PostingDraft {
        kind: DocKind::SaleIn,
        reason: StockReason::Wholesale,
        org: row.org_id,
        warehouse: Some(if lines.iter().all(is_bad) { bad.holder } else { good.holder }),
        source: (DocKind::SalesReturn, row.id, row.number.clone()),
        effective_at: Some(row.effective_at),
        moves: lines.iter().map(goods).collect(),
    };
    stock::api::post_for(tx, posting).await?;
    Ok(())
}

/// Writes the entry, and what becomes an advance of the customer.
async fn book(tx: &Tx, row: &back::Model) -> Result<()> {
    let entry = EntryDraft {
        org_id: row.org_id,
        effective_at: row.effective_at,
        source: source(row),
        origin: Some((row.shipment_id, row.shipment_number.clone())),
        memo: Some("批发退货".to_owned()),
        lines: model::posting(row),
    };
    finance::api::post_entry(tx, entry).await?;
    let amount = Money(row.credit - row.set_off);
    if amount.is_zero() {
        return Ok(());
    }
    let item = OpenItemDraft {
        org_id: row.org_id,
        side: OpenItemSide::Deposit,
        party_id: row.party_id.into(),
        source: source(row),
        effective_on: tx.date_of(row.effective_at),
        due_on: None,
        amount,
    };
    finance::api::leave_open(tx, item).await
}

pub async fn reverse(tx: &Tx, call: Call<ReverseSalesReturn>) -> Result<SalesReturn> {
    let found = tx.get::<Head>(call.path.id).await?;
    tx.require_at(WHOLESALE_REVERSE, found.org_id).await?;
    let sent = tx.get::<shipment::Entity>(found.shipment_id).await?;
    tx.lock_other::<order::Entity>(sent.order_id).await?;
    let before = tx.lock::<Head>(found.id).await?;
    let reason = &call.body.reason;
    let after = document::stepped::<Head>(tx, &before, SalesReturnAction::Reverse, Some(reason))?;
    let itself = source(&before);
    finance::api::close_item(tx, before.id, OpenItemSide::Deposit, &itself).await?;
    finance::api::take_set_off_back(tx, before.id, &itself).await?;
    stock::api::reverse_postings(tx, before.id, &[DocKind::SaleIn], reason).await?;
    finance::api::reverse_entry(tx, before.id, &itself).await?;
    let mut shipped = document::lines_of::<shipment_line::Entity>(tx, sent.id).await?;
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    stands(tx, sent.id, lines.iter().map(|line| (line.product_id, line.serial.as_ref())), true).await?;
    model::taken_back(&mut shipped, &lines);
    for line in shipped {
        document::save_line::<shipment_line::Entity>(tx, line).await?;
    }
    let after = back::Model { reason: Some(reason.to_string()), ..after };
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}

//! Writes. Whoever ships locks the order first: of two people who ship the same goods at once the second finds that they
//! have left.

use super::queries;
use crate::condition::{Sold, in_stock, resell, stands};
use crate::facts;
use crate::retail::entity::policy;
use crate::wholesale::back::queries as backs;
use crate::wholesale::entity::{order, order_line, shipment, shipment_line as line};
use crate::wholesale::order::commands::reserve;
use crate::wholesale::order::model::{self, Leaving};
use crate::wholesale::order::queries as orders;
use chrono::TimeDelta;
use finance::api::{EntryDraft, OpenItemDraft, Source};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::{Account, JournalLineDraft, REVERSAL_BLOCKED};
use openapi::stock::PlaceKind;
use openapi::stock::document::StockReason;
use openapi::trade::wholesale::order::{SalesAction, SalesOrder, SalesState};
use openapi::trade::wholesale::shipment::{
    ReverseSalesShipment, SalesShipment, SalesShipmentAction, SalesShipmentState, ShipSalesOrder,
};
use openapi::trade::wholesale::{WHOLESALE_REVERSE, WHOLESALE_SHIP};
use openapi::{Money, Quantity};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use std::collections::HashSet;
use stock::api::{MoveLine, PlaceRef, PostingDraft};
use uuid::Uuid;

type Head = shipment::Entity;

pub async fn ship(tx: &Tx, call: Call<ShipSalesOrder>) -> Result<SalesOrder> {
    let before = tx.lock::<order::Entity>(call.path.id).await?;
    tx.require_at(WHOLESALE_SHIP, before.org_id).await?;
    let state = document::state_of::<order::Entity>(&before)?;
    if !matches!(state, SalesState::Accepted | SalesState::PartlyShipped) {
        document::stepped::<order::Entity>(tx, &before, SalesAction::Ship, None)?;
    }
    let draft = call.body;
    let effective_at = master::api::effective_at(tx, draft.effective_at)?;
    let warehouse = before.warehouse_id.ok_or_else(|| Failure::Internal("accepted without a warehouse".to_owned()))?;
    let mut lines = document::lines_of::<order_line::Entity>(tx, before.id).await?;
    let products = facts::products(tx, lines.iter().map(|l| l.product_id)).await?;
    let tracked: HashSet<Uuid> = products.iter().filter(|(_, p)| p.is_serial_tracked).map(|(id, _)| *id).collect();
    let leaving = model::leaving(&mut lines, &draft.lines, &tracked).map_err(Failure::fields)?;
    let terms = master::api::customers(tx, [before.party_id]).await?.remove(&before.party_id);
    let terms = TimeDelta::days(terms.and_then(|buyer| buyer.terms_days).unwrap_or_default().into());
    let row = shipment::Model {
        id: platform::new_id(),
        org_id: before.org_id,
        number: tx.number(DocKind::SalesShipment).await?,
        state: SalesShipmentState::Posted.as_str().to_owned(),
        order_id: before.id,
        order_number: before.number.clone(),
        party_id: before.party_id,
        warehouse_id: warehouse,
        address: before.address.clone(),
        effective_at,
        due_on: tx.date_of(effective_at) + terms,
        courier: draft.courier.map(Into::into),
        tracking_no: draft.tracking_no.map(Into::into),
        remark: draft.remark.map(Into::into),
        total_quantity: leaving.iter().map(|l| l.quantity.0).sum(),
        amount: leaving.iter().map(|l| l.amount.0).sum(),
        tax: leaving.iter().map(|l| l.tax.0).sum(),
        ..Default::default()
    };
    let costs = stock::api::post_for(tx, posting(&row, &leaving)).await?;
    let row = document::open::<Head, line::Entity>(tx, row.clone(), rows(row.id, &leaving, &costs)).await?;
    book(tx, &row).await?;
    let sale = Sold {
        source: source(&row),
        customer: Some(row.party_id),
        on: tx.date_of(effective_at),
        months: policy::now(tx).await?.refurb_months,
        products: &products,
    };
    resell(tx, &sale, leaving.iter().map(|one| (one.product, one.serial.as_ref(), one.condition.as_str()))).await?;
    let row = moved(tx, &before, lines, model::step_out, &row.number).await?;
    orders::detail(tx, row).await
}

fn rows(shipment: Uuid, leaving: &[Leaving], costs: &[Money]) -> Vec<line::Model> {
    let row = |(line_no, (one, cost)): (i32, (&Leaving, &Money))| line::Model {
        id: platform::new_id(),
        shipment_id: shipment,
        line_no,
        order_line_id: one.line,
        product_id: one.product,
        serial: one.serial.clone(),
        quantity: one.quantity.0,
        unit_price: one.unit_price.0,
        amount: one.amount.0,
        tax: one.tax.0,
        cost: cost.0,
        condition: one.condition.clone(),
        ..Default::default()
    };
    (0..).zip(leaving.iter().zip(costs)).map(row).collect()
}

/// Out of the warehouse to the customer, what is reserved for the order first.
fn posting(head: &shipment::Model, leaving: &[Leaving]) -> PostingDraft {
    let here = PlaceRef::warehouse(head.org_id, head.warehouse_id);
    let customer = PlaceRef::outside(PlaceKind::Customer, head.org_id);
    let one = |one: &Leaving| MoveLine {
        serial: one.serial.clone(),
        condition: in_stock(&one.condition),
        reserved_for: Some(model::claim(one.line)),
        ..MoveLine::goods(one.product, one.quantity, here, customer, Account::CostWholesale)
    };
    PostingDraft {
        kind: DocKind::SaleOut,
        reason: StockReason::Wholesale,
        org: head.org_id,
        warehouse: Some(head.warehouse_id),
        source: (DocKind::SalesShipment, head.id, head.number.clone()),
        effective_at: Some(head.effective_at),
        moves: leaving.iter().map(one).collect(),
    }
}

fn source(row: &shipment::Model) -> Source {
    Source { kind: DocKind::SalesShipment, id: row.id, number: row.number.clone() }
}

/// The customer owes it; less the tax it is income.
async fn book(tx: &Tx, row: &shipment::Model) -> Result<()> {
    if row.amount == 0 {
        return Ok(());
    }
    let (amount, tax) = (Money(row.amount), Money(row.tax));
    let entry = EntryDraft {
        org_id: row.org_id,
        effective_at: row.effective_at,
        source: source(row),
        origin: Some((row.order_id, row.order_number.clone())),
        memo: Some("批发销售".to_owned()),
        lines: vec![
            JournalLineDraft::debit(Account::Receivable, amount).of(row.party_id.into()),
            JournalLineDraft::credit(Account::WholesaleIncome, amount - tax),
            JournalLineDraft::credit(Account::Vat, tax),
        ],
    };
    finance::api::post_entry(tx, entry).await?;
    let item = OpenItemDraft {
        org_id: row.org_id,
        side: OpenItemSide::Receivable,
        party_id: row.party_id.into(),
        source: source(row),
        effective_on: tx.date_of(row.effective_at),
        due_on: Some(row.due_on),
        amount,
    };
    finance::api::leave_open(tx, item).await
}

/// Writes changed lines of an order and leads it on.
async fn moved(
    tx: &Tx,
    before: &order::Model,
    lines: Vec<order_line::Model>,
    step: fn(&[order_line::Model]) -> SalesAction,
    by: &str,
) -> Result<order::Model> {
    let after = document::stepped::<order::Entity>(tx, before, step(&lines), Some(by))?;
    let after = model::summed(after, &lines);
    for line in lines {
        document::save_line::<order_line::Entity>(tx, line).await?;
    }
    tx.save::<order::Entity>(before, after).await
}

pub async fn reverse(tx: &Tx, call: Call<ReverseSalesShipment>) -> Result<SalesShipment> {
    let found = tx.get::<Head>(call.path.id).await?;
    let order = tx.lock_other::<order::Entity>(found.order_id).await?;
    let before = tx.lock::<Head>(found.id).await?;
    tx.require_at(WHOLESALE_REVERSE, before.org_id).await?;
    let reason = &call.body.reason;
    let after = document::stepped::<Head>(tx, &before, SalesShipmentAction::Reverse, Some(reason))?;
    let returns = backs::posted_of(tx, before.id).await?;
    if !returns.is_empty() {
        return Err(Failure::blocked(REVERSAL_BLOCKED, "documents", &returns));
    }
    let itself = source(&before);
    finance::api::close_item(tx, before.id, OpenItemSide::Receivable, &itself).await?;
    stock::api::reverse_postings(tx, before.id, &[DocKind::SaleOut], reason).await?;
    finance::api::reverse_entry(tx, before.id, &itself).await?;
    let mut lines = document::lines_of::<order_line::Entity>(tx, order.id).await?;
    let shipped = document::lines_of::<line::Entity>(tx, before.id).await?;
    stands(tx, before.id, shipped.iter().map(|line| (line.product_id, line.serial.as_ref())), false).await?;
    for gone in shipped {
        if let Some(line) = lines.iter_mut().find(|line| line.id == gone.order_line_id) {
            line.shipped -= gone.quantity;
            line.shipped_amount -= gone.amount;
            line.shipped_tax -= gone.tax;
            reserve(tx, line, before.warehouse_id, Quantity(gone.quantity)).await?;
        }
    }
    moved(tx, &order, lines, model::step_back, &before.number).await?;
    let after = shipment::Model { reason: Some(reason.to_string()), ..after };
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}

//! Writes of returns. The return is locked before its old parts, and these before the stock that moves.

use super::entity::{back, line, owed, policy};
use super::{model, owe, queries};
use chrono::NaiveDate;
use finance::api::{EntryDraft, OpenItemDraft, Source};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::finance::open_item::OpenItemSide;
use openapi::master::customer::PartyRole;
use openapi::master::warehouse::{WarehouseId, WarehouseKind};
use openapi::service::owed_part::{OwedPartAction, OwedPartState};
use openapi::service::part_return::{
    CreatePartReturn, ExaminePartReturn, PartReturn, PartReturnAction, PartReturnDraft, PartReturnState,
    RecallPartReturn, ReopenPartReturn, ShipPartReturn, UpdatePartReturn, VoidPartReturn,
};
use openapi::service::{
    OLD_PART_STORE_MISSING, PART_NOT_OWED, PART_RETURN_EDIT, PART_RETURN_EXAMINE, PART_RETURN_REVERSE, PART_RETURN_SHIP,
};
use openapi::stock::document::StockReason;
use openapi::stock::{Condition, OWN_DOCUMENT, PlaceKind};
use openapi::{Money, Quantity};
use platform::doc::document;
use platform::doc::lifecycle::stored;
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use stock::api::{Arrived, Consignment, ConsignmentLine, MoveLine, PlaceRef, PostingDraft};
use uuid::Uuid;

type Head = back::Entity;

pub async fn create(tx: &Tx, call: Call<CreatePartReturn>) -> Result<PartReturn> {
    let state = PartReturnState::Draft.as_str().to_owned();
    let blank = back::Model { id: platform::new_id(), state, ..Default::default() };
    let (row, lines) = filled(tx, blank, call.body).await?;
    let row = back::Model { number: tx.number(DocKind::PartReturn).await?, ..row };
    let row = document::open::<Head, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdatePartReturn>) -> Result<PartReturn> {
    let before = document::lock_draft::<Head>(tx, call.path.id.uuid(), PartReturnState::Draft).await?;
    tx.require_at(PART_RETURN_EDIT, before.org_id).await?;
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    let row = document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

/// Checks a draft against what it names and writes it into a row. The first part says whose return it is.
async fn filled(tx: &Tx, row: back::Model, draft: PartReturnDraft) -> Result<(back::Model, Vec<line::Model>)> {
    let PartReturnDraft { warehouse_id, maker_id, courier, tracking_number, remark, lines } = draft;
    let known = owed::Entity::find()
        .filter(tx.in_reach_of::<owed::Entity>(PART_RETURN_EDIT))
        .filter(owed::Column::Id.is_in(lines.iter().map(|l| l.owed_part_id.uuid())));
    let known: HashMap<Uuid, owed::Model> = known.all(tx.conn()).await?.into_iter().map(|row| (row.id, row)).collect();
    let first = lines.first().and_then(|l| known.get(&l.owed_part_id.uuid()));
    let not_there = || Failure::not_there("/lines/0/owed_part_id");
    let org = first.ok_or_else(not_there)?.org_id;
    let lines = model::chosen(row.id, org, &known, lines).map_err(Failure::fields)?;
    for of in lines.iter().filter_map(|line| known.get(&line.owed_part_id)) {
        still_owed(tx, of)?;
    }
    if let Some(maker) = maker_id {
        master::api::choose_party(tx, maker, &[PartyRole::Maker], "/maker_id").await?;
    }
    let row = back::Model {
        org_id: org,
        maker_id: maker_id.map(Into::into),
        warehouse_id: warehouse(tx, org, warehouse_id).await?,
        to_org_id: identity::api::root(tx).await?.id,
        courier: courier.map(Into::into),
        tracking_number: tracking_number.map(Into::into),
        remark: remark.map(Into::into),
        total_quantity: lines.iter().map(|line| line.quantity).sum(),
        ..row
    };
    Ok((row, lines))
}

fn still_owed(tx: &Tx, of: &owed::Model) -> Result<()> {
    let state: OwedPartState = stored(&of.state)?;
    if state == OwedPartState::Open {
        return Ok(());
    }
    Err(Failure::new(PART_NOT_OWED).with("number", &of.number).with("state", state.label(tx.lang())))
}

/// The warehouse that was chosen, one for bad parts of the station, or the first of those.
async fn warehouse(tx: &Tx, org: Uuid, chosen: Option<WarehouseId>) -> Result<Uuid> {
    let stores = master::api::warehouse_ids_of(tx, org.into(), WarehouseKind::Bad).await?;
    let first = stores.first().copied().ok_or_else(|| Failure::new(OLD_PART_STORE_MISSING))?;
    let Some(chosen) = chosen else { return Ok(first.uuid()) };
    let found = stores.into_iter().find(|store| *store == chosen).map(|store| store.uuid());
    found.ok_or_else(|| Failure::not_there("/warehouse_id"))
}

/// The lines of a return, each with its old part, locked.
async fn with_parts(tx: &Tx, row: &back::Model) -> Result<Vec<(line::Model, owed::Model)>> {
    let lines = document::lines_of::<line::Entity>(tx, row.id).await?;
    let parts = owe::lock(tx, lines.iter().map(|line| line.owed_part_id)).await?;
    let mut parts: HashMap<Uuid, owed::Model> = parts.into_iter().map(|of| (of.id, of)).collect();
    let lost = || Failure::Internal(format!("a line of {} has no old part", row.number));
    lines.into_iter().map(|line| Ok((line.clone(), parts.remove(&line.owed_part_id).ok_or_else(lost)?))).collect()
}

pub async fn ship(tx: &Tx, call: Call<ShipPartReturn>) -> Result<PartReturn> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(PART_RETURN_SHIP, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, PartReturnAction::Ship, None)?;
    let pairs = with_parts(tx, &before).await?;
    for (_, of) in &pairs {
        still_owed(tx, of)?;
        owe::follow(tx, of, OwedPartAction::Send, &before, 0).await?;
    }
    let goods = consignment(&before, &pairs)?;
    // what the station has lost altogether travels nowhere
    let sent = match (goods.lines.is_empty(), before.maker_id) {
        (true, _) => None,
        (false, None) => Some(stock::api::send(tx, goods).await?),
        (false, Some(_)) => {
            stock::api::post_for(tx, to_maker(&before, goods)).await?;
            None
        }
    };
    let (transfer_id, transfer_number) = sent.unzip();
    let after = back::Model { transfer_id, transfer_number, shipped_at: Some(tx.now()), ..after };
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}

fn consignment(row: &back::Model, pairs: &[(line::Model, owed::Model)]) -> Result<Consignment> {
    let sent = pairs.iter().filter(|(line, _)| line.quantity > 0);
    let one = |(line, of): &(line::Model, owed::Model)| {
        Ok(ConsignmentLine {
            product: of.product_id,
            serial: of.serial.clone(),
            condition: Condition::Bad,
            owner: stored(&of.owner)?,
            quantity: Quantity(line.quantity),
        })
    };
    Ok(Consignment {
        source: (DocKind::PartReturn, row.id, row.number.clone()),
        org: row.org_id,
        warehouse: row.warehouse_id,
        to_org: row.to_org_id,
        courier: row.courier.clone(),
        tracking_number: row.tracking_number.clone(),
        lines: sent.map(one).collect::<Result<_>>()?,
    })
}

/// Straight to the maker: out of the warehouse for good, without a value.
fn to_maker(row: &back::Model, goods: Consignment) -> PostingDraft {
    let here = PlaceRef::warehouse(row.org_id, row.warehouse_id);
    let maker = PlaceRef::outside(PlaceKind::Supplier, row.org_id);
    let one = |line: ConsignmentLine| MoveLine {
        serial: line.serial,
        condition: line.condition,
        owner: line.owner,
        ..MoveLine::goods(line.product, line.quantity, here, maker, Account::Goodwill)
    };
    PostingDraft {
        kind: DocKind::StockOut,
        reason: StockReason::Other,
        org: row.org_id,
        warehouse: Some(row.warehouse_id),
        source: goods.source,
        effective_at: None,
        moves: goods.lines.into_iter().map(one).collect(),
    }
}

pub async fn examine(tx: &Tx, call: Call<ExaminePartReturn>) -> Result<PartReturn> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(PART_RETURN_EXAMINE, before.to_org_id).await?;
    if before.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_DOCUMENT));
    }
    let after = document::stepped::<Head>(tx, &before, PartReturnAction::Examine, call.body.remark.as_deref())?;
    let pairs = with_parts(tx, &before).await?;
    let (lines, parts): (Vec<line::Model>, Vec<owed::Model>) = pairs.into_iter().unzip();
    let lines = model::found(lines, call.body.lines).map_err(Failure::fields)?;
    let rules = policy::now(tx).await?;
    let shipped_on = shipped_on(tx, &before)?;
    let judged: Vec<line::Model> =
        lines.into_iter().zip(&parts).map(|(line, of)| model::judged(line, of, shipped_on, &rules)).collect();
    if let Some(transfer) = before.transfer_id {
        let came = judged.iter().filter(|line| line.quantity > 0).map(|line| Arrived {
            received: Quantity(line.received.unwrap_or_default()),
            is_good: model::is_good(line),
        });
        stock::api::arrive(tx, transfer, &came.collect::<Vec<_>>()).await?;
    }
    for (line, of) in judged.iter().zip(&parts) {
        owe::follow(tx, of, model::ending(line, of), &before, model::deduction(line)).await?;
        document::save_line::<line::Entity>(tx, line.clone()).await?;
    }
    let deduction = judged.iter().map(model::deduction).sum();
    let party_id = if deduction > 0 { master::api::party_running(tx, before.org_id).await? } else { None };
    let after = back::Model { examined_at: Some(tx.now()), deduction, party_id, ..after };
    keep_back(tx, &after).await?;
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}

fn shipped_on(tx: &Tx, row: &back::Model) -> Result<NaiveDate> {
    let at = row.shipped_at.ok_or_else(|| Failure::Internal(format!("{} was not shipped", row.number)))?;
    Ok(tx.date_of(at))
}

fn source(row: &back::Model) -> Source {
    Source { kind: DocKind::PartReturn, id: row.id, number: row.number.clone() }
}

/// Writes the entries of what is kept back, and what the party that runs the station owes.
async fn keep_back(tx: &Tx, row: &back::Model) -> Result<()> {
    if row.deduction == 0 {
        return Ok(());
    }
    for (org_id, lines) in model::posting(row) {
        let (effective_at, memo) = (tx.now(), Some("旧件返还扣款".to_owned()));
        finance::api::post_entry(
            tx,
            EntryDraft { org_id, effective_at, source: source(row), origin: None, memo, lines },
        )
        .await?;
    }
    let Some(party) = row.party_id else { return Ok(()) };
    let item = OpenItemDraft {
        org_id: row.to_org_id,
        side: OpenItemSide::Receivable,
        party_id: party.into(),
        source: source(row),
        effective_on: tx.today(),
        due_on: None,
        amount: Money(row.deduction),
    };
    finance::api::leave_open_again(tx, item).await
}

pub async fn recall(tx: &Tx, call: Call<RecallPartReturn>) -> Result<PartReturn> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(PART_RETURN_REVERSE, before.org_id).await?;
    let reason = &call.body.reason;
    let after = document::stepped::<Head>(tx, &before, PartReturnAction::Recall, Some(reason))?;
    for (_, of) in with_parts(tx, &before).await? {
        owe::follow(tx, &of, OwedPartAction::Recall, &before, 0).await?;
    }
    match before.transfer_id {
        Some(transfer) => stock::api::take_back(tx, transfer, reason).await?,
        None => stock::api::reverse_postings(tx, before.id, &[DocKind::StockOut], reason).await?,
    }
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}

pub async fn reopen(tx: &Tx, call: Call<ReopenPartReturn>) -> Result<PartReturn> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(PART_RETURN_REVERSE, before.to_org_id).await?;
    let reason = &call.body.reason;
    let after = document::stepped::<Head>(tx, &before, PartReturnAction::Reopen, Some(reason))?;
    finance::api::close_item(tx, before.id, OpenItemSide::Receivable, &source(&before)).await?;
    for (line, of) in with_parts(tx, &before).await? {
        owe::follow(tx, &of, OwedPartAction::Reopen, &before, 0).await?;
        let line =
            line::Model { verdict: None, received: None, missing_amount: 0, verdict_amount: 0, late_amount: 0, ..line };
        document::save_line::<line::Entity>(tx, line).await?;
    }
    if let Some(transfer) = before.transfer_id {
        stock::api::unarrive(tx, transfer, reason).await?;
    }
    finance::api::reverse_entry(tx, before.id, &source(&before)).await?;
    let after = back::Model { examined_at: None, deduction: 0, party_id: None, ..after };
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}

pub async fn void(tx: &Tx, call: Call<VoidPartReturn>) -> Result<PartReturn> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(PART_RETURN_EDIT, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, PartReturnAction::Void, Some(&call.body.reason))?;
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}

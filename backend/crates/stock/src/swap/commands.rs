//! Writes. Lock order: the document, then what is owed in the order of the products, then the balances of stock.

use super::entity::{balance, line, swap};
use super::model::{self, Lot};
use super::{ledger, piece, queries};
use crate::document::for_document::{MoveLine, PlaceRef, PostingDraft, post_for, reverse_postings};
use crate::facts;
use crate::stocktake::{costs, standard_cost};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::stock::document::StockReason;
use openapi::stock::swap::{
    CreateSwap, PostSwap, ReverseSwap, Swap, SwapAction, SwapDraft, SwapState, SwapWay, UpdateSwap, VoidSwap,
};
use openapi::stock::{
    Condition, OTHER_STATION, Owner, PlaceKind, SWAP_EDIT, SWAP_NOT_OWED, SWAP_OVER, SWAP_POST, SWAP_REVERSE,
};
use openapi::{Issue, Money, Permission, Quantity, UnitPrice};
use platform::doc::document;
use platform::doc::lifecycle::stored;
use platform::{Call, Failure, Result, Tx};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

type Head = swap::Entity;

pub async fn create(tx: &Tx, call: Call<CreateSwap>) -> Result<Swap> {
    let state = SwapState::Draft.as_str().to_owned();
    let blank = swap::Model { id: platform::new_id(), state, ..Default::default() };
    let (row, lines) = filled(tx, blank, call.body).await?;
    let row = swap::Model { number: tx.number(DocKind::Swap).await?, ..row };
    let row = document::open::<Head, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdateSwap>) -> Result<Swap> {
    let before = document::lock_draft::<Head>(tx, call.path.id.uuid(), SwapState::Draft).await?;
    tx.require_at(SWAP_EDIT, before.org_id).await?;
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    if after.org_id != before.org_id {
        return Err(Failure::field("/warehouse_id", Issue::new(OTHER_STATION)));
    }
    let row = document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

/// Checks a draft against the records that it names and writes it into a row and lines.
async fn filled(tx: &Tx, row: swap::Model, draft: SwapDraft) -> Result<(swap::Model, Vec<line::Model>)> {
    let unknown = |pointer: &str| Failure::not_there(pointer);
    let id = draft.warehouse_id.uuid();
    let warehouse = facts::warehouses(tx, [id]).await?.remove(&id).filter(|w| w.is_active);
    let org_id = warehouse.ok_or_else(|| unknown("/warehouse_id"))?.org;
    if !tx.may_at(SWAP_EDIT, org_id).await? {
        return Err(unknown("/warehouse_id"));
    }
    master::api::choose_party(tx, draft.party_id.cast(), model::partners(draft.way), "/party_id").await?;
    let products = facts::products(tx, draft.lines.iter().map(|l| l.product_id.uuid())).await?;
    model::filled(swap::Model { org_id, ..row }, draft, &products).map_err(Failure::fields)
}

/// The document of the path, locked, before and after a step.
async fn stepped(
    tx: &Tx,
    id: Uuid,
    permission: Permission,
    action: SwapAction,
    note: Option<&str>,
) -> Result<(swap::Model, swap::Model)> {
    let before = tx.lock::<Head>(id).await?;
    tx.require_at(permission, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, action, note)?;
    Ok((before, after))
}

/// What is owed of the accessories of a swap, locked in the order of the products.
async fn owed(tx: &Tx, head: &swap::Model, lines: &[line::Model]) -> Result<BTreeMap<Uuid, balance::Model>> {
    let products: BTreeSet<Uuid> = lines.iter().map(|line| line.product_id).collect();
    let mut owed = BTreeMap::new();
    for product in products {
        owed.insert(product, ledger::lock(tx, head, product).await?);
    }
    Ok(owed)
}

/// A line held against what is owed: how much of it is beyond that. Refused where it settles more than there is.
async fn checked(tx: &Tx, head: &swap::Model, line: line::Model, owed: Quantity) -> Result<line::Model> {
    let way: SwapWay = stored(&head.way)?;
    if way.opens() {
        return Ok(line::Model { owed: Some(owed.0), ..line });
    }
    let (matched, over) = model::matched(Quantity(line.quantity), owed);
    let refusal = match way {
        SwapWay::Return if over.is_positive() => Some(SWAP_NOT_OWED),
        SwapWay::Back if matched.is_zero() => Some(SWAP_NOT_OWED),
        SwapWay::Back if over.is_positive() && !head.accept_over => Some(SWAP_OVER),
        _ => None,
    };
    if let Some(code) = refusal {
        let product = facts::product_label(tx, line.product_id).await?;
        return Err(Failure::new(code).with("product", product).with("open", owed).with("over", over));
    }
    Ok(line::Model { owed: Some(owed.0), over: over.0, ..line })
}

pub async fn post(tx: &Tx, call: Call<PostSwap>) -> Result<Swap> {
    let id = call.path.id.uuid();
    let (before, after) = stepped(tx, id, SWAP_POST, SwapAction::Post, None).await?;
    let lines = document::lines_of::<line::Entity>(tx, id).await?;
    let mut balances = owed(tx, &before, &lines).await?;
    let mut moves = Vec::new();
    let lost = || Failure::Internal("a line of a swap has no balance".to_owned());
    for line in lines {
        let balance = balances.get(&line.product_id).cloned().ok_or_else(lost)?;
        let line = checked(tx, &before, line, ledger::open(&balance)).await?;
        document::save_line::<line::Entity>(tx, line.clone()).await?;
        moves.extend(moves_of(tx, &before, &line).await?);
        ledger::note(tx, &before, &line, balance, 1).await?;
        // the same accessory may stand in two lines: the same piece, and another one for it
        balances.insert(line.product_id, ledger::lock(tx, &before, line.product_id).await?);
    }
    let posting = PostingDraft {
        kind: DocKind::SwapPosting,
        reason: StockReason::Swap,
        org: before.org_id,
        warehouse: Some(before.warehouse_id),
        source: (DocKind::Swap, before.id, before.number.clone()),
        effective_at: None,
        moves,
    };
    post_for(tx, posting).await?;
    let row = tx.save::<Head>(&before, swap::Model { posted_at: Some(tx.now()), ..after }).await?;
    queries::detail(tx, row).await
}

/// What a line moves.
async fn moves_of(tx: &Tx, head: &swap::Model, line: &line::Model) -> Result<Vec<MoveLine>> {
    if let Some(serial) = &line.serial {
        return piece::moves_of(tx, head, line, serial).await;
    }
    let here = PlaceRef { kind: PlaceKind::Warehouse, org: head.org_id, holder: head.warehouse_id };
    let factory = PlaceRef { kind: PlaceKind::Factory, org: head.org_id, holder: head.party_id };
    let customer = PlaceRef::outside(PlaceKind::Customer, head.org_id);
    let (product, condition) = (line.product_id, stored::<Condition>(&line.condition)?);
    let lot = |place, owner| Lot { place, condition, owner, quantity: Quantity(line.quantity) };
    let theirs = lot(here, Owner::Customer);
    match stored::<SwapWay>(&head.way)? {
        SwapWay::Accept => Ok(vec![model::moved(product, theirs, customer, here, None)]),
        SwapWay::Return if line.is_replaced => {
            let good = Lot { condition: Condition::Good, ..lot(here, Owner::Company) };
            let mut moves = vec![model::moved(product, good, here, customer, None)];
            let lots = queries::lots(tx, head.org_id, product, Some(Owner::Customer), None).await?;
            moves.extend(model::handed_over(product, &model::taken(&lots, Quantity(line.quantity), theirs)));
            Ok(moves)
        }
        SwapWay::Return => Ok(vec![model::moved(product, theirs, here, customer, None)]),
        SwapWay::Send => {
            let lots = queries::lots(tx, head.org_id, product, None, Some(here)).await?;
            let fit: Vec<Lot> = lots.into_iter().filter(|l| l.condition == condition).collect();
            let sent = model::taken(&fit, Quantity(line.quantity), lot(here, Owner::Company));
            Ok(sent.into_iter().map(|lot| model::moved(product, lot, here, factory, None)).collect())
        }
        SwapWay::Back => back(tx, head, line, here, factory).await,
    }
}

/// What a good piece costs at a station.
pub(super) async fn good_cost(tx: &Tx, org: Uuid, product: Uuid) -> Result<UnitPrice> {
    let known = costs(tx, org, [product]).await?.remove(&(product, Condition::Good.as_str().to_owned()));
    match known {
        Some(cost) => Ok(cost),
        None => standard_cost(tx, product).await,
    }
}

/// What the factory exchanged: the faulty pieces are its own now, and good ones come for them. One of the company's own
/// is worth what such a piece costs; what is beyond what was owed is worth nothing.
async fn back(
    tx: &Tx,
    head: &swap::Model,
    line: &line::Model,
    here: PlaceRef,
    factory: PlaceRef,
) -> Result<Vec<MoveLine>> {
    let (product, maker) = (line.product_id, PlaceRef::outside(PlaceKind::Supplier, head.org_id));
    let lots = queries::lots(tx, head.org_id, product, None, Some(factory)).await?;
    let none = Lot { place: factory, condition: Condition::Bad, owner: Owner::Company, quantity: Quantity::ZERO };
    let cost = good_cost(tx, head.org_id, product).await?;
    let mut moves = Vec::new();
    for lot in model::taken(&lots, Quantity(line.quantity - line.over), none) {
        moves.push(model::moved(product, lot, factory, maker, None));
        let good = Lot { condition: Condition::Good, ..lot };
        let value = (lot.owner == Owner::Company).then(|| cost.times(lot.quantity));
        moves.push(model::moved(product, good, maker, here, value));
    }
    if line.over > 0 {
        let extra = Lot { condition: Condition::Good, quantity: Quantity(line.over), ..none };
        moves.push(model::moved(product, extra, maker, here, Some(Money::ZERO)));
    }
    Ok(moves)
}

pub async fn reverse(tx: &Tx, call: Call<ReverseSwap>) -> Result<Swap> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    let (before, after) = stepped(tx, id, SWAP_REVERSE, SwapAction::Reverse, Some(reason)).await?;
    let lines = document::lines_of::<line::Entity>(tx, id).await?;
    owed(tx, &before, &lines).await?;
    for line in lines.iter().rev() {
        let balance = ledger::lock(tx, &before, line.product_id).await?;
        let opens = stored::<SwapWay>(&before.way)?.opens();
        if opens && ledger::open(&balance).0 < line.quantity {
            let product = facts::product_label(tx, line.product_id).await?;
            let open = ledger::open(&balance);
            return Err(Failure::new(SWAP_NOT_OWED).with("product", product).with("open", open).with("over", 0));
        }
        ledger::note(tx, &before, line, balance, -1).await?;
    }
    reverse_postings(tx, id, &[DocKind::SwapPosting], reason).await?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn void(tx: &Tx, call: Call<VoidSwap>) -> Result<Swap> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    let (before, after) = stepped(tx, id, SWAP_EDIT, SwapAction::Void, Some(reason)).await?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

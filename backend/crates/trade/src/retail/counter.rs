//! Selling over the counter, and taking a sale back.

use super::entity::{payment, policy, sale, sale_line};
use super::{back, member, model, queries};
use crate::condition::{Sold, in_stock, resell, stands};
use crate::wholesale::price::{listed, prices_on};
use chrono::{DateTime, NaiveDate, Utc};
use finance::api::{EntryDraft, Source};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::{Account, Book, REVERSAL_BLOCKED};
use openapi::master::customer::PriceLevel;
use openapi::master::product::ProductRow;
use openapi::stock::PlaceKind;
use openapi::stock::document::StockReason;
use openapi::trade::retail::sale::{CreateRetailSale, RetailSale, ReverseRetailSale};
use openapi::trade::retail::{
    CASHIER_CANNOT_TAKE_BACK, DISCOUNT_NOT_ALLOWED, RETAIL_DISCOUNT, RETAIL_REVERSE, RETAIL_SELL, RetailAction,
    RetailPaymentDraft, RetailState, SaleCondition,
};
use openapi::{Money, Note, Quantity, Text, UnitPrice};
use platform::doc::document;
use platform::{Call, Failure, ReadTx, Result, Tx};
use std::collections::HashMap;
use stock::api::{MoveLine, PlaceRef, PostingDraft};
use uuid::Uuid;

type Head = sale::Entity;

pub async fn sell(tx: &Tx, call: Call<CreateRetailSale>) -> Result<RetailSale> {
    let draft = call.body;
    let effective_at = master::api::effective_at(tx, draft.effective_at)?;
    let warehouse = master::api::choose_warehouse(tx, draft.warehouse_id, "/warehouse_id").await?;
    let org = warehouse.org_id.uuid();
    tx.require_at(RETAIL_SELL, org).await?;
    if let Some(customer) = draft.customer_id {
        master::api::choose_customer(tx, customer, "/customer_id").await?;
    }
    accounts_of(tx, org, &draft.payments).await?;
    let on = tx.date_of(effective_at);
    let products = products(tx, draft.lines.iter().map(|l| l.product_id.uuid()), on).await?;
    let refurbished = refurbished(tx, products.keys().copied(), on).await?;
    let vat_rate = finance::api::vat_rates_on(tx, tx.date_of(effective_at)).await?.part;
    let id = platform::new_id();
    let lines = model::priced(id, &draft, &products, &refurbished, vat_rate).map_err(Failure::fields)?;
    let totals = model::totals(&lines);
    let rules = policy::now(tx).await?;
    may_discount(tx, org, &totals, rules.discount_limit.into()).await?;
    model::paid(&draft.payments, totals.total).map_err(Failure::fields)?;
    let change = model::change(&draft.payments, draft.tendered).map_err(Failure::fields)?;
    let points = draft.customer_id.map_or(0, |_| model::points(totals.total, rules.points_per_hundred.into()));

    let row = sale::Model {
        id,
        org_id: org,
        number: tx.number(DocKind::RetailSale).await?,
        state: RetailState::Posted.as_str().to_owned(),
        warehouse_id: draft.warehouse_id.uuid(),
        customer_id: draft.customer_id.map(Into::into),
        cashier_id: tx.actor().user_id,
        cashier_name: tx.actor().name.clone(),
        effective_at,
        effective_on: tx.date_of(effective_at),
        posted_at: tx.now(),
        gross: totals.gross.0,
        discount: totals.discount.0,
        total: totals.total.0,
        vat_total: totals.vat.0,
        tendered: draft.tendered.map(|given| given.0),
        change: change.0,
        points,
        line_count: i64::try_from(lines.len()).unwrap_or(i64::MAX),
        remark: draft.remark.map(Into::into),
        ..Default::default()
    };
    let (lines, cost) = hand_out(tx, &row, lines).await?;
    let sold = lines.clone();
    let row = sale::Model { cost_total: cost.0, ..row };
    let row = document::open::<Head, sale_line::Entity>(tx, row, lines).await?;
    let entry = EntryDraft {
        org_id: org,
        effective_at,
        source: source_of(&row),
        origin: None,
        memo: Some("零售".to_owned()),
        lines: model::sale_posting(&draft.payments, &totals),
    };
    finance::api::post_entry(tx, entry).await?;
    tx.insert_all::<payment::Entity>(model::payment_rows(row.id, draft.payments)).await?;
    member::earn(tx, row.customer_id, &source_of(&row), points).await?;
    let sale = Sold {
        source: source_of(&row),
        customer: row.customer_id,
        on,
        months: rules.refurb_months,
        products: &products,
    };
    resell(tx, &sale, sold.iter().map(|line| (line.product_id, line.serial.as_ref(), line.condition.as_str()))).await?;
    queries::sale_detail(tx, row).await
}

/// The retail prices of refurbished goods on a day, as far as the price list has them.
pub async fn refurbished(
    tx: &ReadTx,
    products: impl IntoIterator<Item = Uuid>,
    on: NaiveDate,
) -> Result<HashMap<Uuid, UnitPrice>> {
    listed(tx, PriceLevel::Retail, SaleCondition::Refurbished, products, on).await
}

/// Products with their retail prices of a day, by the price list where it says something.
pub async fn products(
    tx: &ReadTx,
    ids: impl IntoIterator<Item = Uuid>,
    on: NaiveDate,
) -> Result<HashMap<Uuid, ProductRow>> {
    let mut products = master::api::products(tx, ids).await?;
    for (id, price) in prices_on(tx, PriceLevel::Retail, &products, on).await? {
        if let Some(product) = products.get_mut(&id) {
            product.retail_price = price;
        }
    }
    Ok(products)
}

/// The accounts that money goes into are those of the station.
pub async fn accounts_of(tx: &Tx, org: Uuid, payments: &[RetailPaymentDraft]) -> Result<()> {
    for (i, payment) in payments.iter().enumerate() {
        let pointer = format!("/payments/{i}/bank_account_id");
        let account = master::api::choose_bank_account(tx, payment.bank_account_id, &pointer).await?;
        if account.org_id.uuid() != org {
            return Err(Failure::not_there(pointer));
        }
    }
    Ok(())
}

async fn may_discount(tx: &Tx, org: Uuid, totals: &model::Totals, limit: i64) -> Result<()> {
    let (given, most) = (totals.list - totals.total, totals.list.basis_points(limit));
    if given <= most || tx.may_at(RETAIL_DISCOUNT, org).await? {
        return Ok(());
    }
    Err(Failure::new(DISCOUNT_NOT_ALLOWED).with("discount", given).with("most", most))
}

pub fn source_of(row: &sale::Model) -> Source {
    Source { kind: DocKind::RetailSale, id: row.id, number: row.number.clone() }
}

/// Posts the goods out of the warehouse; the lines learn what they cost.
async fn hand_out(tx: &Tx, row: &sale::Model, lines: Vec<sale_line::Model>) -> Result<(Vec<sale_line::Model>, Money)> {
    let here = PlaceRef::warehouse(row.org_id, row.warehouse_id);
    let customer = PlaceRef::outside(PlaceKind::Customer, row.org_id);
    let goods = |line: &sale_line::Model| MoveLine {
        serial: line.serial.clone(),
        condition: in_stock(&line.condition),
        ..MoveLine::goods(line.product_id, Quantity(line.quantity), here, customer, Account::CostRetail)
    };
    let posting = PostingDraft {
        kind: DocKind::SaleOut,
        reason: StockReason::Retail,
        org: row.org_id,
        warehouse: Some(row.warehouse_id),
        source: (DocKind::RetailSale, row.id, row.number.clone()),
        effective_at: Some(row.effective_at),
        moves: lines.iter().map(goods).collect(),
    };
    let costs = stock::api::post_for(tx, posting).await?;
    let total = costs.iter().copied().sum();
    let known = |(line, cost): (sale_line::Model, Money)| sale_line::Model { cost: cost.0, ..line };
    Ok((lines.into_iter().zip(costs).map(known).collect(), total))
}

pub async fn reverse(tx: &Tx, call: Call<ReverseRetailSale>) -> Result<RetailSale> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(RETAIL_REVERSE, before.org_id).await?;
    let (reason, with) = (&call.body.reason, &call.body.with);
    let after = document::stepped::<Head>(tx, &before, RetailAction::Reverse, Some(reason))?;
    if before.cashier_id == tx.actor().user_id {
        return Err(Failure::new(CASHIER_CANNOT_TAKE_BACK));
    }
    let before = clear_way(tx, before, reason, with).await?;
    let at = reversal_time(tx, before.org_id, before.effective_at).await?;
    let mirror = mirror(tx, &before, at, reason).await?;
    let lines = document::lines_of::<sale_line::Entity>(tx, before.id).await?;
    stands(tx, before.id, lines.iter().map(|line| (line.product_id, line.serial.as_ref())), false).await?;
    stock::api::reverse_postings(tx, before.id, &[DocKind::SaleOut], reason).await?;
    finance::api::reverse_entry(tx, before.id, &source_of(&mirror)).await?;
    member::earn(tx, before.customer_id, &source_of(&mirror), -before.points).await?;
    let state = after.state;
    let after = sale::Model { state, reason: Some(reason.to_string()), ..before.clone() };
    queries::sale_detail(tx, tx.save::<Head>(&before, after).await?).await
}

/// Takes back the returns in the way when every one of them is named, and reads the sale again. Refused otherwise, with
/// the numbers that are missing.
async fn clear_way(tx: &Tx, sale: sale::Model, reason: &Note<500>, with: &[Text<60>]) -> Result<sale::Model> {
    let returns = queries::returns_of(tx, sale.id).await?;
    if returns.is_empty() {
        return Ok(sale);
    }
    let is_named = |number: &str| with.iter().any(|named| **named == *number);
    if !returns.iter().all(|row| is_named(&row.number)) {
        let numbers: Vec<String> = returns.into_iter().map(|row| row.number).collect();
        return Err(Failure::blocked(REVERSAL_BLOCKED, "documents", &numbers));
    }
    for row in returns.into_iter().rev() {
        back::take_back(tx, row, reason).await?;
    }
    // the version that the caller saw was checked before the returns changed it
    tx.lock_other::<Head>(sale.id).await
}

/// When a mirror takes effect: at the time of the original when that month is still open in both books, else now.
pub async fn reversal_time(tx: &Tx, org: Uuid, original: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let day = tx.date_of(original);
    let is_open = master::api::period_is_open(tx, org, day, Book::Money).await?
        && master::api::period_is_open(tx, org, day, Book::Stock).await?;
    Ok(if is_open { original } else { tx.now() })
}

async fn mirror(tx: &Tx, original: &sale::Model, at: DateTime<Utc>, reason: &Note<500>) -> Result<sale::Model> {
    let row = sale::Model {
        id: platform::new_id(),
        number: tx.number(DocKind::RetailSale).await?,
        state: RetailState::Mirror.as_str().to_owned(),
        cashier_id: tx.actor().user_id,
        cashier_name: tx.actor().name.clone(),
        effective_at: at,
        effective_on: tx.date_of(at),
        posted_at: tx.now(),
        gross: -original.gross,
        discount: -original.discount,
        total: -original.total,
        vat_total: -original.vat_total,
        cost_total: -original.cost_total,
        tendered: None,
        change: 0,
        points: -original.points,
        points_back: 0,
        refunded: 0,
        reversal_of: Some(original.id),
        reason: Some(reason.to_string()),
        ..original.clone()
    };
    let lines = document::lines_of::<sale_line::Entity>(tx, original.id).await?;
    let lines = model::mirror_lines(row.id, lines);
    let row = document::open::<Head, sale_line::Entity>(tx, row, lines).await?;
    let payments = document::lines_of::<payment::Entity>(tx, original.id).await?;
    tx.insert_all::<payment::Entity>(model::mirror_payments(row.id, payments)).await?;
    Ok(row)
}

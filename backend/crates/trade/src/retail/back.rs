//! Taking goods of a sale back, and taking that back.

use super::counter::{accounts_of, reversal_time};
use super::entity::{back, back_line, payment, policy, sale, sale_line};
use super::{member, model, queries};
use crate::condition::{coming_back, stands};
use crate::facts;
use finance::api::{EntryDraft, Source};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::stock::PlaceKind;
use openapi::stock::document::StockReason;
use openapi::trade::retail::back::{CreateRetailReturn, RetailReturn, ReturnCondition, ReverseRetailReturn};
use openapi::trade::retail::{
    CASHIER_CANNOT_TAKE_BACK, RETAIL_RETURN, RETAIL_REVERSE, RetailAction, RetailState, SALE_NOT_RETURNABLE,
};
use openapi::{Money, Note, Quantity};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use stock::api::{MoveLine, PlaceRef, PostingDraft};

type Head = back::Entity;

/// The sale is locked first: of two returns of the same piece at once the second finds it gone.
pub async fn create(tx: &Tx, call: Call<CreateRetailReturn>) -> Result<RetailReturn> {
    let draft = call.body;
    let sale = tx.lock::<sale::Entity>(draft.sale_id).await.map_err(|f| f.named_at("/sale_id"))?;
    tx.require_at(RETAIL_RETURN, sale.org_id).await?;
    if sale.state != RetailState::Posted.as_str() {
        return Err(Failure::new(SALE_NOT_RETURNABLE).with("number", &sale.number));
    }
    accounts_of(tx, sale.org_id, &draft.payments).await?;
    let rules = policy::now(tx).await?;
    let (id, sold) = (platform::new_id(), document::lines_of::<sale_line::Entity>(tx, sale.id).await?);
    let coming = model::coming_back(id, sold, &draft.lines, rules.bad_value.into()).map_err(Failure::fields)?;
    let sum = |of: fn(&back_line::Model) -> i64| Money(coming.lines.iter().map(of).sum());
    let (refund, vat, loss) = (sum(|l| l.refund), sum(|l| l.vat), sum(|l| l.cost - l.value));
    model::paid(&draft.payments, refund).map_err(Failure::fields)?;
    let refunded = Money(sale.refunded) + refund;
    let gone = model::points_gone(sale.points, refunded, Money(sale.total));
    let points = Ord::max(gone - sale.points_back, 0);

    let row = back::Model {
        id,
        org_id: sale.org_id,
        number: tx.number(DocKind::RetailReturn).await?,
        state: RetailState::Posted.as_str().to_owned(),
        sale_id: sale.id,
        customer_id: sale.customer_id,
        cashier_id: tx.actor().user_id,
        cashier_name: tx.actor().name.clone(),
        effective_at: tx.now(),
        effective_on: tx.today(),
        posted_at: tx.now(),
        refund: refund.0,
        vat_total: vat.0,
        loss: loss.0,
        points,
        remark: draft.remark.into(),
        ..Default::default()
    };
    take_in(tx, &row, &sale, &coming.lines, &coming.sold).await?;
    let pieces = coming.lines.iter().map(|line| (line.product_id, line.serial.as_ref()));
    stands(tx, sale.id, pieces, false).await?;
    let row = document::open::<Head, back_line::Entity>(tx, row, coming.lines).await?;
    let entry = EntryDraft {
        org_id: row.org_id,
        effective_at: row.effective_at,
        source: source_of(&row),
        origin: Some((sale.id, sale.number.clone())),
        memo: Some("零售退货".to_owned()),
        lines: model::back_posting(&draft.payments, refund, vat, loss),
    };
    finance::api::post_entry(tx, entry).await?;
    tx.insert_all::<payment::Entity>(model::payment_rows(row.id, draft.payments)).await?;
    member::earn(tx, row.customer_id, &source_of(&row), -points).await?;
    note(tx, &sale, coming.sold, refund, points).await?;
    queries::back_detail(tx, row).await
}

/// Writes down on the sale what came back of it.
async fn note(tx: &Tx, sale: &sale::Model, lines: Vec<sale_line::Model>, refund: Money, points: i64) -> Result<()> {
    for line in lines {
        document::save_line::<sale_line::Entity>(tx, line).await?;
    }
    let (refunded, points_back) = (sale.refunded + refund.0, sale.points_back + points);
    let after = sale::Model { refunded, points_back, ..sale.clone() };
    tx.save::<sale::Entity>(sale, after).await?;
    Ok(())
}

fn source_of(row: &back::Model) -> Source {
    Source { kind: DocKind::RetailReturn, id: row.id, number: row.number.clone() }
}

/// Posts the goods in: good ones where they were sold from, bad ones into the warehouse for bad parts.
async fn take_in(
    tx: &Tx,
    row: &back::Model,
    sale: &sale::Model,
    lines: &[back_line::Model],
    sold: &[sale_line::Model],
) -> Result<()> {
    let good = PlaceRef::warehouse(sale.org_id, sale.warehouse_id);
    let is_bad = |line: &back_line::Model| line.condition == ReturnCondition::Bad.as_str();
    let bad = if lines.iter().any(is_bad) { facts::bad_warehouse(tx, sale.org_id).await? } else { good };
    let customer = PlaceRef::outside(PlaceKind::Customer, sale.org_id);
    let of = |line: &back_line::Model| sold.iter().find(|of| of.id == line.sale_line_id);
    let condition = |line: &back_line::Model| of(line).map_or("", |of| of.condition.as_str());
    let goods = |line: &back_line::Model| {
        let to = if is_bad(line) { bad } else { good };
        MoveLine {
            serial: line.serial.clone(),
            condition: coming_back(condition(line), &line.condition),
            value: Some(Money(line.value)),
            ..MoveLine::goods(line.product_id, Quantity(line.quantity), customer, to, Account::CostRetail)
        }
    };
    let posting = PostingDraft {
        kind: DocKind::SaleIn,
        reason: StockReason::Retail,
        org: sale.org_id,
        warehouse: Some(if lines.iter().all(is_bad) { bad.holder } else { good.holder }),
        source: (DocKind::RetailReturn, row.id, row.number.clone()),
        effective_at: Some(row.effective_at),
        moves: lines.iter().map(goods).collect(),
    };
    stock::api::post_for(tx, posting).await?;
    Ok(())
}

pub async fn reverse(tx: &Tx, call: Call<ReverseRetailReturn>) -> Result<RetailReturn> {
    let found = tx.get::<Head>(call.path.id).await?;
    tx.require_at(RETAIL_REVERSE, found.org_id).await?;
    // the sale before its returns: whoever takes goods back or takes that back waits here
    tx.lock_other::<sale::Entity>(found.sale_id).await?;
    let before = tx.lock::<Head>(call.path.id).await?;
    let row = take_back(tx, before, &call.body.reason).await?;
    queries::back_detail(tx, row).await
}

/// Takes a return back by its mirror; its sale is locked.
pub async fn take_back(tx: &Tx, before: back::Model, reason: &Note<500>) -> Result<back::Model> {
    let after = document::stepped::<Head>(tx, &before, RetailAction::Reverse, Some(reason))?;
    if before.cashier_id == tx.actor().user_id {
        return Err(Failure::new(CASHIER_CANNOT_TAKE_BACK));
    }
    let lines = document::lines_of::<back_line::Entity>(tx, before.id).await?;
    let mirror = mirror(tx, &before, lines.clone(), reason).await?;
    stock::api::reverse_postings(tx, before.id, &[DocKind::SaleIn], reason).await?;
    finance::api::reverse_entry(tx, before.id, &source_of(&mirror)).await?;
    member::earn(tx, before.customer_id, &source_of(&mirror), before.points).await?;
    let sale = tx.lock_other::<sale::Entity>(before.sale_id).await?;
    let sold = document::lines_of::<sale_line::Entity>(tx, sale.id).await?;
    stands(tx, sale.id, lines.iter().map(|line| (line.product_id, line.serial.as_ref())), true).await?;
    note(tx, &sale, model::taken_back(sold, &lines), Money(-before.refund), -before.points).await?;
    let after = back::Model { reason: Some(reason.to_string()), ..after };
    tx.save::<Head>(&before, after).await
}

async fn mirror(
    tx: &Tx,
    original: &back::Model,
    lines: Vec<back_line::Model>,
    reason: &Note<500>,
) -> Result<back::Model> {
    let at = reversal_time(tx, original.org_id, original.effective_at).await?;
    let row = back::Model {
        id: platform::new_id(),
        number: tx.number(DocKind::RetailReturn).await?,
        state: RetailState::Mirror.as_str().to_owned(),
        cashier_id: tx.actor().user_id,
        cashier_name: tx.actor().name.clone(),
        effective_at: at,
        effective_on: tx.date_of(at),
        posted_at: tx.now(),
        refund: -original.refund,
        vat_total: -original.vat_total,
        loss: -original.loss,
        points: -original.points,
        reversal_of: Some(original.id),
        reason: Some(reason.to_string()),
        ..original.clone()
    };
    let row = document::open::<Head, back_line::Entity>(tx, row.clone(), model::mirror_back(row.id, lines)).await?;
    let payments = document::lines_of::<payment::Entity>(tx, original.id).await?;
    tx.insert_all::<payment::Entity>(model::mirror_payments(row.id, payments)).await?;
    Ok(row)
}

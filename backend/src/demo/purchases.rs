//! What the company buys: orders of the head office and of a station in every state, received in parts, invoiced and paid.

use super::company::{Company, Model, Station};
use super::dice::Dice;
use super::stage::Stage;
use chrono::TimeDelta;
use openapi::finance::open_item::{ListOpenItems, OpenItemFilter};
use openapi::finance::payment::CreatePayment;
use openapi::master::bank_account::{BankAccountFilter, BankAccountKind, ListBankAccounts};
use openapi::trade::purchase::back::{
    ApprovePurchaseReturn, CreatePurchaseReturn, ShipPurchaseReturn, SubmitPurchaseReturn,
};
use openapi::trade::purchase::invoice::{CreateSupplierInvoice, ToInvoice};
use openapi::trade::purchase::order::{
    ApprovePurchaseOrder, CreatePurchaseOrder, PurchaseLine, PurchaseOrder, SubmitPurchaseOrder,
};
use openapi::trade::purchase::receipt::{GetGoodsReceipt, ReceivePurchaseOrder};
use openapi::{ById, Listing, Nothing, Quantity};
use platform::{Actor, Clock, Failure, Result};
use serde_json::{Value, json};

/// How far an order gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Draft,
    Submitted,
    Placed,
    Partly,
    Received,
    Invoiced,
    Paid,
}

/// Orders as they stand today, one or two in each state.
pub async fn today(stage: &Stage, dice: &mut Dice, company: &Company) -> Result<()> {
    use Until as U;
    let central = &company.central;
    for (until, days) in [
        (U::Paid, -6),
        (U::Invoiced, -2),
        (U::Partly, 3),
        (U::Placed, -3),
        (U::Placed, 8),
        (U::Submitted, 12),
        (U::Draft, 20),
    ] {
        order(stage, dice, company, (central, "zb01"), (until, days)).await?;
    }
    if let Some(station) = company.stations.first() {
        for (until, days) in [(U::Invoiced, -4), (U::Partly, 2), (U::Submitted, 9)] {
            order(stage, dice, company, (station, "hz01-kg6"), (until, days)).await?;
        }
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(body: Value) -> Result<T> {
    serde_json::from_value(body).map_err(Failure::from)
}

/// Orders from the maker of a model, in the name of `login`.
async fn order(
    stage: &Stage,
    dice: &mut Dice,
    company: &Company,
    (station, login): (&Station, &str),
    (until, days): (Until, i64),
) -> Result<()> {
    let nothing = || Failure::Internal("there is nothing to buy".to_owned());
    let model = dice.pick(&company.models).ok_or_else(nothing)?;
    let maker = company.suppliers.iter().find(|(_, brand)| *brand == Some(model.family.brand));
    let (party, _) = maker.or_else(|| company.suppliers.first()).ok_or_else(nothing)?;
    let by = stage.person(login)?;
    let expected = stage.clock.now().date_naive() + TimeDelta::days(days);
    let draft = json!({"party_id": party, "warehouse_id": station.good, "expected_on": expected.to_string(),
        "remark": dice.word(&["月度补货", "旺季备货", "安全库存不足"]), "lines": lines(dice, model)});
    let made = stage.act::<CreatePurchaseOrder>(by, Nothing, Nothing, read(draft)?).await?;
    let path = || ById { id: made.id };
    if until >= Until::Submitted {
        stage.act::<SubmitPurchaseOrder>(by, path(), Nothing, Nothing).await?;
    }
    if until < Until::Placed {
        return Ok(());
    }
    let placed = stage.act::<ApprovePurchaseOrder>(stage.person("cw01")?, path(), Nothing, Nothing).await?;
    if until >= Until::Partly {
        let some = receive(stage, dice, by, &placed, |open| Quantity(open.0 / 2000 * 1000)).await?;
        if until >= Until::Received {
            let whole = receive(stage, dice, by, &some, |open| open).await?;
            settle(stage, dice, station, &whole, until).await?;
        }
    }
    Ok(())
}

/// Three parts of a model, at what they cost with tax.
fn lines(dice: &mut Dice, model: &Model) -> Vec<Value> {
    let begin = usize::try_from(dice.between(0, i64::try_from(model.parts.len()).unwrap_or(1))).unwrap_or_default();
    let parts = model.parts.iter().cycle().skip(begin).take(3.min(model.parts.len()));
    let line = |(id, retail, has_serial): &(openapi::master::product::ProductId, i64, bool)| {
        let count = if *has_serial { dice.between(2, 5) } else { dice.between(5, 40) };
        let price = openapi::UnitPrice(retail * 6_780);
        json!({"product_id": id, "quantity": count.to_string(), "unit_price": price})
    };
    parts.map(line).collect()
}

/// Books the invoice for what came, now and then at another price, and pays it.
async fn settle(stage: &Stage, dice: &mut Dice, station: &Station, order: &PurchaseOrder, until: Until) -> Result<()> {
    if until < Until::Invoiced {
        return Ok(());
    }
    let by = stage.person("cw01")?;
    let dearer = if dice.percent(40) { 102 } else { 100 };
    let line = |of: &ToInvoice| {
        let price = openapi::UnitPrice(of.unit_price.0 * dearer / 100);
        json!({"receipt_line_id": of.receipt_line_id, "quantity": of.quantity, "unit_price": price})
    };
    let lines: Vec<Value> = order.to_invoice.iter().map(line).collect();
    let body = json!({"party_id": order.party_id, "invoice_no": dice.digits(8),
        "invoiced_on": stage.clock.now().date_naive().to_string(), "lines": lines});
    let invoice = stage.act::<CreateSupplierInvoice>(by, Nothing, Nothing, read(body)?).await?;
    if until == Until::Invoiced {
        send_back(stage, order).await?;
    }
    if until < Until::Paid {
        return Ok(());
    }
    let filter = OpenItemFilter { source_id: Some(invoice.id.uuid().into()), ..OpenItemFilter::default() };
    let owed = stage.act::<ListOpenItems>(by, Nothing, Listing { filter, ..Listing::default() }, Nothing).await?;
    let filter = BankAccountFilter { org_id: Some(station.id.into()), ..BankAccountFilter::default() };
    let banks = stage.act::<ListBankAccounts>(by, Nothing, Listing { filter, ..Listing::default() }, Nothing).await?;
    let bank = banks.items.iter().find(|row| row.kind == BankAccountKind::Bank);
    if let Some((item, bank)) = owed.items.first().zip(bank) {
        let body = json!({"party_id": order.party_id, "method": "transfer", "bank_account_id": bank.id,
            "reference": dice.digits(12), "allocations": [{"open_item_id": item.id, "amount": item.open}]});
        stage.act::<CreatePayment>(by, Nothing, Nothing, read(body)?).await?;
    }
    Ok(())
}

/// One piece of what came last goes back: approved, and on its way.
async fn send_back(stage: &Stage, order: &PurchaseOrder) -> Result<()> {
    let (by, chief) = (stage.person("zb01")?, stage.person("cw01")?);
    let Some(receipt) = order.receipts.last() else { return Ok(()) };
    let receipt = stage.act::<GetGoodsReceipt>(by, ById { id: receipt.id }, Nothing, Nothing).await?;
    let Some(line) = receipt.lines.first() else { return Ok(()) };
    let body = json!({"receipt_id": receipt.id, "reason": "来料检验不合格，外观划伤",
        "lines": [{"receipt_line_id": line.id, "quantity": "1"}]});
    let made = stage.act::<CreatePurchaseReturn>(by, Nothing, Nothing, read(body)?).await?;
    let path = || ById { id: made.id };
    stage.act::<SubmitPurchaseReturn>(by, path(), Nothing, Nothing).await?;
    stage.act::<ApprovePurchaseReturn>(chief, path(), Nothing, Nothing).await?;
    stage.act::<ShipPurchaseReturn>(by, path(), Nothing, read(json!({}))?).await?;
    Ok(())
}

/// Receives of each line what `much` says of what is still to come.
async fn receive(
    stage: &Stage,
    dice: &mut Dice,
    by: &Actor,
    order: &PurchaseOrder,
    much: fn(Quantity) -> Quantity,
) -> Result<PurchaseOrder> {
    let mut line = |line: &PurchaseLine| {
        let quantity = much(line.open);
        let pieces = if line.is_serial_tracked { quantity.0 / 1000 } else { 0 };
        let serials: Vec<String> = (0..pieces).map(|_| dice.serial(false)).collect();
        json!({"line_id": line.id, "quantity": quantity, "serials": serials})
    };
    let lines: Vec<Value> = order.lines.iter().map(&mut line).collect();
    let note = format!("SH-{}", dice.digits(6));
    let body = read(json!({"reference": note, "lines": lines}))?;
    stage.act::<ReceivePurchaseOrder>(by, ById { id: order.id }, Nothing, body).await
}

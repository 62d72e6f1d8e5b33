//! What the company buys: orders of the head office and of a station in every state, received in parts.

use super::company::{Company, Model, Station};
use super::dice::Dice;
use super::stage::Stage;
use chrono::TimeDelta;
use openapi::trade::purchase::order::{
    ApprovePurchaseOrder, CreatePurchaseOrder, PurchaseLine, PurchaseOrder, SubmitPurchaseOrder,
};
use openapi::trade::purchase::receipt::ReceivePurchaseOrder;
use openapi::{ById, Nothing, Quantity};
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
}

/// Orders as they stand today, one or two in each state.
pub async fn today(stage: &Stage, dice: &mut Dice, company: &Company) -> Result<()> {
    use Until as U;
    let central = &company.central;
    for (until, days) in [
        (U::Received, -6),
        (U::Received, -2),
        (U::Partly, 3),
        (U::Placed, -3),
        (U::Placed, 8),
        (U::Submitted, 12),
        (U::Draft, 20),
    ] {
        order(stage, dice, company, (central, "zb01"), (until, days)).await?;
    }
    if let Some(station) = company.stations.first() {
        for (until, days) in [(U::Received, -4), (U::Partly, 2), (U::Submitted, 9)] {
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
        if until == Until::Received {
            receive(stage, dice, by, &some, |open| open).await?;
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

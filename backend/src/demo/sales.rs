//! What is sold over the counter of the stations, and what comes back.

use super::company::{Company, Station};
use super::dice::Dice;
use super::stage::Stage;
use super::stockroom::{held, is_plain};
use openapi::master::bank_account::{BankAccountFilter, BankAccountKind, ListBankAccounts};
use openapi::stock::{Condition, Owner};
use openapi::trade::retail::back::CreateRetailReturn;
use openapi::trade::retail::sale::{CreateRetailSale, RetailSale};
use openapi::{Listing, Money, Nothing, PageQuery, Quantity};
use platform::{Clock, Failure, Result};
use serde_json::{Value, json};

/// Only what lies there in numbers is sold, so that repairs do not run out of parts.
const SPARE: i64 = 5;

/// A few sales at every station, one of which comes back in part. The dice are its own: what else happens in the
/// company does not depend on it.
pub async fn some(stage: &Stage, company: &Company) -> Result<()> {
    let mut dice = Dice::new(u64::try_from(stage.clock.now().timestamp()).unwrap_or(1));
    for (at, station) in company.stations.iter().enumerate() {
        let mut last = None;
        for _ in 0..dice.between(1, 3) {
            last = sell(stage, &mut dice, company, (at, station)).await?.or(last);
        }
        if let Some(sale) = last.filter(|_| dice.percent(35)) {
            bring_back(stage, &mut dice, station, &sale).await?;
        }
    }
    Ok(())
}

async fn sell(
    stage: &Stage,
    dice: &mut Dice,
    company: &Company,
    (at, station): (usize, &Station),
) -> Result<Option<RetailSale>> {
    let spare = held(stage, station.good).await?.into_iter().filter(|row| {
        is_plain(company, row)
            && (row.condition, row.owner) == (Condition::Good, Owner::Company)
            && row.available >= Quantity::pieces(SPARE)
    });
    let spare: Vec<_> = spare.collect();
    let Some(goods) = dice.pick(&spare) else { return Ok(None) };
    let prices = company.models.iter().flat_map(|model| model.parts.iter());
    let Some((_, price, _)) = prices.into_iter().find(|(product, ..)| *product == goods.product_id) else {
        return Ok(None);
    };
    let count = dice.between(1, 2);
    // a discount of five yuan now and then, well below what a cashier may give
    let off = if dice.percent(30) && *price >= 100 { 500 } else { 0 };
    let total = Money(*price * 100 * count - off);
    let regulars: Vec<_> = company.units.iter().filter(|unit| unit.station == at).collect();
    let customer = dice.pick(&regulars).filter(|_| dice.percent(60)).map(|unit| unit.customer);
    let payments = paid(stage, dice, station, total).await?;
    let draft = json!({
        "warehouse_id": station.good, "customer_id": customer, "discount": Money(off),
        "lines": [{"product_id": goods.product_id, "quantity": Quantity::pieces(count)}], "payments": payments,
    });
    let seller = stage.able::<CreateRetailSale>(station.id)?;
    Ok(Some(stage.act::<CreateRetailSale>(seller, Nothing, Nothing, drafted(draft)?).await?))
}

fn drafted<T: serde::de::DeserializeOwned>(draft: Value) -> Result<T> {
    serde_json::from_value(draft).map_err(|e| Failure::Internal(e.to_string()))
}

/// In one way, or partly in cash.
async fn paid(stage: &Stage, dice: &mut Dice, station: &Station, total: Money) -> Result<Value> {
    let filter =
        BankAccountFilter { org_id: Some(station.id.into()), is_active: Some(true), ..BankAccountFilter::default() };
    let seller = stage.able::<CreateRetailSale>(station.id)?;
    let query = Listing { page: PageQuery::default(), filter };
    let accounts = stage.act::<ListBankAccounts>(seller, Nothing, query, Nothing).await?.items;
    let of = |kind: BankAccountKind| accounts.iter().find(|a| a.kind == kind).or(accounts.first()).map(|a| a.id);
    let cash = of(BankAccountKind::Cash);
    let other = accounts.iter().find(|a| a.kind == BankAccountKind::Wechat).map(|a| a.id);
    let in_cash = match other {
        Some(_) if dice.percent(60) => Money::ZERO,
        Some(_) => Money(total.0 / 2),
        None => total,
    };
    let ways = [("cash", cash, in_cash), ("wechat", other, total - in_cash)];
    let way = |(method, account, amount): &(&str, _, Money)| {
        amount.is_positive().then(|| json!({"method": method, "bank_account_id": account, "amount": amount}))
    };
    Ok(ways.iter().filter_map(way).collect())
}

/// How a sum is paid at a station, the same way each time.
pub async fn paid_at_once(stage: &Stage, station: &Station, total: Money) -> Result<Value> {
    paid(stage, &mut Dice::new(1), station, total).await
}

async fn bring_back(stage: &Stage, dice: &mut Dice, station: &Station, sale: &RetailSale) -> Result<()> {
    let Some(line) = sale.lines.first() else { return Ok(()) };
    let refund = line.amount.share(Quantity::ONE, line.quantity);
    let payments = paid(stage, dice, station, refund).await?;
    let draft = json!({
        "sale_id": sale.id, "payments": payments, "remark": dice.word(&["型号不符", "买多了", "不喜欢颜色"]),
        "lines": [{"line_id": line.id, "quantity": Quantity::ONE, "condition": "good"}],
    });
    let clerk = stage.able::<CreateRetailReturn>(station.id)?;
    stage.act::<CreateRetailReturn>(clerk, Nothing, Nothing, drafted(draft)?).await?;
    Ok(())
}

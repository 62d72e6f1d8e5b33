//! What dealers order of the head office: typed by staff and by a dealer, in every state; one piece comes back.

use super::company::Company;
use super::dice::Dice;
use super::stage::Stage;
use super::stockroom::{held, is_plain};
use openapi::identity::user::{GetUser, UpdateUser};
use openapi::master::customer::{CustomerFilter, CustomerRow, ListCustomers};
use openapi::stock::{Condition, Owner};
use openapi::trade::wholesale::back::{ApproveSalesReturn, CreateSalesReturn, ReceiveSalesReturn};
use openapi::trade::wholesale::order::{AcceptSalesOrder, CreateSalesOrder, SalesLine, SalesOrder, UploadSalesOrder};
use openapi::trade::wholesale::price::CreatePrice;
use openapi::trade::wholesale::shipment::{GetSalesShipment, ShipSalesOrder};
use openapi::{ById, Listing, Nothing, Quantity};
use platform::{Actor, Clock, Failure, Result};
use serde_json::{Value, json};

/// How far an order gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Draft,
    Uploaded,
    Accepted,
    Partly,
    Shipped,
    Back,
}

/// Only what lies there in numbers is sold, so that the stations do not run out of parts.
const SPARE: i64 = 8;

/// Orders as they stand today. The first dealer has an account of its own, with which it orders.
pub async fn today(stage: &Stage, company: &Company) -> Result<()> {
    let mut dice = Dice::new(u64::try_from(stage.clock.now().timestamp()).unwrap_or(1));
    let office = stage.person("zb01")?;
    let filter = CustomerFilter { role: "dealer".parse().ok(), ..CustomerFilter::default() };
    let query = Listing { filter, ..Listing::default() };
    let dealers = stage.act::<ListCustomers>(office, Nothing, query, Nothing).await?.items;
    let Some(first) = dealers.first() else { return Ok(()) };
    let dealer = account(stage, first).await?;
    prices(stage, &mut dice, company).await?;
    use Until as U;
    for until in [U::Draft, U::Uploaded, U::Partly] {
        order(stage, &mut dice, company, (&dealer, first), until).await?;
    }
    for (at, until) in [(1, U::Uploaded), (2, U::Accepted), (1, U::Shipped), (2, U::Back)] {
        let Some(buyer) = dealers.get(at % dealers.len()) else { continue };
        order(stage, &mut dice, company, (office, buyer), until).await?;
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(body: Value) -> Result<T> {
    serde_json::from_value(body).map_err(Failure::from)
}

/// Ties the login of the dealer to the party that it is.
async fn account(stage: &Stage, party: &CustomerRow) -> Result<Actor> {
    let (admin, login) = (stage.person("gl01")?, stage.person("jx01")?);
    let user = stage.act::<GetUser>(admin, ById { id: login.user_id.into() }, Nothing, Nothing).await?;
    let roles: Vec<_> = user.roles.iter().map(|role| role.id).collect();
    let body = json!({"login": user.login, "name": user.name, "org_id": user.org_id, "phone": user.phone,
        "email": user.email, "position": "采购经理", "language": user.language, "party_id": party.id, "role_ids": roles});
    stage.act::<UpdateUser>(admin, ById { id: user.id }, Nothing, read(body)?).await?;
    Ok(Actor { party_id: Some(party.id.uuid()), ..login.clone() })
}

/// Two wholesale prices that lie a little below what is on file, one of them from next month on.
async fn prices(stage: &Stage, dice: &mut Dice, company: &Company) -> Result<()> {
    let by = stage.person("cw01")?;
    let today = stage.clock.now().date_naive() + chrono::TimeDelta::days(1);
    for days in [0, 30] {
        let Some(model) = dice.pick(&company.models) else { continue };
        let Some((product, retail, _)) = model.parts.first() else { continue };
        let from_on = today + chrono::TimeDelta::days(days);
        let body = json!({"product_id": product, "level": "wholesale", "from_on": from_on.to_string(),
            "unit_price": openapi::UnitPrice(retail * 7_200), "remark": "经销商季度调价"});
        stage.act::<CreatePrice>(by, Nothing, Nothing, read(body)?).await?;
    }
    Ok(())
}

async fn order(
    stage: &Stage,
    dice: &mut Dice,
    company: &Company,
    (by, buyer): (&Actor, &CustomerRow),
    until: Until,
) -> Result<()> {
    let central = &company.central;
    let spare = held(stage, central.good).await?.into_iter().filter(|row| {
        is_plain(company, row)
            && (row.condition, row.owner) == (Condition::Good, Owner::Company)
            && row.available >= Quantity::pieces(SPARE)
    });
    let spare: Vec<_> = spare.collect();
    let mut lines = Vec::new();
    for _ in 0..2 {
        let Some(goods) = dice.pick(&spare) else { return Ok(()) };
        lines.push(json!({"product_id": goods.product_id, "quantity": dice.between(2, 4).to_string()}));
    }
    let is_staff = by.party_id.is_none();
    let draft = json!({"party_id": is_staff.then_some(buyer.id), "warehouse_id": is_staff.then_some(central.good),
        "customer_ref": format!("PO-{}", dice.digits(6)), "remark": dice.word(&["门店补货", "常规备件", "活动备货"]),
        "lines": lines});
    let made = stage.act::<CreateSalesOrder>(by, Nothing, Nothing, read(draft)?).await?;
    if until < Until::Uploaded {
        return Ok(());
    }
    stage.act::<UploadSalesOrder>(by, ById { id: made.id }, Nothing, Nothing).await?;
    if until < Until::Accepted {
        return Ok(());
    }
    let body = read(json!({"warehouse_id": central.good}))?;
    let chief = stage.person("cw01")?;
    let accepted = stage.act::<AcceptSalesOrder>(chief, ById { id: made.id }, Nothing, body).await?;
    if until >= Until::Partly {
        let shipped = ship(stage, dice, &accepted, until).await?;
        if until == Until::Back {
            bring_back(stage, &shipped).await?;
        }
    }
    Ok(())
}

async fn ship(stage: &Stage, dice: &mut Dice, order: &SalesOrder, until: Until) -> Result<SalesOrder> {
    let some = |line: &SalesLine| match until {
        Until::Partly => json!({"line_id": line.id, "quantity": "1"}),
        _ => json!({"line_id": line.id, "quantity": line.open}),
    };
    let lines: Vec<Value> = order.lines.iter().map(some).collect();
    let courier = dice.word(&["顺丰速运", "京东物流", "德邦快递"]);
    let body = json!({"courier": courier, "tracking_no": dice.digits(12), "lines": lines});
    stage.act::<ShipSalesOrder>(stage.person("zb01")?, ById { id: order.id }, Nothing, read(body)?).await
}

async fn bring_back(stage: &Stage, order: &SalesOrder) -> Result<()> {
    let by = stage.person("zb01")?;
    let Some(link) = order.shipments.last() else { return Ok(()) };
    let sent = stage.act::<GetSalesShipment>(by, ById { id: link.id }, Nothing, Nothing).await?;
    let Some(line) = sent.lines.first() else { return Ok(()) };
    let body = json!({"shipment_id": sent.id, "remark": "型号发错",
        "lines": [{"line_id": line.id, "quantity": "1", "condition": "good"}]});
    let asked = stage.act::<CreateSalesReturn>(by, Nothing, Nothing, read(body)?).await?;
    let path = || ById { id: asked.id };
    stage.act::<ApproveSalesReturn>(stage.person("cw01")?, path(), Nothing, Nothing).await?;
    let came = json!({"lines": [{"line_id": line.id, "quantity": "1", "condition": "good"}]});
    stage.act::<ReceiveSalesReturn>(by, path(), Nothing, read(came)?).await?;
    Ok(())
}

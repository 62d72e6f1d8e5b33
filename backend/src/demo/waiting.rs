//! A repair that waits: the part is so new that nobody has it yet.

use super::company::Company;
use super::stage::Stage;
use openapi::master::product::CreateProduct;
use openapi::query::AnyOf;
use openapi::service::state::TicketState;
use openapi::service::ticket::{AddTicketParts, AwaitTicketParts, ListTickets, TicketFilter};
use openapi::service::work::{PartsDraft, Remark};
use openapi::{ById, Listing, Nothing, PageQuery};
use platform::{Failure, Result};
use serde_json::{Value, json};

/// The latest repair that is under way at one of the stations finds that it needs such a part: a shortage is registered.
pub async fn today(stage: &Stage, company: &Company) -> Result<()> {
    let Some(model) = company.models.first() else { return Ok(()) };
    let part = json!({"code": format!("{}-NEW", model.family.code), "name": "排线（新批次，尚未到货）", "kind": "part", "uom": "个",
        "is_serial_tracked": false, "returns_old_part": false, "is_claimable": true, "warranty_months": 3,
        "standard_cost": "18.00", "wholesale_price": "26.00", "retail_price": "45.00", "warranty_price": "22.00"});
    let office = stage.person("zb01")?;
    let filter = TicketFilter { state: Some(AnyOf(vec![TicketState::Repairing])), ..TicketFilter::default() };
    let page = PageQuery { limit: Some(1), ..PageQuery::default() };
    let repairs = stage.act::<ListTickets>(office, Nothing, Listing { filter, page }, Nothing).await?;
    let Some(repair) = repairs.items.first() else { return Ok(()) };
    let part = stage.act::<CreateProduct>(office, Nothing, Nothing, read(part)?).await?;
    let path = || ById { id: repair.id };
    let keeper = stage.able::<AddTicketParts>(repair.org_id.uuid())?;
    let lines = read::<PartsDraft>(json!({"lines": [{"product_id": part.id, "quantity": "1"}]}))?;
    let ticket = stage.act::<AddTicketParts>(keeper, path(), Nothing, lines).await?;
    let engineer = stage.people.iter().find(|person| Some(person.user_id) == ticket.engineer_id.map(|id| id.uuid()));
    if let Some(engineer) = engineer {
        stage.act::<AwaitTicketParts>(engineer, path(), Nothing, Remark::default()).await?;
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(body: Value) -> Result<T> {
    serde_json::from_value(body).map_err(Failure::from)
}

//! Documents of the store, each in a state in which something can be done to it.

use super::{Station, ticket, unfiltered};
use crate::support::base;
use crate::support::client::{Client, version};
use openapi::master::dictionary::DictionaryKind;
use openapi::master::product::ProductKind;
use openapi::stock::conversion::CreateConversion;
use openapi::stock::document::CreateStockDoc;
use openapi::stock::formula::CreateFormula;
use openapi::stock::plan::CreatePartsPlan;
use openapi::stock::requisition::CreateRequisition;
use openapi::stock::revaluation::CreateRevaluation;
use openapi::stock::stocktake::CreateStocktake;
use openapi::stock::transfer::CreateTransfer;
use openapi::{ById, Nothing, Role};
use uuid::Uuid;

/// What another ticket waits for.
pub(super) async fn shortage(station: &Station) -> Uuid {
    use openapi::service::ticket::{AddTicketParts, AssignTicket, DiagnoseTicket};
    let (clerk, desk) = (&station.people[&Role::Clerk], &station.people[&Role::Reception]);
    let (engineer, own) = (&station.people[&Role::Engineer], station.id.simple().to_string());
    let rare = base::product(clerk, ProductKind::Part, &format!("RARE-{own}")).await.id;
    let phone = base::product(clerk, ProductKind::Unit, &format!("WAITS-{own}")).await.id.uuid();
    let unit = base::unit(desk, phone, &format!("W{}", &own[..20])).await;
    let path = ById { id: ticket(desk, station.objects["customer"], unit).await.into() };
    let given = serde_json::json!({"engineer_id": station.users[&Role::Engineer]});
    desk.call::<AssignTicket>(path.clone(), Nothing, serde_json::from_value(given).unwrap()).await.unwrap();
    let fault = base::entry(desk, DictionaryKind::Fault, "F0101").await.id;
    let seen = serde_json::json!({ "fault_ids": [fault] });
    engineer.call::<DiagnoseTicket>(path.clone(), Nothing, serde_json::from_value(seen).unwrap()).await.unwrap();
    let parts = serde_json::json!({"lines": [{"product_id": rare, "quantity": "2"}]});
    let waits =
        engineer.call::<AddTicketParts>(path.clone(), Nothing, serde_json::from_value(parts).unwrap()).await.unwrap();
    waits.parts[0].shortage_id.unwrap().uuid()
}

/// What a finished repair in warranty owes headquarters, and the draft of a return that takes it there.
pub(super) async fn owed_part(station: &Station) -> [(&'static str, Uuid); 2] {
    use openapi::service::owed_part::ListOwedParts;
    use openapi::service::part_return::CreatePartReturn;
    use openapi::service::ticket::{
        AddTicketParts, AssignTicket, CreateTicket, DiagnoseTicket, FinishTicket, IssueTicketParts, UseTicketParts,
    };
    use serde_json::{from_value as read, json};
    let (desk, engineer) = (&station.people[&Role::Reception], &station.people[&Role::Engineer]);
    let (keeper, own) = (&station.people[&Role::Storekeeper], station.id.simple().to_string());
    base::warehouse(&station.people[&Role::StationManager], "bad", "B1").await;
    let phone = base::product(&station.people[&Role::Clerk], ProductKind::Unit, &format!("OWES-{own}")).await.id.uuid();
    let unit = base::unit(desk, phone, &format!("O{}", &own[..20])).await;
    let covered = base::entry(desk, DictionaryKind::WarrantyState, "IN").await.id;
    let draft = json!({"customer_id": station.objects["customer"], "unit_id": unit, "warranty_state_id": covered,
        "fault_text": "不开机", "priority": "normal", "channel": "counter", "accept": true});
    let made = desk.call::<CreateTicket>(Nothing, Nothing, read(draft).unwrap()).await.unwrap();
    let path = || ById { id: made.id };
    let given = json!({"engineer_id": station.users[&Role::Engineer]});
    desk.call::<AssignTicket>(path(), Nothing, read(given).unwrap()).await.unwrap();
    let fault = base::entry(desk, DictionaryKind::Fault, "F0101").await.id;
    let method = base::entry(desk, DictionaryKind::RepairMethod, "M11").await.id;
    let seen = json!({"fault_ids": [fault], "methods": [{"method_id": method}]});
    engineer.call::<DiagnoseTicket>(path(), Nothing, read(seen).unwrap()).await.unwrap();
    let parts = json!({"lines": [{"product_id": station.objects["product"], "quantity": "1",
        "warehouse_id": station.objects["warehouse"]}]});
    let ticket = engineer.call::<AddTicketParts>(path(), Nothing, read(parts).unwrap()).await.unwrap();
    let moved = json!({"lines": [{"line_id": ticket.parts[0].id, "quantity": "1"}]});
    let at = version(ticket.version);
    let ticket =
        engineer.call_with::<IssueTicketParts>(path(), Nothing, read(moved.clone()).unwrap(), at).await.unwrap();
    let at = version(ticket.version);
    let ticket = engineer.call_with::<UseTicketParts>(path(), Nothing, read(moved).unwrap(), at).await.unwrap();
    let at = version(ticket.version);
    engineer.call_with::<FinishTicket>(path(), Nothing, read(json!({})).unwrap(), at).await.unwrap();
    let owed = keeper.call::<ListOwedParts>(Nothing, unfiltered(), Nothing).await.unwrap().items.remove(0);
    let draft = json!({"lines": [{"owed_part_id": owed.id}]});
    let back = keeper.call::<CreatePartReturn>(Nothing, Nothing, read(draft).unwrap()).await.unwrap();
    [("owed_part", owed.id.uuid()), ("part_return", back.id.uuid())]
}

/// The draft of a stock-in.
pub async fn stock_doc(by: &Client, warehouse: Uuid, product: Uuid) -> Uuid {
    let draft = serde_json::json!({"kind": "stock_in", "warehouse_id": warehouse, "lines": [
        {"product_id": product, "quantity": "5", "unit_cost": "10.00"},
    ]});
    let draft = serde_json::from_value(draft).unwrap();
    by.call::<CreateStockDoc>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// Drafts between a station and headquarters: what it asks for, what it sends; and a stocktake of its warehouse.
pub(super) async fn deliveries(station: &Station, headquarters: Uuid) -> [(&'static str, Uuid); 5] {
    let (keeper, part) = (&station.people[&Role::Storekeeper], station.objects["product"]);
    let lines = serde_json::json!([{"product_id": part, "quantity": "2"}]);
    let asked = serde_json::json!({"supplier_id": headquarters, "priority": "normal", "lines": lines});
    let asked = serde_json::from_value(asked).unwrap();
    let sent =
        serde_json::json!({"warehouse_id": station.objects["warehouse"], "to_org_id": headquarters, "lines": lines});
    let sent = serde_json::from_value(sent).unwrap();
    let asked = keeper.call::<CreateRequisition>(Nothing, Nothing, asked).await.unwrap().id.uuid();
    let sent = keeper.call::<CreateTransfer>(Nothing, Nothing, sent).await.unwrap().id.uuid();
    let counted = serde_json::from_value(serde_json::json!({"warehouse_id": station.objects["warehouse"]})).unwrap();
    let counted = keeper.call::<CreateStocktake>(Nothing, Nothing, counted).await.unwrap().id.uuid();
    let lines = serde_json::json!([{"product_id": part, "new_cost": "9"}]);
    let valued = serde_json::from_value(serde_json::json!({"reason": "市场价下跌", "lines": lines})).unwrap();
    let valued = keeper.call::<CreateRevaluation>(Nothing, Nothing, valued).await.unwrap().id.uuid();
    let plan = serde_json::json!({"kind": "urgent", "needed_on": "2027-06-01", "reason": "批量故障",
        "lines": [{"product_id": part, "quantity": "2"}]});
    let plan = serde_json::from_value(plan).unwrap();
    let plan = keeper.call::<CreatePartsPlan>(Nothing, Nothing, plan).await.unwrap().id.uuid();
    [("parts_plan", plan), ("requisition", asked), ("transfer", sent), ("stocktake", counted), ("revaluation", valued)]
}

/// Where the part of a station lies.
pub(super) async fn bin(station: &Station) -> Uuid {
    let draft = serde_json::json!({"warehouse_id": station.objects["warehouse"],
        "product_id": station.objects["product"], "code": "A-01-03"});
    let keeper = &station.people[&Role::Storekeeper];
    let draft = serde_json::from_value(draft).unwrap();
    keeper.call::<openapi::stock::bin::CreateBin>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// The draft of a refurbishment.
pub(super) async fn refurb(station: &Station, phone: Uuid) -> Uuid {
    let draft = serde_json::json!({"warehouse_id": station.objects["warehouse"], "reason": "外观磨损",
        "estimate": {"amount": "120.00", "currency": "CNY"}, "lines": [{"product_id": phone, "serial": "RF-1"}]});
    let draft = serde_json::from_value(draft).unwrap();
    let clerk = &station.people[&Role::Clerk];
    clerk.call::<openapi::stock::refurb::CreateRefurb>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// A formula of a model, and the draft of a conversion by it.
pub(super) async fn conversion(station: &Station, phone: Uuid, part: Uuid) -> (Uuid, Uuid) {
    let lines = serde_json::json!([{"product_id": part, "quantity": "1", "share": 10000}]);
    let formula = serde_json::json!({"product_id": phone, "edition": "1", "lines": lines});
    let formula = serde_json::from_value(formula).unwrap();
    let office = &station.people[&Role::Headquarters];
    let formula = office.call::<CreateFormula>(Nothing, Nothing, formula).await.unwrap().id.uuid();
    let draft = serde_json::json!({"way": "disassembly", "formula_id": formula, "serial": "PH-1",
        "warehouse_id": station.objects["warehouse"]});
    let draft = serde_json::from_value(draft).unwrap();
    let keeper = &station.people[&Role::Storekeeper];
    (formula, keeper.call::<CreateConversion>(Nothing, Nothing, draft).await.unwrap().id.uuid())
}

/// A draft of a swap; of another one what is owed, and its entry in the ledger.
pub(super) async fn swaps(station: &Station) -> [(&'static str, Uuid); 3] {
    use openapi::stock::swap::{CreateSwap, ListSwapBalances, ListSwapEntries, PostSwap};
    let keeper = &station.people[&Role::Storekeeper];
    let draft = serde_json::json!({"way": "accept", "party_id": station.objects["customer"],
        "warehouse_id": station.objects["warehouse"],
        "lines": [{"product_id": station.objects["product"], "quantity": "1", "fault": "不充电"}]});
    let draft = || serde_json::from_value(draft.clone()).unwrap();
    let waiting = keeper.call::<CreateSwap>(Nothing, Nothing, draft()).await.unwrap();
    let posted = keeper.call::<CreateSwap>(Nothing, Nothing, draft()).await.unwrap();
    keeper.call_with::<PostSwap>(ById { id: posted.id }, Nothing, Nothing, version(1)).await.unwrap();
    let owed = keeper.call::<ListSwapBalances>(Nothing, unfiltered(), Nothing).await.unwrap().items.remove(0);
    let entry = keeper.call::<ListSwapEntries>(Nothing, unfiltered(), Nothing).await.unwrap().items.remove(0);
    [("swap", waiting.id.uuid()), ("swap_balance", owed.id.uuid()), ("swap_entry", entry.id.uuid())]
}

//! Records of base data and money.

use crate::support::base;
use crate::support::client::Client;
use openapi::finance::open_item::{ListOpenItems, OpenItemFilter};
use openapi::identity::team::CreateTeam;
use openapi::master::customer::{CreateCustomer, CustomerDraft, CustomerKind, PartyRole};
use openapi::master::dictionary::DictionaryKind;
use openapi::{Listing, Nothing};
use uuid::Uuid;

/// A team of one.
pub(super) async fn team(by: &Client, leader: Uuid) -> Uuid {
    let draft = serde_json::json!({"name": "样板组", "leader_id": leader});
    by.call::<CreateTeam>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await.unwrap().id.uuid()
}

/// A customer.
pub async fn customer(by: &Client, phone: &str) -> Uuid {
    let draft = CustomerDraft {
        name: "李雷".parse().unwrap(),
        kind: CustomerKind::Person,
        phone: phone.parse().unwrap(),
        landline: None,
        email: Some("li.lei@example.com".parse().unwrap()),
        belongs_to: None,
        region: None,
        address: Some("文三路 1 号".parse().unwrap()),
        remark: None,
        roles: vec![PartyRole::Customer],
        tax_no: None,
        credit_limit: None,
        price_level: None,
        terms_days: None,
        contacts: Vec::new(),
    };
    by.call::<CreateCustomer>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// A ticket that was taken in and accepted.
pub async fn ticket(desk: &Client, customer: Uuid, unit: Uuid) -> Uuid {
    let out = base::entry(desk, DictionaryKind::WarrantyState, "OUT").await.id;
    let draft = serde_json::json!({
        "customer_id": customer, "unit_id": unit, "warranty_state_id": out, "fault_text": "不开机",
        "priority": "normal", "channel": "counter", "accept": true,
    });
    let draft = serde_json::from_value(draft).unwrap();
    desk.call::<openapi::service::ticket::CreateTicket>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// The item that a document left open.
pub async fn open_item(by: &Client, source: Uuid) -> Uuid {
    let filter = OpenItemFilter { source_id: Some(source.into()), ..OpenItemFilter::default() };
    let query = Listing { filter, ..Listing::default() };
    by.call::<ListOpenItems>(Nothing, query, Nothing).await.unwrap().items[0].id.uuid()
}

/// The query of a list without any filter.
pub fn unfiltered<F: Default>() -> Listing<F> {
    Listing::default()
}

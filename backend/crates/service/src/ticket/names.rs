//! What a ticket asks of base data and of the people: names, prices, the unit of an intake, who is an engineer.

use super::entity::ticket;
use openapi::Serial;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::customer::CustomerDraft;
use openapi::master::dictionary::DictionaryKind;
use openapi::master::product::ProductRow;
use openapi::master::unit::{DocumentLink, UnitEventKind, UnitStatus};
use openapi::problem::{self, field};
use openapi::service::ENGINEER_UNSUITABLE;
use openapi::service::intake::IntakeDraft;
use openapi::system::AttachmentId;
use openapi::{Date, Issue, Role};
use platform::{Failure, ReadTx, Result, Tx};
use uuid::Uuid;

pub use openapi::master::dictionary::DictionaryEntry as Entry;

/// The entry of a list that the caller chose.
pub async fn entry(tx: &ReadTx, kind: DictionaryKind, id: Uuid, pointer: &str) -> Result<Entry> {
    master::api::choose_entry(tx, kind, id.into(), pointer).await
}

/// The product that the caller chose.
pub async fn product(tx: &ReadTx, id: Uuid, pointer: &str) -> Result<ProductRow> {
    master::api::choose_product(tx, id.into(), pointer).await
}

/// Whose unit it is, as the ticket keeps it.
pub struct Person {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: String,
}

/// A customer on file.
pub async fn customer(tx: &ReadTx, id: Uuid) -> Result<Person> {
    let row = master::api::choose_customer(tx, id.into(), "/customer_id").await?;
    Ok(Person { id, name: row.name.into(), phone: row.phone.into() })
}

/// Puts a customer on file.
pub async fn new_customer(tx: &Tx, draft: CustomerDraft) -> Result<Person> {
    let (name, phone) = (draft.name.to_string(), draft.phone.to_string());
    let id = master::api::add_customer(tx, draft).await?.uuid();
    Ok(Person { id, name, phone })
}

/// The unit of an intake, as the ticket keeps it.
pub struct Machine {
    /// Id.
    pub id: Uuid,
    /// Serial.
    pub serial: String,
    /// Model.
    pub product_id: Uuid,
    /// Its name.
    pub product_name: String,
    /// Day of the sale.
    pub sold_on: Option<Date>,
    /// Whether nobody knew the serial before.
    pub is_abnormal: bool,
    /// The warranty state that fits today.
    pub warranty_state_id: Option<Uuid>,
}

/// Finds the unit that is handed in, or records it as abnormal.
pub async fn unit(tx: &Tx, draft: &IntakeDraft, customer: Uuid) -> Result<Machine> {
    let wrong = |pointer: &str, code| Failure::field(pointer, Issue::new(code));
    let found = match (draft.unit_id, &draft.serial) {
        (Some(id), _) => {
            let found = master::api::chosen_unit_in(tx, id.cast(), customer.into(), draft.sold_on).await?;
            found.ok_or_else(|| wrong("/unit_id", field::REFERENCE_NOT_FOUND))?
        }
        (None, Some(serial)) => {
            let intake = master::api::Intake {
                serial: serial.clone(),
                product_id: model_of(tx, draft, serial).await?,
                customer_id: customer.into(),
                sold_on: draft.sold_on,
                manufactured_on: None,
            };
            master::api::unit_handed_in(tx, intake).await?
        }
        (None, None) => return Err(wrong("/serial", field::REQUIRED)),
    };
    Ok(Machine {
        id: found.unit.id.into(),
        serial: found.unit.serial.into(),
        product_id: found.unit.product_id.into(),
        product_name: found.unit.product_name.into(),
        sold_on: found.unit.sold_on,
        is_abnormal: found.was_unknown,
        warranty_state_id: found.warranty_state_id.map(Into::into),
    })
}

/// The model: as chosen, or as the serial is known when it is known once.
async fn model_of(tx: &ReadTx, draft: &IntakeDraft, serial: &Serial) -> Result<openapi::master::product::ProductId> {
    if let Some(id) = draft.product_id {
        return Ok(id.cast());
    }
    let mut matches = master::api::look_up_unit(tx, serial.clone()).await?.matches.into_iter();
    match (matches.next(), matches.next()) {
        (Some(only), None) => Ok(only.unit.product_id),
        _ => Err(Failure::field("/product_id", Issue::new(field::REQUIRED))),
    }
}

/// What happens to the unit of a ticket.
#[derive(Clone, Copy)]
pub enum Happened {
    /// Taken in.
    Intake,
    /// Repaired.
    Repaired,
    /// Handed over.
    PickedUp,
    /// Given back unrepaired.
    Cancelled,
    /// A step was taken back.
    Reversed,
}

impl Happened {
    /// The event, and what has become of the unit.
    const fn means(self) -> (UnitEventKind, Option<UnitStatus>) {
        match self {
            Happened::Intake => (UnitEventKind::Intake, Some(UnitStatus::InRepair)),
            Happened::Repaired => (UnitEventKind::Repaired, None),
            Happened::PickedUp => (UnitEventKind::PickedUp, Some(UnitStatus::InUse)),
            Happened::Cancelled => (UnitEventKind::Cancelled, Some(UnitStatus::InUse)),
            Happened::Reversed => (UnitEventKind::Reversed, None),
        }
    }
}

fn link(row: &ticket::Model) -> DocumentLink {
    DocumentLink { kind: DocKind::Ticket, id: row.id, number: row.number.clone() }
}

/// Writes into the history of the unit.
pub async fn unit_event(tx: &Tx, row: &ticket::Model, what: Happened, note: Option<&str>) -> Result<()> {
    let (kind, status) = what.means();
    history(tx, row, kind, note.map(str::to_owned)).await?;
    match (row.unit_id, status) {
        (Some(unit), Some(status)) => master::api::set_unit_status(tx, unit.into(), status).await,
        _ => Ok(()),
    }
}

/// Writes that a part was replaced.
pub async fn part_replaced(tx: &Tx, row: &ticket::Model, note: String) -> Result<()> {
    history(tx, row, UnitEventKind::PartReplaced, Some(note)).await
}

async fn history(tx: &Tx, row: &ticket::Model, kind: UnitEventKind, note: Option<String>) -> Result<()> {
    let Some(serial) = row.serial.clone() else { return Ok(()) };
    let event = master::api::NewUnitEvent {
        unit_id: row.unit_id.map(Into::into),
        serial: Serial::stored(serial),
        kind,
        at: None,
        document: Some(link(row)),
        note,
    };
    master::api::record_unit_event(tx, event).await
}

/// Confirms the unit that was recorded from an unknown serial.
pub async fn register_unit(tx: &Tx, row: &ticket::Model) -> Result<()> {
    match row.unit_id {
        Some(unit) => master::api::verify_unit(tx, unit.into()).await,
        None => Err(Failure::Internal(format!("ticket {} has no unit", row.number))),
    }
}

/// The station of a ticket.
pub async fn station(tx: &ReadTx, org: Uuid) -> Result<identity::api::Station> {
    let found = identity::api::station_in(tx, org).await?;
    found.ok_or_else(|| Failure::Internal(format!("station {org} is gone")))
}

/// Whether units can be taken in there.
pub async fn is_station(tx: &ReadTx, org: Uuid) -> Result<bool> {
    Ok(identity::api::station_in(tx, org).await?.is_some_and(|station| station.is_open))
}

/// The name of an engineer of the station, or a refusal.
pub async fn engineer(tx: &ReadTx, user: Uuid, org: Uuid) -> Result<String> {
    let person = identity::api::holder_at(tx.conn(), user, org, Role::Engineer).await?;
    let person = person.ok_or_else(|| Failure::field("/engineer_id", Issue::new(ENGINEER_UNSUITABLE)))?;
    Ok(person.name)
}

/// Whether an attachment is the customer's signature on this ticket.
pub async fn is_signature(tx: &ReadTx, attachment: AttachmentId, ticket: Uuid) -> Result<bool> {
    match platform::attachment::found(tx, (DocKind::Ticket.as_str(), ticket), attachment.uuid()).await {
        Ok(found) => Ok(found.purpose == "signature"),
        Err(failure) if failure.code() == problem::NOT_FOUND => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// What an engineer is told.
#[derive(Clone, Copy)]
pub enum News {
    /// The ticket is his.
    Assigned,
    /// It failed the inspection.
    Failed,
    /// The customer paid.
    Paid,
    /// Everything that it waited for is there.
    PartsArrived,
}

/// Tells somebody about a ticket, after the transaction.
pub fn tell(tx: &Tx, user: Uuid, row: &ticket::Model, news: News) -> Result<()> {
    let (zh, en) = match news {
        News::Assigned => ("新派工单", "Assigned to you"),
        News::Failed => ("质检不通过，请返工", "Failed the inspection"),
        News::Paid => ("客户已付清", "The customer has paid"),
        News::PartsArrived => ("缺料已到齐，可继续维修", "All parts are there: go on with the repair"),
    };
    let link = format!("/service/tickets/{}", row.id);
    let about = |text: &str| format!("{text}：{} {}", row.number, row.product_name);
    tx.notify(user, &about(zh), &about(en), Some(&link))
}

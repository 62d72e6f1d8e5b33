//! Tickets of an older system. They keep their numbers and their times, so that the history of a customer or a serial
//! goes on without a gap. They are no business of ours: nothing is posted to stock or money, what was received is a
//! remark. A ticket that is still open comes in before its acceptance, so that everything that counts happens here.

mod read;

use super::entity::ticket;
use super::{lines, model, names, queries};
use chrono::{DateTime, NaiveDateTime, Utc};
use openapi::choice::Choice;
use openapi::master::customer::{CustomerDraft, CustomerKind, PartyRole};
use openapi::master::dictionary::DictionaryKind;
use openapi::master::product::ProductRow;
use openapi::master::unit::{DocumentLink, UnitEventKind};
use openapi::master::warranty::WarrantyVerdict;
use openapi::problem::field;
use openapi::service::TICKET_IMPORT;
use openapi::service::state::{Channel, Priority, TicketState};
use openapi::{Issue, Money, Note, Phone, Serial, Text};
use platform::sheet::import::Dataset;
use platform::sheet::{Column, Row, Sheet};
use platform::{Failure, ReadTx, Result, Tx};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// The dataset.
pub struct Tickets;

/// The station of a row, where the person who imports may record history.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    id: Uuid,
    is_open: bool,
}

/// The warranty state of a row.
#[derive(Clone, Debug)]
pub struct Cover {
    id: Uuid,
    name: String,
    payer: String,
}

/// What rows refer to.
pub struct Known {
    /// Numbers that tickets carry already.
    taken: HashSet<String>,
    /// Numbers of the rows before.
    seen: HashSet<String>,
    stations: HashMap<String, Place>,
    own_station: Place,
    /// By code and by name, in small letters.
    products: HashMap<String, Vec<ProductRow>>,
    brands: HashMap<String, Uuid>,
    covers: HashMap<String, Cover>,
    /// The state of what nobody said anything about.
    out_of_warranty: Cover,
    engineers: HashMap<String, identity::api::Person>,
    units: HashMap<(Uuid, String), Uuid>,
    now: NaiveDateTime,
}

/// One old ticket.
pub struct Draft {
    number: Text<40>,
    station: Place,
    received_at: NaiveDateTime,
    completed_at: Option<NaiveDateTime>,
    customer: Text<100>,
    phone: Phone,
    product: ProductRow,
    serial: Option<Serial>,
    unit: Option<Uuid>,
    cover: Cover,
    fault: Note<1000>,
    state: TicketState,
    engineer: Option<identity::api::Person>,
    result: Option<Note<1000>>,
    received: Option<Money>,
    remark: Option<Note<1000>>,
}

impl Dataset for Tickets {
    const COLUMNS: &'static [Column] = &[
        Column::new("number", "单号", "Number", "RE20189190043").required(),
        Column::new("station", "网点编码", "Station code", "HZ01"),
        Column::new("received_at", "接机时间", "Received at", "2018-09-19 14:30").required(),
        Column::new("customer", "客户名称", "Customer", "张三").required(),
        Column::new("phone", "手机", "Mobile", "13800138000").required(),
        Column::new("brand", "品牌", "Brand", "华为"),
        Column::new("product", "产品编码或名称", "Product code or name", "P20").required(),
        Column::new("serial", "序列号/IMEI", "Serial or IMEI", "490154203237518"),
        Column::new("warranty", "保修状态", "Warranty", "保外"),
        Column::new("fault", "故障描述", "Fault", "不开机").required(),
        Column::new("state", "状态", "State", "待受理 / 已完成 / 已回访 / 已审计 / 已取消"),
        Column::new("engineer", "工程师工号", "Engineer's login", "19145"),
        Column::new("result", "维修结果", "Result", "更换电池"),
        Column::new("received", "已收金额", "Amount received", "120.00"),
        Column::new("completed_at", "完成时间", "Completed at", "2018-09-20 10:00"),
        Column::new("remark", "备注", "Remark", ""),
    ];
    type Draft = Draft;
    type Known = Known;

    async fn known(tx: &ReadTx, sheet: &Sheet) -> Result<Known> {
        let column = |key: &str| -> Vec<String> {
            let texts: BTreeSet<&str> = sheet.column(Self::COLUMNS, key).collect();
            texts.into_iter().map(str::to_owned).collect()
        };
        let serials: Vec<String> = column("serial").iter().map(|serial| serial.to_uppercase()).collect();
        let covers = covers(tx).await?;
        let missing = || Failure::Internal("the warranty states are not installed".to_owned());
        let usual = WarrantyVerdict::Expired.state_code().to_lowercase();
        Ok(Known {
            taken: queries::numbered(tx, column("number")).await?,
            seen: HashSet::new(),
            stations: stations(tx, column("station")).await?,
            own_station: own_station(tx).await?,
            products: products(tx, column("product")).await?,
            brands: master::api::entries_spelled(tx, DictionaryKind::Brand).await?,
            out_of_warranty: covers.get(&usual).cloned().ok_or_else(missing)?,
            covers,
            engineers: people(tx, column("engineer")).await?,
            units: master::api::units_with_serials(tx, &serials).await?,
            now: tx.now().with_timezone(&tx.app().config.zone()).naive_local(),
        })
    }

    fn draft(row: &mut Row<'_>, known: &mut Known) -> Option<Draft> {
        let number = read::number(row, known);
        let station = read::station(row, known);
        let (customer, phone) = (row.need("customer"), row.need("phone"));
        let product = read::product(row, known);
        let (fault, result, remark) = (row.need("fault"), row.may("result"), row.may("remark"));
        let state = read::state(row);
        let (received_at, completed_at) = read::times(row, state, known.now);
        let received = read::received(row, state);
        let engineer = read::engineer(row, known, state, station);
        let serial: Option<Serial> = row.may("serial");
        if state.is_open() && station.is_some_and(|station| !station.is_open) {
            row.blame("station", Issue::new(field::REFERENCE_NOT_FOUND));
        }
        if state.is_open() && row.text("serial").is_empty() {
            row.blame("serial", Issue::new(field::REQUIRED));
        }
        let cover = read::cover(row, known);
        if !row.issues.is_empty() {
            return None;
        }
        let product = product?;
        let key = product.brand_id.map(Uuid::from).zip(serial.as_ref().map(ToString::to_string));
        Some(Draft {
            unit: key.and_then(|key| known.units.get(&key).copied()),
            number: number?,
            station: station?,
            received_at: received_at?,
            completed_at,
            customer: customer?,
            phone: phone?,
            product,
            serial,
            cover: cover?,
            fault: fault?,
            state,
            engineer,
            result,
            received,
            remark,
        })
    }

    async fn apply(tx: &Tx, draft: Draft) -> Result<()> {
        let customer = customer(tx, &draft).await?;
        let mut row = head(tx, &draft, customer);
        if let (true, Some(serial)) = (draft.state.is_open(), &draft.serial) {
            let intake = master::api::Intake {
                serial: serial.clone(),
                product_id: draft.product.id,
                customer_id: customer.into(),
                sold_on: None,
                manufactured_on: None,
            };
            let found = master::api::unit_at_intake(tx, intake).await?;
            row.unit_id = Some(found.unit_id.into());
            row.is_abnormal = found.was_unknown;
        }
        let row = tx.create_at::<ticket::Entity>(row, tx.instant_of(draft.received_at)).await?;
        tx.journal("ticket", row.id, "imported", None, &row.state, None);
        history(tx, &row).await
    }
}

async fn covers(tx: &ReadTx) -> Result<HashMap<String, Cover>> {
    let spelled = master::api::entries_spelled(tx, DictionaryKind::WarrantyState).await?;
    let entries = master::api::entries(tx, spelled.values().copied()).await?;
    let cover = |(word, id): (String, Uuid)| {
        let entry = entries.get(&id)?;
        let payer = entry.payer?.as_str().to_owned();
        Some((word, Cover { id, name: entry.name.to_string(), payer }))
    };
    Ok(spelled.into_iter().filter_map(cover).collect())
}

/// The stations of these codes that the person may record history for.
async fn stations(tx: &ReadTx, codes: Vec<String>) -> Result<HashMap<String, Place>> {
    let mut found = HashMap::new();
    for code in codes {
        let Some(station) = identity::api::station_by_code(tx.conn(), &code.to_uppercase()).await? else { continue };
        if tx.may_at(TICKET_IMPORT, station.id).await? {
            found.insert(code, Place { id: station.id, is_open: station.is_open });
        }
    }
    Ok(found)
}

async fn own_station(tx: &ReadTx) -> Result<Place> {
    let station = names::station(tx, tx.actor().org_id).await?;
    Ok(Place { id: station.id, is_open: station.is_open })
}

async fn products(tx: &ReadTx, words: Vec<String>) -> Result<HashMap<String, Vec<ProductRow>>> {
    let mut found: HashMap<String, Vec<ProductRow>> = HashMap::new();
    for product in master::api::products_called(tx, &words).await? {
        let spellings: BTreeSet<String> = [product.code.to_lowercase(), product.name.to_lowercase()].into();
        for word in spellings {
            found.entry(word).or_default().push(product.clone());
        }
    }
    Ok(found)
}

async fn people(tx: &ReadTx, logins: Vec<String>) -> Result<HashMap<String, identity::api::Person>> {
    let mut found = HashMap::new();
    for login in logins {
        if let Some(person) = identity::api::person_by_login(tx.conn(), &login.to_lowercase()).await? {
            found.insert(login, person);
        }
    }
    Ok(found)
}

/// The customer of this name and phone, put on file where there is none.
async fn customer(tx: &Tx, draft: &Draft) -> Result<Uuid> {
    let known = master::api::customers_with_phone(tx, &draft.phone).await?;
    if let Some(row) = known.iter().find(|row| *row.name == *draft.customer) {
        return Ok(row.id.into());
    }
    let new = CustomerDraft {
        name: draft.customer.clone(),
        kind: CustomerKind::Person,
        phone: draft.phone.clone(),
        landline: None,
        email: None,
        belongs_to: None,
        region: None,
        address: None,
        remark: None,
        roles: vec![PartyRole::Customer],
        tax_no: None,
        credit_limit: None,
        price_level: None,
        terms_days: None,
        runs_org_id: None,
        contacts: Vec::new(),
    };
    Ok(master::api::add_customer(tx, new).await?.into())
}

fn head(tx: &Tx, draft: &Draft, customer: Uuid) -> ticket::Model {
    let completed: Option<DateTime<Utc>> = draft.completed_at.map(|at| tx.instant_of(at));
    ticket::Model {
        org_id: draft.station.id,
        number: draft.number.to_string(),
        state: draft.state.as_str().to_owned(),
        priority: Priority::Normal.as_str().to_owned(),
        urgency: model::urgency(Priority::Normal),
        channel: Channel::Counter.as_str().to_owned(),
        customer_id: customer,
        customer_name: draft.customer.to_string(),
        customer_phone: draft.phone.to_string(),
        unit_id: draft.unit,
        serial: draft.serial.as_ref().map(ToString::to_string),
        product_id: draft.product.id.into(),
        product_name: draft.product.name.to_string(),
        warranty_state_id: draft.cover.id,
        warranty_state_name: draft.cover.name.clone(),
        payer: draft.cover.payer.clone(),
        due_at: model::no_promise(),
        fault_text: Some(draft.fault.to_string()),
        fault_summary: lines::summary(&[], Some(&*draft.fault)),
        remark: draft.remark.as_ref().map(ToString::to_string),
        engineer_id: draft.engineer.as_ref().map(|person| person.id),
        engineer_name: draft.engineer.as_ref().map(|person| person.name.clone()),
        findings: draft.result.as_ref().map(ToString::to_string),
        finished_at: completed,
        completed_at: completed,
        imported_at: Some(tx.now()),
        imported_received: draft.received.map(|money| money.0),
        ..Default::default()
    }
}

/// What the history of the serial says of it.
async fn history(tx: &Tx, row: &ticket::Model) -> Result<()> {
    let Some(serial) = row.serial.clone() else { return Ok(()) };
    let events = [
        Some((UnitEventKind::Intake, row.created_at, row.fault_text.clone())),
        row.completed_at.map(|at| (UnitEventKind::Repaired, at, row.findings.clone())),
    ];
    // a ticket that is to be accepted has not been taken in yet
    let is_open = row.state == TicketState::PendingAcceptance.as_str();
    for (kind, at, note) in events.into_iter().flatten().filter(|_| !is_open) {
        let event = master::api::NewUnitEvent {
            unit_id: row.unit_id.map(Into::into),
            serial: Serial::stored(serial.clone()),
            kind,
            at: Some(at),
            document: Some(DocumentLink {
                kind: openapi::document::DocKind::Ticket,
                id: row.id,
                number: row.number.clone(),
            }),
            note: note.map(|text| text.chars().take(500).collect()),
        };
        master::api::record_unit_event(tx, event).await?;
    }
    Ok(())
}

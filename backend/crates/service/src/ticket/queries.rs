//! Reads: list, detail, counts, board, to-dos.

use super::entity::{accessory, callback, document, fault, fee, method, part, ticket};
use super::model::{self, Sight};
use super::money;
use super::names;
use chrono::Duration;
use openapi::choice::Choice;
use openapi::query::AnyOf;
use openapi::service::closing::Charges;
use openapi::service::state::{Stage, TicketState};
use openapi::service::ticket::{GetTicket, ListTickets, PreviewTicketCharges, Ticket, TicketFilter, TicketRow};
use openapi::service::{TICKET_CONTACT_VIEW, TICKET_VIEW};
use openapi::{Date, Note, Page, Serial, Text};
use platform::db::list::{Shape, page};
use platform::doc::lifecycle::stored;
use platform::{Call, ReadTx, Result, sorted};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;
use uuid::Uuid;

pub(super) fn sight(tx: &ReadTx) -> Sight<'_> {
    Sight { actor: tx.actor(), now: tx.now() }
}

/// The states in which a unit is still at the station.
pub(super) fn open_states() -> Vec<&'static str> {
    TicketState::ALL.iter().filter(|state| state.is_open()).map(|state| state.as_str()).collect()
}

fn states_of(stages: &AnyOf<Stage>) -> Vec<&'static str> {
    TicketState::ALL.iter().filter(|state| stages.0.contains(&state.stage())).map(|state| state.as_str()).collect()
}

/// What the filter of the list asks for.
fn matching(tx: &ReadTx, filter: &TicketFilter) -> Condition {
    use ticket::Column as C;
    let TicketFilter {
        state,
        stage,
        priority,
        org_id,
        engineer_id,
        is_assigned,
        customer_id,
        unit_id,
        serial,
        number,
        warranty_state_id,
        is_abnormal,
        is_overdue,
        is_settled,
        is_imported,
    } = filter;
    let overdue = Condition::all().add(C::State.is_in(open_states())).add(C::DueAt.lt(tx.now()));
    let empty = |column: C, wanted: bool| if wanted { column.is_not_null() } else { column.is_null() };
    Condition::all()
        .add_option(state.as_ref().map(|s| C::State.is_in(s.0.iter().map(|s| s.as_str()))))
        .add_option(stage.as_ref().map(|s| C::State.is_in(states_of(s))))
        .add_option(priority.as_ref().map(|p| C::Priority.is_in(p.0.iter().map(|p| p.as_str()))))
        .add_option(org_id.map(|id| C::OrgId.eq(id.uuid())))
        .add_option(engineer_id.map(|id| C::EngineerId.eq(id.uuid())))
        .add_option(is_assigned.map(|wanted| empty(C::EngineerId, wanted)))
        .add_option(customer_id.map(|id| C::CustomerId.eq(id.uuid())))
        .add_option(unit_id.map(|id| C::UnitId.eq(id.uuid())))
        .add_option(serial.as_ref().map(|serial| C::Serial.eq(&**serial)))
        .add_option(number.as_ref().map(|number| C::Number.eq(&**number)))
        .add_option(warranty_state_id.map(|id| C::WarrantyStateId.eq(id.uuid())))
        .add_option(is_abnormal.map(|wanted| C::IsAbnormal.eq(wanted)))
        .add_option(is_overdue.map(|wanted| if wanted { overdue } else { overdue.not() }))
        .add_option(is_settled.map(|wanted| empty(C::SettledAt, wanted)))
        .add_option(is_imported.map(|wanted| empty(C::ImportedAt, wanted)))
}

pub async fn list(tx: &ReadTx, call: Call<ListTickets>) -> Result<Page<TicketRow>> {
    use ticket::Column as C;
    let base = ticket::Entity::find().filter(matching(tx, &call.query.filter));
    let mut search = vec![C::Number, C::CustomerName, C::Serial, C::ProductName, C::FaultSummary, C::FaultText];
    // what one may not see one may not search either
    if tx.actor().may(TICKET_CONTACT_VIEW) {
        search.push(C::CustomerPhone);
    }
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, number Number, promised_at DueAt),
        search: &search,
    };
    page(tx, &call.query, base, &shape).await?.try_map(|row| model::list_row(row, sight(tx)))
}

/// Which of these numbers tickets carry, wherever they are.
pub(super) async fn numbered(tx: &ReadTx, numbers: impl IntoIterator<Item = String>) -> Result<HashSet<String>> {
    let numbers: Vec<String> = numbers.into_iter().collect();
    let mut taken = HashSet::new();
    for part in numbers.chunks(500) {
        let rows = ticket::Entity::find().filter(ticket::Column::Number.is_in(part));
        let rows = rows.select_only().column(ticket::Column::Number).into_tuple::<String>();
        taken.extend(rows.all(tx.conn()).await?);
    }
    Ok(taken)
}

pub async fn get(tx: &ReadTx, call: Call<GetTicket>) -> Result<Ticket> {
    detail(tx, tx.get::<ticket::Entity>(call.path.id).await?).await
}

pub async fn preview(tx: &ReadTx, call: Call<PreviewTicketCharges>) -> Result<Charges> {
    let row = tx.get::<ticket::Entity>(call.path.id).await?;
    charges_of(tx, &row).await
}

/// The selects of the lines of a ticket, in their order.
mod select {
    use super::*;
    macro_rules! lines_of { ($($name:ident: $entity:ident by $order:ident;)+) => { $(
        pub fn $name(ticket: Uuid) -> sea_orm::Select<$entity::Entity> {
            let rows = $entity::Entity::find().filter($entity::Column::TicketId.eq(ticket));
            rows.order_by_asc($entity::Column::$order).order_by_asc($entity::Column::Id)
        }
    )+ } }
    lines_of! {
        faults_of: fault by PositionNo;
        methods_of: method by PositionNo;
        parts_of: part by PositionNo;
        fees_of: fee by PositionNo;
        accessories_of: accessory by PositionNo;
        documents_of: document by Id;
    }
}

/// One kind of lines of one ticket.
macro_rules! lines_of { ($($(#[$doc:meta])* $name:ident: $entity:ident;)+) => { $(
    $(#[$doc])*
    pub(crate) async fn $name(tx: &ReadTx, ticket: Uuid) -> Result<Vec<$entity::Model>> {
        Ok(select::$name(ticket).all(tx.conn()).await?)
    }
)+ } }

/// Parts and repairs of a ticket.
pub(super) async fn parts_and_methods(tx: &ReadTx, ticket: Uuid) -> Result<(Vec<part::Model>, Vec<method::Model>)> {
    let mut found = tx.gather().and(select::parts_of(ticket)).and(select::methods_of(ticket)).read().await?;
    Ok((found.take()?, found.take()?))
}

lines_of! {
    /// Symptoms.
    faults_of: fault;
    /// Parts.
    parts_of: part;
    /// Accessories.
    accessories_of: accessory;
}

pub(super) async fn charges_of(tx: &ReadTx, row: &ticket::Model) -> Result<Charges> {
    let mut found = tx.gather();
    found = found.and(select::methods_of(row.id)).and(select::parts_of(row.id)).and(select::fees_of(row.id));
    let mut found = found.read().await?;
    let (methods, parts, fees): (Vec<method::Model>, Vec<part::Model>, Vec<fee::Model>) =
        (found.take()?, found.take()?, found.take()?);
    model::charges(row, &methods, &parts, &fees, finance::api::vat_rates_on(tx, tx.today()).await?)
}

/// Tickets on a serial, newest first: those that are open, or the others.
pub(super) async fn on_serial(tx: &ReadTx, serial: &str, open: bool) -> Result<Vec<TicketRow>> {
    let rows = with_serial(tx, serial, None, open).all(tx.conn()).await?;
    rows.into_iter().map(|row| model::list_row(row, sight(tx))).collect()
}

fn with_serial(tx: &ReadTx, serial: &str, except: Option<Uuid>, open: bool) -> sea_orm::Select<ticket::Entity> {
    use ticket::Column as C;
    let state = if open { C::State.is_in(open_states()) } else { C::State.is_not_in(open_states()) };
    let mut rows = ticket::Entity::find()
        .filter(tx.in_reach_of::<ticket::Entity>(TICKET_VIEW))
        .filter(C::Serial.eq(serial))
        .filter(state);
    if let Some(id) = except {
        rows = rows.filter(C::Id.ne(id));
    }
    rows.order_by_desc(C::CreatedAt).order_by_desc(C::Id).limit(20)
}

/// What lies around the head of a ticket.
#[derive(Default)]
struct Around {
    methods: Vec<method::Model>,
    parts: Vec<part::Model>,
    fees: Vec<fee::Model>,
    faults: Vec<fault::Model>,
    accessories: Vec<accessory::Model>,
    documents: Vec<document::Model>,
    /// Other open tickets on the serial.
    duplicates: Vec<ticket::Model>,
    callback: Option<callback::Model>,
}

fn others(tx: &ReadTx, row: &ticket::Model) -> sea_orm::Select<ticket::Entity> {
    with_serial(tx, row.serial.as_deref().unwrap_or_default(), Some(row.id), true)
}

/// The ticket as the caller may see it.
pub(super) async fn detail(tx: &ReadTx, row: ticket::Model) -> Result<Ticket> {
    let gather = tx.gather().and(select::methods_of(row.id)).and(select::parts_of(row.id)).and(select::fees_of(row.id));
    let gather = gather.and(select::faults_of(row.id)).and(select::accessories_of(row.id));
    let gather = gather.and(select::documents_of(row.id)).and(others(tx, &row));
    let gather = gather.and(callback::Entity::find_by_id(row.callback_id.unwrap_or_default()));
    let mut found = gather.read_without(row.id).await?;
    let around = Around {
        methods: found.take()?,
        parts: found.take()?,
        fees: found.take()?,
        faults: found.take()?,
        accessories: found.take()?,
        documents: found.take()?,
        duplicates: found.take()?,
        callback: found.take()?.pop(),
    };
    shown(tx, row, around).await
}

/// Whether a number is free for a ticket that is about to be written, and the other open tickets on its serial.
pub(super) async fn before_writing(tx: &ReadTx, row: &ticket::Model) -> Result<(bool, Vec<ticket::Model>)> {
    let same = ticket::Entity::find().filter(ticket::Column::Number.eq(&row.number));
    let mut found = tx.gather().and(same).and(others(tx, row)).read_without(row.id).await?;
    Ok((found.take::<ticket::Model>()?.is_empty(), found.take()?))
}

/// The lines of a ticket that is just being written.
pub(super) struct Fresh {
    /// Symptoms.
    pub faults: Vec<fault::Model>,
    /// Accessories.
    pub accessories: Vec<accessory::Model>,
    /// Parts that are planned.
    pub parts: Vec<part::Model>,
}

/// A ticket that was just written with these lines, as the caller may see it.
pub(super) async fn fresh(
    tx: &ReadTx,
    row: ticket::Model,
    lines: Fresh,
    duplicates: Vec<ticket::Model>,
) -> Result<Ticket> {
    let Fresh { faults, accessories, parts } = lines;
    shown(tx, row, Around { faults, accessories, parts, duplicates, ..Around::default() }).await
}

async fn shown(tx: &ReadTx, row: ticket::Model, around: Around) -> Result<Ticket> {
    let Around { methods, parts, fees, faults, accessories, documents, duplicates, callback } = around;
    let sight = sight(tx);
    let state: TicketState = stored(&row.state)?;
    let payer = stored(&row.payer)?;
    let rates = finance::api::vat_rates_on(tx, tx.today()).await?;
    let station = names::station(tx, row.org_id).await?;
    let charges = model::charges(&row, &methods, &parts, &fees, rates)?;
    let cost = openapi::Money(parts.iter().map(|part| part.cost).sum());
    let (money, receipts) = money::standing(tx, &row).await?;
    Ok(Ticket {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        org_id: row.org_id.into(),
        org_name: station.name,
        state,
        stage: state.stage(),
        allowed: sight.allowed(&row, state),
        customer_id: row.customer_id.into(),
        customer_phone: sight.phone(&row),
        unit_id: row.unit_id.map(Into::into),
        product_id: row.product_id.into(),
        is_abnormal: row.is_abnormal,
        sold_on: row.sold_on.map(Date::from),
        warranty_state_id: row.warranty_state_id.into(),
        payer,
        priority: stored(&row.priority)?,
        channel: stored(&row.channel)?,
        promised_at: row.promised_at.map(Into::into),
        is_overdue: model::is_overdue(&row, state, tx.now()),
        engineer_id: row.engineer_id.map(Into::into),
        inspector_id: row.inspector_id.map(Into::into),
        rework_count: row.rework_count,
        cause_id: row.cause_id.map(Into::into),
        accepted_at: row.accepted_at.map(Into::into),
        finished_at: row.finished_at.map(Into::into),
        completed_at: row.completed_at.map(Into::into),
        signature_id: row.signature_id.map(Into::into),
        imported_at: row.imported_at.map(Into::into),
        imported_received: row.imported_received.map(openapi::Money),
        faults: faults.into_iter().map(model::fault_of).collect(),
        methods: methods.into_iter().map(model::method_of).collect(),
        parts: parts.into_iter().map(|part| model::part_of(part, (state, payer), sight)).collect::<Result<_>>()?,
        fees: fees.into_iter().map(model::fee_of).collect(),
        accessories: accessories.into_iter().map(model::accessory_of).collect::<Result<_>>()?,
        charges,
        cost: sight.cost(cost),
        received: money.received,
        open: money.open,
        documents: money::documents(documents, &receipts)?,
        receipts,
        callback: callback.map(model::callback_of).transpose()?,
        duplicates: duplicates.into_iter().map(|row| model::list_row(row, sight)).collect::<Result<_>>()?,
        number: row.number,
        customer_name: row.customer_name,
        serial: row.serial.map(Serial::stored),
        product_name: row.product_name,
        warranty_state_name: row.warranty_state_name,
        inbound_courier: row.inbound_courier.map(Text::stored),
        outbound_courier: row.outbound_courier.map(Text::stored),
        fault_text: row.fault_text.map(Note::stored),
        appearance: row.appearance.map(Note::stored),
        remark: row.remark.map(Note::stored),
        engineer_name: row.engineer_name,
        inspector_name: row.inspector_name,
        cause_name: row.cause_name,
        findings: row.findings.map(Note::stored),
        received_by: row.received_by.map(Text::stored),
    })
}

/// How far back the board shows completed tickets.
pub(super) const BOARD_DAYS: i64 = 7;

/// Completed within the days that the board shows.
pub(super) fn recently_completed(tx: &ReadTx) -> Condition {
    Condition::all()
        .add(Expr::col((ticket::Entity, ticket::Column::CompletedAt)).gte(tx.now() - Duration::days(BOARD_DAYS)))
}

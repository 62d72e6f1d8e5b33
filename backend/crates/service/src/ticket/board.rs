//! Reads for the home page and the board.

use super::entity::ticket;
use super::model;
use super::queries::{open_states, recently_completed, sight};
use chrono::{NaiveTime, TimeZone};
use openapi::Permission;
use openapi::choice::Choice;
use openapi::service::board::{Board, BoardColumn, BoardQuery, StateCount, TicketCounts, Todo, TodoKind, Todos};
use openapi::service::state::TicketState;
use openapi::service::ticket::{CountTickets, GetTicketBoard, ListTicketTodos};
use openapi::service::{
    TICKET_ACCEPT, TICKET_ASSIGN, TICKET_AUDIT, TICKET_CALLBACK, TICKET_INSPECT, TICKET_INTAKE, TICKET_PARTS,
    TICKET_PICKUP, TICKET_REPAIR, TICKET_SETTLE,
};
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::HashMap;
use ticket::Column as C;

fn asked(tx: &ReadTx, query: &BoardQuery) -> Select<ticket::Entity> {
    let condition = Condition::all()
        .add_option(query.org_id.map(|id| C::OrgId.eq(id.uuid())))
        .add_option(query.engineer_id.map(|id| C::EngineerId.eq(id.uuid())));
    tx.select::<ticket::Entity>().filter(condition)
}

async fn count(tx: &ReadTx, rows: Select<ticket::Entity>) -> Result<i64> {
    let found = rows.select_only().column_as(C::Id.count(), "found").into_tuple::<i64>().one(tx.conn()).await?;
    Ok(found.unwrap_or_default())
}

fn overdue(tx: &ReadTx) -> Condition {
    Condition::all().add(C::State.is_in(open_states())).add(C::DueAt.lt(tx.now()))
}

fn abnormal() -> Condition {
    Condition::all().add(C::State.is_in(open_states())).add(C::IsAbnormal.eq(true))
}

/// When today began in the zone of the business.
fn midnight(tx: &ReadTx) -> Result<chrono::DateTime<chrono::Utc>> {
    let zone = tx.app().config.zone();
    let local = zone.from_local_datetime(&tx.today().and_time(NaiveTime::MIN)).earliest();
    local.map(|at| at.to_utc()).ok_or_else(|| Failure::Internal("the day has no beginning".to_owned()))
}

async fn by_state(tx: &ReadTx, rows: Select<ticket::Entity>) -> Result<HashMap<String, i64>> {
    let rows = rows.select_only().column(C::State).column_as(C::Id.count(), "found").group_by(C::State);
    Ok(rows.into_tuple::<(String, i64)>().all(tx.conn()).await?.into_iter().collect())
}

pub async fn counts(tx: &ReadTx, call: Call<CountTickets>) -> Result<TicketCounts> {
    let base = asked(tx, &call.query.0);
    let found = by_state(tx, base.clone()).await?;
    let unassigned = Condition::all().add(C::State.is_in(open_states())).add(C::EngineerId.is_null());
    let today = midnight(tx)?;
    Ok(TicketCounts {
        states: TicketState::ALL
            .iter()
            .map(|state| StateCount {
                state: *state,
                stage: state.stage(),
                count: found.get(state.as_str()).copied().unwrap_or_default(),
            })
            .collect(),
        overdue: count(tx, base.clone().filter(overdue(tx))).await?,
        abnormal: count(tx, base.clone().filter(abnormal())).await?,
        unassigned: count(tx, base.clone().filter(unassigned)).await?,
        created_today: count(tx, base.clone().filter(C::CreatedAt.gte(today))).await?,
        completed_today: count(tx, base.filter(C::CompletedAt.gte(today))).await?,
    })
}

/// The columns of the board.
const COLUMNS: &[TicketState] = &[
    TicketState::PendingAcceptance,
    TicketState::PendingDiagnosis,
    TicketState::AwaitingParts,
    TicketState::Repairing,
    TicketState::PendingQc,
    TicketState::PendingPickup,
    TicketState::Completed,
];

pub async fn board(tx: &ReadTx, call: Call<GetTicketBoard>) -> Result<Board> {
    let mut columns = Vec::with_capacity(COLUMNS.len());
    for state in COLUMNS {
        let mut rows = asked(tx, &call.query.0).filter(C::State.eq(state.as_str()));
        if *state == TicketState::Completed {
            rows = rows.filter(recently_completed(tx));
        }
        let found = count(tx, rows.clone()).await?;
        let cards = rows
            .order_by_desc(C::Urgency)
            .order_by_asc(C::DueAt)
            .order_by_asc(C::Id)
            .limit(50)
            .all(tx.conn())
            .await?
            .into_iter()
            .map(|row| model::list_row(row, sight(tx)))
            .collect::<Result<_>>()?;
        columns.push(BoardColumn { state: *state, stage: state.stage(), count: found, cards });
    }
    Ok(Board { columns })
}

/// What waits for whom: the right that makes it somebody's work, and the query of the list that shows it.
const WORK: &[(TodoKind, Permission, &str)] = &[
    (TodoKind::Accept, TICKET_ACCEPT, "state=pending_acceptance"),
    (TodoKind::Assign, TICKET_ASSIGN, "state=pending_diagnosis&is_assigned=false"),
    (TodoKind::Diagnose, TICKET_REPAIR, "state=pending_diagnosis&is_assigned=true"),
    (TodoKind::Repair, TICKET_REPAIR, "state=repairing"),
    (TodoKind::Parts, TICKET_PARTS, "state=awaiting_parts"),
    (TodoKind::Inspect, TICKET_INSPECT, "state=pending_qc"),
    (TodoKind::Settle, TICKET_SETTLE, "state=pending_pickup&is_settled=false"),
    (TodoKind::Handover, TICKET_PICKUP, "state=pending_pickup"),
    (TodoKind::CallBack, TICKET_CALLBACK, "state=completed"),
    (TodoKind::Audit, TICKET_AUDIT, "state=called_back"),
    (TodoKind::Overdue, TICKET_INTAKE, "is_overdue=true"),
    (TodoKind::Abnormal, TICKET_INTAKE, "is_abnormal=true&stage=acceptance,repair,quality,pickup"),
];

fn waiting(tx: &ReadTx, kind: TodoKind) -> Condition {
    let in_state = |state: TicketState| Condition::all().add(C::State.eq(state.as_str()));
    match kind {
        TodoKind::Accept => in_state(TicketState::PendingAcceptance),
        TodoKind::Assign => in_state(TicketState::PendingDiagnosis).add(C::EngineerId.is_null()),
        TodoKind::Diagnose => in_state(TicketState::PendingDiagnosis).add(C::EngineerId.is_not_null()),
        TodoKind::Repair => in_state(TicketState::Repairing),
        TodoKind::Parts => in_state(TicketState::AwaitingParts),
        TodoKind::Inspect => in_state(TicketState::PendingQc),
        TodoKind::Settle => in_state(TicketState::PendingPickup).add(C::SettledAt.is_null()),
        TodoKind::Handover => in_state(TicketState::PendingPickup),
        TodoKind::CallBack => in_state(TicketState::Completed),
        TodoKind::Audit => in_state(TicketState::CalledBack),
        TodoKind::Overdue => overdue(tx),
        TodoKind::Abnormal => abnormal(),
    }
}

pub async fn todos(tx: &ReadTx, _: Call<ListTicketTodos>) -> Result<Todos> {
    let mut items = Vec::new();
    for (kind, permission, query) in WORK.iter().filter(|(_, permission, _)| tx.actor().may(*permission)) {
        // somebody else's inspection is nobody's to-do: the engineer of a ticket cannot pass it
        let own = (*kind == TodoKind::Inspect)
            .then(|| Condition::any().add(C::EngineerId.is_null()).add(C::EngineerId.ne(tx.actor().user_id)));
        let rows = tx
            .select::<ticket::Entity>()
            .filter(tx.in_reach_of::<ticket::Entity>(*permission))
            .filter(waiting(tx, *kind))
            .filter(Condition::all().add_option(own));
        let found = count(tx, rows).await?;
        if found > 0 {
            items.push(Todo { kind: *kind, count: found, query: (*query).to_owned() });
        }
    }
    Ok(Todos { items })
}

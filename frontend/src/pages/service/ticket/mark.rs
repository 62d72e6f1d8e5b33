//! Marks that a ticket carries wherever it is shown.

use crate::doc::cell;
use crate::text::{self, ticket as t};
use crate::ui::{Icon, Tag, icon, now_ms};
use leptos::prelude::*;
use openapi::Timestamp;
use openapi::choice::Tone;
use openapi::service::state::{Priority, Stage, TicketState};
use openapi::service::ticket::TicketRow;

/// The stages a ticket goes through, in order.
const COURSE: [Stage; 7] = [
    Stage::Acceptance,
    Stage::Repair,
    Stage::Quality,
    Stage::Pickup,
    Stage::Completed,
    Stage::CalledBack,
    Stage::Audited,
];

/// What needs attention: urgency, overdue, unknown serial, rework.
pub fn alarms(priority: Priority, is_overdue: bool, is_abnormal: bool, reworks: i32) -> AnyView {
    view! {
        {(priority != Priority::Normal).then(|| cell::tag(priority))}
        {is_overdue.then(|| view! { <Tag label=t::OVERDUE tone=Tone::Danger /> })}
        {is_abnormal.then(|| view! { <Tag label=t::ABNORMAL tone=Tone::Warning /> })}
        {(reworks > 0).then(|| view! { <Tag label=Signal::derive(move || String::from(t::REWORKS.with("count", reworks))) tone=Tone::Warning /> })}
    }
    .into_any()
}

/// The marks of a row in a list.
pub fn row_alarms(row: &TicketRow) -> AnyView {
    let alarms = alarms(row.priority, row.is_overdue, row.is_abnormal, row.rework_count);
    view! { <span class="marks">{alarms} {imported(row.is_imported)}</span> }.into_any()
}

/// The mark of what came from an older system.
pub fn imported(is_imported: bool) -> AnyView {
    is_imported.then(|| view! { <Tag label=t::IMPORTED tone=Tone::Neutral /> }).into_any()
}

/// How much time is left until the promise, in words; nothing for a unit that has left the station.
pub fn promise(at: Option<Timestamp>, state: TicketState) -> AnyView {
    let Some(at) = at else { return cell::none() };
    let left = state.is_open().then(|| at.utc().timestamp_millis() - now_ms());
    let words = left.map(|left| {
        let hours = left.abs() / 3_600_000;
        let label = match (left < 0, hours) {
            (false, 0) => t::DUE_NOW,
            (false, 1..48) => t::DUE_HOURS,
            (false, _) => t::DUE_DAYS,
            (true, 0..48) => t::LATE_HOURS,
            (true, _) => t::LATE_DAYS,
        };
        let count = if hours < 48 { hours } else { hours / 24 };
        let class = if left < 0 {
            "promise late"
        } else if hours < 4 {
            "promise soon"
        } else {
            "promise"
        };
        view! { <span class=class>{icon(Icon::Clock)} {move || String::from(label.with("count", count))}</span> }
    });
    view! { <span class="stack"><span class="number">{text::time(at)}</span>{words}</span> }.into_any()
}

/// The seven stages with the present one marked; a cancelled ticket shows where it stopped being one.
pub fn course(state: TicketState) -> AnyView {
    let now = COURSE.iter().position(|stage| *stage == state.stage());
    let one = |(index, stage): (usize, Stage)| {
        let class = match now {
            Some(now) if index < now => "course-step done",
            Some(now) if index == now && state == TicketState::Audited => "course-step done",
            Some(now) if index == now => "course-step now",
            _ => "course-step",
        };
        let inner = (now == Some(index) && state.stage() == Stage::Repair)
            .then(|| view! { <span class="course-sub">{move || text::choice(state)}</span> });
        view! {
            <li class=class aria-current=(now == Some(index)).then_some("step")>
                <span class="course-dot" aria-hidden="true">{(index + 1).to_string()}</span>
                <span class="course-name">{move || text::choice(stage)}</span>{inner}
            </li>
        }
    };
    let cancelled = now.is_none();
    view! { <ol class="course" class:stopped=cancelled aria-label=t::COURSE>{COURSE.into_iter().enumerate().map(one).collect_view()}</ol> }.into_any()
}

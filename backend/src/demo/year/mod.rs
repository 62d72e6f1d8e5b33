//! A year of repairs: every ticket walks its way step by step, all of them interleaved by time, until now.

mod bench;
mod counter;

use super::company::Company;
use super::dice::Dice;
use super::stage::Stage;
use super::{deliveries, old_parts, sales, stockroom, stores};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use openapi::master::dictionary::{DictionaryEntryId, DictionaryKind};
use openapi::service::ticket::Ticket;
use openapi::{ById, Id};
use platform::{Actor, Clock, Failure, Result};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use uuid::Uuid;

/// What happens next to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    TakeIn,
    Accept,
    Assign,
    Diagnose,
    Repair,
    Inspect,
    HandOver,
    CallBack,
    Audit,
    Restock,
}

/// Something that is due, by time; ties go by the order of coming in.
type Due = Reverse<(DateTime<Utc>, usize, Next)>;

/// One ticket on its way.
#[derive(Clone, Default)]
struct Way {
    id: Uuid,
    station: usize,
    unit: usize,
    engineer: usize,
    was_failed: bool,
}

/// The year while it passes.
pub struct Year<'a> {
    stage: &'a Stage,
    company: &'a Company,
    dice: &'a mut Dice,
    ways: Vec<Way>,
    due: BinaryHeap<Due>,
}

/// Lets `count` tickets happen between the stage's present and `until`.
pub async fn pass(stage: &Stage, dice: &mut Dice, company: &Company, until: DateTime<Utc>, count: usize) -> Result<()> {
    let from = stage.clock.now();
    let mut year = Year { stage, company, dice, ways: vec![Way::default(); count], due: BinaryHeap::new() };
    let minutes = (until - from).num_minutes();
    for number in 0..count {
        // a little more towards the end: business grows
        let share = year.dice.between(0, 1_000_000).max(year.dice.between(0, 1_000_000) - 150_000);
        // and some came in these days, so that something waits in every stage
        let is_recent = number % 18 == 0;
        let at = if is_recent {
            until - TimeDelta::minutes(year.dice.between(30, 4_000))
        } else {
            from + TimeDelta::minutes(minutes * share / 1_000_000)
        };
        let at = open_hours(at, year.dice);
        year.due.push(Reverse((at, number, Next::TakeIn)));
    }
    let mut month = from + TimeDelta::days(30);
    while month < until {
        year.due.push(Reverse((open_hours(month, year.dice), usize::MAX, Next::Restock)));
        month += TimeDelta::days(30);
    }
    while let Some(Reverse((at, number, next))) = year.due.pop() {
        if at > until {
            continue;
        }
        stage.clock.set(at.max(stage.clock.now()));
        year.happen(number, next).await?;
    }
    stage.clock.set(until);
    Ok(())
}

/// Moves an instant into the opening hours, 9:00 to 18:00 in China.
fn open_hours(at: DateTime<Utc>, dice: &mut Dice) -> DateTime<Utc> {
    let hour = i64::from((at.hour() + 8) % 24);
    let minute = dice.between(0, 60);
    let shift = if hour < 9 {
        9 - hour
    } else if hour >= 18 {
        33 - hour
    } else {
        0
    };
    let at = at + TimeDelta::hours(shift);
    at.with_minute(u32::try_from(minute).unwrap_or_default()).unwrap_or(at)
}

impl Year<'_> {
    fn later(&mut self, number: usize, next: Next, hours: (i64, i64)) {
        let minutes = self.dice.between(hours.0 * 60, hours.1 * 60);
        let at = open_hours(self.stage.clock.now() + TimeDelta::minutes(minutes), self.dice);
        self.due.push(Reverse((at.max(self.stage.clock.now() + TimeDelta::minutes(5)), number, next)));
    }

    async fn happen(&mut self, number: usize, next: Next) -> Result<()> {
        match next {
            Next::Restock => {
                deliveries::month(self.stage, self.dice, self.company).await?;
                stockroom::month(self.stage, self.dice, self.company).await?;
                old_parts::month(self.stage, self.company).await?;
                stores::replenish(self.stage, self.dice, self.company).await?;
                sales::some(self.stage, self.company).await
            }
            Next::TakeIn => self.take_in(number).await,
            Next::Accept => self.accept(number).await,
            Next::Assign => self.assign(number).await,
            Next::Diagnose => self.diagnose(number).await,
            Next::Repair => self.repair(number).await,
            Next::Inspect => self.inspect(number).await,
            Next::HandOver => self.hand_over(number).await,
            Next::CallBack => self.call_back(number).await,
            Next::Audit => self.audit(number).await,
        }
    }

    fn way(&self, number: usize) -> Result<Way> {
        self.ways.get(number).cloned().ok_or_else(|| Failure::Internal("no such way".to_owned()))
    }

    fn station(&self, way: &Way) -> Result<Uuid> {
        self.company
            .stations
            .get(way.station)
            .map(|s| s.id)
            .ok_or_else(|| Failure::Internal("no such station".to_owned()))
    }

    fn engineer(&self, way: &Way) -> Result<&Actor> {
        let engineers = self.stage.holders(self.station(way)?, "-gc");
        let found = engineers.get(way.engineer % engineers.len().max(1)).copied();
        found.ok_or_else(|| Failure::Internal("no engineer".to_owned()))
    }

    fn entries(&self, kind: DictionaryKind, prefix: &str) -> Vec<DictionaryEntryId> {
        let fits = |(k, code): &(&(DictionaryKind, String), &openapi::master::dictionary::DictionaryEntry)| {
            k.0 == kind && k.1.starts_with(prefix) && (kind != DictionaryKind::Fault || code.parent_id.is_some())
        };
        let mut found: Vec<_> = self.company.dictionary.iter().filter(fits).map(|(k, e)| (k.1.clone(), e.id)).collect();
        found.sort();
        found.into_iter().map(|(_, id)| id).collect()
    }

    fn faults(&self, category: &str) -> Vec<DictionaryEntryId> {
        let is_digital = matches!(category, "手机" | "笔记本电脑");
        if !is_digital {
            return self.entries(DictionaryKind::Fault, "F07");
        }
        ["F01", "F02", "F04", "F05"].iter().flat_map(|prefix| self.entries(DictionaryKind::Fault, prefix)).collect()
    }
}

fn path(way: &Way) -> ById<Ticket> {
    ById { id: Id::new(way.id) }
}

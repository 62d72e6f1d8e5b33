//! A year of repairs: every ticket walks its way step by step, all of them interleaved by time, until now.

use super::company::{Company, text};
use super::dice::Dice;
use super::stage::Stage;
use super::stores;
use super::words::COMPLAINTS;
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use openapi::master::dictionary::{DictionaryEntryId, DictionaryKind};
use openapi::service::closing::{CallbackDraft, CallbackOutcome, CollectDraft, PayMethod, PaymentDraft, PickupDraft};
use openapi::service::intake::{AccessoryDraft, IntakeDraft};
use openapi::service::state::{Channel, ItemCondition, OldPartState, Priority, TicketState};
use openapi::service::ticket::*;
use openapi::service::work::*;
use openapi::system::{UploadAttachment, UploadQuery};
use openapi::{ById, Id, Nothing, Plain, Quantity};
use platform::{Actor, Clock, Failure, Result};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use uuid::Uuid;

/// What a unit may look like.
const LOOKS: &[&str] = &["外壳轻微划痕", "边角磕碰", "整体良好", "屏幕左上角有裂纹"];

/// How people pay.
const METHODS: &[PayMethod] =
    &[PayMethod::Wechat, PayMethod::Wechat, PayMethod::Alipay, PayMethod::Cash, PayMethod::Card];

/// A signature for the receipt of a unit.
const SIGNATURE: &[u8] = include_bytes!("signature.png");

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
            Next::Restock => stores::replenish(self.stage, self.dice, self.company).await,
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

    async fn take_in(&mut self, number: usize) -> Result<()> {
        let Some(unit) =
            self.dice.pick(&self.company.units.iter().enumerate().map(|(i, _)| i).collect::<Vec<_>>()).copied()
        else {
            return Ok(());
        };
        let Some(owned) = self.company.units.get(unit) else { return Ok(()) };
        let category = self.company.models.get(owned.model).map_or("", |m| m.family.category);
        let said =
            COMPLAINTS.iter().find(|(c, _)| *c == category).or(COMPLAINTS.last()).map_or(&[][..], |(_, words)| *words);
        let way = Way { station: owned.station, unit, engineer: number, ..Way::default() };
        let accessories = self.entries(DictionaryKind::Accessory, "");
        let is_later = self.dice.percent(4);
        let draft = IntakeDraft {
            org_id: None,
            customer_id: Some(owned.customer),
            new_customer: None,
            unit_id: None,
            serial: Some(text(&owned.serial)?),
            product_id: None,
            sold_on: None,
            warranty_state_id: None,
            fault_ids: self.dice.pick(&self.faults(category)).map(|id| id.cast()).into_iter().collect(),
            fault_text: Some(text(self.dice.word(said))?),
            accessories: if self.dice.percent(45) { self.accessory(&accessories) } else { Vec::new() },
            appearance: if self.dice.percent(50) { Some(text(self.dice.word(LOOKS))?) } else { None },
            promised_at: Some((self.stage.clock.now() + TimeDelta::hours(self.dice.between(24, 96))).into()),
            priority: if self.dice.percent(8) { Priority::Urgent } else { Priority::Normal },
            channel: if self.dice.percent(15) { Channel::Courier } else { Channel::Counter },
            inbound_courier: None,
            remark: None,
            accept: !is_later,
        };
        let station = self.station(&way)?;
        let desk = self.stage.holders(station, "-qt").first().copied();
        let desk = desk.map_or_else(|| self.stage.able::<CreateTicket>(station), Ok)?;
        let made = match self.stage.act::<CreateTicket>(desk, Nothing, Nothing, draft).await {
            Ok(made) => made,
            // the unit is still here from last time
            Err(refused) if refused.code().status == 409 => return Ok(()),
            Err(other) => return Err(other),
        };
        if let Some(slot) = self.ways.get_mut(number) {
            *slot = Way { id: made.id.uuid(), ..way };
        }
        let next = if is_later { Next::Accept } else { Next::Assign };
        self.later(number, next, (1, 5));
        Ok(())
    }

    fn faults(&self, category: &str) -> Vec<DictionaryEntryId> {
        let is_digital = matches!(category, "手机" | "笔记本电脑");
        if !is_digital {
            return self.entries(DictionaryKind::Fault, "F07");
        }
        ["F01", "F02", "F04", "F05"].iter().flat_map(|prefix| self.entries(DictionaryKind::Fault, prefix)).collect()
    }

    fn accessory(&mut self, from: &[DictionaryEntryId]) -> Vec<AccessoryDraft> {
        let id = self.dice.pick(from).map(|id| id.cast());
        vec![AccessoryDraft {
            accessory_id: id,
            name: None,
            quantity: Quantity::ONE,
            condition: ItemCondition::Good,
            remark: None,
        }]
    }

    async fn accept(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let who = self.stage.able::<AcceptTicket>(self.station(&way)?)?;
        self.stage.act::<AcceptTicket>(who, path(&way), Nothing, Remark::default()).await?;
        self.later(number, Next::Assign, (1, 4));
        Ok(())
    }

    async fn assign(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let station = self.station(&way)?;
        if self.dice.percent(2) {
            let who = self.stage.able::<CancelTicket>(station)?;
            let reason =
                Reason { reason: text(self.dice.word(&["客户放弃维修", "客户要求取回", "重复登记"]))? };
            return self.stage.act::<CancelTicket>(who, path(&way), Nothing, reason).await.map(|_| ());
        }
        let engineer_id = self.engineer(&way)?.user_id.into();
        let who = self.stage.able::<AssignTicket>(station)?;
        self.stage.act::<AssignTicket>(who, path(&way), Nothing, Assignment { engineer_id, reason: None }).await?;
        self.later(number, Next::Diagnose, (1, 6));
        Ok(())
    }

    async fn diagnose(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let engineer = self.engineer(&way)?;
        let ticket = self.stage.act::<GetTicket>(engineer, path(&way), Nothing, Nothing).await?;
        let category = self
            .company
            .units
            .get(way.unit)
            .and_then(|u| self.company.models.get(u.model))
            .map_or("", |m| m.family.category);
        let known: Vec<_> = ticket.faults.iter().map(|f| f.fault_id).collect();
        let fault_ids = if known.is_empty() {
            self.faults(category).first().map(|id| id.cast()).into_iter().collect()
        } else {
            known
        };
        let method = self.entries(DictionaryKind::RepairMethod, "");
        let method = self.dice.pick(&method).map(|id| MethodDraft { method_id: id.cast(), level_id: None });
        let cause = self.entries(DictionaryKind::Cause, "");
        let diagnosis = Diagnosis {
            cause_id: self.dice.pick(&cause).map(|id| id.cast()),
            findings: Some(text(self.dice.word(&[
                "检测确认故障，更换配件后恢复",
                "主要部件老化",
                "接口氧化，清洁后复测",
                "部件损坏，建议更换",
            ]))?),
            fault_ids,
            methods: method.into_iter().collect(),
        };
        let engineer = self.engineer(&way)?;
        self.stage.act::<DiagnoseTicket>(engineer, path(&way), Nothing, diagnosis).await?;
        self.later(number, Next::Repair, (2, 30));
        Ok(())
    }

    /// Parts from the store, used, and the work finished; without stock the ticket waits for parts.
    async fn repair(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let engineer = self.engineer(&way)?.clone();
        let mut ticket = self.stage.act::<GetTicket>(&engineer, path(&way), Nothing, Nothing).await?;
        if ticket.parts.is_empty() {
            let lines = self.parts(&way)?;
            if !lines.is_empty() {
                let who = self.for_parts(&way, &engineer)?;
                ticket = self.stage.act::<AddTicketParts>(&who, path(&way), Nothing, PartsDraft { lines }).await?;
            }
        }
        if ticket.parts.iter().any(|part| part.short.is_positive()) {
            if ticket.state == TicketState::Repairing {
                self.stage.act::<AwaitTicketParts>(&engineer, path(&way), Nothing, Remark::default()).await?;
            }
            // nothing came for a long time: the customer gets the unit back without that part
            self.later(number, Next::Repair, (48, 120));
            return self.drop_short(&way, &engineer, &ticket).await;
        }
        if ticket.state == TicketState::AwaitingParts {
            ticket = self.stage.act::<ResumeTicket>(&engineer, path(&way), Nothing, Remark::default()).await?;
        }
        self.use_parts(&way, &engineer, ticket).await?;
        self.stage.act::<FinishTicket>(&engineer, path(&way), Nothing, Remark::default()).await?;
        self.later(number, Next::Inspect, (1, 5));
        Ok(())
    }

    /// The person who may touch parts of this ticket.
    fn for_parts(&self, way: &Way, engineer: &Actor) -> Result<Actor> {
        if engineer.may(openapi::service::TICKET_PARTS) {
            return Ok(engineer.clone());
        }
        self.stage.able::<AddTicketParts>(self.station(way)?).cloned()
    }

    fn parts(&mut self, way: &Way) -> Result<Vec<PartDraft>> {
        let count = self.dice.pick(&[0, 1, 1, 1, 2]).copied().unwrap_or_default();
        let model = self.company.units.get(way.unit).and_then(|u| self.company.models.get(u.model));
        let parts = model.map_or(&[][..], |m| m.parts.as_slice());
        // boards with serials are rarely replaced
        let usual: Vec<_> = parts.iter().filter(|p| !p.2).collect();
        let mut chosen: Vec<PartDraft> = Vec::new();
        for _ in 0..count {
            let Some((product, _, _)) = self.dice.pick(&usual).copied().copied() else { continue };
            let product = product.cast();
            if chosen.iter().all(|line| line.product_id != product) {
                chosen.push(PartDraft {
                    product_id: product,
                    quantity: Quantity::ONE,
                    payer: None,
                    warehouse_id: None,
                    remark: None,
                });
            }
        }
        Ok(chosen)
    }

    async fn drop_short(&mut self, way: &Way, engineer: &Actor, ticket: &Ticket) -> Result<()> {
        let waited = self.stage.clock.now() - DateTime::<Utc>::from(ticket.created_at) > TimeDelta::days(25);
        if !waited {
            return Ok(());
        }
        let who = self.for_parts(way, engineer)?;
        for part in ticket.parts.iter().filter(|part| part.short.is_positive()) {
            self.stage.act::<RemoveTicketPart>(&who, path(way), Nothing, PartChoice { line_id: part.id }).await?;
        }
        Ok(())
    }

    async fn use_parts(&mut self, way: &Way, engineer: &Actor, ticket: Ticket) -> Result<()> {
        let open: Vec<_> = ticket.parts.iter().filter(|p| !p.is_consumed && p.issued.is_zero()).collect();
        if open.is_empty() {
            return Ok(());
        }
        let lines = open.iter().map(|p| PartMove { line_id: p.id, quantity: p.required, serial: None }).collect();
        let who = self.for_parts(way, engineer)?;
        self.stage.act::<IssueTicketParts>(&who, path(way), Nothing, PartMoves { lines }).await?;
        let kept = self.dice.percent(10);
        let use_of = |p: &&TicketPart| PartUse {
            line_id: p.id,
            quantity: p.required,
            old_serial: None,
            old_part: (kept && p.payer == TicketPayer::Customer).then_some(OldPartState::CustomerKept),
        };
        let lines = open.iter().map(use_of).collect();
        self.stage.act::<UseTicketParts>(engineer, path(way), Nothing, PartUses { lines }).await.map(|_| ())
    }

    async fn inspect(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let who = self.stage.able::<PassTicket>(self.station(&way)?)?;
        if !way.was_failed && self.dice.percent(5) {
            let reason = Reason {
                reason: text(self.dice.word(&["复测仍有异响", "按键手感不良", "贴合不严，返工"]))?
            };
            self.stage.act::<FailTicket>(who, path(&way), Nothing, reason).await?;
            if let Some(slot) = self.ways.get_mut(number) {
                slot.was_failed = true;
            }
            self.later(number, Next::Repair, (2, 10));
            return Ok(());
        }
        self.stage.act::<PassTicket>(who, path(&way), Nothing, Remark::default()).await?;
        self.later(number, Next::HandOver, (3, 90));
        Ok(())
    }

    /// Settled, paid, signed and taken home.
    async fn hand_over(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let station = self.station(&way)?;
        let cashier = self.stage.able::<SettleTicket>(station)?;
        let mut ticket = self.stage.act::<SettleTicket>(cashier, path(&way), Nothing, Remark::default()).await?;
        let charges = self.stage.act::<PreviewTicketCharges>(cashier, path(&way), Nothing, Nothing).await?;
        if charges.customer_due.is_positive() {
            let method = self.dice.pick(METHODS).copied().unwrap_or(PayMethod::Cash);
            let payment = PaymentDraft { method, amount: charges.customer_due, bank_account_id: None, reference: None };
            let draft = CollectDraft { payments: vec![payment], remark: None };
            ticket = self.stage.act::<CollectTicket>(cashier, path(&way), Nothing, draft).await?;
        }
        let desk = self.stage.able::<PickUpTicket>(station)?;
        let query = UploadQuery {
            subject_kind: text("ticket")?,
            subject_id: Id::new(way.id),
            purpose: text("signature")?,
            file_name: text("signature.png")?,
        };
        let signature = self.stage.act::<UploadAttachment>(desk, Nothing, Plain(query), SIGNATURE.to_vec()).await?;
        let draft = PickupDraft {
            signature_id: signature.id,
            returned_accessory_ids: ticket.accessories.iter().map(|a| a.id).collect(),
            on_credit: false,
            received_by: None,
            outbound_courier: None,
        };
        self.stage.act::<PickUpTicket>(desk, path(&way), Nothing, draft).await?;
        self.later(number, Next::CallBack, (24, 96));
        Ok(())
    }

    async fn call_back(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let who = self.stage.able::<CallBackTicket>(self.station(&way)?)?;
        if self.dice.percent(12) {
            let reason = Reason { reason: text("客户要求不再致电")? };
            self.stage.act::<WaiveTicketCallback>(who, path(&way), Nothing, reason).await?;
        } else {
            let is_good = self.dice.percent(93);
            let score = if is_good { self.dice.between(4, 6) } else { self.dice.between(1, 4) };
            let draft = CallbackDraft {
                outcome: if is_good { CallbackOutcome::Satisfied } else { CallbackOutcome::Dissatisfied },
                score: i32::try_from(score).ok(),
                answers: Vec::new(),
                follow_up: (!is_good).then(|| text("转站长跟进")).transpose()?,
            };
            self.stage.act::<CallBackTicket>(who, path(&way), Nothing, draft).await?;
        }
        self.later(number, Next::Audit, (24, 240));
        Ok(())
    }

    async fn audit(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let who = self.stage.able::<AuditTicket>(self.station(&way)?)?;
        self.stage.act::<AuditTicket>(who, path(&way), Nothing, Remark::default()).await.map(|_| ())
    }
}

fn path(way: &Way) -> ById<Ticket> {
    ById { id: Id::new(way.id) }
}

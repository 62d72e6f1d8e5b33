//! The engineer's bench: what is wrong, parts from the store, the repair, and another person's look at it.

use super::{Next, Way, Year, path};
use crate::demo::company::text;
use chrono::{DateTime, TimeDelta, Utc};
use openapi::master::dictionary::DictionaryKind;
use openapi::service::state::{OldPartState, TicketState};
use openapi::service::ticket::*;
use openapi::service::work::*;
use openapi::{Nothing, Quantity};
use platform::{Actor, Clock, Result};

impl Year<'_> {
    pub(super) async fn diagnose(&mut self, number: usize) -> Result<()> {
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
    pub(super) async fn repair(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let engineer = self.engineer(&way)?.clone();
        let mut ticket = self.stage.act::<GetTicket>(&engineer, path(&way), Nothing, Nothing).await?;
        if ticket.parts.is_empty() {
            let lines = self.parts(&way)?;
            if !lines.is_empty() {
                let who = self.for_parts(&way, &engineer)?;
                ticket = self
                    .stage
                    .act::<AddTicketParts>(&who, path(&way), Nothing, PartsDraft { lines, issue: false })
                    .await?;
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
        self.stage.act::<FinishTicket>(&engineer, path(&way), Nothing, FinishDraft::default()).await?;
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

    pub(super) async fn inspect(&mut self, number: usize) -> Result<()> {
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
}

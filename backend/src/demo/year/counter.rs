//! The customer's side of the counter: taken in, assigned, paid, handed over, called back.

use super::{Next, Way, Year, path};
use crate::demo::company::text;
use crate::demo::words::COMPLAINTS;
use chrono::TimeDelta;
use openapi::master::dictionary::{DictionaryEntryId, DictionaryKind};
use openapi::service::closing::{CallbackDraft, CallbackOutcome, CollectDraft, PayMethod, PaymentDraft, PickupDraft};
use openapi::service::intake::{AccessoryDraft, IntakeDraft};
use openapi::service::state::{Channel, ItemCondition, Priority};
use openapi::service::ticket::*;
use openapi::service::work::*;
use openapi::system::{UploadAttachment, UploadQuery};
use openapi::{Id, Nothing, Plain, Quantity};
use platform::{Clock, Result};

/// What a unit may look like.
const LOOKS: &[&str] = &["外壳轻微划痕", "边角磕碰", "整体良好", "屏幕左上角有裂纹"];

/// How people pay.
const METHODS: &[PayMethod] =
    &[PayMethod::Wechat, PayMethod::Wechat, PayMethod::Alipay, PayMethod::Cash, PayMethod::Card];

/// A signature for the receipt of a unit.
const SIGNATURE: &[u8] = include_bytes!("../signature.png");

impl Year<'_> {
    pub(super) async fn take_in(&mut self, number: usize) -> Result<()> {
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
            parts: Vec::new(),
            accept: !is_later,
            engineer_id: None,
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

    pub(super) async fn accept(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let who = self.stage.able::<AcceptTicket>(self.station(&way)?)?;
        self.stage.act::<AcceptTicket>(who, path(&way), Nothing, Acceptance::default()).await?;
        self.later(number, Next::Assign, (1, 4));
        Ok(())
    }

    pub(super) async fn assign(&mut self, number: usize) -> Result<()> {
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

    /// Settled, paid, signed and taken home.
    pub(super) async fn hand_over(&mut self, number: usize) -> Result<()> {
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

    pub(super) async fn call_back(&mut self, number: usize) -> Result<()> {
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

    pub(super) async fn audit(&mut self, number: usize) -> Result<()> {
        let way = self.way(number)?;
        let who = self.stage.able::<AuditTicket>(self.station(&way)?)?;
        self.stage.act::<AuditTicket>(who, path(&way), Nothing, Remark::default()).await.map(|_| ())
    }
}

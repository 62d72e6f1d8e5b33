//! What every command on a ticket does: lock the head first, check the step, save, answer with the detail.

use super::entity::ticket;
use super::queries;
use openapi::choice::Choice;
use openapi::document::Lifecycle;
use openapi::problem;
use openapi::service::state::{TicketAction, TicketLifecycle, TicketState};
use openapi::service::ticket::{Ticket, TicketId};
use openapi::service::{NO_ENGINEER, NOT_THE_ENGINEER};
use platform::doc::lifecycle::{self, stored};
use platform::{Failure, ReadTx, Result, Tx};
use uuid::Uuid;

/// A ticket under change: its head is locked from the beginning, so that nobody else can take a step meanwhile.
pub struct Change<'a> {
    tx: &'a Tx,
    before: ticket::Model,
    /// The head as it will be saved.
    pub row: ticket::Model,
}

impl<'a> Change<'a> {
    /// Locks the ticket, or 404; 412 when it was changed since the caller read it.
    pub async fn lock(tx: &'a Tx, id: TicketId) -> Result<Self> {
        let before = tx.lock::<ticket::Entity>(id).await?;
        Ok(Change { tx, row: before.clone(), before })
    }

    /// Locks a ticket that is not the object of the call, or 404.
    pub async fn lock_of(tx: &'a Tx, id: Uuid) -> Result<Self> {
        let before = tx.lock_other::<ticket::Entity>(id).await?;
        Ok(Change { tx, row: before.clone(), before })
    }

    /// A ticket that this very call made: nobody else knows it yet.
    pub fn made(tx: &'a Tx, row: ticket::Model) -> Self {
        Change { tx, row: row.clone(), before: row }
    }

    /// The state as it is now.
    pub fn state(&self) -> Result<TicketState> {
        stored(&self.row.state)
    }

    /// Takes a step of the state table: 409 where it does not stand there, 403 without its right.
    pub fn take(&mut self, action: TicketAction, note: Option<&str>) -> Result<()> {
        let to = lifecycle::advance::<TicketLifecycle>(self.tx, self.row.id, self.state()?, action, note)?;
        self.row.state = to.as_str().to_owned();
        Ok(())
    }

    /// Takes a step that follows from something else: whoever did that needs no right of its own for it.
    pub fn follow(&mut self, action: TicketAction, note: Option<&str>) -> Result<()> {
        let from = self.state()?;
        let step = TicketLifecycle::step(from, action);
        let step = step.ok_or_else(|| Failure::Internal(format!("{} cannot {action} in {from}", self.row.number)))?;
        let (kind, to) = (TicketLifecycle::KIND.as_str(), step.to.as_str());
        self.tx.journal(kind, self.row.id, action.as_str(), Some(from.as_str()), to, note);
        self.row.state = to.to_owned();
        Ok(())
    }

    /// Stays in a state although a step was tried: the timeline shows both.
    pub fn hold(&mut self, state: String, note: &str) {
        let from = std::mem::replace(&mut self.row.state, state);
        let (kind, to) = (TicketLifecycle::KIND.as_str(), &self.row.state);
        self.tx.journal(kind, self.row.id, "note", Some(&from), to, Some(note));
    }

    /// Adds a remark to the timeline without a step.
    pub fn note(&self, action: &str, note: &str) {
        let state = &self.row.state;
        self.tx.journal(TicketLifecycle::KIND.as_str(), self.row.id, action, Some(state), state, Some(note));
    }

    /// The refusal to change an audited ticket.
    pub fn frozen(&self) -> Failure {
        frozen(self.tx)
    }

    /// The engineer of the ticket; refused for anybody else.
    pub fn as_its_engineer(&self) -> Result<Uuid> {
        let engineer = self.engineer()?;
        if engineer != self.tx.actor().user_id {
            let name = self.row.engineer_name.clone().unwrap_or_default();
            return Err(Failure::new(NOT_THE_ENGINEER).with("engineer", name));
        }
        Ok(engineer)
    }

    /// The engineer of the ticket, whoever asks.
    pub fn engineer(&self) -> Result<Uuid> {
        self.row.engineer_id.ok_or_else(|| Failure::new(NO_ENGINEER))
    }

    /// Saves the head, which raises its version.
    pub async fn put(self) -> Result<()> {
        self.tx.save::<ticket::Entity>(&self.before, self.row).await?;
        Ok(())
    }

    /// Saves the head, which raises its version, and answers with the ticket.
    pub async fn save(self) -> Result<Ticket> {
        let row = self.tx.save::<ticket::Entity>(&self.before, self.row).await?;
        queries::detail(self.tx, row).await
    }
}

/// The refusal to change an audited ticket.
pub fn frozen(tx: &ReadTx) -> Failure {
    let (state, action) = (TicketState::Audited.label(tx.lang()), TicketAction::Edit.label(tx.lang()));
    Failure::new(problem::STATE_CONFLICT).with("state", state).with("action", action)
}

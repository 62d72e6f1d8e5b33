//! One way for every document to move from state to state.

use crate::{Failure, ReadTx, Result, Tx};
use openapi::choice::Choice;
use openapi::document::Lifecycle;
use openapi::problem;
use uuid::Uuid;

/// Moves a document: the state table must know the step (409 otherwise) and the actor must hold its right (403).
/// Writes the timeline and returns the new state.
pub fn advance<L: Lifecycle>(
    tx: &Tx,
    id: Uuid,
    from: L::State,
    action: L::Action,
    note: Option<&str>,
) -> Result<L::State> {
    let refused = || {
        Failure::new(problem::STATE_CONFLICT)
            .with("state", from.label(tx.lang()))
            .with("action", action.label(tx.lang()))
    };
    let step = L::step(from, action).ok_or_else(refused)?;
    tx.require(step.permission)?;
    tx.journal(L::subject(), id, action.as_str(), Some(from.as_str()), step.to.as_str(), note);
    Ok(step.to)
}

/// Notes the birth of a document in its timeline.
pub fn created<L: Lifecycle>(tx: &Tx, id: Uuid, state: L::State) {
    tx.journal(L::subject(), id, "created", None, state.as_str(), None);
}

/// The actions that the table and the actor's rights allow in a state.
pub fn allowed<L: Lifecycle>(tx: &ReadTx, state: L::State) -> Vec<L::Action> {
    L::actions(state).filter(|step| tx.actor().may(step.permission)).map(|step| step.action).collect()
}

/// Reads a stored value of a choice.
pub fn stored<C: Choice>(value: &str) -> Result<C> {
    C::parse(value).ok_or_else(|| Failure::Internal(format!("stored value {value:?} is unknown")))
}

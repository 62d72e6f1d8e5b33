//! Taking a document back together with the later ones that depend on it: the latest first, all of them or none. Only
//! what the caller has named is taken back along, and each document takes the right to reverse it.

use super::entity::doc;
use super::posting;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::stock::document::{StockDocAction, StockDocLife, StockDocState};
use openapi::stock::{
    STOCK_ALREADY_REVERSED, STOCK_BELONGS_TO_DOCUMENT, STOCK_BELONGS_TO_TICKET, STOCK_REVERSAL_BLOCKED,
};
use openapi::{Note, Text};
use platform::doc::lifecycle::{self, stored};
use platform::{Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Takes a locked document back, and before it the later ones that stand in its way and are named.
pub async fn reverse(tx: &Tx, before: doc::Model, reason: &Note<500>, with: &[Text<60>]) -> Result<doc::Model> {
    // every round takes at least one of the named documents back
    for _ in 0..=with.len() {
        let blocked = match tx.attempt(async || one(tx, &before, reason).await).await? {
            Err(refused) if refused.code() == STOCK_REVERSAL_BLOCKED => refused,
            done => return done,
        };
        let chain = blocked.blockers();
        if chain.iter().any(|number| !with.iter().any(|named| **named == **number)) {
            return Err(missing(with, chain));
        }
        for number in chain {
            let later = doc::Entity::find().filter(doc::Column::Number.eq(number)).one(tx.conn()).await?;
            let later = tx.lock_other::<doc::Entity>(later.ok_or_else(Failure::not_found)?.id).await?;
            // what stood behind another one may be gone by now
            if later.state == StockDocState::Reversed.as_str() {
                continue;
            }
            Box::pin(reverse(tx, later, reason, with)).await?;
        }
    }
    Err(Failure::Internal(format!("the chain behind {} has no end", before.number)))
}

/// Everything that would have to be named: what was, and what is in the way besides.
fn missing(with: &[Text<60>], chain: Vec<String>) -> Failure {
    let mut all: Vec<String> = with.iter().map(ToString::to_string).collect();
    all.extend(chain.into_iter().filter(|number| with.iter().all(|named| **named != **number)));
    Failure::blocked(STOCK_REVERSAL_BLOCKED, "chain", &all)
}

/// Takes one document back by its mirror.
async fn one(tx: &Tx, before: &doc::Model, reason: &Note<500>) -> Result<doc::Model> {
    // what goes back to a customer names the ticket, but people write it
    if before.ticket_id.is_some() && stored::<DocKind>(&before.kind)? != DocKind::BadPartReturn {
        return Err(Failure::new(STOCK_BELONGS_TO_TICKET));
    }
    if let Some(number) = &before.source_number {
        return Err(Failure::new(STOCK_BELONGS_TO_DOCUMENT).with("document", number));
    }
    if before.reversal_of.is_some() {
        return Err(Failure::new(STOCK_ALREADY_REVERSED));
    }
    let state = lifecycle::advance::<StockDocLife>(
        tx,
        before.id,
        stored(&before.state)?,
        StockDocAction::Reverse,
        Some(reason),
    )?;
    let (mirror, _) = posting::mirror(tx, before, reason).await?;
    lifecycle::created::<StockDocLife>(tx, mirror.id, StockDocState::Posted);
    tx.save::<doc::Entity>(before, doc::Model { state: state.as_str().to_owned(), ..before.clone() }).await
}

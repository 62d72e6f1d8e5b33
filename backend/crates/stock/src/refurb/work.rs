//! Writes of the work: units and parts to the bench and back, labour, grades, and all of it taken back.

use super::commands::stepped;
use super::entity::{line, part, refurb};
use super::{model, queries};
use crate::document::for_document::{MoveLine, PostingDraft, post_for, postings_of, reverse_postings};
use crate::facts;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::unit::{DocumentLink, UnitEventKind, UnitStatus};
use openapi::master::warehouse::WarehouseKind;
use openapi::problem::{self, field};
use openapi::stock::document::StockReason;
use openapi::stock::refurb::{
    GradeRefurb, IssueRefurbPart, Refurb, RefurbAction, RefurbGrade, RefurbLineId, ReturnRefurbPart, ReverseRefurb,
    SetRefurbLabour, StartRefurb,
};
use openapi::stock::{NO_WAREHOUSE_OF_KIND, OTHER_STATION, OWN_WORK, REFURB_GRADE, REFURB_REVERSE, REFURB_WORK};
use openapi::{Issue, Money, Note, Serial};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use std::collections::HashSet;
use uuid::Uuid;

type Head = refurb::Entity;

fn wrong(pointer: &str, code: openapi::Code) -> Failure {
    Failure::field(pointer, Issue::new(code))
}

/// Posts moves for a refurbishment, and says what each was worth.
async fn post(tx: &Tx, head: &refurb::Model, warehouse: Uuid, moves: Vec<MoveLine>) -> Result<Vec<Money>> {
    let posting = PostingDraft {
        kind: DocKind::RefurbPosting,
        reason: StockReason::Refurbish,
        org: head.org_id,
        warehouse: Some(warehouse),
        source: (DocKind::Refurb, head.id, head.number.clone()),
        effective_at: None,
        moves,
    };
    post_for(tx, posting).await
}

pub async fn start(tx: &Tx, call: Call<StartRefurb>) -> Result<Refurb> {
    let id = call.path.id.uuid();
    let (before, after) = stepped(tx, id, REFURB_WORK, RefurbAction::Start, None).await?;
    let lines = document::lines_of::<line::Entity>(tx, id).await?;
    let values = post(tx, &before, before.warehouse_id, model::begun(&before, &lines)?).await?;
    for (line, value) in lines.into_iter().zip(values) {
        document::save_line::<line::Entity>(tx, line::Model { carrying: Some(value.0), ..line }).await?;
    }
    let after = refurb::Model { worker_id: Some(tx.actor().user_id), started_at: Some(tx.now()), ..after };
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

/// A unit that is still worked on.
fn open_line(lines: Vec<line::Model>, id: RefurbLineId, pointer: &str) -> Result<line::Model> {
    let found = lines.into_iter().find(|line| line.id == id.uuid());
    let line = found.ok_or_else(|| wrong(pointer, field::REFERENCE_NOT_FOUND))?;
    if line.grade.is_some() { Err(wrong(pointer, problem::STATE_CONFLICT)) } else { Ok(line) }
}

/// A warehouse of the station, in use.
async fn of_station(tx: &Tx, head: &refurb::Model, id: Uuid) -> Result<()> {
    let found = facts::warehouses(tx, [id]).await?.remove(&id).filter(|w| w.is_active);
    let found = found.ok_or_else(|| wrong("/warehouse_id", field::REFERENCE_NOT_FOUND))?;
    if found.org == head.org_id { Ok(()) } else { Err(wrong("/warehouse_id", OTHER_STATION)) }
}

pub async fn issue(tx: &Tx, call: Call<IssueRefurbPart>) -> Result<Refurb> {
    let id = call.path.id.uuid();
    let draft = call.body;
    let product = draft.product_id.uuid();
    let known = facts::products(tx, [product]).await?.remove(&product);
    let note = known.as_ref().map(|p| format!("{} × {}", p.name, draft.quantity));
    let (before, after) = stepped(tx, id, REFURB_WORK, RefurbAction::Work, note.as_deref()).await?;
    let faults = model::part_faults(&draft, known.as_ref());
    if !faults.is_empty() {
        return Err(Failure::fields(faults));
    }
    of_station(tx, &before, draft.warehouse_id.uuid()).await?;
    let line = open_line(document::lines_of::<line::Entity>(tx, id).await?, draft.line_id, "/line_id")?;
    let value = post(tx, &before, draft.warehouse_id.uuid(), vec![model::issued(&before, &draft)]).await?;
    let value: Money = value.into_iter().sum();
    let posting = postings_of(tx, id).await?.pop();
    let posting = posting.ok_or_else(|| Failure::Internal("a posting was not made".to_owned()))?;
    let line_no = document::lines_of::<part::Entity>(tx, id).await?.last().map_or(0, |part| part.line_no + 1);
    let row = part::Model {
        id: platform::new_id(),
        refurb_id: id,
        line_no,
        line_id: line.id,
        product_id: product,
        serial: draft.serial.map(Into::into),
        quantity: draft.quantity.0,
        value: value.0,
        posting_id: posting.id.uuid(),
        is_taken_back: false,
    };
    tx.insert_all::<part::Entity>(vec![row]).await?;
    let parts_value = line.parts_value + value.0;
    document::save_line::<line::Entity>(tx, line::Model { parts_value, ..line }).await?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn give_back(tx: &Tx, call: Call<ReturnRefurbPart>) -> Result<Refurb> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    let (before, after) = stepped(tx, id, REFURB_WORK, RefurbAction::Work, Some(reason)).await?;
    let parts = document::lines_of::<part::Entity>(tx, id).await?;
    let found = parts.into_iter().find(|part| part.id == call.body.part_id.uuid() && !part.is_taken_back);
    let found = found.ok_or_else(|| wrong("/part_id", field::REFERENCE_NOT_FOUND))?;
    let lines = document::lines_of::<line::Entity>(tx, id).await?;
    let line = open_line(lines, found.line_id.into(), "/part_id")?;
    crate::document::reverse(tx, found.posting_id.into(), reason).await?;
    let parts_value = line.parts_value - found.value;
    document::save_line::<line::Entity>(tx, line::Model { parts_value, ..line }).await?;
    document::save_line::<part::Entity>(tx, part::Model { is_taken_back: true, ..found }).await?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn labour(tx: &Tx, call: Call<SetRefurbLabour>) -> Result<Refurb> {
    let id = call.path.id.uuid();
    let note = call.body.remark.as_deref();
    let (before, after) = stepped(tx, id, REFURB_WORK, RefurbAction::Work, note).await?;
    let line = open_line(document::lines_of::<line::Entity>(tx, id).await?, call.body.line_id, "/line_id")?;
    let labour = call.body.amount.0;
    document::save_line::<line::Entity>(tx, line::Model { labour, ..line }).await?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

/// The warehouse that refurbished units go to: the one that was chosen, or the station's first one for them.
async fn target(tx: &Tx, head: &refurb::Model, chosen: Option<Uuid>) -> Result<Uuid> {
    if let Some(id) = chosen {
        of_station(tx, head, id).await?;
        return Ok(id);
    }
    let kind = WarehouseKind::Refurb;
    if let Some(first) = master::api::warehouse_ids_of(tx, head.org_id.into(), kind).await?.into_iter().next() {
        return Ok(first.uuid());
    }
    let station: openapi::Text<100> = facts::stations(tx, [head.org_id]).await?.of(head.org_id);
    Err(Failure::new(NO_WAREHOUSE_OF_KIND).with("station", station).with("kind", kind.label(tx.lang())))
}

pub async fn grade(tx: &Tx, call: Call<GradeRefurb>) -> Result<Refurb> {
    let id = call.path.id.uuid();
    let note = call.body.remark.as_deref();
    let (before, after) = stepped(tx, id, REFURB_GRADE, RefurbAction::Grade, note).await?;
    if before.worker_id == Some(tx.actor().user_id) {
        return Err(Failure::new(OWN_WORK));
    }
    let to_stock = call.body.lines.iter().any(|verdict| verdict.grade != RefurbGrade::Scrap);
    let warehouse = match to_stock {
        true => target(tx, &before, call.body.warehouse_id.map(|id| id.uuid())).await?,
        false => before.warehouse_id,
    };
    let lines = document::lines_of::<line::Entity>(tx, id).await?;
    let parts = document::lines_of::<part::Entity>(tx, id).await?;
    let (mut moves, mut graded, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (at, verdict) in call.body.lines.iter().enumerate() {
        let pointer = format!("/lines/{at}/line_id");
        if !seen.insert(verdict.line_id.uuid()) {
            return Err(wrong(&pointer, field::DUPLICATE));
        }
        let line = open_line(lines.clone(), verdict.line_id, &pointer)?;
        moves.extend(model::graded(&before, &line, &parts, verdict.grade, warehouse)?);
        graded.push(line::Model {
            value: Some(model::worth(&line, verdict.grade).0),
            grade: Some(verdict.grade.as_str().to_owned()),
            graded_at: Some(tx.now()),
            ..line
        });
    }
    post(tx, &before, warehouse, moves).await?;
    let left = lines.iter().filter(|line| line.grade.is_none()).count() - graded.len();
    for line in graded {
        told(tx, &before, &line).await?;
        document::save_line::<line::Entity>(tx, line).await?;
    }
    let after = if left == 0 { finished(tx, &after)? } else { after };
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

/// The last unit was graded.
fn finished(tx: &Tx, row: &refurb::Model) -> Result<refurb::Model> {
    let after = document::stepped::<Head>(tx, row, RefurbAction::Finish, None)?;
    Ok(refurb::Model { finished_at: Some(tx.now()), ..after })
}

/// Writes into the history of the serial what has become of the unit.
async fn told(tx: &Tx, head: &refurb::Model, line: &line::Model) -> Result<()> {
    let is_scrap = line.grade.as_deref() == Some(RefurbGrade::Scrap.as_str());
    let (kind, status) = match is_scrap {
        true => (UnitEventKind::Scrapped, UnitStatus::Scrapped),
        false => (UnitEventKind::Refurbished, UnitStatus::Refurbished),
    };
    history(tx, head, line, kind, status).await
}

async fn history(
    tx: &Tx,
    head: &refurb::Model,
    line: &line::Model,
    kind: UnitEventKind,
    status: UnitStatus,
) -> Result<()> {
    let serial = Serial::stored(line.serial.clone());
    let matches = master::api::look_up_unit(tx, serial.clone()).await?.matches;
    let unit = matches.into_iter().map(|found| found.unit).find(|unit| unit.product_id.uuid() == line.product_id);
    let event = master::api::NewUnitEvent {
        unit_id: unit.as_ref().map(|unit| unit.id),
        serial,
        kind,
        at: None,
        document: Some(DocumentLink { kind: DocKind::Refurb, id: head.id, number: head.number.clone() }),
        note: None,
    };
    master::api::record_unit_event(tx, event).await?;
    match unit {
        Some(unit) => master::api::set_unit_status(tx, unit.id, status).await,
        None => Ok(()),
    }
}

pub async fn reverse(tx: &Tx, call: Call<ReverseRefurb>) -> Result<Refurb> {
    let (id, reason): (Uuid, &Note<500>) = (call.path.id.uuid(), &call.body.reason);
    let (before, after) = stepped(tx, id, REFURB_REVERSE, RefurbAction::Reverse, Some(reason)).await?;
    reverse_postings(tx, id, &[DocKind::RefurbPosting], reason).await?;
    for line in document::lines_of::<line::Entity>(tx, id).await? {
        if line.grade.is_some() {
            history(tx, &before, &line, UnitEventKind::Reversed, UnitStatus::InStock).await?;
        }
    }
    for part in document::lines_of::<part::Entity>(tx, id).await?.into_iter().filter(|part| !part.is_taken_back) {
        document::save_line::<part::Entity>(tx, part::Model { is_taken_back: true, ..part }).await?;
    }
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

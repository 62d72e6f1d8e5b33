//! What a conversion may say and what it moves. Pure.

use super::entity::{conversion, line};
use crate::document::for_document::{MoveLine, PlaceRef};
use crate::facts;
use crate::formula;
use crate::ledger::cost::{Share, WHOLE};
use openapi::choice::Choice;
use openapi::finance::Account;
use openapi::problem::field;
use openapi::stock::conversion::{ConversionDraft, ConversionLineDraft, ConversionWay};
use openapi::stock::{Condition, Owner, PlaceKind, SERIAL_NOT_TRACKED, SERIAL_REQUIRED};
use openapi::{Issue, Quantity};
use platform::Result;
use platform::doc::lifecycle::stored;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// Writes a draft into a row and lines, or says everything that is wrong with it. The records that its head names are
/// in the row already.
pub fn filled(
    row: conversion::Model,
    draft: ConversionDraft,
    products: &HashMap<Uuid, facts::Product>,
) -> Result<(conversion::Model, Vec<line::Model>), Issues> {
    let ConversionDraft { way, serial, condition, remark, lines, .. } = draft;
    let mut issues = Issues::new();
    if serial.is_some() && !products.get(&row.product_id).is_some_and(|p| p.is_serial_tracked) {
        issues.push(("/serial".to_owned(), Issue::new(SERIAL_NOT_TRACKED)));
    }
    if way == ConversionWay::Disassembly {
        issues.extend(formula::shares(lines.iter().map(|l| u32::from(l.share.unwrap_or_default()))));
    }
    let mut serials = HashSet::new();
    let mut rows = Vec::with_capacity(lines.len());
    for (line_no, ConversionLineDraft { product_id, serial, condition, quantity, share }) in (0_i32..).zip(lines) {
        let id = product_id.uuid();
        let at = |field: &str| format!("/lines/{line_no}/{field}");
        match products.get(&id).filter(|p| p.is_goods() && id != row.product_id) {
            None => issues.push((at("product_id"), Issue::new(field::REFERENCE_NOT_FOUND))),
            Some(product) => match (&serial, product.is_serial_tracked) {
                (Some(_), false) => issues.push((at("serial"), Issue::new(SERIAL_NOT_TRACKED))),
                (_, true) if quantity != Quantity::ONE => issues.push((at("quantity"), Issue::new(SERIAL_REQUIRED))),
                (Some(serial), true) if !serials.insert((id, serial.clone())) => {
                    issues.push((at("serial"), Issue::new(field::DUPLICATE)));
                }
                _ => {}
            },
        }
        rows.push(line::Model {
            id: platform::new_id(),
            conversion_id: row.id,
            line_no,
            product_id: id,
            serial: serial.map(|serial| serial.to_string()),
            condition: condition.unwrap_or(Condition::Good).as_str().to_owned(),
            quantity: quantity.0,
            share: (way == ConversionWay::Disassembly).then(|| i64::from(share.unwrap_or_default())),
        });
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let row = conversion::Model {
        way: way.as_str().to_owned(),
        serial: serial.map(|serial| serial.to_string()),
        condition: condition.unwrap_or(Condition::Good).as_str().to_owned(),
        remark: remark.map(Into::into),
        ..row
    };
    Ok((row, rows))
}

/// The parts of a formula as lines of a draft. Pieces tracked by serial take a line each; their share is split evenly,
/// the last one with the rest.
pub fn from_formula(
    parts: &[formula::entity::line::Model],
    products: &HashMap<Uuid, facts::Product>,
) -> Vec<ConversionLineDraft> {
    let mut lines = Vec::new();
    for part in parts {
        let is_tracked = products.get(&part.product_id).is_some_and(|p| p.is_serial_tracked);
        let pieces = if is_tracked { Ord::max(part.quantity / 1000, 1) } else { 1 };
        for piece in 1..=pieces {
            let share = part.share * piece / pieces - part.share * (piece - 1) / pieces;
            lines.push(ConversionLineDraft {
                product_id: part.product_id.into(),
                serial: None,
                condition: None,
                quantity: if is_tracked { Quantity::ONE } else { Quantity(part.quantity) },
                share: u16::try_from(share).ok(),
            });
        }
    }
    lines
}

/// What is missing to post it: serials.
pub fn missing(head: &conversion::Model, lines: &[line::Model], products: &HashMap<Uuid, facts::Product>) -> Issues {
    let is_tracked = |id: &Uuid| products.get(id).is_some_and(|p| p.is_serial_tracked);
    let required = || Issue::new(SERIAL_REQUIRED);
    let mut issues = Issues::new();
    if head.serial.is_none() && is_tracked(&head.product_id) {
        issues.push(("/serial".to_owned(), required()));
    }
    let open = lines.iter().filter(|line| line.serial.is_none() && is_tracked(&line.product_id));
    issues.extend(open.map(|line| (format!("/lines/{}/serial", line.line_no), required())));
    issues
}

/// What is posted: the unit into the conversion and the parts out of it, or the other way round. What comes out is worth
/// to the fen what went in.
pub fn moves(head: &conversion::Model, lines: &[line::Model]) -> Result<Vec<MoveLine>> {
    let shelf = |holder| PlaceRef { kind: PlaceKind::Warehouse, org: head.org_id, holder };
    let through = PlaceRef::outside(PlaceKind::Conversion, head.org_id);
    let is_apart = stored::<ConversionWay>(&head.way)? == ConversionWay::Disassembly;
    let ends = |place, comes_out| if comes_out { (through, place) } else { (place, through) };
    let one = |product, serial: &Option<String>, condition: &str, quantity, place, comes_out, basis_points| {
        let (from, to) = ends(place, comes_out);
        Ok(MoveLine {
            product,
            serial: serial.clone(),
            condition: stored(condition)?,
            owner: Owner::Company,
            quantity: Quantity(quantity),
            reserved_for: None,
            is_value_alone: false,
            share: Some(Share { of: head.id, basis_points }),
            from,
            to,
            outside: Account::ScrapLoss,
            value: None,
        })
    };
    let unit = one(
        head.product_id,
        &head.serial,
        &head.condition,
        Quantity::ONE.0,
        shelf(head.warehouse_id),
        !is_apart,
        WHOLE,
    );
    let part = |line: &line::Model| {
        let share = line.share.unwrap_or_default();
        let place = shelf(head.parts_warehouse_id);
        one(line.product_id, &line.serial, &line.condition, line.quantity, place, is_apart, share)
    };
    let parts = lines.iter().map(part);
    // what goes in comes first
    if is_apart { std::iter::once(unit).chain(parts).collect() } else { parts.chain(std::iter::once(unit)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::master::product::ProductKind;

    fn head(way: ConversionWay) -> conversion::Model {
        let condition = "good".to_owned();
        conversion::Model { way: way.as_str().to_owned(), condition, serial: Some("U1".into()), ..Default::default() }
    }

    fn part(share: Option<i64>) -> line::Model {
        line::Model { condition: "bad".to_owned(), quantity: 2000, share, ..Default::default() }
    }

    #[test]
    fn what_goes_in_comes_before_what_comes_out() {
        let kinds = |way| {
            let moves = moves(&head(way), &[part(Some(4000)), part(Some(6000))]).unwrap();
            moves.iter().map(|m| (m.serial.is_some(), m.from.kind == PlaceKind::Conversion)).collect::<Vec<_>>()
        };
        assert_eq!(kinds(ConversionWay::Disassembly), [(true, false), (false, true), (false, true)]);
        assert_eq!(kinds(ConversionWay::Assembly), [(false, false), (false, false), (true, true)]);
    }

    #[test]
    fn a_formula_gives_pieces_with_serials_a_line_each_and_loses_no_share() {
        let id = Uuid::from_u128(1);
        let tracked = facts::Product {
            code: "B".into(),
            name: "B".into(),
            kind: ProductKind::Board,
            is_serial_tracked: true,
            is_active: true,
            brand: None,
            model: None,
        };
        let of = formula::entity::line::Model { product_id: id, quantity: 3000, share: 10_000, ..Default::default() };
        let lines = from_formula(&[of], &HashMap::from([(id, tracked)]));
        let shares: Vec<_> = lines.iter().map(|l| l.share).collect();
        assert_eq!(shares, [Some(3333), Some(3333), Some(3334)]);
        assert!(lines.iter().all(|l| l.quantity == Quantity::ONE));
    }
}

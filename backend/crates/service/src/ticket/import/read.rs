//! Reading one row of old tickets. Pure: what the row refers to was looked up before.

use super::{Cover, Known, Place};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use openapi::master::DATE_IN_FUTURE;
use openapi::master::product::{ProductKind, ProductRow};
use openapi::problem::field;
use openapi::service::state::TicketState;
use openapi::service::{ENGINEER_UNSUITABLE, IMPORT_NOT_COMPLETED, IMPORT_OPEN_MONEY, IMPORT_STATE};
use openapi::{Issue, Money, Text};
use platform::sheet::Row;
use uuid::Uuid;

/// A number that nobody has yet: neither a ticket nor a row before.
pub fn number(row: &mut Row<'_>, known: &mut Known) -> Option<Text<40>> {
    let number: Text<40> = row.need("number")?;
    if known.taken.contains(&*number) {
        row.blame("number", Issue::new(field::TAKEN));
    } else if !known.seen.insert(number.to_string()) {
        row.blame("number", Issue::new(field::DUPLICATE));
    }
    Some(number)
}

pub fn station(row: &mut Row<'_>, known: &Known) -> Option<Place> {
    let found = match row.text("station") {
        "" => Some(known.own_station),
        code => known.stations.get(code).copied(),
    };
    if found.is_none() {
        row.blame("station", Issue::new(field::REFERENCE_NOT_FOUND));
    }
    found
}

/// The product by code or name; where several have one name, the brand tells them apart.
pub fn product(row: &mut Row<'_>, known: &Known) -> Option<ProductRow> {
    let brand = match row.text("brand").to_lowercase() {
        name if name.is_empty() => None,
        name => {
            let brand = known.brands.get(&name).copied();
            if brand.is_none() {
                row.blame("brand", Issue::new(field::REFERENCE_NOT_FOUND));
                return None;
            }
            brand
        }
    };
    let word = row.text("product").to_lowercase();
    let named = known.products.get(&word).map(Vec::as_slice).unwrap_or_default();
    let fits = |product: &&ProductRow| {
        product.kind == ProductKind::Unit && (brand.is_none() || product.brand_id.map(Uuid::from) == brand)
    };
    let found: Vec<&ProductRow> = named.iter().filter(fits).collect();
    let code = match found.as_slice() {
        [one] => return Some((*one).clone()),
        _ if word.is_empty() => field::REQUIRED,
        [] => field::REFERENCE_NOT_FOUND,
        _ => field::DUPLICATE,
    };
    row.blame("product", Issue::new(code));
    None
}

/// Old tickets have ended, or nobody has begun; what is under way is taken in here.
pub fn state(row: &mut Row<'_>) -> TicketState {
    let before = row.issues.len();
    let state = row.choice("state", Some(TicketState::Completed)).unwrap_or(TicketState::Completed);
    if state.is_open() && state != TicketState::PendingAcceptance && row.issues.len() == before {
        row.blame("state", Issue::new(IMPORT_STATE));
    }
    state
}

/// When it came in and when it was completed. A day without a time is fine, but nothing lies ahead, and nothing is
/// completed before it came in.
pub fn times(
    row: &mut Row<'_>,
    state: TicketState,
    now: NaiveDateTime,
) -> (Option<NaiveDateTime>, Option<NaiveDateTime>) {
    let first = row.moment("received_at");
    if row.text("received_at").is_empty() {
        row.blame("received_at", Issue::new(field::REQUIRED));
    }
    let last = row.moment("completed_at");
    let is_completed = matches!(state, TicketState::Completed | TicketState::CalledBack | TicketState::Audited);
    match (is_completed, row.text("completed_at").is_empty()) {
        (true, true) => row.blame("completed_at", Issue::new(field::REQUIRED)),
        (false, false) => row.blame("completed_at", Issue::new(IMPORT_NOT_COMPLETED)),
        _ => {}
    }
    let at = |(on, time): (NaiveDate, Option<NaiveTime>)| on.and_time(time.unwrap_or(NaiveTime::MIN));
    for (key, moment) in [("received_at", first), ("completed_at", last)] {
        if moment.is_some_and(|moment| at(moment) > now) {
            row.blame(key, Issue::new(DATE_IN_FUTURE));
        }
    }
    let Some(first) = first else { return (None, None) };
    let last = last.map(|last| match last {
        (on, None) if on == first.0 => at(first),
        other => at(other),
    });
    if last.is_some_and(|last| last < at(first)) {
        row.blame("completed_at", Issue::new(field::ORDER));
    }
    (Some(at(first)), last)
}

pub fn received(row: &mut Row<'_>, state: TicketState) -> Option<Money> {
    let received: Money = row.may("received")?;
    if received.0 < 0 {
        row.blame("received", Issue::new(field::OUT_OF_RANGE).with("min", 0).with("max", "10000000000"));
    } else if state.is_open() && received.is_positive() {
        row.blame("received", Issue::new(IMPORT_OPEN_MONEY));
    }
    Some(received)
}

/// Who repaired it, even when that person has left; an open ticket is given to somebody who still works there.
pub fn engineer(
    row: &mut Row<'_>,
    known: &Known,
    state: TicketState,
    station: Option<Place>,
) -> Option<identity::api::Person> {
    let login = row.text("engineer");
    if login.is_empty() {
        return None;
    }
    let found = known.engineers.get(login).cloned();
    let works_there =
        |person: &identity::api::Person| person.is_active && station.is_none_or(|s| s.id == person.org_id);
    match &found {
        None => row.blame("engineer", Issue::new(field::REFERENCE_NOT_FOUND)),
        Some(person) if state.is_open() && !works_there(person) => {
            row.blame("engineer", Issue::new(ENGINEER_UNSUITABLE));
        }
        Some(_) => {}
    }
    found
}

pub fn cover(row: &mut Row<'_>, known: &Known) -> Option<Cover> {
    let name = row.text("warranty").to_lowercase();
    if name.is_empty() {
        return Some(known.out_of_warranty.clone());
    }
    let found = known.covers.get(&name).cloned();
    if found.is_none() {
        row.blame("warranty", Issue::new(field::REFERENCE_NOT_FOUND));
    }
    found
}

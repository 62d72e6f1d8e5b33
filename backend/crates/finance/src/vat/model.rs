//! Row → contract. Pure.

use super::entity::vat_rate;
use chrono::NaiveDate;
use openapi::Text;
use openapi::choice::Choice;
use openapi::finance::vat::{VatKind, VatRate, VatRates};
use platform::doc::lifecycle::stored;
use platform::{Failure, Result};
use std::collections::HashMap;
use uuid::Uuid;

/// The rates of a day, in basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Of repair labour.
    pub labour: i64,
    /// Of parts.
    pub part: i64,
}

impl Default for Rates {
    /// The presets.
    fn default() -> Self {
        Rates { labour: VatKind::Labour.preset().into(), part: VatKind::Part.preset().into() }
    }
}

impl Rates {
    /// The rates with another one for a kind.
    pub(super) const fn with(self, kind: VatKind, rate: i64) -> Self {
        match kind {
            VatKind::Labour => Rates { labour: rate, ..self },
            VatKind::Part => Rates { part: rate, ..self },
        }
    }
}

fn basis_points(rate: i64) -> Result<u16> {
    u16::try_from(rate).map_err(|_| Failure::Internal(format!("a rate of {rate}")))
}

/// What is shown, from the rows in the order of the list: latest day first, and of one day the latest entry first.
pub(super) fn shown(
    rows: Vec<vat_rate::Model>,
    names: &HashMap<Uuid, String>,
    today: Rates,
    day: NaiveDate,
) -> Result<VatRates> {
    let of = |kind: VatKind| rows.iter().find(|row| row.kind == kind.as_str() && row.effective_on <= day);
    let current: Vec<Uuid> = VatKind::ALL.iter().filter_map(|kind| of(*kind)).map(|row| row.id).collect();
    let item = |row: vat_rate::Model| {
        Ok(VatRate {
            id: row.id.into(),
            kind: stored(&row.kind)?,
            rate: basis_points(row.rate.into())?,
            effective_on: row.effective_on.into(),
            is_current: current.contains(&row.id),
            created_at: row.created_at.into(),
            created_by_name: names.get(&row.created_by).cloned(),
            remark: row.remark.map(Text::stored),
        })
    };
    Ok(VatRates {
        labour: basis_points(today.labour)?,
        part: basis_points(today.part)?,
        items: rows.into_iter().map(item).collect::<Result<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: VatKind, rate: i32, on: &str) -> vat_rate::Model {
        let id = platform::new_id();
        let kind = kind.as_str().to_owned();
        vat_rate::Model { id, kind, rate, effective_on: on.parse().unwrap(), ..Default::default() }
    }

    #[test]
    fn the_latest_rate_that_has_begun_is_the_current_one() {
        let rows = vec![
            row(VatKind::Labour, 300, "2027-01-01"),
            row(VatKind::Labour, 600, "2026-11-21"),
            row(VatKind::Labour, 900, "2026-11-21"),
            row(VatKind::Part, 1000, "2026-01-01"),
        ];
        let shown = shown(rows, &HashMap::new(), Rates::default(), "2026-11-21".parse().unwrap()).unwrap();
        let current: Vec<_> = shown.items.iter().map(|item| (item.rate, item.is_current)).collect();
        assert_eq!(current, [(300, false), (600, true), (900, false), (1000, true)]);
    }
}

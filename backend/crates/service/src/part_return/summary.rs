//! Old parts by station, counted by the database.

use super::entity::owed;
use super::owed_queries::SOON;
use openapi::service::owed_part::{GetOwedPartSummary, OwedPartCount, OwedPartState as S, OwedPartSummary};
use openapi::{Money, Quantity, Text};
use platform::{Call, ReadTx, Result};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, QueryFilter, QuerySelect};
use std::cmp::Reverse;
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Sums {
    org_id: Uuid,
    open: i64,
    due_soon: i64,
    overdue: i64,
    under_way: i64,
    returned: i64,
    different: i64,
    waived: i64,
    deduction: i64,
}

pub async fn summary(tx: &ReadTx, call: Call<GetOwedPartSummary>) -> Result<OwedPartSummary> {
    use owed::Column as C;
    let query = call.query.0;
    let today = tx.today();
    let soon = today.checked_add_days(SOON).unwrap_or(today);
    let is = |states: &[S]| Condition::all().add(C::State.is_in(states.iter().map(ToString::to_string)));
    let select = tx
        .select::<owed::Entity>()
        .filter(C::State.ne(S::Cancelled.to_string()))
        .filter(
            Condition::all()
                .add_option(query.org_id.map(|id| C::OrgId.eq(id.uuid())))
                .add_option(query.finished_from.map(|day| C::FinishedOn.gte(day.naive())))
                .add_option(query.finished_until.map(|day| C::FinishedOn.lte(day.naive()))),
        )
        .select_only()
        .column(C::OrgId)
        .column_as(pieces(is(&[S::Open])), "open")
        .column_as(pieces(is(&[S::Open]).add(C::DueOn.between(today, soon))), "due_soon")
        .column_as(pieces(is(&[S::Open]).add(C::DueOn.lt(today))), "overdue")
        .column_as(pieces(is(&[S::UnderWay])), "under_way")
        .column_as(pieces(is(&[S::Matched, S::Mismatched, S::Misdeclared])), "returned")
        .column_as(pieces(is(&[S::Mismatched, S::Misdeclared, S::Short])), "different")
        .column_as(pieces(is(&[S::Waived])), "waived")
        .column_as(Expr::col(C::Deduction).sum().cast_as("BIGINT"), "deduction")
        .group_by(C::OrgId);
    let mut rows = select.into_model::<Sums>().all(tx.conn()).await?;
    rows.sort_by_key(|row| (Reverse((row.overdue, row.open, row.deduction)), row.org_id));
    let stations = identity::api::stations_named(tx.conn(), rows.iter().map(|row| row.org_id)).await?;
    let name = |id| stations.get(&id).map_or_else(String::new, |station| station.name.clone());
    let one = |row: Sums| OwedPartCount {
        org_id: row.org_id.into(),
        org_name: Text::stored(name(row.org_id)),
        open: Quantity(row.open),
        due_soon: Quantity(row.due_soon),
        overdue: Quantity(row.overdue),
        under_way: Quantity(row.under_way),
        returned: Quantity(row.returned),
        different: Quantity(row.different),
        waived: Quantity(row.waived),
        deduction: Money(row.deduction),
    };
    Ok(OwedPartSummary { items: rows.into_iter().map(one).collect() })
}

/// The sum of the quantities of those rows for which something holds.
fn pieces(when: Condition) -> Expr {
    let quantity: Expr = CaseStatement::new().case(when, Expr::col(owed::Column::Quantity)).finally(0_i64).into();
    quantity.sum().cast_as("BIGINT")
}

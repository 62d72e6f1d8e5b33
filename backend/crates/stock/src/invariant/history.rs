//! The books over time: mirrors, months, closed periods.

use super::fold::{Folded, fold};
use super::{check, count, named, rows};
use crate::ledger::as_of::turned;
use crate::ledger::snapshot::Of;
use chrono::Duration;
use openapi::Month;
use openapi::choice::Choice;
use openapi::finance::Book;
use openapi::system::InvariantCheck;
use platform::{ReadTx, Result};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// I6: a mirror is its original below zero in every dimension, and a reversed document has a mirror of each entry.
pub async fn mirrors_cancel_out(tx: &ReadTx) -> Result<InvariantCheck> {
    let pairs = "SELECT h.number AS what, m.seq AS detail FROM stock_move m JOIN stock_move o ON o.id = m.mirror_of \
        JOIN stock_doc h ON h.id = m.doc_id \
        WHERE m.quantity + o.quantity <> 0 OR m.value + o.value <> 0 OR m.product_id <> o.product_id \
        OR m.condition <> o.condition OR m.owner <> o.owner OR m.from_place_id <> o.from_place_id \
        OR m.to_place_id <> o.to_place_id OR COALESCE(m.serial, '') <> COALESCE(o.serial, '') \
        OR m.debit_account <> o.debit_account OR m.credit_account <> o.credit_account";
    let mut violations = named(tx, pairs, Vec::new()).await?;
    let missing = "SELECT h.number AS what, m.seq AS detail FROM stock_doc h JOIN stock_move m ON m.doc_id = h.id \
        LEFT JOIN stock_move r ON r.mirror_of = m.id \
        WHERE m.quantity <> 0 AND (h.state = 'reversed') <> (r.id IS NOT NULL)";
    violations.extend(named(tx, missing, Vec::new()).await?);
    let heads = "SELECT h.number AS what, h.version AS detail FROM stock_doc h \
        LEFT JOIN stock_doc r ON r.reversal_of = h.id WHERE (h.state = 'reversed') <> (r.id IS NOT NULL)";
    violations.extend(named(tx, heads, Vec::new()).await?);
    let checked = count(tx, "stock_move WHERE mirror_of IS NOT NULL").await?;
    Ok(check(
        "I6",
        "冲销与原单在数量和金额上合计为零 / A reversal and its original sum to zero in every dimension",
        checked,
        violations,
    ))
}

/// I7: opening + in − out = closing, and closing is the next opening, for every cell and each of the last twelve months;
/// and the report of the month says the same.
pub async fn months_follow_each_other(tx: &ReadTx) -> Result<InvariantCheck> {
    let sql = "SELECT id FROM stock_place WHERE kind IN ('warehouse', 'custody', 'counter', 'transit', 'refurbishing', 'factory')";
    let places = rows(tx, sql, Vec::new()).await?;
    let places = places.iter().map(|row| Ok(row.try_get::<Uuid>("", "id")?)).collect::<Result<Vec<_>>>()?;
    let present = Month::of(tx.today());
    let mut months: Vec<Month> = std::iter::successors(Some(present), |m| Some(m.previous())).take(12).collect();
    months.reverse();
    let (mut closing, mut checked, mut violations) = (None, 0_i64, Vec::new());
    for month in months {
        let (from, to) = (tx.start_of(month.first_day()), tx.start_of(month.end()));
        let cells = fold(tx, from, to, &places).await?;
        let opening = sums(&cells, |c| (c.opening, c.opening_value));
        if let Some(before) = closing.replace(sums(&cells, closing_of))
            && before != opening
        {
            violations.push(format!("{month}: the opening is not the closing of the month before"));
        }
        let reported = turned(tx, from, to, Of { places: &places, product: None }).await?;
        let same = |c: &Folded| {
            let key = (c.place, c.product, c.condition.clone(), c.owner.clone());
            (key, [(c.opening, c.opening_value), (c.incoming, c.incoming_value), (c.outgoing, c.outgoing_value)])
        };
        let folded: BTreeMap<_, _> = cells.iter().map(same).filter(|(_, sums)| *sums != [(0, 0); 3]).collect();
        let told: BTreeMap<_, _> = reported
            .into_iter()
            .map(|t| {
                let (condition, owner) = (t.cell.condition.0.as_str(), t.cell.owner.0.as_str());
                let key = (t.cell.place, t.cell.product, condition.to_owned(), owner.to_owned());
                (key, [t.opening, t.incoming(), t.outgoing()])
            })
            .collect();
        if let Some(cell) = folded.keys().chain(told.keys()).find(|cell| folded.get(*cell) != told.get(*cell)) {
            let (kept, said) = (folded.get(cell), told.get(cell));
            violations.push(format!("{month}: the report of {cell:?} says {said:?}, the entries {kept:?}"));
        }
        checked += i64::try_from(cells.len()).unwrap_or_default();
    }
    let far = tx.now() + Duration::days(366);
    let all = fold(tx, far, far, &places);
    let balances = "SELECT place_id, product_id, condition, owner, on_hand, value FROM stock_balance \
                    WHERE on_hand <> 0 OR value <> 0";
    let kept = rows(tx, balances, Vec::new()).await?.len();
    let folded = sums(&all.await?, |c| (c.opening, c.opening_value)).len();
    if kept != folded {
        violations.push(format!("{kept} balances are not empty, {folded} by the moves"));
    }
    Ok(check(
        "I7",
        "每个库存单元每月：期初+入−出=期末=下期期初 / Opening + in − out = closing = next opening, for every cell and month",
        checked,
        violations,
    ))
}

fn closing_of(cell: &Folded) -> (i64, i64) {
    (cell.opening + cell.incoming - cell.outgoing, cell.opening_value + cell.incoming_value - cell.outgoing_value)
}

type Cells = HashMap<(Uuid, Uuid, String, String), (i64, i64)>;

/// Quantity and value by cell; cells with nothing are left out.
fn sums(cells: &[Folded], pick: impl Fn(&Folded) -> (i64, i64)) -> Cells {
    let key = |c: &Folded| (c.place, c.product, c.condition.clone(), c.owner.clone());
    cells.iter().map(|c| (key(c), pick(c))).filter(|(_, sum)| *sum != (0, 0)).collect()
}

/// I15: nothing was recorded into a month after it was closed.
pub async fn closed_months_stay(tx: &ReadTx) -> Result<InvariantCheck> {
    let closed = master::api::closed_months(tx).await?;
    let closed: Vec<_> = closed.into_iter().filter(|(_, book, _, _)| *book == Book::Stock).collect();
    let sql = "SELECT h.number AS what, m.seq AS detail FROM stock_move m JOIN stock_doc h ON h.id = m.doc_id \
               WHERE m.org_id = $1 AND m.effective_at < $2 AND m.recorded_at > $3";
    let mut violations = Vec::new();
    for (org, _, month, closed_at) in &closed {
        let end = tx.start_of(month.end());
        violations.extend(named(tx, sql, vec![(*org).into(), end.into(), (*closed_at).into()]).await?);
    }
    let checked = i64::try_from(closed.len()).unwrap_or_default();
    Ok(check("I15", "已关账期间的库存分录不再变动 / Entries of a closed period are unchanged", checked, violations))
}

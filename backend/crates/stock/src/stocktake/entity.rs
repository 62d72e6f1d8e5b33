//! Tables `stocktake`, `stocktake_line` and `stocktake_count`.

use openapi::stock::stocktake::StocktakeLife;

platform::table! {
    /// Heads.
    stocktake = "stocktake", org = OrgId, life StocktakeLife {
        warehouse_id: Uuid,
        frozen_at: DateTimeUtc,
        round: i64,
        different_lines: Option<i64>,
        remark: Option<String>,
    }
}
platform::table! {
    /// Goods: those of the snapshot, then what was found besides. `counted` and `book` are of the round in
    /// `counted_round`, `before_...` of the one before it. `mark` is the last entry
    /// of the ledger when it was counted; goods that moved between two counts of a round make `is_moved`.
    line = "stocktake_line" of StocktakeId as stocktake_id {
        product_id: Uuid,
        serial: Option<String>,
        condition: String,
        owner: String,
        expected: i64,
        unit_cost: i64,
        counted: Option<i64>,
        book: Option<i64>,
        counted_round: i64,
        before_counted: Option<i64>,
        before_book: Option<i64>,
        mark: Option<i64>,
        is_moved: bool,
        was_moved: bool,
    }
}
platform::table! {
    /// Single counts, in the order in which they were made.
    count = "stocktake_count" of StocktakeId as stocktake_id {
        line_id: Uuid,
        round: i64,
        quantity: i64,
        counted_by: Uuid,
        counted_at: DateTimeUtc,
        is_taken_back: bool,
    }
}

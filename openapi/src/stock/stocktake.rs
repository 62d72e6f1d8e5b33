//! Stocktakes (盘点单): a frozen snapshot of a warehouse, counted blind, counted again where it differs, approved by
//! somebody else, posted as differences.

use super::document::StockDocLink;
use super::{Condition, Owner, STOCKTAKE_APPROVE, STOCKTAKE_COUNT, STOCKTAKE_EDIT, STOCKTAKE_REVERSE, STOCKTAKE_VIEW};
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::{
    ById, Created, Detail, Id, ItemCode, Json, Money, Note, Page, Quantity, Serial, Text, Timestamp, choices, document,
    endpoints, filter, life, parts,
};

/// Id of a line of a stocktake.
pub type StocktakeLineId = Id<StocktakeLine>;
/// Id of one count.
pub type StocktakeCountId = Id<StocktakeCount>;

choices! {
    /// States of a stocktake.
    StocktakeState {
        Counting = "counting" ("盘点中", "Counting", Info),
        Recounting = "recounting" ("复盘中", "Counting again", Warning),
        Counted = "counted" ("待审批", "To approve", Info),
        Posted = "posted" ("已过账", "Posted", Success),
        Reversed = "reversed" ("已冲销", "Reversed", Warning),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a stocktake.
    StocktakeAction {
        Finish = "finish" ("完成盘点", "Finish counting", Success),
        Differ = "differ" ("有差异，复盘", "Count differences again", Warning),
        Approve = "approve" ("审批过账", "Approve and post", Success),
        Reject = "reject" ("退回复盘", "Send back to count", Warning),
        Reverse = "reverse" ("冲销", "Reverse", Danger),
        Void = "void" ("作废", "Void", Danger),
    }
}

life! {
    /// From the snapshot to the posting. `differ` follows from a first count that differs, and from goods that move between
    /// the counts of two shelves; nobody calls it.
    StocktakeLife of Stocktake: StocktakeState, StocktakeAction from Counting {
        Counting: Finish => Counted needs STOCKTAKE_COUNT;
        Counting: Differ => Recounting needs STOCKTAKE_COUNT;
        Counting: Void => Void needs STOCKTAKE_EDIT;
        Recounting: Finish => Counted needs STOCKTAKE_COUNT;
        Recounting: Differ => Recounting needs STOCKTAKE_COUNT;
        Recounting: Void => Void needs STOCKTAKE_EDIT;
        Counted: Approve => Posted needs STOCKTAKE_APPROVE;
        Counted: Reject => Recounting needs STOCKTAKE_APPROVE;
        Counted: Void => Void needs STOCKTAKE_EDIT;
        Posted: Reverse => Reversed needs STOCKTAKE_REVERSE;
    }
}

parts! {
    /// A stocktake to begin: what lies in the warehouse is frozen at this moment.
    draft StocktakeDraft {
        /// Warehouse; one stocktake at a time.
        warehouse_id: WarehouseId,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// What was counted. Several counts of the same goods add up.
    draft StocktakeCountDraft {
        /// Code of the product, or a serial, as scanned or typed.
        code: Text<60>,
        /// Serial, when `code` is that of a product tracked by serial.
        #[serde(default)]
        serial: Option<Serial>,
        /// Condition; when absent that of the goods on the list, else good.
        #[serde(default)]
        condition: Option<Condition>,
        /// Quantity, from zero (there is nothing) to 1,000,000; at most 1 for a serial.
        #[validate(custom(function = "crate::check::count"))]
        quantity: Quantity,
    }
    /// A count to take back.
    draft StocktakeUncount {
        /// The count.
        count_id: StocktakeCountId,
    }
    /// The end of a count.
    draft StocktakeFinish {
        /// Whether lines that nobody counted are accepted: in the first count as not there, in a recount as counted
        /// before. Otherwise such lines refuse the end with `stocktake_uncounted`. What moved between two counts of a round
        /// must be counted again in any case (`stocktake_moved`).
        #[serde(default)]
        accept_uncounted: bool,
        /// Remark, shown in the timeline.
        #[serde(default)]
        remark: Option<Note<500>>,
    }
    /// Why a stocktake is sent back, voided or reversed.
    draft StocktakeReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// One kind of goods in a stocktake.
    shown StocktakeLine {
        /// Id.
        id: StocktakeLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Where in the warehouse it lies; lines go by it.
        bin: Option<Text<20>>,
        /// Serial.
        serial: Option<Serial>,
        /// Condition.
        condition: Condition,
        /// Owner.
        owner: Owner,
        /// Quantity in the books when the stocktake began; null while it is counted blind.
        expected: Option<Quantity>,
        /// Quantity in the books when it was counted, which moves since the beginning have changed; null as above.
        book: Option<Quantity>,
        /// Quantity counted; null before.
        counted: Option<Quantity>,
        /// Quantity counted the time before; null as above, and when it was counted once.
        counted_before: Option<Quantity>,
        /// Counted less what was in the books at that time; null as above. This is what is posted.
        difference: Option<Quantity>,
        /// What the difference is worth; null without the right to see cost, and as above. The posting says what it came to.
        difference_value: Option<Money>,
        /// Whether it still must be counted in this round.
        is_open: bool,
        /// Whether goods moved between two counts of a round, so that their sum is of two moments and the line is counted
        /// once more; false once the count has ended.
        is_moved: bool,
    }
    /// One count.
    shown StocktakeCount {
        /// Id.
        id: StocktakeCountId,
        /// Name of the product.
        product_name: Text<120>,
        /// Its code.
        product_code: ItemCode,
        /// Serial.
        serial: Option<Serial>,
        /// Condition.
        condition: Condition,
        /// Quantity of this count.
        quantity: Quantity,
        /// Sum of the counts of these goods in this round.
        total: Quantity,
        /// Whether goods moved between these counts: the line is counted once more.
        is_moved: bool,
        /// Who counted.
        by_name: Text<60>,
        /// When.
        at: Timestamp,
    }
}

document! {
    /// A stocktake. While it is counted nobody sees what the books expect.
    Stocktake: StocktakeId "stocktake" in StocktakeState by StocktakeAction {
        /// Warehouse.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// When the snapshot was taken.
        frozen_at: Timestamp,
        /// Which count it is, from 1.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
        round: i64,
        /// Whether it is being counted, so that what the books expect is hidden.
        is_blind: bool,
        /// How many lines still must be counted in this round.
        #[cfg_attr(feature = "schema", schema(minimum = 0, example = 3))]
        open_lines: i64,
        /// What was found beyond the books; null while blind and without the right to see cost.
        gain_value: Option<Money>,
        /// What is missing; null as above.
        loss_value: Option<Money>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Lines. While blind, serials are listed once they are counted or must be counted again.
        #[cfg_attr(feature = "schema", schema(max_items = 5000))]
        lines: Vec<StocktakeLine>,
        /// The latest counts of this round, newest first.
        #[cfg_attr(feature = "schema", schema(max_items = 50))]
        counts: Vec<StocktakeCount>,
        /// What it did to the stock ledger.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        postings: Vec<StockDocLink>,
    }
    /// A stocktake in a list.
    StocktakeRow {
        /// Name of the station.
        org_name: Text<100>,
        /// Name of the warehouse.
        warehouse_name: Text<60>,
        /// When the snapshot was taken.
        frozen_at: Timestamp,
        /// How many lines differ; null while it is counted.
        different_lines: Option<i64>,
        /// Remark.
        remark: Option<Note<500>>,
    }
}

filter! {
    /// Filter of the list of stocktakes. `q` looks in number and remark.
    StocktakeFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any StocktakeState,
        /// Station.
        org_id: id OrgId,
        /// Warehouse.
        warehouse_id: id WarehouseId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Stocktakes";
    /// List stocktakes.
    ListStocktakes: Get "/api/v1/stock/stocktakes" needs STOCKTAKE_VIEW, list StocktakeFilter => Page<StocktakeRow>;
    /// Read a stocktake with its lines and latest counts.
    GetStocktake: Get "/api/v1/stock/stocktakes/{id}" needs STOCKTAKE_VIEW, path ById<Stocktake> => Detail<Stocktake>;
    /// Begin: freeze what lies in a warehouse. Stock keeps moving.
    CreateStocktake: Post "/api/v1/stock/stocktakes" needs STOCKTAKE_EDIT, body StocktakeDraft => Created<Stocktake>;
    /// Count something. Several people may count at once.
    CountStocktake: Post "/api/v1/stock/stocktakes/{id}/count" needs STOCKTAKE_COUNT, path ById<Stocktake>, body StocktakeCountDraft => Json<StocktakeCount>;
    /// Take a count of this round back.
    UncountStocktake: Post "/api/v1/stock/stocktakes/{id}/uncount" needs STOCKTAKE_COUNT, path ById<Stocktake>, body StocktakeUncount => Detail<Stocktake>;
    /// End the count: lines that differ, or whose goods moved between two counts, are counted once more, then it waits for
    /// approval.
    FinishStocktake: Post "/api/v1/stock/stocktakes/{id}/finish" needs STOCKTAKE_COUNT, path ById<Stocktake>, body StocktakeFinish => Detail<Stocktake>;
    /// Approve the differences and post them, whatever has moved meanwhile: what is posted is the difference, not a level.
    ///
    /// Whoever began it (`own_document`) or counted (`own_count`) cannot approve it.
    ApproveStocktake: Post "/api/v1/stock/stocktakes/{id}/approve" needs STOCKTAKE_APPROVE, path ById<Stocktake> => Detail<Stocktake> [posts];
    /// Send it back: what differs is counted again.
    RejectStocktake: Post "/api/v1/stock/stocktakes/{id}/reject" needs STOCKTAKE_APPROVE, path ById<Stocktake>, body StocktakeReason => Detail<Stocktake>;
    /// Take the posting back by its mirror.
    ReverseStocktake: Post "/api/v1/stock/stocktakes/{id}/reverse" needs STOCKTAKE_REVERSE, path ById<Stocktake>, body StocktakeReason => Detail<Stocktake> [posts];
    /// Void it before it is posted.
    VoidStocktake: Post "/api/v1/stock/stocktakes/{id}/void" needs STOCKTAKE_EDIT, path ById<Stocktake>, body StocktakeReason => Detail<Stocktake>;
}

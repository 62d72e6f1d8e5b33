//! Accessory swaps (附件对换): a distributor hands in faulty accessories, gets the same or other pieces back, and the
//! factory exchanges what is sent to it. Nothing is sold: what is kept is who owes whom how many.

use super::document::StockDocLink;
use super::{Condition, SWAP_EDIT, SWAP_POST, SWAP_REVERSE, SWAP_VIEW};
use crate::finance::PartyId;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::{
    ById, Created, Detail, Id, ItemCode, Note, Page, Quantity, Resource, Serial, Text, Timestamp, choices, document,
    endpoints, filter, life, parts,
};
use validator::Validate;

/// Id of a line of a swap.
pub type SwapLineId = Id<SwapLine>;
/// Id of a balance of swaps.
pub type SwapBalanceId = Id<SwapBalance>;
/// Id of an entry of the swap ledger.
pub type SwapEntryId = Id<SwapEntry>;

choices! {
    /// Which way accessories go.
    SwapWay {
        Accept = "accept" ("附件受理", "Accepted from a distributor", Info),
        Return = "return" ("归还客户", "Returned to a distributor", Success),
        Send = "send" ("对换发厂", "Sent to the factory", Warning),
        Back = "back" ("对换发回", "Back from the factory", Success),
    }
    /// States of a swap.
    SwapState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Posted = "posted" ("已过账", "Posted", Success),
        Reversed = "reversed" ("已冲销", "Reversed", Warning),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a swap.
    SwapAction {
        Post = "post" ("过账", "Post", Success),
        Reverse = "reverse" ("冲销", "Reverse", Danger),
        Void = "void" ("作废", "Void", Danger),
    }
    /// Who owes.
    SwapSide {
        WeOwe = "we_owe" ("欠客户", "Owed to the distributor", Warning),
        FactoryOwes = "factory_owes" ("厂家欠", "Owed by the factory", Info),
    }
}

impl SwapWay {
    /// The balance that it changes.
    pub const fn side(self) -> SwapSide {
        match self {
            SwapWay::Accept | SwapWay::Return => SwapSide::WeOwe,
            SwapWay::Send | SwapWay::Back => SwapSide::FactoryOwes,
        }
    }

    /// Whether it makes somebody owe more; otherwise it settles what is owed.
    pub const fn opens(self) -> bool {
        matches!(self, SwapWay::Accept | SwapWay::Send)
    }
}

life! {
    /// From the draft to the posting.
    SwapLife of Swap: SwapState, SwapAction from Draft {
        Draft: Post => Posted needs SWAP_POST;
        Draft: Void => Void needs SWAP_EDIT;
        Posted: Reverse => Reversed needs SWAP_REVERSE;
    }
}

parts! {
    /// One kind of accessory, as typed.
    draft SwapLineDraft {
        /// Accessory or part.
        product_id: ProductId,
        /// The piece; required for products tracked by serial, whose quantity is 1.
        #[serde(default)]
        serial: Option<Serial>,
        /// The piece that this one stands for, for products tracked by serial: the one that was handed in, where another goes
        /// back; the one that was sent, where the factory sends another. The same piece when absent.
        #[serde(default)]
        for_serial: Option<Serial>,
        /// Quantity, more than zero and at most 1,000,000.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
        /// Condition; when absent bad where accessories come in or go to the factory, good where they go back. What comes
        /// back from the factory is good.
        #[serde(default)]
        condition: Option<Condition>,
        /// Return only: another, good piece from the own stock instead of the one that was handed in.
        #[serde(default)]
        is_replaced: bool,
        /// What is wrong with it.
        #[serde(default)]
        fault: Option<Text<200>>,
    }
    /// A swap, as typed.
    draft SwapDraft {
        /// Which way.
        way: SwapWay,
        /// The distributor, who is a dealer or a customer; the factory, which is a maker or a supplier.
        party_id: PartyId,
        /// Warehouse that accessories enter or leave.
        warehouse_id: WarehouseId,
        /// Number of the parcel or of the paper that came with it.
        #[serde(default)]
        reference: Option<Text<60>>,
        /// Back only: whether more than the factory owes is taken in, as the company's own without a value. Otherwise it
        /// is refused with `swap_over`.
        #[serde(default)]
        accept_over: bool,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// Lines, 1 to 200; each accessory once, or each piece.
        #[validate(nested, length(min = 1, max = 200))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
        lines: Vec<SwapLineDraft>,
    }
    /// Why a swap is voided or reversed.
    draft SwapReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// One kind of accessory.
    shown SwapLine {
        /// Id.
        id: SwapLineId,
        /// Accessory.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// The piece.
        serial: Option<Serial>,
        /// The piece that it stands for.
        for_serial: Option<Serial>,
        /// Quantity.
        quantity: Quantity,
        /// Quantity beyond what was owed, taken in all the same.
        over: Quantity,
        /// What was owed by that side before; null in a draft that opens a balance.
        owed: Option<Quantity>,
        /// Condition.
        condition: Condition,
        /// Whether another piece from the own stock went back.
        is_replaced: bool,
        /// What is wrong with it.
        fault: Option<Text<200>>,
    }
    /// What is owed of one accessory to a distributor, or by a factory.
    shown SwapBalance {
        /// Id.
        id: SwapBalanceId,
        /// Counts the changes.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
        version: i64,
        /// First swap.
        created_at: Timestamp,
        /// Last swap.
        updated_at: Timestamp,
        /// Station.
        org_id: OrgId,
        /// Its name.
        org_name: Text<100>,
        /// Who owes.
        side: SwapSide,
        /// Distributor or factory.
        party_id: PartyId,
        /// Its name.
        party_name: Text<60>,
        /// Accessory.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Accepted from the distributor, or sent to the factory.
        taken: Quantity,
        /// Returned to the distributor, or back from the factory.
        given: Quantity,
        /// Still owed.
        open: Quantity,
    }
    /// One entry of the swap ledger.
    shown SwapEntry {
        /// Id.
        id: SwapEntryId,
        /// Always 1: entries never change.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
        version: i64,
        /// When.
        created_at: Timestamp,
        /// The same.
        updated_at: Timestamp,
        /// Station.
        org_id: OrgId,
        /// Which way.
        way: SwapWay,
        /// Whether it takes a swap back.
        is_reversal: bool,
        /// Swap.
        swap_id: SwapId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "DH20261100001"))]
        swap_number: String,
        /// Distributor or factory.
        party_id: PartyId,
        /// Its name.
        party_name: Text<60>,
        /// Accessory.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// The piece.
        serial: Option<Serial>,
        /// Quantity; below zero where a swap is taken back.
        quantity: Quantity,
        /// Still owed afterwards.
        open: Quantity,
    }
}
impl Resource for SwapBalance {
    const NAME: &'static str = "swap_balance";
}
impl Resource for SwapEntry {
    const NAME: &'static str = "swap_entry";
}

document! {
    /// A swap.
    Swap: SwapId "swap" in SwapState by SwapAction {
        /// Name of the station.
        org_name: Text<100>,
        /// Which way.
        way: SwapWay,
        /// Distributor or factory.
        party_id: PartyId,
        /// Its name.
        party_name: Text<60>,
        /// Warehouse.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// Number of the parcel or of the paper that came with it.
        reference: Option<Text<60>>,
        /// Whether more than the factory owes is taken in.
        accept_over: bool,
        /// When it was posted.
        posted_at: Option<Timestamp>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 200))]
        lines: Vec<SwapLine>,
        /// What it did to the stock ledger.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        postings: Vec<StockDocLink>,
    }
    /// A swap in a list.
    SwapRow {
        /// Name of the station.
        org_name: Text<100>,
        /// Which way.
        way: SwapWay,
        /// Name of the distributor or factory.
        party_name: Text<60>,
        /// Name of the warehouse.
        warehouse_name: Text<60>,
        /// Number of the parcel or of the paper that came with it.
        reference: Option<Text<60>>,
        /// Sum of the quantities.
        total_quantity: Quantity,
        /// When it was posted.
        posted_at: Option<Timestamp>,
    }
}

filter! {
    /// Filter of the list of swaps. `q` looks in number, reference and remark.
    SwapFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any SwapState,
        /// Ways.
        way: any SwapWay,
        /// Station.
        org_id: id OrgId,
        /// Distributor or factory.
        party_id: id PartyId,
        /// Exactly this number.
        number: text 60,
    }
}

filter! {
    /// Filter of what is owed. `q` looks nowhere: choose a party or an accessory.
    SwapBalanceFilter by "updated_at", "created_at" {
        /// Who owes.
        side: any SwapSide,
        /// Station.
        org_id: id OrgId,
        /// Distributor or factory.
        party_id: id PartyId,
        /// Accessory.
        product_id: id ProductId,
        /// Also what is settled.
        include_settled: flag,
    }
}

filter! {
    /// Filter of the swap ledger. `q` looks in the number of the swap and in serials.
    SwapEntryFilter by "created_at" {
        /// Ways.
        way: any SwapWay,
        /// Station.
        org_id: id OrgId,
        /// Distributor or factory.
        party_id: id PartyId,
        /// Accessory.
        product_id: id ProductId,
        /// Swap.
        swap_id: id SwapId,
    }
}

endpoints! { "Accessory swaps";
    /// List swaps.
    ListSwaps: Get "/api/v1/stock/swaps" needs SWAP_VIEW, list SwapFilter => Page<SwapRow>;
    /// Read a swap with its lines.
    GetSwap: Get "/api/v1/stock/swaps/{id}" needs SWAP_VIEW, path ById<Swap> => Detail<Swap>;
    /// What is owed to distributors and by factories.
    ListSwapBalances: Get "/api/v1/stock/swap-balances" needs SWAP_VIEW, list SwapBalanceFilter => Page<SwapBalance>;
    /// The swap ledger: every swap in the order in which it was posted, with what was owed after it.
    ListSwapEntries: Get "/api/v1/stock/swap-entries" needs SWAP_VIEW, list SwapEntryFilter => Page<SwapEntry>;
    /// Write a draft.
    CreateSwap: Post "/api/v1/stock/swaps" needs SWAP_EDIT, body SwapDraft => Created<Swap>;
    /// Change a draft.
    UpdateSwap: Put "/api/v1/stock/swaps/{id}" needs SWAP_EDIT, path ById<Swap>, body SwapDraft => Detail<Swap>;
    /// Post it: accessories move, and what is owed follows.
    ///
    /// Nobody gets back more than was handed in, nor a piece that somebody else handed in (`swap_not_owed`). Less than the factory owes leaves the rest owed; more
    /// is refused with `swap_over` unless the swap says that it is taken in. A piece that is replaced from the own stock
    /// costs what it is worth, until the factory sends one for it.
    PostSwap: Post "/api/v1/stock/swaps/{id}/post" needs SWAP_POST, path ById<Swap> => Detail<Swap> [posts];
    /// Take the posting back by its mirror.
    ///
    /// Refused with `swap_not_owed` when what it opened has been settled since, and with `stock_reversal_blocked`.
    ReverseSwap: Post "/api/v1/stock/swaps/{id}/reverse" needs SWAP_REVERSE, path ById<Swap>, body SwapReason => Detail<Swap> [posts];
    /// Void it before it is posted.
    VoidSwap: Post "/api/v1/stock/swaps/{id}/void" needs SWAP_EDIT, path ById<Swap>, body SwapReason => Detail<Swap>;
}

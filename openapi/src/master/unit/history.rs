//! What happened to a unit, in time order, whichever document it stands on.

use super::{ImeiHint, UnitId, UnitRow};
use crate::document::DocKind;
use crate::{Id, Serial, Timestamp, choices};
use serde::{Deserialize, Serialize};

choices! {
    /// What happened to a unit.
    UnitEventKind {
        Recorded = "recorded" ("建档", "Recorded", Neutral),
        Changed = "changed" ("资料变更", "Record changed", Neutral),
        Verified = "verified" ("核实", "Verified", Success),
        OwnerChanged = "owner_changed" ("更换机主", "New owner", Info),
        Sold = "sold" ("售出", "Sold", Info),
        Intake = "intake" ("送修接机", "Taken in for repair", Info),
        Repaired = "repaired" ("维修完成", "Repaired", Success),
        PartReplaced = "part_replaced" ("更换配件", "Part replaced", Neutral),
        PickedUp = "picked_up" ("客户取机", "Picked up", Success),
        Cancelled = "cancelled" ("取消维修", "Repair cancelled", Warning),
        Reversed = "reversed" ("反审核", "Reversed", Warning),
        ExchangedOut = "exchanged_out" ("换出新机", "Handed out in exchange", Info),
        ExchangedIn = "exchanged_in" ("换回旧机", "Taken back in exchange", Warning),
        LoanedOut = "loaned_out" ("借出备用机", "Loaned out", Info),
        LoanReturned = "loan_returned" ("归还备用机", "Loan returned", Neutral),
        StockIn = "stock_in" ("入库", "Into stock", Neutral),
        StockOut = "stock_out" ("出库", "Out of stock", Neutral),
        Moved = "moved" ("库存移动", "Moved in stock", Neutral),
        Disassembled = "disassembled" ("拆件", "Disassembled", Warning),
        Refurbished = "refurbished" ("翻新", "Refurbished", Info),
        Scrapped = "scrapped" ("报废", "Scrapped", Danger),
    }
}

/// Id of an event of a unit.
pub type UnitEventId = Id<UnitEvent>;

/// The document behind an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DocumentLink {
    /// Kind of the document.
    pub kind: DocKind,
    /// Id of the document.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Uuid, max_length = 36))]
    pub id: uuid::Uuid,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "RE202611210001"))]
    pub number: String,
}

/// One event in the life of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitEvent {
    /// Id.
    pub id: UnitEventId,
    /// The unit; null when a serial number moved that has no unit yet.
    pub unit_id: Option<UnitId>,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: UnitEventKind,
    /// The document behind it.
    pub document: Option<DocumentLink>,
    /// Who did it.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "王芳"))]
    pub by_name: String,
    /// In a few words.
    #[cfg_attr(feature = "schema", schema(max_length = 500, example = "屏幕碎裂"))]
    pub note: Option<String>,
}

/// Everything the system knows about a serial number, in time order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SerialHistory {
    /// The number as it is kept.
    pub serial: Serial,
    /// What its check digit says.
    pub imei: ImeiHint,
    /// The units with this number.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub units: Vec<UnitRow>,
    /// The events, oldest first; the latest 2,000.
    #[cfg_attr(feature = "schema", schema(max_items = 2000))]
    pub events: Vec<UnitEvent>,
}

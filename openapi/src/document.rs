//! What every business document has: a kind, a head, a state table, and the actions that are allowed now.

use crate::choice::Choice;
use crate::permission::Permission;
use crate::{Id, Timestamp, choices};
use serde::{Deserialize, Serialize};

choices! {
    /// Every kind of numbered document. Matched exhaustively for number rule, label, icon and route.
    DocKind {
        Ticket = "ticket" ("维修工单", "Repair ticket", Info),
        OpeningStock = "opening_stock" ("库存初始化", "Opening stock", Neutral),
        StockIn = "stock_in" ("入库单", "Stock-in", Neutral),
        StockOut = "stock_out" ("出库单", "Stock-out", Neutral),
        EngineerIssue = "engineer_issue" ("工程师领料单", "Engineer issue", Neutral),
        EngineerReturn = "engineer_return" ("工程师退料单", "Engineer return", Neutral),
        RepairConsumption = "repair_consumption" ("维修耗用单", "Repair consumption", Neutral),
        OldPartIn = "old_part_in" ("旧件入库单", "Old part in", Neutral),
        CustodyIn = "custody_in" ("客户机接收单", "Unit taken into custody", Neutral),
        CustodyOut = "custody_out" ("客户机交还单", "Unit given back", Neutral),
        WarehouseMove = "warehouse_move" ("转仓单", "Move between warehouses", Neutral),
        Destruction = "destruction" ("坏件销毁单", "Destruction of bad parts", Neutral),
        BadPartReturn = "bad_part_return" ("坏件退客户单", "Bad part back to customer", Neutral),
        Stocktake = "stocktake" ("盘点单", "Stocktake", Neutral),
        StockDifference = "stock_difference" ("盘盈盘亏单", "Count difference", Neutral),
        Revaluation = "revaluation" ("调价单", "Revaluation", Neutral),
        ValueChange = "value_change" ("调价过账单", "Change of value", Neutral),
        Conversion = "conversion" ("拆装单", "Conversion", Neutral),
        ConversionPosting = "conversion_posting" ("拆装过账单", "Goods converted", Neutral),
        Requisition = "requisition" ("申请单", "Requisition", Neutral),
        PartsPlan = "parts_plan" ("配件计划", "Parts plan", Neutral),
        Transfer = "transfer" ("调拨单", "Transfer", Neutral),
        TransferOut = "transfer_out" ("调拨出库单", "Transfer out", Neutral),
        TransferIn = "transfer_in" ("调拨入库单", "Transfer in", Neutral),
        PurchaseOrder = "purchase_order" ("采购订单", "Purchase order", Neutral),
        GoodsReceipt = "goods_receipt" ("采购收货单", "Goods receipt", Neutral),
        SupplierInvoice = "supplier_invoice" ("供应商发票", "Supplier invoice", Neutral),
        PurchaseReturn = "purchase_return" ("采购退货单", "Purchase return", Neutral),
        PurchaseOut = "purchase_out" ("采购退货出库单", "Purchase return out", Neutral),
        Payment = "payment" ("付款单", "Payment", Neutral),
        PurchaseIn = "purchase_in" ("采购入库单", "Purchase in", Neutral),
        Settlement = "settlement" ("服务结算单", "Service settlement", Neutral),
        Receipt = "receipt" ("收款单", "Receipt", Neutral),
        SalesOrder = "sales_order" ("销售订单", "Sales order", Neutral),
        SalesShipment = "sales_shipment" ("销售发货单", "Sales shipment", Neutral),
        SalesReturn = "sales_return" ("销售退货单", "Sales return", Neutral),
        SaleOut = "sale_out" ("销售出库单", "Sale out", Neutral),
        SaleIn = "sale_in" ("销售退货入库单", "Sale back in", Neutral),
        RetailSale = "retail_sale" ("零售销售单", "Retail sale", Neutral),
        RetailReturn = "retail_return" ("零售退货单", "Retail return", Neutral),
        Refurb = "refurb" ("翻新单", "Refurbishment", Neutral),
        RefurbPosting = "refurb_posting" ("翻新过账单", "Goods refurbished", Neutral),
        Swap = "swap" ("附件对换单", "Accessory swap", Neutral),
        SwapPosting = "swap_posting" ("对换过账单", "Accessories swapped", Neutral),
        Shortage = "shortage" ("缺料单", "Shortage", Neutral),
        OwedPart = "owed_part" ("欠返旧件", "Old part owed", Neutral),
        PartReturn = "part_return" ("旧件返还单", "Old-part return", Neutral),
        Callback = "callback" ("回访单", "Callback", Neutral),
    }
}

impl DocKind {
    /// The preset number pattern: `{YYYY} {YY} {MM} {M} {DD} {D} {ORG} {SEQ:n}`.
    pub const fn number_pattern(self) -> &'static str {
        match self {
            DocKind::Ticket => "RE{YYYY}{MM}{DD}{SEQ:4}",
            DocKind::OpeningStock => "KC{YYYY}{MM}{SEQ:5}",
            DocKind::StockIn => "RK{YYYY}{MM}{SEQ:5}",
            DocKind::StockOut => "CK{YYYY}{MM}{SEQ:5}",
            DocKind::EngineerIssue => "LL{YYYY}{MM}{SEQ:5}",
            DocKind::EngineerReturn => "TL{YYYY}{MM}{SEQ:5}",
            DocKind::RepairConsumption => "HY{YYYY}{MM}{SEQ:5}",
            DocKind::OldPartIn => "JJ{YYYY}{MM}{SEQ:5}",
            DocKind::CustodyIn => "KJ{YYYY}{MM}{SEQ:5}",
            DocKind::CustodyOut => "KH{YYYY}{MM}{SEQ:5}",
            DocKind::WarehouseMove => "ZC{YYYY}{MM}{SEQ:5}",
            DocKind::Destruction => "XH{YYYY}{MM}{SEQ:5}",
            DocKind::BadPartReturn => "TH{YYYY}{MM}{SEQ:5}",
            DocKind::Stocktake => "PD{YYYY}{MM}{SEQ:5}",
            DocKind::StockDifference => "PY{YYYY}{MM}{SEQ:5}",
            DocKind::Revaluation => "TJ{YYYY}{MM}{SEQ:5}",
            DocKind::ValueChange => "JZ{YYYY}{MM}{SEQ:5}",
            DocKind::Conversion => "CZ{YYYY}{MM}{SEQ:5}",
            DocKind::ConversionPosting => "CB{YYYY}{MM}{SEQ:5}",
            DocKind::Requisition => "SQ{YYYY}{MM}{SEQ:5}",
            DocKind::PartsPlan => "JH{YYYY}{MM}{SEQ:5}",
            DocKind::Transfer => "DB{YYYY}{MM}{SEQ:5}",
            DocKind::TransferOut => "DC{YYYY}{MM}{SEQ:5}",
            DocKind::TransferIn => "DR{YYYY}{MM}{SEQ:5}",
            DocKind::PurchaseOrder => "CG{YYYY}{MM}{SEQ:5}",
            DocKind::GoodsReceipt => "SH{YYYY}{MM}{SEQ:5}",
            DocKind::SupplierInvoice => "GF{YYYY}{MM}{SEQ:5}",
            DocKind::PurchaseReturn => "PT{YYYY}{MM}{SEQ:5}",
            DocKind::PurchaseOut => "TC{YYYY}{MM}{SEQ:5}",
            DocKind::Payment => "FK{YYYY}{MM}{SEQ:5}",
            DocKind::PurchaseIn => "RC{YYYY}{MM}{SEQ:5}",
            DocKind::Settlement => "JS{YYYY}{MM}{SEQ:5}",
            DocKind::Receipt => "SK{YYYY}{MM}{SEQ:5}",
            DocKind::SalesOrder => "XS{YYYY}{MM}{SEQ:5}",
            DocKind::SalesShipment => "FH{YYYY}{MM}{SEQ:5}",
            DocKind::SalesReturn => "XT{YYYY}{MM}{SEQ:5}",
            DocKind::SaleOut => "XC{YYYY}{MM}{SEQ:5}",
            DocKind::SaleIn => "XR{YYYY}{MM}{SEQ:5}",
            DocKind::RetailSale => "LS{YYYY}{MM}{SEQ:5}",
            DocKind::RetailReturn => "LT{YYYY}{MM}{SEQ:5}",
            DocKind::Refurb => "FX{YYYY}{MM}{SEQ:5}",
            DocKind::RefurbPosting => "FG{YYYY}{MM}{SEQ:5}",
            DocKind::Swap => "DH{YYYY}{MM}{SEQ:5}",
            DocKind::SwapPosting => "DG{YYYY}{MM}{SEQ:5}",
            DocKind::Shortage => "QL{YYYY}{MM}{SEQ:5}",
            DocKind::OwedPart => "QJ{YYYY}{MM}{SEQ:5}",
            DocKind::PartReturn => "FJ{YYYY}{MM}{SEQ:5}",
            DocKind::Callback => "HF{YYYY}{MM}{SEQ:5}",
        }
    }

    /// Whether it is what a posting does to stock, kept as a stock document.
    pub const fn is_stock_document(self) -> bool {
        use DocKind as K;
        match self {
            K::OpeningStock | K::StockIn | K::StockOut | K::EngineerIssue | K::EngineerReturn => true,
            K::RepairConsumption | K::OldPartIn | K::CustodyIn | K::CustodyOut => true,
            K::WarehouseMove | K::Destruction | K::BadPartReturn | K::TransferOut | K::TransferIn => true,
            K::StockDifference | K::PurchaseIn | K::PurchaseOut => true,
            K::SaleOut | K::SaleIn | K::ValueChange | K::ConversionPosting => true,
            K::PurchaseOrder | K::GoodsReceipt | K::SupplierInvoice | K::PurchaseReturn | K::Payment => false,
            K::SalesOrder | K::SalesShipment | K::SalesReturn => false,
            K::RetailSale | K::RetailReturn | K::Revaluation | K::Conversion => false,
            K::Ticket | K::Requisition | K::Transfer | K::Stocktake | K::Settlement | K::Receipt | K::Callback => false,
            K::SwapPosting | K::RefurbPosting => true,
            K::PartsPlan | K::Shortage | K::Swap | K::Refurb | K::OwedPart | K::PartReturn => false,
        }
    }

    /// Whether its numbers must have no gap: the number is then taken last, inside the posting transaction.
    pub const fn is_gapless(self) -> bool {
        matches!(self, DocKind::Settlement | DocKind::Receipt | DocKind::Payment)
    }
}

/// One row of a state table: in `from`, `action` leads to `to`, for those who hold `permission`.
#[derive(Debug)]
pub struct Step<S: 'static, A: 'static> {
    /// State before.
    pub from: S,
    /// What is done.
    pub action: A,
    /// State after.
    pub to: S,
    /// The right that it takes.
    pub permission: Permission,
}

/// What the detail of every document says, whatever else is in it. Comes with [`document!`](crate::document).
pub trait Documented: crate::Resource {
    /// Its states.
    type State: Choice;
    /// What can be done to it.
    type Action: Choice;
    /// The number that people know it by.
    fn number(&self) -> &str;
    /// Its state.
    fn state(&self) -> Self::State;
    /// What the caller may do now.
    fn allowed(&self) -> &[Self::Action];
    /// Whether the caller may change its content.
    fn is_editable(&self) -> bool;
}

/// A kind of document with its state table.
pub trait Lifecycle: 'static {
    /// Its states.
    type State: Choice;
    /// What can be done to it.
    type Action: Choice;
    /// The kind.
    const KIND: DocKind;
    /// The state table. A pair of state and action stands in it at most once.
    const STEPS: &'static [Step<Self::State, Self::Action>];

    /// What its timeline is kept under: the kind, unless several kinds share one table and one life.
    fn subject() -> &'static str {
        Self::KIND.as_str()
    }

    /// The row for an action in a state.
    fn step(from: Self::State, action: Self::Action) -> Option<&'static Step<Self::State, Self::Action>> {
        Self::STEPS.iter().find(|step| step.from == from && step.action == action)
    }

    /// The actions that the table knows in a state, in table order.
    fn actions(from: Self::State) -> impl Iterator<Item = &'static Step<Self::State, Self::Action>> {
        Self::STEPS.iter().filter(move |step| step.from == from)
    }
}

/// Id of a journal entry.
pub type JournalId = Id<JournalEntry>;

/// One entry of a document's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JournalEntry {
    /// Id of the entry.
    pub id: JournalId,
    /// When.
    pub at: Timestamp,
    /// Who: the person's name at that time.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "王芳"))]
    pub by_name: String,
    /// What was done: an action of the document, or `created`, `edited`, `note`.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "accept"))]
    pub action: String,
    /// State before, null for the first entry.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "pending_acceptance"))]
    pub from_state: Option<String>,
    /// State after.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "pending_diagnosis"))]
    pub to_state: String,
    /// Reason or remark.
    #[cfg_attr(feature = "schema", schema(max_length = 2000, example = "客户等待"))]
    pub note: Option<String>,
}

/// Checks that a state table is sound: no pair twice, every state reachable from `start`.
/// Every table has a test that calls this.
pub fn table_faults<L: Lifecycle>(start: L::State) -> Vec<String> {
    let mut faults = Vec::new();
    for (i, step) in L::STEPS.iter().enumerate() {
        let earlier = L::STEPS.iter().take(i);
        if earlier.clone().any(|s| s.from == step.from && s.action == step.action) {
            faults.push(format!("{} in {} stands twice", step.action.as_str(), step.from.as_str()));
        }
    }
    let mut reached = vec![start];
    let mut next = 0;
    while let Some(state) = reached.get(next).copied() {
        next += 1;
        for step in L::actions(state) {
            if !reached.contains(&step.to) {
                reached.push(step.to);
            }
        }
    }
    faults.extend(
        L::State::ALL.iter().filter(|s| !reached.contains(s)).map(|s| format!("{} is unreachable", s.as_str())),
    );
    faults
}

//! What is bought from suppliers: orders, what arrives, and what is invoiced.

pub mod order;
pub mod receipt;

use crate::{codes, permissions};

codes! {
    OWN_PURCHASE_ORDER = 409 "own_purchase_order", "制单人不能审批自己的采购订单", "Whoever wrote a purchase order cannot approve it";
    RECEIPT_EXCEEDS_ORDER = 422 "receipt_exceeds_order", "超出未到货数量 {open}", "More than the {open} that is still to come";
    SERIALS_DIFFER = 422 "serials_differ", "需要 {needed} 个序列号，已填 {given} 个", "{needed} serial numbers are needed, {given} are given";
    GOODS_RECEIPT_USED = 409 "goods_receipt_used", "请先冲销后续单据：{documents}", "Reverse these later documents first: {documents}";
}

permissions! {
    PURCHASE_VIEW = "trade.purchase.view", "查看采购订单", "View purchase orders" {
        Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    PURCHASE_EDIT = "trade.purchase.edit", "录入采购订单", "Write purchase orders" {
        Clerk: Station, Storekeeper: Station, Headquarters: All,
    };
    PURCHASE_APPROVE = "trade.purchase.approve", "审批采购订单", "Approve purchase orders" {
        Accountant: All, Headquarters: All,
    };
    GOODS_RECEIVE = "trade.goods_receipt.receive", "采购收货", "Receive goods that were ordered" {
        Storekeeper: Station, Headquarters: All,
    };
    GOODS_RECEIPT_REVERSE = "trade.goods_receipt.reverse", "冲销采购收货", "Reverse goods receipts" {
        Accountant: All, Headquarters: All,
    };
}

//! What is bought from suppliers: orders, what arrives, what is invoiced, and what goes back.

pub mod back;
pub mod invoice;
pub mod order;
pub mod plan;
pub mod receipt;

use crate::{codes, permissions};

codes! {
    OWN_PURCHASE_ORDER = 409 "own_purchase_order", "制单人不能审批自己的采购订单", "Whoever wrote a purchase order cannot approve it";
    RECEIPT_EXCEEDS_ORDER = 422 "receipt_exceeds_order", "超出未到货数量 {open}", "More than the {open} that is still to come";
    SERIALS_DIFFER = 422 "serials_differ", "需要 {needed} 个序列号，已填 {given} 个", "{needed} serial numbers are needed, {given} are given";
    INVOICE_EXCEEDS_RECEIPT = 422 "invoice_exceeds_receipt", "超出未开票数量 {open}", "More than the {open} that was received and not invoiced";
    INVOICE_NO_TAKEN = 422 "invoice_no_taken", "该供应商的这张发票已登记", "This invoice of the supplier is booked already";
    PLAN_SHORTAGE_COVERED = 409 "plan_shortage_covered", "{product} 现在只缺 {open}，可能已有人订购，请刷新", "Only {open} of {product} are missing now; somebody may have ordered them; load again";
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
    INVOICE_VIEW = "trade.supplier_invoice.view", "查看供应商发票", "View supplier invoices" {
        Clerk: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    INVOICE_EDIT = "trade.supplier_invoice.edit", "登记供应商发票", "Book supplier invoices" {
        Accountant: All, Headquarters: All,
    };
    INVOICE_REVERSE = "trade.supplier_invoice.reverse", "冲销供应商发票", "Reverse supplier invoices" {
        Accountant: All, Headquarters: All,
    };
    PURCHASE_RETURN_EDIT = "trade.purchase_return.edit", "录入采购退货单", "Write purchase returns" {
        Clerk: Station, Storekeeper: Station, Headquarters: All,
    };
    PURCHASE_RETURN_APPROVE = "trade.purchase_return.approve", "审批采购退货", "Approve purchase returns" {
        Accountant: All, Headquarters: All,
    };
    PURCHASE_RETURN_SHIP = "trade.purchase_return.ship", "采购退货出库", "Send goods back to suppliers" {
        Storekeeper: Station, Headquarters: All,
    };
    PURCHASE_RETURN_REVERSE = "trade.purchase_return.reverse", "冲销采购退货", "Reverse purchase returns" {
        Accountant: All, Headquarters: All,
    };
    GOODS_RECEIPT_REVERSE = "trade.goods_receipt.reverse", "冲销采购收货", "Reverse goods receipts" {
        Accountant: All, Headquarters: All,
    };
}

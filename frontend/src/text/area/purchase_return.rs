//! What goes back to suppliers.

crate::texts! {
    RETURNS = "采购退货单", "Purchase returns";
    RETURN = "采购退货单详情", "Purchase return";
    NEW = "新建采购退货单", "New purchase return";
    EDIT = "编辑采购退货单", "Edit purchase return";
    SEARCH = "单号、收货单号、红字发票号、原因", "Number, receipt, credit invoice, reason";
    TO_SEND = "待出库", "To be sent";
    WAREHOUSE = "出库仓库", "Warehouse";
    WAREHOUSE_HINT = "不填为收货仓库；坏件从所在的坏件仓退", "That of the receipt when left empty; bad goods leave where they lie";
    REASON = "退货原因", "Why it goes back";
    GOES_BACK = "退货明细", "What goes back";
    QUANTITY = "退货数量", "Goes back";
    CONDITION = "品质", "Condition";
    RELEASED = "未开票数量", "Not invoiced";
    ACCRUED = "冲减暂估", "Off the accrual";
    CREDIT = "应退含税金额", "Credit incl. VAT";
    SET_OFF = "冲减应付", "Set off against payables";
    OPEN = "供应商未退款", "Still to be paid back";
    SENT_AT = "退货时间", "Sent at";
    CREDIT_NO = "红字发票号", "Credit invoice";
    CREDIT_NO_HINT = "已开票部分由供应商开具，可稍后在附件中补", "Issued by the supplier for what was invoiced";
    APPROVE_HAPPENS = "批准后库管可以退货出库。", "The storekeeper can send the goods then.";
    GO_BACK = "退货", "Return goods";
    RETURNED = "已退数量", "Returned";
}

//! What is bought: purchase orders, goods receipts.

crate::texts! {
    ORDERS = "采购订单", "Purchase orders";
    ORDER = "采购订单详情", "Purchase order";
    ORDER_NEW = "新建采购订单", "New purchase order";
    ORDER_EDIT = "编辑采购订单", "Edit purchase order";
    ORDER_SEARCH = "单号、备注", "Number, remark";
    TO_APPROVE = "待审批", "To approve";
    TO_COME = "待到货", "To come";
    SUPPLIER = "供应商", "Supplier";
    SUPPLIER_HINT = "类型为供应商或厂家的往来单位", "A party that is a supplier or a maker";
    STATION = "采购网点", "Station";
    WAREHOUSE = "收货仓库", "Warehouse";
    EXPECTED_ON = "预计到货", "Expected on";
    LINE_EXPECTED_HINT = "不填则同整单", "That of the order when left empty";
    OVERDUE = "逾期未到", "Overdue";
    UNIT_PRICE = "含税单价", "Price incl. VAT";
    VAT_RATE = "税率", "VAT rate";
    VAT_HINT = "不填按配件税率", "That of parts when left empty";
    AMOUNT = "含税金额", "Amount incl. VAT";
    TOTAL_AMOUNT = "含税合计", "Total incl. VAT";
    TOTAL_TAX = "其中税额", "VAT in it";
    ORDERED = "订购数量", "Ordered";
    RECEIVED = "已到数量", "Received";
    OPEN = "未到数量", "Still to come";
    APPROVE_HAPPENS = "批准后订单即下达给供应商，可以收货。", "The order is placed with the supplier; goods can be received.";
    RECEIPTS = "采购收货单", "Goods receipts";
    RECEIPT = "采购收货单详情", "Goods receipt";
    RECEIPT_SEARCH = "单号、订单号、送货单号", "Number, order, delivery note";
    RECEIVED_AT = "到货时间", "Received at";
    EFFECTIVE_HINT = "不填为现在；限本月及之前 12 个月，不晚于现在", "Now when left empty; this month or one of the twelve before, not in the future";
    NOTE_NUMBER = "送货单号", "Delivery note";
    COUNT = "逐行清点", "Count line by line";
    ARRIVED = "本次到货", "Arrived now";
    SERIALS = "序列号", "Serials";
    SERIALS_HINT = "按序列号管理的产品：每件一个，用换行或逗号分开", "For tracked products: one for each piece, separated by line breaks or commas";
    NET_VALUE = "不含税金额", "Net amount";
    NET_TOTAL = "不含税合计", "Net total";
    REASON = "冲销原因", "Why it was reversed";
}

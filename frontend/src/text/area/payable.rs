//! What is owed to suppliers: invoices and payments.

crate::texts! {
    INVOICES = "供应商发票", "Supplier invoices";
    INVOICE = "供应商发票详情", "Supplier invoice";
    INVOICE_NEW = "登记供应商发票", "Book an invoice";
    INVOICE_SEARCH = "单号、发票号、备注", "Number, invoice, remark";
    INVOICE_NO = "发票号", "Invoice";
    INVOICED_ON = "开票日期", "Invoice date";
    DUE_ON = "到期日", "Due on";
    DUE_HINT = "不填则按供应商账期", "By the terms of the supplier when left empty";
    BOOKED_AT = "入账时间", "Booked at";
    CHARGES = "开票明细", "What it charges for";
    RECEIPT = "收货单", "Goods receipt";
    ACCRUED = "暂估金额", "Received at";
    DIFFERENCE = "进货价差", "Price difference";
    OPEN = "未付金额", "To be paid";
    PAY = "付款", "Pay";
    PAYMENTS = "付款单", "Payments";
    PAYMENT = "付款单详情", "Payment";
    PAYMENT_NEW = "付款", "Pay a supplier";
    PAYMENT_SEARCH = "单号、流水号、备注", "Number, reference, remark";
    PAID_TO = "收款方", "Paid to";
    PAID_AT = "付款时间", "Paid at";
    METHOD = "付款方式", "Way of payment";
    ACCOUNT = "付款账户", "Paid from";
    REFERENCE = "流水号", "Reference";
    AMOUNT = "付款金额", "Amount";
    IN_WORDS = "大写金额", "In words";
    PAYER = "付款人", "Paid by";
    PAYS_FOR = "支付项目", "Pays for";
    PAYABLE = "应付", "Payable";
    NOTHING_OPEN = "没有未付的应付款", "Nothing is owed to this supplier";
    PAYABLES = "应付账款", "Payables";
    NOTHING_OWED = "没有未付的应付款", "Nothing is owed";
    NOTHING_OWED_HINT = "登记供应商发票后，应付款会显示在这里。", "What is owed shows up here once an invoice is booked.";
    OPEN_ITEMS = "笔数", "Items";
    NOT_DUE = "未到期", "Not due";
    DAYS_30 = "逾期 1–30 天", "1–30 days over";
    DAYS_60 = "逾期 31–60 天", "31–60 days over";
    DAYS_90 = "逾期 61–90 天", "61–90 days over";
    OLDER = "逾期 90 天以上", "Over 90 days";
    OVERDUE = "逾期合计", "Overdue";
}

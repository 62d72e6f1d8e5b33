//! Shortages.

crate::texts! {
    TITLE = "缺料单", "Shortages";
    DETAIL = "缺料单详情", "Shortage";
    SEARCH = "缺料单号、工单号", "Number, ticket number";
    WAITING = "待料", "Waiting";
    LATE = "已超期", "Overdue";
    TICKET = "工单", "Ticket";
    TICKET_STATE = "工单状态", "State of the ticket";
    UNIT = "机型", "Unit";
    QUANTITY = "缺料数量", "Was missing";
    ALLOCATED = "已分配", "Allocated";
    MISSING = "仍缺", "Still missing";
    DUE = "要求日期", "Due";
    NO_DUE = "未承诺", "No promise";
    INCOMING = "在途", "On its way";
    AHEAD = "排在前面的缺料单", "Waiting before this one";
    CLOSED_AT = "结束时间", "Ended at";
    IS_LATE = "超期", "Overdue";
    ASK = "申请调拨", "Ask for it";
    BUY = "采购", "Order it";
    WHO_HAS = "查询各网点库存", "Who has it";
    HOW_TO = "补料", "Get the part";
    HOW = "到货后按要求日期先后自动分配，配件齐了工单自动继续。", "What arrives goes to who is due first; a ticket with all its parts goes on by itself.";
}

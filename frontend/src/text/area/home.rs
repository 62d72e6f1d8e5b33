//! The first page.

crate::texts! {
    TODOS = "我的待办", "Waiting for me";
    TODAY = "今日网点", "The station today";
    BY_STAGE = "各阶段工单", "Tickets by stage";
    MONEY_TODAY = "今日收款", "Money today";
    NOTHING_TO_DO = "没有待办", "Nothing is waiting";
    NOTHING_TO_DO_HINT = "新的工作会出现在这里。", "New work will show up here.";
    NO_TICKETS = "还没有工单", "No tickets yet";
    NO_TICKETS_HINT = "从接机受理开始第一张工单。", "Take in the first unit to begin.";
    TAKEN_IN = "今日接机", "Taken in";
    HANDED_OVER = "今日取机", "Handed over";
    RECEIVED = "今日实收", "Received";
    SETTLED = "今日结算", "Settled";
    RECEIVABLE = "应收未收", "Receivable";
    DEPOSIT = "预收余额", "Advances";
    NO_MONEY = "今天还没有收款", "No money came in today";
}

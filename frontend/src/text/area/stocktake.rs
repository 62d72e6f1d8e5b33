//! Stocktakes.

crate::texts! {
    TITLE = "盘点单", "Stocktakes";
    DETAIL = "盘点单详情", "Stocktake";
    NEW = "新建盘点单", "New stocktake";
    SEARCH = "单号、备注", "Number, remark";
    UNDER_WAY = "盘点中", "Under way";
    TO_APPROVE = "待审批", "To approve";
    FROZEN_AT = "快照时间", "Snapshot";
    FREEZE_HINT = "保存时冻结该仓库的账面快照，期间可照常收发", "Saving freezes what the books say; goods may keep moving";
    DIFFERENT_LINES = "差异行数", "Lines that differ";
    ROUND = "第几次盘点", "Count no.";
    OPEN_LINES = "未盘行数", "Lines to count";
    GAIN = "盘盈金额", "Found";
    LOSS = "盘亏金额", "Missing";
    EXPECTED = "快照数", "Snapshot";
    BOOK = "盘点时账面", "Books when counted";
    COUNTED = "实盘数", "Counted";
    COUNTED_BEFORE = "上次实盘", "Counted before";
    DIFFERENCE = "差异", "Difference";
    OPEN = "待盘", "To count";
    ACCEPT = "确认未盘的行", "Accept uncounted lines";
    ACCEPT_FIRST = "未盘到的视为没有实物", "What nobody counted is taken as not there";
    ACCEPT_AGAIN = "未复盘的沿用上次实盘数", "What was not counted again stays as it was counted";
    APPROVE_HAPPENS = "盘盈盘亏将过账；期间的收发不受影响。", "The differences are posted; what has moved meanwhile stays as it is.";
    COUNT = "盘点计数", "Count";
    BACK = "返回盘点单", "Back to the stocktake";
    SCAN = "扫描或输入编码 / 序列号", "Scan or type a code or serial";
    LESS = "减一", "One less";
    MORE = "加一", "One more";
    ANY_CONDITION = "按清单", "As listed";
    COUNT_IT = "计数", "Count it";
    TYPE_BOTH = "请输入编码和数量", "Type a code and a quantity";
    SO_FAR = "本轮累计", "In this count";
    MOVED = "两次计数之间有出入库，本行须复盘", "Goods moved between two counts: count this line again";
    AGAIN = "须复盘", "Count again";
    LEFT = "还有 {count} 行未盘", "{count} lines to count";
    LATEST = "最近计数", "Latest counts";
    TO_FIND = "待盘清单（点选）", "To count (tap one)";
    TAKE_BACK = "撤回此次计数", "Take this count back";
    NOT_COUNTING = "该盘点单当前不在盘点中。", "This stocktake is not being counted now.";
}

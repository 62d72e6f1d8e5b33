//! Accessory swaps.

crate::texts! {
    TITLE = "附件对换", "Accessory swaps";
    DETAIL = "附件对换单详情", "Accessory swap";
    NEW = "新建附件对换单", "New accessory swap";
    EDIT = "编辑附件对换单", "Edit accessory swap";
    SEARCH = "单号、运单号、备注", "Number, reference, remark";
    DRAFTS = "草稿", "Drafts";
    ACCEPTED = "附件受理", "Accepted";
    AT_FACTORY = "发厂", "Sent to factories";
    WAY = "业务", "Way";
    PARTY = "往来单位", "Party";
    PARTY_HINT = "受理、归还选经销商或客户；发厂、发回选厂家或供应商", "Accept, return: a dealer or customer. Send, back: a maker or supplier";
    REFERENCE = "运单号 / 来单号", "Parcel or paper number";
    OVER_TAKEN = "多到也收下", "Take in what comes beyond";
    OVER_HINT = "厂家发回多于所欠时，多出的按零成本入库", "What comes beyond what the factory owes is taken in without a value";
    FAULT = "故障", "Fault";
    REPLACED = "换新件归还", "Another piece goes back";
    REPLACED_HINT = "从本网点良品库换一件给客户", "A good piece from the own stock instead";
    CONDITION_HINT = "留空：受理、发厂为坏件，归还为良品", "Empty: bad where it comes in or goes to the factory, good where it goes back";
    OVER = "多到", "Beyond";
    OWED_BEFORE = "过账前未结", "Owed before";
    TOTAL = "总数量", "Total quantity";
    POST_HAPPENS = "附件将出入库，未结数量随之变化。", "The accessories move, and what is owed follows.";
    BALANCES = "对换未结", "Swaps owed";
    LEDGER = "对换记录", "Swap ledger";
    SIDE = "未结方", "Who owes";
    TAKEN = "已受理 / 已发厂", "Accepted / sent";
    GIVEN = "已归还 / 已发回", "Returned / back";
    OPEN = "未结", "Owed";
    OPEN_AFTER = "之后未结", "Owed after";
    WE_OWE = "欠客户", "We owe";
    FACTORY_OWES = "厂家欠", "Factories owe";
    SETTLED_TOO = "含已结清", "Settled too";
    MIRROR = "冲销", "Reversal";
    LEDGER_SEARCH = "对换单号、序列号", "Number of the swap, serial";
    FOR_SERIAL = "对应原件序列号", "For the piece";
    FOR_SERIAL_HINT = "换件归还填客户交来的序列号；厂家发回另一件时填原发厂序列号", "Where another piece goes back: the one handed in. Where the factory sends another: the one that was sent";
    AT = "时间", "At";
}

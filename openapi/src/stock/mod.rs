//! The stock ledger: what lies where, in which condition, whose it is, and every move that made it so.

pub mod analysis;
pub mod availability;
pub mod balance;
pub mod bin;
pub mod conversion;
pub mod document;
pub mod formula;
pub mod life;
pub mod movement;
pub mod plan;
pub mod refurb;
pub mod requisition;
pub mod revaluation;
pub mod stocktake;
pub mod swap;
pub mod transfer;

use crate::{choices, codes, permissions};

choices! {
    /// In which condition goods are.
    Condition {
        Good = "good" ("良品", "Good", Success),
        Bad = "bad" ("坏件", "Bad", Danger),
        Refurbished = "refurb" ("翻新", "Refurbished", Info),
        Undetermined = "tbd" ("待判定", "To be determined", Warning),
    }
    /// Whose goods are. Only the company's own goods have a value in the books.
    Owner {
        Company = "company" ("公司", "Company", Neutral),
        Customer = "customer" ("客户", "Customer", Info),
        Maker = "maker" ("厂家", "Maker", Info),
    }
    /// A place that goods move between. Goods lie in warehouses, in the custody of engineers and in transit, and the
    /// units of customers in the custody of the station, and
    /// what is to be exchanged at the factory, and what is refurbished on the bench; the other places are where they come from and go to.
    PlaceKind {
        Warehouse = "warehouse" ("仓库", "Warehouse", Info),
        Custody = "custody" ("工程师手中", "Engineer's custody", Info),
        Counter = "counter" ("客户机保管", "Customers' units in custody", Info),
        Opening = "opening" ("期初", "Opening", Neutral),
        Transit = "transit" ("在途", "In transit", Info),
        Supplier = "supplier" ("供应商", "Supplier", Neutral),
        Customer = "customer" ("客户", "Customer", Neutral),
        Consumed = "consumed" ("维修耗用", "Consumed in repair", Neutral),
        Scrapped = "scrapped" ("报废", "Scrapped", Danger),
        Difference = "difference" ("盈亏调整", "Count difference", Warning),
        Revaluation = "revaluation" ("调价", "Revaluation", Warning),
        Conversion = "conversion" ("转换", "Conversion", Neutral),
        Refurbishing = "refurbishing" ("翻新在制", "Being refurbished", Info),
        Factory = "factory" ("厂家处", "At the factory", Info),
    }
}

impl PlaceKind {
    /// Whether goods lie there: such a place has balances, and they are never below zero.
    pub const fn holds_goods(self) -> bool {
        use PlaceKind as P;
        matches!(self, P::Warehouse | P::Custody | P::Counter | P::Transit | P::Factory | P::Refurbishing)
    }
}

codes! {
    STOCK_INSUFFICIENT = 409 "stock_insufficient", "{product} 在 {place} 的可用数量不足：需要 {needed}，可用 {available}", "Not enough of {product} at {place}: {needed} needed, {available} available";
    STOCK_INSUFFICIENT_LATER = 409 "stock_insufficient_later", "{product} 在 {place} 的库存会在该业务日期之后变为负数：需要 {needed}，最多 {available}", "{product} at {place} would fall below zero after that date: {needed} needed, at most {available} possible";
    STOCK_SERIAL_ELSEWHERE = 409 "stock_serial_elsewhere", "序列号 {serial} 不在 {place}", "Serial {serial} is not at {place}";
    STOCK_SERIAL_PRESENT = 409 "stock_serial_present", "序列号 {serial} 已在库", "Serial {serial} is in stock already";
    STOCK_SERIAL_MOVED_LATER = 409 "stock_serial_moved_later", "序列号 {serial} 在该业务日期之后还有移动", "Serial {serial} moved after that date";
    STOCK_SERIAL_RESERVED = 409 "stock_serial_reserved", "序列号 {serial} 已被占用", "Serial {serial} is reserved already";
    STOCK_REVERSAL_BLOCKED = 409 "stock_reversal_blocked", "后续单据依赖本单，请先冲销：{chain}", "Later documents depend on this one; reverse them first: {chain}";
    STOCK_ALREADY_REVERSED = 409 "stock_already_reversed", "该单据已被冲销", "The document is reversed already";
    STOCK_BELONGS_TO_TICKET = 409 "stock_belongs_to_ticket", "该单据由工单产生，请在工单上撤销", "The document was made by a ticket; undo it there";
    STOCK_BELONGS_TO_DOCUMENT = 409 "stock_belongs_to_document", "该单据由 {document} 产生，请在原单上撤销", "The document was made by {document}; undo it there";
    STOCK_OPENED_ALREADY = 409 "stock_opened_already", "{product} 在该仓库已初始化", "The opening stock of {product} in this warehouse is recorded already";
    SERIAL_REQUIRED = 422 "serial_required", "该产品按序列号管理：每行一件并填写序列号", "Tracked by serial: one piece a line, with its serial";
    SERIAL_NOT_TRACKED = 422 "serial_not_tracked", "该产品不按序列号管理", "Not tracked by serial";
    OWN_REQUISITION = 409 "own_requisition", "申请人不能审批自己的申请单", "Whoever wrote a requisition cannot approve it";
    REQUISITION_EXCEEDED = 409 "requisition_exceeded", "{product} 超出批准数量：批准 {approved}，已发 {shipped}", "More of {product} than approved: {approved} approved, {shipped} sent already";
    REQUISITION_NOT_OPEN = 409 "requisition_not_open", "申请单 {number} 不在待发货状态", "Requisition {number} does not wait for goods";
    TRANSFER_COUNT_EXCEEDED = 422 "transfer_count_exceeded", "实收与损坏数量之和超过发货数量，多出的请填在“多到”", "Received and damaged are more than shipped; enter the rest as surplus";
    TRANSFER_NOTHING_OPEN = 422 "transfer_nothing_open", "超过该行未处理的差异数量 {open}", "More than the {open} that is open on this line";
    SAME_STATION = 422 "same_station", "收发双方是同一网点，请使用转仓单", "Both ends are the same station; move between its warehouses instead";
    NO_WAREHOUSE_OF_KIND = 409 "no_warehouse_of_kind", "{station} 没有启用的{kind}", "{station} has no warehouse of the kind “{kind}” in use";
    OTHER_STATION = 422 "other_station", "该仓库属于另一网点，请使用调拨单", "The warehouse belongs to another station; send a transfer instead";
    NOTHING_CHANGES = 422 "nothing_changes", "仓库与品质都没有变化", "Neither warehouse nor condition changes";
    BAD_PARTS_ONLY = 422 "bad_parts_only", "只能用于坏件", "For bad parts only";
    OWN_DOCUMENT = 409 "own_document", "制单人不能审批自己的单据", "Whoever wrote the document cannot approve it";
    WITNESS_IS_WRITER = 422 "witness_is_writer", "监销人不能是制单人", "The witness must be somebody else than the writer";
    NOT_AUTHORISED = 409 "not_authorised", "报废与销毁须先由他人核准", "What is written off must be authorised by somebody else first";
    PHOTO_REQUIRED = 409 "photo_required", "请先上传照片", "Attach a photo first";
    NOT_OF_TICKET = 422 "not_of_ticket", "该工单没有这么多该坏件可退：最多 {open}", "The ticket has no such old part to give back: at most {open}";
    STOCKTAKE_OPEN = 409 "stocktake_open", "该仓库已有进行中的盘点单", "A stocktake of this warehouse is under way";
    STOCKTAKE_UNCOUNTED = 409 "stocktake_uncounted", "还有 {count} 行未盘点", "{count} lines are not counted yet";
    STOCKTAKE_MOVED = 409 "stocktake_moved", "{count} 行在两次计数之间有出入库，须重新盘点", "Goods of {count} lines moved between two counts; count them again";
    STOCKTAKE_TOO_LARGE = 422 "stocktake_too_large", "该仓库超过 {max} 行，无法一次盘点", "The warehouse has more than {max} lines, too many for one stocktake";
    UNKNOWN_ITEM = 422 "unknown_item", "没有编码或序列号为“{code}”的产品", "No product has the code or serial “{code}”";
    OWN_COUNT = 409 "own_count", "参与盘点的人不能审批", "Whoever counted cannot approve it";
    REVALUATION_NOTHING_THERE = 409 "revaluation_nothing_there", "{product} 在该网点没有可调价的库存", "The station holds nothing of {product} to value anew";
    REVALUATION_NO_CHANGE = 409 "revaluation_no_change", "各行新成本与现成本相同，无可过账", "Every line costs now what it would cost: there is nothing to post";
    OWN_WORK = 409 "own_work", "翻新的人不能自己定级", "Whoever did the work cannot grade it";
    SWAP_NOT_OWED = 409 "swap_not_owed", "{product} 未结数量只有 {open}", "Only {open} of {product} are owed";
    SWAP_OVER = 409 "swap_over", "{product} 比厂家所欠多到 {over}，请核对；确认收下请在单上勾选", "{over} of {product} came beyond what the factory owes; check, and say on the swap that they are taken in";
    SHARES_NOT_WHOLE = 422 "shares_not_whole", "成本份额合计为 {sum}，必须正好是 100%", "The shares of the cost add up to {sum}; they must be exactly 100%";
    PARTS_PLAN_OF_MONTH_EXISTS = 409 "parts_plan_of_month_exists", "本网点该月已有未结束的月度计划", "The station has a monthly plan of that month that has not ended";
    PARTS_PLAN_MONTH_OVER = 422 "parts_plan_month_over", "计划只能用于本月至未来 12 个月，需求日期不得早于今天", "A plan is for this month or one of the next twelve, and for a day that is not over";
    PARTS_PLAN_HEADQUARTERS = 409 "parts_plan_headquarters", "总部汇总各网点的计划，自己不提计划", "Headquarters consolidates the plans of stations and writes none of its own";
    PARTS_PLAN_NOTHING_SHORT = 409 "parts_plan_nothing_short", "按库存分析没有需要补充的配件，可手工添加", "Nothing is short by the stock analysis; add parts by hand";
    PARTS_PLAN_EMPTY = 409 "parts_plan_empty", "计划没有数量大于零的行", "No line of the plan wants anything";
    PARTS_PLAN_CHANGED = 409 "parts_plan_changed", "计划 {number} 已被他人处理，请刷新后重试", "Somebody else has changed plan {number}; load it again";
    PARTS_PLAN_EXCEEDED = 409 "parts_plan_exceeded", "{product} 超出可申请数量：批准 {approved}，已申请 {requisitioned}", "More of {product} than is left: {approved} approved, {requisitioned} requisitioned already";
    MADE_BY_TICKETS_ONLY = 422 "made_by_tickets_only", "该单据只能由工单产生", "Only a ticket makes such a document";
}

permissions! {
    STOCK_VIEW = "stock.balance.view", "查看库存", "View stock" {
        Reception: Station, Engineer: Station, Clerk: Station, Storekeeper: Station, Accountant: All,
        StationManager: Subtree, Headquarters: All,
    };
    STOCK_COST = "stock.cost.view", "查看库存成本", "View the cost of stock" {
        Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    STOCK_AVAILABILITY = "stock.availability.view", "查询各网点可用库存", "See what other stations could send" {
        Reception: All, Clerk: All, Storekeeper: All, StationManager: All, Headquarters: All,
    };
    STOCK_ANALYSIS = "stock.analysis.view", "库存分析", "Analyse stock" {
        Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    STOCK_DOC_VIEW = "stock.document.view", "查看库存单据", "View stock documents" {
        Engineer: Own, Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    STOCK_DOC_EDIT = "stock.document.edit", "录入库存单据", "Write stock documents" {
        Engineer: Own, Storekeeper: Station, Headquarters: All,
    };
    STOCK_DOC_APPROVE = "stock.document.approve", "审核库存单据", "Approve stock documents" {
        Storekeeper: Station, StationManager: Subtree, Headquarters: All,
    };
    STOCK_DOC_POST = "stock.document.post", "库存单据过账", "Post stock documents" {
        Storekeeper: Station, Headquarters: All,
    };
    STOCK_DOC_REVERSE = "stock.document.reverse", "冲销库存单据", "Reverse stock documents" { Headquarters: All };
    STOCK_WRITE_OFF = "stock.write_off.approve", "核准报废与销毁", "Authorise write-offs" {
        Accountant: All, Headquarters: All,
    };
    STOCK_OPENING_POST = "stock.opening.post", "库存初始化过账", "Post opening stock" { Headquarters: All };
    STOCKTAKE_VIEW = "stock.stocktake.view", "查看盘点单", "View stocktakes" {
        Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    STOCKTAKE_EDIT = "stock.stocktake.edit", "发起盘点", "Begin stocktakes" {
        Storekeeper: Station, StationManager: Station, Headquarters: All,
    };
    STOCKTAKE_COUNT = "stock.stocktake.count", "盘点计数", "Count stock" {
        Clerk: Station, Storekeeper: Station, StationManager: Station, Headquarters: All,
    };
    STOCKTAKE_APPROVE = "stock.stocktake.approve", "审批盘点", "Approve stocktakes" {
        Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    STOCKTAKE_REVERSE = "stock.stocktake.reverse", "冲销盘点", "Reverse stocktakes" { Headquarters: All };
    REVALUATION_VIEW = "stock.revaluation.view", "查看调价单", "View revaluations" {
        Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    REVALUATION_EDIT = "stock.revaluation.edit", "录入调价单", "Write revaluations" {
        Storekeeper: Station, Accountant: All, Headquarters: All,
    };
    REVALUATION_APPROVE = "stock.revaluation.approve", "审批调价单", "Approve revaluations" {
        Accountant: All, Headquarters: All,
    };
    REVALUATION_REVERSE = "stock.revaluation.reverse", "冲销调价单", "Reverse revaluations" { Headquarters: All };
    BIN_VIEW = "stock.bin.view", "查看库位", "View bins" {
        Engineer: Station, Clerk: Station, Storekeeper: Station, StationManager: Subtree, Headquarters: All,
    };
    BIN_EDIT = "stock.bin.edit", "维护库位", "Keep bins" {
        Clerk: Station, Storekeeper: Station, StationManager: Station, Headquarters: All,
    };
    FORMULA_VIEW = "stock.formula.view", "查看拆装配方", "View formulas" {
        Engineer: All, Clerk: All, Storekeeper: All, Accountant: All, StationManager: All, Headquarters: All,
    };
    FORMULA_EDIT = "stock.formula.edit", "维护拆装配方", "Keep formulas" { Headquarters: All };
    CONVERSION_VIEW = "stock.conversion.view", "查看拆装单", "View conversions" {
        Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    CONVERSION_EDIT = "stock.conversion.edit", "录入拆装单", "Write conversions" {
        Storekeeper: Station, Headquarters: All,
    };
    CONVERSION_POST = "stock.conversion.post", "拆装单过账", "Post conversions" {
        Storekeeper: Station, Headquarters: All,
    };
    CONVERSION_REVERSE = "stock.conversion.reverse", "冲销拆装单", "Reverse conversions" { Headquarters: All };
    SWAP_VIEW = "stock.swap.view", "查看附件对换", "View accessory swaps" {
        Reception: Station, Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree,
        Headquarters: All,
    };
    SWAP_EDIT = "stock.swap.edit", "录入附件对换", "Write accessory swaps" {
        Reception: Station, Clerk: Station, Storekeeper: Station, Headquarters: All,
    };
    SWAP_POST = "stock.swap.post", "附件对换过账", "Post accessory swaps" {
        Storekeeper: Station, Headquarters: All,
    };
    SWAP_REVERSE = "stock.swap.reverse", "冲销附件对换", "Reverse accessory swaps" { Headquarters: All };
    REFURB_VIEW = "stock.refurb.view", "查看翻新单", "View refurbishments" {
        Engineer: Station, Inspector: Station, Clerk: Station, Storekeeper: Station, Accountant: All,
        StationManager: Subtree, Headquarters: All, Dealer: Party,
    };
    REFURB_EDIT = "stock.refurb.edit", "申请翻新", "Apply for refurbishments" {
        Clerk: Station, Storekeeper: Station, StationManager: Station, Headquarters: All,
    };
    REFURB_APPROVE = "stock.refurb.approve", "审批翻新", "Approve refurbishments" { Headquarters: All };
    REFURB_WORK = "stock.refurb.work", "翻新作业", "Work on refurbishments" {
        Engineer: Station, Storekeeper: Station, StationManager: Station, Headquarters: All,
    };
    REFURB_GRADE = "stock.refurb.grade", "翻新定级", "Grade refurbished units" {
        Inspector: Station, StationManager: Subtree, Headquarters: All,
    };
    REFURB_REVERSE = "stock.refurb.reverse", "冲销翻新", "Reverse refurbishments" { Headquarters: All };
    REQUISITION_VIEW = "stock.requisition.view", "查看申请单", "View requisitions" {
        Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    REQUISITION_EDIT = "stock.requisition.edit", "录入申请单", "Write requisitions" {
        Clerk: Station, Storekeeper: Station, StationManager: Station,
    };
    REQUISITION_APPROVE = "stock.requisition.approve", "审批申请单", "Approve requisitions" {
        StationManager: Subtree, Headquarters: All,
    };
    PARTS_PLAN_VIEW = "stock.parts_plan.view", "查看配件计划", "View parts plans" {
        Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    PARTS_PLAN_EDIT = "stock.parts_plan.edit", "录入配件计划", "Write parts plans" {
        Clerk: Station, Storekeeper: Station, StationManager: Station,
    };
    PARTS_PLAN_APPROVE = "stock.parts_plan.approve", "汇总审批配件计划", "Consolidate and approve parts plans" {
        Headquarters: All,
    };
    TRANSFER_VIEW = "stock.transfer.view", "查看调拨单", "View transfers" {
        Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    TRANSFER_EDIT = "stock.transfer.edit", "录入调拨单", "Write transfers" {
        Storekeeper: Station, Headquarters: All,
    };
    TRANSFER_SHIP = "stock.transfer.ship", "调拨发货", "Ship transfers" { Storekeeper: Station, Headquarters: All };
    TRANSFER_SIGN = "stock.transfer.sign", "调拨签收", "Sign for transfers" {
        Storekeeper: Station, StationManager: Station, Headquarters: All,
    };
    TRANSFER_RESOLVE = "stock.transfer.resolve", "处理调拨差异", "Resolve differences of transfers" {
        Accountant: All, Headquarters: All,
    };
    TRANSFER_REVERSE = "stock.transfer.reverse", "撤销调拨", "Reverse transfers" { Headquarters: All };
}

//! Numbers, print templates, background work, the log of changes, the check of the books.

crate::texts! {
    NUMBER_RULES = "编号规则", "Number rules";
    NUMBER_EDIT = "修改编号规则", "Change a number rule";
    NUMBER_HINT = "新规则只影响以后的单据，已有编号不变。", "A new rule is for documents to come; numbers that were given stay.";
    NUMBER_SAVED = "编号规则已保存", "The number rule is saved";
    PATTERN = "规则", "Pattern";
    PATTERN_HINT = "字母、数字与占位符 {YYYY} {YY} {MM} {M} {DD} {D} {ORG} {SEQ:4}；流水号必须且只能有一个", "Letters, digits and {YYYY} {YY} {MM} {M} {DD} {D} {ORG} {SEQ:4}; exactly one sequence";
    EXAMPLE = "今天的样式", "Looks today like";
    GAPLESS = "连续无断号", "Without gaps";
    CHANGE = "操作", "Action";
    DOCUMENT = "单据", "Document";

    TEMPLATES = "打印模板", "Print templates";
    TEMPLATES_HINT = "每种单据、每种纸张一个模板；内置模板可随时恢复。", "One for each kind of document and paper; the built-in one can always be brought back.";
    TEMPLATE = "模板", "Template";
    TEMPLATE_HINT = "HTML 与占位符：{{ doc.number }}、{{ doc.title }}、{% for field in doc.fields %}{{ field[0] }} {{ field[1] }}{% endfor %}、{{ qr(doc.qr) }}", "HTML with placeholders: {{ doc.number }}, {{ doc.title }}, {% for field in doc.fields %}{{ field[0] }} {{ field[1] }}{% endfor %}, {{ qr(doc.qr) }}";
    TEMPLATE_SAVED = "模板已保存", "The template is saved";
    TEMPLATE_RESET = "已恢复内置模板", "The built-in template is back";
    ALL_TEMPLATES = "全部模板", "All templates";
    PAPER = "纸张", "Paper";
    ORIGIN = "来源", "From";
    OWN = "自定义", "Own";
    BUILT_IN = "内置", "Built in";
    TRY = "预览", "Try";
    SAMPLE = "用示例单据预览", "The sample document";
    RESET = "恢复内置", "Back to built-in";
    RESET_WHAT = "自定义模板将被删除。", "The company's own template is removed.";

    OPERATIONS = "后台任务", "Background work";
    OPERATION = "后台任务", "Background work";
    WORK = "操作", "Operation";
    STATE = "状态", "State";
    PROGRESS = "进度", "Progress";
    FAILURE = "失败原因", "What went wrong";
    RESULT = "结果", "Result";
    CODE = "代码", "Code";
    CANCEL_WHAT = "尚未提交的工作将被放弃。", "What is not yet recorded is given up.";

    AUDIT = "操作日志", "Log of changes";
    WHEN = "时间", "When";
    WHO = "操作人", "Who";
    RECORD_KIND = "对象", "Record";
    RECORD = "对象标识", "Record id";
    CHANGES = "变更", "Changes";
    BEFORE = "变更前", "Before";
    ADDRESS = "来源地址", "Address";
    REQUEST = "请求标识", "Request";

    SEALS = "日志封签", "Seals of the log";
    SEALS_HINT = "操作日志每分钟封签一次。任何人在系统之外修改、删除或插入日志，校验都会指出。", "The log of changes is sealed every minute. Whoever changes, removes or adds a row behind the product's back is found by verifying it.";
    SEALED = "封签状态", "How it is sealed";
    LAST_SEAL = "最近封签", "Last seal";
    NO_SEAL = "尚未封签", "No seal yet";
    SEALED_AT = "封签时间", "Sealed at";
    SEALED_ROWS = "已封签条数", "Rows sealed";
    WAITING_ROWS = "待封签条数", "Rows waiting";
    WAITING_SINCE = "最早待封签", "Waiting since";
    ROOT = "封签值（请另行保存）", "Root (keep it elsewhere)";
    VERIFY = "立即校验", "Verify now";
    VERIFICATION = "最近校验", "Last verification";
    NEVER_VERIFIED = "还没有校验过。", "It has not been verified yet.";
    VERIFYING = "正在校验：{done} / {total}", "Verifying: {done} of {total}";
    VERIFIED_AT = "校验时间", "Verified at";
    NOTHING_SEALED = "还没有已封签的日志可校验，请在下一次封签后再试。", "Nothing was sealed yet that could be verified: try again after the next seal.";
    INTACT = "已核对 {rows} 条，操作日志完好。", "{rows} rows compared: the log is as it was written.";
    TAMPERED = "发现 {faults} 处异常，操作日志被改动过。请保全数据库并联系管理员。", "{faults} faults: the log was changed. Keep the database as it is and call the administrator.";
    FAULT = "异常", "Fault";
    LOG_ROW = "日志标识", "Row of the log";
    SEAL_NUMBER = "封签号", "Seal";
    REFRESH = "刷新", "Refresh";

    BOOKS = "账实核对", "Check of the books";
    BOOKS_CLEAN = "全部规则成立，账实一致。", "Every rule holds: the books tie.";
    BOOKS_BROKEN = "有规则不成立，请把本页发给管理员。", "A rule is broken: hand this page to the administrator.";
    CHECK_AGAIN = "重新核对", "Check again";
    RULE = "规则", "Rule";
    CHECKED = "核对数", "Checked";
    HOLDS = "成立", "Holds";
    BROKEN = "不成立", "Broken";
}

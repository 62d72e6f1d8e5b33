//! Formulas, and conversions of units into parts and of parts into units.

crate::texts! {
    TITLE = "拆装单", "Conversions";
    DETAIL = "拆装单详情", "Conversion";
    NEW = "新建拆装单", "New conversion";
    EDIT = "编辑拆装单", "Edit conversion";
    SEARCH = "单号、序列号、备注", "Number, serial, remark";
    DRAFTS = "待过账", "To post";
    WAY = "方向", "Way";
    UNIT = "整机", "Unit";
    UNIT_WAREHOUSE = "整机仓库", "Warehouse of the unit";
    UNIT_CONDITION = "整机品质", "Condition of the unit";
    UNIT_SERIAL = "整机序列号", "Serial of the unit";
    UNIT_SERIAL_HINT = "拆机：在库整机；组装：新序列号，或曾拆掉的旧序列号", "Disassembly: a unit in stock; assembly: a new serial, or one that ended before";
    UNIT_VALUE = "整机金额", "Value of the unit";
    PARTS_WAREHOUSE = "散件仓库", "Warehouse of the parts";
    PARTS_WAREHOUSE_HINT = "留空与整机同仓", "That of the unit when empty";
    PARTS = "散件", "Parts";
    PARTS_HINT = "不填则按配方带出全部散件", "Leave it empty to take over the parts of the formula";
    ADD_PART = "添加散件", "Add a part";
    SHARE = "成本份额", "Share of cost";
    SHARE_HINT = "各行合计须为 100%", "They add up to 100%";
    FORMULAS = "拆装配方", "Formulas";
    FORMULA = "配方", "Formula";
    FORMULA_DETAIL = "配方详情", "Formula";
    FORMULA_NEW = "新建配方", "New formula";
    FORMULA_EDIT = "编辑配方", "Edit formula";
    FORMULA_SEARCH = "机型、版本", "Model, edition";
    MODEL = "机型", "Model";
    EDITION = "版本", "Edition";
    IN_USE = "启用", "In use";
    CONVERT = "按此配方拆装", "Convert by it";
}

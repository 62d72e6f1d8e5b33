//! Refurbishments.

crate::texts! {
    TITLE = "翻新单", "Refurbishments";
    DETAIL = "翻新单详情", "Refurbishment";
    NEW = "新建翻新申请", "New refurbishment";
    EDIT = "编辑翻新申请", "Edit refurbishment";
    SEARCH = "单号、原因", "Number, reason";
    TO_APPROVE = "待审批", "To approve";
    UNDER_WAY = "翻新中", "Under way";
    AGENT = "代理商", "Dealer";
    AGENT_HINT = "代理商的申请请选上，代理商可查询进度", "Choose the dealer whose application it is: it can then follow it";
    WHY = "翻新原因", "Reason";
    WHY_HINT = "例如：以旧换新收回，外观磨损", "For example: taken in exchange, worn case";
    ESTIMATE = "预计用料与工时", "Estimate of parts and labour";
    SPENT = "已用料与工时", "Spent so far";
    UNITS = "整机", "Units";
    ADD_UNIT = "添加整机", "Add a unit";
    MODEL = "机型", "Model";
    CONDITION_HINT = "在仓库中的品质，留空为坏件", "As it lies in the warehouse; empty: bad";
    CARRYING = "原账面价值", "Worth before";
    PARTS_VALUE = "用料", "Parts";
    LABOUR = "工时", "Labour";
    NEW_VALUE = "翻新后成本", "Worth afterwards";
    GRADE = "等级", "Grade";
    GRADED_AT = "定级时间", "Graded at";
    GRADED = "已定级", "Graded";
    UNIT_COUNT = "台数", "Units";
    STARTED_AT = "开工时间", "Begun at";
    FINISHED_AT = "完成时间", "Finished at";
    PARTS = "用料", "Parts";
    UNIT = "整机", "Unit";
    TAKEN_BACK = "已退回", "Taken back";
    ADD_PART = "领料", "Take a part";
    GIVE_BACK = "退料", "Give a part back";
    SET_LABOUR = "登记工时", "Enter labour";
    AMOUNT = "工时金额", "Value of the labour";
    PART_OF_UNIT = "退回的用料", "Part to give back";
    PART_FROM = "领料仓库", "Warehouse of the part";
    TO_WAREHOUSE = "翻新入库仓库", "Warehouse for refurbished goods";
    TO_WAREHOUSE_HINT = "留空则入本网点第一个翻新库；报废的不入库", "Empty: the station's first one for refurbished goods; what is scrapped goes nowhere";
    START_HAPPENS = "整机将从仓库领出，转为翻新在制。", "The units leave the warehouse and are work in progress.";
    VERDICTS = "逐台定级", "Grade each unit";
    WORK = "翻新作业", "Work";
}

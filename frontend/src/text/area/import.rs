//! Imports.

crate::texts! {
    TITLE = "数据导入", "Import";
    HINT = "先下载模板并填写，再检查；检查通过后导入。全部成功或全部不导入。", "Download and fill in the template, check it, then import it. Either every row is recorded or none.";
    DATASET = "数据类型", "What";
    TEMPLATE = "下载模板", "Download the template";
    PICK = "选择工作簿（.xlsx）", "Choose a workbook (.xlsx)";
    PICK_FIRST = "请先选择工作簿", "Choose a workbook first";
    TOO_LARGE = "文件超过 10 MB", "The file is larger than 10 MB";
    CHECK = "检查（不保存）", "Check only";
    IMPORT = "导入", "Import";
    RUNNING = "处理中：{done} / {total} 行", "Working: {done} of {total} rows";
    CHECKED_CLEAN = "检查通过：共 {rows} 行，可以导入", "All {rows} rows are right and can be imported";
    DONE = "导入完成：共 {rows} 行", "{rows} rows were imported";
    FAULTY = "共 {rows} 行，其中 {bad} 行有误；没有保存任何数据", "{bad} of {rows} rows are wrong; nothing was saved";
    MARKED = "下载标注错误的工作簿", "Download the workbook with the wrong cells marked";
    FAULTS = "错误明细", "What is wrong";
    ROW = "行", "Row";
    COLUMN = "列", "Column";
    WHY = "原因", "Why";
}

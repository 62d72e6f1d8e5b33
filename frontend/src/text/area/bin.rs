//! Bins.

crate::texts! {
    TITLE = "库位", "Bins";
    NEW = "登记库位", "New bin";
    EDIT = "更换库位", "Change bin";
    SEARCH = "库位、备注", "Bin, remark";
    CODE = "库位", "Bin";
    CODE_HINT = "如货架-层-格：A-01-03；拣货单与盘点单按库位排序", "For example shelf, level and box: A-01-03; lists to fetch and count by go by it";
    UPLOAD = "导入库位", "Import bins";
    REMOVE = "取消库位", "Take out of bins";
}

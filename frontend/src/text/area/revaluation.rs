//! Revaluations.

crate::texts! {
    TITLE = "调价单", "Revaluations";
    DETAIL = "调价单详情", "Revaluation";
    NEW = "新建调价单", "New revaluation";
    EDIT = "编辑调价单", "Edit revaluation";
    SEARCH = "单号、原因", "Number, reason";
    TO_APPROVE = "待审批", "To approve";
    WHY = "调价原因", "Reason";
    WHY_HINT = "如：市场价下跌、采购新价", "A fall of the market price, a new price list";
    STATION_HINT = "留空为本网点；保存后不可更改", "Your own when empty; it cannot be changed later";
    NEW_COST = "新单位成本", "New cost per piece";
    OLD_COST = "原单位成本", "Old cost per piece";
    OLD_VALUE = "原金额", "Value before";
    DIFFERENCE = "差额", "Difference";
    GAIN = "调增金额", "Gain";
    LOSS = "调减金额", "Loss";
    SERIAL_HINT = "按序列号管理的产品：留空表示全部在库件", "Products tracked by serial: every piece in stock when empty";
    CONDITION_HINT = "留空为良品；同一网点同一产品同一品质共用一个平均成本", "Good when empty; a station has one average cost for each product and condition";
    AS_OF_NOW = "数量与差额按当前库存计算，以审批过账时为准。", "Quantities and differences are those of this moment; what counts is the moment of approval.";
    APPROVE_HAPPENS = "按此刻库存数量 ×（新成本 − 原成本）过账损益。工程师手中和在途的货不受影响。", "Posts quantity in stock × (new − old cost) as gain or loss. What engineers hold and what is in transit keeps its cost.";
}

//! Stock analysis.

crate::texts! {
    ANALYSIS = "库存分析", "Stock analysis";
    VERDICT = "结论", "Verdict";
    CYCLE_DAYS = "消耗周期（天）", "Consumption period (days)";
    CYCLE_HINT = "看最近 12 个周期，7–90 天", "The last 12 periods are looked at; 7 to 90 days";
    COVER_DAYS = "保障周期（天）", "To be covered (days)";
    COVER_HINT = "库存应满足的天数，7–365", "How long stock should do; 7 to 365";
    LEAD_DAYS = "到货天数", "Days on the way";
    LEAD_HINT = "从申请到入库，0–180 天", "From order to shelf; 0 to 180";
    NEEDS = "各仓需求", "Need by warehouse";
    ABC = "ABC", "ABC";
    CONSUMED = "消耗合计", "Used in all";
    FORECAST = "周期预测", "Forecast a period";
    METHOD = "预测方法", "Method";
    PATTERN = "需求形态", "Pattern";
    LASTS_DAYS = "可用天数", "Lasts (days)";
    TARGET = "目标库存", "Target";
    SHORTAGE = "缺口", "Missing";
    SURPLUS = "富余", "Too much";
    LAST_USED = "最近消耗", "Last used";
    LOOKED_AT = "统计期间：{from} 至", "Looked at: {from} to";
    NOTHING_TO_ANALYSE = "没有可分析的库存", "No stock to analyse";
    NOTHING_TO_ANALYSE_HINT = "放宽条件，或等到良品库有收发之后。", "Choose less narrow conditions, or wait until good stock has moved.";
    CAPPED = "数据过多，只显示前 2000 行，请选择网点或仓库。", "Only the first 2,000 lines are shown: choose a station or a warehouse.";
    ADVICE = "调拨与申请建议", "What to send and what to ask for";
    NO_ADVICE = "没有需要补的货", "Nothing is missing";
    NO_ADVICE_HINT = "各仓都够用；改变周期可以再看。", "Every warehouse has enough; other periods may say otherwise.";
    SEND = "调拨", "Send";
    ASK = "申请", "Ask for";
    MAKE_DRAFT = "生成草稿", "Write the draft";
    FROM_ANALYSIS = "按库存分析补货", "Supply by stock analysis";
    DRAFTED = "已生成草稿 {number}", "Draft {number} is written";
    AGE = "库龄", "Age of stock";
    AGE_HINT = "按先进先出推算：在库的是最后收进本处的。", "As if the oldest left first: what is there is what came last into this place.";
    HISTORY = "近 12 个月库存金额", "Value of stock in twelve months";
    TO_30 = "30 天内", "Up to 30 days";
    TO_90 = "31–90 天", "31–90 days";
    TO_180 = "91–180 天", "91–180 days";
    TO_365 = "181–365 天", "181–365 days";
    OLDER = "365 天以上", "Over 365 days";
    NO_STOCK = "没有库存", "No stock";
}

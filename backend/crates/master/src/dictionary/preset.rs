//! The dictionaries of a new installation: phones and home appliances.

use openapi::choice::Choice;
use openapi::master::dictionary::{DictionaryEntryDraft, DictionaryKind, Payer};
use openapi::{ItemCode, Money, Text, UnitPrice};

/// An entry and what it points at, by [`key`].
pub struct Preset {
    /// The entry, without its references.
    pub draft: DictionaryEntryDraft,
    /// Key of the entry that it stands under.
    pub parent: Option<String>,
    /// Key of its repair level.
    pub level: Option<String>,
}

/// What an entry is known by before it has an id.
pub fn key(kind: DictionaryKind, code: &str) -> String {
    format!("{}/{code}", kind.as_str())
}

/// Code, Chinese name, English name.
type Named = (&'static str, &'static str, &'static str);

const BRANDS: &[Named] = &[
    ("HUAWEI", "华为", "Huawei"),
    ("HONOR", "荣耀", "Honor"),
    ("XIAOMI", "小米", "Xiaomi"),
    ("OPPO", "OPPO", "OPPO"),
    ("VIVO", "vivo", "vivo"),
    ("APPLE", "苹果", "Apple"),
    ("SAMSUNG", "三星", "Samsung"),
    ("LENOVO", "联想", "Lenovo"),
    ("MIDEA", "美的", "Midea"),
    ("GREE", "格力", "Gree"),
    ("HAIER", "海尔", "Haier"),
];
const CATEGORIES: &[(Named, &[Named])] = &[
    (
        ("DIGITAL", "数码产品", "Digital"),
        &[
            ("PHONE", "手机", "Phone"),
            ("TABLET", "平板电脑", "Tablet"),
            ("LAPTOP", "笔记本电脑", "Laptop"),
            ("WATCH", "智能手表", "Smart watch"),
        ],
    ),
    (
        ("APPLIANCE", "家用电器", "Home appliances"),
        &[
            ("AC", "空调", "Air conditioner"),
            ("FRIDGE", "冰箱", "Refrigerator"),
            ("WASHER", "洗衣机", "Washing machine"),
            ("TV", "电视机", "Television"),
        ],
    ),
    (
        ("SPARE", "备件", "Spare parts"),
        &[
            ("SCREEN", "屏幕", "Screens"),
            ("CELL", "电池", "Batteries"),
            ("PCB", "主板", "Boards"),
            ("SMALL", "小料", "Small parts"),
        ],
    ),
];
const FAULTS: &[(Named, &[Named])] = &[
    (
        ("F01", "屏幕显示", "Display"),
        &[
            ("F0101", "屏幕碎裂", "Cracked screen"),
            ("F0102", "触摸失灵", "Touch does not react"),
            ("F0103", "花屏、闪屏", "Flicker or stripes"),
            ("F0104", "黑屏、无显示", "Black screen"),
            ("F0105", "亮点、坏点", "Dead pixels"),
        ],
    ),
    (
        ("F02", "电源充电", "Power and charging"),
        &[
            ("F0201", "不开机", "Does not switch on"),
            ("F0202", "不充电", "Does not charge"),
            ("F0203", "待机时间短", "Short battery life"),
            ("F0204", "自动关机、重启", "Switches off or restarts"),
            ("F0205", "电池鼓包", "Swollen battery"),
            ("F0206", "发热严重", "Gets hot"),
        ],
    ),
    (
        ("F03", "通信网络", "Network"),
        &[
            ("F0301", "无信号", "No signal"),
            ("F0302", "不识别 SIM 卡", "SIM not recognised"),
            ("F0303", "无法连接 Wi-Fi", "No Wi-Fi"),
            ("F0304", "蓝牙异常", "Bluetooth fault"),
            ("F0305", "定位不准", "Wrong location"),
        ],
    ),
    (
        ("F04", "声音影像", "Sound and camera"),
        &[
            ("F0401", "听筒无声", "No sound in earpiece"),
            ("F0402", "扬声器无声、破音", "Loudspeaker fault"),
            ("F0403", "送话无声", "Microphone fault"),
            ("F0404", "摄像头无法使用", "Camera does not work"),
            ("F0405", "拍照模糊", "Blurred pictures"),
        ],
    ),
    (
        ("F05", "结构外观", "Body"),
        &[
            ("F0501", "按键失灵", "Button does not work"),
            ("F0502", "后盖破损", "Broken back cover"),
            ("F0503", "进水、受潮", "Liquid damage"),
            ("F0504", "尾插松动", "Loose connector"),
        ],
    ),
    (
        ("F06", "系统软件", "Software"),
        &[
            ("F0601", "死机、卡顿", "Freezes"),
            ("F0602", "升级失败", "Update failed"),
            ("F0603", "忘记密码", "Password forgotten"),
            ("F0604", "应用闪退", "Applications crash"),
        ],
    ),
    (
        ("F07", "家电", "Appliances"),
        &[
            ("F0701", "不制冷、不制热", "Does not cool or heat"),
            ("F0702", "漏水", "Leaks water"),
            ("F0703", "噪音大", "Noisy"),
            ("F0704", "不工作、不通电", "No power"),
            ("F0705", "显示故障代码", "Shows an error code"),
        ],
    ),
];
const CAUSES: &[Named] = &[
    ("C01", "元件老化", "Worn component"),
    ("C02", "元件损坏", "Defective component"),
    ("C03", "虚焊、脱焊", "Bad solder joint"),
    ("C04", "软件缺陷", "Software defect"),
    ("C05", "人为损坏", "Damage by the user"),
    ("C06", "进液腐蚀", "Corrosion by liquid"),
    ("C07", "安装不当", "Wrong installation"),
    ("C08", "未发现故障", "No fault found"),
];
/// Labour price and claimed labour in fen.
const LEVELS: &[(Named, i64, i64)] = &[
    (("L1", "一级（软件、简单维修）", "Level 1: software, simple repair"), 3000, 2000),
    (("L2", "二级（更换模块）", "Level 2: module swap"), 8000, 5000),
    (("L3", "三级（元件级维修）", "Level 3: component repair"), 15000, 9000),
    (("L4", "四级（更换主板）", "Level 4: board swap"), 20000, 12000),
];
/// Standard minutes and level.
const METHODS: &[(Named, u16, &str)] = &[
    (("M01", "软件升级", "Software update"), 20, "L1"),
    (("M02", "恢复出厂设置", "Factory reset"), 15, "L1"),
    (("M03", "数据备份与恢复", "Backup and restore"), 40, "L1"),
    (("M04", "清洁、除尘", "Cleaning"), 20, "L1"),
    (("M05", "检测无故障", "Inspection, no fault"), 15, "L1"),
    (("M06", "参数校准", "Calibration"), 20, "L1"),
    (("M07", "解锁处理", "Unlocking"), 20, "L1"),
    (("M11", "更换屏幕总成", "Replace screen"), 40, "L2"),
    (("M12", "更换电池", "Replace battery"), 25, "L2"),
    (("M13", "更换尾插小板", "Replace charging board"), 35, "L2"),
    (("M14", "更换摄像头", "Replace camera"), 35, "L2"),
    (("M15", "更换听筒、扬声器", "Replace earpiece or loudspeaker"), 30, "L2"),
    (("M16", "更换后盖", "Replace back cover"), 25, "L2"),
    (("M17", "更换按键排线", "Replace key flex"), 30, "L2"),
    (("M18", "更换卡托、卡座", "Replace SIM tray"), 30, "L2"),
    (("M21", "补焊、植锡", "Resolder"), 60, "L3"),
    (("M22", "更换电源芯片", "Replace power chip"), 90, "L3"),
    (("M23", "更换射频芯片", "Replace radio chip"), 90, "L3"),
    (("M24", "进水清洗处理", "Liquid damage treatment"), 80, "L3"),
    (("M25", "加注制冷剂", "Refill refrigerant"), 60, "L3"),
    (("M31", "更换主板", "Replace board"), 60, "L4"),
    (("M32", "更换压缩机", "Replace compressor"), 150, "L4"),
];
const WARRANTY_STATES: &[(Named, Payer)] = &[
    (("IN", "保内", "In warranty"), Payer::Manufacturer),
    (("OUT", "保外", "Out of warranty"), Payer::Customer),
    (("VERIFY", "保内待检", "In warranty, to be verified"), Payer::Manufacturer),
    (("SANBAO", "三包期内", "Three guarantees"), Payer::Manufacturer),
    (("EXTENDED", "延保", "Extended warranty"), Payer::Insurer),
    (("REWORK", "返修免费", "Free re-repair"), Payer::Company),
    (("GOODWILL", "优惠关怀", "Goodwill"), Payer::Company),
    (("INTERNAL", "内部机器", "Own unit"), Payer::Internal),
    (("DAMAGED", "人为损坏保外", "Damage by the user"), Payer::Customer),
];
/// Price in yuan, and whether it is free in warranty. All are taxed at 6 %.
const SERVICE_ITEMS: &[(Named, i64, bool)] = &[
    (("JC", "检测费", "Inspection fee"), 30, true),
    (("SM", "上门费", "Visit fee"), 50, true),
    (("AZ", "安装费", "Installation fee"), 120, false),
    (("RJ", "软件升级", "Software update"), 30, true),
    (("SJ", "数据备份", "Data backup"), 80, false),
    (("QX", "清洗保养", "Cleaning service"), 100, false),
    (("YC", "远程费", "Distance fee"), 60, false),
    (("BG", "检测报告", "Inspection report"), 50, false),
    (("JJ", "加急费", "Express fee"), 50, false),
    (("YF", "快递费", "Courier fee"), 20, false),
];
/// Months of warranty of their own; 0 for none.
const ACCESSORIES: &[(Named, u16)] = &[
    (("BATTERY", "电池", "Battery"), 6),
    (("CHARGER", "充电器", "Charger"), 12),
    (("CABLE", "数据线", "Cable"), 3),
    (("EARPHONE", "有线耳机", "Wired earphones"), 3),
    (("BOX", "包装盒", "Box"), 0),
    (("SIM", "SIM 卡", "SIM card"), 0),
    (("SDCARD", "存储卡", "Memory card"), 0),
    (("CASE", "手机壳", "Phone case"), 0),
    (("CARD", "保修卡", "Warranty card"), 0),
    (("INVOICE", "购机发票", "Invoice"), 0),
    (("REMOTE", "遥控器", "Remote control"), 0),
    (("STYLUS", "手写笔", "Stylus"), 0),
];
const APPEARANCES: &[Named] = &[
    ("OK", "外观完好", "No damage"),
    ("SCRATCH", "划痕", "Scratches"),
    ("DENT", "磕碰、掉漆", "Dents"),
    ("BENT", "机身变形", "Bent body"),
    ("CRACK", "破裂", "Cracks"),
    ("LIQUID", "进水痕迹", "Signs of liquid"),
    ("OPENED", "有拆机痕迹", "Was opened"),
];
const CANCEL_REASONS: &[Named] = &[
    ("PRICE", "客户不接受报价", "Price not accepted"),
    ("WITHDRAWN", "客户放弃维修", "Withdrawn by the customer"),
    ("NOPART", "无配件", "No part available"),
    ("NOFIX", "无法修复", "Cannot be repaired"),
    ("MISTAKE", "重复或误录", "Recorded by mistake"),
    ("OTHER", "其他", "Other"),
];
const UOMS: &[Named] = &[
    ("PCS", "个", "pcs"),
    ("SET", "套", "set"),
    ("UNIT", "台", "unit"),
    ("STRIP", "条", "strip"),
    ("BOX", "盒", "box"),
    ("METER", "米", "m"),
    ("KG", "千克", "kg"),
    ("TIME", "次", "time"),
];

/// Every entry; whatever an entry points at comes before it.
pub fn entries() -> Vec<Preset> {
    use DictionaryKind as K;
    let mut all = Vec::new();
    let mut plain = |kind, list: &[Named]| all.extend((1..).zip(list).map(|(no, named)| entry(kind, no, named)));
    plain(K::Brand, BRANDS);
    plain(K::Cause, CAUSES);
    plain(K::Appearance, APPEARANCES);
    plain(K::CancelReason, CANCEL_REASONS);
    plain(K::Uom, UOMS);
    all.extend(two_levels(K::ProductCategory, CATEGORIES));
    all.extend(two_levels(K::Fault, FAULTS));
    all.extend((1..).zip(LEVELS).map(|(no, (named, labour, claim))| {
        with(entry(K::RepairLevel, no, named), |draft| {
            draft.labour_price = Some(Money(*labour));
            draft.claim_fee = Some(Money(*claim));
        })
    }));
    all.extend((1..).zip(METHODS).map(|(no, (named, minutes, level))| Preset {
        level: Some(key(K::RepairLevel, level)),
        ..with(entry(K::RepairMethod, no, named), |draft| draft.standard_minutes = Some(*minutes))
    }));
    all.extend(
        (1..)
            .zip(WARRANTY_STATES)
            .map(|(no, (named, payer))| with(entry(K::WarrantyState, no, named), |draft| draft.payer = Some(*payer))),
    );
    all.extend((1..).zip(SERVICE_ITEMS).map(|(no, (named, yuan, is_free))| {
        with(entry(K::ServiceItem, no, named), |draft| {
            draft.price = Some(UnitPrice(yuan * 10_000));
            draft.tax_rate = Some(600);
            draft.is_free_in_warranty = Some(*is_free);
        })
    }));
    all.extend((1..).zip(ACCESSORIES).map(|(no, (named, months))| {
        with(entry(K::Accessory, no, named), |draft| draft.warranty_months = (*months > 0).then_some(*months))
    }));
    all
}

fn two_levels(kind: DictionaryKind, tops: &[(Named, &[Named])]) -> Vec<Preset> {
    let group = |(no, (top, below)): (u16, &(Named, &[Named]))| {
        let parent = Some(key(kind, top.0));
        let under = move |(no, named): (u16, &Named)| Preset { parent: parent.clone(), ..entry(kind, no, named) };
        std::iter::once(entry(kind, no, top)).chain((1..).zip(*below).map(under)).collect::<Vec<_>>()
    };
    (1..).zip(tops).flat_map(group).collect()
}

fn entry(kind: DictionaryKind, no: u16, named: &Named) -> Preset {
    let (code, zh, en) = *named;
    let draft = DictionaryEntryDraft {
        kind,
        code: ItemCode::stored(code.to_owned()),
        name: Text::stored(zh.to_owned()),
        name_en: Some(Text::stored(en.to_owned())),
        parent_id: None,
        sort_no: no * 10,
        remark: None,
        standard_minutes: None,
        level_id: None,
        labour_price: None,
        claim_fee: None,
        payer: None,
        price: None,
        tax_rate: None,
        is_free_in_warranty: None,
        warranty_months: None,
    };
    Preset { draft, parent: None, level: None }
}

fn with(mut preset: Preset, set: impl FnOnce(&mut DictionaryEntryDraft)) -> Preset {
    set(&mut preset.draft);
    preset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::model::attribute_issues;
    use openapi::master::warranty::WarrantyVerdict;
    use std::collections::BTreeSet;

    #[test]
    fn the_preset_is_what_somebody_could_have_typed() {
        let mut known = BTreeSet::new();
        for preset in entries() {
            let draft = &preset.draft;
            assert!(attribute_issues(draft).is_empty(), "{}", &*draft.code);
            let json = serde_json::to_value(draft).unwrap();
            assert!(serde_json::from_value::<DictionaryEntryDraft>(json).is_ok(), "{}", &*draft.code);
            let behind = [&preset.parent, &preset.level];
            assert!(behind.into_iter().flatten().all(|key| known.contains(key)), "{}", &*draft.code);
            assert!(known.insert(key(draft.kind, &draft.code)), "{} stands twice", &*draft.code);
        }
        for verdict in WarrantyVerdict::ALL {
            assert!(known.contains(&key(DictionaryKind::WarrantyState, verdict.state_code())));
        }
        assert!(DictionaryKind::ALL.iter().all(|kind| known.iter().any(|k| k.starts_with(kind.as_str()))));
    }
}

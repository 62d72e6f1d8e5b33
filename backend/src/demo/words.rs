//! The words that demo data is made of: names, places, goods. Invented, but believable.

/// Family names, the most common first.
pub const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾",
    "彭", "吕",
];

/// Given names.
pub const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "霞",
    "平", "刚", "桂英", "建国", "志强", "海燕", "晓东", "雪梅", "文博", "雨欣", "子涵", "浩然", "思远", "佳怡", "俊杰",
    "婷婷", "国栋", "玉兰", "春生", "家豪", "梓萱",
];

/// Companies that own units.
pub const COMPANIES: &[&str] = &[
    "钱江物业管理有限公司",
    "西溪书院",
    "滨海餐饮连锁",
    "云栖软件园",
    "长乐小学",
    "东吴纺织厂",
    "金鸡湖酒店",
    "江南社区医院",
    "钟山快递",
    "紫金印务",
    "莫愁家政服务",
    "越秀百货",
    "天河外语学校",
    "白云仓储",
    "宝安电子厂",
    "南山设计院",
    "蛇口海鲜城",
    "锦江旅行社",
    "青羊茶庄",
    "武侯装饰",
];

/// Whom the company buys from: name, tax number, days until an invoice is due, and the brand that it
/// makes if it is a maker.
pub const SUPPLIERS: &[(&str, &str, u16, Option<&str>)] = &[
    ("星澜科技（深圳）有限公司", "91440300MA5DK8Q21T", 45, Some("星澜")),
    ("北辰通信设备有限公司", "91110108MA01B7XQ4K", 30, Some("北辰")),
    ("清禾电器股份有限公司", "91330200MA2AH3TR8N", 60, Some("清禾")),
    ("岭南风制冷设备有限公司", "91440605MA4UP6WH5J", 60, Some("岭南风")),
    ("青竹电脑（苏州）有限公司", "91320594MA1MF9KL0P", 30, Some("青竹")),
    ("华强北联创电子配件商行", "92440300MA5EN2XC7D", 15, None),
    ("余杭精密五金工具有限公司", "91330110MA27WJ6B3R", 30, None),
];

/// Dealers who buy wholesale: name, tax number, credit in yuan, days until an invoice is due.
pub const DEALERS: &[(&str, &str, i64, u16)] = &[
    ("绍兴恒通通讯器材有限公司", "91330602MA288L7Q1C", 80_000, 30),
    ("嘉兴南湖家电维修中心", "92330402MA2B9T3E5X", 30_000, 15),
    ("无锡梁溪数码广场经营部", "92320213MA1WR4KJ2H", 50_000, 30),
    ("佛山顺达制冷工程有限公司", "91440606MA51Y8NP6M", 120_000, 45),
    ("绵阳涪城兴达家电经销部", "92510703MA6B5H9F4A", 20_000, 15),
];

/// City, districts with a street each.
pub struct City {
    /// Province and city.
    pub name: &'static str,
    /// Districts.
    pub districts: &'static [&'static str],
    /// Streets.
    pub streets: &'static [&'static str],
}

/// One city for each station.
pub const CITIES: &[City] = &[
    City {
        name: "浙江省杭州市",
        districts: &["西湖区", "拱墅区", "上城区", "滨江区"],
        streets: &["文三路", "古墩路", "莫干山路", "江南大道"],
    },
    City {
        name: "江苏省苏州市",
        districts: &["姑苏区", "吴中区", "工业园区"],
        streets: &["人民路", "干将东路", "现代大道"],
    },
    City {
        name: "江苏省南京市",
        districts: &["玄武区", "鼓楼区", "建邺区"],
        streets: &["中山北路", "珠江路", "江东中路"],
    },
    City {
        name: "广东省广州市",
        districts: &["天河区", "越秀区", "海珠区"],
        streets: &["体育东路", "环市东路", "新港中路"],
    },
    City {
        name: "广东省深圳市",
        districts: &["南山区", "福田区", "宝安区"],
        streets: &["深南大道", "华强北路", "创业一路"],
    },
    City {
        name: "四川省成都市",
        districts: &["武侯区", "锦江区", "青羊区"],
        streets: &["人民南路", "红星路", "蜀都大道"],
    },
];

/// A service station of the demo network: region code, code, name, city index.
pub const STATIONS: &[(&str, &str, &str, usize)] = &[
    ("EAST", "HZ01", "杭州西湖服务站", 0),
    ("EAST", "SZ01", "苏州姑苏服务站", 1),
    ("EAST", "NJ01", "南京鼓楼服务站", 2),
    ("SOUTH", "GZ01", "广州天河服务站", 3),
    ("SOUTH", "SZ02", "深圳南山服务站", 4),
    ("SOUTH", "CD01", "成都武侯服务站", 5),
];

/// A family of products: what it is, its models, and the parts that each model has.
pub struct Family {
    /// Category.
    pub category: &'static str,
    /// Code prefix.
    pub code: &'static str,
    /// Brand.
    pub brand: &'static str,
    /// Models with their retail price in yuan.
    pub models: &'static [(&'static str, i64)],
    /// Parts: code, name, share of the retail price in per mille, whether it carries a serial, and whether it is a board.
    pub parts: &'static [(&'static str, &'static str, i64, bool, bool)],
}

const PHONE_PARTS: &[(&str, &str, i64, bool, bool)] = &[
    ("SCR", "屏幕总成", 220, false, false),
    ("BAT", "电池", 55, false, false),
    ("USB", "尾插小板", 22, false, false),
    ("COV", "后盖", 35, false, false),
    ("CAM", "后置摄像头模组", 90, false, false),
    ("SPK", "扬声器", 15, false, false),
    ("MBD", "主板", 380, true, true),
    ("FPC", "主排线", 12, false, false),
];
const APPLIANCE_PARTS: &[(&str, &str, i64, bool, bool)] = &[
    ("PCB", "主控板", 180, true, true),
    ("MOT", "电机", 160, false, false),
    ("PMP", "水泵", 60, false, false),
    ("SNS", "温度传感器", 18, false, false),
    ("PNL", "显示面板", 75, false, false),
    ("SEA", "密封圈", 14, false, false),
    ("FAN", "风扇", 38, false, false),
    ("PWR", "电源板", 95, false, false),
];
const LAPTOP_PARTS: &[(&str, &str, i64, bool, bool)] = &[
    ("LCD", "液晶屏", 180, false, false),
    ("KBD", "键盘", 45, false, false),
    ("BAT", "电池", 70, false, false),
    ("FAN", "散热风扇", 25, false, false),
    ("SSD", "固态硬盘", 95, true, false),
    ("MBD", "主板", 420, true, true),
    ("DCJ", "电源接口", 12, false, false),
    ("HNG", "转轴", 20, false, false),
];

/// Everything that the demo company sells and repairs.
pub const FAMILIES: &[Family] = &[
    Family {
        category: "手机",
        code: "PH",
        brand: "星澜",
        models: &[("星澜 X9", 3999), ("星澜 X9 Pro", 4999), ("星澜 S7", 2499), ("星澜 S7e", 1899), ("星澜 A5", 1299)],
        parts: PHONE_PARTS,
    },
    Family {
        category: "手机",
        code: "PN",
        brand: "北辰",
        models: &[("北辰 N20", 3299), ("北辰 N20 Lite", 1999), ("北辰 Note 6", 1599), ("北辰 K3", 1099)],
        parts: PHONE_PARTS,
    },
    Family {
        category: "洗衣机",
        code: "WM",
        brand: "清禾",
        models: &[("清禾 滚筒10公斤", 3299), ("清禾 波轮8公斤", 1499), ("清禾 洗烘一体", 5299)],
        parts: APPLIANCE_PARTS,
    },
    Family {
        category: "冰箱",
        code: "RF",
        brand: "清禾",
        models: &[("清禾 对开门520升", 4599), ("清禾 三门256升", 2199), ("清禾 十字门480升", 3999)],
        parts: APPLIANCE_PARTS,
    },
    Family {
        category: "空调",
        code: "AC",
        brand: "岭南风",
        models: &[("岭南风 1.5匹挂机", 2799), ("岭南风 3匹柜机", 6299), ("岭南风 中央空调外机", 9800)],
        parts: APPLIANCE_PARTS,
    },
    Family {
        category: "电视",
        code: "TV",
        brand: "岭南风",
        models: &[("岭南风 55英寸", 2999), ("岭南风 75英寸", 5999)],
        parts: APPLIANCE_PARTS,
    },
    Family {
        category: "笔记本电脑",
        code: "NB",
        brand: "青竹",
        models: &[("青竹 14 轻薄本", 4899), ("青竹 16 性能本", 6999), ("青竹 Air 13", 5799), ("青竹 商务 T5", 7599)],
        parts: LAPTOP_PARTS,
    },
    Family {
        category: "扫地机器人",
        code: "RV",
        brand: "青竹",
        models: &[("青竹 扫拖 V3", 2399), ("青竹 扫拖 V5", 3699)],
        parts: APPLIANCE_PARTS,
    },
];

/// Accessories and consumables sold on their own: code, name, retail price in yuan.
pub const SUNDRIES: &[(&str, &str, i64)] = &[
    ("AX-CHG20", "20W 充电器", 69),
    ("AX-CHG65", "65W 充电器", 149),
    ("AX-CABC", "USB-C 数据线", 39),
    ("AX-EAR", "有线耳机", 49),
    ("AX-FILM", "钢化膜", 29),
    ("AX-CASE", "保护壳", 39),
    ("AX-BAG", "电脑包", 129),
    ("AX-MOUSE", "无线鼠标", 79),
    ("AX-FILTER", "滤网", 45),
    ("AX-BRUSH", "边刷套装", 59),
    ("AX-HOSE", "进水管", 35),
    ("AX-REMOTE", "遥控器", 55),
    ("CS-GLUE", "密封胶", 18),
    ("CS-THERM", "导热硅脂", 25),
    ("CS-CLEAN", "清洁剂", 22),
    ("CS-SCREW", "螺丝套装", 12),
    ("CS-TAPE", "绝缘胶带", 6),
    ("CS-R32", "制冷剂 R32", 180),
    ("CS-SOLDER", "焊锡丝", 48),
    ("CS-FLUX", "助焊剂", 28),
];

/// What customers say is wrong, by category; anything else falls back to the last entry.
pub const COMPLAINTS: &[(&str, &[&str])] = &[
    (
        "手机",
        &[
            "摔过之后屏幕碎裂，触摸失灵",
            "充电慢，有时充不进电",
            "电池不耐用，半天就没电",
            "通话时对方听不清",
            "后置相机打开黑屏",
            "进水后不开机",
            "频繁重启",
        ],
    ),
    ("洗衣机", &["脱水时震动很大，有异响", "不排水，显示 E21", "不进水", "门锁打不开", "洗到一半停机"]),
    ("冰箱", &["冷藏室不制冷", "夜里噪音大", "门封不严，结霜", "显示屏不亮"]),
    ("空调", &["制冷效果差", "室内机滴水", "外机不转", "遥控没有反应", "开机几分钟就停"]),
    ("电视", &["有声音没图像", "屏幕有竖线", "自动关机", "无线网络连不上"]),
    ("笔记本电脑", &["开机黑屏", "键盘部分按键失灵", "风扇噪音大，机身很烫", "电池鼓包", "转轴断裂", "硬盘读取慢"]),
    ("", &["不开机", "工作时有异响", "按键没有反应", "使用中断电"]),
];

//! What the built-in template prints.

use crate::ReadTx;
use chrono::{DateTime, Utc};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::{Lang, Money};
use serde::Serialize;

/// A text in Chinese and in English.
pub type Said = (&'static str, &'static str);

/// Writes slips in the language and the time zone of the reader.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    tx: &'a ReadTx,
    /// The language.
    pub lang: Lang,
}

impl<'a> Writer<'a> {
    /// For the reader of this call.
    pub fn new(tx: &'a ReadTx) -> Self {
        Writer { tx, lang: tx.lang() }
    }

    /// Begins the slip of a document, with its number as the QR code; `company` is the letterhead of its station.
    pub fn slip(self, kind: DocKind, number: &str, company: String) -> Slip {
        Slip {
            title: kind.label(self.lang).to_owned(),
            company,
            number: number.to_owned(),
            qr: Some(number.to_owned()),
            printed_at: self.time(self.tx.now()),
            ..Slip::default()
        }
    }

    /// A text in the language of the reader.
    pub fn say(self, (zh, en): Said) -> String {
        self.lang.pick(zh, en).to_owned()
    }

    /// A time as read on the wall.
    pub fn time(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.tx.app().config.zone()).format("%Y-%m-%d %H:%M").to_string()
    }

    /// An amount.
    pub fn money(self, amount: Money) -> String {
        format!("¥{amount}")
    }

    /// A choice by its label.
    pub fn choice<C: Choice>(self, choice: C) -> String {
        choice.label(self.lang).to_owned()
    }

    /// Labels with their values; those without a value are left out.
    pub fn fields(self, all: impl IntoIterator<Item = (Said, Option<String>)>) -> Vec<(String, String)> {
        let filled = all.into_iter().filter_map(|(label, value)| Some((label, value.filter(|text| !text.is_empty())?)));
        filled.map(|(label, value)| (self.say(label), value)).collect()
    }

    /// A table.
    pub fn table(self, title: Said, head: &[Said], rows: Vec<Vec<String>>) -> SlipTable {
        SlipTable { title: self.say(title), head: head.iter().map(|label| self.say(*label)).collect(), rows }
    }

    /// Who signs.
    pub fn signatures(self, who: &[Said]) -> Vec<String> {
        who.iter().map(|who| self.say(*who)).collect()
    }
}

/// A document on paper, ready to read: every text is in the language of the reader already.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Slip {
    /// What it is, for example 维修服务单.
    pub title: String,
    /// Whose it is: the station.
    pub company: String,
    /// Number of the document.
    pub number: String,
    /// What the QR code says.
    pub qr: Option<String>,
    /// Label and value.
    pub fields: Vec<(String, String)>,
    /// Lines.
    pub tables: Vec<SlipTable>,
    /// Label and amount, the last one printed large.
    pub totals: Vec<(String, String)>,
    /// Terms and remarks, a paragraph each.
    pub notes: Vec<String>,
    /// Who signs, a line each.
    pub signatures: Vec<String>,
    /// When it was printed.
    pub printed_at: String,
}

impl Slip {
    /// What a template is tried out with.
    pub(super) fn sample(lang: Lang) -> Self {
        let say = |zh: &'static str, en: &'static str| lang.pick(zh, en).to_owned();
        Slip {
            title: say("示例单据", "Sample document"),
            company: say("杭州西湖服务站  0571-88886666", "West Lake service station  0571-88886666"),
            number: "RE202611210001".to_owned(),
            qr: Some("RE202611210001".to_owned()),
            fields: vec![
                (say("客户", "Customer"), say("李雷", "Li Lei")),
                (say("电话", "Phone"), "138****8000".to_owned()),
                (say("故障", "Fault"), say("屏幕碎裂；触摸失灵", "Screen cracked; touch does not work")),
            ],
            tables: vec![SlipTable {
                title: say("费用", "Charges"),
                head: vec![say("项目", "Item"), say("数量", "Quantity"), say("金额", "Amount")],
                rows: vec![
                    vec![say("屏幕总成", "Screen"), "1".to_owned(), "¥680.00".to_owned()],
                    vec![say("人工费", "Labour"), "1".to_owned(), "¥80.00".to_owned()],
                ],
            }],
            totals: vec![(say("合计", "Total"), "¥760.00".to_owned())],
            notes: vec![say("请凭本单取机。", "Bring this slip to pick the unit up.")],
            signatures: vec![say("客户签字", "Customer")],
            printed_at: "2026-11-21 17:08".to_owned(),
        }
    }
}

/// A table on a slip.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SlipTable {
    /// Its heading.
    pub title: String,
    /// Headings of the columns; the columns after the first are set to the right.
    pub head: Vec<String>,
    /// The cells.
    pub rows: Vec<Vec<String>>,
}

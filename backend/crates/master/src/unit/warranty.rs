//! Whether a unit is in warranty, decided from its terms alone and explained line by line.
//!
//! The three-guarantees rules for phones: return within 7 days and exchange within 15 days of the sale, repair within
//! the warranty of the whole unit, shorter terms for accessories; without a proof of sale the warranty starts on the
//! 90th day after the unit left the factory. The day of the sale itself is not counted.

use chrono::{Days, Months, NaiveDate};
use openapi::master::warranty::{WarrantyDecision, WarrantyLine, WarrantyRule, WarrantyVerdict};

/// Days from the factory to the start of the warranty when the sale is not known.
const DAYS_AFTER_FACTORY: u64 = 90;
/// Days within which the buyer may return the unit.
const RETURN_DAYS: u64 = 7;
/// Days within which the buyer may have it exchanged.
const EXCHANGE_DAYS: u64 = 15;

/// What the warranty of a unit depends on.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Day of the sale.
    pub sold_on: Option<NaiveDate>,
    /// The sale as refurbished, with which it started again.
    pub resold: Option<Resold>,
    /// Ex-factory date.
    pub manufactured_on: Option<NaiveDate>,
    /// Months for the whole unit.
    pub months: u16,
    /// Whether return, exchange and the terms of accessories apply.
    pub has_three_guarantees: bool,
    /// Last day of an extended warranty.
    pub extended_until: Option<NaiveDate>,
    /// Why the warranty is void.
    pub void_reason: Option<String>,
    /// Whether nobody verified yet that the unit is what its owner says.
    pub is_unverified: bool,
    /// Accessories with terms of their own.
    pub components: Vec<Component>,
}

/// The sale of a unit as refurbished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resold {
    /// Day of the sale.
    pub on: NaiveDate,
    /// Months for the whole unit.
    pub months: u16,
}

impl Terms {
    /// Months for the whole unit as it was sold last.
    fn months_now(&self) -> u16 {
        self.resold.map_or(self.months, |resold| resold.months)
    }
}

/// An accessory with a term of its own.
#[derive(Clone, Debug)]
pub struct Component {
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Months.
    pub months: u16,
}

/// Decides for a day.
pub fn decide(terms: &Terms, on: NaiveDate) -> WarrantyDecision {
    let mut lines = Vec::new();
    let start = start_of(terms, &mut lines);
    let months = terms.months_now();
    let whole_until = start.filter(|_| months > 0).and_then(|start| months_after(start, months));
    if let Some(start) = start {
        guarantees(terms, start, on, &mut lines);
        whole_unit(terms, start, whole_until, on, &mut lines);
        components(terms, start, on, &mut lines);
    }
    if let Some(until) = terms.extended_until {
        let (zh, en) = (format!("延长保修至 {until}"), format!("Extended warranty until {until}"));
        lines.push(line(WarrantyRule::Extended, (start, Some(until)), on <= until, zh, en));
    }
    let ends_on = whole_until.max(terms.extended_until);
    WarrantyDecision {
        on: on.into(),
        verdict: verdict(terms, start, ends_on, on),
        starts_on: start.map(Into::into),
        ends_on: ends_on.map(Into::into),
        lines,
    }
}

fn verdict(terms: &Terms, start: Option<NaiveDate>, ends_on: Option<NaiveDate>, on: NaiveDate) -> WarrantyVerdict {
    let is_inside = ends_on.is_some_and(|end| on <= end);
    match (terms.void_reason.is_some(), is_inside, start) {
        (true, _, _) => WarrantyVerdict::Expired,
        (false, true, _) if terms.is_unverified => WarrantyVerdict::ToVerify,
        (false, true, _) => WarrantyVerdict::Covered,
        (false, false, Some(_)) => WarrantyVerdict::Expired,
        // nothing is known of its age: the engineer or the manufacturer has to find out
        (false, false, None) if terms.months == 0 => WarrantyVerdict::Expired,
        (false, false, None) => WarrantyVerdict::ToVerify,
    }
}

/// When the warranty starts, and by which rule.
fn start_of(terms: &Terms, lines: &mut Vec<WarrantyLine>) -> Option<NaiveDate> {
    if let Some(reason) = &terms.void_reason {
        let (zh, en) = (format!("保修作废：{reason}"), format!("The warranty is void: {reason}"));
        lines.push(line(WarrantyRule::Voided, (None, None), true, zh, en));
    }
    if let Some(Resold { on, .. }) = terms.resold {
        let (zh, en) = (
            format!("翻新机于 {on} 售出，保修重新起算"),
            format!("Sold as refurbished on {on}: the warranty starts again"),
        );
        lines.push(line(WarrantyRule::Resale, (Some(on), None), true, zh, en));
        return Some(on);
    }
    if let Some(sold) = terms.sold_on {
        let (zh, en) = (format!("按售出日 {sold} 起算"), format!("Starts with the sale on {sold}"));
        lines.push(line(WarrantyRule::SaleDate, (Some(sold), None), true, zh, en));
        return Some(sold);
    }
    let Some(made) = terms.manufactured_on else {
        let zh = "售出日与出厂日均未知，需核实".to_owned();
        let en = "Neither the sale nor the factory date is known; to be verified".to_owned();
        lines.push(line(WarrantyRule::NoStart, (None, None), true, zh, en));
        return None;
    };
    let start = made.checked_add_days(Days::new(DAYS_AFTER_FACTORY))?;
    let zh = format!("售出日未知，按出厂日 {made} 后第 {DAYS_AFTER_FACTORY} 日 {start} 起算");
    let en = format!("Sale unknown: starts on {start}, {DAYS_AFTER_FACTORY} days after the factory date {made}");
    lines.push(line(WarrantyRule::ExFactory, (Some(start), None), true, zh, en));
    Some(start)
}

/// Return and exchange need a proof of sale.
fn guarantees(terms: &Terms, start: NaiveDate, on: NaiveDate, lines: &mut Vec<WarrantyLine>) {
    if !terms.has_three_guarantees || (terms.sold_on.is_none() && terms.resold.is_none()) {
        return;
    }
    let rules = [
        (WarrantyRule::Return, RETURN_DAYS, "性能故障可退货、换货或修理", "return, exchange or repair"),
        (WarrantyRule::Exchange, EXCHANGE_DAYS, "性能故障可换货或修理", "exchange or repair"),
    ];
    for (rule, days, zh, en) in rules {
        let until = start.checked_add_days(Days::new(days));
        let shown = until.map(|d| d.to_string()).unwrap_or_default();
        let zh = format!("售出 {days} 日内{zh}，至 {shown}");
        let en = format!("Within {days} days of the sale: {en}, until {shown}");
        lines.push(line(rule, (Some(start), until), until.is_some_and(|until| on <= until), zh, en));
    }
}

fn whole_unit(terms: &Terms, start: NaiveDate, until: Option<NaiveDate>, on: NaiveDate, lines: &mut Vec<WarrantyLine>) {
    let (zh, en) = match until {
        Some(until) => (
            format!("整机保修 {} 个月，至 {until}", terms.months_now()),
            format!("Whole unit: {} months, until {until}", terms.months_now()),
        ),
        None => ("该产品不提供整机保修".to_owned(), "This product has no warranty of the whole unit".to_owned()),
    };
    lines.push(line(WarrantyRule::WholeUnit, (Some(start), until), until.is_some_and(|until| on <= until), zh, en));
}

fn components(terms: &Terms, start: NaiveDate, on: NaiveDate, lines: &mut Vec<WarrantyLine>) {
    // what came with a refurbished unit is not new
    for part in terms.components.iter().filter(|_| terms.has_three_guarantees && terms.resold.is_none()) {
        let until = months_after(start, part.months);
        let shown = until.map(|d| d.to_string()).unwrap_or_default();
        let zh = format!("{}保修 {} 个月，至 {shown}", part.zh, part.months);
        let en = format!("{}: {} months, until {shown}", part.en, part.months);
        let holds = until.is_some_and(|until| on <= until);
        lines.push(line(WarrantyRule::Component, (Some(start), until), holds, zh, en));
    }
}

fn months_after(start: NaiveDate, months: u16) -> Option<NaiveDate> {
    start.checked_add_months(Months::new(u32::from(months)))
}

fn line(
    rule: WarrantyRule,
    span: (Option<NaiveDate>, Option<NaiveDate>),
    holds: bool,
    zh: String,
    en: String,
) -> WarrantyLine {
    WarrantyLine { rule, from: span.0.map(Into::into), to: span.1.map(Into::into), holds, zh, en }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn phone(sold: &str) -> Terms {
        let battery = Component { zh: "电池".to_owned(), en: "Battery".to_owned(), months: 6 };
        Terms {
            sold_on: Some(day(sold)),
            months: 12,
            has_three_guarantees: true,
            components: vec![battery],
            ..Terms::default()
        }
    }

    fn holding(decision: &WarrantyDecision) -> Vec<WarrantyRule> {
        decision.lines.iter().filter(|l| l.holds).map(|l| l.rule).collect()
    }

    #[test]
    fn the_last_day_is_inside_and_the_next_is_not() {
        let terms = phone("2025-11-21");
        assert_eq!(decide(&terms, day("2026-11-21")).verdict, WarrantyVerdict::Covered);
        assert_eq!(decide(&terms, day("2026-11-22")).verdict, WarrantyVerdict::Expired);
    }

    #[test]
    fn return_exchange_and_battery_end_one_after_the_other() {
        use WarrantyRule::{Component, Exchange, Return, SaleDate, WholeUnit};
        let terms = phone("2026-01-01");
        let on = |text| holding(&decide(&terms, day(text)));
        assert_eq!(on("2026-01-08"), [SaleDate, Return, Exchange, WholeUnit, Component]);
        assert_eq!(on("2026-01-09"), [SaleDate, Exchange, WholeUnit, Component]);
        assert_eq!(on("2026-01-17"), [SaleDate, WholeUnit, Component]);
        assert_eq!(on("2026-07-02"), [SaleDate, WholeUnit]);
        assert_eq!(on("2027-01-02"), [SaleDate]);
    }

    #[test]
    fn without_a_sale_it_starts_90_days_after_the_factory_and_nothing_can_be_returned() {
        let terms = Terms { sold_on: None, manufactured_on: Some(day("2026-01-01")), ..phone("2026-01-01") };
        let decision = decide(&terms, day("2026-04-02"));
        assert_eq!(decision.starts_on, Some(day("2026-04-01").into()));
        assert_eq!(decision.ends_on, Some(day("2027-04-01").into()));
        assert!(!decision.lines.iter().any(|l| l.rule == WarrantyRule::Return));
    }

    #[test]
    fn a_refurbished_unit_is_covered_again_from_its_sale_on_whatever_was_before() {
        let resold = Some(Resold { on: day("2026-06-01"), months: 3 });
        let terms = Terms { resold, ..phone("2024-01-01") };
        let decision = decide(&terms, day("2026-09-01"));
        assert_eq!((decision.verdict, decision.starts_on), (WarrantyVerdict::Covered, Some(day("2026-06-01").into())));
        assert_eq!(holding(&decision), [WarrantyRule::Resale, WarrantyRule::WholeUnit]);
        assert_eq!(decide(&terms, day("2026-09-02")).verdict, WarrantyVerdict::Expired);
        let none = Terms { resold: Some(Resold { on: day("2026-06-01"), months: 0 }), ..phone("2026-05-01") };
        assert_eq!(decide(&none, day("2026-06-02")).verdict, WarrantyVerdict::Expired);
    }

    #[test]
    fn a_unit_of_unknown_age_is_to_be_verified() {
        let terms = Terms { months: 12, ..Terms::default() };
        let decision = decide(&terms, day("2026-04-02"));
        assert_eq!((decision.verdict, decision.ends_on), (WarrantyVerdict::ToVerify, None));
        let unverified = Terms { is_unverified: true, ..phone("2026-01-01") };
        assert_eq!(decide(&unverified, day("2026-04-02")).verdict, WarrantyVerdict::ToVerify);
    }

    #[test]
    fn a_void_warranty_covers_nothing_and_an_extension_adds_to_it() {
        let void = Terms { void_reason: Some("进水".to_owned()), ..phone("2026-01-01") };
        assert_eq!(decide(&void, day("2026-01-02")).verdict, WarrantyVerdict::Expired);
        let longer = Terms { extended_until: Some(day("2028-01-01")), ..phone("2025-01-01") };
        let decision = decide(&longer, day("2027-06-01"));
        assert_eq!((decision.verdict, decision.ends_on), (WarrantyVerdict::Covered, Some(day("2028-01-01").into())));
    }

    #[test]
    fn months_end_on_the_last_day_of_a_short_month() {
        let terms = Terms { sold_on: Some(day("2024-02-29")), months: 12, ..Terms::default() };
        assert_eq!(decide(&terms, day("2025-02-28")).ends_on, Some(day("2025-02-28").into()));
        assert_eq!(decide(&terms, day("2025-03-01")).verdict, WarrantyVerdict::Expired);
    }
}

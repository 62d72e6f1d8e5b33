//! The warranty of a unit, explained line by line.

use crate::{Date, choices};
use serde::{Deserialize, Serialize};

choices! {
    /// The outcome of a warranty decision.
    WarrantyVerdict {
        Covered = "covered" ("保内", "In warranty", Success),
        ToVerify = "to_verify" ("保内待检", "To be verified", Warning),
        Expired = "expired" ("保外", "Out of warranty", Neutral),
    }
    /// A rule of the warranty.
    WarrantyRule {
        Voided = "voided" ("保修作废", "Warranty void", Danger),
        NoStart = "no_start" ("起保日未知", "Start unknown", Warning),
        SaleDate = "sale_date" ("按售出日起算", "Starts with the sale", Neutral),
        Resale = "resale" ("按翻新机售出日起算", "Starts with the sale as refurbished", Neutral),
        ExFactory = "ex_factory" ("按出厂日起算", "Starts from the factory date", Neutral),
        Return = "return" ("七日包退", "Return within 7 days", Neutral),
        Exchange = "exchange" ("十五日包换", "Exchange within 15 days", Neutral),
        WholeUnit = "whole_unit" ("整机保修", "Whole unit", Neutral),
        Component = "component" ("部件保修", "Component", Neutral),
        Extended = "extended" ("延长保修", "Extended warranty", Neutral),
    }
}

impl WarrantyVerdict {
    /// The code of the warranty state (dictionary) that a ticket starts with.
    pub const fn state_code(self) -> &'static str {
        match self {
            WarrantyVerdict::Covered => "IN",
            WarrantyVerdict::ToVerify => "VERIFY",
            WarrantyVerdict::Expired => "OUT",
        }
    }
}

/// One rule as it applies to a unit on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WarrantyLine {
    /// The rule.
    pub rule: WarrantyRule,
    /// First day on which it holds.
    pub from: Option<Date>,
    /// Last day on which it holds.
    pub to: Option<Date>,
    /// Whether it holds on the day of the decision.
    pub holds: bool,
    /// Explanation in Chinese.
    #[cfg_attr(feature = "schema", schema(max_length = 300, example = "整机保修 12 个月，至 2027-03-14"))]
    pub zh: String,
    /// Explanation in English.
    #[cfg_attr(feature = "schema", schema(max_length = 300, example = "Whole unit: 12 months, until 2027-03-14"))]
    pub en: String,
}

/// Whether a unit is in warranty on a day, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WarrantyDecision {
    /// The day it was decided for.
    pub on: Date,
    /// The outcome for the whole unit.
    pub verdict: WarrantyVerdict,
    /// First day of the warranty; null when unknown.
    pub starts_on: Option<Date>,
    /// Last day of the warranty of the whole unit; null when unknown.
    pub ends_on: Option<Date>,
    /// The rules in the order they were looked at.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub lines: Vec<WarrantyLine>,
}

//! Value added tax: the rates that repairs are charged with, from which day, and which ones applied before.
//!
//! Prices include the tax everywhere: a rate says how much of a price is tax, it does not change what the customer pays.
//! A service item carries a rate of its own (see the dictionary). What is settled keeps the rate that it was settled with.

use super::{VAT_EDIT, VAT_VIEW};
use crate::{Date, Id, Json, Resource, Text, Timestamp, choices, endpoints};
use serde::{Deserialize, Serialize};
use validator::Validate;

choices! {
    /// What a rate applies to.
    VatKind {
        Labour = "labour" ("维修工时", "Repair labour", Info),
        Part = "part" ("配件", "Parts", Neutral),
    }
}

impl VatKind {
    /// The rate in basis points until somebody sets another one: 13 %, as for repairs and goods in China.
    pub const fn preset(self) -> u16 {
        match self {
            VatKind::Labour | VatKind::Part => 1300,
        }
    }
}

/// Id of a rate.
pub type VatRateId = Id<VatRate>;

/// A rate from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VatRateDraft {
    /// What it applies to.
    pub kind: VatKind,
    /// Rate in basis points, 0 to 10000: 1300 is 13 %.
    #[validate(range(max = 10_000))]
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 1300))]
    pub rate: u16,
    /// The first day on which it applies, today or later. A later entry for the same day takes its place.
    pub effective_on: Date,
    /// Why, for example the decree.
    #[serde(default)]
    pub remark: Option<Text<200>>,
}

/// A rate that was set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VatRate {
    /// Id.
    pub id: VatRateId,
    /// What it applies to.
    pub kind: VatKind,
    /// Rate in basis points.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 1300))]
    pub rate: u16,
    /// The first day on which it applies.
    pub effective_on: Date,
    /// Whether it applies today.
    pub is_current: bool,
    /// When it was set.
    pub created_at: Timestamp,
    /// By whom.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "王芳"))]
    pub created_by_name: Option<String>,
    /// Remark.
    pub remark: Option<Text<200>>,
}
impl Resource for VatRate {
    const NAME: &'static str = "vat_rate";
}

/// The rates of the company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VatRates {
    /// Rate of repair labour today, in basis points.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 1300))]
    pub labour: u16,
    /// Rate of parts today, in basis points.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 1300))]
    pub part: u16,
    /// What was set, latest day first, at most 200. Before the first entry the preset of 1300 applied.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub items: Vec<VatRate>,
}

endpoints! { "VAT rates";
    /// The rates of value added tax, today's and those before and to come.
    GetVatRates: Get "/api/v1/finance/vat-rates" needs VAT_VIEW => Json<VatRates>;
    /// Set a rate from a day on.
    ///
    /// Bills that are not settled yet are computed with the rate of the day on which they are settled. What is posted
    /// keeps its rate. A day in the past is refused.
    SetVatRate: Post "/api/v1/finance/vat-rates" needs VAT_EDIT, body VatRateDraft => Json<VatRates>;
}

//! Money, quantity and unit price: scaled integers, never a float. JSON carries decimal strings.

use crate::problem::{Issue, field};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

/// The currency of the books.
pub const CURRENCY: &str = "CNY";

/// The largest magnitude of any amount, in its smallest unit: 10^15, so that sums of thousands of lines stay in i64.
const LIMIT: i64 = 1_000_000_000_000_000;

/// Reads a plain decimal with at most `decimals` places as an integer scaled by 10^decimals.
fn parse_decimal(text: &str, decimals: u32) -> Result<i64, Issue> {
    let invalid = || Issue::new(field::INVALID_FORMAT);
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || fraction.is_some_and(|f| !all_digits(f)) {
        return Err(invalid());
    }
    let fraction = fraction.unwrap_or_default();
    let places = u32::try_from(fraction.len()).map_err(|_| invalid())?;
    if places > decimals {
        return Err(Issue::new(field::TOO_MANY_DECIMALS).with("max", decimals));
    }
    let limit = 10_i64.pow(decimals);
    let out_of_range = || Issue::new(field::OUT_OF_RANGE).with("min", -(LIMIT / limit)).with("max", LIMIT / limit);
    if whole.len() > 16 {
        return Err(out_of_range());
    }
    let scaled: i128 =
        format!("{whole}{fraction}").parse::<i128>().map_err(|_| invalid())? * 10_i128.pow(decimals - places);
    let value = i64::try_from(if negative { -scaled } else { scaled }).map_err(|_| out_of_range())?;
    if value.abs() > LIMIT { Err(out_of_range()) } else { Ok(value) }
}

/// Writes a scaled integer, keeping at least `keep` decimals.
fn write_decimal(f: &mut fmt::Formatter<'_>, value: i64, decimals: usize, keep: usize) -> fmt::Result {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let trimmed = fraction.trim_end_matches('0');
    let shown = if trimmed.len() < keep { fraction.get(..keep).unwrap_or(fraction) } else { trimmed };
    if shown.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{shown}") }
}

/// Divides, rounding half to even.
fn divide_half_even(value: i128, by: i128) -> i128 {
    let (quotient, remainder) = (value.div_euclid(by), value.rem_euclid(by));
    match (remainder * 2).cmp(&by) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal => quotient + quotient.rem_euclid(2),
    }
}

macro_rules! scaled { ($(#[$meta:meta])* $name:ident $decimals:literal keep $keep:literal) => {
    $(#[$meta])*
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct $name(pub i64);
    impl $name {
        /// Nothing.
        pub const ZERO: Self = $name(0);
        /// Whether it is zero.
        pub const fn is_zero(self) -> bool { self.0 == 0 }
        /// Whether it is more than zero.
        pub const fn is_positive(self) -> bool { self.0 > 0 }
    }
    impl fmt::Display for $name { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write_decimal(f, self.0, $decimals, $keep) } }
    impl FromStr for $name { type Err = Issue; fn from_str(s: &str) -> Result<Self, Issue> { parse_decimal(s, $decimals).map($name) } }
    impl Add for $name { type Output = Self; fn add(self, other: Self) -> Self { $name(self.0 + other.0) } }
    impl Sub for $name { type Output = Self; fn sub(self, other: Self) -> Self { $name(self.0 - other.0) } }
    impl Neg for $name { type Output = Self; fn neg(self) -> Self { $name(-self.0) } }
    impl AddAssign for $name { fn add_assign(&mut self, other: Self) { self.0 += other.0; } }
    impl SubAssign for $name { fn sub_assign(&mut self, other: Self) { self.0 -= other.0; } }
    impl Sum for $name { fn sum<I: Iterator<Item = Self>>(items: I) -> Self { items.fold(Self::ZERO, Add::add) } }
}; }

scaled! {
    /// An amount of money in minor units (fen) of the books' currency, within ±10^13 yuan.
    /// JSON: `{"amount":"12.50","currency":"CNY"}`.
    Money 2 keep 2
}
scaled! {
    /// A quantity in thousandths of the unit of measure. JSON: a decimal string such as `"2"` or `"0.5"`.
    Quantity 3 keep 0
}
scaled! {
    /// A price per unit of measure in ten-thousandths of a yuan. JSON: a decimal string such as `"12.50"`.
    UnitPrice 4 keep 2
}

impl Quantity {
    /// One piece.
    pub const ONE: Quantity = Quantity(1000);
    /// So many whole pieces.
    pub const fn pieces(count: i64) -> Self {
        Quantity(count * 1000)
    }
    /// Whether it is a whole number of pieces.
    pub const fn is_whole(self) -> bool {
        self.0 % 1000 == 0
    }
}

impl UnitPrice {
    /// Price times quantity, rounded once, half to even.
    pub fn times(self, quantity: Quantity) -> Money {
        // ten-thousandths × thousandths = 10^-7 yuan; a fen is 10^-2 yuan
        let product = i128::from(self.0) * i128::from(quantity.0);
        Money(i64::try_from(divide_half_even(product, 100_000)).unwrap_or(i64::MAX))
    }
}

impl Money {
    /// The part of this value that belongs to `part` out of `whole`, rounded half to even; all of it when they are equal.
    pub fn share(self, part: Quantity, whole: Quantity) -> Money {
        if whole.is_zero() || part == whole {
            return self;
        }
        let share = divide_half_even(i128::from(self.0) * i128::from(part.0), i128::from(whole.0));
        Money(i64::try_from(share).unwrap_or(i64::MAX))
    }

    /// This much per unit, for `quantity` units.
    pub fn per(self, quantity: Quantity) -> UnitPrice {
        if quantity.is_zero() {
            return UnitPrice::ZERO;
        }
        let price = divide_half_even(i128::from(self.0) * 100_000, i128::from(quantity.0));
        UnitPrice(i64::try_from(price).unwrap_or(i64::MAX))
    }

    /// The tax that is included in this amount at a rate in basis points, rounded half to even.
    pub fn tax_included(self, rate: i64) -> Money {
        let tax = divide_half_even(i128::from(self.0) * i128::from(rate), 10_000 + i128::from(rate));
        Money(i64::try_from(tax).unwrap_or(i64::MAX))
    }

    /// A rate in basis points of this amount, rounded half to even.
    pub fn basis_points(self, rate: i64) -> Money {
        Money(i64::try_from(divide_half_even(i128::from(self.0) * i128::from(rate), 10_000)).unwrap_or(i64::MAX))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MoneyJson<'a> {
    #[serde(borrow)]
    amount: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    currency: std::borrow::Cow<'a, str>,
}

impl Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        MoneyJson { amount: self.to_string().into(), currency: CURRENCY.into() }.serialize(s)
    }
}
impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let json = MoneyJson::deserialize(d)?;
        if json.currency != CURRENCY {
            return Err(serde::de::Error::custom(Issue::new(field::UNSUPPORTED_CURRENCY).with("currency", CURRENCY)));
        }
        json.amount.parse().map_err(serde::de::Error::custom)
    }
}
#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Money {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let amount =
            super::string_schema("Decimal with up to two places", 1, 18, Some(r"^-?\d{1,14}(\.\d{1,2})?$"), "12.50");
        let currency = super::string_schema("ISO 4217", 3, 3, Some("^CNY$"), CURRENCY);
        utoipa::openapi::ObjectBuilder::new()
            .description(Some("An amount of money"))
            .property("amount", amount)
            .property("currency", currency)
            .required("amount")
            .required("currency")
            .examples([serde_json::json!({"amount": "12.50", "currency": CURRENCY})])
            .into()
    }
}
#[cfg(feature = "schema")]
impl utoipa::ToSchema for Money {}

/// A decimal in a string, and marked as one.
#[cfg(feature = "schema")]
fn decimal_schema(
    description: &str,
    min: usize,
    max: usize,
    pattern: Option<&str>,
    example: &str,
) -> utoipa::openapi::schema::Object {
    let mut schema = super::string_schema(description, min, max, pattern, example);
    schema.format = Some(utoipa::openapi::SchemaFormat::Custom("decimal".to_owned()));
    schema
}

super::as_string!([] Quantity, "Quantity", decimal_schema("Decimal with up to three places", 1, 17, Some(r"^-?\d{1,13}(\.\d{1,3})?$"), "2"));
super::as_string!([] UnitPrice, "UnitPrice", decimal_schema("Decimal with up to four places", 1, 17, Some(r"^-?\d{1,12}(\.\d{1,4})?$"), "12.50"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly_or_refused() {
        assert_eq!("12.5".parse(), Ok(Money(1250)));
        assert_eq!("-0.01".parse(), Ok(Money(-1)));
        assert_eq!("1.234".parse(), Ok(Quantity(1234)));
        assert_eq!("1.005".parse::<Money>().map_err(|i| i.code.code), Err("too_many_decimals"));
        for bad in ["", ".", "1.", ".5", "1e3", "+1", "１", "1,000", "--1", " 1", "NaN"] {
            assert_eq!(bad.parse::<Money>().map_err(|i| i.code.code), Err("invalid_format"), "{bad:?}");
        }
        assert_eq!("99999999999999999999".parse::<Quantity>().map_err(|i| i.code.code), Err("out_of_range"));
    }

    #[test]
    fn they_are_written_as_people_write_them() {
        assert_eq!(Money(5).to_string(), "0.05");
        assert_eq!(Money(-1250).to_string(), "-12.50");
        assert_eq!(Quantity(2000).to_string(), "2");
        assert_eq!(Quantity(500).to_string(), "0.5");
        assert_eq!(UnitPrice(125_000).to_string(), "12.50");
        assert_eq!(UnitPrice(125_050).to_string(), "12.505");
    }

    #[test]
    fn products_round_once_half_to_even() {
        assert_eq!(UnitPrice(50).times(Quantity(1000)), Money(0)); // 0.005 yuan
        assert_eq!(UnitPrice(150).times(Quantity(1000)), Money(2)); // 0.015 yuan
        assert_eq!(UnitPrice(125_000).times(Quantity(2000)), Money(2500));
        assert_eq!(Money(1000).share(Quantity(1000), Quantity(3000)), Money(333));
        assert_eq!(Money(1000).share(Quantity(3000), Quantity(3000)), Money(1000));
        assert_eq!(Money(1000).basis_points(1300), Money(130));
        assert_eq!(Money(11_300).tax_included(1300), Money(1300));
        assert_eq!(Money(100).tax_included(1300), Money(12)); // 11.504…
        assert_eq!(Money(100).tax_included(0), Money::ZERO);
    }

    #[test]
    fn money_in_another_currency_is_refused() {
        let other = serde_json::from_str::<Money>(r#"{"amount":"1.00","currency":"USD"}"#);
        assert!(other.is_err_and(|e| e.to_string().starts_with("unsupported_currency")));
        let json = serde_json::to_string(&Money(1250)).unwrap_or_default();
        assert_eq!(json, r#"{"amount":"12.50","currency":"CNY"}"#);
    }
}

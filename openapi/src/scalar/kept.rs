//! From a column to its type: how stored values become scalars again.

use super::{
    Date, Email, EmployeeNumber, Id, ItemCode, Money, Month, Note, Phone, Quantity, Serial, StationCode, Text,
};
use super::{Timestamp, UnitPrice};
use crate::choice::Choice;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A stored value that its type does not know: the database holds what the contract rules out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strange(pub String);

/// A type that a column of type `S` holds. What was checked when it was written is not checked again.
pub trait Kept<S>: Sized {
    /// Reads the column.
    fn kept(column: S) -> Result<Self, Strange>;
}

impl<C: Choice> Kept<String> for C {
    fn kept(column: String) -> Result<Self, Strange> {
        C::parse(&column).ok_or(Strange(column))
    }
}

impl<S, T: Kept<S>> Kept<Option<S>> for Option<T> {
    fn kept(column: Option<S>) -> Result<Self, Strange> {
        column.map(T::kept).transpose()
    }
}

impl Kept<i64> for Month {
    fn kept(column: i64) -> Result<Self, Strange> {
        Month::from_number(column).ok_or_else(|| Strange(column.to_string()))
    }
}

/// Types that a column becomes without a doubt.
macro_rules! kept_as {
    ($([$($generics:tt)*] $t:ty, $column:ty, $read:expr;)+) => { $(
        impl<$($generics)*> Kept<$column> for $t {
            fn kept(column: $column) -> Result<Self, Strange> {
                Ok($read(column))
            }
        }
    )+ };
}

kept_as! {
    [const MAX: usize] Text<MAX>, String, Text::stored;
    [const MAX: usize] Note<MAX>, String, Note::stored;
    [] Phone, String, Phone::stored;
    [] Email, String, Email::stored;
    [] Serial, String, Serial::stored;
    [] ItemCode, String, ItemCode::stored;
    [] StationCode, String, StationCode::stored;
    [] EmployeeNumber, String, EmployeeNumber::stored;
    [] String, String, |text| text;
    [] Money, i64, Money;
    [] Quantity, i64, Quantity;
    [] UnitPrice, i64, UnitPrice;
    [] i64, i64, |number| number;
    [] i32, i32, |number| number;
    [] bool, bool, |flag| flag;
    [] Timestamp, DateTime<Utc>, Timestamp::from;
    [] Date, NaiveDate, Date::from;
    [T] Id<T>, Uuid, Id::new;
}

/// Builds what a reader gets from a stored row: fields that are columns by name, the others by expression. The type's
/// fields must all be there, so that a new one does not compile until it is handled.
///
/// `shown!(row => RequisitionRow { id, version, number, state } with { supplier_name: names.of(row.supplier_id) })`
/// is a `Result<RequisitionRow, Strange>`.
#[macro_export]
macro_rules! shown {
    ($row:expr => $t:ident { $($field:ident),* $(,)? } $(with { $($more:ident $(: $value:expr)?),* $(,)? })?) => {{
        let row = $row;
        (|| Ok::<$t, $crate::scalar::Strange>($t {
            $($($more: $crate::shown!(@value $more $($value)?),)*)?
            $($field: $crate::scalar::Kept::kept(row.$field)?,)*
        }))()
    }};
    (@value $more:ident $value:expr) => { $value };
    (@value $more:ident) => { $more };
}

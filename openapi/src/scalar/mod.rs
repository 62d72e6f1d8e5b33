//! Scalars: a bound lives in its type, once, for the database, the JSON, the document and the forms.

mod date;
mod id;
mod kept;
mod number;
mod text;

pub use date::{Date, Month, Timestamp};
pub use id::Id;
pub use kept::{Kept, Strange};
pub use number::{CURRENCY, Money, Quantity, UnitPrice};
pub use text::{
    Email, EmployeeNumber, ItemCode, Note, Password, Phone, Serial, ShownEmail, ShownPhone, StationCode, Text,
};

/// Implements serde for a type by its `Display` and `FromStr`, and its schema by a name and an expression.
macro_rules! as_string {
    ([$($generics:tt)*] $t:ty, $name:expr, $schema:expr) => {
        impl<$($generics)*> serde::Serialize for $t {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }
        impl<'de, $($generics)*> serde::Deserialize<'de> for $t {
            fn deserialize<De: serde::Deserializer<'de>>(d: De) -> Result<Self, De::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        #[cfg(feature = "schema")]
        impl<$($generics)*> utoipa::PartialSchema for $t {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> { $schema.into() }
        }
        #[cfg(feature = "schema")]
        impl<$($generics)*> utoipa::ToSchema for $t {
            fn name() -> std::borrow::Cow<'static, str> { $name.into() }
        }
    };
}
pub(crate) use as_string;

/// The schema of a bounded string.
#[cfg(feature = "schema")]
pub(crate) fn string_schema(
    description: &str,
    min: usize,
    max: usize,
    pattern: Option<&str>,
    example: &str,
) -> utoipa::openapi::schema::Object {
    let mut schema = utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .description(Some(description))
        .min_length(Some(min))
        .max_length(Some(max))
        .pattern(pattern);
    if !example.is_empty() {
        schema = schema.examples([example]);
    }
    schema.build()
}

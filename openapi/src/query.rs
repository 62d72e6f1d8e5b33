//! Query strings: read strictly (an unknown parameter is an error, not silence), written by the same types.

use crate::problem::{FieldError, Issue, field};
use crate::{Lang, Nothing};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt;
use std::str::FromStr;

/// The query of a row.
pub trait QueryString: Clone + Sized + 'static {
    /// Whether the row is a keyset list.
    const IS_LIST: bool = false;
    /// Sort keys, for lists.
    const SORTS: &'static [&'static str] = &[];
    /// Reads the raw query string.
    fn parse(raw: &str, lang: Lang) -> Result<Self, Vec<FieldError>>;
    /// Writes it, without the question mark.
    fn render(&self) -> String;
    /// The parameters for the document.
    #[cfg(feature = "schema")]
    fn parameters() -> Vec<utoipa::openapi::path::Parameter>;
}

impl QueryString for Nothing {
    fn parse(raw: &str, lang: Lang) -> Result<Self, Vec<FieldError>> {
        read_pairs::<Empty>(pairs(raw), lang).map(|_| Nothing)
    }
    fn render(&self) -> String {
        String::new()
    }
    #[cfg(feature = "schema")]
    fn parameters() -> Vec<utoipa::openapi::path::Parameter> {
        Vec::new()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Empty {}

/// Parameters of a row that is not a list.
#[derive(Clone, Debug, Default)]
pub struct Plain<F>(pub F);

/// What a type of query parameters must be able to do. Derive it with serde; name `IntoParams` for the document.
#[cfg(feature = "schema")]
pub trait Parameters: utoipa::IntoParams + Clone + Serialize + DeserializeOwned + 'static {}
#[cfg(feature = "schema")]
impl<T: utoipa::IntoParams + Clone + Serialize + DeserializeOwned + 'static> Parameters for T {}
/// What a type of query parameters must be able to do.
#[cfg(not(feature = "schema"))]
pub trait Parameters: Clone + Serialize + DeserializeOwned + 'static {}
#[cfg(not(feature = "schema"))]
impl<T: Clone + Serialize + DeserializeOwned + 'static> Parameters for T {}

impl<F: Parameters> QueryString for Plain<F> {
    fn parse(raw: &str, lang: Lang) -> Result<Self, Vec<FieldError>> {
        read_pairs(pairs(raw), lang).map(Plain)
    }
    fn render(&self) -> String {
        serde_urlencoded::to_string(&self.0).unwrap_or_default()
    }
    #[cfg(feature = "schema")]
    fn parameters() -> Vec<utoipa::openapi::path::Parameter> {
        F::into_params(|| Some(utoipa::openapi::path::ParameterIn::Query))
    }
}

/// Splits a raw query string; empty values count as absent.
pub(crate) fn pairs(raw: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str::<Vec<(String, String)>>(raw)
        .unwrap_or_default()
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// Reads typed parameters from pairs and names the wrong one.
pub(crate) fn read_pairs<T: DeserializeOwned>(pairs: Vec<(String, String)>, lang: Lang) -> Result<T, Vec<FieldError>> {
    let text = serde_urlencoded::to_string(&pairs).unwrap_or_default();
    serde_urlencoded::from_str(&text).map_err(|whole| {
        // serde_urlencoded does not say which parameter failed: try them one at a time
        let message = whole.to_string();
        let guilty = pairs.iter().find(|pair| {
            let one = serde_urlencoded::to_string([pair]).unwrap_or_default();
            serde_urlencoded::from_str::<T>(&one).is_err_and(|e| e.to_string() == message)
        });
        let name = guilty.map(|(name, _)| name.as_str()).or_else(|| quoted(&message)).unwrap_or_default();
        vec![Issue::from_serde(&message).at(format!("?{name}"), lang)]
    })
}

fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// One or more values separated by commas: `state=open,assigned`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnyOf<T>(pub Vec<T>);

impl<T: FromStr<Err = Issue>> FromStr for AnyOf<T> {
    type Err = Issue;
    fn from_str(s: &str) -> Result<Self, Issue> {
        let values: Vec<T> =
            s.split(',').map(str::trim).filter(|v| !v.is_empty()).map(T::from_str).collect::<Result<_, _>>()?;
        match values.len() {
            0 => Err(Issue::new(field::REQUIRED)),
            1..=50 => Ok(AnyOf(values)),
            _ => Err(Issue::new(field::TOO_MANY).with("max", 50)),
        }
    }
}
impl<T: fmt::Display> fmt::Display for AnyOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(i, v)| write!(f, "{}{v}", if i == 0 { "" } else { "," }))
    }
}
impl<T: fmt::Display> Serialize for AnyOf<T> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de, T: FromStr<Err = Issue>> Deserialize<'de> for AnyOf<T> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}
// what `IntoParams` asks of a type with parameters; it has no public name yet
#[cfg(feature = "schema")]
impl<T: crate::choice::Choice> utoipa::__dev::ComposeSchema for AnyOf<T> {
    fn compose(
        _: Vec<utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>>,
    ) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let values: Vec<&str> = T::ALL.iter().map(|value| value.as_str()).collect();
        let (one, longest) = (values.join("|"), values.join(",").len().max(200));
        let pattern = format!("^({one})(,({one}))*$");
        let example = values.first().copied().unwrap_or_default();
        let says = "One value, or several separated by commas";
        crate::scalar::string_schema(says, 1, longest, Some(&pattern), example).into()
    }
}

//! Records under the names that other systems give them: an integration puts what it knows without looking first whether
//! it is there.

use crate::path::{PathParams, Resource};
use crate::problem::{Issue, field};
use std::marker::PhantomData;
use std::str::FromStr;

/// A name that another system gives: letters, digits, `.`, `_`, `:` and `-`, 1 to 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalKey(String);

impl ExternalKey {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ExternalKey {
    type Err = Issue;
    fn from_str(text: &str) -> Result<Self, Issue> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "._:-".contains(c);
        match text.chars().count() {
            0 => Err(Issue::new(field::REQUIRED)),
            1..=100 if text.chars().all(allowed) => Ok(ExternalKey(text.to_owned())),
            1..=100 => Err(Issue::new(field::INVALID_CHARACTER)),
            _ => Err(Issue::new(field::TOO_LONG).with("max", 100)),
        }
    }
}

/// `{source}` and `{external_id}` of a record of kind `T`.
pub struct ByExternal<T> {
    /// The other system.
    pub source: ExternalKey,
    /// Its name for the record.
    pub external_id: ExternalKey,
    kind: PhantomData<fn() -> T>,
}
impl<T> ByExternal<T> {
    /// The record that `source` calls `external_id`.
    pub fn new(source: ExternalKey, external_id: ExternalKey) -> Self {
        ByExternal { source, external_id, kind: PhantomData }
    }
}
impl<T> Clone for ByExternal<T> {
    fn clone(&self) -> Self {
        ByExternal::new(self.source.clone(), self.external_id.clone())
    }
}
impl<T: Resource> PathParams for ByExternal<T> {
    const RESOURCE: Option<&'static str> = None;
    const IS_UPSERT: bool = true;
    const NAMES: &'static [&'static str] = &["source", "external_id"];
    fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        Some(ByExternal::new(get("source")?.parse().ok()?, get("external_id")?.parse().ok()?))
    }
    fn text(&self, name: &str) -> String {
        if name == "source" { self.source.0.clone() } else { self.external_id.0.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_another_system_fits_into_an_address() {
        assert!("crm-7".parse::<ExternalKey>().is_ok() && "urn:sap:0001.A_b".parse::<ExternalKey>().is_ok());
        let code = |text: &str| text.parse::<ExternalKey>().unwrap_err().code.code;
        assert_eq!((code(""), code("a/b"), code("客户")), ("required", "invalid_character", "invalid_character"));
        assert_eq!(code(&"x".repeat(101)), "too_long");
    }
}

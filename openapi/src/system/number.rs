//! Number rules: what the numbers of documents look like.

use super::NUMBER_EDIT;
use crate::document::DocKind;
use crate::problem::{Issue, field};
use crate::{Detail, Json, PathParams, Versioned, codes, endpoints};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use validator::Validate;

codes! {
    NUMBER_SEQUENCE = 422 "number_sequence", "应且仅应包含一个流水号 {SEQ} 或 {SEQ:1} 至 {SEQ:9}", "Exactly one {SEQ}, or {SEQ:1} to {SEQ:9}, is needed";
    NUMBER_TOKEN = 422 "number_token", "未知的占位符 {token}", "Unknown placeholder {token}";
}

/// The placeholders besides `{SEQ}` and `{SEQ:n}`.
const TOKENS: &[&str] = &["YYYY", "YY", "MM", "M", "DD", "D", "ORG"];

/// What numbers look like: letters, digits, `-`, `_`, `.`, `/` and the placeholders
/// `{YYYY} {YY} {MM} {M} {DD} {D} {ORG} {SEQ} {SEQ:n}`; the sequence starts again where the rest changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberPattern(String);

impl NumberPattern {
    /// Takes a stored pattern that was checked when it was written.
    pub fn stored(text: String) -> Self {
        NumberPattern(text)
    }
    /// The pattern.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for NumberPattern {
    type Err = Issue;
    fn from_str(text: &str) -> Result<Self, Issue> {
        let text = text.trim();
        match text.chars().count() {
            0 => return Err(Issue::new(field::REQUIRED)),
            1..=40 => {}
            _ => return Err(Issue::new(field::TOO_LONG).with("max", 40)),
        }
        let mut parts = text.split('{');
        let mut sequences = 0;
        plain(parts.next().unwrap_or_default())?;
        for part in parts {
            let (token, rest) = part.split_once('}').ok_or_else(|| Issue::new(field::INVALID_FORMAT))?;
            if is_sequence(token) {
                sequences += 1;
            } else if !TOKENS.contains(&token) {
                return Err(Issue::new(NUMBER_TOKEN).with("token", format!("{{{token}}}")));
            }
            plain(rest)?;
        }
        if sequences == 1 { Ok(NumberPattern(text.to_owned())) } else { Err(Issue::new(NUMBER_SEQUENCE)) }
    }
}

fn is_sequence(token: &str) -> bool {
    token == "SEQ"
        || token.strip_prefix("SEQ:").is_some_and(|n| n.len() == 1 && n.bytes().all(|b| (b'1'..=b'9').contains(&b)))
}

fn plain(text: &str) -> Result<(), Issue> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if text.chars().all(allowed) { Ok(()) } else { Err(Issue::new(field::INVALID_CHARACTER)) }
}

impl fmt::Display for NumberPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl Serialize for NumberPattern {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for NumberPattern {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}
#[cfg(feature = "schema")]
impl utoipa::PartialSchema for NumberPattern {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        crate::scalar::string_schema("Pattern of numbers", 5, 40, None, "RE{YYYY}{MM}{DD}{SEQ:4}").into()
    }
}
#[cfg(feature = "schema")]
impl utoipa::ToSchema for NumberPattern {}

/// `{kind}` of documents.
#[derive(Clone, Copy, Debug)]
pub struct ByDocKind {
    /// The kind.
    pub kind: DocKind,
}
impl PathParams for ByDocKind {
    const RESOURCE: Option<&'static str> = Some("number_rule");
    const NAMES: &'static [&'static str] = &["kind"];
    fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        Some(ByDocKind { kind: get("kind")?.parse().ok()? })
    }
    fn text(&self, _: &str) -> String {
        self.kind.to_string()
    }
}

/// How one kind of document is numbered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NumberRule {
    /// Kind of the documents.
    pub kind: DocKind,
    /// Its name in the language of the request.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "维修工单"))]
    pub label: String,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub version: i64,
    /// The pattern in force.
    pub pattern: NumberPattern,
    /// The pattern out of the box.
    pub preset: NumberPattern,
    /// What a number of today looks like.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "RE202611210001"))]
    pub example: String,
    /// Whether the numbers have no gap.
    pub is_gapless: bool,
}
impl Versioned for NumberRule {
    fn version(&self) -> i64 {
        self.version
    }
}

/// The rules of all kinds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NumberRules {
    /// One rule for each kind.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub items: Vec<NumberRule>,
}

/// A changed rule. Numbers that were given stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NumberRuleDraft {
    /// The pattern.
    pub pattern: NumberPattern,
}

/// What a number would look like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NumberExample {
    /// The first number of today at the own station.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "RE202611210001"))]
    pub example: String,
}

endpoints! { "System";
    /// List the number rules.
    ListNumberRules: Get "/api/v1/system/number-rules" needs NUMBER_EDIT => Json<NumberRules>;
    /// The number rule of a kind of document.
    GetNumberRule: Get "/api/v1/system/number-rules/{kind}" needs NUMBER_EDIT, path ByDocKind => Detail<NumberRule>;
    /// Change a number rule.
    UpdateNumberRule: Put "/api/v1/system/number-rules/{kind}" needs NUMBER_EDIT, path ByDocKind, body NumberRuleDraft => Detail<NumberRule>;
    /// Try a pattern out.
    PreviewNumber: Post "/api/v1/system/number-rules/preview" needs NUMBER_EDIT, body NumberRuleDraft => Json<NumberExample>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Choice;

    #[test]
    fn every_preset_is_a_pattern_of_its_own() {
        let mut seen = std::collections::HashSet::new();
        for kind in DocKind::ALL {
            assert!(kind.number_pattern().parse::<NumberPattern>().is_ok(), "{}", kind.number_pattern());
            assert!(seen.insert(kind.number_pattern()), "{} is the number of two kinds", kind.number_pattern());
        }
    }

    #[test]
    fn a_pattern_has_one_sequence_and_known_placeholders_only() {
        let code = |text: &str| text.parse::<NumberPattern>().unwrap_err().code.code;
        assert!("RE{YY}{MM}{SEQ}".parse::<NumberPattern>().is_ok());
        assert_eq!(code("RE{YYYY}"), "number_sequence");
        assert_eq!(code("{SEQ}{SEQ:3}"), "number_sequence");
        assert_eq!(code("{SEQ:0}"), "number_token");
        assert_eq!(code("{YEAR}{SEQ}"), "number_token");
        assert_eq!(code("{SEQ"), "invalid_format");
        assert_eq!(code("维修{SEQ}"), "invalid_character");
        assert_eq!(code("A}{SEQ}"), "invalid_character");
        assert_eq!(code(""), "required");
        assert_eq!(code(&"A".repeat(41)), "too_long");
    }
}

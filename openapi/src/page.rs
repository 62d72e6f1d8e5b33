//! Keyset lists: filter, sort, cursor, page.

use crate::problem::{FieldError, Issue, field};
use crate::query::{Parameters, QueryString, pairs, read_pairs};
use crate::{Lang, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// A filter type of a list.
pub trait Filter: Parameters {
    /// Keys that may be sorted by; with `-` in front the order is descending.
    const SORTS: &'static [&'static str];
    /// The order when none is asked for.
    const DEFAULT_SORT: &'static str;
}

/// The parameters that every list understands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct PageQuery {
    /// Rows per page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 200, default = 50, nullable = false))]
    pub limit: Option<u16>,
    /// `next_cursor` of the page before. It is bound to filter and order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(max_length = 2000, nullable = false))]
    pub cursor: Option<String>,
    /// Sort key, descending with `-` in front.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(max_length = 100, nullable = false))]
    pub sort: Option<String>,
    /// Whether `total` is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub include_total: Option<bool>,
    /// Words to look for in the fields that the list searches.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 100, nullable = false))]
    pub q: Option<Text<100>>,
    /// Only rows changed at or after this instant; integrations synchronise with it.
    #[serde(rename = "updated_at[gte]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = DateTime, max_length = 40, nullable = false))]
    pub updated_from: Option<Timestamp>,
    /// Only rows created at or after this instant.
    #[serde(rename = "created_at[gte]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = DateTime, max_length = 40, nullable = false))]
    pub created_from: Option<Timestamp>,
    /// Only rows created before this instant.
    #[serde(rename = "created_at[lt]", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = DateTime, max_length = 40, nullable = false))]
    pub created_before: Option<Timestamp>,
}

const PAGE_KEYS: &[&str] =
    &["limit", "cursor", "sort", "include_total", "q", "updated_at[gte]", "created_at[gte]", "created_at[lt]"];

/// The query of a list: what every list understands, and the filter of this one.
#[derive(Clone, Debug, Default)]
pub struct Listing<F> {
    /// Page, order and search words.
    pub page: PageQuery,
    /// The list's own filter.
    pub filter: F,
}

impl<F: Filter> Listing<F> {
    /// Sort key and whether it is descending.
    pub fn order(&self) -> (&str, bool) {
        let sort = self.page.sort.as_deref().unwrap_or(F::DEFAULT_SORT);
        sort.strip_prefix('-').map_or((sort, false), |key| (key, true))
    }

    /// Rows per page.
    pub fn limit(&self) -> u16 {
        self.page.limit.unwrap_or(50)
    }
}

impl<F: Filter> QueryString for Listing<F> {
    const IS_LIST: bool = true;
    const SORTS: &'static [&'static str] = F::SORTS;

    fn parse(raw: &str, lang: Lang) -> Result<Self, Vec<FieldError>> {
        let (page, filter) = pairs(raw).into_iter().partition(|(name, _)| PAGE_KEYS.contains(&name.as_str()));
        let listing = Listing { page: read_pairs::<PageQuery>(page, lang)?, filter: read_pairs::<F>(filter, lang)? };
        if !(1..=200).contains(&listing.limit()) {
            return Err(vec![Issue::new(field::OUT_OF_RANGE).with("min", 1).with("max", 200).at("?limit", lang)]);
        }
        if !F::SORTS.contains(&listing.order().0) {
            return Err(vec![Issue::new(field::UNKNOWN_VALUE).at("?sort", lang)]);
        }
        Ok(listing)
    }

    fn render(&self) -> String {
        let parts = [serde_urlencoded::to_string(&self.page), serde_urlencoded::to_string(&self.filter)];
        let parts: Vec<String> = parts.into_iter().filter_map(Result::ok).filter(|p| !p.is_empty()).collect();
        parts.join("&")
    }

    #[cfg(feature = "schema")]
    fn parameters() -> Vec<utoipa::openapi::path::Parameter> {
        use utoipa::IntoParams;
        let query = || Some(utoipa::openapi::path::ParameterIn::Query);
        PageQuery::into_params(query).into_iter().chain(F::into_params(query)).collect()
    }
}

/// The query of what is said of a list as a whole, for example its sums: words and filter, no pages and no order.
#[derive(Clone, Debug, Default)]
pub struct Whole<F>(pub Listing<F>);

impl<F: Filter> QueryString for Whole<F> {
    fn parse(raw: &str, lang: Lang) -> Result<Self, Vec<FieldError>> {
        let page = |name: &str| PAGE_KEYS.contains(&name) && !OF_PAGES_ONLY.contains(&name);
        // what only pages know goes to the filter, which does not know it either and says so
        let (page, filter) = pairs(raw).into_iter().partition(|(name, _)| page(name));
        Ok(Whole(Listing { page: read_pairs::<PageQuery>(page, lang)?, filter: read_pairs::<F>(filter, lang)? }))
    }

    fn render(&self) -> String {
        self.0.render()
    }

    #[cfg(feature = "schema")]
    fn parameters() -> Vec<utoipa::openapi::path::Parameter> {
        let known = |parameter: &utoipa::openapi::path::Parameter| !OF_PAGES_ONLY.contains(&parameter.name.as_str());
        Listing::<F>::parameters().into_iter().filter(known).collect()
    }
}

/// The parameters that make no sense for a list as a whole.
const OF_PAGES_ONLY: &[&str] = &["limit", "cursor", "sort", "include_total"];

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Pass it as `cursor` for the next page; null on the last page.
    pub next_cursor: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
    /// The count, when it was asked for.
    pub total: Option<Total>,
}

/// How many rows match, counted up to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Total {
    /// The count, at most 10,000.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 128))]
    pub count: u32,
    /// Whether there are more than that.
    pub is_capped: bool,
}

impl<T> Page<T> {
    /// Turns the rows into something else.
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> Page<U> {
        let Page { items, next_cursor, has_more, total } = self;
        Page { items: items.into_iter().map(each).collect(), next_cursor, has_more, total }
    }

    /// Turns the rows into something else, where that can fail.
    pub fn try_map<U, E>(self, each: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let Page { items, next_cursor, has_more, total } = self;
        Ok(Page { items: items.into_iter().map(each).collect::<Result<_, _>>()?, next_cursor, has_more, total })
    }
}

//! What a field of a list's row is, as the contract says it.

use serde_json::Value;
use std::collections::HashMap;

/// What a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A text, as it is.
    Text,
    /// A whole number.
    Integer,
    /// An amount of money.
    Money,
    /// A quantity or a unit price.
    Decimal,
    /// An instant, shown in the zone of the business.
    Instant,
    /// A date.
    Day,
    /// Yes or no.
    Flag,
    /// A code with its name in both languages: Chinese, English.
    Choice(HashMap<String, (String, String)>),
}

/// What a field of the rows of a list or a report is; `None` when there is no such field, or it is no single value.
pub fn field(document: &Value, operation: &str, path: &str) -> Option<Kind> {
    let row = openapi::registry::rows().find(|row| row.operation_id() == operation)?;
    let reply =
        inside(document, &["paths", row.path, "get", "responses", "200", "content", "application/json", "schema"]);
    let mut schema = resolved(document, inside(resolved(document, reply), &["properties", "items", "items"]));
    for step in path.split('/') {
        schema =
            resolved(document, if step == "*" { schema.get("items")? } else { schema.get("properties")?.get(step)? });
    }
    // a list of codes or texts is shown in one cell
    kind(schema.get("items").map_or(schema, |one| resolved(document, one)))
}

/// What lies at the end of a way; null when it leads nowhere.
fn inside<'a>(value: &'a Value, way: &[&str]) -> &'a Value {
    way.iter().fold(value, |value, step| value.get(*step).unwrap_or(&Value::Null))
}

/// Follows references and looks past `null`.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(name) = inside(schema, &["$ref"]).as_str().and_then(|path| path.rsplit('/').next()) {
        return resolved(document, inside(document, &["components", "schemas", name]));
    }
    match inside(schema, &["oneOf"]).as_array().and_then(|all| all.iter().find(|one| inside(one, &["type"]) != "null"))
    {
        Some(one) => resolved(document, one),
        None => schema,
    }
}

fn kind(schema: &Value) -> Option<Kind> {
    if let Some(labels) = inside(schema, &["x-labels"]).as_object() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let names = labels
            .iter()
            .map(|(code, label)| (code.clone(), (text(inside(label, &["zh"])), text(inside(label, &["en"])))));
        return Some(Kind::Choice(names.collect()));
    }
    let properties = inside(schema, &["properties"]).as_object();
    if properties.is_some_and(|all| all.contains_key("amount") && all.contains_key("currency")) {
        return Some(Kind::Money);
    }
    let types = match inside(schema, &["type"]) {
        Value::Array(all) => all.iter().filter_map(Value::as_str).find(|one| *one != "null"),
        one => one.as_str(),
    };
    match (types?, inside(schema, &["format"]).as_str()) {
        ("string", Some("date-time")) => Some(Kind::Instant),
        ("string", Some("date")) => Some(Kind::Day),
        ("string", Some("decimal")) => Some(Kind::Decimal),
        ("string", _) => Some(Kind::Text),
        ("integer", _) => Some(Kind::Integer),
        ("boolean", _) => Some(Kind::Flag),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_what_the_contract_says() {
        let document: Value = serde_json::from_str(include_str!("../../../../../openapi/openapi.json")).unwrap();
        let field = |operation: &str, path: &str| field(&document, operation, path);
        assert_eq!(field("listProducts", "code"), Some(Kind::Text));
        assert_eq!(field("listProducts", "warranty_months"), Some(Kind::Integer));
        assert_eq!(field("listProducts", "standard_cost"), Some(Kind::Decimal));
        assert_eq!(field("listReceipts", "received"), Some(Kind::Money));
        assert_eq!(field("listReceipts", "effective_on"), Some(Kind::Day));
        assert_eq!(field("listTickets", "promised_at"), Some(Kind::Instant));
        assert_eq!(field("listStock", "on_hand"), Some(Kind::Decimal));
        assert_eq!(field("listStock", "place/name"), Some(Kind::Text));
        assert_eq!(field("getStockTurnover", "opening_value"), Some(Kind::Money), "a report has rows as well");
        assert_eq!(field("listUsers", "roles/*/name"), Some(Kind::Text));
        let Some(Kind::Choice(names)) = field("listReceipts", "methods") else { panic!("no choice") };
        assert_eq!(names["cash"], ("现金".to_owned(), "Cash".to_owned()));
        for (operation, path) in [
            ("listProducts", "nothing"),
            ("listUsers", "roles"),
            ("getProduct", "code"),
            ("listStock", "place"),
            ("x", ""),
        ] {
            assert_eq!(field(operation, path), None, "{operation} {path}");
        }
    }
}

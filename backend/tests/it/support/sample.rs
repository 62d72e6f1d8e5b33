//! Makes a plausible body for any operation out of the OpenAPI document.

use openapi::Row;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use uuid::Uuid;

/// The OpenAPI document.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(&openapi::describe::json()).unwrap());

/// The path of a row for an object.
pub fn path_of(row: &Row, id: Uuid) -> String {
    filled(row.path, id)
}

/// A path template with its parameters filled in. A parameter of a new kind says here what stands for it.
pub fn filled(template: &str, id: Uuid) -> String {
    let segment = |segment: &str| match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        None => segment.to_owned(),
        Some("id") => id.to_string(),
        Some("kind") => "ticket".to_owned(),
        Some("paper") => "a5".to_owned(),
        Some("source") => "crm".to_owned(),
        Some("external_id") => format!("sample-{id}"),
        Some(other) => panic!("{template}: nothing stands for {{{other}}}"),
    };
    template.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// A body for an operation: required fields only, each within its bounds.
pub fn body(path: &str, method: &str) -> Value {
    let operation = &DOCUMENT["paths"][path][method.to_lowercase()];
    of(&operation["requestBody"]["content"]["application/json"]["schema"])
}

/// A query with every required parameter of an operation.
pub fn query(path: &str, method: &str) -> Vec<(String, String)> {
    parameters(path, method, true)
}

/// What a list can be narrowed down by: each parameter that may be left out, with a value, but those of paging.
pub fn filters(path: &str) -> Vec<(String, String)> {
    let mut found = parameters(path, "GET", false);
    found.retain(|(name, _)| !["limit", "cursor", "sort", "include_total"].contains(&name.as_str()));
    found
}

fn parameters(path: &str, method: &str, required: bool) -> Vec<(String, String)> {
    let operation = &DOCUMENT["paths"][path][method.to_lowercase()];
    let all = operation["parameters"].as_array().into_iter().flatten();
    let wanted = all.filter(|p| p["in"] == "query" && p["required"].as_bool().unwrap_or_default() == required);
    wanted.map(|p| (p["name"].as_str().unwrap().to_owned(), text(parameter(p)))).collect()
}

fn parameter(parameter: &Value) -> Value {
    match parameter.get("example") {
        Some(example) => example.clone(),
        None => match of(&parameter["schema"]) {
            // good for a serial, a code, a telephone number and any text
            Value::String(word) if word == "x" => json!("10086"),
            other => other,
        },
    }
}

/// A value as it stands in a query; a list by its items.
fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Array(items) => items.into_iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn of(schema: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        return of(&DOCUMENT["components"]["schemas"][name.rsplit('/').next().unwrap()]);
    }
    if let Some(example) = schema["examples"].get(0).or(schema.get("example")) {
        return example.clone();
    }
    if let Some(value) = schema["enum"].get(0).or(schema.get("default")) {
        return value.clone();
    }
    if let Some(choices) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        return choices.iter().find(|c| c["type"] != "null").map_or(Value::Null, of);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().map(of).fold(json!({}), merged);
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|k| *k != "null").unwrap_or("null"),
        kind => kind.as_str().unwrap_or("object"),
    };
    match kind {
        "string" => match schema["format"].as_str() {
            Some("uuid") => json!("0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e0f"),
            Some("date") => json!("2026-11-21"),
            Some("date-time") => json!("2026-11-21T02:00:00.000Z"),
            _ => json!("x".repeat(schema["minLength"].as_u64().unwrap_or(1).max(1) as usize)),
        },
        "integer" | "number" => schema.get("minimum").cloned().unwrap_or(json!(1)),
        "boolean" => json!(false),
        "array" => {
            let least = schema["minItems"].as_u64().unwrap_or(0);
            Value::Array((0..least).map(|_| of(&schema["items"])).collect())
        }
        _ => {
            let mut object = Map::new();
            for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                object.insert(name.to_owned(), of(&schema["properties"][name]));
            }
            Value::Object(object)
        }
    }
}

fn merged(mut all: Value, part: Value) -> Value {
    if let (Some(all), Some(part)) = (all.as_object_mut(), part.as_object()) {
        all.extend(part.clone());
    }
    all
}

//! The log of changes: who changed what, when, from where, and how it was before.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::text::system as t;
use leptos::prelude::*;
use openapi::system::{AuditRow, ListAudit};
use serde_json::{Map, Value};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListAudit>::new("audit", t::AUDIT)
        .filter(Filter::text("subject_kind", t::RECORD_KIND))
        .filter(Filter::text("subject_id", t::RECORD))
        .filter(Filter::created())
        .column(Column::new("created_at", t::WHEN, |r: &AuditRow| cell::time(r.created_at)))
        .column(Column::new("actor", t::WHO, |r: &AuditRow| cell::maybe(r.actor_name.as_ref())).field("actor_name"))
        .column(Column::new("operation", t::WORK, |r: &AuditRow| cell::code(r.operation.clone())))
        .column(Column::new("subject_kind", t::RECORD_KIND, |r: &AuditRow| cell::code(r.subject_kind.clone())))
        .column(Column::new("changes", t::CHANGES, changes).field("after").width("26em"))
        .column(Column::new("subject_id", t::RECORD, |r: &AuditRow| cell::code(r.subject_id.to_string())).hidden())
        .column(Column::new("ip", t::ADDRESS, |r: &AuditRow| cell::text(r.ip.clone())))
        .column(Column::new("request_id", t::REQUEST, |r: &AuditRow| cell::code(r.request_id.clone())).hidden())
        .column(Column::new("before", t::BEFORE, |r: &AuditRow| cell::note(r.before.as_deref())).hidden())
        .view()
}

/// The fields that differ, each with its values before and after.
fn changes(row: &AuditRow) -> AnyView {
    const STAMPS: &[&str] = &["version", "updated_at", "updated_by", "created_at", "created_by"];
    let fields = |text: &Option<String>| -> Map<String, Value> {
        let parsed = text.as_deref().and_then(|text| serde_json::from_str(text).ok());
        parsed.unwrap_or_default()
    };
    let (before, after) = (fields(&row.before), fields(&row.after));
    let plain = |value: Option<&Value>| match value {
        None | Some(Value::Null) => "—".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let changed = names.into_iter().filter(|name| !STAMPS.contains(&name.as_str()));
    let line = |name: &String| {
        let (old, new) = (before.get(name), after.get(name));
        (old != new).then(|| match old {
            None => format!("{name}: {}", plain(new)),
            Some(_) => format!("{name}: {} → {}", plain(old), plain(new)),
        })
    };
    let lines: Vec<String> = changed.filter_map(line).take(8).collect();
    cell::note(Some(&lines.join("\n")))
}

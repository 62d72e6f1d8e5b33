//! The rights of a role: every permission by domain, each with its reach.

use crate::doc::{Form, cell};
use crate::text::{Label, identity as t, permission_label};
use crate::ui::{Bind, Select, SelectOption};
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::identity::role::Grant;
use openapi::{Lang, Permission, Scope};
use serde_json::{Value, json};

/// The permissions of each domain, in the order of the contract.
fn domains() -> Vec<(&'static str, Vec<Permission>)> {
    let mut all: Vec<(&str, Vec<Permission>)> = Vec::new();
    for permission in openapi::registry::permissions() {
        let domain = permission.code.split('.').next().unwrap_or_default();
        match all.iter_mut().find(|(name, _)| *name == domain) {
            Some((_, list)) => list.push(permission),
            None => all.push((domain, vec![permission])),
        }
    }
    all
}

fn heading(domain: &str) -> Label {
    match domain {
        "system" => t::DOMAIN_SYSTEM,
        "identity" => t::DOMAIN_IDENTITY,
        "master" => t::DOMAIN_MASTER,
        "stock" => t::DOMAIN_STOCK,
        "trade" => t::DOMAIN_TRADE,
        "finance" => t::DOMAIN_FINANCE,
        "service" => t::DOMAIN_SERVICE,
        _ => t::DOMAIN_OTHER,
    }
}

/// The rights as they are.
pub fn show(grants: &[Grant]) -> AnyView {
    let held = |permission: &Permission| grants.iter().find(|g| *g.permission == *permission.code).map(|g| g.scope);
    let domain = |(name, permissions): (&'static str, Vec<Permission>)| {
        let rows: Vec<_> = permissions.into_iter().filter_map(|p| Some((p, held(&p)?))).collect();
        let row = |(permission, scope): (Permission, Scope)| line(permission, cell::tag(scope));
        (!rows.is_empty()).then(|| frame(name, rows.into_iter().map(row).collect()))
    };
    view! { <div class="rights">{domains().into_iter().filter_map(domain).collect_view()}</div> }.into_any()
}

/// The matrix of the form; its value is the array of grants.
pub fn edit(form: Form, pointer: String) -> AnyView {
    if !untrack(|| form.value(&pointer).is_array()) {
        form.set_value(&pointer, json!([]));
        form.dirty.set(false);
    }
    let domain = |(name, permissions): (&'static str, Vec<Permission>)| {
        let row = |permission: Permission| line(permission, choice(form, pointer.clone(), permission));
        frame(name, permissions.into_iter().map(row).collect())
    };
    view! { <div class="rights">{domains().into_iter().map(domain).collect_view()}</div> }.into_any()
}

fn frame(domain: &str, rows: Vec<AnyView>) -> AnyView {
    view! { <fieldset class="rights-domain"><legend>{heading(domain)}</legend>{rows}</fieldset> }.into_any()
}

fn line(permission: Permission, value: AnyView) -> AnyView {
    view! {
        <div class="rights-row">
            <span class="grow" title=permission.code>{move || permission_label(permission)}</span>
            {value}
        </div>
    }
    .into_any()
}

fn choice(form: Form, pointer: String, permission: Permission) -> AnyView {
    let at = pointer.clone();
    let value = Memo::new(move |_| scope_in(&form.value(&at), permission.code));
    let set = move |scope: String| {
        let mut grants = untrack(|| form.value(&pointer)).as_array().cloned().unwrap_or_default();
        grants.retain(|grant| grant.get("permission").and_then(Value::as_str) != Some(permission.code));
        if !scope.is_empty() {
            grants.push(json!({ "permission": permission.code, "scope": scope }));
        }
        form.set_value(&pointer, Value::Array(grants));
    };
    let name = Signal::derive(move || Some(permission_label(permission).to_owned()));
    let id = format!("right-{}", permission.code.replace('.', "-"));
    let options = Signal::derive(scopes);
    view! { <Select bind=Bind::new(value, set) id=id options=options empty=t::NO_RIGHT name=name /> }.into_any()
}

fn scope_in(grants: &Value, code: &str) -> String {
    let found =
        grants.as_array().into_iter().flatten().find(|g| g.get("permission").and_then(Value::as_str) == Some(code));
    found.and_then(|g| g.get("scope")).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn scopes() -> Vec<SelectOption> {
    let option = |scope: &Scope| {
        let label = Label { zh: scope.label(Lang::Zh), en: scope.label(Lang::En) };
        SelectOption { value: scope.as_str().to_owned(), label: label.into() }
    };
    Scope::ALL.iter().map(option).collect()
}

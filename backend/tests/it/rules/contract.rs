//! The contract and the server say the same.

use crate::support::TestApp;
use crate::support::sample::{filled, path_of};
use openapi::{Access, Method};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[test]
fn every_row_is_mounted_once() {
    let mounted = backend::modules::mount().mounted;
    let declared: BTreeSet<&str> = openapi::registry::rows().map(|row| row.name).collect();
    let served: BTreeSet<&str> = mounted.iter().copied().collect();
    assert_eq!(served.len(), mounted.len(), "a row is mounted twice");
    let missing: Vec<_> = declared.difference(&served).collect();
    let surplus: Vec<_> = served.difference(&declared).collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "declared but not mounted: {missing:?}; mounted but not declared: {surplus:?}"
    );
}

#[test]
fn the_public_rows_are_known() {
    let public: Vec<&str> = super::rows().filter(|row| row.access == Access::Public).map(|row| row.name).collect();
    assert_eq!(public, ["GetAbout", "SignIn", "RefreshSession", "SignOut"], "think twice before making a row public");
}

#[actix_web::test]
async fn another_method_is_405_and_names_what_is_allowed() {
    let app = TestApp::start().await;
    let mut paths: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in super::rows() {
        paths.entry(row.path).or_default().insert(row.method.as_str());
    }
    for (path, allowed) in paths {
        let target = filled(path, Uuid::nil());
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH"].into_iter().filter(|m| !allowed.contains(m)) {
            let answer = app.anonymous().request(method, &target).send().await.unwrap();
            assert_eq!(answer.status(), 405, "{method} {path}");
            let header = answer.headers()["allow"].to_str().unwrap().to_owned();
            let named: BTreeSet<&str> = header.split(", ").collect();
            assert_eq!(named, allowed, "{method} {path}");
        }
    }
}

#[actix_web::test]
async fn an_unknown_path_is_a_problem_document_too() {
    let app = TestApp::start().await;
    let answer = app.anonymous().request("GET", "/api/v1/nothing/here").send().await.unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
}

#[test]
fn every_operation_is_described() {
    let document: serde_json::Value = serde_json::from_str(&openapi::describe::json()).unwrap();
    for row in super::rows() {
        let operation = &document["paths"][row.path][row.method.as_str().to_lowercase()];
        assert!(operation["summary"].as_str().is_some_and(|s| s.len() > 5), "{} has no summary", row.name);
        let statuses = operation["responses"].as_object().unwrap();
        assert!(statuses.contains_key(&row.status.to_string()), "{} does not document {}", row.name, row.status);
        if row.access != Access::Public {
            assert!(statuses.contains_key("401"), "{}", row.name);
        }
        if row.method != Method::Get && row.needs_if_match {
            assert!(statuses.contains_key("412") && statuses.contains_key("428"), "{}", row.name);
        }
    }
    assert!(path_of(super::rows().next().unwrap(), Uuid::nil()).starts_with("/api/v1/"));
}

//! The order of the crates and the rules of where a line lives, checked on the sources.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Each crate and what of ours it may depend on.
const MAY_USE: &[(&str, &[&str])] = &[
    ("openapi", &[]),
    ("migrations", &[]),
    ("platform", &["openapi"]),
    ("identity", &["openapi", "platform"]),
    ("master", &["openapi", "platform", "identity"]),
    ("stock", &["openapi", "platform", "identity", "master"]),
    ("finance", &["openapi", "platform", "identity", "master"]),
    ("trade", &["openapi", "platform", "identity", "master", "stock", "finance"]),
    ("service", &["openapi", "platform", "identity", "master", "stock", "finance", "trade"]),
    ("backend", &["openapi", "migrations", "platform", "identity", "master", "stock", "finance", "trade", "service"]),
    ("frontend", &["openapi"]),
];

/// The business crates: others see their `api` only.
const DOMAINS: &[&str] = &["identity", "master", "stock", "finance", "trade", "service"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn folder(name: &str) -> PathBuf {
    match name {
        "openapi" | "migrations" | "backend" | "frontend" => root().join(name),
        _ => root().join("backend/crates").join(name),
    }
}

/// Every Rust file below a crate's `src`.
fn sources(name: &str) -> BTreeMap<PathBuf, String> {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.insert(path, text);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&folder(name).join("src"), &mut found);
    found
}

#[test]
fn crates_depend_in_one_direction() {
    for (name, allowed) in MAY_USE {
        let manifest = std::fs::read_to_string(folder(name).join("Cargo.toml")).unwrap();
        let normal = manifest.split("[dev-dependencies]").next().unwrap();
        let used: Vec<&str> = MAY_USE
            .iter()
            .map(|(other, _)| *other)
            .filter(|other| normal.lines().any(|line| line.split(['=', '.', ' ']).next() == Some(other)))
            .collect();
        let wrong: Vec<_> = used.iter().filter(|other| !allowed.contains(other)).collect();
        assert!(wrong.is_empty(), "{name} must not depend on {wrong:?}");
    }
    let crates = std::fs::read_dir(root().join("backend/crates")).unwrap().count();
    assert_eq!(crates + 4, MAY_USE.len(), "a crate is missing in MAY_USE");
}

#[test]
fn a_domain_is_used_through_its_api_only() {
    // the contract and the browser have modules of the same names; the composition root wires everything
    for (name, _) in MAY_USE.iter().filter(|(name, _)| !["openapi", "frontend", "backend"].contains(name)) {
        for (file, text) in sources(name) {
            for domain in DOMAINS.iter().filter(|domain| *domain != name) {
                for (number, line) in text.lines().enumerate() {
                    let code = line.split("//").next().unwrap();
                    let outside = code.match_indices(&format!("{domain}::")).any(|(at, found)| {
                        let before = code[..at].chars().next_back();
                        let is_path_start = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':'));
                        is_path_start && !code[at + found.len()..].starts_with("api")
                    });
                    assert!(
                        !outside,
                        "{}:{}: {domain} is used past its api: {}",
                        file.display(),
                        number + 1,
                        line.trim()
                    );
                }
            }
        }
    }
}

#[test]
fn only_the_database_layer_knows_the_dialects() {
    for (name, _) in MAY_USE.iter().filter(|(name, _)| !["migrations", "backend"].contains(name)) {
        for (file, text) in sources(name) {
            if file.to_string_lossy().contains("platform/src/db") {
                continue;
            }
            for word in ["DbBackend::", "Dialect::Sqlite", "Dialect::Postgres", "PRAGMA ", "pg_advisory"] {
                assert!(!text.contains(word), "{} speaks a dialect: {word}", file.display());
            }
        }
    }
}

#[test]
fn decisions_do_not_wait_and_know_no_database() {
    for name in DOMAINS {
        for (file, text) in
            sources(name).into_iter().filter(|(file, _)| file.file_name().is_some_and(|f| f == "model.rs"))
        {
            let code: String =
                text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            for word in ["async fn", ".await", "EntityTrait", "ConnectionTrait"] {
                assert!(!code.contains(word), "{} contains {word:?}: a decision is pure", file.display());
            }
        }
    }
}

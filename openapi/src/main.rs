//! Writes `openapi.json`; with `--check` fails when the file is stale; with `--reached FOLDER` fails when no test has met an error
//! code: the folder holds the codes that test servers answered, one in a line.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let clashes = openapi::describe::clashes();
    if !clashes.is_empty() {
        eprintln!("two types of the contract share a name: {}", clashes.join(", "));
        return ExitCode::FAILURE;
    }
    let done = match args.next().as_deref() {
        Some("--check") => check(),
        Some("--reached") => reached(Path::new(&args.next().unwrap_or_default())),
        _ => std::fs::write(file(), openapi::describe::json()).map_err(|e| format!("cannot write openapi.json: {e}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn file() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json")
}

fn check() -> Result<(), String> {
    if std::fs::read_to_string(file()).is_ok_and(|stored| stored == openapi::describe::json()) {
        println!("openapi.json is up to date");
        return Ok(());
    }
    Err("openapi.json is stale: run `make openapi`".to_owned())
}

fn reached(folder: &Path) -> Result<(), String> {
    let wrong = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut met = BTreeSet::new();
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        let text = std::fs::read_to_string(entry.map_err(wrong)?.path()).map_err(wrong)?;
        met.extend(text.lines().map(str::to_owned));
    }
    let codes: Vec<&str> = openapi::registry::codes().map(|code| code.code).collect();
    let missed: Vec<&str> = codes.iter().copied().filter(|code| !met.contains(*code)).collect();
    if missed.is_empty() {
        println!("{} error codes, each met by a test", codes.len());
        return Ok(());
    }
    Err(format!("{} of {} error codes are met by no test: {}", missed.len(), codes.len(), missed.join(", ")))
}

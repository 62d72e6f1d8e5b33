//! Writes `openapi.json`; with `--check` fails when the file is stale; with `--reached FOLDER` fails when no test has met an error
//! code, or has sent a command a second time with its key: the folder holds what test servers answered and what clients repeated, one in a
//! line.

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
    let codes: Vec<_> = openapi::registry::codes().map(|code| code.code.to_owned()).collect();
    let posting = openapi::registry::rows().filter(|row| row.posts).map(|row| row.name);
    let posting: Vec<_> = posting.map(|name| format!("repeated {name}")).collect();
    let missed: Vec<_> = codes.iter().chain(&posting).filter(|line| !met.contains(*line)).cloned().collect();
    if missed.is_empty() {
        println!("{} error codes, each met by a test; {} commands, each repeated by one", codes.len(), posting.len());
        return Ok(());
    }
    Err(format!("met by no test: {}", missed.join(", ")))
}

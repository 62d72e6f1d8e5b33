//! Writes `openapi.json`, or with `--check` fails when the file is stale.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let fresh = openapi::describe::json();
    if std::env::args().any(|arg| arg == "--check") {
        if std::fs::read_to_string(&file).is_ok_and(|stored| stored == fresh) {
            println!("openapi.json is up to date");
            return ExitCode::SUCCESS;
        }
        eprintln!("openapi.json is stale: run `make openapi`");
        return ExitCode::FAILURE;
    }
    match std::fs::write(&file, fresh) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write openapi.json: {error}");
            ExitCode::FAILURE
        }
    }
}

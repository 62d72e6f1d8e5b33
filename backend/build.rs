//! The browser application is embedded from `frontend/dist`. A checkout that has not built it yet still compiles: the
//! server then answers with a page that says how to build it.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend/dist");
    std::fs::create_dir_all(&dist)?;
    // files that appear are not known to the compiler: look at the folder itself
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}

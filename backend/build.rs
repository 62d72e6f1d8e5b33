//! The browser application is embedded from `frontend/dist`. A checkout that has not built it yet still compiles: the
//! server then answers with a page that says how to build it.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    // asked at run time: a build directory shared by several checkouts must not remember the path of another
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let dist = root.join("../frontend/dist");
    std::fs::create_dir_all(&dist)?;
    // files that appear are not known to the compiler: look at the folder itself
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CARGO_MANIFEST_DIR");
    Ok(())
}

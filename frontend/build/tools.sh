#!/usr/bin/env bash
# The tools that turn what cargo made into what a browser loads, in exactly the versions that fit; installs what is missing (about
# five minutes, once) and prints nothing when all is there.
#
#   wasm-bindgen      the JavaScript side of the module; the version of the library in Cargo.lock
#   wasm-split-cli    cuts the parts of the application out of the module (frontend/src/part.rs)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=${CARGO_HOME:-$HOME/.cargo}/bin
split=0.2.4
bindgen=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' "$root/Cargo.lock")
[ -n "$bindgen" ] || { echo "Cargo.lock names no wasm-bindgen" >&2; exit 1; }

get() { # crate, version, arguments
  printf '\033[1mInstalling %s %s (once, some minutes)\033[0m\n' "$1" "$2"
  # For this machine, whatever is being built. A registry mirror can lag behind what the lock file of the tool names: then what is
  # there and fits will do.
  (unset RUSTC RUSTC_BOOTSTRAP RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_TARGET_DIR && cd / &&
    { cargo install --quiet --locked --force "$1" --version "$2" "${@:3}" ||
      cargo install --quiet --force "$1" --version "$2" "${@:3}"; } </dev/null)
}

[ "$("$bin/wasm-bindgen" --version 2>/dev/null)" = "wasm-bindgen $bindgen" ] || get wasm-bindgen-cli "$bindgen"
# it cannot tell its version
[ -x "$bin/wasm-split-cli" ] && cargo install --list | grep -qx "wasm_split_cli_support v$split:" ||
  get wasm_split_cli_support "$split" --features build-binary

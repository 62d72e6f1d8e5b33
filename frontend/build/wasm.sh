#!/usr/bin/env bash
# Builds the single page application into frontend/dist.
#
#   frontend/build/wasm.sh [--release]   small: LTO, wasm-opt, size limits       (what `make run` and CI use)
#   frontend/build/wasm.sh --dev         quick: no LTO, no wasm-opt
#   ... --force                          build even if no input changed
#
# Nothing is done when no input changed since the last build of the same kind. Where it builds: AFTERCARE_WASM_TARGET_DIR, else
# CARGO_TARGET_DIR, else target/wasm. The Rust standard library for the browser comes from rustup; where rustup cannot fetch it,
# Debian's rustc-web and rust-web-src build it (AFTERCARE_WASM_STD=debian forces that).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
frontend=$(dirname "$here")
root=$(dirname "$frontend")
triple=wasm32-unknown-unknown

mode=release force=no
for argument in "$@"; do
  case $argument in
    --release) mode=release ;;
    --dev) mode=dev ;;
    --force) force=yes ;;
    *) sed -n '2,10p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//'; exit 2 ;;
  esac
done

target=${AFTERCARE_WASM_TARGET_DIR:-${CARGO_TARGET_DIR:-$root/target/wasm}}
mkdir -p "$target"
target=$(cd "$target" && pwd)
stamp=$here/.stamp

say() { printf '\033[1m%s\033[0m\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# --- nothing to do? ---------------------------------------------------------------------------------------------------------
# Every file that can change the result; the lint folder and the document of the contract are not among them.
inputs() {
  cd "$root"
  {
    printf 'mode %s\n' "$mode"
    find Cargo.toml Cargo.lock frontend openapi \
      \( -path frontend/dist -o -path frontend/e2e -o -path openapi/lint -o -name node_modules \) -prune \
      -o -type f ! -path frontend/build/.stamp ! -path openapi/openapi.json ! -name '*.snap*' -print0 |
      sort -z | xargs -0 sha256sum
  } | sha256sum | cut -d' ' -f1
}
wanted=$(inputs)
if [ "$force" = no ] && [ -f "$frontend/dist/index.html" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
  say "SPA ($mode): no input changed, nothing to build"
  exit 0
fi

# Two checkouts may share one target folder; the artefact has the same name in both.
if command -v flock >/dev/null; then
  exec 9>"$target/.wasm.lock"
  flock 9
fi

# --- a compiler that can ----------------------------------------------------------------------------------------------------
install_debs() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing $*"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } </dev/null
  else
    die "Missing packages. Please run:  sudo apt-get install -y --no-install-recommends $*"
  fi
}

has_std() { [ -d "$("${RUSTC:-rustc}" --print sysroot)/lib/rustlib/$triple/lib" ]; }

build=(cargo rustc -p frontend --bin frontend --target "$triple")
if [ "${AFTERCARE_WASM_STD:-}" != debian ] && { has_std ||
  { command -v rustup >/dev/null && timeout 300 rustup target add "$triple" >/dev/null 2>&1 && has_std; }; }; then
  say "SPA ($mode): standard library from rustup"
else
  say "SPA ($mode): rustup has no $triple here, using Debian's rustc-web"
  missing=()
  for package in rustc-web rust-web-src lld-22; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] || install_debs "${missing[@]}"
  debian_rustc=$(dpkg -L rustc-web | grep -E '/bin/rustc$' | head -n 1)
  linker=$(command -v wasm-ld-22) || die "wasm-ld-22 not found although lld-22 is installed"
  [ -x "$debian_rustc" ] || die "Debian's rustc not found although rustc-web is installed"
  # Its own folder: another compiler, so nothing could be shared anyway.
  target=$target/debian
  export RUSTC=$debian_rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker
  build+=("-Zbuild-std=std,panic_abort")
fi
# A flag set for the native build (say, coverage) has no business here.
unset CARGO_ENCODED_RUSTFLAGS
# Leptos without it compiles the drawing code once per shape of a view.
export RUSTFLAGS='--cfg erase_components'
profile=wasm-$mode
[ -t 2 ] || build+=(--quiet)
# The relocations tell wasm-split which function needs which: without them it could not cut.
(cd "$root" && CARGO_TARGET_DIR=$target "${build[@]}" --profile "$profile" -- -Clink-arg=--emit-relocs)
module=$target/$triple/$profile/frontend.wasm
[ -f "$module" ] || die "cargo left no $module"

# --- the parts that are loaded later are cut out, then the JavaScript side is made -------------------------------------------------
"$here/tools.sh"
tools=${CARGO_HOME:-$HOME/.cargo}/bin
work=$(mktemp -d "$target/bindgen.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/parts" "$work/app"
"$tools/wasm-split-cli" --target web --out-name app "$module" "$work/parts"
debug=()
[ "$mode" = release ] || debug=(--keep-debug)
# The parts are linked to the module by the names that the linker exports.
"$tools/wasm-bindgen" "$work/parts/app.wasm" --target web --no-typescript --keep-lld-exports --out-name app --out-dir "$work/app" \
  "${debug[@]}"
rm "$work/parts/app.wasm"
mv "$work"/parts/* "$work/app"

# --- wasm-opt, and the chart library, from npm ----------------------------------------------------------------------------------
[ "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ] ||
  (cd "$here" && npm ci --no-audit --no-fund --silent </dev/null && touch node_modules/.package-lock.json)
if [ "$mode" = release ]; then
  # Not --all-features: browsers reject what that produces.
  for part in "$work"/app/*.wasm; do
    "$here/node_modules/.bin/wasm-opt" --quiet -Oz "$part" -o "$work/smaller.wasm" \
      --enable-bulk-memory --enable-bulk-memory-opt --enable-mutable-globals --enable-sign-ext \
      --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue
    mv "$work/smaller.wasm" "$part"
  done
fi

# --- names with hashes, index.html, compressed siblings, the size limit ---------------------------------------------------------
node "$here/bundle.mjs" "$mode" "$work/app" "$frontend"
printf '%s\n' "$wanted" > "$stamp"

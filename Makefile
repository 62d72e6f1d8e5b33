# Two commands: `make run` and `make test`. The rest are parts of them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test test-long chaos fuzz fuzz-parsers bench bench-compare speed lint cost e2e wasm openapi fmt clean

TARGET := $(or $(CARGO_TARGET_DIR),target)
export AFTERCARE_WASM_TARGET_DIR ?= $(abspath $(TARGET))/wasm
# where `make run` listens and keeps its data; ARGS goes to the server as it is
LISTEN ?= 127.0.0.1:8080
DATA ?= data

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build everything in release, load the demo data into an empty database, serve on http://127.0.0.1:8080
	@.ci/tools run
	@frontend/build/wasm.sh --release
	@cargo build --release -p backend
	@exec env -u AFTERCARE_WASM_TARGET_DIR "$(TARGET)/release/aftercare" serve --demo --data "$(DATA)" --listen "$(LISTEN)" $(ARGS)

test: ## everything a change must pass, on SQLite, PostgreSQL and in Chromium
	@.ci/tools test
	@.ci/test

test-long: ## random sequences and load in release, the full numbers: STEPS of commands, CASES of pure sequences
	@AFTERCARE_LOAD=full AFTERCARE_RANDOM_STEPS=$(or $(STEPS),10000) PROPTEST_CASES=$(or $(CASES),1000000) \
		cargo nextest run --workspace --exclude frontend --cargo-profile long --profile long --run-ignored all \
		-E 'test(random) | test(properties) | test(sequences) | test(load) | test(scans)'

chaos: ## what goes wrong on purpose, in release, the full numbers, on SQLite and PostgreSQL; SEED repeats a run
	@.ci/tools test
	@for database in sqlite postgres; do \
		AFTERCARE_LOAD=full AFTERCARE_TEST_DB=$$database $(if $(SEED),AFTERCARE_SEED=$(SEED)) backend/tests/postgres.sh run \
			cargo nextest run --workspace --exclude frontend --cargo-profile long --profile long -E 'test(chaos) | test(load) | test(three_processes)' || exit; done

fuzz: ## right and wrong requests to every operation as four people; TIME=1800 SEED=7
	@.ci/tools clients
	@FUZZ_SECONDS=$(or $(TIME),1800) FUZZ_SEED=$(SEED) .ci/test fuzz

fuzz-parsers: ## mutated inputs to every parser, TIME seconds each; SEED=7
	@AFTERCARE_FUZZ_SECONDS=$(or $(TIME),3600) $(if $(SEED),AFTERCARE_SEED=$(SEED)) \
		cargo nextest run --workspace --profile long -E 'package(backend) & test(/^fuzz::/)'

bench: ## measure by ratio into target/bench (OUT); SCENARIO=short or open, SCALE=d100k, ARGS="--ops list50 --clients 8"
	@.ci/tools bench
	@cargo build --release -p backend -p bench
	@"$(TARGET)/release/bench" run --binary "$(TARGET)/release/aftercare" --out "$(or $(OUT),$(TARGET)/bench)" \
		--scenario backend/bench/scenarios/$(or $(SCENARIO),standard).json --scale $(or $(SCALE),d10k) $(ARGS)

bench-compare: ## the same for two revisions side by side: BASE=revision
	@.ci/tools bench
	@rm -rf "$(TARGET)/bench-base" && git worktree prune && git worktree add --force --detach "$(TARGET)/bench-base" "$(or $(BASE),HEAD~1)"
	@mkdir -p "$(TARGET)/bench-base/frontend/dist" && cd "$(TARGET)/bench-base" && \
		CARGO_TARGET_DIR="$(abspath $(TARGET))/bench-build" cargo build --release -p backend
	@cargo build --release -p backend -p bench
	@"$(TARGET)/release/bench" run --binary "$(TARGET)/release/aftercare" --base "$(TARGET)/bench-build/release/aftercare" \
		--out "$(TARGET)/bench-compare" --scenario backend/bench/scenarios/$(or $(SCENARIO),standard).json --scale $(or $(SCALE),d10k) $(ARGS)
	@git worktree remove --force "$(TARGET)/bench-base"

speed: ## how quick the browser application is: first page, route changes, a list of 10,000 rows
	@.ci/tools e2e
	@frontend/build/wasm.sh --release
	@cargo build --release -p backend
	@cd frontend/e2e && { [ -d node_modules ] || npm ci --no-audit --no-fund --silent; } && \
		env -u AFTERCARE_WASM_TARGET_DIR AFTERCARE_BIN="$(abspath $(TARGET))/release/aftercare" node speed.mjs

lint: ## rustfmt, clippy, licences, the OpenAPI document; no test
	@.ci/tools deny
	@.ci/test rustfmt clippy deny contract openapi-lint

cost: ## what each document costs in lines, over all packages; ARGS=--markdown
	@node .ci/cost.mjs $(ARGS)

e2e: ## browser stories only; STORY=part of a file name, AFTERCARE_E2E_PROFILE=dev, AFTERCARE_BIN or AFTERCARE_URL narrow it down
	@.ci/tools e2e
	@.ci/test spa e2e

wasm: ## the browser application into frontend/dist; DEV=1 builds quickly instead of small
	@frontend/build/wasm.sh $(if $(DEV),--dev,--release)

openapi: ## write openapi/openapi.json from the contract
	@cargo run --quiet -p openapi --features schema

fmt: ## rustfmt, in place
	@cargo fmt --all

clean: ## remove what was built, keep the data
	@cargo clean
	@rm -rf frontend/dist frontend/build/.stamp

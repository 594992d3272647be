# Two commands matter to a newcomer: `make demo` and `make test`. Each installs what it needs.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

CARGO_DENY := 0.20.2
PYTHON := .venv/bin/python

.PHONY: help demo test lint bench soak release generate clean

help: ## Say what each target does
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1	/'

demo: | tools ## Send a message through every gateway of an embedded sandbox and see it delivered
	cargo run --quiet --locked -p wamux-cli -- demo

test: | tools ## Run everything that a change must pass
	$(MAKE) lint
	cargo test --locked --workspace
	$(MAKE) judge

lint: | tools deny ## Check formatting, lints, documentation and licences; a warning is an error
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --quiet
	cargo deny --all-features check licenses bans sources

bench: | tools .venv/bench ## Measure against the budgets, beside what people use instead
	WAMUX_BENCH_PYTHON=$(PYTHON) cargo run --locked --profile bench -p wamux-benches

soak: | tools ## Run for half an hour what `make test` runs for seconds
	WAMUX_SOAK_CASES=10000000 cargo test --locked --release -p wamux-engine --test properties -- --nocapture

release: | tools ## Build the command as it is shipped
	cargo build --locked --release -p wamux-cli
	@ls -l target/release/wamux

generate: | tools ## Write the files that are made from the code
	cargo run --quiet --locked -p wamux-engine --example message_schema > target/message.schema.json
	mv target/message.schema.json core/engine/schemas/message.schema.json

clean: ## Remove what was built
	cargo clean
	rm -rf .venv

# libphonenumber's own verdict on generated numbers of every region.
.PHONY: judge
judge: | tools .venv/judge
	cargo build --locked -p wamux-cli
	$(PYTHON) -m pytest -q tests/phone/judge.py

.PHONY: tools
tools:
	@command -v cargo > /dev/null || { echo "wamux needs Rust 1.95 or newer"; exit 1; }
	@command -v cc > /dev/null || { apt-get update -q && apt-get install -qy gcc libc6-dev; }

.PHONY: deny
deny:
	@cargo deny --version 2> /dev/null | grep -qF "$(CARGO_DENY)" \
		|| cargo install --quiet --locked --debug cargo-deny@$(CARGO_DENY)

.venv/bin/python:
	@python3 -c 'import ensurepip, venv' 2> /dev/null || { apt-get update -q && apt-get install -qy python3-venv; }
	python3 -m venv .venv

.venv/judge: tests/phone/requirements.txt | .venv/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.venv/bench: benches/requirements.txt | .venv/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

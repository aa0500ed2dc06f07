# make run   sets up and does the main job on the Hamburg case
# make test  sets up and runs all tests and checks
# make coverage  passes the tests once more and shows the lines that none of them runs
# make bench sets up and appends the benchmarks to reports/benchmarks/history.csv

PYTHON ?= python3
BIN := .venv/bin
WEEK_SECONDS ?= 150

.PHONY: run test style compiled coverage bench lock setup clean

run: .venv/.ready
	@$(BIN)/planner plan scenarios/hamburg/base.yaml --seconds $(WEEK_SECONDS) --jobs 2 || [ $$? -eq 1 ]

test: .venv/.ready-dev
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target style compiled
	$(BIN)/pytest -n 2

style:
	$(BIN)/ruff check planner tests
	$(BIN)/ruff format --check planner tests
	$(BIN)/mypy
	$(BIN)/lint-imports

# Compiled code is kept on disk; two test processes would make it twice.
compiled:
	$(BIN)/python -m tests.compiled

coverage: .venv/.ready-dev
	$(BIN)/pytest -n 2 --cov --cov-report=term

bench: .venv/.ready-bench
	$(BIN)/python -m tests.benchmarks

setup: .venv/.ready

.venv/bin/pip:
	$(PYTHON) -m venv .venv

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.lock
	@touch $@

.venv/.ready-bench: requirements-bench.lock .venv/.ready-dev
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-bench.lock
	@touch $@

# Renews the three locks from pyproject.toml; names no host.
lock: .venv/bin/pip
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-options --no-header --output-file=requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-options --no-header --extra=dev --constraint=requirements.lock --output-file=requirements-dev.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-options --no-header --extra=dev --extra=bench --constraint=requirements-dev.lock --output-file=requirements-bench.lock pyproject.toml

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

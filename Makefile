# One list of verbs. `make run` opens the dashboard, `make test` proves it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	--no-header --extra build

.PHONY: help run setup test test-databases test-faults test-long lint fix check docs screenshots bench lock browser

help:
	@echo "make run          open the dashboard on sample data"
	@echo "make setup        make the environment in .venv, nothing else"
	@echo "make test         run every test, of what is drawn at random a share"
	@echo "make test-databases  the same answers on every database, on real servers"
	@echo "make test-faults  what is said, and when, while a database fails"
	@echo "make test-long    20,000 random databases for the relations between answers,"
	@echo "                  200 random sequences of imports, 100 imports and 100 copies killed,"
	@echo "                  every count against its records in every view of a page"
	@echo "make lint         check style and types, changing nothing"
	@echo "make fix          mend style"
	@echo "make check        lint and test"
	@echo "make docs         write the generated pages of docs/ anew"
	@echo "make screenshots  a picture of every page into screenshots/"
	@echo "make bench        how fast pages and queries are"
	@echo "make lock         choose versions anew and write the lock files"

run: .stamps/runtime
	@$(BIN)/mis run $(if $(PORT),--port $(PORT))

setup: .stamps/runtime

test: .stamps/dev browser
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

test-databases: .stamps/dev
	@scripts/servers.sh
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m databases tests/databases \
		--ignore tests/databases/faults

test-faults: .stamps/dev browser
	@scripts/servers.sh
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m databases \
		tests/databases/faults

test-long: .stamps/dev
	@MIS_TEST_LONG=1 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
		--timeout 7200 --hypothesis-show-statistics tests/metamorphic \
		tests/test_any_sequence.py tests/test_import_faults.py tests/test_sync_faults.py \
		tests/queries/test_contract.py

lint: .stamps/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/sqlfluff lint --disable-progress-bar queries dashboard/sources/ready
	@$(BIN)/mypy
	@$(BIN)/python scripts/check_locks.py

fix: .stamps/dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/sqlfluff fix --disable-progress-bar queries dashboard/sources/ready

check: lint test

docs: .stamps/dev
	@$(BIN)/python -m scripts.write_relations
	@$(BIN)/python -m scripts.write_metrics

screenshots: .stamps/dev browser
	@$(BIN)/python -m tests.screenshots

bench: .stamps/dev
	@$(BIN)/python -m bench.pages
	@$(BIN)/python -m bench.databases

lock:
	@$(LOCK) --upgrade -o requirements.lock
	@$(LOCK) --upgrade --extra dev -c requirements.lock -o requirements-dev.lock
	@$(PYTHON) scripts/check_locks.py

browser:
	@scripts/browser.sh

.stamps/venv:
	@scripts/environment.sh make "$(PYTHON)"
	@mkdir -p .stamps && touch $@

.stamps/runtime: .stamps/venv requirements.lock pyproject.toml
	@scripts/environment.sh install requirements.lock
	@touch $@

.stamps/dev: .stamps/runtime requirements-dev.lock
	@scripts/environment.sh install requirements-dev.lock
	@touch $@

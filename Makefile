# Everything a fresh machine needs: Python 3.11 or newer, make, and a package registry (the first time only).

PYTHON ?= python3
PORT ?= 7860
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: setup setup-test chat test report lint bench lock clean

setup: $(VENV)/.ready  ## .venv with the locked packages, the command fuwen and the index
	@$(BIN)/fuwen index build

setup-test: $(VENV)/.ready-test

$(VENV)/.ready: pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade pip
	$(PIP) install --quiet --constraint requirements.lock --editable .
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready
	$(PIP) install --quiet --constraint requirements.lock --editable '.[models,test]'
	@touch $@

chat: setup  ## open the page on 127.0.0.1
	$(BIN)/fuwen chat --port $(PORT)

test: setup setup-test  ## unit tests, then the gold questions
	$(BIN)/python -m pytest
	$(BIN)/fuwen eval gate --report build/report

report: setup setup-test  ## build/report: the gold questions as a page, Markdown and JUnit
	@mkdir -p build && rm -f build/results.json
	-$(BIN)/fuwen eval run --split all --out build/results.json >/dev/null
	$(BIN)/fuwen eval report build/results.json --out build/report

lint: setup setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy corpus index assistant eval

bench: setup setup-test
	$(BIN)/python bench/cold.py

lock: setup-test  ## write requirements.lock from what is installed
	$(PIP) freeze --exclude-editable | sed 's/+cpu$$//; s/ @ .*//' > requirements.lock

clean:
	rm -rf $(VENV)

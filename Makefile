# Every target does all its set-up. PYTHON picks the interpreter (3.11 or newer), VENV the virtual environment.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp

.PHONY: demo test lab check record peers format clean

demo: $(STAMP)-demo  ## install, fetch the 1.5B model, solve the quickstart notebook on it
	$(BIN)/smallcode models pull 1.5b
	$(BIN)/python scripts/run_notebook.py notebooks/01_quickstart.ipynb
	@echo
	@echo "Now open it yourself:  make lab"

test: $(STAMP)-test  ## install, fetch the 0.5B model, run every test
	$(BIN)/smallcode models pull 0.5b
	-$(BIN)/smallcode bench toolchains --install
	$(BIN)/python -m pytest

lab: $(STAMP)-demo  ## open the notebooks in JupyterLab
	$(BIN)/smallcode models pull 1.5b
	$(BIN)/jupyter lab notebooks/01_quickstart.ipynb

check: $(STAMP)-test  ## lint, format and types, as strict as they go
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

record: $(STAMP)-test  ## record the demo notebooks' answers on the 1.5B model again
	$(BIN)/python scripts/record.py

peers: $(STAMP)-test  ## install the agents that the benchmark compares with, in a folder of their own
	$(BIN)/smallcode bench peers --install

format: $(STAMP)-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) build dist out .pytest_cache .mypy_cache .ruff_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with  make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(STAMP)-demo: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[local,lab]'
	@touch $@

$(STAMP)-test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[local,dev,bench]'
	@touch $@

# Every target does all its set-up. PYTHON picks the interpreter (3.11 or newer), VENV the virtual environment.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp

.PHONY: demo test lab panel check record docs hub peers lock sbom audit format clean

demo: $(STAMP)-demo  ## install, fetch the 1.5B model, solve the quickstart notebook on it
	$(BIN)/smallcode models pull 1.5b
	$(BIN)/python scripts/run_notebook.py notebooks/01_quickstart.ipynb
	@echo
	@echo "Now open it yourself:  make lab"

# The panel is built where Node is there; Chromium is looked for on the path, else apt or Playwright gets it.
NODE := $(shell node -e 'const [a, b] = process.versions.node.split("."); if (a > 20 || (a == 20 && b >= 19)) console.log("yes")' 2>/dev/null)
JLPM := cd labextension && PATH="$(abspath $(BIN)):$$PATH" jlpm
PANEL := $(shell find labextension -path '*/node_modules' -prune -o -path '*/lib' -prune -o -type f -print)

CONFINES := bwrap --unshare-all --ro-bind / / true 2>/dev/null

# Thousands of tests hold real kernels, servers and browsers to time: what fails is tried once more, and listed as RERUN.
test: $(STAMP)-test panel  ## install, fetch the 0.5B model, build the panel, run every test
	$(BIN)/smallcode models pull 0.5b
	-$(BIN)/smallcode bench toolchains --install
ifeq ($(NODE),yes)
	$(JLPM) test
endif
	@command -v bwrap >/dev/null || apt-get install -y bubblewrap || echo "bubblewrap is not here."
	@marks="$(if $(filter yes,$(NODE)),,not browser)"; \
	if ! $(CONFINES); then \
	  echo "Kernels cannot be confined here: their tests are left out."; marks="$${marks:+$$marks and }not confined"; \
	fi; \
	$(BIN)/python -m pytest --reruns 1 -rfER -m "$$marks"

panel: $(STAMP)-panel  ## build the JupyterLab side panel and the widget

lab: $(STAMP)-demo  ## open the notebooks in JupyterLab
	$(BIN)/smallcode models pull 1.5b
	$(BIN)/jupyter lab notebooks/01_quickstart.ipynb

check: $(STAMP)-test  ## lint, format and types, as strict as they go
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

record: $(STAMP)-test  ## record the demo notebooks' answers on the 1.5B model again
	$(BIN)/python scripts/record.py

docs: $(STAMP)-test  ## build the documentation site into out/site, its reference pages from the code
	$(BIN)/mkdocs build --strict

hub: $(STAMP)-test panel  ## try the JupyterHub deployment of examples/ with a real hub, in out/hub; needs npm
	$(BIN)/python scripts/try_hub.py

peers: $(STAMP)-test  ## install the agents that the benchmark compares with, in a folder of their own
	$(BIN)/smallcode bench peers --install

lock: | $(VENV)/bin/python  ## pin every dependency of every extra, with the hashes of its files
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.lock

sbom: $(STAMP)-test  ## write out/sbom.json (CycloneDX) and print the licences of what is installed
	$(BIN)/python scripts/sbom.py out/sbom.json

# Without a network, or without pip-audit, it says SKIPPED and ends well: nothing was audited, and nothing found.
audit: | $(VENV)/bin/python  ## look for known weaknesses of what is pinned
	@mkdir -p out && rm -f out/audit.json; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit; \
	$(BIN)/pip-audit --disable-pip --require-hashes --timeout 10 -r requirements.lock -f json -o out/audit.json; code=$$?; \
	if [ ! -s out/audit.json ]; then echo "SKIPPED: no list of weaknesses could be asked; nothing was audited."; else exit $$code; fi

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
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[local,lab,dev,bench]'
	@touch $@

ifeq ($(NODE),yes)
$(STAMP)-panel: $(PANEL) | $(STAMP)-test
	$(JLPM) install --immutable
	$(JLPM) build:prod
	mkdir -p $(VENV)/share/jupyter/labextensions
	ln -sfn "$(CURDIR)/smallcode_jupyter/labextension" $(VENV)/share/jupyter/labextensions/smallcode-jupyter
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  apt-get install -y chromium || $(BIN)/playwright install --with-deps chromium
	@touch $@
else
$(STAMP)-panel: | $(STAMP)-test
	@echo "Node 20.19 or newer is not here: the JupyterLab panel and the widget are not built. All else works."
endif

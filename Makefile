# Verbs: install fix check test demo serve bench bench-ui soak bundle. Each brings what it needs.
PYTHON ?= python3
BIN := .venv/bin
MODEL := qwen2.5-coder-1.5b
WEIGHTS ?= $(MODEL)
BRIEF := evals/cases/campus-2024h1.brief.yaml

MINUTES := 30

.PHONY: install fix check test demo serve bench bench-ui soak bundle
.DEFAULT_GOAL := test

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[local,ui]' --group dev
	touch $@

install: .venv/installed  ## a virtual environment with the embedded model's runtime and the developers' tools

fix: install  ## format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: install  ## lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## everything that must pass
	$(BIN)/python -m pytest -n auto --dist loadfile

demo: install  ## a brief, the model on this machine, a checked .docx and its evidence in out/
	$(BIN)/chengwen model fetch $(MODEL)
	$(BIN)/chengwen draft $(BRIEF) --model gguf:$(MODEL) -o out --format docx,md,txt,json --evidence --each-point
	$(BIN)/chengwen check out/campus-2024h1.docx --brief $(BRIEF)

serve: install  ## the browser UI on this machine, with the workspace .chengwen here
	$(BIN)/chengwen serve

bench: install  ## measured ratios, printed as a table
	$(BIN)/python -m tests.benchmarks

bench-ui: install  ## 50 people typing and 20 drafting at once, for ten minutes
	$(BIN)/python -m tests.benchmarks.ui_load

soak: install  ## a server in daily use for MINUTES=30: memory, open files, latency, and what its log holds; for nightly runs
	$(BIN)/python -m tests.benchmarks.soak --minutes $(MINUTES)

bundle: install  ## one archive in dist/ to install from without a network; WEIGHTS=NAME or none
	$(BIN)/python packaging/bundle.py --weights $(WEIGHTS)

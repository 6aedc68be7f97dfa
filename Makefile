# make                 lists what there is
# make run             PYTHON=python3.12 make run     with another Python than python3
# make test            make test ARGS="-k dates -x"   arguments for pytest
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory
SHELL := bash

PYTHON ?= python3
export PYTHON
BIN := .venv/bin
ARGS ?=

.PHONY: help run test check bench soak schemas lock clean setup-run setup-dev

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: setup-run  ## set up what is needed, convert samples/ into output/, show what was found
	@$(BIN)/pegextract convert samples -o output
	@$(BIN)/python scripts/summary.py output

test: setup-dev  ## set up what is needed and run the tests; ARGS="…" goes to pytest
	@$(BIN)/python -m pytest --numprocesses logical --dist loadfile $(ARGS)

check: setup-dev  ## style, types, arrows between modules, generated schemas, the commands of the README
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/python -m pegextract.dataset.describe --check schemas
	@$(BIN)/python -m pytest tests/project $(ARGS)

bench: setup-dev  ## measure sheets per second and memory, as docs/benchmarks.md reports them
	@$(BIN)/python -m benchmarks $(ARGS)

soak: setup-dev  ## the tests that run for minutes
	@$(BIN)/python -m pytest -m soak --timeout 0 $(ARGS)

schemas: setup-dev  ## write schemas/ anew from the models and tables
	@$(BIN)/python -m pegextract.dataset.describe --write schemas

lock:  ## pin the dependencies anew; ARGS=--upgrade takes the newest versions
	@scripts/make-locks.sh $(ARGS)

clean:  ## remove the virtual environment, the caches and what was written to output/
	@rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache dist build
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find output -mindepth 1 ! -path output/README.md -delete

setup-run:
	@scripts/system-packages.sh run
	@scripts/set-up.sh run

setup-dev:
	@scripts/system-packages.sh run test
	@scripts/set-up.sh dev

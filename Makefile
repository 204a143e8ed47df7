# 台账 / Taizhang. The two that a newcomer needs: `make install`, `make demo`.
# Each stamp in .venv says that its lock file is installed; a target does nothing until that file changes.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet
LOCKED := $(PIP) --require-hashes --requirement
UV     := $(VENV)/lock/bin/uv pip compile --no-config --quiet --generate-hashes --universal \
          --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links
ARGS   ?=

.DEFAULT_GOAL := help
.PHONY: help install demo test lint bench lock reference

help:
	@echo "make install            建立 .venv 并安装 / make .venv and install into it"
	@echo "make demo ARGS='…'      建示范区县、核对报告、打开网页 / build the demonstration, check its report, serve it"
	@echo "make test               全部测试 / every test"
	@echo "make lint               静态检查 / static checks"
	@echo "make bench              测速 / benchmarks"
	@echo "make lock               重新锁定依赖 / resolve the dependencies anew"
	@echo "make reference          重新生成参考页 / regenerate the reference pages"

install: $(VENV)/.installed

$(VENV)/.python:
	@scripts/make-venv.sh "$(PYTHON)" "$(VENV)"
	@touch $@

$(VENV)/.installed: requirements/runtime.txt requirements/build.txt pyproject.toml | $(VENV)/.python
	$(LOCKED) requirements/build.txt
	$(LOCKED) requirements/runtime.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test $(VENV)/.lint $(VENV)/.bench: $(VENV)/.%: requirements/%.txt $(VENV)/.installed
	$(LOCKED) $<
	@touch $@

demo: install
	$(BIN)/taizhang demo $(ARGS)

test: $(VENV)/.test
	@scripts/test.sh $(ARGS)

lint: $(VENV)/.lint
	$(BIN)/ruff check
	$(BIN)/mypy

bench: $(VENV)/.bench
	@scripts/bench.sh $(ARGS)

reference: install
	$(BIN)/python scripts/write_commands.py docs/reference/commands.md
	$(BIN)/python scripts/write_errors.py docs/reference/errors.md
	$(BIN)/python scripts/write_settings.py docs/reference/settings.md
	$(BIN)/python scripts/write_columns.py docs/reference/claims-columns.md
	$(BIN)/python -m taizhang.programmes.reference docs/reference

# Versions stay as they stand in the files unless UPGRADE=--upgrade is given.
lock: | $(VENV)/.python
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip --disable-pip-version-check install --quiet uv
	$(UV) $(UPGRADE) pyproject.toml --output-file requirements/runtime.txt
	printf 'hatchling\neditables\n' | $(UV) $(UPGRADE) - --constraint requirements/runtime.txt --output-file requirements/build.txt
	for group in test lint bench; do \
	    $(UV) $(UPGRADE) --group $$group --constraint requirements/runtime.txt \
	        --output-file requirements/$$group.txt || exit 1; \
	done

# `make run` shows the program, `make test` tests it; both install what they need by themselves, once.
#
# PYTHON may name another interpreter (3.11 or newer):  make run PYTHON=python3.12

PYTHON ?= python3
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
OUT    := out

.DEFAULT_GOAL := help
.PHONY: help run test lint types imports bench lock clean system

help:
	@echo "make run     install on first use, then open the window on the sample assessment"
	@echo "make test    install on first use, then run the tests"
	@echo "make lint    look for mistakes and unusual style (ruff)"
	@echo "make types   check the types (mypy)"
	@echo "make imports check who may import whom (import-linter)"
	@echo "make bench   measure time and memory (tests/benchmarks)"
	@echo "make lock    choose the versions of all dependencies anew"
	@echo "make clean   remove what was built, the environment included"

# The libraries that Qt and Pango need from the system; says so, and installs them where it may.
system:
	@command -v $(PYTHON) >/dev/null || { echo "There is no program called $(PYTHON) here; TNA Desktop needs Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) .ci/system_libraries.py

# The environment is made anew only when what it should hold has changed.
.venv/stamp: pyproject.toml setup.py constraints.txt requirements.lock | system
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv ..."
	@$(PIP) install --quiet --require-hashes --requirement requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: system .venv/stamp
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then \
	  $(BIN)/tna-desktop --sample; \
	else \
	  echo "There is no display here, so the sample is walked through on the command line instead."; \
	  $(MAKE) --no-print-directory sample-without-window; \
	fi

.PHONY: sample-without-window
sample-without-window:
	@mkdir -p $(OUT)
	@rm -f $(OUT)/kelvara.tna $(OUT)/report.pdf $(OUT)/report.xlsx
	$(BIN)/tna-desktop sample $(OUT)/kelvara.tna
	$(BIN)/tna-desktop check $(OUT)/kelvara.tna
	$(BIN)/tna-desktop report $(OUT)/kelvara.tna --pdf $(OUT)/report.pdf --xlsx $(OUT)/report.xlsx
	@echo "Made:"
	@cd $(OUT) && du -h kelvara.tna report.pdf report.xlsx | sed 's|\t|  $(OUT)/|'

# A file of tests stays with one process, because its tests may share a sample; as many processes as there are cores.
test: system .venv/stamp
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: system .venv/stamp
	$(BIN)/ruff check .

types: system .venv/stamp
	$(BIN)/mypy

imports: system .venv/stamp
	$(BIN)/lint-imports

bench: system .venv/stamp
	$(BIN)/python -m pytest -m benchmark -s -q tests/benchmarks/bench_*.py

# One file with hashes for installing, one with versions only for those who install by hand (pip install -c).
lock:
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --quiet uv
	@echo setuptools | $(BIN)/uv pip compile pyproject.toml - --extra test --upgrade --quiet \
	  --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --output-file requirements.lock
	@sed -n -e 's/ *\\$$//' -e '/==/p' requirements.lock > constraints.txt
	@echo "requirements.lock and constraints.txt are written; run the tests before keeping them."

clean:
	rm -rf .venv build dist $(OUT) *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find tna_desktop tests -name __pycache__ -type d -prune -exec rm -rf {} +

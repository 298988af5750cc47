# make run   : everything a fresh machine needs, then the window (or the demonstration where there is no display)
# make test  : everything a fresh machine needs, then every check and the whole suite
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
REFERENCE := resources/reference/reference.sqlite.xz

.PHONY: help run demonstration test check format reference benchmark recount clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: $(VENV)/installed $(REFERENCE) ## install what is missing, then start Boutique (or play the demonstration without a display)
	@sh resources/tools/system_libraries.sh
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec $(BIN)/boutique; else $(MAKE) --no-print-directory demonstration; fi

demonstration: $(VENV)/installed $(REFERENCE) ## play a whole appointment without a display; pictures and documents in demonstration/
	@echo "Pas d'écran : démonstration sans affichage."
	QT_QPA_PLATFORM=offscreen $(BIN)/boutique play --output demonstration
	@echo "Images, PDF et classeur : $(CURDIR)/demonstration"

test: $(VENV)/tested $(REFERENCE) ## install what is missing, then all checks and tests
	@sh resources/tools/system_libraries.sh tests
	$(MAKE) --no-print-directory check
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist loadfile --cov --cov-report=term:skip-covered

check: $(VENV)/tested ## formatting, lint, layers, types, migrations, sizes, unused code and dependencies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/alembic check
	$(BIN)/python resources/tools/check_sizes.py
	$(BIN)/deptry boutique
	$(BIN)/vulture

format: $(VENV)/tested ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

reference: $(VENV)/installed ## rebuild communes, EPCI and NAF from the public packages
	$(BIN)/python resources/reference/build.py

benchmark: $(VENV)/tested ## the speed table of the README
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

recount: $(VENV)/tested ## count every indicator three ways on 10,000 files over three years (about ten minutes)
	$(BIN)/python -m benchmarks recount

clean: ## remove the virtual environment and what was made
	rm -rf $(VENV) demonstration .coverage htmlcov

$(REFERENCE):
	$(MAKE) reference

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

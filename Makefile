# Two commands do everything: `make demo` and `make test`. Only python3 and make are presumed.
PORT ?= 8000
PYTHON ?= python3
BIN = .venv/bin
# What depends on the database engine.
ON_POSTGRES = tests/accounts tests/exchange tests/finder tests/groups tests/meetings tests/notices tests/placing tests/rooms tests/safety tests/shell -m "not browser"

.PHONY: demo test check lint run lock dev install format messages help

help:
	@echo "make demo    set up and serve a made-up programme at http://localhost:$(PORT)"
	@echo "make test    set up and run all tests"
	@echo "make check   format, lint, contracts, types, and the quick tests"
	@echo "make lint    the same without the tests: what CI runs before make test"
	@echo "make run     set up and serve your own installation (state in ./var)"
	@echo "make lock    update uv.lock to the newest versions allowed"

demo: install
	@PORT=$(PORT) $(BIN)/hearthside demo

run: install
	@PORT=$(PORT) $(BIN)/hearthside serve

test: dev
	$(BIN)/pytest -n auto --dist loadfile
	@if [ -n "$$HEARTHSIDE_TEST_DATABASE_URL" ]; then \
		echo "Once more on PostgreSQL:"; \
		DATABASE_URL="$$HEARTHSIDE_TEST_DATABASE_URL" $(BIN)/pytest -n auto --dist loadfile $(ON_POSTGRES); \
	else \
		echo "Not tried on PostgreSQL: HEARTHSIDE_TEST_DATABASE_URL names no server."; \
	fi

lint: dev
	$(BIN)/ruff format --check src tests scripts benchmarks
	$(BIN)/ruff check src tests scripts benchmarks
	$(BIN)/lint-imports
	$(BIN)/mypy

check: lint
	$(BIN)/pytest tests/architecture tests/engines -n auto --dist loadfile

format: dev
	$(BIN)/ruff format src tests scripts benchmarks
	$(BIN)/ruff check --fix src tests scripts benchmarks

lock: dev
	$(BIN)/uv lock --upgrade

messages: dev
	$(BIN)/python scripts/messages.py

install:
	@$(PYTHON) scripts/bootstrap.py

dev:
	@$(PYTHON) scripts/bootstrap.py --dev

# `make demo` and `make test` are all there is to type; each sets up what it needs, once.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTHONS := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow test-faults test-live check bench bench-names pictures locks clean
.DELETE_ON_ERROR:

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1 | \2/p' Makefile | while IFS='|' read -r name what; \
		do printf '%-16s%s\n' "$$name" "$$what"; done

demo: $(VENV)/run.stamp ## set up Weaver and run it on the bundled example, in build/demo
	@mkdir -p build
	@$(BIN)/weaver demo build/demo

test: $(VENV)/dev.stamp ## set up and run the tests; more for pytest goes in ARGS="..."
	@$(BIN)/pytest -m "not slow and not live" $(ARGS)

test-slow: $(VENV)/dev.stamp ## run the tests that take minutes
	@$(BIN)/pytest -m slow $(ARGS)

test-faults: $(VENV)/dev.stamp ## kill runs at 200 random instants and print figures; half an hour
	@$(BIN)/python -m tests.faults $(ARGS)

test-live: $(VENV)/dev.stamp ## run the tests that ask Google itself, with an account
	@$(BIN)/pytest -m live -n 0 $(ARGS)

check: $(VENV)/dev.stamp ## lint, format, types, imports, documentation against program
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/check.py

bench: $(VENV)/dev.stamp ## print how fast Weaver is on this machine, and what it asks of Google
	@$(BIN)/python -m benchmarks.run
	@echo
	@$(BIN)/python -m benchmarks.google
	@echo
	@$(BIN)/python -m benchmarks.numbers

bench-names: $(VENV)/dev.stamp ## print how well organisations are recognised, beside others; hours
	@$(BIN)/python -m benchmarks.names $(ARGS)

pictures: $(VENV)/dev.stamp ## draw the README's pictures again
	@$(BIN)/python docs/pictures.py

locks: ## find the newest fitting packages and pin them; needs uv
	@command -v uv >/dev/null || { echo "make locks needs uv: see locks/README.md" >&2; exit 1; }
	$(COMPILE) --group build --output-file locks/run.txt
	$(COMPILE) --extra dkim --constraints locks/run.txt --output-file locks/dkim.txt
	$(COMPILE) --extra dkim --group build --group test --group check --constraints locks/run.txt \
		--output-file locks/dev.txt

clean: ## remove everything that make has made, .venv too
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache .benchmarks

# A stamp is written last: an installation that was cut short is taken up again by the next call.

$(VENV)/made.stamp:
	@for python in $(PYTHONS); do \
		if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
			2>/dev/null; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Weaver needs Python 3.11 or newer with venv; none of these is one: $(PYTHONS)." >&2; \
		echo "Install it (Debian, Ubuntu: apt install python3-venv)," >&2; \
		echo "or say where it is: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" --version) ..." && "$$found" -m venv $(VENV) && touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp locks/run.txt pyproject.toml
	@echo "Installing what Weaver runs on (once; a minute or two) ..."
	@$(PIP) --require-hashes -r locks/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp locks/dev.txt
	@echo "Installing what the tests and checks need (once) ..."
	@$(PIP) --require-hashes -r locks/dev.txt
	@touch $@

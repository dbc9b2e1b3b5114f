# The two commands of the README (make demo, make test) need only Python >= 3.11; everything else lands in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-slow lint formal verified benchmark mutation clean reproduce

demo: $(VENV)/installed
	$(BIN)/reluproof check examples/us_macro.csv
	@echo
	$(BIN)/reluproof check examples/us_macro_rounded.csv

test: $(VENV)/tested
	$(BIN)/python -m pytest -n auto

# The long runs: thorough Hypothesis profile and everything marked slow.
test-slow: $(VENV)/tested
	RELUPROOF_PROFILE=thorough $(BIN)/python -m pytest -n auto -m "slow or not slow"

lint: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	mkdir -p build/types/reluproof
	ln -sfn ../../../verify/face/__init__.py build/types/reluproof/__init__.py
	ln -sfn ../../../verify/face/__main__.py build/types/reluproof/__main__.py
	ln -sfn ../../../theory build/types/reluproof/theory
	ln -sfn ../../../verify build/types/reluproof/verify
	$(BIN)/mypy

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "reluproof needs Python 3.11 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@

# The formal proofs from source; needs coqc (Debian: apt-get install --no-install-recommends coq). Status 3: skipped.
formal:
	$(PYTHON) proofs_notes/formal/check_formal.py

# The proved decision procedure as a native program, build/reluproof-verified; needs coqc and ocamlopt, which Debian's
# coq brings along. Status 3: skipped.
verified:
	$(PYTHON) proofs_notes/formal/build_program.py

# Ratios within one run; the tables of the README come from these.
benchmark: $(VENV)/installed
	$(BIN)/python benchmarks/check.py
	$(BIN)/python benchmarks/recheck.py
	$(BIN)/python benchmarks/probe.py
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/many_inputs.py

# Edits of the source drawn by seed, and whether the tests notice; tests/README.md holds the last table.
mutation: $(VENV)/tested
	cd tests && ../$(BIN)/python -m mutants.sample --number 200 --seed 1

# Tests every statement again and writes the table of claims as text, JSON, LaTeX and a graph, with versions and seed; Graphviz draws it.
reproduce: $(VENV)/installed
	mkdir -p build/claims
	$(BIN)/reluproof claims --examples 200 --seed 1 --graph build/claims/claims.dot > build/claims/claims.txt
	! command -v dot > /dev/null || dot -Tsvg build/claims/claims.dot -o build/claims/claims.svg
	cat build/claims/claims.txt
	$(BIN)/reluproof claims --examples 200 --seed 1 --json > build/claims/claims.json
	$(BIN)/reluproof claims --examples 200 --seed 1 --latex > build/claims/claims.tex
	$(BIN)/reluproof claims --without > build/claims/counterexamples.txt

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Needs Python 3.11 or newer, make and git; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
# Many containers forbid Python to keep what it compiled; every process of the demo and of the
# tests would then compile everything again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test databases check format bench soak cases conformance oracles wheel lock clean

demo: .venv/ready
	$(BIN)/careerlink demo

# Three processes keep two cores busy: that of the browser tests mostly waits for pages.
test: .venv/ready
	$(BIN)/pytest -n 3

# Every test on both databases; in `make test` those take turns whose outcome no query decides.
databases: .venv/ready
	$(BIN)/pytest -n 3 --both-databases

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Prints a line for each case of the certification; fails where one has no test. Each test of
# mutated messages throws as many as MUTATIONS says.
MUTATIONS ?= 1000
conformance: .venv/ready
	CAREERLINK_MUTATIONS=$(MUTATIONS) $(BIN)/python -m pytest -n 2 \
	    -p tests.conformance.table tests/conformance $$($(BIN)/python -m tests.conformance.gaps)

# CareerLink in Open edX, whose code nobody here wrote; in an environment of its own.
oracles: .venv-oracles/ready
	.venv-oracles/bin/python -m pytest -W ignore tests/conformance/test_oracle_open_edx.py

bench: .venv/ready
	for each in $(filter-out benchmarks/soak.py,$(wildcard benchmarks/[a-z]*.py)); do \
	    $(BIN)/python $$each || exit 1; done

soak: .venv/ready
	$(BIN)/python benchmarks/soak.py

# Credit cases through long lives, whatever happens in them; CASE_LIVES says how many.
CASE_LIVES ?= 200
cases: .venv/ready
	CASE_LIVES=$(CASE_LIVES) $(BIN)/python -m pytest -s -p no:cacheprovider \
	    tests/functional/credit/cases/test_case_life_machine.py

wheel: .venv/ready
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# Brings constraints.txt up to date with pyproject.toml; the only target that needs uv.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	    --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" --quiet --output-file constraints.txt
	uv pip compile pyproject.toml --extra oracles --universal --python-version 3.11 \
	    --constraints constraints.txt \
	    --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" --quiet --output-file constraints-oracles.txt

clean:
	rm -rf .venv .venv-oracles dist

.venv/ready: constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "CareerLink needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	@echo "Installing into .venv; this takes about a minute"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv-oracles/ready: constraints-oracles.txt
	@echo "Installing Open edX's side of LTI into .venv-oracles; this takes about a minute"
	@$(PYTHON) -m venv .venv-oracles
	@.venv-oracles/bin/pip install --quiet --disable-pip-version-check --require-hashes -r constraints-oracles.txt
	@touch $@
